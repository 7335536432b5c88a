"""Templates checked and plans made by processes of their own, so that no template can hold up, read or fill the bot."""

from __future__ import annotations

import asyncio
import pathlib
import signal
import sys
import weakref
from collections.abc import Mapping

import msgspec
import structlog

from document_templates import archive, child, contents, errors, findings, office
from planning import nouns

STANDARD_TEMPLATE = pathlib.Path(__file__).with_name("plan.docx")
SECONDS = 60.0
"""Wall clock for one process; the processor limit ends a loop, this ends a wait."""

AT_ONCE = 2
"""Processes side by side: more would only wait for each other and fill the memory."""


class Limits(msgspec.Struct, frozen=True):
    """What one process may use."""

    processor_seconds: int
    memory_bytes: int
    seconds: float = SECONDS


OURS = Limits(30, 1_500_000_000)
"""For the standard template, or one that was taken: a plan of two hundred branches stays below."""
STRANGERS = Limits(4, 1_000_000_000)
"""For the check of a template that nobody has looked at yet; one of the standard template's size takes half of it."""

PHOTO = Limits(5, 1_000_000_000)
"""For one photo of somebody's: fifty million pixels take two seconds and half of it."""

_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = weakref.WeakKeyDictionary()
_ROOT = pathlib.Path(__file__).parent.parent
_log = structlog.get_logger(__name__)


async def check(template: bytes, limits: Limits = STRANGERS) -> list[findings.Finding]:
    """What is wrong with a template, found without filling it; empty where it may be used."""
    try:
        made = await _run(child.Check(template), limits)
    except errors.TemplateError as refusal:
        return [refusal.finding]
    return msgspec.json.decode(made, type=list[findings.Finding])


async def render(
    plan: nouns.Plan | bytes,
    *,
    template: bytes | None = None,
    language: str = "en",
    version: str = "",
    page_numbers: bool = True,
    photos: Mapping[str, bytes] | None = None,
    limits: Limits = OURS,
) -> bytes:
    """The plan (a value, or its JSON) as a .docx; `version` is empty for a draft.

    Page numbers in the contents list are measured by LibreOffice; without it, or without
    `page_numbers`, the list has links only. `photos` are those that `shrink` made, by file id. Raises `errors.TemplateError`.
    """
    plan_json = plan if isinstance(plan, bytes) else msgspec.json.encode(plan)
    data = template if template is not None else await asyncio.to_thread(STANDARD_TEMPLATE.read_bytes)
    await asyncio.to_thread(archive.check, data)
    request = child.Render(
        template=data,
        plan=msgspec.Raw(plan_json),
        language=language,
        version=version,
        photos=dict(photos or {}),
    )
    if page_numbers and office.present():
        stand_ins = msgspec.structs.replace(request, pages=())
        made = await _run(stand_ins, limits)
        pages = await _pages(made)
        if pages is not None:
            return await asyncio.to_thread(contents.numbered, made, pages)
    return await _run(request, limits)


async def shrink(photo: bytes, limits: Limits = PHOTO) -> bytes:
    """A photo as a plan prints it, made by a process of its own; empty where it cannot be shown."""
    try:
        return await _run(child.Shrink(photo), limits)
    except errors.TemplateError:
        return b""


def check_blocking(template: bytes) -> list[findings.Finding]:
    """`check` for a caller without an event loop."""
    return asyncio.run(check(template))


def render_blocking(
    plan: nouns.Plan | bytes,
    *,
    template: bytes | None = None,
    language: str = "en",
    version: str = "",
    page_numbers: bool = True,
) -> bytes:
    """`render` for a caller without an event loop."""
    return asyncio.run(
        render(plan, template=template, language=language, version=version, page_numbers=page_numbers)
    )


async def _pages(document: bytes) -> tuple[int, ...] | None:
    """The measured pages; None when LibreOffice fails, since a list without numbers beats no document."""
    try:
        async with _turn():
            return await office.heading_pages(document) or None
    except office.OfficeError as problem:
        _log.warning("page numbers not measured", problem=str(problem))
        return None


def _turn() -> asyncio.Semaphore:
    """Where processes wait for their turn, for each event loop one."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _run(request: child.Check | child.Render | child.Shrink, limits: Limits) -> bytes:
    async with _turn():
        code, made, said = await _called(request, limits)
    if code == child.DONE:
        return made
    if code == child.REFUSED:
        raise errors.TemplateError(msgspec.json.decode(said, type=findings.Finding))
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise errors.TemplateError(findings.Finding("processor", {"seconds": str(limits.processor_seconds)}))
    words = said.decode(errors="replace").strip()
    _log.error("rendering failed", exit_code=code, said=words[-2000:])
    raise errors.TemplateError(findings.Finding("fault"))


async def _called(
    request: child.Check | child.Render | child.Shrink, limits: Limits
) -> tuple[int | None, bytes, bytes]:
    """The process's exit code, and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        child.__name__,
        str(limits.processor_seconds),
        str(limits.memory_bytes),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # nothing of ours is inherited: the environment holds the bot's token
        env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        cwd="/",
    )
    try:
        async with asyncio.timeout(limits.seconds):
            made, said = await process.communicate(msgspec.json.encode(request))
    except TimeoutError:
        raise errors.TemplateError(findings.Finding("waiting", {"seconds": f"{limits.seconds:g}"})) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, made, said
