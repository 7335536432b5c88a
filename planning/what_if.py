"""What if: an assessment with something changed, planned anew and compared with the plan as it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import msgspec

from flows import nouns as flow_nouns
from flows.reading import dates, outcome
from planning import assumptions, nouns, parameter_words, parameters, promises

TEAM = "project_team"


class Start(msgspec.Struct, frozen=True):
    """The project begins on another day."""

    day: dt.date


class Without(msgspec.Struct, frozen=True):
    """A branch stays out of it."""

    branch: flow_nouns.Branch


class Assuming(msgspec.Struct, frozen=True):
    """A number of the formulas is another."""

    name: str
    value: float


Change = Start | Without | Assuming


class Row(msgspec.Struct, frozen=True):
    """One result, before and after."""

    what: nouns.Text
    before: nouns.Words
    after: nouns.Words
    difference: nouns.Text | None = None
    """None where nothing differs, or where it cannot be counted."""


class WhatIfError(Exception):
    """The words say no change that can be planned; `text` says what to write."""

    def __init__(self, text: nouns.Text) -> None:
        super().__init__(text.code)
        self.text = text


def read(
    words: str, book: flow_nouns.AnswerBook, *, today: dt.date, language: str = "en"
) -> tuple[Change, ...]:
    """The changes that the words ask for, as `start 1 March, without branch Lodwar`; raises WhatIfError."""
    parts = [part.strip() for part in re.split(r"[;\n]|,(?!\d)| and ", words) if part.strip()]
    if not parts:
        raise WhatIfError(nouns.Text("what_if.how"))
    return tuple(_read(part, book, today, language) for part in parts)


def _read(words: str, book: flow_nouns.AnswerBook, today: dt.date, language: str) -> Change:
    kind, _, rest = words.partition(" ")
    match kind.casefold():
        case "start":
            return _start(rest, today)
        case "without":
            return _without(rest.strip(), book)
    return _assuming(words, language)


def _start(words: str, today: dt.date) -> Start:
    found = dates.date(words.strip().removeprefix("on ").strip(), today=today)
    if not isinstance(found, outcome.Reading) or not isinstance(found.value, str):
        raise WhatIfError(nouns.Text("what_if.no_date", {"words": words.strip()}))
    day = dt.date.fromisoformat(found.value)
    if abs(day.year - today.year) > nouns.YEARS_AHEAD:
        raise WhatIfError(nouns.Text("what_if.far", {"day": nouns.Day(day)}))
    return Start(day)


def _without(words: str, book: flow_nouns.AnswerBook) -> Without:
    words = re.sub(r"^branch\s+", "", words, flags=re.IGNORECASE)
    wanted = words.casefold()
    exact = [branch for branch in book.branches if wanted in (branch.name.casefold(), branch.id.casefold())]
    alike = exact or [branch for branch in book.branches if wanted and wanted in branch.name.casefold()]
    if len(alike) != 1:
        names = ", ".join(branch.name for branch in (alike or book.branches)[: nouns.MOST_NAMED])
        several = "what_if.several" if alike else "what_if.no_branch"
        raise WhatIfError(nouns.Text(several, {"words": words, "names": names}))
    if len(book.branches) == 1:
        raise WhatIfError(nouns.Text("what_if.last_branch", {"branch": alike[0].name}))
    return Without(alike[0])


def _assuming(words: str, language: str) -> Assuming:
    """A number by its name, as `/assume` reads it; `ours` puts back what stands in the file."""
    try:
        wish = assumptions.read(words, language)
    except assumptions.AssumptionError as problem:
        # words without any number ask for help rather than for a name
        numbered = any(character.isdigit() for character in words)
        raise WhatIfError(problem.text if numbered else nouns.Text("what_if.how")) from None
    if wish.value is None and not wish.back:
        raise WhatIfError(nouns.Text("what_if.how"))
    return Assuming(wish.name, parameters.default().value(wish.name) if wish.value is None else wish.value)


def changed(book: flow_nouns.AnswerBook, changes: tuple[Change, ...]) -> flow_nouns.AnswerBook:
    """The book as it would be."""
    for change in changes:
        match change:
            case Start(day=day):
                book = _starting(book, day)
            case Without(branch=branch):
                book = _smaller(book, branch.id)
            case Assuming(name=name, value=value):
                kept = tuple(one for one in book.assumptions if one.name != name)
                own = (*kept, flow_nouns.Assumption(name, value))
                book = msgspec.structs.replace(book, assumptions=own)
    return book


def _starting(book: flow_nouns.AnswerBook, day: dt.date) -> flow_nouns.AnswerBook:
    institution = msgspec.structs.replace(book.institution, start_date=day)
    sections = tuple(
        _without_start(section) if section.flow == TEAM else section for section in book.sections
    )
    return msgspec.structs.replace(book, institution=institution, sections=sections)


def _without_start(section: flow_nouns.SectionAnswers) -> flow_nouns.SectionAnswers:
    """The day that the team gave would win over the institution's."""
    answers = {key: answer for key, answer in section.answers.items() if key != "start_date"}
    return msgspec.structs.replace(section, answers=answers)


