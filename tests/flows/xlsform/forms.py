"""Forms for tests: Markdown tables as text, workbooks as bytes, and flows without what only a file has."""

from __future__ import annotations

import io
import textwrap
import zipfile
from typing import Any

import msgspec

from flows import errors, nouns
from flows import sheets as tables
from flows.xlsform import importing


def load(table: str, **files: bytes) -> importing.Imported:
    """The form of a Markdown table."""
    return importing.load(textwrap.dedent(table).encode(), "form.md", files=files)


def refused(data: bytes | str, name: str = "form.md") -> tuple[errors.FlowError, ...]:
    """What is said of a form that is not taken."""
    try:
        importing.load(textwrap.dedent(data).encode() if isinstance(data, str) else data, name)
    except errors.FlowErrors as problem:
        return problem.errors
    raise AssertionError("the form was taken")


def places(table: str) -> list[tuple[str, int, str]]:
    """Sheet, row and column of each thing that is wrong with a form."""
    return [(error.sheet, error.line, error.column) for error in refused(table)]


def workbook(survey: list[list[Any]], **sheets: list[list[Any]]) -> bytes:
    """An .xlsx with these sheets."""
    return tables.workbook({"survey": survey, **sheets})


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with a part more, or another in its place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return made.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name)


def bare(flow: nouns.Flow) -> nouns.Flow:
    """The flow without file and lines: what it says, not where it was written."""
    entities = tuple(msgspec.structs.replace(entity, line=0) for entity in flow.entities)
    return msgspec.structs.replace(
        flow, file="", children=tuple(map(_bare, flow.children)), entities=entities
    )


def _bare(item: nouns.Item) -> nouns.Item:
    if isinstance(item, nouns.Question):
        return msgspec.structs.replace(item, line=0)
    return msgspec.structs.replace(item, line=0, children=tuple(map(_bare, item.children)))
