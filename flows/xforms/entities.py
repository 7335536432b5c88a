"""The entities of an XForm: each `<entity dataset="…">` in a `<meta>`, with the binds of its attributes.

By ODK's specification an attribute is what its bind computes, else what an action sets, else what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows import entities, nouns
from flows.expressions import nodes, steps
from flows.xforms import body, elements

ALWAYS, NEVER = "true()", "false()"

DRAWN = "uuid()"
"""How a form asks for an id that nothing else has: then it is made here."""


def read(
    model: nodes.PlainNode, root: nodes.PlainNode, binds: Mapping[str, nodes.PlainNode]
) -> tuple[nouns.Entity, ...]:
    """The entities of the primary instance; the entries of a repeat share theirs."""
    actions = {
        elements.attribute(one, "ref"): elements.attribute(one, "value").strip()
        for one in elements.below(model, *body.ACTIONS)
    }
    found: dict[str, nouns.Entity] = {}
    for path, element in _found(root, f"/{root.name}"):
        found.setdefault(path, _entity(element, path, binds, actions))
    return tuple(found.values())


def _found(holder: nodes.PlainNode, path: str) -> Iterator[tuple[str, nodes.PlainNode]]:
    """Every entity with its path."""
    for element in elements.inside(holder):
        here = f"{path}/{element.name}"
        if (
            steps.local_name(element) == "entity"
            and steps.local_name(holder) == "meta"
            and elements.attribute(element, "dataset")
        ):
            yield here, element
        yield from _found(element, here)


def _entity(
    element: nodes.PlainNode,
    path: str,
    binds: Mapping[str, nodes.PlainNode],
    actions: Mapping[str, str],
) -> nouns.Entity:
    named = next(elements.inside(element, "label"), None)
    label = _computed(binds, f"{path}/{named.name}") if named is not None else ""
    if named is not None and not label and named.text.strip():
        label = elements.literal(named.text.strip())
    entity_id = _computed(binds, f"{path}/@id") or actions.get(f"{path}/@id", "")
    written = elements.attribute(element, "id").strip()
    if not entity_id and written:
        entity_id = elements.literal(written)
    entity_id = "" if entity_id.replace(" ", "") == DRAWN else entity_id
    create, update = (
        _computed(binds, f"{path}/@{name}") or (ALWAYS if text.strip() in entities.TRUE else NEVER)
        for name in ("create", "update")
        for text in [elements.attribute(element, name)]
    )
    if not entity_id:
        create, update = "" if create == ALWAYS else create, ""
    elif create == NEVER:
        create, update = "", "" if update == ALWAYS else update
    return nouns.Entity(
        dataset=elements.attribute(element, "dataset"),
        label=label,
        entity_id=entity_id,
        create_if=create,
        update_if=update,
        within=body.own(path).rpartition("/")[0].rpartition("/")[0],
    )


def _computed(binds: Mapping[str, nodes.PlainNode], path: str) -> str:
    """The expression that a bind computes a node by."""
    bind = binds.get(path)
    return elements.attribute(bind, "calculate").strip() if bind is not None else ""
