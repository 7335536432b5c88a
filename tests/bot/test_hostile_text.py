"""Whatever people call themselves, their institution and their branches, it is read as they wrote it.

The local Telegram refuses what Telegram refuses: a message whose markup is broken would be an error in the log.
"""

from __future__ import annotations

import csv
import json
import pathlib
import re
import unicodedata

import markupsafe
import openpyxl
import pytest

from bot.commands import files
from flows import book
from tests.bot import running, test_privacy
from tests.bot.running import labels, words

NAMES = [
    pytest.param("<b>Nuru</b> & <Sons>", id="markup"),
    pytest.param('<a href="tg://user?id=1">free money</a>', id="a link"),
    pytest.param("Nuru</blockquote></b></i>", id="closing tags"),
    pytest.param("&lt;b&gt; &amp;amp; &#0; &unknown;", id="entities"),
    pytest.param("*Nuru* _of_ [Kenya](http://x.test) `code`", id="Markdown"),
    pytest.param("{{ 7*191 }} {% for x in y %} {0.__class__} %s $name", id="templates"),
    pytest.param("صندوق نور \u202eelpmas", id="right to left"),
    pytest.param("👩‍👩‍👧‍👦🏳️‍🌈🇰🇪", id="joined emoji"),
    pytest.param("Z" + "\u0301" * 40, id="marks piled up"),
    pytest.param("/plan", id="a command"),
    pytest.param("'; DROP TABLE answers; --", id="SQL"),
    pytest.param("..\\../../etc/cron.d/$(id)|x", id="a path"),
]


@pytest.mark.parametrize("name", NAMES)
async def test_names(bot: running.Running, name: str) -> None:
    owner = bot.person(running.OWNER)
    await owner.say("/new")
    await bot.settled()
    shown = await bot.said(owner, name)
    if name.startswith("/"):
        # a command is a command, whatever was asked
        assert "Which country" not in words(shown)
        return
    assert "Which country" in words(shown)
    await bot.said(owner, "KE")
    await bot.said(owner, name)
    shown = await bot.tapped(owner, "Not decided")
    assert _plain(name) in _plain(words(shown))
    await bot.tapped(owner, "✓ Create")
    links = await bot.links_made(owner)
    seat = next(seat for seat in links if "Branch manager" in seat)
    somebody = await bot.newcomer(name[:60])
    await bot.joined(somebody, links[seat])
    assert _plain(name) in _plain(words(await bot.said(somebody, "/tasks")))
    status = words(await bot.said(owner, "/status"))
    assert _plain(name) in _plain(status)
    assert "1337" not in status
    people = " ".join(labels(await bot.said(owner, "/people")))
    assert "\u202e" not in status + people, "it would turn round what stands behind the name"
    since = bot.now
    await bot.said(owner, "/plan")
    sent = [event.get("message", {}).get("document") for event in bot.events(owner, since)]
    [file_name] = [one["file_name"] for one in sent if one]
    assert re.fullmatch(r"[\w .-]+\.docx", file_name), "neither a path nor an order to any program"
    for command in ("/review", "/invite", "/mydata", "/help", "/tasks"):
        await bot.said(owner, command)
        await bot.said(somebody, command)


@pytest.mark.parametrize(
    "answer",
    [
        *(name for name in NAMES if name.id != "a command"),
        pytest.param('=HYPERLINK("http://x.test";"a formula")', id="a formula"),
        pytest.param("W" * 2000, id="as long as may be"),
        pytest.param("&" * 2000, id="five times as long when escaped"),
        pytest.param("x" + "\n" * 1900 + "x", id="line breaks"),
        pytest.param("👩‍👩‍👧‍👦" * 285, id="thousands of units of UTF-16"),
    ],
)
async def test_answers_come_back_as_they_were_written(
    planted: running.Running, answer: str, tmp_path: pathlib.Path
) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "How you work · Lodwar")
    shown = await planted.said(ekai, answer)
    assert "loan officers take money" in words(shown), "the next question stands"
    kept = (await planted.answers("branch_work", "lodwar"))["paper_when_down"]
    assert isinstance(kept, str)
    assert _plain(kept) == _plain(unicodedata.normalize("NFC", answer))
    for button in ("‹ Back", "Check my answers"):
        shown = await planted.tapped(ekai, button)
        assert _plain(kept)[:40] in _plain(words(shown)), "all of it, or how it begins"
        assert "1337" not in words(shown)
    await planted.said(ekai, "/mydata")
    page, own = await test_privacy.own_files(ekai)
    assert kept in [row.get("value") for row in json.loads(own)["answer"]]
    assert f"<td>{markupsafe.escape(kept)}</td>" in page
    wanted = (await planted.assessment()).id
    for ending in ("json", "csv", "xlsx"):
        await files.export(planted.settings, wanted, tmp_path / f"answers.{ending}")
    sections = book.decode((tmp_path / "answers.json").read_bytes()).sections
    given = [one.answers.get("paper_when_down") for one in sections if one.branch == "lodwar"]
    assert kept in [one.value for one in given if one is not None]
    with (tmp_path / "answers-branch_work.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row["paper_when_down"] for row in csv.DictReader(file)]
    assert (f"'{kept}" if kept.startswith("=") else kept) in cells, "what opens it computes nothing"
    found = [
        cell
        for row in openpyxl.load_workbook(tmp_path / "answers.xlsx")["branch_work"].iter_rows()
        for cell in row
        if cell.value == kept
    ]
    assert [cell.data_type for cell in found] == ["s"], "text, and no formula"
    for command in ("/status", "/tasks"):
        await planted.said(ekai, command)


@pytest.mark.parametrize("answer", ["W" * 4096, "&" * 4096, "👩‍👩‍👧‍👦" * 350])
async def test_an_answer_that_is_too_long_is_refused_and_asked_again(
    planted: running.Running, answer: str
) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "How you work · Lodwar")
    shown = await planted.said(ekai, answer)
    assert "please keep it under 2000" in words(shown)
    assert labels(shown), "it is still asked"
    assert await planted.answers("branch_work", "lodwar") == {}


def _plain(text: str) -> str:
    """Without what a messenger does not show or puts on one line."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())
