"""What a finished session says of a register: the entities that it creates and updates.

An entity is one thing in a list that several forms share, as a branch among the branches. ODK's rules hold:
<https://getodk.github.io/xforms-spec/entities>. Who applies the changes decides what the register takes.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from flows import expressions, form, instance, nouns
from flows.expressions import nodes
from flows.instance import finding

TRUE = frozenset({"1", "true"})
"""What `create` and `update` of an entity come to where it is created or updated."""

OURS = uuid.UUID("6f8a4c57-2a0b-5d0e-9c11-5b1f0c9d7a42")
"""Names the ids that are made here, so that they meet nobody else's."""

UUID_PREFIX = "uuid:"
"""What some forms write before an id."""


class Change(nouns.Noun, frozen=True):
    """One entity as a session has it."""

    dataset: str
    id: str
    """Empty where an expression gives it and comes to nothing."""
    creates: bool
    updates: bool
    label: str
    properties: dict[str, str]
    """Of the questions that apply."""


def changes(flow: nouns.Flow, session: nouns.Session, *, source: str, now: dt.datetime) -> list[Change]:
    """The entities of a session that is handed in, in the form's order.

    `source` tells the session from all others: the ids of new entities follow from it, so that who hands in
    the same again means the same entities. May raise TooHeavyError.
    """
    made = form.of(flow)
    if not made.declarations:
        return []
    living = instance.Instance(made, session, now)
    return [change for declared in made.declarations for change in _made(living, declared, source)]


def _made(living: instance.Instance, declared: form.Declaration, source: str) -> Iterator[Change]:
    """One change for each group or entry that makes such an entity."""
    within = declared.within
    holders: list[expressions.Node] = [living.root] if within is None else finding.seen(living, within, None)
    for holder in holders:
        if isinstance(holder, instance.Root | instance.Group) and holder.relevant:
            change = _change(living, declared, holder, source)
            if change.creates or change.updates:
                yield change


def _change(
    living: instance.Instance, declared: form.Declaration, holder: instance.Holder, source: str
) -> Change:
    spot = _spot(holder)
    said = {field: living.string(formula, spot) for field, formula in declared.formulas.items()}
    entity = declared.entity
    own_id = uuid.uuid5(OURS, f"{source} {entity.dataset} {holder.key}")
    creates = said["create_if"] in TRUE if entity.create_if else not entity.entity_id
    updates = (
        said["update_if"] in TRUE if entity.update_if else bool(entity.entity_id and not entity.create_if)
    )
    return Change(
        dataset=entity.dataset,
        id=said["entity_id"].strip().removeprefix(UUID_PREFIX) if entity.entity_id else str(own_id),
        creates=creates,
        updates=updates,
        label=said.get("label", ""),
        properties={
            name: node.text
            for name, place in declared.properties.items()
            for node in finding.seen(living, place, holder)
            if isinstance(node, instance.Question) and node.relevant
        },
    )


def _spot(holder: instance.Holder) -> nodes.PlainNode:
    """Where the expressions of an entity stand: at `meta/entity/label` of what makes it, as in an XForm."""
    meta = nodes.element("meta")
    meta.parent = holder  # type: ignore[assignment]  # only its parent and its order are looked at
    return meta.append(nodes.element("entity")).append(nodes.element("label"))
