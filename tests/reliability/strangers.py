"""Rows 15 to 17: other people's buttons, other institutions' ids, and guessed links."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import pathlib
import random
import re
import secrets
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

import msgspec

from bot import library, limits, routing, sample, work
from bot.handlers import joining
from bot.practice import people, server, state
from bot.seats import invitations
from flows import nouns
from flows import words as wording
from storage import opening, port, preparing, records
from tests.bot import running
from tests.reliability import disks, figures, machine

OUTSIDERS = {"project manager": 2001, "branch staff": 2002, "specialist": 2003, "stranger": 2004}
"""Telegram ids of people of another institution, and of one who belongs to none."""

TWIN = 100
"""So much higher is the Telegram id of an outsider's twin: the same seat in an institution that is alike."""

RENAMED = {"Machakos": "Wamunyu", "Lodwar": "Kalokol"}
"""The sample's branches that the bot's own examples name, and what they are called here."""

THEIRS = re.compile("Jitegemea|Wamunyu|Kalokol|Ekai|Achieng|Mwende|Wanjiru", re.IGNORECASE)
"""What no outsider may read."""

OF_THE_CHAT = (records.Conversation, records.Screen, records.Received, records.Outgoing, records.Person)
"""What every turn of a person's own may change."""

LOOKED_AT = (
    "/tasks", "/status", "/review", "/invite", "/remind", "/reminders", "/survey", "/sign", "/template", "/language",
    "/privacy", "/switch", "/forget",
)  # fmt: skip
"""Commands whose buttons are then pressed by everybody else."""

LOOKED_AT_IN_CI = ("/tasks", "/status", "/review", "/language", "/switch", "/forget")
"""Those with buttons that would do something for whoever presses them: another language, another institution."""

Try = tuple[int, str, tuple[str, str]]
"""An outsider, a command, an id of the sample with one of its shape that nobody has."""

COMPUTING = {"plan", "changes", "dates", "whatif", "why", "assume"}
"""Commands that take seconds each to compute: tried at full size only."""

COMPUTED_SECONDS = 600
"""Patience for one of them on a machine that does much else."""

CALLBACK_BYTES = 64

STALE = frozenset(wording.catalogue("bot", code).say("problem.stale") for code in wording.languages("bot"))
"""What is said to who presses an old button, or somebody else's."""

GUESSES, GUESSES_IN_CI = 1_000_000, 2_000


@contextlib.asynccontextmanager
async def two_institutions(folder: pathlib.Path) -> AsyncIterator[machine.Machine]:
    """A running bot with the sample institution, and another one with its twin."""
    up = await server.serve(0, clock_file=folder / "clock", tokens=[machine.TOKEN])
    try:
        async with people.Telegram(up.url) as telegram:
            await telegram.faults(rate_limits=False)
            await telegram.forward(running.NOW.timestamp() - await telegram.now())
            made = machine.Machine(folder, up, telegram)
            made.environment["GROUNDWORK_OWNER_IDS"] = str(sample.PEOPLE["wanjiru"])
            await sample.plant(made.environment)
            await _others(made)
            for name, person in OUTSIDERS.items():
                for one in (person, person + TWIN):
                    made.world.state.people[one] = state.Person(id=one, first_name=name.title())
            made.start()
            try:
                yield made
            finally:
                await made.kill()
    finally:
        await up.close()


async def _others(made: machine.Machine) -> None:
    """Give the sample names that nothing else says, and add the outsiders' institution and its twin."""
    url, key = f"sqlite:///{made.database}", made.folder / "data.key"
    preparing.prepare(url, key)
    storage = opening.open_storage(url, key)
    await storage.open()
    [theirs] = await storage.assessments()
    branches = tuple(
        msgspec.structs.replace(branch, name=RENAMED.get(branch.name, branch.name))
        for branch in theirs.branches
    )
    await storage.commit(
        [
            port.Put(msgspec.structs.replace(theirs, branches=branches)),
            *_another("b" * 16, "0", 0),
            *_another("c" * 16, "1", TWIN),
        ]
    )
    await storage.close()


