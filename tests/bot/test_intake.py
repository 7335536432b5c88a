"""What Telegram hands out is kept once and called for once; and what a file really holds counts, not what was announced."""

from __future__ import annotations

import pytest

from bot import application, clock, limits
from bot.operations import health, metrics
from bot.receiving import fetching, intake, order
from flows import nouns
from storage import memory
from tests.bot import running


class Inbox:
    """An intake over a memory, with those that it called for."""

    def __init__(self) -> None:
        self.storage = memory.MemoryStorage()
        self.seen = metrics.Metrics()
        self.called: list[int] = []
        self.intake = intake.Intake(self.storage, clock.SystemClock(), self._queue, self.seen)

    async def _queue(self, waiting: order.Waiting) -> None:
        self.called.append(waiting.person)
        self.intake.heard(waiting.person)


def update(number: int, person: int = 7) -> running.JSON:
    message = {"message_id": number, "from": {"id": person, "first_name": "Ekai"}, "text": "x"}
    return {"update_id": number, "message": message}


async def test_an_update_that_comes_again_is_kept_and_called_for_once() -> None:
    inbox = Inbox()
    await inbox.storage.open()
    await inbox.intake.keep([update(2), update(1)])
    await inbox.intake.keep([update(2), update(3, person=8)])
    assert [kept.update_id for kept in await inbox.storage.waiting()] == [1, 2, 3]
    assert inbox.called == [7, 7, 8]


async def test_an_empty_answer_is_no_sign_that_anything_can_be_saved() -> None:
    inbox = Inbox()
    await inbox.storage.open()
    await inbox.intake.keep([])
    assert inbox.seen.silent_for(health.STORAGE) is None
    await inbox.intake.keep([update(1)])
    assert inbox.seen.silent_for(health.STORAGE) is not None


async def test_a_file_that_is_larger_than_it_was_said_to_be_is_not_taken(
    stopped: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    ekai = stopped.person(running.EKAI)
    async with application.make_bot(stopped.settings) as bot:
        await ekai.start()
        sent = await ekai.send_file("map.pdf", b"x" * 101)
        announced = nouns.Attachment(file_id=sent["document"]["file_id"], kind="file", size=1)
        fetch = fetching.Fetcher(bot)
        assert await fetch(announced) == b"x" * 101
        monkeypatch.setattr(limits, "FETCHED_BYTES", 100)
        with pytest.raises(fetching.FetchError, match=r"problem\.file_too_large"):
            await fetch(announced)
