"""Rows 1 and 2: the power is cut at every step of a conversation, and Telegram hands everything out anew, shuffled."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import datetime as dt
import pathlib
import random
import sys
from collections.abc import AsyncIterator, Sequence

import msgspec

from bot import limits, sample
from bot.practice import people, server, state
from tests.bot import running
from tests.reliability import figures, machine, scenes


class Moment(msgspec.Struct, frozen=True):
    """A stopped machine with everything before it."""

    disk: pathlib.Path
    chats: bytes
    updates: tuple[int, ...]
    expected: machine.Effects
    at: dt.datetime | None = None
    """When it is then, if time goes on."""


KILLS = 1_000

IN_CI = (
    (scenes.CONVERSATION, 173),
    (scenes.SEATS, 151),
    (scenes.MAKING, 61),
    (scenes.HELPING, 67),
    (scenes.SURVEY, 53),
    (scenes.SIGNING, 79),
    (scenes.REMINDING, 61),
)
"""A few kills spread over each of these; at every so many-th step."""

TOGETHER = 6
"""Messages that wait at once at full size: few, so that a life is short and all its steps can be tried.
Each such part has a machine of its own, and they run side by side."""

SECOND_KILLS = 0.3
"""The share of restarts that are killed as well, at full size."""

SHUFFLES = 40


class Tally(msgspec.Struct):
    """What came of all kills."""

    kills: int = 0
    second_kills: int = 0
    points: int = 0
    lost: int = 0
    doubled: int = 0
    confirmed_too_early: int = 0
    damaged: int = 0
    messages_lost: int = 0
    goodbyes_lost: int = 0
    messages_out_of_order: int = 0
    most_messages_doubled: int = 0
    """By one kill: what was sent and not yet noted is sent once more."""
    killed_at: dict[str, int] = {}
    """How often at each kind of step."""


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 1: kill at every step, or at a few."""
    chance, tally = random.Random(1), Tally()
    if full:
        async with asyncio.TaskGroup() as group:
            for at, scene in enumerate(scenes.SCENES):
                for number in range(max(1, -(-len(scene.acts) // TOGETHER))):
                    part = folder / f"{at}-{number}"
                    group.create_task(_kill_in(part, scene, number, chance, tally))
    else:
        for at, (scene, every) in enumerate(IN_CI):
            part = folder / str(at)
            part.mkdir()
            async with standing(part, scene) as (made, moment):
                await kill_everywhere(made, moment, chance, tally, every=every, second=0.3)
    return [
        figures.at_least("times killed", tally.kills, KILLS)
        if full
        else figures.count("times killed", tally.kills),
        figures.count("of them while recovering from another kill", tally.second_kills),
        figures.count("steps of the conversation at which it was killed", tally.points),
        figures.count("kinds of these steps", len(tally.killed_at)),
        figures.none("updates, answers or turns lost", tally.lost),
        figures.none("answers or turns doubled", tally.doubled),
        figures.none("updates confirmed to Telegram before they were on the disk", tally.confirmed_too_early),
        figures.none("databases that fail integrity_check", tally.damaged),
        figures.none("messages lost", tally.messages_lost),
        figures.count(
            "goodbyes lost to who was erased, of whom nothing is kept that could wait to be sent",
            tally.goodbyes_lost,
        ),
        figures.none("chats out of order", tally.messages_out_of_order),
        figures.at_most(
            "messages doubled in one chat by one kill or call that took too long",
            tally.most_messages_doubled,
            1,
        ),
    ]


async def measure_shuffles(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 2: everything is handed out three times at once, in any order."""
    chance, tally = random.Random(2), Tally()
    shuffles = SHUFFLES if full else 1
    async with standing(folder) as (made, moment):
        for _ in range(shuffles):
            made.set_back(moment.disk, moment.chats)
            redeliver(made, made.bot.updates * 3, chance)
            made.start()
            await made.done()
            await made.kill()
            judge(await made.effects(), moment.expected, 1, tally)
    return [
        figures.count("shuffled deliveries of every update three times", shuffles),
        figures.none("answers or turns lost", tally.lost),
        figures.none("answers or turns doubled", tally.doubled),
        figures.none("messages lost", tally.messages_lost),
        figures.none("messages doubled", tally.most_messages_doubled),
        figures.none("chats out of order", tally.messages_out_of_order),
    ]


@contextlib.asynccontextmanager
async def standing(
    folder: pathlib.Path, scene: scenes.Scene = scenes.CONVERSATION
) -> AsyncIterator[tuple[machine.Machine, Moment]]:
    """A machine with the sample institution, the acts of a scene waiting, and what shall come of them."""
    up = await server.serve(0, clock_file=folder / "clock", tokens=[machine.TOKEN])
    try:
        async with people.Telegram(up.url) as telegram:
            await telegram.faults(rate_limits=False)
            await telegram.forward(running.NOW.timestamp() - await telegram.now())
            made = machine.Machine(folder, up, telegram)
            made.environment |= scene.environment
            try:
                yield made, await _moment(made, scene)
            finally:
                await made.kill()
    finally:
        await up.close()


async def _moment(made: machine.Machine, scene: scenes.Scene) -> Moment:
    await sample.plant(made.environment)
    scenes.introduce(made)
    if scene.prepared is not None:
        await scene.prepared(made)
    made.start()
    for act in scene.before:
        await scenes.do(made, act)
        await made.done()
    await made.kill()
    for act in scene.acts:
        await scenes.do(made, act)
    updates = tuple(update["update_id"] for update in made.bot.updates)
    disk = made.folder / "moment"
    chats = made.remember(disk)
    _let_it_be(made, scene.at, 0)
    made.start()
    await made.done()
    await made.kill()
    return Moment(disk, chats, updates, await made.effects(), scene.at)


def _let_it_be(made: machine.Machine, at: dt.datetime | None, starts: int) -> None:
    """So late, and later with each start: what a killed bot had begun to say is another's to say after a while."""
    if at is not None:
        made.set_clock(at + starts * (limits.REMINDER_LEASE + dt.timedelta(seconds=1)))


async def _kill_in(
    folder: pathlib.Path, scene: scenes.Scene, number: int, chance: random.Random, tally: Tally
) -> None:
    """Kill at every step of one part of a scene, on a machine of its own."""
    folder.mkdir()
    async with standing(folder, scene) as (made, moment):
        parts = await _parts(made, moment)
        await kill_everywhere(made, parts[number], chance, tally, every=1, second=SECOND_KILLS)


async def _parts(made: machine.Machine, whole: Moment) -> list[Moment]:
    """The same acts a few at a time; each part begins where the one before it ended."""
    made.set_back(whole.disk, whole.chats)
    updates, parts = list(made.bot.updates), []
    for start in range(0, max(1, len(updates)), TOGETHER):
        waiting = updates[start : start + TOGETHER]
        made.hand_out(waiting)
        disk = whole.disk.with_name(f"part{start}")
        chats = made.remember(disk)
        _let_it_be(made, whole.at, 0)
        made.start()
        await made.done()
        await made.kill()
        numbers = tuple(update["update_id"] for update in waiting)
        parts.append(Moment(disk, chats, numbers, await made.effects(), whole.at))
    return parts


async def kill_everywhere(
    made: machine.Machine,
    moment: Moment,
    chance: random.Random,
    tally: Tally,
    *,
    every: int,
    second: float,
) -> None:
    """Kill at every so many-th step until the bot comes to its end; some of the restarts are killed as well."""
    last = every // 2 + 1
    while await _lived_through(made, moment, last, chance, tally, second):
        tally.points += 1
        last += every


async def _lived_through(
    made: machine.Machine, moment: Moment, last: int, chance: random.Random, tally: Tally, second: float
) -> bool:
    """One life that ends at a step, and the next one; False where the bot came to its end before."""
    made.set_back(moment.disk, moment.chats)
    everything = list(made.bot.updates)
    _let_it_be(made, moment.at, 0)
    made.start(last=last)
    if await made.done():
        await made.kill()
        # one that gave up was started again without a step to end at: the steps behind it are still to be tried
        return made.gave_up
    kills = 1
    step = made.steps()[-1]
    tally.killed_at[step] = tally.killed_at.get(step, 0) + 1
    tally.confirmed_too_early += made.confirmed_unkept(frozenset(moment.updates))
    if chance.random() < second:
        redeliver(made, everything, chance)
        _let_it_be(made, moment.at, 1)
        made.start(last=chance.randint(1, last))
        if not await made.done():
            kills += 1
    await made.kill()
    redeliver(made, everything, chance)
    _let_it_be(made, moment.at, 2)
    made.start()
    await made.done()
    await made.kill()
    tally.kills += kills
    tally.second_kills += kills - 1
    # a call that took too long is a cut line, and may double a message as a kill does
    judge(await made.effects(), moment.expected, kills + made.cuts(), tally)
    return True


def redeliver(made: machine.Machine, updates: Sequence[state.JSON], chance: random.Random) -> None:
    """Telegram hands out everything once more, confirmed or not, in any order."""
    made.hand_out(chance.sample(updates, len(updates)))


def judge(found: machine.Effects, expected: machine.Effects, kills: int, tally: Tally) -> None:
    """Count what differs; where something does, say what: it may take a thousand kills to see it once more."""
    before = tally.lost, tally.doubled, tally.messages_lost, tally.messages_out_of_order
    _count(found, expected, kills, tally)
    if before != (tally.lost, tally.doubled, tally.messages_lost, tally.messages_out_of_order):
        for name in machine.Effects.__struct_fields__:
            here, there = getattr(found, name), getattr(expected, name)
            if here != there:
                sys.stderr.write(f"{name}: {here}, in an undisturbed life {there}\n")


def _count(found: machine.Effects, expected: machine.Effects, kills: int, tally: Tally) -> None:
    tally.lost += len(expected.handled - found.handled) + found.waiting + found.unsent
    tally.damaged += found.integrity != "ok"
    for section, (revision, cursor, answers) in expected.answers.items():
        has = found.answers.get(section, (0, "", {}))
        tally.lost += has[0] < revision or any(has[2].get(key) != value for key, value in answers.items())
        tally.doubled += has[0] > revision or has[1] != cursor or len(has[2]) > len(answers)
    for table, rows in expected.kept.items():
        tally.lost += found.kept[table] < rows
        tally.doubled += found.kept[table] > rows
    for person, whole in expected.chats.items():
        said, now = _without_goodbyes(whole), _without_goodbyes(found.chats.get(person, ()))
        tally.goodbyes_lost += max(0, _goodbyes(whole) - _goodbyes(found.chats.get(person, ())))
        more = (collections.Counter(now) - collections.Counter(said)).total()
        tally.messages_lost += (collections.Counter(said) - collections.Counter(now)).total()
        tally.messages_out_of_order += _first_places(now, said) != _first_places(said, said)
        tally.most_messages_doubled = max(tally.most_messages_doubled, -(-more // kills))


def _goodbyes(said: Sequence[str]) -> int:
    return sum(words.startswith(scenes.GOODBYE) for words in said)


def _without_goodbyes(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(words for words in said if not words.startswith(scenes.GOODBYE))


def _first_places(said: Sequence[str], wanted: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words for words in said if words in wanted))
