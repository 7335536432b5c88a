"""Functions on the answers of multiple choice: names with blanks between."""

from __future__ import annotations

import math

from flows.expressions import context, errors, values
from flows.expressions.functions.registry import Function, exactly


def selected(_at: context.Context, chosen: values.Value, name: values.Value) -> bool:
    """Whether the choice is among the chosen."""
    return values.to_string(name).strip() in values.to_string(chosen).split()


def selected_at(at: context.Context, chosen: values.Value, index: values.Value) -> str:
    """The choice at this place, from 0; nothing where there is none."""
    names = values.to_string(chosen).split()
    number = values.to_number(index, at)
    return names[int(number)] if math.isfinite(number) and 0 <= number < len(names) else ""


def count_selected(_at: context.Context, chosen: values.Value) -> float:
    """How many are chosen."""
    return float(len(values.to_string(chosen).split()))


def choice_name(at: context.Context, name: values.Value, question: values.Value) -> str:
    """The label of a choice of a question, which is given as text: `jr:choice-name(${town}, '${town}')`."""
    find = at.host.choice_name
    if find is None:
        message = "jr:choice-name() has no meaning here: there is no form around the expression."
        raise errors.EvaluationError(message)
    return find(values.to_string(name), values.to_string(question).strip(), at.current)


def itext(at: context.Context, identifier: values.Value) -> values.Value:
    """A text of the form in the language of the session."""
    find = at.host.itext
    if find is None:
        message = "jr:itext() has no meaning here: there is no form around the expression."
        raise errors.EvaluationError(message)
    return find(values.to_string(identifier))


FUNCTIONS = (
    Function(
        name="selected", implementation=selected, counts=exactly(2), example="selected(${question}, 'choice')"
    ),
    Function(
        name="selected-at",
        implementation=selected_at,
        counts=exactly(2),
        example="selected-at(${question}, index)",
    ),
    Function(
        name="count-selected",
        implementation=count_selected,
        counts=exactly(1),
        example="count-selected(${question})",
    ),
    Function(
        name="jr:choice-name",
        implementation=choice_name,
        counts=exactly(2),
        example="jr:choice-name(${question}, '${question}')",
        constant=False,
    ),
    Function(
        name="jr:itext", implementation=itext, counts=exactly(1), example="jr:itext('id')", constant=False
    ),
)
