"""Where an assessment stands, in words: the weekly digest, and what stands under the picture of /status."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import markupsafe
from babel import numbers

from bot import limits, views
from bot.people import team, working_hours
from bot.progress import trend
from bot.reminders import notices, reminding
from flows import locales, nouns
from flows import words as wording
from storage import chain, records


def trend_of(found: team.Team, sessions: Mapping[str, nouns.Session], now: dt.datetime) -> trend.Trend:
    """The trend of an assessment, by the days of its head office."""
    answered = sum(section.answered for section in found.sections)
    total = sum(max(section.total, 1) for section in found.sections)
    zone = working_hours.zone_of(found.assessment.institution, None)
    return trend.of(sessions.values(), answered, total, zone, now.astimezone(zone).date())


def part(
    found: team.Team,
    line: trend.Trend,
    late: list[records.Person],
    words: wording.Catalogue,
    picture: bytes,
    record: records.AuditLine | None,
) -> notices.Part:
    """The digest of a week."""
    head = words.html("digest.head", institution=found.institution, date=_day(line.days[-1], words))
    lines = [progress(line, words), words.html("digest.week", n=line.week), forecast(found, line, words)]
    waiting = sum(section.state == "submitted" for section in found.sections)
    if waiting:
        lines.append(words.html("digest.review", n=waiting))
    if late:
        lines.append(words.html("digest.late", names=named(late, words)))
    if record is not None:
        # told to somebody, so that the end of the record cannot be cut off unseen
        lines.append(words.html("digest.record", head=chain.head(record)))
    buttons = [views.Button(words.say("lead.status"), views.Go("status"))]
    if waiting:
        buttons.append(views.Button(words.say("lead.review"), views.Go("review")))
    if late:
        buttons.append(views.Button(words.say("lead.remind"), views.Go("remind")))
    return notices.Part(head, tuple(lines), tuple(buttons), can_wait=False, picture=picture)


def counts(
    found: team.Team, line: trend.Trend, rows: Mapping[str, records.Reminder], words: wording.Catalogue
) -> str:
    """Where an assessment stands, in numbers alone: for eyes that are not known."""
    head = words.html("digest.head", institution=found.institution, date=_day(line.days[-1], words))
    lines = [progress(line, words), words.html("digest.week", n=line.week), forecast(found, line, words)]
    for code, n in (
        ("digest.review", sum(section.state == "submitted" for section in found.sections)),
        ("digest.late.count", len(late(found, rows))),
        ("people.empty", sum(found.holder(seat) is None for seat in found.seats())),
    ):
        if n:
            lines.append(words.html(code, n=n))
    return views.text(head, markupsafe.Markup("\n").join(lines))


def picture(found: team.Team, line: trend.Trend, words: wording.Catalogue) -> bytes:
    """The line of the answers, with how it goes on at the present pace."""
    # as in /status: few turns draw
    from bot.progress import charts

    first, last = charts.ends(line)
    labels = (locales.short_date(first, words.language), locales.short_date(last, words.language))
    return charts.progress(words.say("status.trend.title", institution=found.institution), line, labels)


def progress(line: trend.Trend, words: wording.Catalogue) -> markupsafe.Markup:
    """How many of the questions are answered."""
    locale = locales.of(words.language)
    # rounded down: a hundred says that nothing is left
    percent = numbers.format_percent(math.floor(100 * line.now / line.total) / 100, locale=locale)
    return words.html("status.percent", percent=percent, answered=line.now, total=line.total)


def forecast(found: team.Team, line: trend.Trend, words: wording.Catalogue) -> markupsafe.Markup:
    """When all is answered at the present pace, with what that assumes; while something is still to be handed in."""
    if line.now >= line.total:
        return words.html("forecast.complete")
    if not any(section.state in team.OPEN_STATES for section in found.sections):
        return words.html("forecast.handed_in")
    if line.complete_on is None:
        return words.html("forecast.none", days=trend.PACE_DAYS)
    pace = locales.number(round(line.pace, 1), words.language)
    return words.html("forecast.day", date=_day(line.complete_on, words), pace=pace, total=line.total)


def owed(found: team.Team, rows: Mapping[str, records.Reminder]) -> dict[int, records.Reminder]:
    """The reminders of what people owe, by person; `rows` are an assessment's by id."""
    return {
        person.id: row
        for person in found.late()
        if (row := rows.get(reminding.identity(found.assessment.id, person.id))) is not None
    }


def late(found: team.Team, rows: Mapping[str, records.Reminder]) -> list[records.Person]:
    """Who was reminded and has done nothing since."""
    return reminding.late(found, owed(found, rows))


def named(people: Sequence[records.Person], words: wording.Catalogue) -> str:
    """Some names, and how many more there are."""
    names = ", ".join(person.name for person in people[: limits.PEOPLE_NAMED])
    left = len(people) - limits.PEOPLE_NAMED
    return words.say("branches.more", names=names, n=left) if left > 0 else names


def _day(day: dt.date, words: wording.Catalogue) -> str:
    return locales.date(day, words.language)