def _another(name: str, first: str, more: int) -> list[port.Change]:
    """An institution with this id; its sections' ids begin so, and its people's are so much higher."""
    place = nouns.Branch("b1", "Kisumu", "KE", "", "Africa/Nairobi")
    institution = nouns.Institution("Nuru", "KE", "KES", "Africa/Nairobi")
    assessment = records.Assessment(name, institution, (place,), "collecting", 0, running.NOW)
    seats = (
        ("project manager", nouns.Role.PROJECT_MANAGER, ""),
        ("branch staff", nouns.Role.BRANCH_STAFF, "b1"),
        ("specialist", nouns.Role.SPECIALIST, ""),
    )
    changes: list[port.Change] = [port.Put(assessment)]
    for title, role, branch in seats:
        person = OUTSIDERS[title] + more
        changes.append(
            port.Put(records.Person(person, title.title(), joined_at=running.NOW, agreed_at=running.NOW))
        )
        changes.append(port.Put(records.Membership(assessment.id, person, role, branch)))
        changes.append(port.Put(records.Conversation(person, assessment.id)))
    for number, flow in enumerate(library.Library.shipped().flows()):
        per_branch = flow.per is nouns.Per.BRANCH
        owner = OUTSIDERS["branch staff" if per_branch else "project manager"] + more
        branch = "b1" if per_branch else ""
        changes.append(
            port.Put(
                records.Section(
                    f"{first}{number:015x}",
                    assessment.id,
                    flow.id,
                    flow.version,
                    branch,
                    owner=owner,
                    total=9,
                )
            )
        )
    return changes


def kept(made: machine.Machine) -> list[object]:
    """All that nobody's mere looking may change."""
    found = disks.everything(made.database, made.folder / "data.key")
    return [_looked_through(record) for record in found if not isinstance(record, OF_THE_CHAT)]


def _looked_through(record: object) -> object:
    """The record as it is once the bot has looked through it after its start, which it does beside its work."""
    if isinstance(record, records.Assessment):
        return msgspec.structs.replace(record, mended=True)
    return record


async def said(made: machine.Machine, person: int, words: str) -> tuple[str, ...]:
    """What the bot says to somebody's words: texts and buttons."""
    who = made.telegram.person(person)
    before = {message["message_id"] for message in await who.messages()}
    await who.say(words)
    await made.done(seconds=COMPUTED_SECONDS)
    return tuple(
        running.words(message) + " ".join(running.labels(message))
        for message in await who.messages()
        if message["from"]["is_bot"] and message["message_id"] not in before
    )


