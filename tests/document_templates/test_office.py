"""The document as pages: LibreOffice prints it, poppler reads it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import docx
import pytest
from docx.oxml.ns import qn

from document_templates import contents, document, office, rendering
from document_templates import pages as page_numbers
from tests.document_templates import plans

TEMPLATE = rendering.STANDARD_TEMPLATE.read_bytes()
needs_office = pytest.mark.skipif(
    not (office.present() and shutil.which("pdftoppm")),
    reason="soffice, pdftotext or pdftoppm is not installed",
)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(["1 One . . . 9\n2 Two . . . 9", "1 One\ntext", "text\n2   Two"], (2, 3), id="the list's own lines are not the headings"),
        pytest.param(["1 One", "2 Two"], (1, 2), id="a page each"),
        pytest.param(["1 One\n2 Two"], (1, 1), id="both on a page"),
        pytest.param(["2 Two\n1 One", "2 Two"], (1, 2), id="never before its predecessor"),
        pytest.param(["1 One", "2\nTwo"], (1, 2), id="over two lines"),
        pytest.param(["1 One", "nothing"], (), id="one that is not found spoils the list"),
    ],
)  # fmt: skip
def test_headings_are_found_on_their_pages(pages, expected):
    assert page_numbers.find(["1 One", "2 Two"], pages) == expected


async def _texts(data: bytes) -> list[str]:
    return await office.page_texts(await office.to_pdf(data))


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> tuple[bytes, list[str], list[bytes]]:
    """The full plan with measured numbers, the words of its pages, and their pictures.

    In French, whose words are the longest in our columns.
    """
    stand_ins = document.make(plans.full(4), template=TEMPLATE, language="fr", pages=())
    measured = page_numbers.of_headings(stand_ins, asyncio.run(_texts(stand_ins)))
    data = document.make(plans.full(4), template=TEMPLATE, language="fr", pages=measured)
    pdf = asyncio.run(office.to_pdf(data))
    folder = tmp_path_factory.mktemp("pages")
    (folder / "plan.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "20", "-gray", folder / "plan.pdf", folder / "page"], check=True)
    pictures = [picture.read_bytes() for picture in sorted(folder.glob("page*.pgm"))]
    return data, asyncio.run(office.page_texts(pdf)), pictures


@pytest.mark.office
@needs_office
def test_pages_are_many_and_none_is_blank_or_holds_a_tag(printed):
    _, texts, pictures = printed
    assert len(texts) > 3
    assert len(pictures) == len(texts)
    for number, (text, picture) in enumerate(zip(texts, pictures, strict=True), 1):
        assert "{{" not in text, number
        assert "{%" not in text, number
        width, height = (int(part) for part in picture.split(maxsplit=3)[1:3])
        pixels = picture[-width * height :]
        body = pixels[width * height // 10 : width * height * 9 // 10]
        assert sum(pixel < 200 for pixel in body) > 30, f"page {number} is blank"


@pytest.mark.office
@needs_office
def test_the_contents_list_tells_the_real_pages(printed):
    data, texts, _ = printed
    reopened = docx.Document(io.BytesIO(data))
    headings = contents.headings(reopened)
    listed = [
        int(one.text.split("\t")[-1])
        for one in reopened.paragraphs
        if one.style.name.lower().startswith("toc ")
    ]
    assert listed == list(page_numbers.find([one.shown for one in headings], texts))
    assert len(listed) == len(headings) > 20


WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.office
@needs_office
def test_no_word_breaks_inside(printed):
    data, texts, _ = printed
    reopened = docx.Document(io.BytesIO(data))
    edges = [part for one in reopened.sections for part in (one.header, one.footer)]
    roots = [reopened.element.body, *(part._element for part in edges)]
    written = {
        word
        for root in roots
        for paragraph in root.iter(qn("w:p"))
        for word in WORD.findall("".join(text.text or " " for text in paragraph.iter(qn("w:t"), qn("w:tab"))))
    }
    broken = {
        (number, word)
        for number, text in enumerate(texts, 1)
        for word in WORD.findall(text)
        if word not in written
    }
    assert not broken


@pytest.mark.office
@needs_office
def test_no_heading_and_no_caption_stands_at_the_end_of_a_page(printed):
    data, texts, _ = printed
    reopened = docx.Document(io.BytesIO(data))
    leading = {"".join(one.shown.split()) for one in contents.headings(reopened)} | {
        "".join(one.text.split())
        for one in reopened.paragraphs
        if one.style.name in {"Caption", "Subheading", "Entry Name", "Heading 3"}
    }
    assert len(leading) > 60
    for number, text in enumerate(texts[1:], 2):
        *_, last, _footer = (line for line in text.splitlines() if line.strip())
        assert "".join(last.split()) not in leading, f"page {number} ends with “{last.strip()}”"


@pytest.mark.office
@needs_office
def test_each_branch_has_one_page(printed):
    _, texts, _ = printed
    starts = [
        next(
            number
            for number, text in enumerate(texts)
            if re.search(rf"^7\.{branch}\s+\w+\s*$", text, re.MULTILINE)
        )
        for branch in range(1, 5)
    ]
    assert [after - before for before, after in itertools.pairwise(starts)] == [1, 1, 1]


def _until(holds: Callable[[], object]) -> None:
    """Wait for what another program does; it rings no bell."""
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def _running(mark: str, program: str = "") -> list[int]:
    """The processes whose command line holds both; a dead one has none."""
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = file.read_text(errors="replace")
            if mark in words and program in words:
                found.append(int(file.parent.name))
    return found


ASKER = "import asyncio, pathlib, sys; from document_templates import office; asyncio.run(office.to_pdf(pathlib.Path(sys.argv[1]).read_bytes()))"


@pytest.mark.office
@needs_office
def test_a_conversion_ends_with_whoever_asked_for_it(tmp_path):
    asking = [sys.executable, "-c", ASKER, rendering.STANDARD_TEMPLATE]
    with subprocess.Popen(asking, env={**os.environ, "TMPDIR": str(tmp_path)}) as process:
        _until(lambda: _running(str(tmp_path), "soffice.bin"))
        # nobody can say goodbye behind this
        process.kill()
    _until(lambda: not _running(str(tmp_path)))


@pytest.mark.office
@needs_office
async def test_names_of_folders_are_names_and_no_commands(tmp_path, monkeypatch):
    folder = tmp_path / "a $(touch climbed) & touch climbed"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.chdir(tmp_path)
    small = io.BytesIO()
    docx.Document().save(small)
    assert (await office.to_pdf(small.getvalue())).startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert list(folder.iterdir()) == []


@pytest.mark.office
@needs_office
async def test_a_conversion_that_hangs_leaves_no_process_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    printing = asyncio.create_task(office.to_pdf(TEMPLATE))
    async with asyncio.timeout(60):
        while not _running(str(tmp_path), "soffice.bin"):  # noqa: ASYNC110 - another program rings no bell
            await asyncio.sleep(0.01)
    for pid in _running(str(tmp_path), "soffice.bin"):
        os.kill(pid, signal.SIGSTOP)
    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing
    async with asyncio.timeout(60):
        while _running(str(tmp_path)):  # noqa: ASYNC110 - another program rings no bell
            await asyncio.sleep(0.01)
