"""Entities made ready: which group or repeat makes each, by which expressions, of which answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from flows import errors, expressions, nouns, places

FIELDS = ("label", "entity_id", "create_if", "update_if")
"""What expressions say of an entity."""

BRANCHES = "branches"
"""The dataset that is kept here: the register of branches. What is said of others only has to be an expression."""

RESERVED = frozenset({"name", "label"})
"""What every entity has already: its id and its label."""

RESERVED_PREFIX = "__"
"""Before the names of what ODK itself keeps of an entity."""

Wrong = tuple[nouns.Item, str, str, str]
"""The item, what is wrong, what to do, and the field."""


@dataclasses.dataclass(slots=True)
class Found:
    """The entities of a flow, and what is wrong with them."""

    declarations: tuple[places.Declaration, ...] = ()
    wrong: list[Wrong] = dataclasses.field(default_factory=list)


def read(flow: nouns.Flow, by_path: Mapping[str, places.Place]) -> Found:
    """What a flow says of entities."""
    found = Found()
    made = [_declaration(entity, by_path, found) for entity in flow.entities]
    found.declarations = tuple(one for one in made if one is not None)
    found.wrong += _doubled(found.declarations)
    if not found.wrong:
        by_holder = {declared.within: declared for declared in found.declarations}
        for place in by_path.values():
            if isinstance(place.item, nouns.Question) and place.item.save_to:
                found.wrong += _keep(place, place.item.save_to, by_holder)
    return found


def _declaration(
    entity: nouns.Entity, by_path: Mapping[str, places.Place], found: Found
) -> places.Declaration | None:
    known = {place.name for place in by_path.values()} | set(by_path)
    item = _item(entity)
    within = by_path.get(entity.within)
    if entity.within and (within is None or isinstance(within.item, nouns.Question)):
        what = (
            f"The entity of `{entity.dataset}` stands within `{entity.within}`, which is no group or repeat."
        )
        fix = errors.did_you_mean(entity.within, by_path) or "Give its path, or leave `within` away."
        found.wrong.append((item, what, fix, "entities.within"))
        return None
    formulas: dict[str, places.Formula] = {}
    for field in FIELDS:
        text = getattr(entity, field)
        if not text:
            continue
        where = f"`{field}` of the entity of `{entity.dataset}`"
        try:
            formulas[field] = places.compiled(text)
        except expressions.ExpressionError as error:
            what = f"{where} is no expression: {error.problem}, at character {error.position + 1}."
            found.wrong.append((item, what, error.advice or "Correct the expression.", f"entities.{field}"))
            continue
        for name in sorted(formulas[field].names - known):
            fix = errors.did_you_mean(name, known) or "Use the name of a question of this flow."
            what = f"{where} names `${{{name}}}`, which this flow does not have."
            found.wrong.append((item, what, fix, f"entities.{field}"))
    return places.Declaration(entity, within, formulas)


def _item(entity: nouns.Entity) -> nouns.Item:
    """What stands for an entity where something is wrong with it."""
    return nouns.Question("hidden", entity.dataset, entity.within, line=entity.line)


def _doubled(declarations: tuple[places.Declaration, ...]) -> Iterator[Wrong]:
    """Two entities of one group or repeat: nobody could tell whose a property is."""
    seen: dict[places.Place | None, str] = {}
    for declared in declarations:
        dataset = declared.entity.dataset
        if declared.within in seen:
            where = f"`{declared.within.path}`" if declared.within is not None else "the form itself"
            what = f"The entities of `{seen[declared.within]}` and `{dataset}` both stand within {where}."
            fix = "Put the questions of one into a group, and name that with `within`."
            yield _item(declared.entity), what, fix, "entities.within"
        seen[declared.within] = dataset


def _keep(
    place: places.Place, name: str, by_holder: Mapping[places.Place | None, places.Declaration]
) -> Iterator[Wrong]:
    """Let the nearest entity around keep the answer, where it can."""
    around = place.parent
    while around is not None and around not in by_holder:
        around = around.parent
    where = f"`save_to` of `{place.name}`"
    if name.casefold() in RESERVED or name.startswith(RESERVED_PREFIX):
        yield (
            place.item,
            f"{where} cannot be `{name}`, which every entity has.",
            "Use another name.",
            "save_to",
        )
        return
    declared = by_holder.get(around)
    repeats = () if around is None else (*around.repeats, *([around] if around.kind == "repeat" else []))
    if declared is None or repeats != place.repeats:
        what = f"{where} names a property, and no entity stands around the question."
        yield place.item, what, "Declare one within its group or repeat, or leave `save_to` away.", "save_to"
    elif name in declared.properties:
        other = declared.properties[name].name
        what = f"{where} is that of `{other}` too."
        yield place.item, what, "Use a name of its own for each property.", "save_to"
    else:
        declared.properties[name] = place
