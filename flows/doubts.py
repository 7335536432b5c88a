"""What a reviewer should look at before approving a section: answers that are open, unsure, unusual or disputed."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from flows import instance, kinds, nouns, stops


class Doubt(enum.StrEnum):
    """Why an answer is not plain."""

    DISPUTED = "disputed"
    """The reviewer proposes another value, and nobody has decided."""
    OPEN = "open"
    REFUSED = "refused"
    """The question itself would not take it now that other answers have changed."""
    UNUSUAL = "unusual"
    UNKNOWN = "unknown"
    ASKED = "asked"
    NOT_APPLICABLE = "not_applicable"
    ESTIMATE = "estimate"


UNSURE: Mapping[nouns.Sure, Doubt] = {
    nouns.Sure.UNKNOWN: Doubt.UNKNOWN,
    nouns.Sure.ASKED: Doubt.ASKED,
    nouns.Sure.NOT_APPLICABLE: Doubt.NOT_APPLICABLE,
    nouns.Sure.ESTIMATE: Doubt.ESTIMATE,
}


def of(way: stops.Way) -> dict[str, Doubt]:
    """The answers of a section that are not plain, by key, each with what weighs most."""
    return {stop.key: doubt for stop in way.stops if (doubt := _of(stop)) is not None}


def _of(stop: stops.Stop) -> Doubt | None:
    node = stop.node
    session = node.instance.session
    answer = session.answers.get(stop.key)
    if stop.key in session.disputes:
        return Doubt.DISPUTED
    if isinstance(node, instance.Series):
        # a list with entries says what there is, whatever was said of it while it was empty
        sure = UNSURE.get(answer.sure) if answer is not None and not node.entries else None
        return sure or (Doubt.OPEN if stop.is_missing and not node.entries else None)
    if answer is not None and answer.value is None and answer.sure in UNSURE:
        return UNSURE[answer.sure]
    if node.value is None:
        # a photo only illustrates, and what is marked so may stay away
        return None if node.place.kind in kinds.SENT or node.item.required == "no" else Doubt.OPEN
    if not node.instance.holds(node, "constraint", otherwise=True):
        return Doubt.REFUSED
    if not node.instance.holds(node, "plausible", otherwise=True):
        return Doubt.UNUSUAL
    return UNSURE.get(answer.sure) if answer is not None else None
