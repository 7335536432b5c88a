"""Clocks that change: summer time and leap days in every zone; and a machine's clock that goes wrong."""

from __future__ import annotations

import collections
import datetime as dt
import functools
import itertools
import pathlib
import random
import zoneinfo
from collections.abc import Iterator

import msgspec
import pytest

from bot.people import working_hours
from bot.reminders import reminding
from flows import nouns
from storage import records, sealing
from tests.reminding import simulation, world

HOUR = dt.timedelta(hours=1)

YEARS = (2027, 2028)

HOURS = ((9, 17), (7, 19))
"""As they are for everybody, and the longest that an institution may choose."""


def utc(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@functools.cache
def changes(zone: str) -> tuple[tuple[dt.datetime, dt.timedelta], ...]:
    """The hours at which the clocks of a zone change in these years, and what they show from then on."""
    local, found = zoneinfo.ZoneInfo(zone), []
    day, end = utc(YEARS[0], 1, 1), utc(YEARS[-1] + 1, 1, 1)
    while day < end:
        if day.astimezone(local).utcoffset() != (day + 24 * HOUR).astimezone(local).utcoffset():
            hours = [day + hour * HOUR for hour in range(25)]
            shown = [hour.astimezone(local).utcoffset() for hour in hours]
            found += [
                (hour, now)
                for hour, (before, now) in zip(hours[1:], itertools.pairwise(shown), strict=True)
                if before != now and now is not None
            ]
        day += 24 * HOUR
    return tuple(found)


def zones() -> list[str]:
    """One of each kind: zones whose clocks do the same at the same time are one."""
    kinds: dict[object, str] = {}
    for zone in sorted(zoneinfo.available_timezones()):
        standing = utc(YEARS[0], 1, 1).astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()
        kinds.setdefault((standing, changes(zone)), zone)
    return list(kinds.values())


def weeks(zone: str) -> Iterator[dt.datetime]:
    """Where to begin to look: three days before each change, and before the leap day."""
    yield from (at - 72 * HOUR for at, _ in changes(zone))
    yield utc(2028, 2, 26)


def calendar(zone: str, hours: tuple[int, int]) -> working_hours.Calendar:
    place = nouns.Institution("Nuru", "XX", "USD", "UTC")
    branch = nouns.Branch("b", "Branch", timezone=zone)
    return working_hours.Calendar(place, branch, dt.time(hours[0]), dt.time(hours[1]))


def in_hours(moment: dt.datetime, zone: str, hours: tuple[int, int]) -> bool:
    """Judged by the almanac itself."""
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    return local.weekday() < 5 and hours[0] <= local.hour < hours[1]


def test_every_zone_has_its_kind() -> None:
    assert len(zones()) > 60
    assert sum(bool(changes(zone)) for zone in zones()) > 20


@pytest.mark.parametrize("hours", HOURS, ids=str)
def test_the_next_moment_is_the_first_one_in_hours_whatever_the_clocks_do(hours: tuple[int, int]) -> None:
    for zone in zones():
        found = calendar(zone, hours)
        for start in weeks(zone):
            # backwards, so that the first in hours from here on is known
            first = None
            for quarter in reversed(range(7 * 96)):
                now = start + quarter * HOUR / 4
                first = now if in_hours(now, zone, hours) else first
                if first is not None and quarter < 2 * 96:
                    assert found.next(now) == first, (zone, now)


def test_a_reminder_comes_each_third_working_day_once_and_in_hours() -> None:
    policy = records.ReminderPolicy()
    for zone in zones():
        found = calendar(zone, HOURS[0])
        for start in weeks(zone):
            reminder, said = records.Reminder("a:1", "a", 1, start), []
            for half in range(14 * 48):
                now = start + half * HOUR / 2
                if reminder.due_at > now:
                    continue
                what = reminding.decide(reminder, policy, found, now, stands=True)
                if isinstance(what, reminding.Say):
                    assert what.again is not None
                    said.append(now)
                    reminder = what.again
                else:
                    assert isinstance(what, reminding.Wait)
                    reminder = msgspec.structs.replace(reminder, due_at=what.until)
            assert all(in_hours(one, zone, HOURS[0]) for one in said), (zone, said)
            assert 2 <= len(said) <= 4, (zone, said)
            apart = [working_days(zone, one, other) for one, other in itertools.pairwise(said)]
            assert apart == [
                policy.again + min(number, reminding.FURTHER_DAYS) for number in range(len(apart))
            ], zone


def working_days(zone: str, one: dt.datetime, other: dt.datetime) -> int:
    """Working days from one moment to another."""
    first, last = (moment.astimezone(zoneinfo.ZoneInfo(zone)).date() for moment in (one, other))
    days = [first + dt.timedelta(days=number + 1) for number in range((last - first).days)]
    return sum(day.weekday() < 5 for day in days)


# --- the machine's clock goes wrong ----------------------------------------------------------------

PEOPLE, BRANCHES = 24, 6


class Lived:
    """Days of an institution whose people answer nothing, with a clock that can be set."""

    def __init__(self, folder: pathlib.Path) -> None:
        sealing.make_key(folder / "a.key")
        self.clock = simulation.Clock(simulation.START)
        chance = random.Random(1)
        self.workers = simulation.Workers(
            f"sqlite:///{folder / 'a.db'}", folder / "a.key", self.clock, 1, chance
        )
        self.got: dict[int, list[dt.datetime]] = collections.defaultdict(list)

    async def begin(self) -> None:
        await self.workers.start()
        await self.workers.storages[0].commit(
            world.changes(simulation.START, random.Random(1), branches=BRANCHES, people=PEOPLE)
        )

    async def live(self, days: float, *, step: dt.timedelta = HOUR) -> None:
        """So many days by the machine's clock."""
        end = self.clock.time + dt.timedelta(days=days)
        while self.clock.time < end:
            for message in await self.workers.look():
                self.got[message.person].append(self.clock.time)
                place = world.place_of(message.person, branches=BRANCHES, people=PEOPLE)
                assert 9 <= self.clock.time.astimezone(zoneinfo.ZoneInfo(place.timezone)).hour < 17
            self.clock.time += step

    async def restart(self) -> None:
        """The bot ends and starts, as after a change of the clock by hand."""
        await self.workers.stop()
        await self.workers.start()


@pytest.fixture
async def lived(tmp_path: pathlib.Path) -> Lived:
    made = Lived(tmp_path)
    await made.begin()
    return made


def doubled(heard: dict[int, list[dt.datetime]]) -> set[int]:
    """Who heard twice on a day."""
    return {person for person, times in heard.items() if len({at.date() for at in times}) < len(times)}


@pytest.mark.parametrize("days", [pytest.param(365, id="a year"), pytest.param(40, id="forty days")])
async def test_a_clock_that_was_ahead_leaves_nobody_without_reminders(lived: Lived, days: int) -> None:
    await lived.live(7)
    owing, right = set(lived.got), lived.clock.time
    lived.clock.time += dt.timedelta(days=days)
    await lived.live(5)
    lived.clock.time = right
    lived.got.clear()
    await lived.restart()
    await lived.workers.sweep()
    await lived.live(10)
    assert owing - set(lived.got) == set()
    assert doubled(lived.got) == set()
    await lived.workers.stop()


@pytest.mark.parametrize(
    ("swept", "more"),
    [
        pytest.param(False, 0, id="for less than an hour"),
        pytest.param(True, 1, id="for days: nobody can tell it from one that was ahead"),
    ],
)
async def test_a_clock_that_was_behind_loses_nothing(lived: Lived, swept: bool, more: int) -> None:
    await lived.live(7)
    owing, right = set(lived.got), lived.clock.time
    lived.clock.time -= dt.timedelta(days=365)
    lived.got.clear()
    await lived.restart()
    if swept:
        await lived.workers.sweep()
    await lived.live(5 if swept else 1 / 24)
    assert max((len(times) for times in lived.got.values()), default=0) == more
    lived.clock.time = right
    lived.got.clear()
    await lived.restart()
    await lived.live(10)
    assert owing - set(lived.got) == set()
    assert doubled(lived.got) == set()
    await lived.workers.stop()
