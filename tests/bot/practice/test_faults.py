"""Faults happen as switched on, to whom, and as often as asked."""

from __future__ import annotations

import aiohttp
import pytest

from bot.practice import people

EKAI = 710000003


@pytest.mark.parametrize(
    ("fault", "code", "description", "parameters"),
    [
        pytest.param({"code": 500}, 500, "Internal Server Error", None, id="500"),
        pytest.param({"code": 502}, 502, "Bad Gateway", None, id="502"),
        pytest.param({"code": 403}, 403, "Forbidden: bot was blocked by the user", None, id="403"),
        pytest.param(
            {"retry_after": 7}, 429, "Too Many Requests: retry after 7", {"retry_after": 7}, id="429"
        ),
        pytest.param(
            {"code": 400, "description": "Bad Request: x"}, 400, "Bad Request: x", None, id="any words"
        ),
    ],
)
async def test_a_fault_is_answered_and_nothing_is_done(
    bot, ekai, telegram, fault, code, description, parameters
):
    await telegram.faults({"method": "sendMessage", "times": 1, **fault})
    answer = await bot.refused("sendMessage", chat_id=EKAI, text="x")
    assert (answer["error_code"], answer["description"], answer.get("parameters")) == (
        code,
        description,
        parameters,
    )
    assert len(await ekai.messages()) == 1
    await bot.do("sendMessage", chat_id=EKAI, text="x")


async def test_a_fault_keeps_to_its_method_and_person(bot, ekai, telegram):
    mwende = (await telegram.people())["Mwende"]
    await mwende.start()
    await telegram.faults({"method": "sendMessage", "code": 500, "person": mwende.id})
    await bot.do("getMe")
    await bot.do("sendMessage", chat_id=EKAI, text="x")
    for _ in range(3):
        await bot.refused("sendMessage", chat_id=mwende.id, text="x")
    await telegram.faults()
    await bot.do("sendMessage", chat_id=mwende.id, text="x")


@pytest.mark.parametrize(
    ("cut", "kept"),
    [pytest.param("before", 1, id="not done"), pytest.param("after", 2, id="done, yet not told")],
)
async def test_a_cut_connection_gives_no_answer(bot, ekai, telegram, cut, kept):
    await telegram.faults({"method": "sendMessage", "cut": cut, "times": 1})
    with pytest.raises(aiohttp.ClientError):
        await bot.ask("sendMessage", chat_id=EKAI, text="x")
    assert len(await ekai.messages()) == kept


async def test_latency_delays_but_does_not_refuse(bot, ekai, telegram):
    await telegram.faults({"latency": 0.01, "times": 1})
    assert (await bot.do("getMe"))["is_bot"]
    assert (await telegram.get("/practice/faults"))["faults"] == []


async def test_unknown_switches_are_refused(telegram, bot):
    with pytest.raises(people.ActFailed, match="unknown field"):
        await telegram.faults({"metod": "sendMessage"})
