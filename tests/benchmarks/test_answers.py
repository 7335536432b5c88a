"""The benchmarks of turns, storage and reminders: each measures what it names, beside its peer, in one run."""

from __future__ import annotations

from benchmarks import reminders, storage, turns


async def test_a_second_of_answers_beside_single_inserts() -> None:
    figures, room = await storage.measure(writers=4, seconds=0.2, assessments=(1, 3))
    beside, grown = figures[:4], figures[4:]
    assert beside[0].ratio == 1.0
    assert all(one.answers_a_second > 0 and one.p50_ms <= one.p99_ms for one in figures)
    assert beside[2].ratio == beside[2].answers_a_second / beside[0].answers_a_second
    assert [one.what for one in grown] == [
        "durable turns among 1 assessments",
        "durable turns among 3 assessments",
    ]
    assert room.answers == storage.SECTIONS * storage.ANSWERS
    assert room.bytes_an_answer > len("1000"), "nothing was written"


async def test_looks_among_reminders_beside_a_job_store() -> None:
    figures = await reminders.measure(pending=(300, 600), looks=5, due=30)
    looks = [one for one in figures if one.what == reminders.IDLE]
    assert [one.pending for one in looks] == [300, 600]
    assert looks[1].ratio == looks[1].median_us / looks[0].median_us
    assert any("APScheduler" in one.what for one in figures)
    assert [one.pending for one in figures if one.what == reminders.STALL] == [30]


async def test_every_message_is_answered_by_every_bot() -> None:
    figures, notes = await turns.measure(people=3, messages=6, rounds=1, latencies=(0.001,))
    here = {one.bot for one in figures}
    assert {"python-telegram-bot", "groundwork"} <= here
    assert ("aiogram" in here) is (not notes)
    assert all(one.answers_a_second > 0 and one.messages == 6 for one in figures)
    assert [one.ratio for one in figures if one.bot == "python-telegram-bot"] == [1.0]
