"""How the bot is, over HTTP and in the owner's chat: what works says so, and each trouble is told once."""

from __future__ import annotations

import asyncio
import datetime as dt
import pathlib
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot import application, limits, settings
from bot.operations import alerts, health, metrics
from bot.practice import people
from storage import memory, port, records
from tests.bot import running
from tests.bot.running import words


class Hands:
    """A clock that goes forward when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def seen(hands: Hands) -> metrics.Metrics:
    return metrics.Metrics(monotonic=hands)


# --- what is judged ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "patience"),
    [
        pytest.param(health.REMINDERS, 60, id="reminders are looked at every five seconds"),
        pytest.param(health.TELEGRAM, 120, id="a poll lasts half a minute"),
    ],
)
def test_a_part_that_falls_silent_is_named(
    seen: metrics.Metrics, hands: Hands, part: str, patience: int
) -> None:
    assert not health.troubles(seen), "before the first work there is nothing to miss"
    seen.well(part)
    hands.seconds += patience
    assert not health.troubles(seen)
    hands.seconds += 1
    assert health.troubles(seen) == [f"{part} silent for {patience + 1} s"]
    seen.well(part)
    assert not health.troubles(seen)


def test_storage_that_fails_is_named_from_the_first_time_until_it_works(
    seen: metrics.Metrics, hands: Hands
) -> None:
    seen.refused(health.STORAGE)
    hands.seconds += 7
    seen.refused(health.STORAGE)
    assert health.troubles(seen) == ["storage fails for 7 s"]
    seen.well(health.STORAGE)
    assert not health.troubles(seen)


# --- over HTTP ---------------------------------------------------------------------------------------


async def watched_at_a_port(bot: running.Running) -> running.Running:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot.environment["GROUNDWORK_HEALTH_LISTEN"] = f"127.0.0.1:{port}"
    await bot.start()
    return bot


@pytest.fixture
async def watched(stopped: running.Running) -> running.Running:
    return await watched_at_a_port(stopped)


async def test_numbers_without_contents(watched: running.Running) -> None:
    await watched.created("Umoja", "Lodwar")
    address = watched.environment["GROUNDWORK_HEALTH_LISTEN"]
    async with aiohttp.ClientSession() as watcher:
        async with watcher.get(f"http://{address}/health") as answer:
            assert (answer.status, await answer.json()) == (200, {"well": True, "troubles": []})
            assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        async with watcher.get(f"http://{address}/metrics") as answer:
            text = await answer.text()
            assert answer.headers["Content-Type"] == "text/plain; version=0.0.4"
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(lines["groundwork_updates_total"]) >= 6, "four things typed and two taps"
    assert float(lines["groundwork_turn_seconds_count"]) == float(lines["groundwork_updates_total"])
    assert float(lines["groundwork_deliveries_total"]) > 0
    for secret in ("Umoja", "Lodwar", running.TOKEN, str(running.OWNER)):
        assert secret not in text
    assert await health.ask(watched.settings) == ""


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("TRACE", "/health", id="trace"),
        pytest.param("POST", "/metrics", id="writing"),
        pytest.param("GET", "/", id="a list of what there is"),
    ],
)
async def test_nothing_else_is_answered(watched: running.Running, method: str, path: str) -> None:
    address = watched.environment["GROUNDWORK_HEALTH_LISTEN"]
    async with (
        aiohttp.ClientSession() as watcher,
        watcher.request(method, f"http://{address}{path}") as answer,
    ):
        assert answer.status in (404, 405)


async def test_without_an_address_it_listens_nowhere(
    stopped: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen, listening = socket.socket.listen, []

    def noted(self: socket.socket, *backlog: int) -> None:
        listening.append(self.getsockname())
        listen(self, *backlog)

    monkeypatch.setattr(socket.socket, "listen", noted)
    assert settings.Settings().health_listen == ""
    await stopped.start()
    assert listening == []
    await stopped.stop()
    await watched_at_a_port(stopped)
    assert len(listening) == 1, "where an address is named, it is seen to listen"


async def test_a_bot_that_is_not_there_is_not_well(watched: running.Running) -> None:
    await watched.stop()
    assert "does not answer" in await health.ask(watched.settings)


@pytest.mark.parametrize(
    "listen",
    [
        pytest.param("9090", id="no host"),
        pytest.param("127.0.0.1:", id="no port"),
        pytest.param("127.0.0.1:http", id="a word for a port"),
        pytest.param("127.0.0.1:70000", id="no such port"),
        pytest.param(":9090", id="an empty host"),
    ],
)
def test_what_is_no_address_is_refused(listen: str) -> None:
    with pytest.raises(settings.SettingsError, match=r"write it as 127\.0\.0\.1:9090"):
        settings.read({"GROUNDWORK_HEALTH_LISTEN": listen})


async def test_a_port_that_is_taken_is_named(stopped: running.Running) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        stopped.environment["GROUNDWORK_HEALTH_LISTEN"] = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(settings.SettingsError, match="name a free port"):
            await stopped.start()


# --- in the owner's chat -----------------------------------------------------------------------------


class Room:
    """How much is free on a disk that we fill ourselves."""

    def __init__(self) -> None:
        self.free = alerts.FREE_BYTES

    def __call__(self, _: pathlib.Path) -> int:
        return self.free


class Wall:
    """A clock on the wall that goes with the other."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    def now(self) -> dt.datetime:
        return dt.datetime(2027, 1, 4, tzinfo=dt.UTC) + dt.timedelta(seconds=self._hands())


