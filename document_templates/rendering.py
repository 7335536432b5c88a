"""A plan made into a Word file by a process of its own, so that no template can hold up, read or fill the bot."""

from __future__ import annotations

import asyncio
import pathlib
import signal
import sys

import msgspec
import structlog

from document_templates import archive, child, contents, errors, office
from planning import nouns

STANDARD_TEMPLATE = pathlib.Path(__file__).with_name("plan.docx")
PROCESSOR_SECONDS = 30
MEMORY_BYTES = 1_500_000_000
SECONDS = 60.0
"""Wall clock for one rendering; the processor limit ends a loop, this ends a wait."""

_ROOT = pathlib.Path(__file__).parent.parent
_log = structlog.get_logger(__name__)


async def render(
    plan: nouns.Plan | bytes,
    *,
    template: pathlib.Path | None = None,
    language: str = "en",
    version: str = "",
    page_numbers: bool = True,
    processor_seconds: int = PROCESSOR_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    seconds: float = SECONDS,
) -> bytes:
    """The plan (a value, or its JSON) as a .docx; `version` is empty for a draft.

    Page numbers in the contents list are measured by LibreOffice; without it, or without
    `page_numbers`, the list has links only. Raises `errors.TemplateError`.
    """
    plan_json = plan if isinstance(plan, bytes) else msgspec.json.encode(plan)
    data = await asyncio.to_thread((template or STANDARD_TEMPLATE).read_bytes)
    await asyncio.to_thread(archive.check, data)
    request = child.Request(plan=msgspec.Raw(plan_json), template=data, language=language, version=version)
    if page_numbers and office.present():
        stand_ins = msgspec.structs.replace(request, pages=())
        made = await _run(stand_ins, processor_seconds, memory_bytes, seconds)
        pages = await _pages(made)
        if pages is not None:
            return await asyncio.to_thread(contents.numbered, made, pages)
    return await _run(request, processor_seconds, memory_bytes, seconds)


def render_blocking(
    plan: nouns.Plan | bytes,
    *,
    template: pathlib.Path | None = None,
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
        return await office.heading_pages(document) or None
    except office.OfficeError as problem:
        _log.warning("page numbers not measured", problem=str(problem))
        return None


async def _run(request: child.Request, processor_seconds: int, memory_bytes: int, seconds: float) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        child.__name__,
        str(processor_seconds),
        str(memory_bytes),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # nothing of ours is inherited: the environment holds the bot's token
        env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        cwd="/",
    )
    try:
        async with asyncio.timeout(seconds):
            made, said = await process.communicate(msgspec.json.encode(request))
    except TimeoutError:
        raise errors.TemplateError(
            f"The document was not ready after {seconds:.0f} seconds, so its making was stopped; "
            "look for loops in the template."
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == child.DONE:
        return made
    words = said.decode(errors="replace").strip()
    if process.returncode == child.REFUSED:
        raise errors.TemplateError(words)
    if process.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise errors.TemplateError(
            f"The template computes for more than {processor_seconds} seconds, so it was stopped; look for loops within loops."
        )
    _log.error("rendering failed", exit_code=process.returncode, said=words[-2000:])
    raise errors.TemplateError(
        "The document could not be made; the template may need more memory than is allowed, or the log says why."
    )
