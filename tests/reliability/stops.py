"""Row 1 too: a stop signal in every phase of a turn. What is under way is finished, and nothing comes twice."""

from __future__ import annotations

import pathlib
import random
import signal

import msgspec

from bot import limits
from tests.reliability import figures, kills, machine

EVERY, EVERY_IN_CI = 13, 251
"""Steps from one stop to the next."""


class Stops(msgspec.Struct):
    """What came of all stops."""

    stops: int = 0
    slowest: float = 0.0
    not_by_itself: int = 0
    unsent: int = 0
    while_running: int = 0
    kinds: set[str] = msgspec.field(default_factory=set)


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 1: the kills; then stop the bot at every so many-th step of the conversation, and let it go on."""
    stopped = folder / "stopped"
    stopped.mkdir()
    killed = await kills.measure(folder, full=full)
    async with kills.standing(stopped) as (made, moment):
        return [*killed, *await _everywhere(made, moment, full=full)]


async def _everywhere(made: machine.Machine, moment: kills.Moment, *, full: bool) -> list[figures.Figure]:
    stops, tally, chance = Stops(), kills.Tally(), random.Random(15)
    every = EVERY if full else EVERY_IN_CI
    last = every // 2 + 1
    while await _stopped(made, moment, last, stops, tally, chance):
        last += every
    found = [
        figures.count("stop signals, each at another step", stops.stops),
        figures.at_least("of them while it took updates", stops.while_running, 1),
        figures.count("kinds of these steps", len(stops.kinds)),
        figures.none("stops after which the bot did not end by itself", stops.not_by_itself),
        figures.none("stops that left a message of a finished turn unsent", stops.unsent),
        figures.none("answers, turns or messages lost by a stop", tally.lost + tally.messages_lost),
        figures.none(
            "answers, turns or messages doubled by a stop", tally.doubled + tally.most_messages_doubled
        ),
    ]
    slowest = round(stops.slowest, 1)
    if full:
        return [*found, figures.at_most("seconds that the slowest stop took", slowest, limits.STOP_SECONDS)]
    return found


async def _stopped(
    made: machine.Machine,
    moment: kills.Moment,
    last: int,
    stops: Stops,
    tally: kills.Tally,
    chance: random.Random,
) -> bool:
    """One life that is stopped at a step, and the next one; False where the bot came to its end before."""
    made.set_back(moment.disk, moment.chats)
    everything = list(made.bot.updates)
    made.start(last=last, number=signal.SIGTERM)
    ended = await made.stopped(last)
    if ended is None:
        await made.kill()
        return False
    code, seconds = ended
    stops.slowest = max(stops.slowest, seconds)
    stops.stops += 1
    stops.while_running += made.ran()
    stops.kinds.add(made.steps()[last - 1])
    # before it takes updates a signal may end it at once: nothing is under way
    stops.not_by_itself += code != 0 and (made.ran() or code != -signal.SIGTERM)
    stops.unsent += made.ran() and made.unsent() > 0
    await made.kill()
    kills.redeliver(made, everything, chance)
    made.start()
    await made.done()
    await made.kill()
    kills.judge(await made.effects(), moment.expected, 1, tally)
    return True
