"""A reviewer proposes another answer: both stand, through every turn, until somebody decides."""

from __future__ import annotations

import msgspec
import pytest

from flows import disputing, doubts, form, instance, nouns, stops
from tests.flows import playing

FLOW = """
choices:
  sources: [{name: sun, label: The sun}, {name: mains, label: The mains}]
survey:
  - {type: integer, name: staff, label: How many people?, unit: people, constraint: . >= 0, constraint_message: Send a number., plausible: . >= 2}
  - {type: select_one sources, name: power, label: What power?}
  - {type: text, name: more, label: What more?, relevant: "${staff} > 10"}
  - {type: integer, name: rooms, label: How many rooms?}
  - {type: image, name: picture, label: A picture}
"""

REVIEWER = "p2"


def handed_in(*answers: str) -> playing.Player:
    """Somebody who has answered so and handed in."""
    player = playing.begun(FLOW)
    player.do(*(answers or ("9", "sun", "4")), nouns.Skipped(), nouns.Submitted())
    return player


def propose(player: playing.Player, key: str, words: str) -> nouns.Problem | None:
    """The reviewer proposes; what came of it, or why it was not taken."""
    after = disputing.propose(player.flow, player.session, key, words, now=playing.NOW, by=REVIEWER)
    if isinstance(after, nouns.Problem):
        return after
    assert after.revision == player.session.revision + 1
    player.session = playing.replay(after)
    return None


def decide(player: playing.Player, key: str, *, proposed: bool) -> dict[str, nouns.Value]:
    """The project manager decides; the values that are stored."""
    turn = disputing.decide(player.flow, player.session, key, proposed=proposed, now=playing.NOW)
    player.session = playing.replay(turn.session)
    return {effect.key: effect.answer.value for effect in turn.effects if isinstance(effect, nouns.Stored)}


def test_the_respondent_is_asked_with_both_answers() -> None:
    player = handed_in()
    propose(player, "staff", "12")
    prompt = player.do(nouns.Changed("staff"))
    assert (prompt.current, prompt.rival) == ("9 people", "12 people")
    assert prompt.offers[:2] == ("agreed", "kept")
    assert player.value("staff") == 9


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        pytest.param("power", ["sun", "mains"], id="a question with choices"),
        pytest.param("staff", [], id="one without"),
        pytest.param("more", None, id="one that does not apply"),
        pytest.param("nothing", None, id="one that is not there"),
    ],
)
def test_a_reviewer_proposes_what_the_question_offers(key: str, choices: list[str] | None) -> None:
    player = handed_in()
    options = disputing.question(player.flow, player.session, key, now=playing.NOW)
    assert (None if options is None else [option.name for option in options]) == choices


def test_agreeing_makes_it_the_respondents_answer() -> None:
    player = handed_in()
    propose(player, "staff", "12")
    prompt = player.do(nouns.Changed("staff"), nouns.Agreed("staff"))
    assert player.session.answers["staff"] == nouns.Answer(12, "p1", playing.NOW)
    assert player.session.disputes == {}
    assert prompt.key == "more", "what the new answer opens is asked"


@pytest.mark.parametrize("act", [nouns.Kept("staff"), "10", nouns.Ticked(), nouns.Skipped()])
def test_whoever_stays_with_theirs_leaves_both_standing(act: nouns.AnyEvent | str) -> None:
    player = handed_in()
    propose(player, "staff", "12")
    player.do(nouns.Changed("staff"), act, nouns.Reviewed())
    assert player.session.disputes["staff"].kept
    assert player.session.disputes["staff"].proposed.value == 12
    assert player.value("staff") == (10 if act == "10" else 9)
    assert player.prompt.lines[0].rival == "12 people"


def test_typing_what_was_proposed_is_agreeing() -> None:
    player = handed_in()
    propose(player, "staff", "12")
    player.do(nouns.Changed("staff"), "12")
    assert (player.value("staff"), player.session.disputes) == (12, {})


def test_a_remark_goes_once_its_question_is_answered_again_and_others_stay() -> None:
    player = handed_in()
    player.session = msgspec.structs.replace(player.session, comments={"staff": "All?", "rooms": "Sure?"})
    player.do(nouns.Changed("staff"), "9")
    assert player.session.comments == {"rooms": "Sure?"}


def test_once_kept_it_is_not_asked_again() -> None:
    player = handed_in()
    propose(player, "staff", "12")
    player.do(nouns.Begin())
    assert player.prompt.key == "staff"
    assert player.do(nouns.Kept("staff")).kind == "review"
    problem = player.do(nouns.Changed("staff"), nouns.Kept("staff")).problem
    assert problem is not None
    assert problem.code == "stale"


