"""A month to tap at: where it begins, how its weeks begin, and that a tap is an answer."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import views
from bot.asking import calendars
from flows import nouns
from flows import words as wording
from tests.bot import running
from tests.bot.running import labels, words

MARCH = dt.date(2031, 3, 1)


def faces(language: str, country: str, month: dt.date = MARCH) -> list[list[str]]:
    return [
        [button.label for button in row]
        for row in calendars.rows(month, wording.catalogue("bot", language), country)
    ]


@pytest.mark.parametrize(
    ("language", "country", "title", "monday", "weekday"),
    [
        pytest.param("en", "KE", "March 2031", 1, "Mo", id="English in Kenya: weeks begin on Sunday"),
        pytest.param("sw", "TZ", "Machi 2031", 0, "J3", id="Swahili in Tanzania: on Monday"),
        pytest.param("fr", "SN", "mars 2031", 0, "lu", id="French in Senegal: on Monday"),
        pytest.param("es", "BO", "marzo de 2031", 0, "lu", id="Spanish in Bolivia: on Monday"),
        pytest.param("es", "HN", "marzo de 2031", 1, "lu", id="Spanish in Honduras: on Sunday"),
        pytest.param("en", "XX", "March 2031", 0, "Mo", id="a country that nobody knows"),
    ],
)
def test_a_month_reads_as_the_place_writes_it(
    language: str, country: str, title: str, monday: int, weekday: str
) -> None:
    shown = faces(language, country)
    assert shown[0] == ["«", "‹", title, "›", "»"]
    assert shown[1][monday] == weekday
    # 3 March 2031 is a Monday
    assert any(week[monday] == "3" for week in shown[2:])
    days = [face for week in shown[2:] for face in week if face != calendars.EMPTY]
    assert days == [str(day) for day in range(1, 32)]
    assert all(len(row) <= 8 for row in shown)


def test_the_ways_lead_to_other_months_and_stop_at_the_ends() -> None:
    def ways(month: dt.date) -> list[str]:
        actions = [button.action for button in calendars.rows(month, wording.catalogue("bot", "en"), "KE")[0]]
        return [action.value for action in actions if isinstance(action, views.Pick)]

    assert ways(dt.date(2031, 1, 1)) == ["2030-01-01", "2030-12-01", "2031-01-01", "2031-02-01", "2032-01-01"]
    assert ways(dt.date(calendars.LAST_YEAR, 12, 1))[-1] == f"{calendars.LAST_YEAR}-12-01"
    assert calendars.month_of("nonsense", dt.date(2031, 5, 9)) == dt.date(2031, 5, 1)


@pytest.mark.parametrize(
    ("answers", "begins"),
    [
        pytest.param({}, "2030-11-01", id="nothing said: this month"),
        pytest.param({"leave:1/to": "2031-07-12"}, "2031-07-01", id="an answer there: its month"),
        pytest.param({"leave:1/from": "2031-06-20"}, "2031-06-01", id="the beginning was said: its month"),
        pytest.param({"leave:2/from": "2031-06-20"}, "2030-11-01", id="of another entry: this month"),
        pytest.param({"leave:1/who": "Otieno"}, "2030-11-01", id="words beside it: this month"),
    ],
)
def test_it_begins_where_the_day_is_likely(answers: dict[str, str], begins: str) -> None:
    session = nouns.Session("f", "1", answers={key: nouns.Answer(value) for key, value in answers.items()})
    assert calendars.first_month(session, "leave:1/to", dt.date(2030, 11, 25)).isoformat() == begins


async def test_a_day_is_tapped_after_leafing_and_typing_stays_possible(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Internet · Lodwar")
    for act in ("+ Add Internet line", "Fibre (thin glass cable)"):
        await planted.tapped(ekai, act)
    await planted.said(ekai, "Safaricom")
    await planted.said(ekai, "0")
    shown = await planted.tapped(ekai, "Yes")
    assert "Tap the day, or type it" in words(shown)
    assert "March 2031" in labels(shown)
    turned = await planted.tapped(ekai, "›")
    assert turned["message_id"] == shown["message_id"], "another message for another month"
    assert "April 2031" in labels(turned)
    assert await planted.tapped(ekai, "April 2031")
    await planted.tapped(ekai, "14")
    assert (await planted.answers("branch_internet", "lodwar"))["links:1/works_again"] == "2031-04-14"
    await planted.tapped(ekai, "‹ Back")
    assert "April 2031" in labels(await ekai.last_message())
    await planted.said(ekai, "2 May 2031")
    assert (await planted.answers("branch_internet", "lodwar"))["links:1/works_again"] == "2031-05-02"


async def test_a_month_of_a_section_that_is_anothers_now_is_not_turned(planted: running.Running) -> None:
    ekai, manager = planted.person(running.EKAI), planted.person(running.MANAGER)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Internet · Lodwar")
    for act in ("+ Add Internet line", "Fibre (thin glass cable)"):
        await planted.tapped(ekai, act)
    for typed in ("Safaricom", "0"):
        await planted.said(ekai, typed)
    shown = await planted.tapped(ekai, "Yes")
    await planted.said(manager, f"/people {running.EKAI}")
    for tap in ("Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it"):
        await planted.tapped(manager, tap)
    turned = await planted.tapped(ekai, "›", message=shown)
    assert "Nothing is being asked" in words(turned)
    assert "April 2031" not in labels(turned)
