"""What `once` came to is a fact: it stands in the session, whenever and wherever the form is made again."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from flows import form, instance, nouns
from tests.flows import playing

LATER = dt.timedelta(days=3)

SURVEY = """
survey:
  - {{type: integer, name: n, label: How many?, constraint: . < 10}}
  - {{type: {kind}, name: fact, label: Fact, calculation: "{calculation}", relevant: "{relevant}"}}
  - {{type: text, name: other, label: Other?}}
"""


def survey(calculation: str, *, kind: str = "calculate", relevant: str = "") -> nouns.Flow:
    return playing.load(SURVEY.format(calculation=calculation, kind=kind, relevant=relevant))


def fact(player: playing.Player, key: str = "fact") -> nouns.Value:
    """What it is worth to who makes the form anew from what is stored."""
    found = instance.Instance(form.of(player.flow), player.session, player.now).find(key)
    assert isinstance(found, instance.Question)
    return found.value


def later(player: playing.Player, *, restarted: bool) -> playing.Player:
    """Three days on; after a restart no living form is kept, as none is of another flow of the same content."""
    flow = msgspec.structs.replace(player.flow) if restarted else player.flow
    player = playing.Player(flow, player.session)
    player.now += LATER
    return player


@pytest.mark.parametrize("restarted", [False, True], ids=["in memory", "after a restart"])
@pytest.mark.parametrize(
    ("calculation", "came_to"),
    [
        pytest.param("once(today())", "2026-11-24", id="the day"),
        pytest.param("once(concat('since ', today()))", "since 2026-11-24", id="words around the day"),
        pytest.param("concat('since ', once(today()))", "since 2026-11-24", id="words around what is once"),
        pytest.param("once(${n})", "5", id="an answer"),
        pytest.param("if(${n} > 3, once(today()), '')", "2026-11-24", id="on a condition"),
        pytest.param("once(${other})", None, id="what nobody has said yet"),
    ],
)
def test_it_stays_what_it_was(calculation: str, came_to: nouns.Value, *, restarted: bool) -> None:
    player = playing.begun(survey(calculation))
    player.do("5")
    assert fact(player) == came_to
    player = later(player, restarted=restarted)
    player.do(nouns.Back(), "7")
    assert (fact(player), player.session.answers["n"].value) == (came_to, 7)
    assert player.session.values == ({} if came_to is None else {"fact": came_to})


@pytest.mark.parametrize(
    "calculation", [pytest.param("${n} * 2", id="a number"), pytest.param("today()", id="the day")]
)
def test_what_can_be_computed_again_is_not_kept(calculation: str) -> None:
    player = playing.begun(survey(calculation))
    player.do("5")
    assert fact(player) is not None
    assert player.session.values == {}


@pytest.mark.parametrize("restarted", [False, True], ids=["in memory", "after a restart"])
def test_it_comes_back_with_what_makes_it_apply(restarted: bool) -> None:
    player = playing.begun(survey("once(today())", relevant="${n} > 3"))
    player.do("5", nouns.Back(), "1")
    assert fact(player) is None
    player = later(player, restarted=restarted)
    player.do(nouns.Back(), "6")
    assert fact(player) == "2026-11-24"


def test_an_answer_that_is_refused_leaves_nothing_behind() -> None:
    player = playing.begun(survey("once(${n})"))
    player.do("50")
    assert (fact(player), player.session.values) == (None, {})
    player.do("5")
    assert fact(player) == "5"


@pytest.mark.parametrize("restarted", [False, True], ids=["in memory", "after a restart"])
def test_what_somebody_typed_in_its_place_stays(restarted: bool) -> None:
    player = playing.begun(survey("once(${n})", kind="text"))
    player.do("5", "six")
    player = later(player, restarted=restarted)
    player.do(nouns.Changed("n"), "7")
    assert player.session.answers["fact"].value == "six"
    assert fact(player) == "six"


@pytest.mark.parametrize("restarted", [False, True], ids=["in memory", "after a restart"])
def test_what_somebody_typed_in_the_place_of_the_day_stays_on_another(restarted: bool) -> None:
    player = playing.begun(survey("today()", kind="text"))
    player.do("5", "on Tuesday")
    player = later(player, restarted=restarted)
    player.do("nothing else")
    assert player.session.answers["fact"].value == "on Tuesday"


def test_it_waits_for_what_the_device_and_defaults_fill_in() -> None:
    player = playing.begun("""
        survey:
          - {type: hidden, name: day, preload: date today}
          - {type: text, name: place, label: Place?, default: "concat('at ', 'home')"}
          - {type: calculate, name: visit, calculation: "once(concat('on ', ${day}, ' ', ${place}))"}
        """)
    assert player.session.values["visit"] == "on 2026-11-24 at home"


def test_a_condition_that_no_longer_holds_ends_it() -> None:
    player = playing.begun(survey("if(${n} > 3, once(today()), '')"))
    player.do("5", nouns.Back(), "1")
    assert (fact(player), player.session.values) == (None, {})
    player = later(player, restarted=True)
    player.do(nouns.Back(), "6")
    assert fact(player) == "2026-11-27"


def test_each_entry_has_its_own_and_takes_it_along() -> None:
    player = playing.begun("""
        survey:
          - type: repeat
            name: visits
            label: Visit
            children:
              - {type: text, name: who, label: Who?}
              - {type: calculate, name: day, calculation: once(today())}
        """)
    player.do(nouns.Added(), "Ann")
    player = later(player, restarted=True)
    player.do(nouns.Added(), "Ben")
    assert player.session.values == {"visits:1/day": "2026-11-24", "visits:2/day": "2026-11-27"}
    player.do(nouns.Removed("visits:1"))
    assert player.session.values == {"visits:2/day": "2026-11-27"}
