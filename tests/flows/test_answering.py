"""What each kind of question takes, and what it answers to what it does not take."""

from __future__ import annotations

import msgspec
import pytest

from flows import answering, nouns
from tests.flows import playing

FORM = """
choices:
  days:
    - {name: mon, label: Monday}
    - {name: tue, label: Tuesday}
    - {name: wed, label: Wednesday}
    - {name: none, label: None of these}
  yes_no:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: "No"}
survey:
  - {type: TYPE, name: asked, label: What is it?, unit: "UNIT", constraint: "CONSTRAINT", constraint_message: Too many.}
  - {type: text, name: last, label: And then?}
"""


def asked(kind: str, *, unit: str = "", constraint: str = "") -> playing.Player:
    """Somebody before a question of this kind."""
    text = FORM.replace("TYPE", kind).replace("UNIT", unit)
    text = (
        text.replace(', constraint: "CONSTRAINT", constraint_message: Too many.', "")
        if not constraint
        else text
    )
    return playing.begun(text.replace("CONSTRAINT", constraint))


POINT = nouns.Located(nouns.Point(3.119, 35.597))
PHOTO = nouns.Attached(nouns.Attachment("image", "f1", "meter.jpg", "image/jpeg"))
FILE = nouns.Attached(nouns.Attachment("file", "f2", "list.xlsx"))
VOICE = nouns.Attached(nouns.Attachment("audio", "f3", "note.ogg", "audio/ogg"))


@pytest.mark.parametrize(
    ("kind", "event", "value"),
    [
        pytest.param("text", "Near the lake", "Near the lake", id="words"),
        pytest.param("integer", "1,250", 1250, id="a whole number"),
        pytest.param("decimal", "8.5", 8.5, id="a number"),
        pytest.param("date", "3 April 2027", "2027-04-03", id="a date"),
        pytest.param("select_one yes_no", nouns.Picked("yes"), "yes", id="a choice tapped"),
        pytest.param("select_one yes_no", "No", "no", id="a choice typed"),
        pytest.param("select_multiple days", "monday, 3", ["mon", "wed"], id="several typed at once"),
        pytest.param("select_multiple days", "none", ["none"], id="none of them typed"),
        pytest.param("select_multiple days", nouns.Picked("none"), ["none"], id="none of them tapped"),
        pytest.param("geopoint", POINT, nouns.Point(3.119, 35.597), id="a location sent"),
        pytest.param("geopoint", "3.119, 35.597", nouns.Point(3.119, 35.597), id="a location typed"),
        pytest.param("image", PHOTO, PHOTO.attachment, id="a photo"),
        pytest.param("file", FILE, FILE.attachment, id="a file"),
        pytest.param("file", PHOTO, PHOTO.attachment, id="a photo where any file will do"),
        pytest.param("audio", VOICE, VOICE.attachment, id="a voice message"),
    ],
)
def test_an_answer_is_kept_and_the_next_question_comes(
    kind: str, event: nouns.AnyEvent | str, value: nouns.Value
) -> None:
    player = asked(kind)
    prompt = player.do(event)
    assert prompt.problem is None
    assert player.stored() == {"asked": value}
    assert prompt.key == "last"


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        pytest.param("time", "2:30 pm", "14:30", id="an hour"),
        pytest.param("date", "3 April 2027", "3 April 2027", id="a day"),
        pytest.param("dateTime", "3 April 2027, 9:05", "3 April 2027, 09:05", id="a moment"),
        pytest.param("integer", "1250", "1,250", id="a number"),
        pytest.param("select_multiple days", "1, wed", "Monday, Wednesday", id="choices"),
    ],
)
def test_an_answer_is_shown_as_people_say_it(kind: str, typed: str, shown: str) -> None:
    player = asked(kind)
    player.do(typed)
    assert player.do(nouns.Back()).current == shown


