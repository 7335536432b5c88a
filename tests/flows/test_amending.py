"""An answer to another question than the one that stands: it is taken, and what stood stands again just so."""

from __future__ import annotations

import pytest

from flows import nouns
from tests.flows import playing

FLOW = """
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  days: [{name: mon, label: Monday}, {name: tue, label: Tuesday}, {name: wed, label: Wednesday}]
survey:
  - {type: integer, name: clients, label: How many clients?, plausible: ". < 1000"}
  - {type: select_one yes_no, name: power, label: Is there power?}
  - {type: integer, name: hours, label: For how many hours?, relevant: "${power} = 'yes'"}
  - {type: select_multiple days, name: days, label: On which days?}
  - {type: decimal, name: line, label: How fast is the line?, unit: Mbps}
  - {type: text, name: remark, label: Anything else?}
"""


def reply(key: str, text: str) -> nouns.Amended:
    return nouns.Amended(key, nouns.Typed(text))


def at_days(*more: nouns.AnyEvent | str) -> playing.Player:
    player = playing.begun(FLOW)
    player.do("40", "yes", "9", *more)
    return player


@pytest.mark.parametrize(
    ("before", "key"),
    [
        pytest.param((), "days", id="while a question stands"),
        pytest.param((nouns.Picked("tue"),), "days", id="while ticks are being made"),
        pytest.param((nouns.Picked("mon"), nouns.Ticked(), "20 kbps"), "line", id="while a reading waits for yes"),
        pytest.param((nouns.Reviewed(),), "", id="while the answers are checked"),
        pytest.param((nouns.Reviewed(), nouns.Changed("power")), "power", id="while one is changed from there"),
    ],
)  # fmt: skip
def test_what_stood_stands_again(before: tuple[nouns.AnyEvent | str, ...], key: str) -> None:
    player = at_days(*before)
    stood = player.session
    player.do(reply("clients", "52"))
    assert player.stored() == {"clients": 52}
    now = player.session
    assert (now.cursor, now.mode, now.ticked, now.proposed) == (key, stood.mode, stood.ticked, stood.proposed)
    assert player.prompt.problem is None


def test_what_is_asked_back_is_asked_where_it_belongs_and_the_way_goes_on() -> None:
    player = at_days()
    assert player.do(reply("clients", "5000")).kind == "confirm"
    assert player.session.cursor == "clients"
    player.do(nouns.Confirmed(yes=True))
    assert (player.value("clients"), player.session.cursor) == (5000, "days")


def test_what_is_no_answer_is_refused_where_it_belongs() -> None:
    player = at_days()
    prompt = player.do(reply("hours", "blue"))
    assert prompt.problem is not None
    assert (prompt.key, player.value("hours")) == ("hours", 9)


def test_an_answer_that_ends_the_question_that_stands_leads_on() -> None:
    player = playing.begun(FLOW)
    player.do("40", "yes")
    player.do(reply("power", "no"))
    assert player.session.cursor == "days"


def test_a_reply_to_the_question_that_stands_is_its_answer() -> None:
    player = playing.begun(FLOW)
    player.do(reply("clients", "40"))
    assert (player.value("clients"), player.session.cursor) == (40, "power")


def test_a_new_entry_of_a_list_is_asked_to_its_end() -> None:
    player = playing.begun("""
        survey:
          - {type: repeat, name: offices, label: Office, children: [
              {type: text, name: town, label: Town}, {type: integer, name: staff, label: How many people?}]}
          - {type: text, name: remark, label: Anything else?}
        """)
    player.do(nouns.Finished())
    assert player.do(reply("offices", "Lodwar")).key == "offices:1/staff"
    assert player.value("offices:1/town") == "Lodwar"


def test_a_question_that_does_not_apply_any_more_is_not_answered() -> None:
    player = at_days()
    player.do(nouns.Changed("power"), nouns.Picked("no"))
    prompt = player.do(reply("hours", "7"))
    assert prompt.problem is not None
    assert prompt.problem.code == "not_applicable"
    assert player.value("hours") == 9


def test_a_section_that_was_left_takes_it_too() -> None:
    player = at_days(nouns.Paused())
    player.do(reply("clients", "52"))
    assert player.value("clients") == 52
