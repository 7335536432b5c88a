"""What could be better about a flow: issues in the order of the file, each with what to do."""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Callable, Collection, Iterator

import msgspec

from flows import (
    dead_ends,
    engine,
    errors,
    examples,
    expressions,
    form,
    impossible,
    instance,
    kinds,
    loading,
    nouns,
    reading,
)
from flows.expressions import tree

LONGEST_CHOICE = 64
"""Characters of a choice's label: a button on a small phone shows about that in two lines."""

MOST_CHOICES = 60
"""Choices of one question: more are too many to page through on a phone."""


class Severity(enum.StrEnum):
    """How bad an issue is."""

    ERROR = "error"
    """The flow cannot be used."""
    WARNING = "warning"
    """It works, but a respondent or a reader of the plan will stumble."""


class Issue(msgspec.Struct, frozen=True):
    """One thing to put right, and where."""

    file: str
    line: int
    what: str
    fix: str
    severity: Severity

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.what} {self.fix}"


def text(source: str, *, file: str = "", ids: Collection[str] = ()) -> list[Issue]:
    """The issues of a flow's YAML text; where `ids` are given, every question must serve one of them."""
    try:
        flow = loading.load(source, file=file)
    except errors.FlowErrors as error:
        return [Issue(each.file, each.line, each.what, each.fix, Severity.ERROR) for each in error.errors]
    return issues(flow, ids=ids)


def issues(flow: nouns.Flow, *, ids: Collection[str] = ()) -> list[Issue]:
    """The issues of a flow that loads, in its order; `ids` are those that the plan has a place for."""
    checks: tuple[Check, ...] = (*CHECKS, *PROMISED, functools.partial(_useless, ids)) if ids else CHECKS
    made = form.of(flow)
    found = [
        Issue(flow.file or flow.id, one.item.line, one.what, one.fix, Severity.ERROR)
        for one in dead_ends.find(made)
    ]
    found += [
        Issue(flow.file or flow.id, place.item.line, what, fix, Severity.WARNING)
        for place in made.by_path.values()
        for check in checks
        for what, fix in check(made, place)
    ]
    return sorted(found, key=lambda issue: issue.line)


def of_words(flow: nouns.Flow) -> list[Issue]:
    """The issues of a flow's words alone, as a translation brings them."""
    made = form.of(flow)
    found = [
        Issue(flow.file or flow.id, place.item.line, what, fix, Severity.WARNING)
        for place in made.by_path.values()
        for check in (_alike_choices, _unread_choices, _same_label, examples.wanting)
        for what, fix in check(made, place)
    ]
    return sorted(found, key=lambda issue: issue.line)


Check = Callable[[form.Form, form.Place], Iterator[tuple[str, str]]]
"""Looks at one item and says what is wrong with it and what to do."""


def _buttons(place: form.Place) -> tuple[nouns.Choice, ...]:
    """The choices that someone may tap; those of an answer that is only shown are words and no buttons."""
    shown_only = place.formulas.get("read_only")
    if not isinstance(place.item, nouns.Question) or (shown_only and shown_only.text == "true()"):
        return ()
    return place.item.choices


