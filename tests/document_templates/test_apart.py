"""Computing apart: what comes back, which process did it, and how hogs, faults and a dead bot end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import resource
import signal
import sys
from collections.abc import AsyncIterator

import pytest
import structlog

from document_templates import apart, child, errors
from flows import expressions
from tests.document_templates import odd_jobs

LITTLE = apart.Limits(2, 1_500_000_000)


@pytest.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    yield
    await apart.close()


async def pid(*, kept: bool) -> int:
    return int((await apart.do(odd_jobs.Who(), kept=kept)).split()[0])


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in pathlib.Path(f"/proc/{process}/status").read_text()


async def test_a_job_is_done_whatever_is_printed_meanwhile() -> None:
    assert await apart.do(odd_jobs.Double("ab" * 100_000), kept=True) == b"ab" * 200_000


async def test_a_kept_process_does_the_next_job_and_stands_back() -> None:
    first = await apart.do(odd_jobs.Who(), kept=True)
    assert await apart.do(odd_jobs.Who(), kept=True) == first
    assert int(first.split()[1]) >= child.NICENESS


async def test_other_jobs_have_a_process_of_their_own_that_ends_with_them() -> None:
    kept, other = await pid(kept=True), await pid(kept=False)
    assert kept != other
    assert (lives(kept), lives(other)) == (True, False)
    await apart.close()
    assert not lives(kept)


async def test_a_kept_process_ends_when_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "IDLE_SECONDS", 0.0)
    one = await pid(kept=True)
    await asyncio.sleep(0)
    await apart.close()
    assert not lives(one)
    assert await pid(kept=True) != one


async def test_a_process_that_took_much_memory_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "KEPT_BYTES", 1)
    assert not lives(await pid(kept=True))


async def test_what_the_bot_itself_holds_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    monkeypatch.setattr(apart, "KEPT_BYTES", ours - 1)
    assert lives(await pid(kept=True))


@pytest.mark.parametrize(
    ("job", "says"),
    [
        pytest.param(odd_jobs.Spin(), "more than 2 seconds, so it was stopped", id="a processor hog"),
        pytest.param(odd_jobs.Stumble("memory"), "more memory", id="a memory hog"),
        pytest.param(odd_jobs.Stumble("death"), "could not be made", id="the process dies"),
        pytest.param(odd_jobs.Stumble("killed"), "memory was full", id="the kernel kills the process"),
        pytest.param(odd_jobs.Stumble("fault"), "could not be made", id="a fault of ours"),
    ],
)
async def test_what_goes_wrong_is_a_sentence_and_the_next_job_is_done(job: child.Job, says: str) -> None:
    with pytest.raises(errors.TemplateError, match=says):
        await apart.do(job, LITTLE, kept=True)
    assert await apart.do(odd_jobs.Double("a"), kept=True) == b"aa"


async def test_a_form_that_is_too_heavy_is_named() -> None:
    with pytest.raises(expressions.TooHeavyError, match=r"^Cooling: "):
        await apart.do(odd_jobs.Stumble("too heavy"))


async def test_a_kept_process_that_was_killed_is_replaced() -> None:
    one = await pid(kept=True)
    [(kept, _)] = apart._shared()._kept
    os.kill(one, signal.SIGKILL)
    async with asyncio.timeout(60):
        while kept.lives:  # noqa: ASYNC110 - another process's end rings no bell
            await asyncio.sleep(0.01)
    assert await apart.do(odd_jobs.Double("a"), kept=True) == b"aa"


async def test_who_interrupts_the_bot_at_a_terminal_does_not_interrupt_a_job() -> None:
    one = await pid(kept=True)
    assert os.getpgid(one) != os.getpgid(0)


async def test_a_job_that_is_called_off_ends_its_process() -> None:
    one = await pid(kept=True)
    spinning = asyncio.create_task(apart.do(odd_jobs.Spin(), kept=True))
    await asyncio.sleep(0.05)
    spinning.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await spinning
    assert not lives(one)


ASKS = """
import asyncio
from document_templates import apart
from tests.document_templates import odd_jobs

async def main():
    print((await apart.do(odd_jobs.Who(), kept=True)).decode(), flush=True)
    await apart.do(odd_jobs.Spin(), kept=True)

asyncio.run(main())
"""


async def test_no_process_outlives_a_bot_that_is_killed() -> None:
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ASKS, stdout=asyncio.subprocess.PIPE, cwd=pathlib.Path(__file__).parents[2]
    )
    assert bot.stdout is not None
    one = int((await bot.stdout.readline()).split()[0])
    assert lives(one)
    bot.kill()
    await bot.wait()
    async with asyncio.timeout(20):
        while lives(one):  # noqa: ASYNC110 - another process's end rings no bell
            await asyncio.sleep(0.01)


async def test_our_own_jobs_may_write_a_file_for_a_moment_and_no_strangers() -> None:
    assert await apart.do(odd_jobs.Jot(), kept=True) == b"a sheet"
    with pytest.raises(errors.TemplateError):
        await apart.do(odd_jobs.Jot())


@pytest.mark.parametrize(
    ("way", "event", "told"),
    [
        pytest.param("fault", "job failed", "ZeroDivisionError", id="a fault of ours"),
        pytest.param("death", "job ended its process", "", id="a process that is gone"),
        pytest.param("exit", "job ended its process", "", id="a library ends it"),
        pytest.param("interrupt", "job ended its process", "KeyboardInterrupt", id="it is interrupted"),
        pytest.param(
            "crash",
            "job ended its process",
            "Fatal Python error: Aborted",
            id="a library written in C crashes",
        ),
    ],
)
async def test_what_ended_a_job_is_logged_by_place_and_kind_without_what_it_was_given(
    way: str, event: str, told: str
) -> None:
    with structlog.testing.capture_logs() as lines, pytest.raises(errors.TemplateError) as refused:
        await apart.do(odd_jobs.Stumble(way, "Asha owes 1250"))
    [said] = [line["said"] for line in lines if line["event"] == event]
    assert told in said
    assert ("odd_jobs.py" in said) == bool(told)
    assert "Asha" not in f"{lines}{refused.value}"
