"""The recorded conversation about versions: real Word files, kills in between, the same bytes again."""

from __future__ import annotations

import io
import json
import pathlib
import zipfile

import openpyxl
import pytest

from tests.bot import played

CONVERSATION = pathlib.Path(__file__).parent.parent / "conversations" / "versions.yaml"


@pytest.mark.timeout(600)
async def test_every_version_stays_what_it_was(tmp_path: pathlib.Path) -> None:
    assert await played.play(CONVERSATION, keep=tmp_path) == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("first.docx", "second.docx"))
    assert first != second
    for content, said in (
        (first, "First version"),
        (second, "1,250\u00a0clients, before 1,130\u00a0clients"),
    ):
        with zipfile.ZipFile(io.BytesIO(content)) as document:
            assert said in document.read("word/document.xml").decode()
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx", data_only=True)
    assert "Costs" in book.sheetnames
    told = json.loads((tmp_path / "plan.json").read_bytes())
    assert told["plan"]["institution"]["name"] == "Jitegemea Credit Scheme"
