"""Files that mean harm, at every door that takes files: each ends in words, nothing of it is kept, and the bot goes on."""

from __future__ import annotations

import io
import pathlib
import zipfile

import pytest

from bot.practice import people
from tests.bot import running
from tests.bot.running import words
from tests.document_templates import photos, templates
from tests.flows.xlsform import forms

FORM = forms.workbook([["type", "name", "label"], ["text", "a", "A"]])

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><x>&b;</x>'

SECRET = "root:x:0"
"""What would come of it if the entity were followed."""


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


FILES = {
    "bomb.xlsx": forms.with_part(FORM, "xl/media/image1.png", b"\0" * 30_000_000),
    "bomb.docx": templates.with_part("word/media/image1.png", b"\0" * 30_000_000),
    "entities.xlsx": forms.with_part(FORM, "xl/x.xml", ENTITIES),
    "entities.docx": templates.with_part("word/document.xml", ENTITIES),
    "entities.xml": ENTITIES,
    "macros.xlsm": forms.with_part(FORM, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100),
    "macros.docx": templates.with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100),
    "climbing.zip": zipped(**{"../../../../tmp/climbed": b"x", "survey.xlsx": FORM}),
    "laughs.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\nsurvey: [*d, *d]\n",
    "object.yaml": b"flow: !!python/object/apply:os.system ['id > /tmp/climbed']\nsurvey: []\n",
    "../../../../tmp/climbed.yaml": b"flow: x\n",
    "house.png": photos.bomb(),
    "half.jpg": photos.telling()[:900],
    "page.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>',
    "program.exe": b"MZ" + bytes(range(256)) * 40,
    "a\u202etxt.exe; name=x.xlsx": b"no workbook",
    "n" * 240 + ".xlsx": b"no workbook",
}


async def survey(bot: running.Running) -> people.Person:
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/survey")
    return manager


async def template(bot: running.Running) -> people.Person:
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/template")
    return manager


async def listed(bot: running.Running) -> people.Person:
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/invite list")
    return manager


async def table(bot: running.Running) -> people.Person:
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    await bot.tapped(ekai, "Computers and printing · Lodwar")
    await bot.tapped(ekai, "Fill in Excel", message=await ekai.last_message())
    return ekai


async def question(bot: running.Running) -> people.Person:
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    await bot.tapped(ekai, "Your branch · Lodwar")
    return ekai


async def nothing_asked(bot: running.Running) -> people.Person:
    return await bot.newcomer("Otieno")


DOORS = [survey, template, listed, table, question, nothing_asked]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
async def test_each_file_ends_in_words_and_leaves_nothing(planted: running.Running, door) -> None:
    disk = await planted.disk()
    assessment = await planted.assessment()
    person = await door(planted)
    for name, content in FILES.items():
        shown = await planted.after(person, person.send_file(name, content))
        assert words(shown), name
        assert SECRET not in words(shown)
        assert "Something went wrong on my side" not in words(shown), name
        await door(planted)
    assert await disk.surveys(assessment.id) == []
    assert await disk.template(assessment.id, "proposed") is None
    # a file may be evidence, and is no answer
    assert set((await planted.answers("branch_office", "lodwar")).values()) <= {None}
    assert await planted.assessment() == assessment
    assert list(pathlib.Path("/tmp").glob("climbed*")) == [], "no name was a path, and no object was made"
