"""/reminders: when people are reminded, the project manager's to change; and putting a reminder off."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec

from bot import views
from bot.handlers import common
from bot.people import access, team, working_hours
from bot.reminders import reminding
from bot.seats import seating
from bot.work import Work
from flows import locales
from storage import port, records

CHOICES: Mapping[str, tuple[Any, ...]] = {
    "first": (1, 2, 3, 5),
    "again": (1, 2, 3, 5, 10),
    "escalate": (2, 3, 5, 0),
    "hours": ((9, 17), (8, 16), (8, 18), (7, 15), (10, 18)),
    "digest": (True, False),
    "on": (True, False),
}
"""What can be changed, and the values that a tap goes through."""


async def reminders(work: Work, argument: str = "") -> None:
    """The policy in words, each part with a button that takes the next value; `first 3` sets one."""
    found = await common.allowed_team(work, access.Deed.REMIND)
    if found is None:
        return
    common.leave_topic(work)
    policy = found.assessment.reminders
    name, _, value = argument.partition(" ")
    if name in CHOICES:
        after = _changed(policy, name, value)
        if after is None:
            known = ", ".join(_written(choice) for choice in CHOICES[name])
            work.show(views.View(work.words.html("reminders.unknown", known=known)))
            return
        assessment = msgspec.structs.replace(found.assessment, reminders=after)
        work.change(found.assessment, assessment)
        if after.on and (not policy.on or (after.digest and not policy.digest)):
            await seating.remind_all(work, dataclasses.replace(found, assessment=assessment))
        policy = after
    work.show(_view(work, policy), in_place=bool(argument))


def _changed(policy: records.ReminderPolicy, name: str, value: str) -> records.ReminderPolicy | None:
    """The policy with one part changed; None for a value that it does not take."""
    by_word = {_written(choice): choice for choice in CHOICES[name]}
    if value not in by_word:
        return None
    chosen = by_word[value]
    if name == "hours":
        return msgspec.structs.replace(policy, opens=chosen[0], closes=chosen[1])
    return msgspec.structs.replace(policy, **{name: chosen})


def _written(choice: Any) -> str:
    """A value as it is typed and as buttons carry it."""
    if isinstance(choice, tuple):
        return "-".join(str(hour) for hour in choice)
    return ("on" if choice else "off") if isinstance(choice, bool) else str(choice)


def _view(work: Work, policy: records.ReminderPolicy) -> views.View:
    words = work.words
    hours = {"opens": f"{policy.opens}:00", "closes": f"{policy.closes}:00"}
    said = {
        "first": words.say("reminders.first", n=policy.first),
        "again": words.say("reminders.again", n=policy.again),
        "escalate": words.say("reminders.escalate", n=policy.escalate)
        if policy.escalate
        else words.say("reminders.escalate.never"),
        "hours": words.say("reminders.hours", **hours),
        "digest": words.say("reminders.digest.on" if policy.digest else "reminders.digest.off"),
    }
    switch = _button(policy, "on", words.say("reminders.turn_off" if policy.on else "reminders.turn_on"))
    if not policy.on:
        return views.View(words.html("reminders.off"), ((switch,),))
    rows = tuple((_button(policy, name, label),) for name, label in said.items())
    return views.View(words.html("reminders.title"), (*rows, (switch,)))


def _button(policy: records.ReminderPolicy, name: str, label: str) -> views.Button:
    """The button that takes the next value."""
    now = (policy.opens, policy.closes) if name == "hours" else getattr(policy, name)
    choices = CHOICES[name]
    following = choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]
    return views.Button(label, views.Go("reminders", f"{name} {_written(following)}"))


# --- putting off -----------------------------------------------------------------------------------


async def later(work: Work, argument: str) -> None:
    """The person asked to be reminded tomorrow, or next week: of all that they were told."""
    rows = {row.id: row for row in await work.storage.reminders_of(work.person.id)}
    due = []
    for assessment in await common.assessments(work):
        found = await team.load(work.storage, work.library, assessment)
        if found is None:
            continue
        calendar = reminding.calendar_of(found, work.person.id)
        told = [
            row
            for row in rows.values()
            if row.assessment == assessment and row.kind == "follow_up" and row.sent_at is not None
        ]
        if found.owes(work.person.id):
            known = rows.get(reminding.identity(assessment, work.person.id))
            told.append(reminding.owed(known, assessment, work.person.id, work.now))
        for row in told:
            off = reminding.put_off(row, calendar, work.now, week=argument == "week")
            work.changes += [port.Put(off)]
            due.append((off.due_at, calendar))
    if not due:
        work.say(views.View(work.words.html("reminder.nothing")))
        return
    first, calendar = min(due, key=lambda found: found[0])
    work.say(views.View(work.words.html("reminder.tomorrow.done", when=_moment(work, first, calendar))))


def _moment(work: Work, due: Any, calendar: working_hours.Calendar) -> str:
    return locales.moment(due, calendar.zone, work.person.language)
