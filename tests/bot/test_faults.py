"""What Telegram does to bots: refusals, waits, broken lines. Every message arrives, and each answer counts once."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot import limits
from bot.sending import transport
from document_templates import rendering
from tests.bot import running
from tests.bot.running import JSON, words


def said_by_the_bot(messages: list[JSON], text: str) -> int:
    """How often the bot's messages say this."""
    return sum(text in words(message) for message in messages if message["from"]["is_bot"])


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"code": 500, "times": 3}, id="three internal errors"),
        pytest.param({"code": 502, "times": 1}, id="a bad gateway"),
        pytest.param({"retry_after": 1, "times": 1}, id="asked to wait a second"),
        pytest.param({"cut": "before", "times": 2}, id="the line is cut before it arrives"),
    ],
)
async def test_a_message_comes_once_all_the_same(planted: running.Running, fault: JSON) -> None:
    planted.logs.tolerated |= {"delivery put off"}
    await planted.telegram.faults({"method": "sendMessage", **fault}, rate_limits=False)
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    assert said_by_the_bot(await ekai.messages(), "your sections") == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"code": 500}, id="internal errors"),
        pytest.param({"retry_after": 3600}, id="asked to wait an hour"),
        pytest.param({"cut": "before"}, id="lines that are cut"),
    ],
)
async def test_the_trouble_of_one_chat_delays_no_other(planted: running.Running, fault: JSON) -> None:
    planted.logs.tolerated |= {"delivery put off"}
    ekai, mwende = planted.person(running.EKAI), planted.person(running.MWENDE)
    failing = {"method": "sendMessage", "person": running.EKAI, **fault}
    await planted.telegram.faults(failing, rate_limits=False)
    await ekai.say("/tasks")
    disk = await planted.disk()
    while not await disk.outgoing(due=running.NOW + dt.timedelta(days=999), limit=1):  # noqa: ASYNC110 - another connection's commits ring no bell
        await asyncio.sleep(0.004)
    for _ in range(3):
        await mwende.say("/tasks")
        await mwende.wait_for("your sections")
    assert said_by_the_bot(await ekai.messages(), "your sections") == 0
    await planted.telegram.faults(rate_limits=False)


async def test_a_line_cut_after_telegram_took_it_may_double_but_never_lose(planted: running.Running) -> None:
    await planted.telegram.faults({"method": "sendMessage", "cut": "after", "times": 1}, rate_limits=False)
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    assert said_by_the_bot(await ekai.messages(), "your sections") == 2


async def test_a_refused_message_does_not_silence_what_follows(planted: running.Running) -> None:
    planted.logs.tolerated |= {"message refused"}
    await planted.telegram.faults(
        {
            "method": "sendMessage",
            "code": 400,
            "description": 'Bad Request: can\'t parse entities: Unsupported start tag "ekai owes 1250" at byte offset 7',
            "times": 1,
        },
        rate_limits=False,
    )
    ekai = planted.person(running.EKAI)
    await ekai.say("/privacy")
    await planted.settled()
    assert "your sections" in words(await planted.said(ekai, "/tasks"))
    line = await planted.logs.wait_for("message refused")
    assert line["reason"] == "Can't parse entities: unsupported start tag"


@pytest.mark.parametrize(
    ("asked", "method", "comes"),
    [
        pytest.param("/mydata", "sendDocument", "Something went wrong on my side", id="a file"),
        pytest.param("/status", "sendPhoto", "Jitegemea", id="a picture comes as its words"),
        pytest.param("/plan", "sendDocument", "Something went wrong on my side", id="a plan"),
    ],
)
async def test_who_asked_for_what_is_refused_hears_of_it(
    asked: str, method: str, comes: str, planted: running.Running
) -> None:
    planted.logs.tolerated |= {"message refused"}
    refused = {"method": method, "code": 400, "description": "Bad Request: IMAGE_PROCESS_FAILED", "times": 1}
    await planted.telegram.faults(refused, rate_limits=False)
    manager = planted.person(running.MANAGER)
    await manager.say(asked)
    assert await manager.wait_for(comes)
    await planted.logs.wait_for("message refused")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"code": 400}, id="refused"),
        pytest.param({"code": 403}, id="blocked"),
        pytest.param({"code": 200}, id="answered without a result"),
        pytest.param({"retry_after": 3600}, id="asked to wait an hour"),
        pytest.param({"cut": "before"}, id="the line is cut"),
        pytest.param({"latency": 3600}, id="no answer before the test is over"),
    ],
)
async def test_a_plan_comes_though_nobody_may_be_told_that_the_bot_is_busy(
    planted: running.Running, fault: JSON, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 3600)  # else a call that is waited for is only late
    await planted.telegram.faults({"method": "sendChatAction", **fault}, rate_limits=False)
    manager = planted.person(running.MANAGER)
    await manager.say("/plan")
    assert await manager.wait_for("Deployment plan")


