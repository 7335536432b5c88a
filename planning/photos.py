"""The photos that people sent with their answers: which of them the plan prints, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flows import nouns as answers
from planning import given, nouns

MOST_OF_A_PLACE = 6
"""Two pages behind a branch's page: enough to show its room, its line and its power."""

MOST_OF_A_PLAN = 30
"""At 150 kB each, a plan that mail still takes."""

INSTITUTION = ""
"""The place of photos that belong to no branch's page."""


class Photo(NamedTuple):
    """A photo with the answer that it stands beside, or that it is."""

    block: nouns.AnswerBlock
    answered: nouns.Answered
    sent: answers.Attachment


class OfPlace(NamedTuple):
    """The photos of one place, in the order of the questions."""

    printed: tuple[Photo, ...]
    left_out: tuple[Photo, ...]


def by_place(plan: nouns.Plan) -> Mapping[str, OfPlace]:
    """The photos by the id of their branch; each place has its first before any has its second."""
    found: dict[str, dict[str, Photo]] = {}
    pages = {page.branch.id for page in plan.branches}
    for block, answered in given.every(plan):
        for sent in answered.evidence:
            if sent.kind == "image" and sent.file_id:
                place = block.branch if block.branch in pages else INSTITUTION
                found.setdefault(place, {}).setdefault(sent.file_id, Photo(block, answered, sent))
    turns = sorted(
        (turn, order, place)
        for order, (place, photos) in enumerate(found.items())
        for turn in range(min(len(photos), MOST_OF_A_PLACE))
    )
    taken = [place for _, _, place in turns[:MOST_OF_A_PLAN]]
    return {
        place: OfPlace(
            tuple(photos.values())[: taken.count(place)], tuple(photos.values())[taken.count(place) :]
        )
        for place, photos in found.items()
    }


def printed(plan: nouns.Plan) -> tuple[answers.Attachment, ...]:
    """What the plan prints, and so what it takes the content of."""
    return tuple(photo.sent for of_place in by_place(plan).values() for photo in of_place.printed)
