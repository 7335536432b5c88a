"""The half-year, day by day: reminders fall due, people answer now and then, the bot is stopped every night."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import pathlib
import random
import re
import zoneinfo

import holidays
import msgspec

from bot import library
from bot.operations import metrics
from bot.people import access, delegations, team
from bot.reminders import nagging, reminding
from flows import nouns
from storage import opening, port, records, sealing
from storage.postgresql import store
from tests.reminding import world

START = dt.datetime(2027, 2, 1, 5, 0, tzinfo=dt.UTC)

STEP = dt.timedelta(minutes=30)
"""How often the bot looks; all clocks differ by whole quarters, so a look is at most this late."""

ANSWERS_A_DAY = 0.012
"""The chance that somebody moves a section of theirs on within a day."""


HANDED_ON_A_DAY = 0.004
"""The chance that somebody asks a colleague to answer the rest of a section of theirs."""

SILENT = re.compile(r"^\N{WARNING SIGN} P(\d+):", re.MULTILINE)
"""A line about somebody who does not answer."""


class Clock:
    """A clock in the hand."""

    def __init__(self, now: dt.datetime) -> None:
        self.time = now

    def now(self) -> dt.datetime:
        """The time."""
        return self.time


@dataclasses.dataclass
class Tally:
    """What came, and what must not have come."""

    days: int = 0
    restarts: int = 0
    kills: int = 0
    """Workers that were gone in the middle of a look."""
    looks: int = 0
    answers: int = 0
    handed: int = 0
    """Sections whose rest a colleague was asked for."""
    given: int = 0
    """Of these, how many the colleague has answered."""
    messages: int = 0
    people: set[int] = dataclasses.field(default_factory=set)
    zones: set[str] = dataclasses.field(default_factory=set)
    clock_changes: int = 0
    together: int = 0
    """Messages that told of more than one assessment."""
    at_night: int = 0
    on_free_days: int = 0
    twice_a_day: int = 0
    after_the_answer: int = 0
    missed: int = 0
    """Reminders that were still due when half a day had passed."""

    @property
    def wrong(self) -> int:
        """How much must not have come."""
        return self.at_night + self.on_free_days + self.twice_a_day + self.after_the_answer + self.missed


class Sent:
    """An outbox that leaves everything where it lies: delivering is the outbox's own affair."""

    def accept(self, messages: list[records.Outgoing]) -> None:
        """They are read from the storage, whichever worker wrote them."""


class Workers:
    """Who looks for reminders: one bot on SQLite, or several on PostgreSQL of which one is killed at every other look."""

    def __init__(
        self, database: str, key: pathlib.Path, clock: Clock, count: int, chance: random.Random
    ) -> None:
        self._database, self._key, self._clock, self._chance = database, key, clock, chance
        self._flows = library.Library.shipped()
        self._looking: list[nagging.Reminders] = []
        self.storages: list[port.Storage] = []
        self.count = count
        self.kills = 0

    async def start(self) -> None:
        """Start as many as there shall be."""
        while len(self.storages) < self.count:
            storage = opening.open_storage(self._database, self._key)
            await storage.open()
            self.storages.append(storage)
            seen = metrics.Metrics()
            self._looking.append(nagging.Reminders(storage, self._flows, self._clock, Sent(), seen))

    async def stop(self) -> None:
        """Stop all."""
        for storage in self.storages:
            await storage.close()
        self.storages.clear()
        self._looking.clear()

    async def sweep(self) -> None:
        """What is done at a start and once an hour."""
        await self._looking[0].bring_back()

    async def look(self) -> list[records.Outgoing]:
        """All look at the same moment; returns what is to be sent."""
        looks = [asyncio.create_task(looking.tick()) for looking in self._looking]
        killed = None
        if self.count > 1 and self._chance.random() < 0.5:
            killed = looks[self._chance.randrange(self.count)]
            await self._kill(looks.index(killed))
        await asyncio.wait(looks)
        for look in looks:
            # how the killed one ends is nobody's business: a process would just be gone
            if look.exception() is not None and look is not killed:
                look.result()
        await self.start()
        sent = await self.storages[0].outgoing(due=self._clock.time, limit=100_000)
        await self.storages[0].commit([port.Remove(message) for message in sent])
        return list(sent)

    async def _kill(self, number: int) -> None:
        """Somewhere in its look a worker is gone: its lines to the database are cut, whatever was under way."""
        for _ in range(self._chance.randrange(60)):
            await asyncio.sleep(0)
        storage = self.storages.pop(number)
        self._looking.pop(number)
        assert isinstance(storage, store.PostgresqlStorage)
        opened = storage._open
        for pool in (opened.readers, opened.writers, opened.claimers):
            pool.terminate()
        self.kills += 1


async def run(
    folder: pathlib.Path,
    *,
    days: int,
    branches: int,
    people: int,
    seed: int = 1,
    database: str = "",
    workers: int = 1,
) -> Tally:
    """Live through so many days, on a SQLite file or on the PostgreSQL database named; returns what came."""
    chance, clock, tally = random.Random(seed), Clock(START), Tally()
    key = folder / "reminding.key"
    sealing.make_key(key)
    at = database or f"sqlite:///{folder / 'reminding.db'}"
    looking, day = Workers(at, key, clock, workers, random.Random(seed)), Day(branches, people)
    await looking.start()
    await looking.storages[0].commit(world.changes(START, chance, branches=branches, people=people))
    for _ in range(days):
        await looking.stop()
        await looking.start()
        tally.restarts += 1
        tally.days += 1
        await day.live(looking, clock, chance, tally)
    await looking.stop()
    tally.kills = looking.kills
    return tally


