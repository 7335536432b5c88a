"""Makes the recorded conversation of a profile: everybody joins by link, and all answer at the same time.

A village bank's branches answer all; of larger institutions one branch of each type, since the others
would say the same in another order. The chat is in the institution's first language, where the bot speaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import babel
import yaml

from flows import locales, nouns, shipped
from flows import words as wording
from tests.samples import profile

WHOLE = 6
"""Branches up to which all are played."""

WISHED_DAYS = 300
"""So many days on all is wished to be ready: a day by its name would once be past, and refused."""

Step = dict[str, Any]

_TAG = re.compile(r"<[^>]*>")


def text(given: profile.Profile) -> str:
    """The recording as YAML."""
    played = _played(given)
    cast = _cast(given, played)
    recording = {
        "title": f"{given.institution.name}, from /new to all answers",
        "sample": given.name,
        "cast": [_member(person, _language(given)) for person in cast],
        "steps": list(_steps(given, played, cast)),
    }
    head = "# Made by `python -m tests.samples` from tests/samples/profiles/" + f"{given.name}.yaml.\n"
    return head + yaml.safe_dump(
        recording, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110
    )


def _played(given: profile.Profile) -> tuple[profile.Place, ...]:
    """The branches that are played: all, or the first of each type."""
    if len(given.places) <= WHOLE:
        return given.places
    return tuple({place.traits[0]: place for place in reversed(given.places)}.values())[::-1]


def _cast(given: profile.Profile, played: tuple[profile.Place, ...]) -> tuple[nouns.Respondent, ...]:
    managers = {place.manager for place in played}
    return tuple(
        person
        for person in given.respondents
        if person.name in managers or set(person.roles) - {nouns.Role.BRANCH_STAFF}
    )


def _language(given: profile.Profile) -> str:
    """What its people speak with the bot."""
    first, *_ = given.institution.languages
    return first if first in locales.PROMISED else wording.BASE_LANGUAGE


def _member(person: nouns.Respondent, language: str) -> dict[str, str]:
    first, _, last = person.name.partition(" ")
    return {"first_name": first, "last_name": last, "language_code": language}


def _steps(
    given: profile.Profile, played: tuple[profile.Place, ...], cast: tuple[nouns.Respondent, ...]
) -> Iterator[Step]:
    owner, *_ = cast
    name = given.institution.name
    language = _language(given)
    words = wording.catalogue("bot", language)
    country = babel.Locale(language).territories[given.institution.country]
    seats = list(_seats(played, cast, words))
    yield {"bot": "start"}
    for act in (
        {"starts": None},
        {"says": "/new"},
        {"says": name},
        {"says": country},
        {"says": "\n".join(place.branch.name for place in played)},
        {"says_day_in": WISHED_DAYS},
        {"taps": words.say("new.create")},
        {
            "sees": _plain(words.say("new.created", name=name, sections="", seats=""))
            .partition(":")[0]
            .strip()
        },
        {"taps": words.say("invite.all")},
    ):
        yield {_first(owner): act}
    for seat, said, _ in seats:
        invites = words.say("invite.forward", institution=name, seat=said, until="", link="")
        yield {_first(owner): {"keeps": {"link": seat, "from": _plain(invites).partition("\n")[0]}}}
    for seat, _, person in seats:
        yield {_first(person): {"follows": seat}}
        yield {_first(person): {"taps": words.say("hello.start")}}
        yield {_first(person): {"sees": _plain(words.say("tasks.title", institution=name))}}
    yield {"together": {_first(person): list(_sections(person, played, language)) for person in cast}}
    yield {_first(_manager(cast)): {"says": "/status"}}
    yield {
        _first(_manager(cast)): {"sees": _plain(words.say("status.title", institution=name, date="")).strip()}
    }
    yield {"bot": {"exports": "answers.json"}}


def _seats(
    played: tuple[profile.Place, ...], cast: tuple[nouns.Respondent, ...], words: wording.Catalogue
) -> Iterator[tuple[str, str, nouns.Respondent]]:
    """Each seat: what its link is called, how the bot names it, and who takes it."""
    for person in cast:
        for role in person.roles:
            said = words.say(f"role.{role}")
            if role is not nouns.Role.BRANCH_STAFF:
                yield role.value, said, person
                continue
            for place in played:
                if place.branch.id in person.branches:
                    yield (
                        place.branch.id,
                        words.say("seat.branch", role=said, branch=place.branch.name),
                        person,
                    )


def _sections(person: nouns.Respondent, played: tuple[profile.Place, ...], language: str) -> Iterator[Step]:
    spoken = {} if language == wording.BASE_LANGUAGE else {"language": language}
    for flow in shipped.assessment():
        if flow.role not in person.roles:
            continue
        if flow.per is nouns.Per.ORGANISATION:
            yield {"answers": {"section": flow.id, **spoken}}
            continue
        for place in played:
            if place.branch.id in person.branches:
                yield {"answers": {"section": flow.id, "branch": place.branch.id, **spoken}}


def _manager(cast: tuple[nouns.Respondent, ...]) -> nouns.Respondent:
    return next(person for person in cast if nouns.Role.PROJECT_MANAGER in person.roles)


def _first(person: nouns.Respondent) -> str:
    return person.name.partition(" ")[0]


def _plain(text: str) -> str:
    """A sentence as it stands in the chat, without its tags."""
    return _TAG.sub("", text)