async def measure_ids(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 16: every command by every outsider with every id of the sample, and by their twin with one that nobody has."""
    async with two_institutions(folder) as made:
        await made.running()
        pairs = [*_ids(kept(made))]
        commands = sorted(set(routing.COMMANDS) if full else set(routing.COMMANDS) - COMPUTING)
        tries = [*itertools.product(OUTSIDERS.values(), commands, pairs)]
        chosen = tries if full else random.Random(16).sample(tries, 12)
        leaks = different = changed = 0
        for hour in _hours(chosen, pairs):
            before = kept(made)
            for person, command, (theirs, nobodys) in hour:
                answered = await said(made, person, f"/{command} {theirs}")
                other = await said(made, person + TWIN, f"/{command} {nobodys}")
                leaks += bool(THEIRS.search(" ".join((*answered, *other))))
                different += _plain(answered, theirs) != _plain(other, nobodys)
            after = kept(made)
            changed += len([record for record in before if record not in after])
            await made.telegram.forward(joining.HOUR.total_seconds())
    return [
        figures.count("commands with a foreign id", len(chosen)),
        figures.count(
            "commands, outsiders and kinds of ids", len(routing.COMMANDS) + len(OUTSIDERS) + len(pairs)
        ),
        figures.none("replies with a word of the other institution", leaks),
        figures.none("replies unlike those to an id that nobody has", different),
        figures.none("records of the other institution that changed", changed),
    ]


def _hours(tries: Sequence[Try], pairs: Sequence[tuple[str, str]]) -> Iterator[list[Try]]:
    """The tries by the hour: nobody follows more wrong links in one than are looked up."""
    at_once = limits.INVITATION_TRIES_AN_HOUR
    for first in range(0, len(pairs), at_once):
        links = pairs[first : first + at_once]
        yield [one for one in tries if (one[2] in links if one[1] == "start" else not first)]


def _ids(found: Iterable[object]) -> Iterable[tuple[str, str]]:
    """One id of each kind of the sample's, each with one of its shape that nobody has."""
    theirs = next(
        r for r in found if isinstance(r, records.Assessment) and r.institution.name.startswith("Jitegemea")
    )
    section = next(
        r for r in found if isinstance(r, records.Section) and r.assessment == theirs.id and r.branch
    )
    nobody = "f0" * 8
    ekai = sample.PEOPLE["ekai"]
    yield theirs.id, nobody
    yield section.id, nobody
    yield f"{section.id} clients", f"{nobody} clients"
    yield f"branch_staff:{section.branch}", "branch_staff:nowhere"
    yield section.branch, "nowhere"
    yield str(ekai), "710009999"
    yield f"person {ekai}", "person 710009999"
    yield f"{theirs.id}:{ekai}", f"{nobody}:710009999"


def _plain(answered: Sequence[str], given: str) -> list[str]:
    """Without what was typed, which /assume says with spaces in the place of underscores."""
    return [words.replace(given, "…").replace(given.replace("_", " "), "…") for words in answered]


async def measure_buttons(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 15: every button of everybody, pressed by everybody else."""
    everybody = {**sample.PEOPLE, **{name: OUTSIDERS[name] for name in ("project manager", "branch staff")}}
    async with two_institutions(folder) as made:
        pressed: list[tuple[int, str]] = []
        for person in everybody.values():
            for command in LOOKED_AT if full else LOOKED_AT_IN_CI:
                await said(made, person, command)
            for message in await made.telegram.person(person).messages():
                pressed += [(person, str(button["callback_data"])) for button in people.buttons(message)]
        tries = [(who, data) for owner, data in pressed for who in everybody.values() if who != owner]
        chosen = tries if full else random.Random(15).sample(tries, 12)
        before, stood, unanswered, obeyed = kept(made), _stands(made), 0, 0
        for who, data in chosen:
            person = made.telegram.person(who)
            await person.forge(await person.last_message(), data)
            answered = await person.wait_for_answer()
            unanswered += not answered
            obeyed += answered.get("text") not in STALE
            await made.done()
        after, moved = kept(made), len(_stands(made) ^ stood)
        changed = len([record for record in before if record not in after]) + abs(len(after) - len(before))
    return [
        figures.count("buttons", len(pressed)),
        figures.at_most(
            "bytes in the longest one's data", max(len(data.encode()) for _, data in pressed), CALLBACK_BYTES
        ),
        figures.at_least("random bits in each", 8 * work.TOKEN_BYTES, 64),
        figures.count("presses by somebody else", len(chosen)),
        figures.none("records changed", changed),
        figures.none("people in another language, or elsewhere, than before", moved),
        figures.none("presses without an answer", unanswered),
        figures.none("presses that were not told that the button is old", obeyed),
    ]


def _stands(made: machine.Machine) -> set[tuple[object, ...]]:
    """Everybody's language, and what their chats are about."""
    found = disks.everything(made.database, made.folder / "data.key")
    people_ = {(one.id, one.language) for one in found if isinstance(one, records.Person)}
    chats = {
        (one.person, one.assessment, one.section, one.topic)
        for one in found
        if isinstance(one, records.Conversation)
    }
    return people_ | chats


async def measure_guesses(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 17: links guessed without the hourly limit, which would make them years."""
    url, key = f"sqlite:///{folder / 'guessed.db'}", folder / "guessed.key"
    preparing.prepare(url, key)
    storage = opening.open_storage(url, key)
    await storage.open()
    now = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    await storage.commit(
        [
            port.Put(
                records.Invitation(
                    invitations.token_hash(secrets.token_urlsafe(invitations.TOKEN_BYTES)),
                    "a",
                    "it",
                    created_by=1,
                    created_at=now,
                )
            )
            for _ in range(200)
        ]
    )
    guesses, hits = GUESSES if full else GUESSES_IN_CI, 0
    for _ in range(guesses):
        guess = secrets.token_urlsafe(invitations.TOKEN_BYTES)
        hits += await storage.invitation(invitations.token_hash(guess)) is not None
    await storage.close()
    return [
        figures.count("guesses of the right shape, with 200 links open", guesses),
        figures.none("hits", hits),
        figures.at_least("random bits in a link's token", 8 * invitations.TOKEN_BYTES, 128),
        figures.count("hours that they take one person at five an hour", guesses / 5),
    ]
