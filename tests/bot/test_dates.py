"""What-ifs and the dates for other programs, in chat: for those who may see the plan, nothing changed by asking."""

from __future__ import annotations

import os
import pathlib
from xml.etree import ElementTree

import icalendar
import msgspec
import pytest

from bot.handlers import dates
from document_templates import apart, child
from planning.exports import formats, project_xml
from storage import port
from tests.bot import conftest, running
from tests.bot.running import labels, words


async def test_a_what_if_stands_beside_the_plan_and_changes_nothing(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    before = await (await planted.disk()).assessments()
    shown = words(await planted.said(manager, "/whatif without branch Lodwar, inflation 8"))
    assert shown.startswith("What if: without Lodwar, inflation: 8?")
    assert "All branches work with Mifos, four times in five by\n" in shown
    assert " → " in shown
    assert await (await planted.disk()).assessments() == before


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        pytest.param("/whatif", "/whatif without branch Lodwar", id="nothing said"),
        pytest.param(
            "/whatif without branch Mombasa", "There is no branch “Mombasa”", id="an unknown branch"
        ),
        pytest.param("/whatif start soonish", "“soonish” is no date", id="no date"),
        pytest.param("/whatif without branch <b>", "“<b>”", id="markup is only words"),
    ],
)
async def test_what_cannot_be_asked_is_said(planted: running.Running, said: str, answer: str) -> None:
    assert answer in words(await planted.said(planted.person(running.MANAGER), said))


async def test_the_dates_come_as_files(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    files = {}
    for button in labels(await planted.said(manager, "/dates")):
        await planted.said(manager, "/dates")
        message = await planted.tapped(manager, button)
        name = message["document"]["file_name"]
        files[name[name.rindex(".") :]] = await manager.download(message)
    assert files.keys() == formats.WRITERS.keys()
    assert ElementTree.fromstring(files[".xml"]).tag == f"{{{project_xml.NAMESPACE}}}Project"
    assert icalendar.Calendar.from_ical(files[".ics"]).walk("VEVENT")
    assert files[".xlsx"].startswith(b"PK")


async def test_a_plan_without_dates_says_why_instead_of_a_file(planted: running.Running) -> None:
    section = await planted.section("migration")
    given = (await planted.session("migration")).answers
    changed = {"entities:1/records": 10**7, "entities:1/source": "paper"}
    await (await planted.disk()).commit(
        [
            port.PutAnswer(section.id, key, msgspec.structs.replace(given[key], value=value))
            for key, value in changed.items()
        ]
    )
    said = words(await planted.said(planted.person(running.MANAGER), "/dates .ics"))
    assert said.startswith("The plan could not be made")
    assert "when “Prepare the data of " in said


async def test_branch_staff_see_neither(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    for said in ("/whatif start 1 March", "/dates .xml"):
        assert "That is for" in words(await planted.said(ekai, said))


def test_every_format_is_offered() -> None:
    assert set(dates.ENDINGS) == formats.WRITERS.keys()


async def test_a_what_if_is_computed_by_a_process_that_ends_with_the_bot(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def done(job: child.Job, **how: object) -> bytes:
        asked.append(type(job).__name__)
        return await conftest.DO(job, kept=bool(how["kept"]))

    monkeypatch.setattr(apart, "do", done)
    shown = words(await planted.said(planted.person(running.MANAGER), "/whatif inflation 8"))
    assert shown.startswith("What if: inflation: 8?")
    assert asked == ["Wished"]
    children = pathlib.Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    before = set(children.read_text().split())
    await planted.stop()
    assert len(before - set(children.read_text().split())) == 1
