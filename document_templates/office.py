"""LibreOffice as a second pair of eyes: turns a document into pages, and says the words of each."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from typing import cast

from document_templates import child, leash

SECONDS = 300.0
"""Wall clock for one conversion; a first start on a slow machine that does much else takes a minute."""


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
    async with _folder() as place:
        (place / "plan.docx").write_bytes(document)
        await _call(
            "soffice",
            # a profile of its own, so that conversions side by side do not wait for one another
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(place),
            str(place / "plan.docx"),
            home=place,
        )
        printed = place / "plan.pdf"
        if not printed.exists():
            raise OfficeError("LibreOffice made no PDF of the document")
        return printed.read_bytes()


async def page_texts(pdf: bytes) -> list[str]:
    """The words of each page. Raises `OfficeError`."""
    async with _folder() as place:
        (place / "plan.pdf").write_bytes(pdf)
        words = await _call("pdftotext", "-layout", str(place / "plan.pdf"), "-", home=place)
    return words.decode(errors="replace").split("\f")[:-1]


@contextlib.asynccontextmanager
async def _folder() -> AsyncIterator[pathlib.Path]:
    """A folder for a while; LibreOffice leaves hundreds of files in it, so another thread sweeps it."""
    folder = tempfile.mkdtemp(prefix="groundwork-")
    try:
        yield pathlib.Path(folder)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _call(program: str, *arguments: str, home: pathlib.Path) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        leash.__file__,
        "nice",
        f"-n{child.NICENESS}",
        program,
        *arguments,
        # nothing is ever written there: its end is the end of this process, whatever ended it
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LANG": "C.UTF-8"},
        # soffice is a script that starts a program that starts another: all of them end together
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(SECONDS):
            # pipes were asked for, so they are there; communicate() would close what holds the program
            pipes = (cast(asyncio.StreamReader, one) for one in (process.stdout, process.stderr))
            words, said = await asyncio.gather(*(pipe.read() for pipe in pipes))
            await process.wait()
    except TimeoutError:
        raise OfficeError(f"{program} was not ready after {SECONDS:.0f} seconds") from None
    finally:
        # one that ended well has left nobody behind
        if process.returncode != 0:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        raise OfficeError(
            f"{program} ended with code {process.returncode}: {said.decode(errors='replace').strip()}"
        )
    return words