class Next(memory.MemoryStorage):
    """What a second worker sees of the same storage."""

    @property
    def rank(self) -> int:
        return 1


class Watch:
    """Alerts to the owner of a stopped bot, whose phone is at hand."""

    def __init__(self, bot: running.Running, seen: metrics.Metrics, hands: Hands) -> None:
        self.room = Room()
        self.bot = application.make_bot(bot.settings)
        self.storage = memory.MemoryStorage()
        self.wall = Wall(hands)
        self.settings = bot.settings
        self.alerts = self.worker(self.storage, seen)
        self.owner: people.Person = bot.person(running.OWNER)

    def worker(self, storage: port.Storage, seen: metrics.Metrics) -> alerts.Alerts:
        return alerts.Alerts(self.bot, storage, self.settings, seen, self.wall, free=self.room)

    async def told(self) -> list[str]:
        """What the owner hears with the next look."""
        before = len(await self.owner.messages())
        await self.alerts.look()
        return [words(message) for message in (await self.owner.messages())[before:]]


@pytest.fixture
async def watch(stopped: running.Running, seen: metrics.Metrics, hands: Hands) -> AsyncIterator[Watch]:
    await stopped.person(running.OWNER).start()
    watch = Watch(stopped, seen, hands)
    await watch.storage.open()
    async with watch.bot:
        yield watch


async def test_a_trouble_is_told_once_then_daily_then_its_end(
    watch: Watch, seen: metrics.Metrics, hands: Hands
) -> None:
    assert await watch.told() == []
    seen.refused(health.STORAGE)
    hands.seconds += alerts.STORAGE_PATIENCE
    assert await watch.told() == [], "a backup may hold it as long"
    hands.seconds += 1
    assert [line[:22] for line in await watch.told()] == ["I cannot save anything"]
    hands.seconds += 3600
    assert await watch.told() == []
    hands.seconds += limits.ALERT_AGAIN.total_seconds()
    assert [line[:22] for line in await watch.told()] == ["I cannot save anything"]
    seen.well(health.STORAGE)
    assert await watch.told() == ["I can save again."]
    assert await watch.told() == []


