"""/why and /assume: where a figure comes from, and the institution's own numbers, by those who lead."""

from __future__ import annotations

import re

import msgspec
import pytest

from bot import limits
from storage import port
from tests.bot import running
from tests.bot.running import labels, words


@pytest.fixture
def manager(planted: running.Running):
    return planted.person(running.MANAGER)


async def test_a_figure_says_its_formula_with_the_numbers_put_in(planted, manager) -> None:
    said = words(await planted.said(manager, "/why 7.1.14"))
    assert "Speed needed: 1,350 kbps" in said
    # 9 people × 100 kbps × 1.5 = 1,350 kbps
    assert "the greater of 9 × 100 × 1.5 and 1,000 = 1,350 kbps" in said
    assert "9 people (Mwende Mutua, Nairobi" in said
    assert "known" in said
    assert "speed for each person at work: 100 kbps (rule of thumb: " in said


async def test_the_chapters_lead_to_every_figure_by_buttons(planted, manager) -> None:
    await planted.said(manager, "/why")
    shown = await planted.tapped(manager, "7")
    assert labels(shown)[:3] == ["7.1", "7.2", "7.3"]
    shown = await planted.tapped(manager, "7.1")
    assert labels(shown)[:2] == ["7.1.1", "7.1.2"]
    shown = await planted.tapped(manager, "More ›")
    assert "7.1.24" in labels(shown)
    shown = await planted.tapped(manager, "7.1.24")
    assert {"‹ 7.1.23", "7.1.25 ›", "Up: 7.1", "All chapters"} <= set(labels(shown))
    number = 25
    while "headroom factor of a UPS" not in labels(shown):
        shown = await planted.tapped(manager, f"7.1.{number} ›")
        number += 1
    shown = await planted.tapped(manager, "headroom factor of a UPS")
    assert "headroom factor of a UPS: 1.25" in words(shown)


@pytest.mark.parametrize("wanted", ["99.9", "6.", "6.2.1", "<b>", "x" * 4000, "7.1@77", "@"])
async def test_any_words_behind_why_get_an_answer_that_telegram_takes(planted, manager, wanted: str) -> None:
    shown = await planted.said(manager, f"/why {wanted}")
    assert len(words(shown).encode("utf-16-le")) // 2 <= limits.MESSAGE_UNITS
    assert labels(shown)


async def test_what_a_figure_waits_for_is_named_with_its_owner(planted, manager) -> None:
    # Ekai has answered nothing yet
    said = words(await planted.said(manager, "/why 7.3.8"))
    assert "Speed needed: not known" in said
    assert re.search(r"It waits for\n· .+, Lodwar; Ekai Lokwang\)", said)


async def test_words_of_people_are_no_tags_in_a_trace(planted, manager) -> None:
    storage = await planted.disk()
    mwende = await storage.person(running.MWENDE)
    await storage.commit([port.Put(msgspec.structs.replace(mwende, name="<i>M</i> & Co"))])
    assert "9 people (<i>M</i> & Co, Nairobi" in words(await planted.said(manager, "/why 7.1.14"))


async def test_a_number_is_replaced_and_the_figure_says_by_whom(planted, manager) -> None:
    said = words(await planted.said(manager, "/assume kbps per user 200"))
    assert "it was 100 kbps" in said
    assumed = (await planted.assessment()).assumptions
    assert [(one.name, one.value, one.by) for one in assumed] == [
        ("kbps_per_user", 200, str(running.MANAGER))
    ]
    assert assumed[0].at.date() == running.NOW.date()
    said = words(await planted.said(manager, "/why 7.1.14"))
    assert "9 × 200 × 1.5" in said  # 2,700 kbps
    assert "Speed needed: 2,700 kbps" in said
    assert "put by Achieng Odhiambo on 4 March 2031 in the place of 100 kbps" in said
    assert "speed for each person at work: 200 kbps (put by Achieng" in words(
        await planted.said(manager, "/assume")
    )