def _smaller(book: flow_nouns.AnswerBook, branch: str) -> flow_nouns.AnswerBook:
    return msgspec.structs.replace(
        book,
        branches=tuple(one for one in book.branches if one.id != branch),
        sections=tuple(one for one in book.sections if one.branch != branch),
    )


def said(change: Change) -> nouns.Text:
    """A change in words."""
    match change:
        case Start(day=day):
            return nouns.Text("what_if.start", {"day": nouns.Day(day)})
        case Without(branch=branch):
            return nouns.Text("what_if.without", {"branch": branch.name})
        case Assuming(name=name, value=value):
            values: dict[str, nouns.Value] = {"name": parameter_words.name(name), "value": value}
            return nouns.Text("what_if.assuming", values)


def compare(before: nouns.Plan, after: nouns.Plan) -> tuple[Row, ...]:
    """The results that a board asks for, side by side."""
    rows = [
        *_dates(before.schedule, after.schedule),
        *(
            _figures(first, second)
            for first, second in (
                (before.costs.once, after.costs.once),
                (before.costs.total, after.costs.total),
                (before.costs.per_client, after.costs.per_client),
                (before.migration.working_days, after.migration.working_days),
                (before.readiness.score, after.readiness.score),
            )
        ),
    ]
    rows.append(_counted(nouns.Text("what_if.red_risks"), _red_risks(before), _red_risks(after)))
    points = nouns.Text("what_if.open_points")
    rows.append(_counted(points, len(before.open_points), len(after.open_points)))
    return tuple(rows)


def _red_risks(plan: nouns.Plan) -> int:
    return sum(risk.severity is nouns.Severity.RED for risk in plan.risks)


def _dates(before: nouns.Schedule | None, after: nouns.Schedule | None) -> list[Row]:
    """The day to promise first, then those that need luck, the chance of the wished one, and the close."""
    rows = []
    for name, told in DAYS.items():
        first, second = (told(schedule) if schedule is not None else None for schedule in (before, after))
        late = (second - first).days if first is not None and second is not None else 0
        difference = nouns.Text("what_if.later" if late > 0 else "what_if.earlier", {"n": abs(late)})
        rows.append(
            Row(nouns.Text(f"what_if.{name}"), _said(first), _said(second), difference if late else None)
        )
    return [*rows[:-1], *_chance(before, after), rows[-1]]


DAYS: Mapping[str, Callable[[nouns.Schedule], dt.date | None]] = {
    "safe": lambda schedule: schedule.goal_likely.safe if schedule.goal_likely is not None else None,
    "even": lambda schedule: schedule.goal_likely.even if schedule.goal_likely is not None else None,
    "planned": lambda schedule: schedule.goal,
    "close": lambda schedule: schedule.likely.safe if schedule.likely is not None else schedule.finish,
}
"""The days that are compared."""


def _chance(before: nouns.Schedule | None, after: nouns.Schedule | None) -> list[Row]:
    """The chance of the wished date; nothing where none was given."""
    chances = [
        schedule.goal_likely.on_target if schedule is not None and schedule.goal_likely is not None else None
        for schedule in (before, after)
    ]
    if chances == [None, None]:
        return []
    first, second = (
        nouns.Text("what_if.not_known") if chance is None else promises.percent(chance) for chance in chances
    )
    known = [chance for chance in chances if chance is not None]
    points = known[1] - known[0] if len(known) == len(chances) else 0
    difference = nouns.Text(
        "what_if.points_more" if points > 0 else "what_if.points_less", {"n": abs(points)}
    )
    return [Row(nouns.Text("what_if.on_target"), first, second, difference if points else None)]


def _said(day: dt.date | None) -> nouns.Text:
    return nouns.Text("what_if.no_day") if day is None else nouns.Text("what_if.day", {"day": nouns.Day(day)})


def _figures(before: nouns.Figure, after: nouns.Figure) -> Row:
    if before.value is None or after.value is None:
        # what is not known yet is compared by what is certain of it
        return Row(before.label, _least(before), _least(after))
    return _counted(before.label, round(before.value, 2), round(after.value, 2), before.unit)


def _least(figure: nouns.Figure) -> nouns.Text:
    if figure.value is None and figure.low:
        return nouns.Text("what_if.at_least", {"value": round(figure.low, 2), "unit": figure.unit})
    if figure.value is None:
        return nouns.Text("what_if.not_known")
    return nouns.Text("what_if.value", {"value": round(figure.value, 2), "unit": figure.unit})


def _counted(what: nouns.Text, before: float, after: float, unit: str = "") -> Row:
    first, second = (nouns.Text("what_if.value", {"value": value, "unit": unit}) for value in (before, after))
    sign = "what_if.more" if after > before else "what_if.less"
    difference = nouns.Text(sign, {"value": round(abs(after - before), 2), "unit": unit})
    return Row(what, first, second, difference if after != before else None)
