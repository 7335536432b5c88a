"""Rows 7 and 8: everybody at once. Three days of reminders after an outage, and ten thousand people who write."""

from __future__ import annotations

import bisect
import collections
import contextlib
import datetime as dt
import pathlib
import re
import socket
import time
from collections.abc import AsyncIterator, Sequence

import aiohttp

from bot import library
from bot.practice import pace, people, server, state
from bot.reminders import reminding
from flows import engine, nouns
from storage import opening, port, preparing, records
from tests.bot import running
from tests.reliability import figures, machine

AWAY = dt.timedelta(days=3)

PEOPLE, PEOPLE_IN_CI = 10_000, 40

CROWD_IN_CI = 12

FLOOD, FLOOD_IN_CI = 1_000, 60

STRANGERS, STRANGERS_IN_CI = 10_000, 30

A_BRANCH = 50
"""People in one assessment, each with a branch."""

FLOW = "branch_office"

TYPED, ANSWERED = ("1250", "9", "4", "2", "3", "8.5", "/tasks", "/help", "12", "/pause"), 6
"""What each of a few types, and how many answers it makes: commands and what fits nothing are among it."""

LONG_FLOW = "it_security"

TYPED_BY_ALL = ("4",) * 16 + ("9", "9", "Asha", "Juma")
"""Its first twenty answers: what each of ten thousand types."""

LEADER = 1
FIRST = 1_000
FIRST_STRANGER = 100_000

BUCKET = re.compile(r'groundwork_turn_seconds_bucket\{le="([^"]+)"\} (\S+)')


class Clockwork(pace.Pace):
    """Telegram's own pace, with a note of every message that it let through or refused."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.sent: list[tuple[float, int]] = []

    def retry_after(self, bot_id: int, person_id: int, now: float) -> int:
        """As Telegram."""
        wait = super().retry_after(bot_id, person_id, now)
        if wait:
            self.refused += 1
        else:
            self.sent.append((time.monotonic(), person_id))
        return wait


@contextlib.asynccontextmanager
async def crowded(folder: pathlib.Path, number: int, flow: str = FLOW) -> AsyncIterator[machine.Machine]:
    """A machine on whose disk so many people owe a section, and who all have started the bot."""
    up = await server.serve(0, clock_file=folder / "clock", tokens=[machine.TOKEN])
    try:
        async with people.Telegram(up.url) as telegram:
            await telegram.forward(running.NOW.timestamp() - await telegram.now())
            made = machine.Machine(folder, up, telegram)
            for person in range(FIRST, FIRST + number):
                made.world.state.people[person] = state.Person(id=person, first_name=f"P{person}")
                made.world.chat(made.bot.id, person).started = True
            await _plant(made, number, flow)
            try:
                yield made
            finally:
                await made.kill()
    finally:
        await up.close()


async def _plant(made: machine.Machine, number: int, flow_id: str) -> None:
    url, key = f"sqlite:///{made.database}", made.folder / "data.key"
    preparing.prepare(url, key)
    storage = opening.open_storage(url, key)
    await storage.open()
    flow = library.Library.shipped().flow(flow_id)
    for start in range(0, number, A_BRANCH):
        await storage.commit(_assessment(flow, start, min(A_BRANCH, number - start)))
    await storage.close()


def _assessment(flow: nouns.Flow, start: int, number: int) -> list[port.Change]:
    """One institution whose people were to be reminded while nobody was there to do it."""
    then = running.NOW - AWAY - dt.timedelta(days=7)
    places = tuple(nouns.Branch(f"b{n}", f"Branch {n}", "KE", "", "Africa/Nairobi") for n in range(number))
    institution = nouns.Institution(f"Nuru {start}", "KE", "KES", "Africa/Nairobi")
    assessment = records.Assessment(f"a{start}", institution, places, "collecting", LEADER, then)
    made: list[port.Change] = [port.Put(assessment)]
    asked = engine.advance(flow, engine.start(flow), nouns.Begin(), now=then, by="").session
    for n, place in enumerate(places):
        person, section = FIRST + start + n, f"{assessment.id}:{place.id}"
        reminder = reminding.first(assessment, place.id, person, then)
        later = dt.timedelta(days=1)
        made += [
            port.Put(records.Person(person, f"P{person}", joined_at=then, agreed_at=then)),
            port.Put(records.Membership(assessment.id, person, nouns.Role.BRANCH_STAFF, place.id)),
            port.Put(
                records.Section(
                    section, assessment.id, flow.id, flow.version, place.id, owner=person, total=9
                )
            ),
            port.PutSession(section, asked, -1),
            port.Put(records.Conversation(person, assessment.id, section)),
            port.Put(reminder),
            # put off by the person, and due as well by now
            port.Put(
                records.Reminder(
                    f"{reminder.id}:snoozed", assessment.id, person, reminder.due_at + later, "snoozed"
                )
            ),
        ]
    return made


async def measure_reminders(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 7: the bot starts when two reminders a person have been due for days."""
    number = PEOPLE if full else PEOPLE_IN_CI
    async with crowded(folder, number) as made:
        made.environment["GROUNDWORK_CHAT_PACE"] = "1"
        made.world.pace = clock = Clockwork()
        due = made.due(running.NOW)
        made.start(counted=False)
        began = time.monotonic()
        await made.reminded(running.NOW, seconds=60 + number / 10)
        took = time.monotonic() - began
        memory = made.memory()
        messages = collections.Counter(person for _, person in clock.sent)
    times = sorted(at for at, _ in clock.sent)
    found = [
        figures.count("reminders due", due),
        figures.count("people", number),
        figures.none("people who got none", number - len(messages)),
        figures.at_most("messages that one person got", max(messages.values()), 1),
        figures.none("refusals by Telegram for being too fast (429)", clock.refused),
        figures.at_most("messages in any one second", _most_within(times, 1.0), 30),
        figures.count("messages a second", round(len(times) / (times[-1] - times[0]), 1)),
    ]
    if full:
        found += [
            figures.at_most("seconds until the last one", round(took), 400),
            figures.at_most("MB of memory at most", round(memory), 500),
        ]
    return found


