"""Row 24: random people for an hour while the power goes every minute, then one long life, whose memory is watched."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import random
import statistics

from bot.practice import people, state
from storage import opening
from tests.reliability import disks, figures, machine, storms
from tests.workers import crashes

SECONDS, SECONDS_IN_CI = 60.0, 2.0
"""How long the bot lives each time."""

LIVES, LIVES_IN_CI = 60, 2

WARM_UP_SECONDS, WARM_UP_SECONDS_IN_CI = 300.0, 1.0
"""How long the life without a kill runs before its memory is looked at: what is kept at hand fills up first."""

WATCHED_SECONDS, WATCHED_SECONDS_IN_CI = 1200.0, 2.0
"""How long its memory is watched then: lives of a minute would hide what leaks within one."""

LOOKS = 20
"""How often its memory is looked at, evenly; the median of the first quarter is beside that of the last."""

PEOPLE, PEOPLE_IN_CI = 20, 4
"""Who do anything at all."""

WALKERS, WALKERS_IN_CI = 5, 1
"""Who answer one question after the other, so that every answer is known beforehand."""

QUESTIONS, QUESTIONS_IN_CI = 300, 4

PAUSE_SECONDS, PAUSE_SECONDS_IN_CI = 8.0, 0.4
"""At most, between two acts of one who does anything at all."""

WALK_PAUSE_SECONDS, WALK_PAUSE_SECONDS_IN_CI = 24.0, 0.4
"""At most, between two answers of a walker: the questions last until the kills are over."""

QUIET_SECONDS = 600
"""How long a walker waits for the next question before calling it lost, on a machine that does much else."""

FIRST_WALKER = 500_000

GROWTH = 5.0
"""Percent by which the memory may be larger at the end than at the beginning."""

TYPED = (
    "1250", "9", "4 2 3", "8.5", "Friday", "31 March 2027", "yes", "no", "skip", "I don't know", "about 40", "-3",
    "99999999999999", "a b c", "1,200", "both", "Kisumu", "😀", "…", "x" * 300,
)  # fmt: skip

COMMANDS = (
    "/start", "/tasks", "/help", "/status", "/privacy", "/language", "/pause", "/review", "/plan", "/nothing",
)  # fmt: skip


class Crowd:
    """The people, and what each has done."""

    def __init__(self, made: machine.Machine, *, full: bool, seed: int = 24) -> None:
        self._made = made
        self._chance = random.Random(seed)
        self._pause = PAUSE_SECONDS if full else PAUSE_SECONDS_IN_CI
        self._walk_pause = WALK_PAUSE_SECONDS if full else WALK_PAUSE_SECONDS_IN_CI
        self.acts = 0
        self.over = asyncio.Event()

    async def wander(self, number: int) -> None:
        """Type, tap and command at random until it is over."""
        person = self._made.telegram.person(number)
        while not self.over.is_set():
            # a button may be gone by the time it is tapped
            with contextlib.suppress(people.ActFailed):
                await self._act(person)
            self.acts += 1
            await asyncio.sleep(self._chance.uniform(0, self._pause))

    async def _act(self, person: people.Person) -> None:
        shown = [message for message in await person.messages() if message["from"]["is_bot"]]
        # others open a link, and tell the bot nothing
        buttons = [b for b in people.buttons(shown[-1]) if "callback_data" in b] if shown else []
        kind = self._chance.random()
        if buttons and kind < 0.4:
            await person.forge(shown[-1], str(self._chance.choice(buttons)["callback_data"]))
        else:
            await person.say(self._chance.choice(TYPED if kind < 0.8 else COMMANDS))

    async def walk(self, number: int, questions: int) -> None:
        """Answer one question after the other, each when it is asked."""
        person = self._made.telegram.person(number)
        await person.say("/tasks")
        await person.wait_for("Count", timeout=QUIET_SECONDS)
        await person.tap(f"Count · Branch {number}")
        for asked in range(1, questions + 1):
            await person.wait_for(f"Number {asked}?", timeout=QUIET_SECONDS)
            await person.say(str(crashes.answer(number, asked)))
            self.acts += 1
            await asyncio.sleep(self._chance.uniform(0, self._walk_pause))


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Let them act while the bot is killed again and again; then look at all that was to be kept."""
    number, walkers = (PEOPLE, WALKERS) if full else (PEOPLE_IN_CI, WALKERS_IN_CI)
    lives, seconds = (LIVES, SECONDS) if full else (LIVES_IN_CI, SECONDS_IN_CI)
    questions = QUESTIONS if full else QUESTIONS_IN_CI
    async with storms.crowded(folder, number) as made:
        await made.telegram.faults(rate_limits=False)
        walking = [*range(FIRST_WALKER, FIRST_WALKER + walkers)]
        await _plant(made, walking, questions)
        crowd, sizes = Crowd(made, full=full), []
        first = made.world.state.last_update_id
        made.start()
        async with asyncio.TaskGroup() as group:
            for person in range(storms.FIRST, storms.FIRST + number):
                group.create_task(crowd.wander(person))
            for person in walking:
                group.create_task(crowd.walk(person, questions))
            for _ in range(lives):
                await made.lives(seconds)
                sizes.append(made.memory_now())
                await made.kill()
                made.start()
            await made.lives(WARM_UP_SECONDS if full else WARM_UP_SECONDS_IN_CI)
            before = crowd.acts
            watched = await _watch(made, WATCHED_SECONDS if full else WATCHED_SECONDS_IN_CI)
            after = crowd.acts
            crowd.over.set()
        sent = {*range(first + 1, made.world.state.last_update_id + 1)}
        await made.done()
        silent = [person for person in (storms.FIRST, *walking) if not await _answers(made, person)]
        await made.kill()
        unhandled = len(sent - made.handled())
        lost, doubled = await _judge(made, walking, questions)
        whole = made.integrity()
        records = len(disks.everything(made.database, made.folder / "data.key"))
    found = [
        figures.count("times killed", lives),
        figures.count("people", number + walkers),
        figures.count("things that they did", crowd.acts),
        figures.count("records kept at the end", records),
        figures.none("updates lost", unhandled),
        figures.none("answers lost", lost),
        figures.none("turns doubled", doubled),
        figures.none("people whom the bot no longer answers", len(silent)),
        figures.none("databases that fail integrity_check", whole != "ok"),
        figures.none("looks at the life without a kill that found the bot gone", LOOKS - len(watched)),
    ]
    if full:
        third, quarter = LIVES // 3, LOOKS // 4
        first_lives, lived = _growth(sizes[:third], sizes[-third:])
        first_looks, watching = _growth(watched[:quarter], watched[-quarter:])
        found += [
            figures.count("MB of memory at the end of the first lives", first_lives),
            figures.at_most("percent by which the last ones are larger", lived, GROWTH),
            figures.count("minutes for which a life without a kill was watched", round(WATCHED_SECONDS / 60)),
            figures.count("things that they did meanwhile", after - before),
            figures.count("MB of memory at its beginning, when warm", first_looks),
            figures.at_most("percent by which it is larger at its end", watching, GROWTH),
        ]
    return found