def _long_choices(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    choices = _buttons(place)
    for choice in choices:
        if len(choice.label) > LONGEST_CHOICE:
            what = f"The choice `{choice.name}` of `{place.name}` has {len(choice.label)} characters."
            yield what, f"A button holds {LONGEST_CHOICE}: shorten it."
    if len(choices) > MOST_CHOICES:
        yield (
            f"`{place.name}` offers {len(choices)} choices.",
            f"Offer at most {MOST_CHOICES}, or filter them.",
        )


def _alike_choices(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    if not isinstance(place.item, nouns.Question) or place.item.choice_filter:
        return
    seen: dict[str, str] = {}
    for choice in _buttons(place):
        if choice.label in seen:
            what = f"The choices `{seen[choice.label]}` and `{choice.name}` of `{place.name}` read the same."
            yield what, "Word them differently."
        seen.setdefault(choice.label, choice.name)


def _unread_choices(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """A label must be read as its own choice when someone types it."""
    if not isinstance(place.item, nouns.Question) or place.item.choice_filter or place.kind == "rank":
        return
    options = [nouns.Option(choice.name, choice.label) for choice in _buttons(place)]
    for option in options:
        read = reading.read(
            place.item, option.label, options, today=dt.date(2000, 1, 1), language=made.flow.language
        )
        wanted = [option.name] if place.kind == "select_multiple" else option.name
        if isinstance(read, reading.Reading) and read.value != wanted:
            what = f"Who types “{option.label}” at `{place.name}` is understood as `{read.value}`."
            yield what, f"Rename the choice `{option.name}` or the other one."


def _wordless_constraint(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    if "constraint" in place.formulas and not place.question.constraint_message:
        yield (
            f"`{place.name}` has a constraint without a message.",
            "Add `constraint_message`: how to answer.",
        )


def _unreachable(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    formula = place.formulas.get("relevant")
    if formula is None or formula.behind or formula.names or "(" in formula.text.replace("false()", ""):
        return
    empty = instance.Instance(made, engine.start(made.flow), dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    if not empty.truth(formula, empty.root, otherwise=True):
        yield (
            f"`{place.name}` can never be reached: its `relevant` is never true.",
            "Remove it, or correct it.",
        )


def _impossible(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    if "relevant" in place.formulas and (name := impossible.wanted(made, place)):
        what = f"`{place.name}` can never be reached: its conditions want of `{name}` what no one answer is."
        yield what, "Remove it, or correct its `relevant` or that of a group around it."


def _same_label(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    if not isinstance(place.item, nouns.Question) or not place.item.label:
        return
    siblings = made.children if place.parent is None else place.parent.children
    for other in siblings[: place.index]:
        if isinstance(other.item, nouns.Question) and other.item.label == place.item.label:
            yield f"`{place.name}` asks in the same words as `{other.name}`.", "Say what is different."
            return


def _unused_unit(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    if (
        isinstance(place.item, nouns.Question)
        and place.item.unit
        and place.kind not in (*kinds.NUMBERS, "calculate")
    ):
        yield f"`{place.name}` has a unit but is no number.", "Remove `unit`, or make it a number."


def _all_alike(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """A number of which nothing says what is usual: a slip of the finger would go into the plan unasked."""
    if place.kind not in ("integer", "decimal") or {"plausible", "read_only"} & place.formulas.keys():
        return
    yield f"`{place.name}` takes every number alike.", "Add `plausible: …`: what holds for usual answers."


def _useless(ids: Collection[str], _: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """A question that serves no id, or an id for which the plan has no place."""
    if isinstance(place.item, nouns.Group):
        return
    for seed in place.item.seed:
        if seed not in ids:
            fix = errors.did_you_mean(seed, ids) or "Use an id of `docs/reference/coverage.md`."
            yield f"`{place.name}` serves `{seed}`, for which the plan has no place.", fix
    if not isinstance(place.item, nouns.Question) or place.kind in kinds.SILENT or place.item.seed:
        return
    if not any(repeat.item.seed for repeat in place.repeats if isinstance(repeat.item, nouns.Repeat)):
        yield f"`{place.name}` serves no id of the product.", "Add `seed: [S…]`, or remove the question."


def _no_such_choice(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """A condition on a choice that its question does not offer can never hold."""
    for field, formula in place.formulas.items():
        for name, choice in sorted(set(_choices_named(expressions.parse(formula.text)))):
            asked = made.place(name, place)
            offered = {one.name for one in getattr(asked.item, "choices", ())} if asked is not None else set()
            if offered and choice and choice not in offered:
                what = f"`{field}` of `{place.name}` looks for `{choice}`, which `{name}` does not offer."
                yield what, errors.did_you_mean(choice, offered) or f"It offers {', '.join(sorted(offered))}."


def _choices_named(expression: expressions.Expression) -> Iterator[tuple[str, str]]:
    """Every question that an expression compares with a written choice, and the choice."""
    for one in expressions.walk(expression):
        match one:
            case tree.Call("selected", (tree.Reference(name), tree.Text(choice))):
                yield name, choice
            case tree.Operation("=" | "!=", (tree.Reference(name), tree.Text(choice))):
                yield name, choice
            case tree.Operation("=" | "!=", (tree.Text(choice), tree.Reference(name))):
                yield name, choice


def _message_without_constraint(_: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    for message, field in (("constraint_message", "constraint"), ("required_message", "required")):
        if getattr(place.item, message, "") and field not in place.formulas:
            yield (
                f"`{place.name}` has a `{message}` but no `{field}`.",
                f"Add `{field}`, or remove the message.",
            )


def _apart(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """Numbers of one message stand behind each other, and each is told in few words with an example."""
    together = getattr(place.item, "together", ())
    siblings = made.children if place.parent is None else place.parent.children
    behind = [other for other in siblings[place.index + 1 :] if other.kind in kinds.NUMBERS]
    named = [other for other in behind if other.name in together]
    for name in together:
        if all(other.name != name for other in named):
            what = f"`{place.name}` takes `{name}` in the same message, which is no number behind it."
            yield what, "Name numbers that are asked after it, in the same group or entry."
    for each in [place, *named] if together else []:
        if not (each.question.short and each.question.example):
            what = f"`{each.name}` may come with other numbers in one message, and is not told in few words."
            yield what, "Add `short: …` and `example: …`."


CHECKS: tuple[Check, ...] = (
    _long_choices,
    _alike_choices,
    _unread_choices,
    _wordless_constraint,
    _message_without_constraint,
    _unreachable,
    _impossible,
    _no_such_choice,
    _same_label,
    _unused_unit,
    _apart,
)
"""What is looked at in every flow."""

PROMISED: tuple[Check, ...] = (examples.wanting, _all_alike)
"""What is looked at besides in the assessment, where the ids that the plan has a place for are given."""
