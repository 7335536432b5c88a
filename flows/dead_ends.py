"""Expressions that can be read and yet never come to anything: paths to nothing, tables that are not there,
patterns that are none.

They are found in the text alone. A path with conditions, or one through another table, is left to its evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows import dependencies, errors, expressions, form
from flows.expressions import patterns, tree

PLAIN_AXES = frozenset({"child", "parent", "self"})
"""Axes of the paths that authors write by hand."""

OF_ROWS = frozenset({"choice_filter", "itemset_value", "itemset_label"})
"""Fields whose bare words are columns of a choice, not questions."""

Found = tuple[form.Place, str, str]
"""The item, what is wrong, and what to do."""


def find(made: form.Form) -> Iterator[Found]:
    """Every such expression of a form, in its order."""
    reader = dependencies.Reader(made.children, made.flow.root, made.place)
    for place in made.by_path.values():
        for field, formula in place.formulas.items():
            where = f"`{field}` of `{place.name}`"
            for part in _outside_predicates(formula.tree):
                if isinstance(part, tree.Path) and field not in OF_ROWS and not _leads(reader, part, place):
                    shown = expressions.show(part)
                    what = f"{where} looks at `{shown}`, and there is nothing of that name."
                    yield place, what, _instead(made, shown.rpartition("/")[2])
            for call in expressions.calls(formula.tree):
                problem = _call(made, call)
                if problem is not None:
                    yield place, f"{where} {problem[0]}", problem[1]


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


def _leads(reader: dependencies.Reader, path: tree.Path, place: form.Place) -> bool:
    """Whether a plain path leads anywhere; any other path counts as leading."""
    plain = path.start is None and all(
        step.axis in PLAIN_AXES and not step.predicates and _named(step.test) for step in path.steps
    )
    return not plain or reader.leads(path, place)


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
