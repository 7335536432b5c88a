"""Page numbers of the contents list: measured where LibreOffice can, and a list without numbers wherever it cannot."""

from __future__ import annotations

import datetime as dt
import io
import os
import pathlib

import docx
import pytest

from document_templates import office, rendering
from flows import nouns as answers
from flows import shipped
from planning import nouns
from planning import plan as planning
from tests.document_templates import test_contents

PRINTS = 'touch "$6/plan.pdf"'
"""The sixth word is the folder for what is made."""
TWO_PAGES = r"printf 'One 9\nTwo 9\fOne\fTwo\f'"
"""The list on the first page, then a heading on each."""


@pytest.fixture(scope="module")
def plan() -> nouns.Plan:
    institution = answers.Institution("Upya", "TZ", "TZS", "Africa/Dar_es_Salaam")
    book = answers.AnswerBook(institution=institution)
    return planning.make_plan(book, shipped.assessment(), today=dt.date(2026, 11, 23))


def programs(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, soffice: str, words: str) -> None:
    """Others' programs in the place of LibreOffice and poppler."""
    for name, does in (("soffice", soffice), ("pdftotext", words)):
        (folder / name).write_text(f"#!/bin/sh\n{does}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


async def listed(plan: nouns.Plan) -> list[str]:
    """The contents list of a template with two headings."""
    made = await rendering.render(plan, template=test_contents.template((1, "One"), (1, "Two")))
    return test_contents.entries(docx.Document(io.BytesIO(made)))


@pytest.mark.parametrize(
    ("soffice", "words", "entries"),
    [
        pytest.param(PRINTS, TWO_PAGES, ["One\t2", "Two\t3"], id="measured"),
        pytest.param(PRINTS, r"printf 'One\fnothing\f'", ["One", "Two"], id="a heading on no page"),
        pytest.param(PRINTS, "exit 3", ["One", "Two"], id="pages that cannot be read"),
        pytest.param("echo no room >&2; exit 77", TWO_PAGES, ["One", "Two"], id="nothing was printed"),
        pytest.param("exit 0", TWO_PAGES, ["One", "Two"], id="nothing was printed, and nothing said"),
    ],
)
async def test_a_list_tells_the_pages_that_were_measured_or_none(
    plan: nouns.Plan,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    soffice: str,
    words: str,
    entries: list[str],
) -> None:
    programs(tmp_path, monkeypatch, soffice, words)
    assert await listed(plan) == entries


@pytest.mark.parametrize(
    ("soffice", "said"),
    [
        pytest.param("echo no room >&2; exit 77", r"soffice ended with code 77: no room", id="it says why"),
        pytest.param("exit 0", "LibreOffice made no PDF of the document", id="it says nothing"),
        pytest.param("kill -9 $$", r"soffice ended with code -?\d+", id="it is ended from outside"),
    ],
)
async def test_why_nothing_was_printed_is_said(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, soffice: str, said: str
) -> None:
    programs(tmp_path, monkeypatch, soffice, TWO_PAGES)
    with pytest.raises(office.OfficeError, match=said):
        await office.to_pdf(b"a document")