class Day:
    """One day after the other, with what each person last got."""

    def __init__(self, branches: int, people: int) -> None:
        self.branches, self.people = branches, people
        self.last: dict[int, dt.date] = {}
        self.offsets: dict[str, dt.timedelta | None] = {}

    async def live(self, workers: Workers, clock: Clock, chance: random.Random, tally: Tally) -> None:
        """The looks and the answers of a day."""
        flows = library.Library.shipped()
        end = clock.time + dt.timedelta(days=1)
        while clock.time < end:
            storage = workers.storages[0]
            upcoming = await storage.next_reminder()
            if upcoming is not None and upcoming <= clock.time:
                teams = {name: await team.load(storage, flows, name) for name in world.ASSESSMENTS}
                sent = await workers.look()
                tally.looks += 1
                self._judge(sent, {name: found for name, found in teams.items() if found}, clock.time, tally)
                # a row whose lease is running out was put off by an answer; none may stay behind for long
                late = await workers.storages[0].next_reminder()
                tally.missed += late is not None and clock.time - late > dt.timedelta(hours=12)
            clock.time += STEP
        await self._answer(workers.storages[0], flows, clock, chance, tally)

    async def _answer(
        self,
        storage: port.Storage,
        flows: library.Library,
        clock: Clock,
        chance: random.Random,
        tally: Tally,
    ) -> None:
        """Some go on with a section, hand it in or ask a colleague for the rest, as the chat would keep it."""
        for name in world.ASSESSMENTS:
            found = await team.load(storage, flows, name)
            assert found is not None
            asked = {one.section: one for one in found.delegations if one.ended_at is None}
            for section in found.sections:
                if section.state not in team.OPEN_STATES:
                    continue
                one = asked.get(section.id)
                if one is None and chance.random() < HANDED_ON_A_DAY:
                    await self._hand_on(storage, found, section, clock.time, chance)
                    tally.handed += 1
                    continue
                if chance.random() > ANSWERS_A_DAY:
                    continue
                if one is not None:
                    await self._give(storage, found, section, one, clock.time)
                    tally.given += 1
                    continue
                state = "submitted" if section.state == "in_progress" else "in_progress"
                moved = msgspec.structs.replace(section, state=state, changed_at=clock.time)
                await storage.commit([port.Put(moved)])
                tally.answers += 1

    async def _hand_on(
        self,
        storage: port.Storage,
        found: team.Team,
        section: records.Section,
        now: dt.datetime,
        chance: random.Random,
    ) -> None:
        """A colleague at the same place takes the rest of a section, and is reminded of it from now on."""
        assert section.owner is not None
        colleague = world.colleague(section.owner, chance, branches=self.branches, people=self.people)
        one = records.Delegation(
            f"{section.id}@{now:%Y%m%d}", section.assessment, section.id, asked_by=section.owner, asked_at=now,
            colleague=colleague, taken_at=now, moved_at=now,
        )  # fmt: skip
        part = records.Membership(section.assessment, colleague, access.COLLEAGUE)
        changes: list[port.Change] = [port.Put(one), port.Put(part)]
        changes.append(port.Put(msgspec.structs.replace(section, waits=True)))
        kept = {row.id for row in await storage.reminders_of(colleague)}
        if reminding.identity(section.assessment, colleague) not in kept:
            changes.append(port.Put(reminding.first(found.assessment, section.branch, colleague, now)))
        await storage.commit(changes)

    async def _give(
        self,
        storage: port.Storage,
        found: team.Team,
        section: records.Section,
        one: records.Delegation,
        now: dt.datetime,
    ) -> None:
        """The colleague has answered: the section is its owner's to hand in, who is reminded of that again."""
        assert section.owner is not None
        over = delegations.ended(one, delegations.GIVEN, now)
        changes: list[port.Change] = [port.Put(over), port.Put(msgspec.structs.replace(section, waits=False))]
        kept = {row.id for row in await storage.reminders_of(section.owner)}
        if reminding.identity(section.assessment, section.owner) not in kept:
            changes.append(port.Put(reminding.first(found.assessment, section.branch, section.owner, now)))
        await storage.commit(changes)

    def _judge(
        self, sent: list[records.Outgoing], teams: dict[str, team.Team], now: dt.datetime, tally: Tally
    ) -> None:
        for message in sent:
            tally.messages += 1
            tally.people.add(message.person)
            said = message.body["text"]
            told = [found for found in teams.values() if found.institution in said]
            tally.together += len(told) > 1
            place = world.place_of(message.person, branches=self.branches, people=self.people)
            local = now.astimezone(zoneinfo.ZoneInfo(place.timezone))
            self._times(place, local, tally)
            today = local.date()
            tally.twice_a_day += self.last.get(message.person) == today
            self.last[message.person] = today
            # a leader's message names those who are silent or late, anybody else's is about themselves
            named = [int(number) for number in SILENT.findall(said)]
            about = named if message.person == world.LEADER else [message.person]
            tally.after_the_answer += sum(not any(found.owes(person) for found in told) for person in about)

    def _times(self, place: nouns.Branch, local: dt.datetime, tally: Tally) -> None:
        """Judged by the almanac itself, not by what the bot makes of it."""
        tally.zones.add(place.timezone)
        before = self.offsets.get(place.timezone)
        tally.clock_changes += before is not None and before != local.utcoffset()
        self.offsets[place.timezone] = local.utcoffset()
        tally.at_night += not 9 <= local.hour < 17
        free = holidays.country_holidays(place.country, subdiv=place.subdivision or None, years=local.year)
        weekend = place.weekend if place.weekend is not None else (5, 6)
        tally.on_free_days += local.date() in free or local.weekday() in weekend