def _most_within(times: list[float], seconds: float) -> int:
    return max(bisect.bisect_left(times, at + seconds) - place for place, at in enumerate(times))


async def measure_everybody(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 8: a crowd of those who belong here, then floods by those who do not."""
    floods = folder / "floods"
    floods.mkdir()
    return [*await measure_crowd(folder, full=full), *await measure_floods(floods, full=full)]


async def measure_crowd(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 8: everybody's words wait at Telegram when the bot starts."""
    number = PEOPLE if full else CROWD_IN_CI
    flow, typed, answers = (LONG_FLOW, TYPED_BY_ALL, len(TYPED_BY_ALL)) if full else (FLOW, TYPED, ANSWERED)
    async with crowded(folder, number, flow) as made:
        await made.telegram.faults(rate_limits=False)
        # reminders have a row of their own
        listen = f"127.0.0.1:{_free_port()}"
        made.environment["GROUNDWORK_HEALTH_LISTEN"] = listen
        say_all(made, range(FIRST, FIRST + number), typed)
        updates = frozenset(update["update_id"] for update in made.bot.updates)
        made.start(counted=False)
        await made.running()
        began = time.monotonic()
        await made.done(seconds=60 + len(updates) / 20)
        took = time.monotonic() - began
        memory, turn = made.memory(), await _p95(listen)
        await made.kill()
        handled = made.handled()
        answered = made.count("SELECT count(*) FROM answer")
    found = [
        figures.count("people", number),
        figures.count("updates", len(updates)),
        figures.none("answers lost", number * answers - answered),
    ]
    if full:  # more updates than the bot keeps the ids of: each of them is an answer, and counted as such
        found += [
            figures.at_least("updates a second", round(len(updates) / took), 500),
            figures.at_most("p95 of a turn in ms, at most", round(1000 * turn), 300),
            figures.at_most("MB of memory at most", round(memory), 500),
        ]
    else:
        found.append(figures.none("updates lost", len(updates - handled)))
    return found


async def measure_floods(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 8: one person who sends without end, and strangers in a crowd; a respondent comes after all of them."""
    flood, strangers = (FLOOD, STRANGERS) if full else (FLOOD_IN_CI, STRANGERS_IN_CI)
    async with crowded(folder, 2) as made:
        await made.telegram.faults(rate_limits=False)
        for _ in range(flood):
            _say(made, FIRST, "/help")
        crowd = range(FIRST_STRANGER, FIRST_STRANGER + strangers)
        for person in crowd:
            made.world.state.people[person] = state.Person(id=person, first_name=f"S{person}")
            made.world.chat(made.bot.id, person).started = True
            _say(made, person, "/start")
        _say(made, FIRST + 1, "/help")
        updates = frozenset(update["update_id"] for update in made.bot.updates)
        made.start(counted=False)
        await made.done(seconds=60 + len(updates) / 5)
        await made.reminded(running.NOW, seconds=60)
        memory = made.memory()
        await made.kill()
        lost = len(updates - made.handled())
        said = made.said()
    found = [
        figures.count("updates that one person sends at once", flood),
        figures.count("strangers who write at once", strangers),
        figures.none("updates of theirs lost", lost),
        # the reminder that was due comes as well
        figures.none("answers that the one lacks or got twice", abs(flood + 1 - said[FIRST])),
        figures.none("strangers who got none or more than one", sum(said[one] != 1 for one in crowd)),
        figures.none("respondents behind them all who got no answer", said[FIRST + 1] != 2),
    ]
    if full:
        found.append(figures.at_most("MB of memory at most in such a flood", round(memory), 500))
    return found


def say_all(made: machine.Machine, crowd: Sequence[int], typed: Sequence[str]) -> None:
    """Let each of them type this, one word after the other, while the bot may be away."""
    for words in typed:
        for person in crowd:
            _say(made, person, words)


def _say(made: machine.Machine, person: int, words: str) -> None:
    chat = made.world.chat(made.bot.id, person)
    content = {"text": words, **_entities(words)}
    message = made.world.post(chat, _sender(made.world.state.people[person]), content)
    made.world.queue(made.bot, "message", message)


def _sender(person: state.Person) -> state.JSON:
    return {"id": person.id, "is_bot": False, "first_name": person.first_name, "language_code": "en"}


def _entities(words: str) -> state.JSON:
    if not words.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(words)}]}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _p95(listen: str) -> float:
    """Seconds within which 95 of 100 turns were done, as the steps of the bot's own histogram tell."""
    async with aiohttp.ClientSession() as session, session.get(f"http://{listen}/metrics") as answer:
        steps = [(float(bound), float(count)) for bound, count in BUCKET.findall(await answer.text())]
    return next((bound for bound, count in steps if count >= 0.95 * steps[-1][1]), float("inf"))
