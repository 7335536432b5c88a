"""Many people answer a survey at once while workers are killed; afterwards every answer is there, each once."""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import datetime as dt
import pathlib
import re
import time

from bot.practice import people as practice
from bot.practice import server
from bot.rehearsal import demo
from flows import engine, nouns, progress
from storage import opening, port, records
from tests import databases
from tests.bot import fleet

WORKERS = 3

ASSESSMENT, SURVEY = "crashes", "count_1"

QUIET_SECONDS = 60.0
"""How long nobody may be left without the next question: a killed worker's people wait ten seconds."""

ASKED = re.compile(r"Number (\d+)\?")


@dataclasses.dataclass
class Tally:
    """What came of it."""

    people: int
    questions: int
    kills: int = 0
    seconds: float = 0.0
    lost: int = 0
    """Answers that are not there or are others, and sections that were not handed in."""
    doubled: int = 0
    """Turns that changed a section twice."""
    left: int = 0
    """Updates and messages that still lie in the inbox and the outbox."""
    messages_doubled: int = 0
    """Questions that were sent again: given to Telegram by a worker that was killed before it could note that."""
    longest_wait: float = 0.0

    @property
    def wrong(self) -> int:
        """How much must not have come; by each kill a worker may send once more what it was just sending."""
        return self.lost + self.doubled + self.left + max(0, self.messages_doubled - self.people * self.kills)


def flow(questions: int) -> nouns.Flow:
    """A survey that asks for so many numbers."""
    asked = tuple(
        nouns.Question("integer", f"n{number}", f"n{number}", label=f"Number {number}?")
        for number in range(1, questions + 1)
    )
    return nouns.Flow(SURVEY, "1", "Count", asked, per=nouns.Per.BRANCH)


async def run(folder: pathlib.Path, *, people: int, questions: int, killed_every: float) -> Tally:
    """Let so many people answer so many questions; returns what came of it."""
    tally = Tally(people, questions)
    telegram = await server.serve(0, clock_file=folder / "clock", tokens=[demo.TOKEN])
    try:
        async with practice.Telegram(telegram.url) as line:
            await line.faults(rate_limits=False, webhook_retry_seconds=0.2)
            with databases.settings(folder, "postgresql") as more:
                given = {**demo.environment_for(telegram.url, folder), "GROUNDWORK_CHAT_PACE": "1000", **more}
                walkers = [await line.add_person(f"P{number}") for number in range(people)]
                storage = opening.open_storage(
                    more["GROUNDWORK_DATABASE_URL"], pathlib.Path(more["GROUNDWORK_DATA_KEY_FILE"])
                )
                await storage.open()
                await storage.commit(planted([walker.id for walker in walkers], questions))
                workers = await fleet.starting(WORKERS, killed_every=killed_every, quiet=False)(given)
                began = time.monotonic()
                try:
                    await asyncio.gather(*(_walk(walker, questions, tally) for walker in walkers))
                    await _at_rest(storage, tally)
                finally:
                    workers.terminate()
                    await workers.wait()
                tally.kills = workers.kills  # type: ignore[attr-defined]  # a fleet is more than a bot
                tally.seconds = time.monotonic() - began
                await _judge(storage, walkers, questions, tally)
                await storage.close()
    finally:
        await telegram.close()
    return tally


def planted(people: list[int], questions: int) -> list[port.Change]:
    """An institution with a branch for each person, and a section to answer for each branch."""
    now = dt.datetime.now(dt.UTC)
    branches = tuple(nouns.Branch(f"b{person}", f"Branch {person}") for person in people)
    institution = nouns.Institution("Crashes", "KE", "KES", "Africa/Nairobi")
    asked = flow(questions)
    total = progress.of(asked, engine.start(asked), now=now).total
    made: list[records.Record] = [
        records.Assessment(ASSESSMENT, institution, branches, "collecting", people[0], now),
        records.Survey(ASSESSMENT, SURVEY, "1", now, people[0], "count", asked),
    ]
    for person, branch in zip(people, branches, strict=True):
        made += [
            records.Person(person, branch.name, joined_at=now, agreed_at=now),
            records.Conversation(person, ASSESSMENT),
            records.Membership(ASSESSMENT, person, nouns.Role.BRANCH_STAFF, branch.id),
            records.Section(
                f"s{person}", ASSESSMENT, SURVEY, "1", branch.id, owner=person, changed_at=now, total=total
            ),
        ]
    return [port.Put(record) for record in made]


async def _walk(person: practice.Person, questions: int, tally: Tally) -> None:
    """Answer one question after the other, whatever else comes, and hand in."""
    await person.say("/tasks")
    await _come(person, "Count", tally)
    await person.tap(f"Count · Branch {person.id}")
    for number in range(1, questions + 1):
        await _come(person, f"Number {number}?", tally)
        await person.say(str(answer(person.id, number)))
    await person.wait_for(_may_hand_in, timeout=QUIET_SECONDS)
    await person.tap("✓ Hand in")
    await _come(person, "handed in", tally)


async def _come(person: practice.Person, words: str, tally: Tally) -> None:
    began = time.monotonic()
    await person.wait_for(words, timeout=QUIET_SECONDS)
    tally.longest_wait = max(tally.longest_wait, time.monotonic() - began)


def _may_hand_in(message: dict[str, object]) -> bool:
    return any(button["text"] == "✓ Hand in" for button in practice.buttons(message))


def answer(person: int, number: int) -> int:
    """What this person says to this question: nobody says the same twice."""
    return person % 1000 * 1000 + number


async def _at_rest(storage: port.Storage, tally: Tally) -> None:
    """Wait until everything is handled and sent, or not for ever."""
    never = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
    for _ in range(600):
        left = [*await storage.waiting(), *await storage.outgoing(due=never, limit=1000)]
        if not left:
            break
        await asyncio.sleep(0.05)
    tally.left = len(left)


async def _judge(storage: port.Storage, walkers: list[practice.Person], questions: int, tally: Tally) -> None:
    sessions = await storage.sessions(ASSESSMENT)
    states = {section.id: section.state for section in await storage.sections(ASSESSMENT)}
    revisions = collections.Counter(session.revision for session in sessions.values())
    usual = min(revisions, default=0)
    for walker in walkers:
        section = f"s{walker.id}"
        session = sessions.get(section)
        found = {key: given.value for key, given in session.answers.items()} if session else {}
        wanted = {f"n{number}": answer(walker.id, number) for number in range(1, questions + 1)}
        tally.lost += sum(found.get(key) != value for key, value in wanted.items())
        tally.lost += states[section] != "submitted"
        tally.doubled += session is not None and session.revision > usual
        asked = collections.Counter(
            match[1]
            for message in await walker.messages()
            if message["from"]["is_bot"] and practice.buttons(message)
            if (match := ASKED.search(message.get("text", "")))
        )
        tally.messages_doubled += sum(times - 1 for times in asked.values())
