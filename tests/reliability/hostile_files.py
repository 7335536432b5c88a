"""Row 14: every file of the corpora that means harm, at the door that it belongs to, in a process of its own."""

from __future__ import annotations

import asyncio
import pathlib
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from tests.bot import test_hostile_files
from tests.document_templates import bad_templates, test_shrinking
from tests.flows.worksheets import test_worksheets
from tests.flows.xforms import documents, test_xforms
from tests.flows.xlsform import test_hostile
from tests.reliability import counting, figures, taking

SECONDS, MEGABYTES = 1.0, 50.0

EVERY_IN_CI = 7
"""Of all files, one in so many."""

PICTURES = (".png", ".jpg", ".svg")


class Sent(NamedTuple):
    """A file that is made when it is wanted."""

    what: str
    door: str
    name: str
    make: Callable[[], bytes]


def corpora() -> Iterator[Sent]:
    """Every file that is to be refused."""
    for bad in bad_templates.FILES:
        yield Sent(bad.name, "template", "template.docx", bad.make)
    yield from _of(test_hostile.CASES, "form", "form.xlsx")
    yield from _of(test_worksheets.REFUSED, "table", "table.xlsx")
    for case in test_shrinking.REFUSED:
        yield Sent(str(case.id), "photo", "photo.jpg", lambda content=case.values[0]: content)  # type: ignore[misc]
    for name, content in test_hostile_files.FILES.items():
        yield Sent(name, _door(name), name, lambda content=content: content)  # type: ignore[misc]
    bomb = test_xforms.BOMB + documents.simple("<a>&b;</a>")
    yield Sent("entities that grow in an XForm", "form", "form.xml", bomb.encode)
    yield Sent("an XForm of millions of elements", "form", "form.xml", test_xforms.CROWDED.encode)


def _of(cases: Sequence[Any], door: str, name: str) -> Iterator[Sent]:
    for case in cases:
        yield Sent(str(case.id), door, name, case.values[0])


def _door(name: str) -> str:
    if name.endswith(".docx"):
        return "template"
    return "photo" if name.endswith(PICTURES) else "form"


class Came(NamedTuple):
    """A file, and what came of it."""

    sent: Sent
    took: taking.Took


async def take(folder: pathlib.Path, sent: Sequence[Sent]) -> list[Came]:
    """Send the files in, one after the other."""
    for number, one in enumerate(sent):
        (folder / str(number)).write_bytes(one.make())
    listed = [taking.File(one.door, one.name) for one in sent]
    (folder / taking.LISTED).write_bytes(msgspec.json.encode(listed))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", taking.__name__, str(folder), cwd=counting.ROOT
    )
    if await process.wait():
        raise RuntimeError("The process that takes files ended before it had taken all.")
    taken = msgspec.json.decode((folder / taking.TAKEN).read_bytes(), type=list[taking.Took])
    return [Came(*each) for each in zip(sent, taken, strict=True)]


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Take all files, or one in a few."""
    came = await take(folder, list(corpora())[:: 1 if full else EVERY_IN_CI])
    slowest = max(came, key=lambda one: one.took.seconds)
    largest = max(came, key=lambda one: one.took.megabytes)
    for one in came:
        if one.took.fault or not one.took.refused:
            print(f"not refused: {one.sent.what}: {one.took.fault}", file=sys.stderr)
    seconds = round(slowest.took.seconds, 2)
    return [
        figures.count("files that mean harm", len(came)),
        figures.none("of them not refused", sum(not one.took.refused for one in came)),
        figures.none(
            "that ended with a fault instead of a sentence", sum(bool(one.took.fault) for one in came)
        ),
        # among other tests on a busy machine a time is told and not judged
        figures.at_most("seconds until the slowest was refused", seconds, SECONDS)
        if full
        else figures.count("seconds until the slowest was refused", seconds),
        figures.at_most(
            "MB more than before, at most, beside the file", round(largest.took.megabytes, 1), MEGABYTES
        ),
    ]
