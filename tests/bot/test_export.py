"""Answers go out as an answers file, as a workbook, or as files beside each other."""

from __future__ import annotations

import csv
import io
import pathlib

import openpyxl
import pytest

from bot import settings
from bot.commands import files
from flows import book, responses, shipped

BOOK = book.decode((pathlib.Path(book.__file__).parent / "samples" / "jitegemea.answers.json").read_bytes())


def test_a_workbook_has_a_sheet_for_each_table(tmp_path: pathlib.Path) -> None:
    output = tmp_path / "answers.xlsx"
    assert files.write_responses(BOOK, shipped.assessment(), output) == (output,)
    names = openpyxl.load_workbook(output).sheetnames
    assert names[:3] == ["sections", "branch_office", "branch_internet"]
    assert "branch_internet-links" in names


def test_csv_files_lie_beside_each_other(tmp_path: pathlib.Path) -> None:
    output = tmp_path / "answers.csv"
    written = files.write_responses(BOOK, shipped.assessment(), output, responses.Wanted(labels=True))
    assert sorted(written) == sorted(tmp_path.iterdir())
    links = list(
        csv.DictReader(io.StringIO((tmp_path / "answers-branch_internet-links.csv").read_text("utf-8-sig")))
    )
    parents = {row["KEY"] for row in csv.DictReader(io.StringIO(output.read_text("utf-8-sig")))}
    assert links[0]["technology"] == "Fibre (thin glass cable)"
    assert {row["PARENT_KEY"] for row in links} <= parents


def test_an_answers_file_is_read_back(tmp_path: pathlib.Path) -> None:
    output = tmp_path / "answers.json"
    files.write_responses(BOOK, shipped.assessment(), output)
    assert book.decode(output.read_bytes()) == BOOK


async def test_another_ending_is_refused_before_anything_is_read(tmp_path: pathlib.Path) -> None:
    with pytest.raises(files.FileError, match=r"\.json, \.xlsx, \.csv"):
        await files.export(settings.Settings(), "any", tmp_path / "answers.pdf")
