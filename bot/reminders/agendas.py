"""What is still open for a person: the agenda of a meeting with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.people import team
from flows import form, instance, nouns, review, shipped, stops
from flows import words as wording
from storage import records

UNSURE = frozenset({nouns.Sure.SKIPPED, nouns.Sure.UNKNOWN, nouns.Sure.ASKED})
"""Answers that leave a question open for a talk."""


def still_open(
    found: team.Team,
    sessions: Mapping[str, nouns.Session],
    person: records.Person,
    words: wording.Catalogue,
    now: dt.datetime,
) -> list[str]:
    """The questions of a person's sections that nobody has answered yet; a section not begun counts as one."""
    lines: list[str] = []
    for section in found.owned(person.id):
        session = sessions.get(section.id)
        title = found.title(section, words) + found.place(section, words)
        if session is None:
            lines.append(f"{title}: {words.say('state.not_started')}")
            continue
        flow = shipped.in_language(found.library.flow(section.flow, session.version), words.language)
        way = stops.Way(instance.Instance(form.of(flow), session, now))
        lines += [
            f"{title}: {line.label}"
            for line in review.lines(way)
            if line.kind != "entry" and line.sure in UNSURE
        ]
    return lines