@pytest.mark.parametrize(
    ("kind", "event", "code"),
    [
        pytest.param("text", "   ", "empty", id="nothing"),
        pytest.param("integer", "many", "not_a_number", id="words for a number"),
        pytest.param("integer", "3.5", "not_whole", id="a fraction of a person"),
        pytest.param("date", "soon", "not_a_date", id="words for a date"),
        pytest.param("select_one yes_no", "perhaps", "no_such_choice", id="no such choice"),
        pytest.param("select_one yes_no", nouns.Picked("maybe"), "stale", id="a choice that is not offered"),
        pytest.param("select_multiple days", nouns.Ticked(), "nothing_ticked", id="Done without a tick"),
        pytest.param("select_multiple days", "mon, none", "none_stands_alone", id="none and another"),
        pytest.param("geopoint", "by the lake", "not_a_place", id="words for a place"),
        pytest.param("image", "a photo", "send_image", id="words for a photo"),
        pytest.param("image", VOICE, "send_image", id="a voice message for a photo"),
        pytest.param("audio", PHOTO, "send_audio", id="a photo for a voice message"),
        pytest.param("integer", PHOTO, "wants_number", id="a photo for a number"),
        pytest.param("integer", POINT, "wants_number", id="a location for a number"),
        pytest.param("text", nouns.Confirmed(True), "stale", id="a yes to nothing"),
        pytest.param("text", nouns.Added(), "stale", id="a list's button"),
        pytest.param("text", nouns.Finished(), "stale", id="the end of a list"),
        pytest.param("text", nouns.Ticked(), "stale", id="going on without an answer"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(
    kind: str, event: nouns.AnyEvent | str, code: str
) -> None:
    player = asked(kind)
    prompt = player.do(event)
    assert prompt.problem is not None
    assert prompt.problem.code == code
    assert player.session.answers == {}
    assert prompt.key == "asked"


def test_a_broken_constraint_is_told_in_its_own_words() -> None:
    player = asked("integer", constraint=". <= 10")
    problem = player.do("11").problem
    assert problem is not None
    assert problem.text == "Too many."
    assert player.do("10").key == "last"


def test_an_answer_that_another_made_wrong_is_asked_again_before_the_section_is_handed_in() -> None:
    player = playing.begun("""
        survey:
          - {type: integer, name: staff, label: How many people?}
          - {type: integer, name: officers, label: How many officers?, constraint: ". <= ${staff}", constraint_message: Too many.}
          - {type: integer, name: tellers, label: How many tellers?, constraint: ". <= ${staff}", constraint_message: Too many.}
        """)
    player.do("9", "4", nouns.Skipped(), nouns.Changed("staff"), "3")
    prompt = player.do(nouns.Submitted())
    assert prompt.problem is not None
    assert (prompt.key, prompt.problem.text) == ("officers", "Too many.")
    player.do("2", nouns.Submitted())
    assert any(isinstance(effect, nouns.HandedIn) for effect in player.effects), (
        "what was left out is not wrong"
    )


def test_typed_ticks_wait_for_done() -> None:
    player = asked("select_multiple days")
    ticked = [option.name for option in player.do("Monday").options if option.chosen]
    assert ticked == ["mon"]
    assert [option.name for option in player.do("3").options if option.chosen] == ["mon", "wed"]
    assert [option.name for option in player.do(nouns.Picked("mon")).options if option.chosen] == ["wed"]
    assert player.session.answers == {}
    player.do("done")
    assert player.value("asked") == ["wed"]


def test_none_tapped_behind_ticks_stands_in_their_place() -> None:
    player = asked("select_multiple days")
    player.do(nouns.Picked("mon"), nouns.Picked("tue"))
    assert player.do(nouns.Picked("none")).key == "last"
    assert player.value("asked") == ["none"]
    player.do(nouns.Changed("asked"))
    assert [option.name for option in player.do(nouns.Picked("wed")).options if option.chosen] == ["wed"]


@pytest.mark.parametrize(
    ("event", "sure"),
    [
        pytest.param(nouns.Unknown(), nouns.Sure.UNKNOWN, id="a tap on I don't know"),
        pytest.param("I don't know", nouns.Sure.UNKNOWN, id="the words"),
        pytest.param("sijui", nouns.Sure.UNKNOWN, id="the words in Swahili"),
        pytest.param(nouns.Skipped(), nouns.Sure.SKIPPED, id="skipped"),
    ],
)
def test_no_value_is_an_answer_too(event: nouns.AnyEvent | str, sure: nouns.Sure) -> None:
    player = asked("integer")
    assert player.do(event).key == "last"
    assert player.session.answers["asked"] == nouns.Answer(None, "p1", playing.NOW, sure)


def test_a_required_question_is_not_skipped() -> None:
    player = playing.begun("survey: [{type: text, name: name, label: Name?, required: 'yes'}]")
    prompt = player.do(nouns.Skipped())
    assert prompt.problem is not None
    assert prompt.problem.code == "required"
    assert "skipped" not in prompt.offers


@pytest.mark.parametrize(
    ("then", "value"),
    [
        pytest.param("yes", 5, id="yes"),
        pytest.param(nouns.Confirmed(True), 5, id="yes by tap"),
        pytest.param("no", None, id="no"),
        pytest.param("7", 7, id="another number"),
    ],
)
def test_a_reading_that_is_not_certain_is_asked_back(then: nouns.AnyEvent | str, value: int | None) -> None:
    player = asked("integer", unit="Mbps")
    assert player.do("5 mb").proposed == "5 Mbps"
    assert player.session.answers == {}
    player.do(then)
    assert player.session.answers.get("asked", nouns.Answer()).value == value


def test_about_makes_an_estimate_and_so_does_the_button() -> None:
    player = asked("integer")
    player.do("about 40")
    assert player.session.answers["asked"].sure is nouns.Sure.ESTIMATE
    player = asked("integer")
    player.do("40")
    assert player.do(nouns.Estimated("asked")).key == "last"
    assert player.session.answers["asked"].sure is nouns.Sure.ESTIMATE


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("I don't know", nouns.Sure.UNKNOWN),
        ("Ask a colleague", nouns.Sure.ASKED),
        ("Je demande à un collègue", nouns.Sure.ASKED),
        ("nitauliza", nouns.Sure.ASKED),
        ("n/a", nouns.Sure.NOT_APPLICABLE),
        ("Does not apply", nouns.Sure.NOT_APPLICABLE),
        ("no aplica", nouns.Sure.NOT_APPLICABLE),
        ("haituhusu", nouns.Sure.NOT_APPLICABLE),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "date", "text", "geopoint", "image", "select_one yes_no"])
def test_every_question_takes_an_answer_without_a_value(kind: str, words: str, sure: nouns.Sure) -> None:
    player = asked(kind)
    assert player.do(words).key == "last"
    answer = player.session.answers["asked"]
    assert (answer.value, answer.sure) == (None, sure)


@pytest.mark.parametrize("sure", [nouns.Sure.ASKED, nouns.Sure.NOT_APPLICABLE])
def test_what_is_not_known_can_be_said_to_be_more(sure: nouns.Sure) -> None:
    player = asked("integer")
    player.do(nouns.Unknown())
    assert player.do(nouns.Meant("asked", sure)).key == "last"
    assert player.session.answers["asked"].sure is sure


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param("12", nouns.Sure.NOT_APPLICABLE, id="a number stands"),
        pytest.param(nouns.Unknown(), nouns.Sure.KNOWN, id="nothing can be known without a value"),
        pytest.param(nouns.Unknown(), nouns.Sure.ESTIMATE, id="nothing can be estimated without a value"),
    ],
)
def test_what_has_a_value_means_that(given: nouns.AnyEvent | str, meant: nouns.Sure) -> None:
    player = asked("integer")
    player.do(given)
    before = player.session.answers
    problem = player.do(nouns.Meant("asked", meant)).problem
    assert problem is not None
    assert problem.code == "stale"
    assert player.session.answers == before


