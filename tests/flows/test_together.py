"""Numbers that belong together come in one message, or one by one: nothing lost, nothing half stored."""

from __future__ import annotations

import pytest

from flows import lint, nouns
from tests.flows import playing

FLOW = """
flow: people
title: People
survey:
  - type: integer
    name: staff
    label: How many people work here?
    unit: people
    constraint: . >= 1 and . <= 2000
    constraint_message: Send a whole number of people, 1 or more.
    plausible: . <= 60
    together: [officers, hours]
    short: people in all
    example: "9"
  - type: integer
    name: officers
    label: How many of them are loan officers?
    constraint: not(. > ${staff})
    constraint_message: No more than all people.
    short: loan officers
    example: "4"
  - type: decimal
    name: hours
    label: How many hours do they drive?
    relevant: not(${officers} = 0)
    short: hours on the road
    example: "2.5"
  - type: text
    name: remark
    label: Anything else?
"""


def values(player: playing.Player) -> dict[str, nouns.Value]:
    return {key: answer.value for key, answer in player.session.answers.items()}


def test_the_numbers_of_a_message_are_told_in_few_words_with_an_example() -> None:
    prompt = playing.begun(FLOW).prompt
    assert [each.label for each in prompt.together] == ["people in all", "loan officers", "hours on the road"]
    assert prompt.example == "9 4 2.5"


def test_of_two_numbers_an_example_is_shown_too() -> None:
    prompt = playing.begun(FLOW.replace("[officers, hours]", "[officers]")).prompt
    assert [each.label for each in prompt.together] == ["people in all", "loan officers"]
    assert prompt.example == "9 4"