async def test_ours_comes_back_by_word_and_by_button(planted, manager) -> None:
    await planted.said(manager, "/assume inflation 7")
    shown = await planted.tapped(manager, "Take ours again")
    assert "it was 7%" in words(shown)
    assert (await planted.assessment()).assumptions == ()
    await planted.said(manager, "/assume inflation 7")
    await planted.said(manager, "/assume inflation ours")
    assert (await planted.assessment()).assumptions == ()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        pytest.param("inflation 7000", "from 0 to 500%", id="beyond belief"),
        pytest.param("inflation -1", "from 0 to 500%", id="below nothing"),
        pytest.param("inflation much", "“much” is no number for inflation", id="no number"),
        pytest.param("inflaton 7", "Did you mean: “inflation”?", id="a slip of the finger"),
        pytest.param("<b>x</b> 7", "No number is assumed by the name “<b>x</b> 7”", id="a tag"),
    ],
)
async def test_what_cannot_stand_is_refused_in_a_sentence(planted, manager, typed, answer) -> None:
    said = words(await planted.said(manager, f"/assume {typed}"))
    assert answer in said
    assert (await planted.assessment()).assumptions == ()


async def test_groups_lead_to_their_numbers(planted, manager) -> None:
    await planted.said(manager, "/assume")
    shown = await planted.tapped(manager, "Money")
    assert "inflation: 5%\nrule of thumb: Put in the country's own" in words(shown)
    shown = await planted.tapped(manager, "inflation")
    assert "/assume inflation and a number from 0 to 500" in words(shown)


async def end_of(planted, manager, place: int):
    """The first or the last figure of all, by the buttons that lead there."""
    shown = await planted.said(manager, "/why")
    while not any(label in ("All chapters",) for label in labels(shown)) or "Up:" not in "".join(
        labels(shown)
    ):
        numbers = [label for label in labels(shown) if re.fullmatch(r"[0-9.]+", label)]
        shown = await planted.tapped(
            manager, "More ›" if place and "More ›" in labels(shown) else numbers[place]
        )
    while numbers := [label for label in labels(shown) if re.fullmatch(r"[0-9.]+", label)]:
        more = place and "More ›" in labels(shown)
        shown = await planted.tapped(manager, "More ›" if more else numbers[place])
    return shown


@pytest.mark.parametrize(
    ("place", "way", "other"), [(0, "›", "‹"), (-1, "‹", "›")], ids=["the first", "the last"]
)
async def test_before_the_first_and_behind_the_last_figure_leads_no_way(
    planted, manager, place: int, way: str, other: str
) -> None:
    shown = await end_of(planted, manager, place)
    ways = [label for label in labels(shown) if way in label or other in label]
    assert len(ways) == 1
    assert way in ways[0]


async def test_a_trace_longer_than_a_message_says_how_much_more_there_is(
    planted, manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = words(await planted.said(manager, "/why 7.1.14"))
    assert "more" not in whole.splitlines()[-1]
    monkeypatch.setattr(limits, "SHORT_MESSAGE_UNITS", 250)
    short = words(await planted.said(manager, "/why 7.1.14"))
    assert len(short) < len(whole)
    assert "more" in short


async def test_a_long_group_is_leafed_through(planted, manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINES_A_PAGE", 2)
    await planted.said(manager, "/assume")
    first = await planted.tapped(manager, "Money")
    assert "‹ Earlier" not in labels(first)
    shown = first
    while "More ›" in labels(shown):
        shown = await planted.tapped(manager, "More ›")
    assert not set(labels(first)[:2]) & set(labels(shown))
    while "‹ Earlier" in labels(shown):
        shown = await planted.tapped(manager, "‹ Earlier")
    assert words(shown) == words(first)


async def test_of_many_own_numbers_the_first_are_told(
    planted, manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINES_A_PAGE", 1)
    for typed in ("inflation 7", "kbps per user 200", "contingency 20"):
        await planted.said(manager, f"/assume {typed}")
    assert len((await planted.assessment()).assumptions) == 3
    assert "and 2 more" in words(await planted.said(manager, "/assume"))