def test_evidence_goes_beside_the_answer() -> None:
    flow = "survey: [{type: integer, name: n, label: How many?, evidence: [photo]}, {type: text, name: t, label: T}]"
    player = playing.begun(flow)
    assert player.do(PHOTO).key == "n"
    player.do("12")
    answer = player.session.answers["n"]
    assert (answer.value, answer.evidence) == (12, (PHOTO.attachment,))


def test_evidence_has_an_end() -> None:
    flow = "survey: [{type: integer, name: n, label: How many?, evidence: [photo]}, {type: text, name: t, label: T}]"
    player = playing.begun(flow)
    photos = [nouns.Attachment("image", f"f{number}") for number in range(answering.MAX_EVIDENCE + 1)]
    for photo in photos[:-1]:
        assert player.do(nouns.Attached(photo)).problem is None
    problem = player.do(nouns.Attached(photos[-1])).problem
    assert problem == nouns.Problem("too_many_attachments", {"limit": answering.MAX_EVIDENCE})
    assert player.session.answers["n"].evidence == tuple(photos[:-1])
    assert player.do("12").key == "t", "the question still takes its answer"


CAPPED = """
survey:
  - {type: integer, name: most, label: How much at most?}
  - {type: integer, name: speed, label: How fast?, unit: Mbps, relevant: "${most} > 0", constraint: ". <= ${most}", constraint_message: Too fast.}
  - {type: text, name: last, label: And then?}
"""


def meanwhile(player: playing.Player, most: int) -> None:
    """Somebody else answers the first question while the second waits for yes or no."""
    answers = {**player.session.answers, "most": nouns.Answer(most, by="p2")}
    player.session = msgspec.structs.replace(player.session, answers=answers)


def test_yes_to_what_another_s_answer_made_wrong_is_refused() -> None:
    player = playing.begun(CAPPED)
    assert player.do("10", "5 mb").kind == "confirm"
    meanwhile(player, 4)
    prompt = player.do(nouns.Confirmed(True))
    assert prompt.problem is not None
    assert (prompt.kind, prompt.key, prompt.problem.text) == ("question", "speed", "Too fast.")
    assert "speed" not in player.session.answers


