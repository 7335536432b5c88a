"""/remind: a word to one person, to several, or to all who are late."""

from __future__ import annotations

import markupsafe

from bot import limits, views
from bot.handlers import common
from bot.people import access, team
from bot.reminders import digests, reminding
from bot.work import Work
from flows import locales
from storage import records

TOPIC = "remind"

ALL, LATE, CHOSEN = "all", "late", "chosen"
"""Whom a button reminds: everybody who owes something, those who are late, those who are ticked."""


async def remind(work: Work, argument: str = "") -> None:
    """Who still owes something, to be ticked; with `all`, `late` or a person's id, they are reminded."""
    found = await common.allowed_team(work, access.Deed.REMIND)
    if found is None:
        return
    common.leave_topic(work)
    rows = await _rows(work, found)
    chosen = _meant(found, rows, argument)
    if chosen:
        await _remind(work, found, rows, chosen)
    else:
        _list(work, found, rows, frozenset(), 0, in_place=False)


async def picked(work: Work, topic: str, value: str) -> None:
    """A tick, a page, or the word to go."""
    found = await common.allowed_team(work, access.Deed.REMIND)
    if found is None:
        return
    rows = await _rows(work, found)
    draft = work.conversation.draft
    ticked, page = frozenset(draft.get("ticked", ())), int(draft.get("page", 0))
    match topic.partition(".")[2]:
        case "tick":
            ticked = ticked ^ {int(value)}
        case "page":
            page = int(value)
        case _:
            chosen = _meant(found, rows, value, ticked)
            if chosen:
                common.leave_topic(work)
                await _remind(work, found, rows, chosen)
                return
    _list(work, found, rows, ticked, page, in_place=True)


async def _rows(work: Work, found: team.Team) -> dict[int, records.Reminder]:
    """The reminders of what people owe, by person."""
    kept = {row.id: row for row in await work.storage.reminders(found.assessment.id)}
    return digests.owed(found, kept)


def _meant(
    found: team.Team,
    rows: dict[int, records.Reminder],
    argument: str,
    ticked: frozenset[int] = frozenset(),
) -> list[records.Person]:
    owing = found.late()
    if argument == LATE:
        return reminding.late(found, rows)
    if argument == CHOSEN:
        return [person for person in owing if person.id in ticked]
    return [person for person in owing if argument in (ALL, str(person.id))]


def _list(
    work: Work,
    found: team.Team,
    rows: dict[int, records.Reminder],
    ticked: frozenset[int],
    page: int,
    *,
    in_place: bool,
) -> None:
    words = work.words
    owing = found.late()
    if not owing:
        work.show(views.View(words.html("remind.nobody")))
        return
    late = {person.id for person in reminding.late(found, rows)}
    size = limits.CHOICES_A_PAGE
    page = max(0, min(page, (len(owing) - 1) // size))
    shown = owing[page * size : (page + 1) * size]
    lines = [
        words.html(
            "remind.line.late" if person.id in late else "remind.line",
            name=person.name,
            sections=", ".join(_titles(work, found, person.id)),
            n=rows[person.id].round if person.id in rows else 0,
        )
        for person in shown
    ]
    text = markupsafe.Markup("\n").join([words.html("remind.title"), *lines])
    buttons: list[tuple[views.Button, ...]] = [
        (_tick(work, person, is_on=person.id in ticked),) for person in shown
    ]
    turn = [_page(work, "button.earlier", page - 1)] if page else []
    if (page + 1) * size < len(owing):
        turn.append(_page(work, "button.more", page + 1))
    buttons += [tuple(turn)] if turn else []
    if still := [person for person in owing if person.id in ticked]:
        buttons.append((_go(words.say("remind.chosen", n=len(still)), CHOSEN),))
    if late and len(late) < len(owing):
        buttons.append((_go(words.say("remind.late", n=len(late)), LATE),))
    if len(owing) > 1:
        buttons.append((_go(words.say("remind.all"), ALL),))
    buttons.append((common.go(work, "reminders.open", "reminders"),))
    work.now_talking(topic=TOPIC, draft={"ticked": sorted(ticked), "page": page}, section="")
    work.show(views.View(text, tuple(buttons)), in_place=in_place)


def _tick(work: Work, person: records.Person, *, is_on: bool) -> views.Button:
    sign = work.words.say("tick.on" if is_on else "tick.off")
    return views.Button(f"{sign} {person.name}", views.Pick(f"{TOPIC}.tick", str(person.id)))


def _page(work: Work, label: str, page: int) -> views.Button:
    return views.Button(work.words.say(label), views.Pick(f"{TOPIC}.page", str(page)))


def _go(label: str, whom: str) -> views.Button:
    return views.Button(label, views.Pick(f"{TOPIC}.go", whom))


async def _remind(
    work: Work, found: team.Team, rows: dict[int, records.Reminder], chosen: list[records.Person]
) -> None:
    said = ""
    for person in chosen:
        calendar = reminding.calendar_of(found, person.id)
        known = reminding.owed(rows.get(person.id), found.assessment.id, person.id, work.now)
        reminder = reminding.soon(known, calendar, work.now)
        work.put(reminder)
        if reminder.due_at <= work.now:
            said = work.words.html("remind.now", name=person.name)
        else:
            when = locales.moment(reminder.due_at, calendar.zone, work.person.language)
            said = work.words.html("remind.later", name=person.name, when=when)
    if len(chosen) > 1:
        said = work.words.html("remind.all.done", n=len(chosen))
    work.show(views.View(said))


def _titles(work: Work, found: team.Team, person: int) -> list[str]:
    owed = {section.id for section in found.owed(person)} | {one.section for one in found.asked(person)}
    return [found.named(section, work.words) for section in found.ordered() if section.id in owed]
