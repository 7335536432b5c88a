"""Expressions that can be read and yet never come to anything: paths to nothing, tables that are not there,
patterns that are none.

They are found in the text alone. A path with conditions, or one through another table, is left to its evaluation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flows import declaring, dependencies, errors, expressions, form, nouns, places
from flows.expressions import patterns, tree

PLAIN_AXES = frozenset({"child", "parent", "self"})
"""Axes of the paths that authors write by hand."""

OF_ROWS = frozenset({"choice_filter", "itemset_value", "itemset_label"})
"""Fields whose bare words are columns of a choice, not questions."""

AROUND_ENTITY = 3
"""Steps from where an entity's expressions stand, `meta/entity/label`, up to what makes it."""


class Found(NamedTuple):
    """One such expression."""

    item: nouns.Item
    field: str
    what: str
    fix: str


def refuse(made: form.Form) -> None:
    """Raise FlowErrors where a form has any."""
    file = made.flow.file or made.flow.id
    wrong = [
        errors.FlowError(file, one.item.line, one.what, one.fix, path=one.item.path, field=one.field)
        for one in find(made)
    ]
    if wrong:
        raise errors.FlowErrors(wrong)


def find(made: form.Form) -> Iterator[Found]:
    """Every such expression of a form, in its order."""
    reader = dependencies.Reader(made.children, made.flow.root, made.place)
    for place in made.by_path.values():
        for field, formula in (*place.formulas.items(), *_set(place)):
            where = f"`{field}` of `{place.name}`"
            paths = () if field in OF_ROWS else _paths(formula.tree)
            lost = (path for path in paths if not _leads(reader, path, place))
            for what, fix in (*_lost(made, lost), *_calls(made, formula.tree)):
                yield Found(place.item, field, f"{where} {what}", fix)
    for declared in made.declarations:
        if declared.entity.dataset != declaring.BRANCHES:
            continue
        item = nouns.Question(
            "hidden", declared.entity.dataset, declared.entity.within, line=declared.entity.line
        )
        for field, formula in declared.formulas.items():
            where = f"`{field}` of the entity of `{item.name}`"
            lost = (path for path in _paths(formula.tree) if not _leads_from_entity(reader, path, declared))
            for what, fix in (*_lost(made, lost), *_calls(made, formula.tree)):
                yield Found(item, f"entities.{field}", f"{where} {what}", fix)


def _set(place: form.Place) -> Iterator[tuple[str, form.Formula]]:
    """What is evaluated once, to set a value: a default, and a calculation that waits for a trigger."""
    if isinstance(place.item, nouns.Question):
        if form.is_dynamic(place.item.default):
            yield "default", places.compiled(place.item.default)
        if place.item.trigger and place.item.calculation:
            yield "calculation", places.compiled(place.item.calculation)


def _lost(made: form.Form, paths: Iterable[tree.Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        shown = expressions.show(path)
        yield (
            f"looks at `{shown}`, and there is nothing of that name.",
            _instead(made, shown.rpartition("/")[2]),
        )


def _calls(made: form.Form, expression: tree.Expression) -> Iterator[tuple[str, str]]:
    for call in expressions.calls(expression):
        problem = _call(made, call)
        if problem is not None:
            yield problem


def _paths(expression: tree.Expression) -> Iterator[tree.Path]:
    return (part for part in _outside_predicates(expression) if isinstance(part, tree.Path))


def _instead(made: form.Form, name: str) -> str:
    """What the author probably meant."""
    if name in made.by_name:
        return f"Write `${{{name}}}`."
    near = errors.did_you_mean(name, made.by_name)
    return near or f"Name a question as `${{…}}`, and put words in quotation marks: '{name}'."


def _call(made: form.Form, call: tree.Call) -> tuple[str, str] | None:
    """What is wrong with a call whose argument is written out."""
    given = call.arguments[-1] if call.arguments else None
    if not isinstance(given, tree.Text):
        return None
    if call.name == "instance" and given.value not in made.instances:
        what = f"looks things up in `{given.value}`, and there is no such list or table."
        return what, errors.did_you_mean(
            given.value, made.instances
        ) or "Use a choice list or an attached table."
    if call.name == "regex":
        try:
            patterns.compiled(given.value)
        except expressions.EvaluationError as error:
            return f"has a pattern that cannot be used: {error}", "Correct the pattern."
    return None


def _leads(reader: dependencies.Reader, path: tree.Path, place: form.Place | None) -> bool:
    """Whether a plain path leads anywhere from a place, or from the root; any other path counts as leading."""
    return not _is_plain(path) or reader.leads(path, place)


def _leads_from_entity(reader: dependencies.Reader, path: tree.Path, declared: form.Declaration) -> bool:
    """The same from where the expressions of an entity stand."""
    if path.absolute or not _is_plain(path):
        return _leads(reader, path, declared.within)
    above, rest = path.steps[:AROUND_ENTITY], path.steps[AROUND_ENTITY:]
    is_above = len(above) == AROUND_ENTITY and all(step.axis == "parent" for step in above)
    return is_above and reader.leads(dataclasses.replace(path, steps=rest), declared.within)


def _is_plain(path: tree.Path) -> bool:
    return path.start is None and all(
        step.axis in PLAIN_AXES and not step.predicates and _named(step.test) for step in path.steps
    )


def _named(test: tree.NameTest | tree.TypeTest) -> bool:
    return isinstance(test, tree.NameTest) or test.type == "node"


def _outside_predicates(expression: tree.Expression) -> Iterator[tree.Expression]:
    """The expression and what stands inside, without the conditions of paths: these look from other nodes."""
    yield expression
    match expression:
        case tree.Path(start=start):
            if start is not None:
                yield from _outside_predicates(start)
        case tree.Filter():
            yield from _outside_predicates(expression.operand)
        case _:
            for part in tree.parts(expression):
                yield from _outside_predicates(part)
