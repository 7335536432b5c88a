"""Versions in chat: numbered when they are issued, kept as they went out, compared, and had in other forms."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
import json
from typing import Any

import msgspec
import openpyxl
import pytest

from bot import limits
from document_templates import office, places, rendering
from planning import asked, nouns, versions
from storage import port, records
from tests.bot import running
from tests.bot.running import labels, words

ANSWER = "branch_office"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[nouns.Plan]:
    """The plans that were made into files: a file of its own for each call, as Word's bytes would be."""
    plans: list[nouns.Plan] = []

    async def render(
        given: asked.Answers, *, version: str, history: tuple[nouns.Issue, ...], **_: object
    ) -> bytes:
        plans.append(msgspec.structs.replace(given.plan(), history=history))
        return f"file {len(plans)}, version {version}".encode()

    monkeypatch.setattr(rendering, "render", render)
    return plans


async def file_of(bot: running.Running, person: running.people.Person, typed: str) -> tuple[bytes, Any]:
    """The newest file after a command, and its message."""
    message = await bot.said(person, typed)
    assert "document" in message, words(message)
    return await person.download(message), message


async def issued(bot: running.Running) -> list[records.PlanFile]:
    """What is kept of the versions of the only assessment."""
    disk = await bot.disk()
    files = await disk.plan_files((await bot.assessment()).id)
    found = [await disk.plan_file(file.assessment, file.version) for file in files]
    return [file for file in found if file is not None]


