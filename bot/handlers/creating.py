"""/new: an owner tells which institution is assessed; its sections and seats are made from that."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from babel import core as babel_core
from babel import numbers

from bot import limits, views
from bot.handlers import common
from bot.people import access
from bot.reminders import reminding
from bot.work import Work
from flows import engine, locales, nouns, progress, reading
from flows import words as wording
from flows.reading import dates as reading_dates
from flows.reading import text as reading_text
from storage import records

COMMON_COUNTRIES = ("KE", "UG", "TZ", "RW", "ET", "MZ", "GH", "NG", "SN", "IN", "PH", "MX")
"""Offered as buttons; any other country can be typed."""

WEEKENDS: Mapping[str, tuple[int, ...]] = {"NP": (5,), "AF": (4,), "BD": (4, 5), "EG": (4, 5), "JO": (4, 5)}
"""Where the weekend is not Saturday and Sunday; Monday is 0."""


async def new(work: Work, argument: str = "") -> None:
    """Ask for the institution's name."""
    del argument
    if not work.owner:
        work.show(views.View(work.words.html("new.not_yours")))
        return
    work.now_talking(topic="new.name", draft={}, section="")
    _ask(work)


async def said(work: Work, text: str) -> None:
    """Take what was typed for the step that stands."""
    steps = {"new.name": _name, "new.country": _country, "new.branches": _branches, "new.date": _date}
    step = steps.get(work.conversation.topic)
    if step is None:
        _again(work, "new.bad.confirm")
    else:
        step(work, text)


async def picked(work: Work, topic: str, value: str) -> None:
    """Take a button of the step that stands."""
    if topic == "new.country":
        _country(work, value)
    elif topic == "new.date":
        _next(work, "new.confirm", target="")
    elif topic == "new.confirm" and value == "again":
        await new(work)
    else:
        await _create(work)


def _name(work: Work, text: str) -> None:
    name = _clean(text)
    if not 1 <= len(name) <= limits.NAME_CHARACTERS:
        _again(work, "new.bad.name", limit=limits.NAME_CHARACTERS)
        return
    _next(work, "new.country", name=name)


def _country(work: Work, text: str) -> None:
    code = find_country(_clean(text), work.person.language)
    if code is None:
        _again(work, "new.bad.country")
        return
    _next(work, "new.branches", country=code)


def _branches(work: Work, text: str) -> None:
    names = [_clean(name) for name in re.split(r"[\n,;]", text)]
    names = [name for name in names if name]
    fine = all(len(name) <= limits.NAME_CHARACTERS for name in names)
    unique = len({name.casefold() for name in names}) == len(names)
    if not (fine and unique and 1 <= len(names) <= limits.BRANCHES):
        _again(work, "new.bad.branches", limit=limits.BRANCHES)
        return
    _next(work, "new.date", branches=names)


def _date(work: Work, text: str) -> None:
    outcome = reading_dates.date(reading_text.clean(text), today=work.now.date())
    given = outcome.value if isinstance(outcome, reading.Reading) else ""
    day = dt.date.fromisoformat(given) if isinstance(given, str) and given else None
    if day is None or day <= work.now.date():
        _again(work, "new.bad.date", day=_example(work))
        return
    _next(work, "new.confirm", target=day.isoformat())


def _example(work: Work) -> str:
    """A day that may be sent: the last of the third quarter of next year, since one that is past is refused."""
    return common.day(work, dt.date(work.now.year + 1, 9, 30))


def _next(work: Work, topic: str, **gathered: Any) -> None:
    work.now_talking(topic=topic, draft={**work.conversation.draft, **gathered})
    _ask(work)


def _again(work: Work, problem: str, **values: object) -> None:
    _ask(work, before=work.words.html(problem, **values))


def _ask(work: Work, before: str = "") -> None:
    """Ask what the step that stands is about; `before` says why it is asked again."""
    words = work.words

    def asked(code: str, *rows: tuple[views.Button, ...], **values: object) -> None:
        work.show(views.View(before or words.html(code, **values), (*rows, _cancel(work))))

    match work.conversation.topic:
        case "new.country":
            locale = locales.of(work.person.language)
            buttons = [
                views.Button(locale.territories.get(code, code), views.Pick("new.country", code))
                for code in COMMON_COUNTRIES
            ]
            rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
            asked("new.country", *rows)
        case "new.name" | "new.branches":
            asked(work.conversation.topic)
        case "new.date":
            none = views.Button(words.say("new.date.none"), views.Pick("new.date"))
            asked("new.date", (none,), day=_example(work))
        case _:
            _confirm(work, before)


