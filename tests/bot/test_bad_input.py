"""A sample of bad input through the real bot: its sentence comes, the question stands, and nothing is kept."""

from __future__ import annotations

import pytest

from bot.rehearsal import respondent
from tests.bot import running
from tests.bot.running import words

STAFF = "How many people work at your branch?"
PLACE = "Where is the branch?"

BEFORE = (
    ("says", "1250"),
    ("says", "9"),
    ("says", "4"),
    ("says", "2"),
    ("says", "3"),
    ("says", "8"),
    ("says", "monday, friday"),
    ("says", "10"),
)
"""What Ekai answers before the place of his branch."""


async def stands_at(bot: running.Running, question: str) -> None:
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    shown = await bot.tapped(ekai, "Your branch · Lodwar")
    for _, typed in BEFORE:
        if question in words(shown):
            return
        shown = await bot.said(ekai, typed)
    assert question in words(shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("x" * 4000, "as a number. Send digits, such as 12 or 4.5.", id="a long message"),
        pytest.param("👍", "I could not read “👍” as a number", id="emoji"),
        pytest.param("مرحبا", "I could not read “مرحبا” as a number", id="right-to-left words"),
        pytest.param("<b>&", "I could not read “<b>&” as a number", id="markup"),
        pytest.param("9 km", "“km” is another unit. Send the number in people.", id="another unit"),
        pytest.param("9.5", "is not a whole number", id="half a person"),
        pytest.param(
            "9,5",
            "Send 4 numbers with a space between them, like: 9 4 2 3",
            id="half a person, or two numbers",
        ),
        pytest.param("0", "Send a whole number of people, 1 or more. Example 9", id="the flow's own words"),
    ],
)
async def test_words_for_a_number(planted: running.Running, typed: str, said: str) -> None:
    await stands_at(planted, STAFF)
    shown = await planted.said(planted.person(running.EKAI), typed)
    assert said in words(shown)
    assert STAFF in words(shown)
    assert await planted.answers("branch_office", "lodwar") == {"clients": 1250}


async def test_a_photo_and_a_place_for_a_number(planted: running.Running) -> None:
    await stands_at(planted, STAFF)
    ekai = planted.person(running.EKAI)
    for act in (ekai.send_file("desk.png", respondent.PHOTO, kind="photo"), ekai.send_location(3.1, 35.6)):
        shown = await planted.after(ekai, act)
        assert "This question needs a number, such as 12 or 4.5." in words(shown)
        assert STAFF in words(shown)
    assert await planted.answers("branch_office", "lodwar") == {"clients": 1250}


async def test_a_place_without_a_fix(planted: running.Running) -> None:
    await stands_at(planted, PLACE)
    ekai = planted.person(running.EKAI)
    before = await planted.answers("branch_office", "lodwar")
    shown = await planted.after(ekai, ekai.send_location(0.0, 0.0))
    assert "Step outside, wait a moment and send it again" in words(shown)
    assert PLACE in words(shown)
    assert await planted.answers("branch_office", "lodwar") == before
    await planted.after(ekai, ekai.send_location(3.119, 35.597))
    assert "location" in await planted.answers("branch_office", "lodwar")
