"""The calendars of a project: the institution's and every branch's, for each kind of work that something may stop."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import calendars, environment, freezes, nouns, profile, task_list, travel, waves, workbook
from planning.schedule import project

TEAM = "project_team"

YEARS = 8
"""Years whose holidays are given to the scheduler: longer than any deployment."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_WEEKEND = (5, 6)

LONGEST_CLOSED = 366
"""Days of one time without work that are believed: a longer one is a slip in a year."""

WEEK, WORK_WEEK = 7, 5
"""Working days are stretched to calendar days by these where only a margin is wanted."""


class Place(msgspec.Struct, frozen=True):
    """A calendar for the scheduler and for the plan."""

    calendar: project.Calendar
    used: nouns.CalendarUsed


class Places(msgspec.Struct, frozen=True):
    """The calendars by their places' ids, and what is wrong with them."""

    found: Mapping[str, Place]
    warnings: tuple[nouns.Text, ...]

    @property
    def branches(self) -> tuple[str, ...]:
        """Ids of the branches."""
        return tuple(name for name in self.found if name != task_list.HEAD_OFFICE)

    @property
    def calendars(self) -> dict[str, project.Calendar]:
        """The places' own calendars."""
        return {name: place.calendar for name, place in self.found.items()}


def plan(work: workbook.Workbook, start: dt.date) -> Places:
    """The institution's calendar and every branch's."""
    institution = work.institution
    warnings: dict[str, nouns.Text] = {}
    office = flow_nouns.Branch(task_list.HEAD_OFFICE, institution.name)
    found = {office.id: _place(work, office, institution.weekend, start, warnings)}
    for branch in work.facts.book.branches:
        found[branch.id] = _place(work, branch, _weekend(work, branch), start, warnings)
    return Places(found, tuple(warnings.values()))


def by_kind(work: workbook.Workbook, places: Places, start: dt.date) -> dict[str, project.Calendar]:
    """Every calendar that tasks follow: the places' own, and for visits and moves with what stops those."""
    first, last = start.year - 1, start.year + YEARS
    months, years = freezes.months(work, first, last), freezes.years(work, first, last)
    made = places.calendars
    too_early: dict[project.Calendar, tuple[freezes.Range, ...]] = {}
    for branch in work.facts.book.branches:
        own = made[branch.id]
        move = msgspec.structs.replace(own, closed=(*months, *years))
        if move not in too_early:
            too_early[move] = _too_early(work, move, start)
        visit = (*_stretched(own.closed, _visit(work, branch)), *too_early[move])
        made[task_list.calendar_of(branch.id, task_list.Outside.MOVE)] = move
        made[task_list.calendar_of(branch.id, task_list.Outside.VISIT)] = msgspec.structs.replace(
            own, closed=visit
        )
    return made


def _visit(work: workbook.Workbook, branch: flow_nouns.Branch) -> int:
    """Calendar days from the end of a branch's training to the end of the support."""
    days = sum(work.parameter(name) for name in ("task_go_no_go", "task_cutover", "task_support"))
    closing = work.parameter("freeze_before_month") + work.parameter("freeze_after_month")
    return math.ceil((days + 2 * travel.to(work, branch).days) * WEEK / WORK_WEEK + closing)


def _stretched(ranges: Sequence[freezes.Range], days: int) -> Iterator[freezes.Range]:
    """Closed so many days earlier: who goes there later does not come back."""
    for first, last in ranges:
        yield first - dt.timedelta(days=days), last


def _too_early(work: workbook.Workbook, move: project.Calendar, start: dt.date) -> tuple[freezes.Range, ...]:
    """When a training would end longer before the branch begins than is wished: closed books or free days lie between."""
    clock = calendars.Clock("", move, start)
    most = int(work.parameter("training_ahead"))
    decision = math.ceil(work.parameter("task_go_no_go"))
    together, _ = waves.size(work)
    days = math.ceil(work.parameter("task_cutover") + (together - 1) * work.parameter("cutover_more"))
    found = []
    for day in range(clock.start, clock.start + YEARS * 366):
        decided = clock.span(day + 1, decision)[1] if decision else day
        first, last = clock.span(decided + 1, max(1, days))
        while (shut := clock.closed_after(first, last)) is not None:
            first, last = clock.span(shut + 1, max(1, days))
        if last - day > most:
            found.append(dt.date.fromordinal(day))
    return tuple((day, day) for day in found)