@pytest.mark.parametrize(("proposed", "value"), [(True, 12), (False, 9)])
def test_the_project_manager_decides(proposed: bool, value: int) -> None:
    player = handed_in()
    propose(player, "staff", "12")
    player.do(nouns.Changed("staff"), nouns.Kept("staff"), nouns.Reviewed(), nouns.Submitted())
    stored = decide(player, "staff", proposed=proposed)
    assert stored == ({"staff": 12} if proposed else {})
    assert player.value("staff") == value
    assert player.session.disputes == {}


def test_a_choice_is_proposed_in_its_own_words() -> None:
    player = handed_in()
    assert propose(player, "power", "The mains") is None
    assert player.do(nouns.Changed("power")).rival == "The mains"


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        pytest.param("staff", "many", "not_a_number", id="no answer to this question"),
        pytest.param("staff", "-1", "constraint", id="not taken by the question"),
        pytest.param("staff", "9", "same_answer", id="what stands there"),
        pytest.param("staff", "I don't know", "same_answer", id="no value"),
        pytest.param("more", "a safe", "not_applicable", id="a question that is not asked"),
        pytest.param("nowhere", "1", "not_applicable", id="no question"),
    ],
)
def test_what_cannot_be_proposed(key: str, words: str, code: str) -> None:
    player = handed_in()
    problem = propose(player, key, words)
    assert problem is not None
    assert problem.code == code
    assert player.session.disputes == {}


DOUBTS = [
    pytest.param(("9", "sun", "4"), {}, id="all plain; a picture may stay away"),
    pytest.param(("about 9", "sun", "4"), {"staff": "estimate"}, id="an estimate"),
    pytest.param(("1", "yes", "sun", "4"), {"staff": "unusual"}, id="unusual, and stood by"),
    pytest.param(("9", "don't know", "4"), {"power": "unknown"}, id="not known"),
    pytest.param(("9", "ask a colleague", "4"), {"power": "asked"}, id="a colleague is asked"),
    pytest.param(("9", "not applicable", "4"), {"power": "not_applicable"}, id="does not apply"),
    pytest.param(("9", nouns.Skipped(), "4"), {"power": "open"}, id="left open"),
]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param((nouns.Unknown(),), {"tills": "unknown"}, id="an empty list that is not known"),
        pytest.param((nouns.Skipped(),), {"tills": "open"}, id="an empty list left open"),
        pytest.param((nouns.Finished(),), {}, id="a list of which there are none"),
        pytest.param((nouns.Unknown(), nouns.Changed("tills"), "Front"), {}, id="a list with an entry is known"),
        pytest.param((nouns.Added(), nouns.Unknown()), {"tills:1/where": "unknown"}, id="what is not known of an entry"),
    ],
)  # fmt: skip
def test_doubts_about_a_list(answers: tuple[nouns.AnyEvent | str, ...], expected: dict[str, str]) -> None:
    player = playing.begun("""
        survey:
          - {type: repeat, name: tills, label: Till, children: [{type: text, name: where, label: Where is it?}]}
          - {type: text, name: last, label: What else?, required: "no"}
        """)
    player.do(*answers)
    assert {key: doubt for key, doubt in found(player).items() if key != "last"} == expected


@pytest.mark.parametrize(("answers", "expected"), DOUBTS)
def test_doubts(answers: tuple[nouns.AnyEvent | str, ...], expected: dict[str, str]) -> None:
    player = playing.begun(FLOW)
    player.do(*answers)
    assert found(player) == expected


def test_a_dispute_is_a_doubt_until_it_is_decided() -> None:
    player = handed_in()
    propose(player, "staff", "12")
    assert found(player) == {"staff": "disputed"}
    decide(player, "staff", proposed=True)
    assert found(player) == {"more": "open"}


def test_an_answer_that_others_made_wrong_is_a_doubt() -> None:
    player = playing.begun(
        """
        survey:
          - {type: integer, name: staff, label: How many people?}
          - {type: integer, name: officers, label: How many officers?, constraint: "not(. > ${staff})"}
        """
    )
    player.do("9", "5", nouns.Changed("staff"), "3")
    assert found(player) == {"officers": "refused"}


def found(player: playing.Player) -> dict[str, str]:
    """The doubts about what somebody answered, as the reviewer's list reads them."""
    living = instance.Instance(form.of(player.flow), player.session, playing.NOW)
    return {key: str(doubt) for key, doubt in doubts.of(stops.Way(living)).items()}
