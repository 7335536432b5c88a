"""A file that somebody sent, on Telegram's bad days: the bot asks again before it asks the person to send it again."""

from __future__ import annotations

import time

import msgspec
import pytest

from bot import application, limits
from bot.practice import faults
from bot.receiving import fetching
from bot.sending import calling, transport
from flows import nouns
from tests.bot import running
from tests.bot.running import JSON, words

READ = "This is no XLSForm"
"""What is said of the file once it was had."""

AGAIN = "I could not fetch the file from Telegram. Send it again in a minute."


class Noted(faults.Switches, kw_only=True):
    """Notes when each file was asked for, and what the fault was."""

    calls: list[tuple[float, str]] = msgspec.field(default_factory=list)

    def next_fault(self, method: str, person_id: int | None) -> faults.Fault | None:
        """What happens to this call."""
        if method in ("getFile", faults.CONTENT):
            self.calls.append((time.monotonic(), method))
        return super().next_fault(method, person_id)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """It tries again at once; where Telegram asks to wait it waits as long all the same."""
    monkeypatch.setattr(calling, "pause", lambda *_: 0.0)


async def sends(bot: running.Running, fault: JSON) -> tuple[str, Noted]:
    """What the manager is told of a file while that fault is on, and the calls that it took."""
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/survey")
    bot.world.switches = noted = Noted(rate_limits=False, faults=[msgspec.convert(fault, faults.Fault)])
    return words(await bot.after(manager, manager.send_file("cooling.md", b"no questionnaire"))), noted


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "method",
    [pytest.param("getFile", id="where it is"), pytest.param(faults.CONTENT, id="its content")],
)
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"code": 500}, id="an internal error"),
        pytest.param({"code": 502}, id="a bad gateway"),
        pytest.param({"code": 429}, id="too many, for how long is not said"),
        pytest.param({"cut": "before"}, id="a line that is cut"),
    ],
)
async def test_what_stumbles_twice_is_had_at_the_third_try(
    planted: running.Running, method: str, fault: JSON
) -> None:
    said, _ = await sends(planted, {"method": method, "times": limits.FETCH_TRIES - 1, **fault})
    assert READ in said


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("fault", "tries", "tells"),
    [
        pytest.param({"code": 502}, limits.FETCH_TRIES, AGAIN, id="a bad gateway again and again"),
        pytest.param({"code": 200}, limits.FETCH_TRIES, AGAIN, id="an answer without a result"),
        pytest.param({"retry_after": 3600}, 1, AGAIN, id="a wait that is too long for who waits for it"),
        pytest.param({"code": 400}, 1, "does not give me this file any more", id="a file that is gone"),
        pytest.param({"code": 403}, 1, AGAIN, id="one that the bot may not have"),
    ],
)
async def test_what_does_not_come_is_asked_for_again(
    planted: running.Running, fault: JSON, tries: int, tells: str
) -> None:
    said, noted = await sends(planted, {"method": "getFile", **fault})
    assert tells in said
    assert [method for _, method in noted.calls] == ["getFile"] * tries


@pytest.mark.usefixtures("hasty")
async def test_as_long_as_telegram_asks_is_waited_and_no_longer_than_so_often(
    planted: running.Running,
) -> None:
    said, noted = await sends(planted, {"method": "getFile", "retry_after": 1})
    assert AGAIN in said
    (first, _), (second, _), (third, _) = noted.calls
    assert min(second - first, third - second) >= 1


@pytest.mark.usefixtures("hasty")
async def test_who_waited_for_a_line_that_is_dead_does_not_wait_three_times(
    stopped: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("READ_SECONDS", "CONNECT_SECONDS"):
        monkeypatch.setattr(transport, patience, 0.1)
    stopped.world.switches = noted = Noted(faults=[faults.Fault(method="getFile", latency=3600)])
    async with application.make_bot(stopped.settings) as bot:
        with pytest.raises(fetching.FetchError, match=fetching.NOT_FETCHED):
            await fetching.Fetcher(bot)(nouns.Attachment(file_id="x", kind="file", size=1))
    assert len(noted.calls) == 1
