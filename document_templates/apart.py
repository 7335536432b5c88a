"""Computing apart: jobs are done by processes beside the bot's, so that nothing can hold it up, read it or fill it.

A process that is kept does one job after the other, with what it has imported and computed at hand, until nothing
was asked of it for a while. A job that holds something of a stranger's has a process of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import weakref

import msgspec
import structlog

from document_templates import child, errors, findings, places, worker
from flows import expressions

SECONDS = 600.0
"""Wall clock for one job. What counts is processor time; this ends what hangs, and is long because a machine
that does much else gives a job that stands back a tenth of a processor."""

IDLE_SECONDS = 300.0
"""A kept process ends after so long: who reads a plan asks again within minutes, and it holds 200 MB."""

KEPT_BYTES = 600_000_000
"""A kept process that once took more is not kept: it would not give the memory back."""


WRITTEN_BYTES = 100_000_000
"""In a file of a kept process: openpyxl keeps each sheet in one for a moment. What is a stranger's writes none."""


class Limits(msgspec.Struct, frozen=True):
    """What one job may use."""

    processor_seconds: int
    memory_bytes: int
    seconds: float = SECONDS


OURS = Limits(90, 1_500_000_000)
"""For our own computing and our own template: a plan of two hundred branches stays below."""


async def do(
    job: child.Job, limits: Limits = OURS, *, order: str = places.SHORT, kept: bool = False
) -> bytes:
    """What comes of a job, done by a process of its own or, for what is ours alone, by one that is `kept`.

    Whoever has the smallest `order` is served first. Raises `errors.TemplateError`, and
    `expressions.TooHeavyError` where a form computes too much.
    """
    asked = child.call(job, limits.processor_seconds)
    shared = _shared()
    try:
        async with shared.places.place(order):
            answer = await shared.do(asked, limits, kept=kept)
    except TimeoutError:
        raise errors.TemplateError(findings.Finding("waiting", {"seconds": f"{limits.seconds:g}"})) from None
    except worker.EndedError as problem:
        raise errors.TemplateError(_ended(problem, limits)) from None
    match answer.outcome:
        case child.Outcome.DONE:
            return answer.body
        case child.Outcome.REFUSED:
            raise errors.TemplateError(msgspec.json.decode(answer.body, type=findings.Finding))
        case child.Outcome.TOO_HEAVY:
            raise expressions.TooHeavyError(answer.body.decode())
        case child.Outcome.FAULT:
            _log.error("job failed", job=asked.name, said=answer.body.decode()[-worker.LAST_WORDS :])
            raise errors.TemplateError(findings.Finding("fault"))


def place(order: str = places.SHORT) -> contextlib.AbstractAsyncContextManager[None]:
    """A place among the jobs, for another program that computes."""
    return _shared().places.place(order)


async def close() -> None:
    """End the processes that this event loop keeps."""
    await _shared().close()


class _Shared:
    """What the jobs of one event loop share."""

    def __init__(self) -> None:
        self.places = places.Places()
        self._kept: list[tuple[worker.Worker, asyncio.TimerHandle]] = []
        self._ending: set[asyncio.Task[None]] = set()

    async def do(self, asked: child.Call, limits: Limits, *, kept: bool) -> child.Answer:
        """What comes of a job; the process that did it is kept or ended."""
        one = self._taken() if kept else None
        if one is None:
            one = await worker.Worker.start(limits.memory_bytes, WRITTEN_BYTES if kept else 0)
        answer = None
        try:
            async with asyncio.timeout(limits.seconds):
                answer = await one.do(asked)
            return answer
        finally:
            if kept and answer is not None and answer.memory_bytes <= KEPT_BYTES:
                ends = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._expire, one)
                self._kept.append((one, ends))
            else:
                await one.end()

    async def close(self) -> None:
        """End what is kept."""
        while self._kept:
            one, ends = self._kept.pop()
            ends.cancel()
            await one.end()
        if self._ending:
            await asyncio.wait(self._ending)

    def _taken(self) -> worker.Worker | None:
        """The kept process that was busy last: it has the most at hand."""
        while self._kept:
            one, ends = self._kept.pop()
            ends.cancel()
            if one.lives:
                return one
            self._end(one)
        return None

    def _expire(self, one: worker.Worker) -> None:
        self._kept = [kept for kept in self._kept if kept[0] is not one]
        self._end(one)

    def _end(self, one: worker.Worker) -> None:
        ending = asyncio.create_task(one.end())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


_all: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Shared] = weakref.WeakKeyDictionary()
_log = structlog.get_logger(__name__)


def _shared() -> _Shared:
    return _all.setdefault(asyncio.get_running_loop(), _Shared())


def _ended(problem: worker.EndedError, limits: Limits) -> findings.Finding:
    """What to say of a process that ended in the middle."""
    if problem.code == -signal.SIGXCPU:
        return findings.Finding("processor", {"seconds": str(limits.processor_seconds)})
    if problem.code == -signal.SIGKILL:  # nobody here does that to a process that is awaited
        _log.error("job was killed from outside")
        return findings.Finding("killed")
    _log.error("job ended its process", exit_code=problem.code, said=problem.said)
    return findings.Finding("fault")
