"""What is unusual is asked back once, and taken where its respondent stands by it."""

from __future__ import annotations

import pathlib

import pytest

from flows import book, instance, nouns, shipped
from tests.flows import playing
from tests.flows.assessment_asked import standing

SAMPLES = pathlib.Path(__file__).parents[2] / "flows" / "samples"

FLOW = """
survey:
  - {type: integer, name: staff, label: How many people?, constraint: . >= 0, constraint_message: Send a number., plausible: . >= 2 and . <= 60}
  - {type: integer, name: officers, label: How many officers?, plausible: "not(. > ${staff} * 0.8)"}
  - {type: text, name: last, label: Anything else?}
"""


def test_the_usual_is_taken_at_once() -> None:
    player = playing.begun(FLOW)
    assert player.do("9").key == "officers"


def test_the_unusual_is_asked_back_and_taken_on_yes() -> None:
    player = playing.begun(FLOW)
    prompt = player.do("600")
    assert (prompt.kind, prompt.proposed, prompt.doubted) == ("confirm", "600", True)
    assert player.session.answers == {}
    assert player.do("yes").key == "officers"
    assert player.value("staff") == 600


@pytest.mark.parametrize("then", [nouns.Confirmed(False), nouns.Back(), "no"])
def test_no_leads_back_to_the_question(then: nouns.AnyEvent | str) -> None:
    player = playing.begun(FLOW)
    player.do("600")
    prompt = player.do(then)
    assert (prompt.kind, prompt.key, player.session.answers) == ("question", "staff", {})
    assert player.do("9").key == "officers"


def test_another_number_in_place_of_yes_is_the_answer() -> None:
    player = playing.begun(FLOW)
    player.do("600")
    assert player.do("9").key == "officers"
    assert player.value("staff") == 9


def test_what_cannot_be_is_refused_and_not_asked_back() -> None:
    player = playing.begun(FLOW)
    prompt = player.do("-5")
    assert (prompt.kind, prompt.problem is not None) == ("question", True)


FOLLOWED = """
survey:
  - {type: integer, name: staff, label: How many people?, constraint: . >= 0, constraint_message: Send a number., plausible: . <= 60}
  - {type: calculate, name: desks, calculation: "${staff} + 1"}
  - {type: integer, name: rooms, label: "In how many rooms are ${desks} desks?"}
"""


@pytest.mark.parametrize(
    ("stood", "tried", "asks"),
    [
        pytest.param("", ["-5"], "In how many rooms are … desks?", id="refused where nothing stood"),
        pytest.param("9", ["-5"], "In how many rooms are 10 desks?", id="refused where a number stood"),
        pytest.param(
            "", ["600", "no"], "In how many rooms are … desks?", id="taken back where nothing stood"
        ),
        pytest.param("9", ["600", "no"], "In how many rooms are 10 desks?", id="taken back where one stood"),
    ],
)
def test_of_what_was_not_taken_nothing_follows(stood: str, tried: list[str], asks: str) -> None:
    player = playing.begun(FOLLOWED)
    if stood:
        player.do(stood, nouns.Changed("staff"))
    prompt = player.do(*tried)
    assert (prompt.key, prompt.current) == ("staff", stood)
    assert player.do(nouns.Changed("rooms")).label == asks
    player.do("4")
    kept = {"staff": int(stood)} if stood else {}
    assert {key: answer.value for key, answer in player.session.answers.items()} == {**kept, "rooms": 4}


def test_a_doubtful_reading_is_confirmed_first_and_then_judged() -> None:
    player = playing.begun(
        "survey: [{type: integer, name: speed, label: Speed, unit: Mbps, plausible: . <= 200}]"
    )
    prompt = player.do("5000 mb")
    assert (prompt.kind, prompt.doubted) == ("confirm", False)
    prompt = player.do("yes")
    assert (prompt.kind, prompt.doubted) == ("confirm", True)
    assert player.do("yes").kind == "review"
    assert player.value("speed") == 5000


def test_it_looks_at_other_answers_and_is_silent_where_they_are_open() -> None:
    player = playing.begun(FLOW)
    player.do("10")
    assert player.do("9").kind == "confirm"
    player = playing.begun(FLOW)
    player.do(nouns.Unknown())
    assert player.do("9").key == "last"


def test_it_survives_a_pause() -> None:
    player = playing.begun(FLOW)
    player.do("600", nouns.Paused())
    prompt = player.do(nouns.Begin())
    assert (prompt.kind, prompt.doubted) == ("confirm", True)
    assert player.do("yes").key == "officers"


