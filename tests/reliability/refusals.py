"""Row 3: Telegram's bad days. Three calls in ten fail, and then each method in each way."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import itertools
import pathlib
import random
import socket
import time
from collections.abc import Sequence
from typing import Any

import msgspec

from bot.practice import faults
from tests.reliability import figures, kills, machine, scenes

SHARE = 0.3

SEEDS, SEEDS_IN_CI = 20, 1

METHODS = (
    "getMe", "deleteWebhook", "getUpdates", "setMyCommands", "setMyDescription", "setMyShortDescription",
    "answerCallbackQuery", "sendMessage", "editMessageText", "sendPhoto", "sendDocument",
)  # fmt: skip
"""What the conversation calls. Where getMe fails so that it is not tried again the bot says so and ends, and what started it
starts it again.
"""

OF_FILES = ("getFile", "sendChatAction")
"""What is called where a file is sent, and where one is made."""

OF_WEBHOOKS = ("setWebhook",)

WAYS: tuple[dict[str, Any], ...] = (
    {"code": 400}, {"code": 403}, {"code": 409}, {"retry_after": 1}, {"code": 500}, {"code": 502},
    {"cut": "before"}, {"cut": "after"}, {"latency": 1.0},
)  # fmt: skip


INTRODUCING_SECONDS = 10
"""How long a planned fault may take to happen once all is answered."""


class Weather(faults.Switches, kw_only=True):
    """Fails that share of all calls, and notes every call with its hour and its fault."""

    chance: Any
    calls: list[tuple[float, str, int | None, faults.Fault | None]] = msgspec.field(default_factory=list)

    def next_fault(self, method: str, person_id: int | None) -> faults.Fault | None:
        """What happens to this call."""
        fault = None
        if method != "getMe" and self.chance.random() < SHARE:
            fault = self.chance.choice(
                (
                    faults.Fault(retry_after=1),
                    faults.Fault(code=500),
                    faults.Fault(code=502),
                    faults.Fault(cut="before"),
                    faults.Fault(cut="after"),
                    faults.Fault(latency=0.3),
                )
            )
        self.calls.append((time.monotonic(), method, person_id, fault))
        return fault


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """The conversation of four people under faults; then one fault at a time."""
    tally, early, beyond, calls, failed = kills.Tally(), 0, 0, 0, 0
    async with kills.standing(folder) as (made, moment):
        for seed in range(SEEDS if full else SEEDS_IN_CI):
            made.set_back(moment.disk, moment.chats)
            made.world.switches = weather = Weather(rate_limits=False, chance=random.Random(seed))
            made.start()
            await made.done(seconds=300)
            await made.kill()
            found = await made.effects()
            kills.judge(found, moment.expected, 1, tally)
            early += _early(weather)
            beyond += _doubled_beyond_cuts(weather, found, moment.expected)
            calls += len(weather.calls)
            failed += sum(fault is not None for *_, fault in weather.calls)
        tried = await _one_at_a_time(made, moment, METHODS, None if full else 4)
    for scene, methods, share in ((scenes.ASKING, OF_FILES, 3), (_called(), OF_WEBHOOKS, 1)):
        part = folder / methods[0]
        part.mkdir()
        async with kills.standing(part, scene) as (made, moment):
            tried += await _one_at_a_time(made, moment, methods, None if full else share)
    return [
        figures.count("calls of Telegram", calls),
        figures.count("of them failed", failed),
        figures.none("answers or turns lost", tally.lost),
        figures.none("answers or turns doubled", tally.doubled),
        figures.none("messages lost", tally.messages_lost),
        figures.none("chats out of order", tally.messages_out_of_order),
        figures.none("messages doubled beyond one for each cut", beyond),
        figures.none("calls before the time that Telegram asked to wait", early),
        figures.count("methods times ways to fail, one at a time", sum(after.happened for after in tried)),
        figures.none("of those planned, how many never happened", sum(not after.happened for after in tried)),
        figures.none("of these after which the bot no longer answered", sum(after.silent for after in tried)),
    ]


def _early(weather: Weather) -> int:
    """Calls to a chat that came before its wait was over; a phone's spinner is answered at once, in no order."""
    until: dict[tuple[str, int], float] = {}
    found = 0
    for at, method, person, fault in weather.calls:
        if person is None:
            continue
        found += at < until.get((method, person), 0.0)
        if fault is not None and fault.retry_after:
            until[method, person] = at + fault.retry_after
    return found


def _doubled_beyond_cuts(weather: Weather, found: machine.Effects, expected: machine.Effects) -> int:
    beyond = 0
    for person, said in expected.chats.items():
        more = (collections.Counter(found.chats.get(person, ())) - collections.Counter(said)).total()
        cuts = sum(
            who == person and fault is not None and fault.cut == "after" for _, _, who, fault in weather.calls
        )
        beyond += max(0, more - cuts)
    return beyond


class After(msgspec.Struct, frozen=True):
    """What came of one fault."""

    happened: bool
    silent: bool
    """Whether the bot gave no answer to what was said afterwards."""


async def _one_at_a_time(
    made: machine.Machine, moment: kills.Moment, methods: Sequence[str], some: int | None
) -> list[After]:
    """What came of each method's failing in each way, or in some of them."""
    ways = list(itertools.product(methods, WAYS))
    tried = ways if some is None else random.Random(3).sample(ways, some)
    return [await _after(made, moment, method, way) for method, way in tried]


def _called() -> scenes.Scene:
    """The same files while Telegram calls the bot."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    environment = {
        "GROUNDWORK_WEBHOOK_URL": f"http://127.0.0.1:{number}",
        "GROUNDWORK_WEBHOOK_SECRET": "secret",
        "GROUNDWORK_WEBHOOK_PORT": str(number),
    }
    return msgspec.structs.replace(scenes.ASKING, environment=environment)


async def _after(made: machine.Machine, moment: kills.Moment, method: str, way: dict[str, Any]) -> After:
    """Let a method fail once in one way."""
    made.set_back(moment.disk, moment.chats)
    planned = faults.Fault(method=method, times=1, **way)
    made.world.switches = faults.Switches(rate_limits=False, faults=[planned], webhook_retry_seconds=0.1)
    made.start()
    await made.done()
    # commands are set beside the conversation, and may come after it
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(INTRODUCING_SECONDS):
            while planned.times:  # noqa: ASYNC110 - a call rings no bell
                await asyncio.sleep(0.05)
    person = made.telegram.person(scenes.MWENDE)
    before = len(await person.messages())
    await person.say("/help")
    await made.done()
    said = (await person.messages())[before:]
    await made.kill()
    return After(planned.times == 0, not any(message["from"]["is_bot"] for message in said))