async def test_a_full_disk_is_told_with_what_is_wanted(watch: Watch) -> None:
    watch.room.free = 12_345_678
    assert await watch.told() == [
        "Only 12 MB are free where I keep the data. Please free some space: 500 MB are wanted."
    ]
    watch.room.free = alerts.FREE_BYTES
    assert await watch.told() == ["There is enough free space for the data again."]


async def test_faults_are_counted_and_told_once_an_hour(
    watch: Watch, seen: metrics.Metrics, hands: Hands
) -> None:
    seen.fault("refused")
    assert [line[:9] for line in await watch.told()] == ["1 message"]
    for _ in range(3):
        seen.fault("given up")
    assert await watch.told() == [], "an hour has not passed"
    hands.seconds += limits.ALERTS_APART.total_seconds()
    assert [line[:10] for line in await watch.told()] == ["3 messages"]
    hands.seconds += limits.ALERTS_APART.total_seconds()
    assert await watch.told() == []


async def test_an_owner_is_told_in_their_own_language(watch: Watch, seen: metrics.Metrics) -> None:
    await watch.storage.commit([port.Put(records.Person(running.OWNER, "Wanjiru", "fr"))])
    watch.room.free = 12_345_678
    [said] = await watch.told()
    assert said.startswith("Il ne reste que 12")


async def test_an_owner_who_never_came_stops_nothing(
    stopped: running.Running, watch: Watch, seen: metrics.Metrics
) -> None:
    nobody = 999_999_999
    stopped.environment["GROUNDWORK_OWNER_IDS"] = f"{nobody},{running.OWNER}"
    watch.settings = settings.read(stopped.environment)
    watch.alerts = watch.worker(watch.storage, seen)
    seen.fault("turn")
    assert len(await watch.told()) == 1


async def test_of_several_workers_one_tells(watch: Watch, seen: metrics.Metrics, hands: Hands) -> None:
    theirs = metrics.Metrics(monotonic=hands)
    others = [
        watch.worker(watch.storage, theirs),
        watch.worker(watch.storage, metrics.Metrics(monotonic=hands)),
    ]

    async def told() -> list[str]:
        before = len(await watch.owner.messages())
        await asyncio.gather(*(worker.look() for worker in (watch.alerts, *others)))
        return [words(message)[:17] for message in (await watch.owner.messages())[before:]]

    watch.room.free = 12_345_678
    seen.fault("turn")
    assert sorted(await told()) == ["1 message to me c", "Only 12 MB are fr"]
    theirs.fault("turn")
    theirs.fault("turn")
    assert await told() == []
    hands.seconds += limits.ALERTS_APART.total_seconds()
    assert await told() == ["2 messages to me "], "each counts what it saw, told an hour apart"
    hands.seconds += limits.ALERT_AGAIN.total_seconds()
    assert await told() == ["Only 12 MB are fr"]
    watch.room.free = alerts.FREE_BYTES
    assert await told() == ["There is enough f"]
    watch.room.free = 1
    assert await told() == ["Only 0 MB are fre"], "the trouble is a new one"


async def test_a_restart_tells_nothing_twice(watch: Watch, seen: metrics.Metrics) -> None:
    watch.room.free = 0
    assert len(await watch.told()) == 1
    watch.alerts = watch.worker(watch.storage, seen)
    assert await watch.told() == []


async def test_where_nothing_can_be_noted_the_eldest_tells_and_the_next_only_much_later(
    watch: Watch, seen: metrics.Metrics, hands: Hands
) -> None:
    await watch.storage.close()
    following = Next()
    seen.refused(health.STORAGE)
    hands.seconds += alerts.STORAGE_PATIENCE + 1
    assert [line[:22] for line in await watch.told()] == ["I cannot save anything"]
    watch.alerts = watch.worker(following, seen)
    assert await watch.told() == []
    hands.seconds += alerts.STORAGE_PATIENCE * alerts.NEXT_WAITS
    assert [line[:22] for line in await watch.told()] == ["I cannot save anything"], (
        "the eldest may be gone too"
    )