async def _watch(made: machine.Machine, seconds: float) -> list[float]:
    """The megabytes that the running bot holds, at each look; fewer where it ended by itself."""
    held = []
    for _ in range(LOOKS):
        await asyncio.sleep(seconds / LOOKS)
        if made.ended():
            break
        held.append(made.memory_now())
    return held


def _growth(early: list[float], late: list[float]) -> tuple[float, float]:
    """The median of the early sizes in megabytes, and by how many percent that of the late ones is larger."""
    before, after = statistics.median(early), statistics.median(late)
    return round(before, 1), round(100 * (after / before - 1), 1)


async def _plant(made: machine.Machine, walkers: list[int], questions: int) -> None:
    for person in walkers:
        made.world.state.people[person] = state.Person(id=person, first_name=f"W{person}")
        made.world.chat(made.bot.id, person).started = True
    storage = opening.open_storage(f"sqlite:///{made.database}", made.folder / "data.key")
    await storage.open()
    await storage.commit(crashes.planted(walkers, questions))
    await storage.close()


async def _answers(made: machine.Machine, person: int) -> bool:
    """Whether the bot answers this person."""
    who = made.telegram.person(person)
    before = len(await who.messages())
    await who.say("/help")
    await made.done()
    return any(message["from"]["is_bot"] for message in (await who.messages())[before:])


async def _judge(made: machine.Machine, walkers: list[int], questions: int) -> tuple[int, int]:
    """Answers that are not there or are others; and turns of a walker beyond those that were needed."""
    storage = opening.open_storage(f"sqlite:///{made.database}", made.folder / "data.key")
    await storage.open()
    sessions = await storage.sessions(crashes.ASSESSMENT)
    await storage.close()
    lost = doubled = 0
    revisions = [session.revision for session in sessions.values()]
    for person in walkers:
        session = sessions[f"s{person}"]
        found = {key: answer.value for key, answer in session.answers.items()}
        wanted = {f"n{asked}": crashes.answer(person, asked) for asked in range(1, questions + 1)}
        lost += sum(found.get(key) != value for key, value in wanted.items())
        doubled += session.revision - min(revisions)
    return lost, doubled