@pytest.mark.parametrize(
    ("typed", "stored", "then"),
    [
        pytest.param("9 4 2.5", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="spaces"),
        pytest.param("9, 4, 2.5", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="commas"),
        pytest.param("9,4,2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="commas without spaces"),
        pytest.param("9\n4\n2,5", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="one a line"),
        pytest.param(
            "9; about 4; 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="about one of them"
        ),
        pytest.param("٩ ٤ ٢", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="Arabic digits"),
        pytest.param("९ ४ २", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="Devanagari digits"),
        pytest.param("٩، ٤، ٢٫٥", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="Arabic marks"),
        pytest.param("9, 4, ½", {"staff": 9, "officers": 4}, "hours", id="one that is asked back"),
        pytest.param("9 4", {"staff": 9, "officers": 4}, "hours", id="the first two"),
        pytest.param("9", {"staff": 9}, "officers", id="the first alone"),
        pytest.param("9 ? 2", {"staff": 9, "officers": None, "hours": 2}, "remark", id="one unknown"),
        pytest.param("9 0 2", {"staff": 9, "officers": 0}, "remark", id="one that no longer applies"),
        pytest.param("9 40 2", {"staff": 9}, "officers", id="one that cannot be"),
        pytest.param("0 4 2", {}, "staff", id="the first cannot be"),
        pytest.param("9 4 2 1", {}, "staff", id="too many"),
        pytest.param("9/4/2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="slashes"),
        pytest.param("9 - 4 - 2.5", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="dashes"),
        pytest.param("9–4–2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="long dashes"),
        pytest.param("9 , 4 ,2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="commas after spaces"),
        pytest.param("9, 4 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="commas and spaces"),
        pytest.param("9 4\n2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="lines and spaces"),
        pytest.param("9, 4 and 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="and"),
        pytest.param("9 4, and ?", {"staff": 9, "officers": 4, "hours": None}, "remark", id="and unknown"),
        pytest.param("9, 4 et 2,5", {"staff": 9, "officers": 4, "hours": 2.5}, "remark", id="French and"),
        pytest.param("9, 4 y 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="Spanish and"),
        pytest.param("9 na 4 na 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="Swahili and"),
        pytest.param("9 4 & 2", {"staff": 9, "officers": 4, "hours": 2}, "remark", id="a sign for and"),
        pytest.param("1,200; 300; 2", {}, "staff", id="thousands with commas wait for yes"),
        pytest.param("40 120 2", {"staff": 40}, "officers", id="hundreds, as many as were asked"),
        pytest.param("9 - 12", {}, "staff", id="a range is no two numbers"),
        pytest.param("9/4", {}, "staff", id="a part is no two numbers"),
        pytest.param("9 and 4", {}, "staff", id="and, but not all that were asked"),
        pytest.param("9 4 plus 2", {}, "staff", id="a sum"),
        pytest.param("3/4/2027", {}, "staff", id="a day"),
        pytest.param("9.4.2", {}, "staff", id="points"),
        pytest.param("1 200", {}, "staff", id="a number with a space inside, or two"),
        pytest.param("1 000", {}, "staff", id="a number with a space inside"),
        pytest.param("9 1 000", {}, "staff", id="one with a space inside among others"),
        pytest.param("1,200,300", {}, "staff", id="one with commas inside, or three"),
        pytest.param("12,500 3", {}, "staff", id="thousands with a comma wait for yes"),
        pytest.param("9 people", {"staff": 9}, "officers", id="one with its unit"),
        pytest.param("a few, perhaps", {}, "staff", id="words"),
    ],
)
def test_several_numbers_are_taken_up_to_one_that_cannot_be(
    typed: str, stored: dict[str, nouns.Value], then: str
) -> None:
    player = playing.begun(FLOW)
    player.do(typed)
    assert values(player) == stored
    assert player.prompt.key == then


@pytest.mark.parametrize(
    ("typed", "code", "text"),
    [
        pytest.param("9 40 2", "constraint", "No more than all people.", id="what its own question says"),
        pytest.param("9 4 2 1", "too_many_numbers", "", id="too many"),
        pytest.param(
            "9 120; 30 400",
            "constraint",
            "Send a whole number of people, 1 or more.",
            id="two with spaces inside",
        ),
        pytest.param("9 4 2 1 000", "too_many_numbers", "", id="a space inside a number"),
        pytest.param("9.5 4 2", "not_whole", "", id="decimals of a whole number"),
    ],
)
def test_what_cannot_be_taken_is_said(typed: str, code: str, text: str) -> None:
    problem = playing.begun(FLOW).do(typed).problem
    assert problem is not None
    assert (problem.code, problem.text) == (code, text)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("9 - 12", id="a range"),
        pytest.param("9/4", id="a part"),
        pytest.param("1/2", id="half of a whole number"),
        pytest.param("9,4", id="a comma"),
        pytest.param("9.4.2.1", id="points"),
        pytest.param("3/4/2027", id="a day"),
        pytest.param("1 200", id="a space inside"),
        pytest.param("1,200,300", id="commas inside"),
        pytest.param("12,000,5", id="commas inside, or between"),
        pytest.param("9 120; 30", id="a space inside, or three"),
        pytest.param("9 people 4 officers", id="words between"),
    ],
)
def test_who_writes_several_numbers_unclearly_is_told_how_to(typed: str) -> None:
    problem = playing.begun(FLOW).do(typed).problem
    assert problem is not None
    assert problem.code == "several_numbers"
    assert problem.values == {"given": typed, "n": 3, "example": "9 4 2.5"}


def test_where_one_number_is_asked_one_is_wanted() -> None:
    player = playing.begun(FLOW)
    player.do("9 4 2", "none", nouns.Changed("staff"))
    problem = player.do("9 - 12").problem
    assert problem is not None
    assert problem.code == "one_number"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param("1,200 300", {"litres": 1200, "cost": 300}, id="commas inside"),
        pytest.param("1,200, 300", {"litres": 1200, "cost": 300}, id="commas inside and between"),
        pytest.param("1 200; 300", {"litres": 1200, "cost": 300}, id="spaces inside"),
        pytest.param("1 200\n12 000", {"litres": 1200, "cost": 12000}, id="spaces inside, one a line"),
        pytest.param("60 120", {"litres": 60, "cost": 120}, id="as they were asked for"),
        pytest.param("60 and 120", {"litres": 60, "cost": 120}, id="and"),
        pytest.param("12 000", {}, id="one, or two of which one is none"),
        pytest.param("1 200 and 300", {}, id="spaces inside, and between them"),
        pytest.param("60 12 000", {}, id="a space inside the second"),
        pytest.param("60-120", {}, id="a range"),
    ],
)
def test_thousands_are_not_taken_apart(typed: str, stored: dict[str, nouns.Value]) -> None:
    player = playing.begun("""
        survey:
          - {type: integer, name: litres, label: How many?, together: [cost], short: litres, example: "60"}
          - {type: integer, name: cost, label: For how much?, short: cost, example: "12000"}
        """)
    player.do(typed)
    assert values(player) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param("3,8 1", {}, id="a comma within one of two, or between three"),
        pytest.param("9,4;2", {}, id="a comma before a semicolon"),
        pytest.param("3.8 1", {"low": 3.8, "usual": 1}, id="a point is within one"),
        pytest.param("3,8 1 2,5", {"low": 3.8, "usual": 1, "high": 2.5}, id="as many as were asked"),
    ],
)
def test_a_decimal_comma_is_none_where_it_may_stand_between(
    typed: str, stored: dict[str, nouns.Value]
) -> None:
    player = playing.begun("""
        survey:
          - {type: decimal, name: low, label: Least?, together: [usual, high], short: least, example: "2"}
          - {type: decimal, name: usual, label: Usual?, short: usual, example: "3"}
          - {type: decimal, name: high, label: Most?, short: most, example: "4.5"}
        """)
    player.do(typed)
    assert values(player) == stored


def test_what_follows_an_unusual_number_waits_with_it() -> None:
    player = playing.begun(FLOW)
    assert player.do("600 4 2").kind == "confirm"
    assert values(player) == {}
    player.do(nouns.Confirmed(yes=True))
    assert values(player) == {"staff": 600, "officers": 4, "hours": 2}


def test_who_does_not_mean_the_unusual_number_is_asked_again() -> None:
    player = playing.begun(FLOW)
    player.do("600 4 2", nouns.Confirmed(yes=False))
    assert values(player) == {}
    player.do("60")
    assert (values(player), player.prompt.key) == ({"staff": 60}, "officers")


def test_what_stands_between_them_is_asked_afterwards() -> None:
    # lint warns of it, yet a form may say so
    player = playing.begun("""
        survey:
          - {type: integer, name: staff, label: How many?, together: [hours], short: people, example: "9"}
          - {type: text, name: why, label: Why so many?}
          - {type: integer, name: hours, label: How many hours?, short: hours, example: "8"}
          - {type: text, name: remark, label: Anything else?}
        """)
    player.do("9 8")
    assert values(player) == {"staff": 9, "hours": 8}
    player.do("none")
    assert player.prompt.key in ("why", "remark")
    player.do("many clients")
    assert values(player).keys() == {"staff", "hours", "why", "remark"}


def test_a_pause_in_between_loses_nothing() -> None:
    player = playing.begun(FLOW)
    player.do("600 4 2", nouns.Paused(), nouns.Begin(), nouns.Confirmed(yes=True))
    assert values(player) == {"staff": 600, "officers": 4, "hours": 2}


def test_who_changes_one_number_is_asked_for_that_one_only() -> None:
    player = playing.begun(FLOW)
    player.do("9 4 2", "none", nouns.Changed("staff"))
    assert player.prompt.together == ()
    player.do("8")
    assert values(player) == {"staff": 8, "officers": 4, "hours": 2, "remark": "none"}
    assert player.prompt.kind == "review"


def test_numbers_left_open_may_come_with_a_changed_one() -> None:
    player = playing.begun(FLOW)
    player.do(nouns.Changed("remark"), "none", nouns.Changed("staff"), "9 4 2")
    assert values(player) == {"remark": "none", "staff": 9, "officers": 4, "hours": 2}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(("    short: loan officers\n", ""), "is not told in few words", id="no few words"),
        pytest.param(("[officers, hours]", "[officers, remark]"), "no number behind it", id="words"),
        pytest.param(("together: [officers, hours]", "appearance: w1"), "", id="nothing together"),
    ],
)
def test_lint_sees_what_cannot_come_together(change: tuple[str, str], says: str) -> None:
    found = [issue.what for issue in lint.text(FLOW.replace(*change))]
    assert len(found) == (1 if says else 0), found
    assert all(says in what for what in found)
