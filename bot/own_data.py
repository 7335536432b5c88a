"""What is kept about somebody as a page to read: who they are, their parts, their answers, and how much else there is.

The JSON file beside it has every field; here stands what a person can do something with, under its title.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import markupsafe

from bot import library
from bot.asking import answers
from bot.people import access, team, working_hours
from flows import form, instance, keys, locales, nouns, review, shipped, stops, versions
from flows import words as wording
from storage import port, records

Kept = Mapping[str, Sequence[Mapping[str, object]]]
"""As `port.Storage.about` gives it: kind of record -> its rows."""

TOLD = frozenset({"person", "membership", "answer"})
"""Kinds that have a table of their own; of the others it is said how many there are."""

STYLE = markupsafe.Markup("""
body { font: 16px/1.45 system-ui, sans-serif; max-width: 46rem; margin: 1rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #ccc; }
td { overflow-wrap: anywhere; }
""")


class Table(NamedTuple):
    """A titled table; the first row is its heading where there is one."""

    title: str
    rows: Sequence[Sequence[str]]
    heading: Sequence[str] = ()


async def page(
    storage: port.Storage, flows: library.Library, person: records.Person, kept: Kept, now: dt.datetime
) -> bytes:
    """The page in the person's language, as a HTML file that needs nothing else."""
    words = wording.catalogue("bot", person.language)
    tables = [_you(person, words)]
    given: dict[str, set[str]] = {}
    for row in kept.get("answer", ()):
        given.setdefault(str(row["section"]), set()).add(str(row["key"]))
    sections = [one for each in given if (one := await storage.section(each)) is not None]
    parts = [str(row["assessment"]) for row in kept.get("membership", ())]
    for name in dict.fromkeys([*parts, *(section.assessment for section in sections)]):
        found = await team.load(storage, flows, name)
        if found is None:
            continue
        tables.append(Table(found.institution, [(words.say("mydata.part"), _parts(found, person, words))]))
        for section in found.ordered():
            session = await storage.session(section.id) if section.id in given else None
            if session is not None:
                tables.append(_answers(found, section, session, given[section.id], now, words))
    tables.append(_more(kept, words))
    return _html(words, locales.date(now.date(), words.language), tables).encode()


def _you(person: records.Person, words: wording.Catalogue) -> Table:
    days = {"mydata.joined": person.joined_at, "mydata.agreed": person.agreed_at}
    rows = [
        (words.say("mydata.name"), person.name),
        (words.say("mydata.number"), str(person.id)),
        (words.say("mydata.language"), words.say("language.name")),
        *((words.say(code), locales.date(at.date(), words.language)) for code, at in days.items() if at),
    ]
    return Table(words.say("mydata.you"), rows)


def _parts(found: team.Team, person: records.Person, words: wording.Catalogue) -> str:
    """The seats and other parts of somebody in one assessment."""
    mine = [part for part in found.memberships if part.person == person.id]
    return ", ".join(
        words.say("mydata.colleague")
        if part.role == access.COLLEAGUE
        else words.say("role.owner")
        if part.role == access.OWNER
        else found.seat_name(team.Seat(nouns.Role(part.role), part.branch), words)
        for part in mine
    ) or words.say("mydata.no_part")


def _answers(
    found: team.Team,
    section: records.Section,
    session: nouns.Session,
    given: set[str],
    now: dt.datetime,
    words: wording.Catalogue,
) -> Table:
    """What somebody answered in a section, in its order; at the end what is not asked at the moment."""
    flow = shipped.in_language(found.library.flow(section.flow, session.version), words.language)
    zone = working_hours.Calendar.of(found.assessment, section.branch).zone
    rows = []
    for key, label, said in _said(flow, session, given, now, words):
        at = session.answers[key].at
        rows.append((label, said, locales.moment(at, zone, words.language) if at is not None else ""))
    heading = tuple(words.say(code) for code in ("mydata.question", "mydata.answer", "mydata.when"))
    return Table(found.named(section, words), rows, heading)


def _said(
    flow: nouns.Flow, session: nouns.Session, given: set[str], now: dt.datetime, words: wording.Catalogue
) -> Iterator[tuple[str, str, str]]:
    """Key, label and words of each answer; of one in a list with the name of its entry before."""
    left = {key for key in given if key in session.answers}
    entries: dict[str, str] = {}
    for line in review.lines(stops.Way(instance.Instance(form.of(flow), session, now))):
        if line.kind == "entry":
            entries[line.key] = line.label
        elif line.key in left:
            left.discard(line.key)
            around = [title for key, title in entries.items() if keys.is_within(line.key, key)]
            inside = around[-1] if around else ""
            yield (
                line.key,
                f"{inside} · {line.label}" if inside else line.label,
                answers.in_words(line, words),
            )
    for key in sorted(left):
        item = versions.item_at(flow, key)
        yield key, item.label if item is not None else key, str(session.answers[key].value or "")


def _more(kept: Kept, words: wording.Catalogue) -> Table:
    """How many records of each other kind name them."""
    rows = [
        (words.say(f"mydata.kind.{kind}"), str(len(rows)))
        for kind, rows in kept.items()
        if rows and kind not in TOLD
    ]
    return Table(words.say("mydata.more"), rows)


def _html(words: wording.Catalogue, day: str, tables: Sequence[Table]) -> markupsafe.Markup:
    title = words.say("mydata.title")
    head = markupsafe.Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{}</title><style>{}</style><h1>{}</h1><p>{}</p>'
    ).format(words.language, title, STYLE, title, words.say("mydata.made", day=day))
    return head + markupsafe.Markup("").join(_table(each) for each in tables)


def _table(table: Table) -> markupsafe.Markup:
    rows = [_row("th", table.heading)] if table.heading else []
    rows += [_row("td", row) for row in table.rows]
    return markupsafe.Markup("<h2>{}</h2><table>{}</table>").format(
        table.title, markupsafe.Markup("").join(rows)
    )


def _row(cell: str, values: Sequence[str]) -> markupsafe.Markup:
    inside = markupsafe.Markup("").join(
        markupsafe.Markup("<{0}>{1}</{0}>").format(cell, value) for value in values
    )
    return markupsafe.Markup("<tr>{}</tr>").format(inside)
