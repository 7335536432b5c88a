"""A process that takes files as the bot does, each in a fork of its own: `python -m tests.reliability.taking FOLDER`.

Reads the files' doors and names from `files.json` in the folder and their contents beside it; writes what came of
each to `taken.json`.
"""

from __future__ import annotations

import gc
import os
import pathlib
import sys
import time
import warnings
from collections.abc import Callable, Mapping

import msgspec

from bot.asking import questionnaires
from document_templates import jobs
from flows import errors, nouns, words
from flows.worksheets import files
from tests.document_templates import photos, templates
from tests.flows import playing
from tests.flows.worksheets import test_worksheets
from tests.flows.xforms import documents
from tests.flows.xlsform import forms, old_workbook
from tests.reliability import memory

SAID = words.catalogue("bot", "en")

SURVEY = [["type", "name", "label"], ["text", "a", "A"]]

LISTED, TAKEN = "files.json", "taken.json"


class File(msgspec.Struct, frozen=True):
    """A file that somebody sends, and the door at which it is."""

    door: str
    name: str


class Took(msgspec.Struct, frozen=True):
    """What came of a file."""

    refused: bool
    seconds: float
    megabytes: float
    """More than were held before, at most; the file itself was at hand."""
    fault: str = ""
    """What was raised instead of a sentence."""


def form(content: bytes, name: str) -> bool:
    """Whether a questionnaire is refused; by an ending that nobody reads it is, unread."""
    if questionnaires.ending(name) not in questionnaires.READERS:
        return True
    try:
        questionnaires.read(content, name, {}, SAID)
    except errors.FlowErrors:
        return True
    return False


def table(content: bytes, name: str) -> bool:
    """Whether a filled-in list is refused."""
    del name
    return isinstance(files.read(series, content, now=playing.NOW), nouns.Problem)


def template(content: bytes, name: str) -> bool:
    """Whether a Word template is refused, by the job that the bot gives to a process of its own."""
    del name
    return jobs.Check(content).done() != b"[]"


def photo(content: bytes, name: str) -> bool:
    """Whether a picture is left out, by the job that the bot gives to a process of its own."""
    del name
    return jobs.Shrink(content).done() == b""


series = test_worksheets.list_of(test_worksheets.begun())

DOORS: Mapping[str, Callable[[bytes, str], bool]] = {
    each.__name__: each for each in (form, table, template, photo)
}

SOUND: Mapping[str, tuple[tuple[str, bytes], ...]] = {
    "form": (
        ("form.xlsx", forms.workbook(SURVEY)),
        ("form.xls", old_workbook.workbook({"survey": SURVEY})),
        ("form.md", b"| survey |\n| | type | name | label |\n| | text | a | A |\n"),
        ("form.yaml", b"flow: a\ntitle: A\nsurvey: [{type: text, name: a, label: A}]\n"),
        ("form.xml", documents.simple("<a/>").encode()),
    ),
    "table": (("table.xlsx", test_worksheets.sheet(test_worksheets.begun())),),
    "template": (("template.docx", templates.made("Dear {{ institution.name }}")),),
    "photo": tuple(
        (f"photo.{kind}", photos.encoded(photos.plain(), kind)) for kind in ("JPEG", "PNG", "WEBP")
    ),
}
"""Small files that are taken: with them each door is warm, as it is in a bot that has run for a while."""


def main(folder: pathlib.Path) -> None:
    """Warm up, then take one file after the other."""
    warnings.simplefilter("ignore")  # the bot's log is not looked at here
    listed = msgspec.json.decode((folder / LISTED).read_bytes(), type=list[File])
    for door in SOUND:
        _warm(door)
    gc.freeze()
    taken = [_apart(file, (folder / str(number)).read_bytes()) for number, file in enumerate(listed)]
    (folder / TAKEN).write_bytes(msgspec.json.encode(taken))


def _warm(door: str) -> None:
    for name, content in SOUND[door]:
        if DOORS[door](content, name):
            raise RuntimeError(f"The sound file {name} is refused.")


def _apart(file: File, content: bytes) -> Took:
    """What a fork says; whatever it took is gone with it."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        os.write(sink, msgspec.json.encode(_took(file, content)))
        os._exit(0)
    os.close(sink)
    with os.fdopen(source, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if not said:
        return Took(refused=False, seconds=0, megabytes=0, fault=f"ended with {status}")
    return msgspec.json.decode(said, type=Took)


def _took(file: File, content: bytes) -> Took:
    # what a fork touches for the first time is counted as its own
    _warm(file.door)
    gc.collect()
    memory.forget_most()
    before = memory.megabytes("self", memory.NOW)
    fault, refused, began = "", False, time.perf_counter()
    try:
        refused = DOORS[file.door](content, file.name)
    except Exception as problem:  # whatever it is, it is no sentence
        fault = repr(problem)[:200]
    seconds = time.perf_counter() - began
    most = memory.megabytes("self", memory.MOST)
    return Took(refused, seconds, max(0.0, most - before), fault)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
