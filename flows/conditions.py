"""Conditions in words: `${works} = 'no'` as “Does it work?” is “No”. For pages that authors and reviewers read."""

from __future__ import annotations

from flows import expressions, form, nouns, wording
from flows.expressions import tree

COMPARED = {
    "=": "is", "!=": "is not", "<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least",
}  # fmt: skip
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def of(made: form.Form, place: form.Place) -> str:
    """When the item is asked, by its own condition and those of the groups around it; empty where it always is."""
    said: list[str] = []
    around: form.Place | None = place
    while around is not None:
        formula = around.formulas.get("relevant")
        if formula is not None:
            said.insert(0, in_words(made, formula.text))
        around = around.parent
    return ", and ".join(dict.fromkeys(said))


def in_words(made: form.Form, condition: str) -> str:
    """One condition in words; what has no words stands as it is written."""
    return _said(made, expressions.parse(condition))


def _said(made: form.Form, condition: tree.Expression) -> str:
    match condition:
        case tree.Operation("and" | "or" as word, operands):
            return f" {word} ".join(_bracketed(made, one, word) for one in operands)
        case tree.Operation(operator, (left, right)) if operator in COMPARED:
            return _compared(made, operator, left, right)
        case tree.Call("not", (tree.Operation(operator, (left, right)),)) if operator in OPPOSITE:
            return _compared(made, OPPOSITE[operator], left, right)
        case tree.Call("not", (tree.Call("selected", (tree.Text(words), tree.Reference() as given)),)):
            return f"{_thing(made, given)} is none of {_listed(made, words, given)}"
        case tree.Call("selected", (tree.Text(words), tree.Reference() as given)):
            return f"{_thing(made, given)} is one of {_listed(made, words, given)}"
        case tree.Call("not", (tree.Call("selected", (chosen, choice)),)):
            return f"{_value(made, choice, chosen)} is not chosen at {_thing(made, chosen)}"
        case tree.Call("selected", (chosen, choice)):
            return f"{_value(made, choice, chosen)} is chosen at {_thing(made, chosen)}"
        case tree.Call("not", (inner,)):
            return f"not ({_said(made, inner)})"
    return f"`{expressions.show(condition)}`"


def _bracketed(made: form.Form, part: tree.Expression, word: str) -> str:
    """A part of a chain, in brackets where it is a chain of the other kind."""
    words = _said(made, part)
    other = isinstance(part, tree.Operation) and part.operator in ("and", "or") and part.operator != word
    return f"({words})" if other else words


def _compared(made: form.Form, operator: str, left: tree.Expression, right: tree.Expression) -> str:
    if operator == "!=" and right == tree.Text(""):
        return f"{_thing(made, left)} is answered"
    return f"{_thing(made, left)} {COMPARED[operator]} {_value(made, right, left)}"


def _thing(made: form.Form, expression: tree.Expression) -> str:
    """What a condition looks at."""
    match expression:
        case tree.Reference(name):
            place = made.place(name)
            label = wording.filled(place.item.label, lambda _: "") if place is not None else ""
            return f"“{label}”" if label else f"`{name}`"
        case tree.Call("count", (tree.Reference() as listed,)):
            return f"the number of entries of {_thing(made, listed)}"
        case tree.Call("count-selected", (tree.Reference() as chosen,)):
            return f"the number of choices at {_thing(made, chosen)}"
    return f"`{expressions.show(expression)}`"


def _listed(made: form.Form, words: str, beside: tree.Expression) -> str:
    """The values of a list that is written out, each as it is said beside that question."""
    return ", ".join(_value(made, tree.Text(word), beside) for word in words.split())


def _value(made: form.Form, expression: tree.Expression, beside: tree.Expression) -> str:
    """What it is compared with: the label of a choice where it is one of the question beside it."""
    if not isinstance(expression, tree.Text):
        return (
            _thing(made, expression)
            if isinstance(expression, tree.Reference)
            else expressions.show(expression)
        )
    place = made.place(beside.name) if isinstance(beside, tree.Reference) else None
    choices = place.item.choices if place is not None and isinstance(place.item, nouns.Question) else ()
    return f"“{next((one.label for one in choices if one.name == expression.value), expression.value)}”"
