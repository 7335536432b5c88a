"""Templates checked and plans made apart, so that no template can hold up, read or fill the bot."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Mapping

import msgspec
import structlog

from document_templates import apart, archive, errors, findings, jobs, office, places
from planning import asked, nouns

STANDARD_TEMPLATE = pathlib.Path(__file__).with_name("plan.docx")

STRANGERS = apart.Limits(4, 1_000_000_000)
"""For the check of a template that nobody has looked at yet; one of the standard template's size takes half of it."""

PHOTO = apart.Limits(5, 1_000_000_000)
"""For one photo of somebody's: fifty million pixels take two seconds and half of it."""

NOT_SIGNED = nouns.SignOff()
"""Of a plan whose sign-off has not begun."""

_log = structlog.get_logger(__name__)


async def check(template: bytes, limits: apart.Limits = STRANGERS) -> list[findings.Finding]:
    """What is wrong with a template, found without filling it; empty where it may be used."""
    try:
        made = await apart.do(jobs.Check(template), limits)
    except errors.TemplateError as refusal:
        return [refusal.finding]
    return msgspec.json.decode(made, type=list[findings.Finding])


async def render(
    plan: nouns.Plan | bytes | asked.Answers,
    *,
    template: bytes | None = None,
    language: str = "en",
    version: str = "",
    history: tuple[nouns.Issue, ...] = (),
    sign_off: nouns.SignOff = NOT_SIGNED,
    page_numbers: bool = True,
    photos: Mapping[str, bytes] | None = None,
    limits: apart.Limits = apart.OURS,
    order: str = places.SHORT,
) -> bytes:
    """The plan (a value, its JSON, or the answers that it is made of) as a .docx; `version` is empty for a draft.

    Page numbers in the contents list are measured by LibreOffice; without it, or without
    `page_numbers`, the list has links only. `photos` are those that `shrink` made, by file id.
    `history` and `sign_off` go with answers; a plan has its own. Raises `errors.TemplateError`.
    """
    data = template if template is not None else await asyncio.to_thread(STANDARD_TEMPLATE.read_bytes)
    await asyncio.to_thread(archive.check, data)
    request = jobs.Render(
        template=data,
        plan=msgspec.json.encode(plan) if isinstance(plan, nouns.Plan) else plan,
        language=language,
        version=version,
        history=history,
        sign_off=sign_off,
        photos=dict(photos or {}),
    )
    # only who asks about answers asks again, and a stranger's template is filled by no process that does others' work
    kept = isinstance(plan, asked.Answers) and template is None
    if page_numbers and office.present():
        stand_ins = msgspec.structs.replace(request, pages=())
        made = await apart.do(stand_ins, limits, order=order, kept=kept)
        pages = await _pages(made, order)
        numbered = await apart.do(jobs.Number(made, pages), limits, order=order, kept=kept) if pages else b""
        if numbered:
            return numbered
    return await apart.do(request, limits, order=order, kept=kept)


async def shrink(photo: bytes, limits: apart.Limits = PHOTO) -> bytes:
    """A photo as a plan prints it, made by a process of its own; empty where it cannot be shown."""
    try:
        return await apart.do(jobs.Shrink(photo), limits)
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


async def _pages(document: bytes, order: str) -> tuple[str, ...]:
    """The words of each page; none when LibreOffice fails, since a list without numbers beats no document."""
    try:
        async with apart.place(order):
            return tuple(await office.page_texts(await office.to_pdf(document)))
    except office.OfficeError as problem:
        _log.warning("page numbers not measured", problem=str(problem))
        return ()
