"""Row 12: every bad template, checked and, past the check, filled, by the processes that the bot has for it."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import NamedTuple

from bot import sample
from bot.documents import templates as previews
from document_templates import child, errors, findings, rendering
from planning import asked, nouns
from tests.bot import running
from tests.document_templates import bad_templates, templates, test_rendering
from tests.reliability import figures, memory

SECONDS, MEGABYTES = 5.0, 1024.0

COMPUTED = previews.PREVIEW.processor_seconds + 1.0
"""Seconds that the filling of a preview may compute, and what its process needs to be there."""

EVERY_IN_CI = 20
"""Of all templates, one in so many."""

LOOK_SECONDS = 0.005
"""How often the kernel is asked for the most that the process ever held."""

FAULT = "fault"
"""The finding that says that something of ours went wrong."""

TELLING = ("uid=", "root:x:0", "<class ", "os.popen")
"""What a document would hold if a template had run what it holds, or had reached into Python."""


def code_in(mark: pathlib.Path) -> list[bad_templates.Bad]:
    """Templates that would leave a file of this name if anything of theirs ran."""
    make = f"touch {mark}"
    begin = "{{ ''.__class__.__mro__[1].__subclasses__()"
    words = (
        f"{{{{ lipsum.__globals__['os'].system('{make}') }}}}",
        f"{{{{ cycler.__init__.__globals__.os.system('{make}') }}}}",
        f"{{{{ self.__init__.__globals__.__builtins__.__import__('os').system('{make}') }}}}",
        f"{{{{ self._TemplateReference__context.environment.compile_expression('{make}') }}}}",
        f"{{{{ ''['__class__']['__base__']['__subclasses__']()[140]('{make}', shell=True) }}}}",
        "{{ institution|attr('__class__')|attr('__init__')|attr('__globals__') }}",
        f"{{{{ institution.name.format.__globals__['os'].system('{make}') }}}}",
        f"{{% set x = namespace.__init__.__globals__ %}}{{{{ x.os.system('{make}') }}}}",
        f"{{% for c in [].__class__.__base__.__subclasses__() %}}{{{{ c('{mark}', 'w') }}}}{{% endfor %}}",
        f"{begin} | map('string') | list }}}}",
    )
    return [
        bad_templates.Bad(f"code {number}", lambda said=said: templates.made(said), "")  # type: ignore[misc]
        for number, said in enumerate(words, 1)
    ]


HOGS = (
    bad_templates.Bad("loops in loops", lambda: templates.made(test_rendering.DEEP), ""),
    bad_templates.Bad("text that doubles forty times", lambda: templates.made(test_rendering.GROWING), ""),
)
"""Without end, as far as anybody lives: one takes time, one memory."""


class End(NamedTuple):
    """How it ended with a template."""

    name: str
    seconds: float
    processor: float
    """Seconds that the process computed."""
    megabytes: float
    findings: Sequence[findings.Finding]
    document: bytes = b""
    """What came of it where nothing was found."""

    @property
    def told(self) -> bool:
        """Whether a sentence was all that came of it."""
        return bool(self.findings) and all(found.code != FAULT for found in self.findings)


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Check all of them, then fill those that hold code or know no end as if no check had been there."""
    mark = folder / "ran"
    code = code_in(mark)
    every = 1 if full else EVERY_IN_CI
    checked = [await _checked(bad) for bad in [*bad_templates.ALL, *HOGS, *code][::every]]
    hidden = [*HOGS, *code, *bad_templates.CODE, *bad_templates.HOGS] if full else [HOGS[1], code[0]]
    plan = asked.Answers.of(sample.answers(), "en", running.NOW.date()).plan()
    filled = [await _filled(bad, plan) for bad in hidden]
    for end in (*checked, *(each for each in filled if not each.document)):
        if not end.told:
            print(f"no sentence: {end.name}: {end.findings}", file=sys.stderr)
    seconds = round(max(end.seconds for end in checked), 1)
    computed = round(max(end.processor for end in filled), 1)
    return [
        figures.count("bad templates checked", len(checked)),
        figures.none("of them not refused with a sentence", sum(not end.told for end in checked)),
        # among other tests on a busy machine a time is told and not judged
        figures.at_most("seconds until the slowest check ended", seconds, SECONDS)
        if full
        else figures.count("seconds until the slowest check ended", seconds),
        _megabytes("MB that the process of a check held at most", checked),
        figures.count("of them filled as if no check had refused them", len(filled)),
        figures.none("of these that ran code, or told what code would", _ran(mark, filled)),
        figures.none(
            "of these that ended with anything but a sentence or a document",
            sum(not end.told and not end.document for end in filled),
        ),
        figures.at_most(
            "seconds that one of these computed before it was ended, at most", computed, COMPUTED
        ),
        _megabytes("MB that the process that filled one held at most", filled),
    ]


def _megabytes(what: str, ends: Sequence[End]) -> figures.Figure:
    return figures.at_most(what, round(max(end.megabytes for end in ends)), MEGABYTES)


def _ran(mark: pathlib.Path, filled: Sequence[End]) -> int:
    telling = (templates.words(end.document) for end in filled if end.document)
    return mark.exists() + sum(any(word in said for word in TELLING) for said in telling)


async def _checked(bad: bad_templates.Bad) -> End:
    template = bad.make()
    async with _watched() as watched:
        found = await rendering.check(template)
    return End(bad.name, watched.seconds, watched.processor, watched.megabytes, found)


async def _filled(bad: bad_templates.Bad, plan: nouns.Plan) -> End:
    """As the bot makes the preview of a template that it has checked."""
    template, found, made = bad.make(), [], b""
    async with _watched() as watched:
        try:
            made = await rendering.render(
                plan, template=template, page_numbers=False, limits=previews.PREVIEW
            )
        except errors.TemplateError as refusal:
            found = [refusal.finding]
    return End(bad.name, watched.seconds, watched.processor, watched.megabytes, found, made)


class _Watched:
    """What the process beside us takes meanwhile."""

    seconds = 0.0
    processor = 0.0
    megabytes = 0.0

    async def look(self) -> None:
        """Look again and again."""
        while True:
            for process in _processes():
                with contextlib.suppress(OSError, IndexError):  # it is over
                    self.megabytes = max(self.megabytes, memory.megabytes(process, memory.MOST))
            await asyncio.sleep(LOOK_SECONDS)


@contextlib.asynccontextmanager
async def _watched() -> AsyncIterator[_Watched]:
    watched, began, computed = _Watched(), time.monotonic(), _computed()
    looking = asyncio.create_task(watched.look())
    try:
        yield watched
    finally:
        watched.seconds, watched.processor = time.monotonic() - began, _computed() - computed
        looking.cancel()
        await _over(looking)


def _computed() -> float:
    """Seconds that processes of ours which have ended computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _over(task: Awaitable[None]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _processes() -> list[str]:
    """The numbers of the processes that compute for this one."""
    children = (
        file.read_text("ascii").split() for file in pathlib.Path("/proc/self/task").glob("*/children")
    )
    return [number for each in children for number in each if child.__name__ in _command(number)]


def _command(number: str) -> str:
    try:
        return pathlib.Path(f"/proc/{number}/cmdline").read_text("utf-8", "replace")
    except OSError:  # it is over
        return ""