async def answered(bot: running.Running, clients: int) -> None:
    """Ekai says how many clients there are."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    await bot.tapped(ekai, "Your branch · Lodwar")
    await bot.said(ekai, str(clients))


async def test_a_plan_is_numbered_when_it_is_issued_and_kept(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager = planted.person(running.MANAGER)
    content, message = await file_of(planted, manager, "/plan")
    assert "version 0.1" in words(message).casefold() or "0.1" in words(message)
    (kept,) = await issued(planted)
    assert (kept.version, kept.made_by, kept.body, kept.language) == ("0.1", running.MANAGER, content, "en")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    data = versions.unpack(kept.plan)
    assert data is not None
    assert data.plan == msgspec.structs.replace(rendered[0], history=())
    (line,) = rendered[0].history
    assert (line.version, line.who, line.first) == ("0.1", "Achieng Odhiambo", True)


async def test_a_plan_that_says_the_same_is_the_same_version(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager = planted.person(running.MANAGER)
    first, _ = await file_of(planted, manager, "/plan")
    again, message = await file_of(planted, manager, "/plan")
    assert again == first
    assert "Nothing changed since version 0.1" in words(message)
    assert len(rendered) == 1
    assert len(await issued(planted)) == 1


async def test_a_changed_answer_makes_the_next_version_and_its_history_says_what(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager = planted.person(running.MANAGER)
    first, _ = await file_of(planted, manager, "/plan")
    await answered(planted, 1250)
    second, message = await file_of(planted, manager, "/plan")
    assert second != first
    assert "changed since version 0.1" in words(message)
    assert "What changed since 0.1" in labels(message)
    assert [line.version for line in rendered[1].history] == ["0.1", "0.2"]
    last = rendered[1].history[-1]
    assert last.changes
    assert len(last.changes) <= versions.CHANGES_A_LINE


@pytest.mark.parametrize("typed", ["/plan 0.1", "/plan  0.1 "])
async def test_an_earlier_version_comes_back_as_it_was_after_a_restart(
    planted: running.Running, rendered: list[nouns.Plan], typed: str
) -> None:
    manager = planted.person(running.MANAGER)
    first, _ = await file_of(planted, manager, "/plan")
    await answered(planted, 1250)
    await file_of(planted, manager, "/plan")
    await planted.stop()
    await planted.start()
    again, message = await file_of(planted, manager, typed)
    assert again == first
    assert "as it was issued" in words(message)
    assert len(rendered) == 2


async def test_every_version_has_a_button(planted: running.Running, rendered: list[nouns.Plan]) -> None:
    manager = planted.person(running.MANAGER)
    first, _ = await file_of(planted, manager, "/plan")
    await answered(planted, 1250)
    await file_of(planted, manager, "/plan")
    listed = await planted.said(manager, "/plan all")
    assert "0.1 · 4 March 2031 · Achieng Odhiambo" in words(listed)
    assert labels(listed) == ["0.2", "0.1"]
    message = await planted.tapped(manager, "0.1")
    assert await manager.download(message) == first


async def test_many_versions_are_listed_page_by_page(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    disk, assessment = await planted.disk(), await planted.assessment()
    for number in range(1, limits.LINES_A_PAGE + 3):
        await disk.commit([port.Put(draft(assessment.id, number))])
    manager = planted.person(running.MANAGER)
    first = await planted.said(manager, "/plan all")
    assert "0.1 ·" not in words(first)
    assert "nobody" in words(first)
    second = await planted.tapped(manager, "More ›")
    assert "0.1 ·" in words(second)
    assert "0.12" in labels(await planted.tapped(manager, "‹ Earlier"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("/plan 0.7", "There is no version 0.7.", id="a number that was never issued"),
        pytest.param("/plan yesterday's", "There is no version yesterday's.", id="no number"),
        pytest.param("/changes 0.7", "There is no version 0.7.", id="nothing to compare with"),
        pytest.param("/plan <b>", "There is no version <b>.", id="markup"),
    ],
)
async def test_a_version_that_is_not_there_is_answered_with_those_that_are(
    planted: running.Running, rendered: list[nouns.Plan], typed: str, said: str
) -> None:
    manager = planted.person(running.MANAGER)
    await file_of(planted, manager, "/plan")
    message = await planted.said(manager, typed)
    assert said in words(message)
    assert labels(message) == ["0.1"]


@pytest.mark.parametrize("typed", ["/changes", "/plan 0.1", "/plan pdf", "/plan all"])
async def test_before_the_first_version_the_way_to_it_is_shown(planted: running.Running, typed: str) -> None:
    message = await planted.said(planted.person(running.MANAGER), typed)
    assert "There is no version of the plan yet" in words(message)
    assert labels(message) == ["Make the plan"]


async def test_changes_says_what_the_answers_change(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager = planted.person(running.MANAGER)
    await file_of(planted, manager, "/plan")
    same = await planted.said(manager, "/changes")
    assert "Nothing changed since version 0.1" in words(same)
    await answered(planted, 1250)
    found = await planted.said(manager, "/changes")
    assert "Since version 0.1" in words(found)
    assert "Begun: Lodwar: Your branch" in words(found)
    assert labels(found) == ["Version 0.1 as Word file", "Make the plan"]
    await planted.tapped(manager, "Make the plan")
    await planted.said(manager, "/assume inflation 8")
    found = await planted.said(manager, "/changes")
    assert "Since version 0.2" in words(found)
    assert "inflation: 8%, before 5% (Achieng Odhiambo)" in words(found)
    older = await planted.said(manager, "/changes 0.1")
    assert "Since version 0.1" in words(older)


async def test_another_language_is_another_version_that_says_the_same(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await file_of(planted, manager, "/plan")
    await planted.said(owner, "/language")
    await planted.tapped(owner, "Español")
    await file_of(planted, owner, "/plan")
    first, second = await issued(planted)
    assert (first.language, second.language) == ("en", "es")
    assert rendered[1].history[-1].changes == ()
    _, message = await file_of(planted, manager, "/plan")
    assert "Nothing changed since version 0.1" in words(message)


async def test_a_forgotten_person_has_no_name_in_the_history(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await file_of(planted, manager, "/plan")
    await planted.said(manager, "/forget")
    await manager.tap("Erase me")
    await planted.settled()
    await file_of(planted, owner, "/plan")
    assert [line.who for line in rendered[1].history] == ["", "Wanjiru Kamau"]


async def test_a_plan_kept_before_versions_is_sent_and_says_that_it_cannot_be_compared(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    disk, assessment = await planted.disk(), await planted.assessment()
    await disk.commit([port.Put(draft(assessment.id, 1))])
    manager = planted.person(running.MANAGER)
    content, _ = await file_of(planted, manager, "/plan 0.1")
    assert content == b"an old file"
    assert "nothing can be compared" in words(await planted.said(manager, "/changes"))
    assert "there is only its Word file" in words(await planted.said(manager, "/plan 0.1 json"))
    _, message = await file_of(planted, manager, "/plan")
    assert "0.2" in words(message)
    assert rendered[0].history[0].first


async def test_the_oldest_drafts_go_when_there_are_too_many(
    planted: running.Running, rendered: list[nouns.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "VERSIONS_KEPT", 2)
    disk, assessment = await planted.disk(), await planted.assessment()
    signed = msgspec.structs.replace(draft(assessment.id, 3), version="1.0")
    for file in (draft(assessment.id, 1), draft(assessment.id, 2), signed):
        await disk.commit([port.Put(file)])
    await file_of(planted, planted.person(running.MANAGER), "/plan")
    assert [file.version for file in await issued(planted)] == ["0.2", "1.0", "0.3"]


async def test_a_version_can_be_had_as_excel_and_as_data(
    planted: running.Running, rendered: list[nouns.Plan]
) -> None:
    manager = planted.person(running.MANAGER)
    _, carrier = await file_of(planted, manager, "/plan")
    await answered(planted, 1250)
    annex = await planted.tapped(manager, "Annex for Excel", message=carrier)
    assert annex["document"]["file_name"] == "Jitegemea Credit Scheme deployment plan 0.1.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(await manager.download(annex)), data_only=True)
    assert "Costs" in book.sheetnames
    data = await planted.tapped(manager, "All data (JSON)", message=carrier)
    told = json.loads(await manager.download(data))
    # the version as it was issued, not the answers as they stand
    assert len(told["plan"]["open_points"]) == len(rendered[0].open_points)
    assert told["figures"]


async def test_without_libreoffice_it_is_said_and_no_button_promises_a_pdf(
    planted: running.Running, rendered: list[nouns.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "prints", lambda: False)
    manager = planted.person(running.MANAGER)
    _, carrier = await file_of(planted, manager, "/plan")
    assert "PDF" not in labels(carrier)
    assert "There is no LibreOffice on my machine" in words(await planted.said(manager, "/plan 0.1 pdf"))


async def test_a_pdf_is_made_of_the_version_and_a_failure_is_said(
    planted: running.Running, rendered: list[nouns.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def printed(document: bytes) -> bytes:
        if document.startswith(b"file 1"):
            return b"%PDF of " + document
        raise office.OfficeError("LibreOffice made no PDF of the document")

    monkeypatch.setattr(office, "prints", lambda: True)
    monkeypatch.setattr(office, "to_pdf", printed)
    manager = planted.person(running.MANAGER)
    content, carrier = await file_of(planted, manager, "/plan")
    pdf = await planted.tapped(manager, "PDF", message=carrier)
    assert await manager.download(pdf) == b"%PDF of " + content
    await answered(planted, 1250)
    await file_of(planted, manager, "/plan")
    assert "LibreOffice made no PDF" in words(await planted.said(manager, "/plan 0.2 pdf"))


async def test_a_file_larger_than_telegram_takes_is_not_tried(
    planted: running.Running, rendered: list[nouns.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENT_BYTES", 1000)
    manager = planted.person(running.MANAGER)
    await file_of(planted, manager, "/plan")
    assert "larger than Telegram takes" in words(await planted.said(manager, "/plan json"))


@pytest.mark.parametrize("typed", ["/changes", "/plan 0.1"])
async def test_who_leads_nothing_hears_who_may(
    planted: running.Running, rendered: list[nouns.Plan], typed: str
) -> None:
    await file_of(planted, planted.person(running.MANAGER), "/plan")
    message = await planted.said(planted.person(running.EKAI), typed)
    assert "document" not in message
    assert "project manager" in words(message).casefold()


def draft(assessment: str, number: int) -> records.PlanFile:
    """A version as it was kept before there were data."""
    at = running.NOW - dt.timedelta(days=2, minutes=-number)
    return records.PlanFile(assessment, f"0.{number}", at, 0, "0" * 64, b"an old file")


async def test_who_waits_for_anothers_plan_is_told(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def render(*_: object, **__: object) -> bytes:
        begun.set()
        await go_on.wait()
        return b"a plan"

    monkeypatch.setattr(rendering, "render", render)
    monkeypatch.setattr(places, "PLACES", 1)
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await manager.say("/plan")
    await begun.wait()
    await owner.say("/plan")
    await owner.wait_for(lambda message: "Another plan is being made before yours" in words(message))
    go_on.set()
    await planted.settled()
    assert "document" in await owner.last_message()
    assert not any("before yours" in words(message) for message in await manager.messages())