def test_what_waited_with_a_number_that_is_refused_is_asked_again() -> None:
    player = playing.begun("""
        survey:
          - {type: integer, name: most, label: How much at most?}
          - {type: integer, name: speed, label: How fast?, constraint: ". <= ${most}", plausible: ". < 50",
             together: [lines], short: speed, example: "9"}
          - {type: integer, name: lines, label: How many lines?, short: lines, example: "2"}
        """)
    assert player.do("100", "60 2").kind == "confirm"
    meanwhile(player, 40)
    prompt = player.do(nouns.Confirmed(True))
    assert (prompt.key, prompt.problem is not None) == ("speed", True)
    assert list(player.session.answers) == ["most"]
    player.do("30 2")
    assert (player.value("speed"), player.value("lines")) == (30, 2)


def test_yes_to_what_another_s_answer_took_away_is_no_answer() -> None:
    player = playing.begun(CAPPED)
    player.do("10", "5 mb")
    meanwhile(player, 0)
    prompt = player.do(nouns.Confirmed(True))
    assert prompt.problem is not None
    assert (prompt.kind, prompt.key, prompt.problem.code) == ("question", "last", "not_applicable")
    assert player.session.proposed is None
    assert list(player.session.answers) == ["most"]


WELCOME = "survey: [{type: integer, name: n, label: How many?, evidence: [location]}, {type: text, name: t, label: T}]"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(nouns.Located(nouns.Point(0.0, 0.0)), "no_fix", id="a place without a fix"),
        pytest.param(PHOTO, "wants_number", id="a photo where a place is welcome"),
    ],
)
def test_evidence_that_is_none_is_refused(sent: nouns.AnyEvent, code: str) -> None:
    player = playing.begun(WELCOME)
    problem = player.do(sent).problem
    assert problem is not None
    assert problem.code == code
    assert player.session.answers == {}


def test_a_place_is_evidence_where_it_is_welcome() -> None:
    player = playing.begun(WELCOME)
    player.do(POINT, "12")
    [proof] = player.session.answers["n"].evidence
    assert (proof.kind, proof.mime, proof.name) == ("location", "", "3.11900, 35.59700")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        pytest.param(POINT, "review_wants_buttons", id="a place"),
        pytest.param(PHOTO, "review_wants_buttons", id="a photo"),
        pytest.param(nouns.Ticked(), "stale", id="Done"),
        pytest.param(nouns.Picked("yes"), "stale", id="a choice"),
        pytest.param(nouns.Skipped(), "stale", id="skipping"),
        pytest.param(nouns.Unknown(), "stale", id="I don't know"),
        pytest.param(nouns.Confirmed(True), "stale", id="a yes"),
        pytest.param(nouns.AsWritten(), "stale", id="words as they were written"),
    ],
)
def test_no_question_takes_no_answer(event: nouns.AnyEvent, code: str) -> None:
    player = playing.begun("survey: [{type: integer, name: n, label: How many?}]")
    prompt = player.do("12")
    assert prompt.key == ""
    problem = player.do(event).problem
    assert problem is not None
    assert problem.code == code
    assert player.value("n") == 12


@pytest.mark.parametrize("event", [pytest.param(POINT, id="a place"), pytest.param(PHOTO, id="a photo")])
def test_a_list_takes_neither_place_nor_file(event: nouns.AnyEvent) -> None:
    player = playing.begun(
        "survey: [{type: repeat, name: r, label: R, children: [{type: text, name: t, label: T}]}]"
    )
    problem = player.do(event).problem
    assert problem is not None
    assert problem.code == "list_wants_buttons"


def test_a_list_that_was_skipped_is_not_skipped_once_it_has_an_entry() -> None:
    player = playing.begun(
        "survey: [{type: repeat, name: r, label: R, children: [{type: text, name: t, label: T}]}]"
    )
    player.do(nouns.Skipped())
    assert player.session.answers["r"].sure is nouns.Sure.SKIPPED
    player.do(nouns.Changed("r"), nouns.Added(), "one")
    assert "r" not in player.session.answers


@pytest.mark.parametrize(
    ("kind", "done", "offered"),
    [
        pytest.param("select_multiple days", (), True, id="several may be ticked"),
        pytest.param("integer", (), False, id="nothing to go on with"),
        pytest.param("integer", ("12", nouns.Changed("asked")), True, id="an answer stands"),
    ],
)
def test_going_on_is_offered_where_there_is_something_to_go_on_with(
    kind: str, done: tuple[nouns.AnyEvent | str, ...], offered: bool
) -> None:
    player = asked(kind)
    player.do(*done)
    assert player.prompt.key == "asked"
    assert ("ticked" in player.prompt.offers) is offered
