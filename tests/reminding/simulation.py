"""The half-year, day by day: reminders fall due, people answer now and then, the bot is stopped every night."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pathlib
import random
import re
import zoneinfo

import holidays
import msgspec

from bot import library, metrics, nagging, team
from flows import nouns
from storage import opening, port, preparing, records
from tests.reminding import world

START = dt.datetime(2027, 2, 1, 5, 0, tzinfo=dt.UTC)

STEP = dt.timedelta(minutes=30)
"""How often the bot looks; all clocks differ by whole quarters, so a look is at most this late."""

ANSWERS_A_DAY = 0.012
"""The chance that somebody moves a section of theirs on within a day."""


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
    looks: int = 0
    answers: int = 0
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
    """An outbox that keeps what it was given: delivering is the outbox's own affair."""

    def __init__(self) -> None:
        self.messages: list[records.Outgoing] = []

    def accept(self, messages: list[records.Outgoing]) -> None:
        """Keep."""
        self.messages += messages


async def run(folder: pathlib.Path, *, days: int, branches: int, people: int, seed: int = 1) -> Tally:
    """Live through so many days on a SQLite file; returns what came."""
    chance, clock, tally = random.Random(seed), Clock(START), Tally()
    database = f"sqlite:///{folder / 'reminding.db'}"
    key = folder / "reminding.key"
    preparing.prepare(database, key)
    storage = opening.open_storage(database, key)
    await storage.open()
    await storage.commit(world.changes(START, chance, branches=branches, people=people))
    flows, day = library.Library.shipped(), Day(branches, people)
    for _ in range(days):
        await storage.close()
        storage = opening.open_storage(database, key)
        await storage.open()
        tally.restarts += 1
        tally.days += 1
        await day.live(storage, flows, clock, chance, tally)
    await storage.close()
    return tally


class Day:
    """One day after the other, with what each person last got."""

    def __init__(self, branches: int, people: int) -> None:
        self.branches, self.people = branches, people
        self.last: dict[int, dt.date] = {}
        self.offsets: dict[str, dt.timedelta | None] = {}

    async def live(
        self,
        storage: port.Storage,
        flows: library.Library,
        clock: Clock,
        chance: random.Random,
        tally: Tally,
    ) -> None:
        """The looks and the answers of a day."""
        sent = Sent()
        looking = nagging.Reminders(storage, flows, clock, sent, metrics.Metrics())
        end = clock.time + dt.timedelta(days=1)
        while clock.time < end:
            upcoming = await storage.next_reminder()
            if upcoming is not None and upcoming <= clock.time:
                teams = {name: await team.load(storage, flows, name) for name in world.ASSESSMENTS}
                await looking.tick()
                tally.looks += 1
                self._judge(sent, {name: found for name, found in teams.items() if found}, clock.time, tally)
                sent.messages.clear()
                # a row whose lease is running out was put off by an answer; none may stay behind for long
                late = await storage.next_reminder()
                tally.missed += late is not None and clock.time - late > dt.timedelta(hours=12)
            clock.time += STEP
        await self._answer(storage, flows, clock, chance, tally)

    async def _answer(
        self,
        storage: port.Storage,
        flows: library.Library,
        clock: Clock,
        chance: random.Random,
        tally: Tally,
    ) -> None:
        """Some go on with a section, and some hand it in, as the chat would keep it."""
        for name in world.ASSESSMENTS:
            for section in await storage.sections(name):
                if section.state not in team.OPEN_STATES or chance.random() > ANSWERS_A_DAY:
                    continue
                state = "submitted" if section.state == "in_progress" else "in_progress"
                moved = msgspec.structs.replace(section, state=state, changed_at=clock.time)
                await storage.commit([port.Put(moved)])
                tally.answers += 1

    def _judge(self, sent: Sent, teams: dict[str, team.Team], now: dt.datetime, tally: Tally) -> None:
        for message in sent.messages:
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
            tally.after_the_answer += sum(not any(found.owed(person) for found in told) for person in about)

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
