"""`groundwork erase`: somebody is forgotten by whoever runs the bot, as if they had asked for it in chat."""

from __future__ import annotations

import datetime as dt

import typer

from bot import clock, library, settings
from bot.commands import files
from bot.handlers import personal
from bot.operations import auditing
from bot.receiving import fetching
from bot.work import Work
from storage import opening, port, records

TRIES = 10
"""How often it is begun again where somebody's turn came between; a bot at work seldom brings two of them."""

MAX_DIGITS = 16
"""Telegram's numbers of people have at most 52 significant bits."""


async def erase(given: settings.Settings, wanted: str) -> None:
    """Erase the person with this number or name; the bot may run. FileError where nobody, or more than one, is meant."""
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        person = await _found(storage, wanted)
        for left in reversed(range(TRIES)):
            try:
                await _forget(storage, given, person, clock.SystemClock(given.clock_file).now())
                break
            except port.Conflict:
                if not left:
                    raise files.FileError("Too much is going on just now; try again in a minute.") from None
    finally:
        await storage.close()
    typer.echo(
        f"Erased: {person.id}. Backups from before still hold them until they are deleted or their key retired."
    )


async def _found(storage: port.Storage, wanted: str) -> records.Person:
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= MAX_DIGITS:
        known = await storage.person(int(wanted))
        if known is None:
            raise files.FileError(f"Nobody with the number {wanted} is known.")
        return known
    named = {
        one.id: one
        for assessment in await storage.assessments()
        for one in await storage.people(assessment.id)
        if one.name == wanted
    }
    if not named:
        raise files.FileError(
            f"Nobody named '{wanted}' takes part in an assessment. Their number in Telegram finds them too."
        )
    if len(named) > 1:
        numbers = ", ".join(map(str, sorted(named)))
        raise files.FileError(f"'{wanted}' is the name of several: {numbers}. Give the number.")
    return next(iter(named.values()))


async def _forget(
    storage: port.Storage, given: settings.Settings, person: records.Person, now: dt.datetime
) -> None:
    work = Work(
        storage=storage,
        library=library.Library.shipped(),
        now=now,
        person=person,
        conversation=await storage.conversation(person.id) or records.Conversation(person.id),
        standing=None,
        owner=person.id in given.owner_ids,
        bot_name="",
        fetch=fetching.nothing,
    )
    await personal.erase(work)
    changes = work.all_changes()
    await storage.commit([*changes, *await auditing.lines(storage, changes, by=0, at=now)])
