"""The formats in which dates can be had, by the ending of their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from planning import nouns, timetable, words
from planning.exports import phone_calendar, project_xml, spreadsheet


class NoDatesError(Exception):
    """The plan has no dates to write; says why."""


def write(plan: nouns.Plan, ending: str, language: str = "en") -> bytes:
    """The dates of a plan in one of `WRITERS`; raises NoDatesError where there are none."""
    if plan.schedule is None:
        why = [words.say(text, language) for text in plan.warnings if text.code in timetable.NO_DATES]
        raise NoDatesError(" ".join(why))
    return WRITERS[ending](plan, plan.schedule, language)


def _project(plan: nouns.Plan, schedule: nouns.Schedule, language: str) -> bytes:
    institution = plan.institution
    return project_xml.write(
        schedule, name=institution.name, currency=institution.currency, language=language
    )


def _calendar(plan: nouns.Plan, schedule: nouns.Schedule, language: str) -> bytes:
    name = plan.institution.name
    # the same over versions, so that a phone changes its events rather than doubling them
    identity = re.sub(r"\W+", "-", name).strip("-").casefold() or "groundwork"
    return phone_calendar.write(
        schedule, name=name, identity=identity, made_on=plan.made_on, language=language
    )


def _tables(plan: nouns.Plan, schedule: nouns.Schedule, language: str) -> bytes:
    del plan
    return spreadsheet.write(schedule, language=language)


WRITERS: Mapping[str, Callable[[nouns.Plan, nouns.Schedule, str], bytes]] = {
    ".xml": _project,
    ".ics": _calendar,
    ".xlsx": _tables,
}
"""Ending -> what writes it: MS Project, calendars of phones and mail programs, Excel."""
