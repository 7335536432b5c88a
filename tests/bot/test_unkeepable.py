"""What no database can hold: it ends in a sentence and a line in the log, and what comes behind it goes on."""

from __future__ import annotations

import asyncio
import datetime as dt

import msgspec
import pytest

from bot import clock, routing
from bot.operations import metrics
from bot.receiving import intake, order
from bot.sending import outbox
from bot.work import Work
from storage import memory, port, records
from tests.bot import running
from tests.bot.running import words

HALF = "\ud83d"
"""Half an emoji: a text to JSON and YAML, and none to UTF-8."""

WRONG = "Something went wrong on my side."


async def unkeepable(work: Work, _: str) -> None:
    work.put(records.Person(1, HALF))


async def faulty(work: Work, _: str) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("handler", "event"),
    [
        pytest.param(unkeepable, "turn cannot be kept", id="a record that no database takes"),
        pytest.param(faulty, "turn failed", id="an error of ours"),
    ],
)
async def test_a_fault_of_ours_ends_in_a_sentence_and_the_next_update_goes_on(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, handler: routing.Handler, event: str
) -> None:
    planted.logs.tolerated |= {event}
    monkeypatch.setattr(routing, "COMMANDS", {**routing.COMMANDS, "privacy": handler})
    manager = planted.person(running.MANAGER)
    assert WRONG in words(await planted.said(manager, "/privacy"))
    await planted.logs.wait_for(event)
    assert "/status" in words(await planted.said(manager, "/help"))


async def test_words_with_half_an_emoji_are_kept_with_a_sign_in_its_place() -> None:
    storage, called = memory.MemoryStorage(), []
    await storage.open()

    async def queue(waiting: order.Waiting) -> None:
        called.append(waiting.person)

    inbox = intake.Intake(storage, clock.SystemClock(), queue, metrics.Metrics())
    message = {"message_id": 1, "from": {"id": 7, "first_name": f"Ekai {HALF}"}, "text": f"mañana {HALF}"}
    await inbox.keep([{"update_id": 1, "message": message}])
    [kept] = await storage.waiting()
    assert msgspec.json.decode(kept.body)["message"]["text"] == "mañana ?"
    assert called == [7]


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        pytest.param("plan", {"language": "en"}, ["", WRONG], id="a plan: who waits is told"),
        pytest.param("show", {"text": "Words"}, ["Words"], id="words that came are not followed by others"),
    ],
)
async def test_what_was_made_and_cannot_be_kept_is_told_once(
    logs: running.Logs, kind: str, body: dict[str, str], said: list[str]
) -> None:
    logs.tolerated |= {"delivery cannot be kept"}
    storage, time, out = memory.MemoryStorage(), clock.SystemClock(), []
    await storage.open()
    now = dt.datetime(2031, 3, 4, tzinfo=dt.UTC)

    async def deliver(message: records.Outgoing) -> list[port.Change]:
        out.append(message.body.get("text", ""))
        return [port.Put(records.Person(1, HALF))] if message.id == "1" else []

    async def unreachable(_: int) -> None:
        """Nobody blocks the bot here."""

    sending = outbox.Outbox(storage, deliver, unreachable, time, chat_pace=10_000, seen=metrics.Metrics())
    made = records.Outgoing("1", 1, kind, body, now)
    await storage.commit([port.Put(made)])
    sending.accept([made])
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        while await storage.outgoing(due=outbox.ALL, limit=1):  # noqa: ASYNC110 - a storage rings no bell
            await asyncio.sleep(0.01)
    await sending.stop(running.PATIENCE_SECONDS)
    assert [text[: len(WRONG)] for text in out] == said
    assert await storage.person(1) is None
