"""The page of every question: its words, when it is asked, whom it asks, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from flows import conditions, form, kinds, nouns, shipped, wording
from planning import nouns as plan_nouns
from planning import outline
from planning import words as plan_words

HEADS = ("Question", "Name", "Answer", "Asked when", "Ids", "Plan")

ROLES = {
    nouns.Role.BRANCH_STAFF: "branch staff", nouns.Role.IT: "IT", nouns.Role.FINANCE: "finance",
    nouns.Role.OPERATIONS: "operations", nouns.Role.TRAINING: "training",
    nouns.Role.PROJECT_MANAGER: "the project manager", nouns.Role.SPECIALIST: "the Mifos specialist",
}  # fmt: skip

ANSWERS = {
    "select_one": "one of", "select_multiple": "any of", "integer": "whole number", "decimal": "number",
    "text": "words", "geopoint": "place", "image": "photo", "audio": "voice message",
}  # fmt: skip

FEW_CHOICES = 8
"""More are counted, not listed."""

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], str]


def parts(table: Table) -> Iterator[str]:
    """The page below its title, section by section."""
    yield "Every question of the assessment, in the order in which it is asked. What is computed or only shown is left out."
    for number, flow in enumerate(shipped.assessment(), 1):
        made = form.of(flow)
        yield f"## {number} {flow.title} (`{flow.id}`)"
        per = "for each branch" if flow.per is nouns.Per.BRANCH else "once"
        yield f"{flow.about} Answered {per} by {ROLES[flow.role]}."
        yield table(HEADS, [_row(made, place) for place in made.by_path.values() if _is_asked(place)])


def _is_asked(place: form.Place) -> bool:
    if isinstance(place.item, nouns.Repeat):
        return True
    return (
        isinstance(place.item, nouns.Question)
        and place.kind not in kinds.SILENT
        and not place.item.calculation
    )


def _row(made: form.Form, place: form.Place) -> tuple[str, ...]:
    item = place.item
    seeds = item.seed if not isinstance(item, nouns.Group) else ()
    hint = f"<br>*{_words(item.hint)}*" if not isinstance(item, nouns.Group) and item.hint else ""
    return (
        f"{_words(item.label)}{hint}",
        f"`{item.path}`",
        _answer(item),
        _when(made, place),
        " ".join(seeds),
        _chapters(made.flow.id, seeds),
    )


def _words(label: str) -> str:
    """Words with the answers that they name left open."""
    return wording.filled(label, lambda _: "")


def _answer(item: nouns.Item) -> str:
    if isinstance(item, nouns.Repeat):
        return "as many as it counts" if item.repeat_count else "a list"
    if not isinstance(item, nouns.Question):
        return ""
    kind = item.type.partition(" ")[0]
    said = ANSWERS.get(kind, kind)
    if item.choices:
        few = len(item.choices) <= FEW_CHOICES
        said += f" {len(item.choices)}" if not few else ": " + " / ".join(one.label for one in item.choices)
    if item.unit:
        said += f", {item.unit}"
    if item.plausible:
        said += f"<br>Usual: `{item.plausible}`"
    if item.together:
        said += f"<br>The same message may give {', '.join(f'`{name}`' for name in item.together)}"
    if item.follow_up:
        said += f"<br>On that day `{item.follow_up}` is asked again"
    if item.evidence:
        said += f"<br>Welcome beside it: {', '.join(item.evidence)}"
    return said


def _when(made: form.Form, place: form.Place) -> str:
    each = [f"for each “{_words(repeat.item.label)}”" for repeat in place.repeats]
    condition = conditions.of(made, place)
    return ", ".join([*each, *([f"when {condition}"] if condition else [])]) or "always"


def _chapters(flow: str, seeds: tuple[str, ...]) -> str:
    numbers = {chapter.key: chapter.number for chapter in outline.CHAPTERS}
    keys = outline.chapters_of(flow, seeds)
    return ", ".join(f"{numbers[key]} {plan_words.say(plan_nouns.Text(f'chapter.{key}'))}" for key in keys)