def _weekend(work: workbook.Workbook, branch: flow_nouns.Branch) -> tuple[int, ...]:
    """Days without work of a branch: as its staff say, else as the assessment says."""
    worked = work.facts.one(profile.FLOW, "working_days", branch.id).chosen
    if worked:
        return tuple(number for number, day in enumerate(WEEKDAYS) if day not in worked)
    return branch.weekend if branch.weekend is not None else work.institution.weekend


def _place(
    work: workbook.Workbook,
    branch: flow_nouns.Branch,
    weekend: tuple[int, ...],
    start: dt.date,
    warnings: dict[str, nouns.Text],
) -> Place:
    country = branch.country or work.institution.country
    subdivision = branch.subdivision or (work.institution.subdivision if not branch.country else "")
    beyond = [day for day in weekend if day not in range(len(WEEKDAYS))]
    if beyond:
        values: dict[str, nouns.Value] = {"place": branch.name, "day": beyond[0]}
        warnings[f"weekend {branch.id}"] = nouns.Text("warning.weekend_day", values)
        weekend = tuple(day for day in weekend if day not in beyond)
    if len(set(weekend)) == len(WEEKDAYS):
        warnings[f"week {branch.id}"] = nouns.Text("warning.no_week", {"place": branch.name})
        weekend = USUAL_WEEKEND
    public: list[nouns.Holiday] = []
    if not country:
        warnings["country"] = nouns.Text("warning.no_country", {"place": branch.name})
    try:
        for year in range(start.year, start.year + YEARS) if country else ():
            public += calendars.public_holidays(country, subdivision or None, year)
    except project.NoHolidaysError as error:
        warnings[str(error)] = _no_holidays(error)
    # for as long as dates may run: else work that never fits would be put behind the last range
    last = start.year + calendars.HORIZON_YEARS + 1
    closed = environment.closed_ranges(work, branch.id, start.year, last)
    busy = _busy(work)
    free = {holiday.day for holiday in public} | set(_days(busy))
    return Place(
        project.Calendar(weekend=weekend, holidays=tuple(sorted(free)), closed=closed),
        nouns.CalendarUsed(
            branch.id, branch.name, weekend, tuple(public), closed, country, subdivision, busy
        ),
    )


def _no_holidays(error: project.NoHolidaysError) -> nouns.Text:
    """That a country or a region of it is not known, in the reader's language."""
    if error.known is None:
        return nouns.Text("warning.no_holidays", {"country": error.country})
    values: dict[str, nouns.Value] = {
        "country": error.country, "region": error.region, "known": error.known, "n": len(error.known),
    }  # fmt: skip
    return nouns.Text("warning.no_region" if error.known else "warning.no_regions", values)


def _busy(work: workbook.Workbook) -> tuple[freezes.Range, ...]:
    """Times in which nobody of the institution is free, as the project manager listed them."""
    found = []
    for entry in work.facts.entries(TEAM, "closed_periods"):
        first, last = entry.one("from_date").date, entry.one("to_date").date
        if first is not None and last is not None and first <= last:
            found.append((first, min(last, first + dt.timedelta(days=LONGEST_CLOSED - 1))))
    return tuple(found)


def _days(ranges: Sequence[freezes.Range]) -> Iterator[dt.date]:
    for first, last in ranges:
        for count in range((last - first).days + 1):
            yield first + dt.timedelta(days=count)


def within(used: nouns.CalendarUsed, first: dt.date, last: dt.date) -> nouns.CalendarUsed:
    """A calendar with only the holidays and closed ranges that fall into the project."""
    return msgspec.structs.replace(
        used,
        holidays=tuple(holiday for holiday in used.holidays if first <= holiday.day <= last),
        closed=tuple(span for span in used.closed if span[0] <= last and first <= span[1]),
        busy=tuple(span for span in used.busy if span[0] <= last and first <= span[1]),
    )