def _confirm(work: Work, before: str) -> None:
    words, draft = work.words, work.conversation.draft
    institution = _institution(draft)
    locale = locales.of(work.person.language)
    target = institution.target_date
    text = words.html(
        "new.confirm",
        name=institution.name,
        country=locale.territories.get(institution.country, institution.country),
        currency=institution.currency,
        timezone=institution.timezone,
        branches=", ".join(draft["branches"]),
        target=common.day(work, target) if target else words.say("new.date.none"),
    )
    create = views.Button(words.say("new.create"), views.Pick("new.confirm", "yes"), style="primary")
    again = views.Button(words.say("new.again"), views.Pick("new.confirm", "again"))
    work.show(views.View(views.text(before, text), ((create,), (again,), _cancel(work))))


async def _create(work: Work) -> None:
    draft = work.conversation.draft
    branches = _branch_records(draft["branches"])
    assessment = records.Assessment(
        id=secrets.token_hex(8),
        institution=_institution(draft),
        branches=branches,
        created_by=work.person.id,
        created_at=work.now,
        mended=True,
    )
    sections = list(_sections(work, assessment))
    work.put(assessment)
    for section in sections:
        work.put(section)
    work.put(records.Membership(assessment.id, work.person.id, access.OWNER))
    # they lead until somebody else does
    work.put(reminding.digest(assessment, work.person.id, work.now))
    work.put(reminding.record(assessment, work.person.id, work.now))
    common.offer_menu(work, {access.OWNER})
    work.now_talking(assessment=assessment.id, topic="", draft={}, section="")
    seats = 6 + len(branches)
    work.close(views.bold(assessment.institution.name))
    created = work.words.html(
        "new.created", name=assessment.institution.name, sections=len(sections), seats=seats
    )
    rows = (
        (common.go(work, "invite.all", "invite", "all"),),
        (common.go(work, "lead.invite", "invite"),),
    )
    work.show(views.View(created, rows))


def _sections(work: Work, assessment: records.Assessment) -> Any:
    for flow in work.library.flows():
        places = [branch.id for branch in assessment.branches] if flow.per == nouns.Per.BRANCH else [""]
        for branch in places:
            yield records.Section(
                id=secrets.token_hex(8),
                assessment=assessment.id,
                flow=flow.id,
                version=flow.version,
                branch=branch,
                changed_at=work.now,
                total=progress.of(flow, engine.start(flow), now=work.now).total,
            )


def _institution(draft: Mapping[str, Any]) -> nouns.Institution:
    country = draft["country"]
    return nouns.Institution(
        name=draft["name"],
        country=country,
        currency=currency_of(country),
        timezone=timezone_of(country),
        weekend=WEEKENDS.get(country, (5, 6)),
        target_date=dt.date.fromisoformat(draft["target"]) if draft.get("target") else None,
    )


def _branch_records(names: list[str]) -> tuple[nouns.Branch, ...]:
    # Ids are stored unsealed, so they say nothing of the names.
    return tuple(
        nouns.Branch(id=f"branch-{number}", name=name, head_office=number == 1)
        for number, name in enumerate(names, 1)
    )


def find_country(text: str, language: str = wording.BASE_LANGUAGE) -> str | None:
    """The two-letter code of a country named in the language, in English or by its code; None if unknown."""
    wanted = reading_text.plain(text)
    for spoken in (language, wording.BASE_LANGUAGE):
        territories = locales.of(spoken).territories
        if re.fullmatch(r"[A-Za-z]{2}", text) and text.upper() in territories:
            return text.upper()
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha() and reading_text.plain(name) == wanted:
                return str(code)
    return None


def currency_of(country: str) -> str:
    """A country's currency; USD where Unicode's data knows none."""
    return next(iter(numbers.get_territory_currencies(country)), "USD")


def timezone_of(country: str) -> str:
    """A country's time zone, the first of Unicode's list where it has several; UTC where it has none."""
    zones: Mapping[str, list[str]] = babel_core.get_global("territory_zones")
    return next(iter(zones.get(country, [])), "UTC")


def _cancel(work: Work) -> tuple[views.Button, ...]:
    return (common.go(work, "button.cancel", "cancel"),)


def _clean(text: str) -> str:
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)
    return " ".join(kept.split())
