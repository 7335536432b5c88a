"""What a restarted server still knows, and the clock it shares."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo

import aiohttp
import pytest

from bot.practice import clock, people, server

EKAI = 710000003
TOKEN = "123456789:" + "A" * 35


async def test_a_restarted_server_shows_the_same_chats(tmp_path):
    first = await server.serve(0, data_dir=tmp_path)
    async with aiohttp.ClientSession() as session, people.Telegram(first.url) as telegram:
        bot = f"{first.url}/bot{TOKEN}"
        await (await session.get(f"{bot}/getMe")).release()
        ekai = telegram.person(EKAI)
        await ekai.start()
        await ekai.send_file("map.pdf", b"content")
        form = {"chat_id": str(EKAI), "text": "Which?", "reply_markup": json.dumps({"force_reply": True})}
        await (await session.post(f"{bot}/sendMessage", data=form)).release()
        await telegram.forward(3600)
        before = await ekai.messages()
        state = await ekai.chat()
    await first.close()

    second = await server.serve(0, data_dir=tmp_path)
    async with aiohttp.ClientSession() as session, people.Telegram(second.url) as telegram:
        ekai = telegram.person(EKAI)
        assert await ekai.messages() == before
        assert await ekai.chat() == state
        assert await ekai.download(before[1]) == b"content"
        assert (await telegram.get("/practice/clock"))["offset"] == 3600
        async with session.get(f"{second.url}/bot{TOKEN}/getUpdates") as response:
            updates = (await response.json())["result"]
        assert [update["message"]["message_id"] for update in updates] == [1, 2]
        await ekai.say("and on")
        assert (await ekai.messages())[-1]["message_id"] == 4
        await telegram.reset()
        assert await ekai.messages() == []
    await second.close()


async def test_what_was_answered_is_on_disk_already(tmp_path):
    running = await server.serve(0, data_dir=tmp_path)
    async with aiohttp.ClientSession() as session, people.Telegram(running.url) as telegram:
        await (await session.get(f"{running.url}/bot{TOKEN}/getMe")).release()
        await telegram.person(EKAI).start("inv_1")
        assert "/start inv_1" in (tmp_path / "telegram.json").read_text()
    await running.close()


async def test_given_tokens_are_the_only_ones():
    running = await server.serve(0, tokens=[TOKEN])
    async with aiohttp.ClientSession() as session, people.Telegram(running.url) as telegram:
        assert (await telegram.get("/practice/people"))["bot"]["username"] == "groundwork_bot"
        async with session.get(f"{running.url}/bot987654321:{'B' * 35}/getMe") as response:
            assert response.status == 401
        async with session.get(f"{running.url}/bot{TOKEN}/getMe") as response:
            assert response.status == 200
    await running.close()


async def test_a_taken_port_is_an_error_and_leaves_nothing_open(running):
    port = int(running.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        await server.serve(port)


async def test_the_clock_moves_on_and_tells_its_file(tmp_path):
    file = tmp_path / "clock" / "offset"
    running = await server.serve(0, clock_file=file)
    assert float(file.read_text()) == 0
    async with people.Telegram(running.url) as telegram:
        before = await telegram.now()
        await telegram.forward(86400)
        assert await telegram.now() - before >= 86400
        assert float(file.read_text()) == 86400
        for wrong in ({"add_seconds": -1}, {"add_seconds": "soon"}, {"next": "25:00"}, {}):
            with pytest.raises(people.ActFailed, match="the clock takes"):
                await telegram.post("/practice/clock", wrong)
        await telegram.forward_to("09:00")
        nairobi = dt.datetime.fromtimestamp(await telegram.now(), zoneinfo.ZoneInfo("Africa/Nairobi"))
        assert (nairobi.hour, nairobi.minute) == (9, 0)
    await running.close()


NEXT = [
    pytest.param("2026-11-24T05:00:00+00:00", 3600, id="later today"),
    pytest.param("2026-11-24T06:00:00+00:00", 86400, id="just now means tomorrow"),
    pytest.param("2026-11-24T21:30:00+00:00", 8.5 * 3600, id="past midnight there"),
]


@pytest.mark.parametrize(("now", "seconds"), NEXT)
def test_seconds_to_nine_in_nairobi(now, seconds):
    moment = dt.datetime.fromisoformat(now).timestamp()
    shown = clock.Clock(source=lambda: moment)
    assert shown.until_next(dt.time(9), zoneinfo.ZoneInfo("Africa/Nairobi")) == seconds


def test_time_seen_is_not_unseen():
    shown = clock.Clock(source=lambda: 0.0)
    for wrong in (-1, float("nan")):
        with pytest.raises(ValueError, match="forward"):
            shown.forward(wrong)
