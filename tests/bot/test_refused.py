"""What Telegram will never take: a fault of the bot's in a private chat, and none in a group."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from telegram import error

from bot import clock
from bot.operations import metrics
from bot.sending import outbox
from storage import memory, port, records
from tests.bot import running

PERSON, GROUP = 7, -4_000_002


@pytest.mark.parametrize(
    ("chat", "refusal", "tried", "event", "faults"),
    [
        pytest.param(PERSON, error.BadRequest("no"), [PERSON], "message refused", 1, id="to a person"),
        pytest.param(GROUP, error.BadRequest("no"), [GROUP], "message refused in a group", 0, id="muted"),
        pytest.param(
            GROUP, error.ChatMigrated(-9), [GROUP, -9], "message refused in a group", 0,
            id="a group that became a supergroup, and that another",
        ),
    ],
)  # fmt: skip
async def test_a_refused_message_is_given_up_and_is_a_fault_only_where_the_bot_can_mend_it(
    logs: running.Logs, chat: int, refusal: error.TelegramError, tried: list[int], event: str, faults: int
) -> None:
    logs.tolerated |= {"message refused"}
    storage, seen, to = memory.MemoryStorage(), metrics.Metrics(), []
    await storage.open()

    async def deliver(message: records.Outgoing) -> list[port.Change]:
        to.append(message.person)
        raise refusal

    async def unreachable(_: int) -> None:
        """Nobody blocks the bot here."""

    sending = outbox.Outbox(storage, deliver, unreachable, clock.SystemClock(), chat_pace=10_000, seen=seen)
    made = records.Outgoing("1", chat, "show", {"text": "Words"}, dt.datetime(2031, 3, 4, tzinfo=dt.UTC))
    await storage.commit([port.Put(made)])
    sending.accept([made])
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        await logs.wait_for(event)
    await sending.stop(running.PATIENCE_SECONDS)
    assert to == tried
    assert seen.faults("refused") == faults
    assert await storage.outgoing(due=outbox.ALL, limit=1) == []