async def test_that_the_bot_is_busy_is_shown_while_a_plan_is_made(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asyncio.Event()

    async def slow(*_: object, **__: object) -> bytes:
        await made.wait()
        return b"a plan"

    monkeypatch.setattr(rendering, "render", slow)
    manager = planted.person(running.MANAGER)
    since = planted.now
    await manager.say("/plan")
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        while not any(event["kind"] == "action" for event in planted.world.events_after(since)):  # noqa: ASYNC110
            await asyncio.sleep(0.004)
    made.set()
    assert await manager.wait_for("Deployment plan")


async def test_who_blocked_the_bot_is_unreachable_and_the_manager_hears_of_it(
    planted: running.Running,
) -> None:
    ekai, manager = planted.person(running.EKAI), planted.person(running.MANAGER)
    await planted.said(manager, "/tasks")
    await planted.said(ekai, "/tasks")
    await planted.telegram.faults(
        {"method": "sendMessage", "code": 403, "person": running.EKAI}, rate_limits=False
    )
    await ekai.say("/status")
    await manager.wait_for("Ekai")
    assert "cannot be reached" in words(await manager.last_message())
    known = await (await planted.disk()).person(running.EKAI)
    assert known is not None
    assert not known.reachable
    # and once Telegram lets the bot through again, the person is back
    await planted.telegram.faults(rate_limits=False)
    assert "your sections" in words(await planted.said(ekai, "/tasks"))
    known = await (await planted.disk()).person(running.EKAI)
    assert known is not None
    assert known.reachable


async def test_a_message_that_was_deleted_is_sent_anew(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.telegram.faults(
        {"method": "editMessageText", "code": 400, "description": "Bad Request: message to edit not found"},
        rate_limits=False,
    )
    shown = await planted.said(ekai, "1250")
    assert "How many people work" in words(shown)


@pytest.mark.parametrize(
    ("description", "anew", "refused"),
    [
        pytest.param("message to edit not found", True, False, id="it was deleted"),
        pytest.param("message is not modified: it is the same", False, False, id="it shows that already"),
        pytest.param("message is too long", False, True, id="anything else"),
    ],
)
async def test_a_change_that_is_refused_is_sent_anew_only_where_the_message_is_gone(
    planted: running.Running, description: str, anew: bool, refused: bool
) -> None:
    planted.logs.tolerated |= {"message refused"} if refused else set()
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, "/sign who")
    refusal = {"method": "editMessageText", "code": 400, "description": f"Bad Request: {description}"}
    await planted.telegram.faults(refusal, rate_limits=False)
    name = next(label for label in running.labels(shown) if label.startswith("☐ "))
    changed = await planted.tapped(manager, name)
    assert (changed["message_id"] != shown["message_id"]) is anew
    assert ("message refused" in [line["event"] for line in planted.logs.lines]) is refused
    await planted.telegram.faults(rate_limits=False)
    assert "your sections" in words(await planted.said(manager, "/tasks"))


async def test_a_message_that_cannot_be_delivered_for_long_is_given_up_and_the_next_comes(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DELIVERY_ATTEMPTS", 2)
    monkeypatch.setattr(limits, "DELIVERY_LIFE", dt.timedelta(0))
    planted.logs.tolerated |= {"delivery given up"}
    await planted.telegram.faults({"method": "sendMessage", "code": 502}, rate_limits=False)
    ekai = planted.person(running.EKAI)
    await ekai.say("/privacy")
    await planted.logs.wait_for("delivery given up")
    await planted.telegram.faults(rate_limits=False)
    assert "your sections" in words(await planted.said(ekai, "/tasks"))
    assert [words(one) for one in await ekai.messages() if one["from"]["is_bot"]] == [
        words(await ekai.last_message())
    ]


async def test_polling_goes_on_after_telegram_was_away(planted: running.Running) -> None:
    await planted.telegram.faults({"method": "getUpdates", "code": 502, "times": 3}, rate_limits=False)
    ekai = planted.person(running.EKAI)
    await ekai.say("/tasks")
    assert await ekai.wait_for("your sections")
