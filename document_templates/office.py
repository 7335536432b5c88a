"""LibreOffice as a second pair of eyes: turns a document into pages and tells on which page each heading stands."""

from __future__ import annotations

import asyncio
import io
import os
import pathlib
import re
import shutil
import tempfile

import docx

from document_templates import child, contents

SECONDS = 90.0
"""Wall clock for one conversion; a first start on a slow machine takes about twenty seconds."""


class OfficeError(Exception):
    """LibreOffice or poppler failed; the message says how."""


def present() -> bool:
    """Whether LibreOffice and poppler's pdftotext can be called here."""
    return shutil.which("soffice") is not None and shutil.which("pdftotext") is not None


def prints() -> bool:
    """Whether LibreOffice can be called here to make a PDF."""
    return shutil.which("soffice") is not None


async def to_pdf(document: bytes) -> bytes:
    """The .docx as LibreOffice would print it. Raises `OfficeError`."""
    with tempfile.TemporaryDirectory(prefix="groundwork-") as folder:
        place = pathlib.Path(folder)
        (place / "plan.docx").write_bytes(document)
        await _call(
            "soffice",
            # a profile of its own, so that conversions side by side do not wait for one another
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(place / "plan.docx"),
            home=folder,
        )
        printed = place / "plan.pdf"
        if not printed.exists():
            raise OfficeError("LibreOffice made no PDF of the document")
        return printed.read_bytes()


async def page_texts(pdf: bytes) -> list[str]:
    """The words of each page. Raises `OfficeError`."""
    with tempfile.TemporaryDirectory(prefix="groundwork-") as folder:
        place = pathlib.Path(folder) / "plan.pdf"
        place.write_bytes(pdf)
        words = await _call("pdftotext", "-layout", str(place), "-", home=folder)
    return words.decode(errors="replace").split("\f")[:-1]


async def heading_pages(document: bytes) -> tuple[int, ...]:
    """The page of each heading of the contents list, in order; empty when one cannot be found.

    The list itself must hold stand-ins for the numbers: a bare entry would be taken for the heading.
    """
    titles = await asyncio.to_thread(_titles, document)
    return find_pages(titles, await page_texts(await to_pdf(document)))


def _titles(document: bytes) -> list[str]:
    return [heading.shown for heading in contents.headings(docx.Document(io.BytesIO(document)))]


def find_pages(titles: list[str], pages: list[str]) -> tuple[int, ...]:
    """The first page, not before its predecessor's, on which each title stands on lines of its own.

    Empty when a title is not found: wrong numbers are worse than none.
    """
    lines = [[_plain(line) for line in page.splitlines() if line.strip()] for page in pages]
    found: list[int] = []
    page, after = 0, 0
    for title in titles:
        wanted = _plain(title)
        place = next(
            (
                (number, line + 1)
                for number in range(page, len(lines))
                for line in range(after if number == page else 0, len(lines[number]))
                if _stands_at(wanted, lines[number], line)
            ),
            None,
        )
        if place is None:
            return ()
        page, after = place
        found.append(page + 1)
    return tuple(found)


def _stands_at(wanted: str, lines: list[str], start: int) -> bool:
    """Whether `wanted` fills one line, or two or three that a narrow page made of it."""
    return any(wanted == "".join(lines[start : start + count]) for count in (1, 2, 3))


def _plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


async def _call(program: str, *arguments: str, home: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        "nice",
        f"-n{child.NICENESS}",
        program,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "LANG": "C.UTF-8"},
    )
    try:
        async with asyncio.timeout(SECONDS):
            words, said = await process.communicate()
    except TimeoutError:
        raise OfficeError(f"{program} was not ready after {SECONDS:.0f} seconds") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise OfficeError(
            f"{program} ended with code {process.returncode}: {said.decode(errors='replace').strip()}"
        )
    return words
