"""/mydata gives all of and only one's own; /forget takes it off the disk."""

from __future__ import annotations

import hashlib
import html
import json
import pathlib

import pytest

from bot.practice import people
from flows import words as wording
from tests.bot import running
from tests.bot.running import labels, words

OWN = "Tumaini-Xylophone"
"""A word that nothing else holds, so that a leak cannot hide."""


async def test_my_data_holds_all_of_ones_own_and_nobody_elses(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await answer_in_words(planted, ekai)
    await planted.said(ekai, "/mydata")
    page, content = await own_files(ekai)
    json.loads(content)
    for own in ("Ekai Lokwang", OWN, "1250"):
        assert own in content
    for own in ("Ekai Lokwang", "Branch manager, Lodwar", "Your branch · Lodwar", "1,250 clients", OWN):
        assert f"<td>{own}</td>" in page or f"<h2>{own}</h2>" in page
    assert "<td>How many active clients does your branch have?</td>" in page
    for name in ("Mwende", "Achieng", "Wanjiru"):
        assert name not in content
        assert name not in page


async def test_the_page_of_ones_own_data_shows_no_codes_and_no_tags_of_others(
    planted: running.Running,
) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/language fr")
    shown = await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, labels(shown)[-1])
    await planted.said(ekai, "<b>On paper</b> & by hand")
    await planted.said(ekai, "/mydata")
    page, _ = await own_files(ekai)
    assert "<td>&lt;b&gt;On paper&lt;/b&gt; &amp; by hand</td>" in page
    assert "Direction d'agence, Lodwar" in html.unescape(page)
    for code in ("branch_work", "paper_when_down", "mydata", "in_progress"):
        assert code not in page.replace("my-data", "")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("/forget", id="as the menu has it"),
        pytest.param("/deletemydata", id="as other bots call it"),
    ],
)
async def test_forgetting_takes_the_name_off_the_disk(
    planted: running.Running, tmp_path: pathlib.Path, command: str
) -> None:
    ekai = planted.person(running.EKAI)
    await answer_in_words(planted, ekai)
    await planted.said(ekai, command)
    await ekai.tap("Erase me")
    # the last word is said after everything is gone, and nothing on the disk waits for it
    assert await ekai.wait_for("You are erased")
    disk = await planted.disk()
    assert await disk.person(running.EKAI) is None
    assert await disk.memberships(person=running.EKAI) == []
    about = await disk.about(running.EKAI)
    assert not any(about.values()), about
    # the branch's answers stay, under a pseudonym
    answers = await planted.answers("branch_office", "lodwar")
    assert answers["clients"] == 1250
    session = await planted.session("branch_office", "lodwar")
    assert str(running.EKAI) not in {answer.by for answer in session.answers.values()}


async def test_whoever_leaves_hands_the_seat_over_without_a_name(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await planted.said(manager, "/start")
    await planted.said(ekai, "/forget")
    await ekai.tap("Erase me")
    await ekai.wait_for("You are erased")
    await planted.settled()
    told = await manager.last_message()
    assert "Nobody sits at Branch manager, Lodwar" in words(told)
    assert "Ekai" not in words(told)
    await planted.tapped(manager, "Branch manager, Lodwar")
    await planted.tapped(manager, "I answer this myself")
    assert (await planted.section("branch_power", "lodwar")).owner == running.MANAGER


async def test_nothing_said_can_be_read_off_the_disk(
    planted: running.Running, tmp_path: pathlib.Path
) -> None:
    ekai = planted.person(running.EKAI)
    await answer_in_words(planted, ekai)
    await planted.stop()
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for secret in (OWN, "Ekai", "Lokwang", "Jitegemea"):
            assert secret.encode() not in content, f"{secret} stands open in {path.name}"


async def test_keeping_it_keeps_everything(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/forget")
    assert "Nothing was erased" in words(await planted.tapped(ekai, "Keep it"))
    assert await (await planted.disk()).person(running.EKAI) is not None


async def own_files(person: people.Person) -> tuple[str, str]:
    """The page to read and the file for computers that were sent last."""
    sent = [message for message in await person.messages() if "document" in message][-2:]
    assert [message["document"]["file_name"] for message in sent] == ["my-data.html", "my-data.json"]
    page, content = [(await person.download(message)).decode() for message in sent]
    return page, content


async def answer_in_words(bot: running.Running, person: people.Person) -> None:
    """A number, and a sentence of one's own."""
    await bot.said(person, "/tasks")
    await bot.tapped(person, "Your branch · Lodwar")
    await bot.said(person, "1250")
    await bot.said(person, "/tasks")
    await bot.tapped(person, "How you work · Lodwar")
    await bot.said(person, OWN)
    assert (await bot.answers("branch_work", "lodwar"))["paper_when_down"] == OWN


async def test_what_somebody_agreed_to_is_kept_with_the_day_and_told(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa", language_code="fr")
    await bot.after(nekesa, nekesa.start(tokens["Branch manager, Nakuru"]))
    before = await (await bot.disk()).person(nekesa.id)
    assert before is None or not before.agreed_to, "kept before the person agreed"
    await bot.tapped(nekesa, "Commencer")
    person = await (await bot.disk()).person(nekesa.id)
    assert person is not None
    read = wording.catalogue("bot", "fr").say("privacy.text")
    assert person.agreed_to == f"fr {hashlib.sha256(read.encode()).hexdigest()}"
    assert person.agreed_at is not None
    await bot.said(nekesa, "/mydata")
    _, content = await own_files(nekesa)
    assert person.agreed_to in content


async def test_who_is_erased_and_then_blocks_the_bot_is_not_kept_again(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/forget")
    await planted.tapped(ekai, "Erase me")
    await ekai.block()
    await planted.settled()
    assert await (await planted.disk()).person(ekai.id) is None


async def test_an_answer_to_what_is_asked_no_more_is_still_ones_own(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Power · Lodwar")
    for typed in ("7", "3", "4.25"):
        await planted.said(ekai, typed)
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "2")
    await planted.said(ekai, "0")
    await planted.said(ekai, "/mydata")
    page, _ = await own_files(ekai)
    assert "<td>In the last three months, how long was the longest power cut?</td><td>4.25</td>" in page


@pytest.mark.parametrize(
    ("erased", "told", "seats"),
    [
        pytest.param(running.MANAGER, running.OWNER, "Project manager, Operations, Finance, Training", id="who leads"),
        pytest.param(running.OWNER, running.MANAGER, "Mifos specialist, IT", id="the owner"),
    ],
)  # fmt: skip
async def test_whoever_leads_besides_is_told_of_the_seats(
    planted: running.Running, erased: int, told: int, seats: str
) -> None:
    leaving, other = planted.person(erased), planted.person(told)
    await planted.said(other, "/start")
    await planted.said(leaving, "/forget")
    await leaving.tap("Erase me")
    await other.wait_for(f"Nobody sits at {seats} in Jitegemea")