@pytest.mark.parametrize("name", ["village_bank", "sme_lender", "savings_cooperative", "jitegemea"])
def test_the_samples_are_usual(name: str) -> None:
    """Else the ranges are too narrow: nobody should be doubted all day."""
    sample = book.decode((SAMPLES / f"{name}.answers.json").read_bytes())
    flows = {flow.id: flow for flow in shipped.assessment()}
    doubted = total = 0
    for section in sample.sections:
        living = book.living(section, flows[section.flow], now=sample.made_at)
        for key in section.answers:
            node = living.find(key)
            if node is not None and "plausible" in node.place.formulas:
                total += 1
                doubted += not living.holds(node, "plausible", otherwise=True)
    assert total
    assert doubted <= total // 50


@pytest.mark.parametrize(
    ("flow", "answers", "key", "value", "usual"),
    [
        pytest.param("branch_internet", {}, "links:1/mbps_afternoon", 0.05, False, id="hardly a line"),
        pytest.param("branch_internet", {"links:1/mbps_morning": 4}, "links:1/mbps_afternoon", 3, True, id="slower at four"),
        pytest.param("branch_internet", {"links:1/mbps_morning": 4}, "links:1/mbps_afternoon", 40, False, id="ten times faster at four"),
        pytest.param("branch_internet", {"links:1/cuts_per_week": 40, "links:1/longest_cut_hours": 20}, "links:1/usual_cut_hours", 10, False, id="a line away for more than the week"),
        pytest.param("branch_power", {"cuts_per_week": 40, "longest_cut_hours": 20}, "usual_cut_hours", 10, False, id="power away for more than the week"),
        pytest.param("branch_office", {"staff_total": 10, "loan_officers": 6}, "tellers", 5, False, id="more officers and tellers than staff"),
        pytest.param("migration", {"entities:1/records": 300, "entities:2/records": 200}, "dirty_records", 501, False, id="more wrong records than records"),
        pytest.param("migration", {"entities:1/records": 300, "entities:2/records": 200}, "dirty_records", 500, True, id="all records wrong"),
        pytest.param("migration", {"entities:1/records": 300}, "dirty_records", 501, True, id="one kind not counted yet"),
        pytest.param("migration", {"entities:1/history": "all"}, "entities:1/from_date", "2031-01-01", False, id="history of the future"),
        pytest.param("finance_setup", {"prices/exchange_rate": 129.5}, "prices/price_computer", 65000, True, id="a computer in shillings"),
        pytest.param("finance_setup", {"prices/exchange_rate": 129.5}, "prices/price_computer", 650, False, id="a computer in dollars that nobody said to be dollars"),
        pytest.param("finance_setup", {"prices/exchange_rate": 129.5, "prices/in_dollars": ["devices"]}, "prices/price_computer", 650, True, id="a computer in dollars"),
        pytest.param("finance_setup", {"prices/exchange_rate": 129.5, "prices/in_dollars": ["devices"]}, "prices/price_computer", 65000, False, id="a computer in shillings that were said to be dollars"),
        pytest.param("finance_setup", {"prices/exchange_rate": 8600}, "prices/price_computer", 4500000, True, id="a computer in francs of Guinea"),
        pytest.param("finance_setup", {"prices/exchange_rate": 1}, "prices/price_computer", 500, True, id="a computer where the dollar is the own money"),
        pytest.param("finance_setup", {}, "prices/price_computer", 1, True, id="a computer where nobody knows the rate"),
        pytest.param("finance_setup", {"prices/exchange_rate": 129.5}, "prices/budget_total", 6000, False, id="a budget of fifty dollars"),
        pytest.param("finance_setup", {}, "prices/exchange_rate", 129500, False, id="a rate without its point"),
    ],
)  # fmt: skip
def test_what_other_answers_make_unusual(
    flow: str, answers: dict[str, nouns.Value], key: str, value: nouns.Value, usual: bool
) -> None:
    given = {other: nouns.Answer(said) for other, said in {**answers, key: value}.items()}
    lists = {"branch_internet": {"links": (1,)}, "migration": {"entities": (1, 2)}}
    node = standing(flow, given, lists.get(flow, {})).find(key)
    assert isinstance(node, instance.Question)
    assert node.instance.holds(node, "plausible", otherwise=True) is usual


@pytest.mark.parametrize(("most", "taken"), [(0, True), (30, True), (-5, False), (4, False)])
def test_no_limit_or_one_that_is_no_smaller_than_the_least(most: int, taken: bool) -> None:
    answers = {"group_rules/group_least": nouns.Answer(5), "group_rules/group_most": nouns.Answer(most)}
    node = standing("configuration", answers, {}).find("group_rules/group_most")
    assert isinstance(node, instance.Question)
    assert node.instance.holds(node, "constraint", otherwise=True) is taken
