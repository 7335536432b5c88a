"""Answers files that nobody should have to send: each gets one sentence that says where and what to do."""

from __future__ import annotations

import copy
import datetime as dt
import pathlib
from typing import Any

import msgspec
import pytest

from flows import book, engine, instance, loading, nouns, responses, shipped
from tests.flows import playing

SAMPLE: dict[str, Any] = msgspec.json.decode(
    (pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json").read_bytes()
)


def _with(path: str, value: object) -> bytes:
    """The sample with one thing changed; the path's parts are parted by slashes."""
    made = copy.deepcopy(SAMPLE)
    *way, last = path.split("|")
    place: Any = made
    for part in way:
        place = place[int(part) if part.isdigit() else part]
    place[last] = value
    return msgspec.json.encode(made)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(b"", "The file is empty", id="nothing in it"),
        pytest.param(b" \n\t", "The file is empty", id="blanks"),
        pytest.param(b"[]", "At the top: expected `object`", id="a list"),
        pytest.param(b"{", "not a JSON file", id="cut off"),
        pytest.param(b"NaN", "not a JSON file", id="no number"),
        pytest.param("{}".encode("utf-16"), "not a JSON file", id="another encoding"),
        pytest.param(b"[" * 100_000, "At the top", id="very deep"),
        pytest.param(_with("format", "x\n" * 500), "At format: this is `x x x", id="another format"),
        pytest.param(_with("made_at", "9999-12-31T23:59:59Z"), "At made_at: 9999-12-31", id="end of time"),
        pytest.param(_with("made_at", "0001-01-01T00:00:00Z"), "At made_at: 0001-01-01", id="start of time"),
        pytest.param(
            _with("sections|0|answers|clients|value", 0).replace(
                b'"value":0,', b'"value":1' + b"0" * 400 + b",", 1
            ),
            "more digits than anybody counts",
            id="a number without end",
        ),
        pytest.param(
            _with("sections|0|values", {"clients": 0}).replace(
                b'"clients":0}', b'"clients":1' + b"0" * 400 + b"}", 1
            ),
            "more digits than anybody counts",
            id="a number without end that a form set",
        ),
        pytest.param(
            _with("branches", [{"id": f"b{n}", "name": "B"} for n in range(book.MAX_BRANCHES + 1)]),
            "At branches: there are 1,001",
            id="more branches than are planned at once",
        ),
        pytest.param(b'{"note":"' + b"a" * book.MAX_BYTES + b'"}', "has more than", id="too large"),
    ],
)
def test_is_refused_in_one_sentence(text: bytes, says: str) -> None:
    with pytest.raises(book.BookError) as problem:
        book.decode(text)
    message = str(problem.value)
    assert says in message
    assert "\n" not in message
    assert len(message) < 300


def test_a_byte_order_mark_is_forgiven() -> None:
    assert book.decode(b"\xef\xbb\xbf" + msgspec.json.encode(SAMPLE)) == book.decode(
        msgspec.json.encode(SAMPLE)
    )


def test_what_was_written_is_read_again() -> None:
    found = book.decode(msgspec.json.encode(SAMPLE))
    assert book.decode(book.encode(found)) == found
    assert found.made_at is not None
    assert found.made_at.tzinfo is not None
    assert found.made_at < dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def test_a_branch_of_which_nothing_is_said_is_not_the_head_office() -> None:
    found = book.decode(_with("branches", [{"id": "b", "name": "Lodwar"}]))
    assert [branch.head_office for branch in found.branches] == [False]


@pytest.mark.parametrize(
    ("flow", "branch", "place"),
    [
        pytest.param("cooling", "b", 2, id="of a branch"),
        pytest.param("cooling", "", 0, id="of the organisation"),
        pytest.param("cooling", "c", None, id="of a branch that has none"),
        pytest.param("heating", "b", None, id="of another flow"),
    ],
)
def test_a_section_is_found_by_its_flow_and_branch(flow: str, branch: str, place: int | None) -> None:
    sections = tuple(nouns.SectionAnswers("cooling", branch=one) for one in ("", "a", "b"))
    found = book.section(
        msgspec.structs.replace(book.decode(msgspec.json.encode(SAMPLE)), sections=sections), flow, branch
    )
    assert found is (None if place is None else sections[place])


SURVEY = """
flow: cooling
version: "2"
title: Cooling
choices: {power: [{name: grid, label: Grid}, {name: sun, label: Sun}]}
survey:
  - {type: integer, name: fridges, label: Fridges?}
  - {type: text, name: use, label: Use?, relevant: "${fridges} > 0"}
  - {type: select_multiple power, name: power, label: Power?}
  - {type: repeat, name: rooms, label: Room, children: [{type: text, name: floor, label: Floor?}]}
"""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param({"fridges": 1, "use": "milk"}, {"fridges": 1, "use": "milk"}, id="all of it applies"),
        pytest.param({"fridges": 0, "use": "milk"}, {"fridges": 0}, id="one no longer applies"),
        pytest.param({"fridges": "many"}, {}, id="no answer of its type"),
        pytest.param({"fridges": None}, {"fridges": None}, id="not known"),
        pytest.param({"power": ["sun", "fuel"]}, {"power": ["sun"]}, id="a choice that is gone"),
        pytest.param({"colour": "blue"}, {}, id="a question that is gone"),
        pytest.param({"rooms:2/floor": "1st"}, {"rooms:2/floor": "1st"}, id="in a list"),
        pytest.param({"attics:1/floor": "1st"}, {}, id="in a list that is gone"),
    ],
)
def test_only_what_the_flow_takes_is_written(
    given: dict[str, nouns.Value], kept: dict[str, nouns.Value]
) -> None:
    answers = {key: nouns.Answer(value) for key, value in given.items()}
    section = nouns.SectionAnswers("cooling", "2", answers=answers, entries={"rooms": (2,), "attics": (1,)})
    made = nouns.AnswerBook(
        book.decode(msgspec.json.encode(SAMPLE)).institution,
        sections=(section,),
        surveys=(loading.load(SURVEY),),
    )
    applying = book.applying(made, book.flows_of(made, shipped.assessment()))
    assert {key: answer.value for key, answer in applying.sections[0].answers.items()} == kept
    assert applying.sections[0].entries == {"rooms": (2,)}
    assert book.validate(applying, shipped.assessment()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("sections|0|answers|working_days|value", ["mon", "a\n\n\tb"], id="line breaks"),
        pytest.param("sections|0|answers|working_days|value", ["\u202e\x00" * 90], id="control characters"),
        pytest.param("sections|0|owner", "\n".join("somebody" for _ in range(99)), id="a long owner"),
        pytest.param("sections|0|branch", "\r\nelsewhere", id="a branch with a line break"),
        pytest.param("sections|0|flow", "no\u2028flow", id="a flow with a line separator"),
    ],
)
def test_a_wrong_word_is_repeated_as_one_short_line(path: str, value: object) -> None:
    wrong = book.validate(book.decode(_with(path, value)), shipped.assessment())
    assert wrong
    assert len(str(wrong[0]).splitlines()) == 1
    assert str(wrong[0]).isprintable()
    assert len(str(wrong[0])) < 300


PLACED = """
flow: cooling
version: "1"
title: Cooling
per: PER
survey:
  - {type: integer, name: fridges, label: Fridges?, constraint: . < 9, constraint_message: Too many.}
  - {type: integer, name: doors, label: Doors?, constraint: . < 5}
  - {type: text, name: use, label: Use?, relevant: "${fridges} > 0"}
  - {type: repeat, name: rooms, label: Room, children: [{type: text, name: floor, label: Floor?}]}
"""


def answered(**values: nouns.Value) -> dict[str, nouns.Answer]:
    return {key: nouns.Answer(value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("per", "sections", "says"),
    [
        pytest.param("branch", [{"flow": "heating"}], "There is no such flow", id="of no flow"),
        pytest.param("organisation", [{}, {}], "stands twice", id="twice"),
        pytest.param("organisation", [{"branch": "a"}], "once for all branches", id="of a branch where none is"),
        pytest.param("branch", [{"branch": "b"}], "none of `branches`", id="of a branch that is not there"),
        pytest.param("organisation", [{"answers": answered(colour="red")}], "no such question", id="to no question"),
        pytest.param(
            "organisation", [{"answers": answered(fridges=0, use="milk")}], "not asked with these answers", id="not asked"
        ),
        pytest.param("organisation", [{"answers": answered(fridges="six")}], "no answer of a question", id="of another type"),
        pytest.param("organisation", [{"answers": answered(fridges=12)}], "`12` is not accepted. Too many.", id="too many"),
        pytest.param("organisation", [{"answers": answered(doors=7)}], "It must hold that . < 5", id="in no words of its own"),
        pytest.param("organisation", [{"entries": {"fridges": (1,)}}], "names no repeat", id="a list that is none"),
        pytest.param("organisation", [{"owner": "asha"}], "nobody of `people`", id="of nobody"),
        pytest.param("organisation", [{"answers": answered(fridges=None)}], "", id="not known is an answer"),
    ],
)  # fmt: skip
def test_what_a_flow_does_not_take_is_named(per: str, sections: list[dict[str, Any]], says: str) -> None:
    made = nouns.AnswerBook(
        nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi"),
        branches=(nouns.Branch("a", "Arua"),),
        sections=tuple(
            nouns.SectionAnswers(**{"flow": "cooling", "version": "1", **one}) for one in sections
        ),
    )
    wrong = [str(one) for one in book.validate(made, [loading.load(PLACED.replace("PER", per))])]
    assert len(wrong) == bool(says), wrong
    assert all(says in one for one in wrong)


def test_a_survey_that_takes_our_own_name_or_is_torn_is_named() -> None:
    flow = loading.load(PLACED.replace("PER", "branch"))
    torn = msgspec.structs.replace(
        flow, id="other", children=(msgspec.structs.replace(flow.children[0], path="elsewhere"),)
    )
    made = nouns.AnswerBook(nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi"), surveys=(flow, torn))
    own, path = (str(one) for one in book.validate(made, [flow]))
    assert "of Groundwork's own" in own
    assert "`path` says `elsewhere`" in path


# --- what a form set by itself ---------------------------------------------------------------------

SET = playing.load("""
    flow: cooling
    version: "1"
    title: Cooling
    per: branch
    survey:
      - {type: hidden, name: start, preload: timestamp start}
      - {type: hidden, name: id, preload: uid}
      - {type: integer, name: fridges, label: Fridges?}
      - {type: calculate, name: litres, calculation: "${fridges} * 100", trigger: "${fridges}"}
      - {type: calculate, name: visit, calculation: once(today())}
      - {type: calculate, name: seen, calculation: "if(${fridges} > 0, today(), '')"}
      - {type: text, name: brand, label: Brand?, relevant: "${litres} > 300"}
      - {type: date, name: bought, label: Bought?, default: today(), required: "no"}
    """)
BRANCHES = (nouns.Branch("a", "A"), nouns.Branch("b", "B"), nouns.Branch("c", "C"))


def _answered(branch: str, begun: dt.datetime) -> nouns.SectionAnswers:
    """A section as its session has it, answered on two days."""
    session = engine.advance(SET, engine.start(SET), nouns.Begin(), now=begun).session
    for typed in ("5", "Bosch"):
        begun += dt.timedelta(days=1)
        session = engine.advance(SET, session, nouns.Typed(typed), now=begun).session
    return book.with_session(
        nouns.SectionAnswers("cooling", branch=branch, state="submitted"), playing.replay(session)
    )


def _set_by_forms() -> nouns.AnswerBook:
    """Two branches that answered and one that did not, in a book that is written a month later."""
    there = (_answered("a", playing.NOW), _answered("b", playing.NOW + dt.timedelta(hours=1)))
    return nouns.AnswerBook(
        nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi"),
        branches=BRANCHES,
        sections=(*there, nouns.SectionAnswers("cooling", branch="c")),
        surveys=(SET,),
        made_at=playing.NOW + dt.timedelta(days=30),
    )


@pytest.mark.parametrize("read_again", [False, True], ids=["as it is made", "read from a file"])
def test_what_a_form_set_goes_out_as_the_session_has_it(read_again: bool) -> None:
    made = book.applying(_set_by_forms(), [SET])
    made = book.decode(book.encode(made)) if read_again else made
    heading, *rows = responses.tables(made, [])["cooling"]
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [row["Branch"] for row in found] == ["a", "b"], "who answered nothing has no row"
    first = {name: found[0][name] for name in ("start", "fridges", "litres", "visit", "seen", "brand")}
    assert first == {
        "start": "2026-11-24T09:00:00.000+00:00", "fridges": 5, "litres": 500,
        "visit": "2026-11-24", "seen": "2026-11-26", "brand": "Bosch",
    }  # fmt: skip
    assert found[0]["bought"] == dt.date(2026, 11, 24)
    assert [row["id"] for row in found] == [section.values["id"] for section in made.sections[:2]]
    assert found[0]["id"] != found[1]["id"]
    assert book.validate(made, []) == []


def test_a_session_made_of_a_section_knows_what_its_own_knew() -> None:
    section = _answered("a", playing.NOW)
    assert section.begun == playing.NOW
    assert book.with_session(section, book.session(section)) == section


def test_what_a_question_that_is_gone_was_set_to_stays_behind() -> None:
    section = _answered("a", playing.NOW)
    more = msgspec.structs.replace(section, values={**section.values, "colour": "blue"})
    made = msgspec.structs.replace(_set_by_forms(), sections=(more,))
    assert book.applying(made, [SET]).sections == (section,)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        pytest.param("seen", "1999-01-01", "never does", id="what is always computed"),
        pytest.param("fridges", 7, "never does", id="what only people answer"),
        pytest.param("x/y", 1, "no question of the flow", id="what is not there"),
        pytest.param("", 1, "no question of the flow", id="nothing's name"),
        pytest.param("bought", "yesterday", "no value of type", id="another type"),
    ],
)
def test_what_no_form_set_is_told_and_changes_nothing(key: str, value: nouns.Value, said: str) -> None:
    section = _answered("a", playing.NOW)
    changed = msgspec.structs.replace(section, values={**section.values, key: value})
    made = msgspec.structs.replace(_set_by_forms(), sections=(changed,))
    [problem] = book.validate(made, [])
    assert (problem.key, said in str(problem)) == (key, True)
    if said != "no value of type":
        assert book.applying(made, [SET]).sections == (section,)


def test_no_value_set_by_hand_stands_for_an_answer() -> None:
    section = _answered("a", playing.NOW)
    answers = {key: answer for key, answer in section.answers.items() if key != "fridges"}
    changed = msgspec.structs.replace(section, answers=answers, values={**section.values, "fridges": 7})
    alive = book.living(changed, SET)
    fridges = alive.find("fridges")
    assert isinstance(fridges, instance.Question)
    assert fridges.value is None


def test_an_older_file_keeps_its_answers_where_a_default_stands() -> None:
    answers = {
        "fridges": nouns.Answer(0, at=playing.NOW),
        "bought": nouns.Answer("2019-01-31", at=playing.NOW),
    }
    older = nouns.SectionAnswers("cooling", branch="a", answers=answers)
    made = msgspec.structs.replace(_set_by_forms(), sections=(older,))
    assert book.applying(made, [SET]).sections == (older,)


@pytest.mark.parametrize(
    ("state", "rows"),
    [
        pytest.param("not_started", 0, id="nobody began"),
        pytest.param("in_progress", 0, id="only opened"),
        pytest.param("submitted", 1, id="handed in, with nothing that applied"),
        pytest.param("approved", 1, id="approved"),
    ],
)
def test_a_section_without_answers_has_a_row_once_it_is_handed_in(state: str, rows: int) -> None:
    section = nouns.SectionAnswers("cooling", branch="a", state=state, begun=playing.NOW)
    tables = responses.tables(msgspec.structs.replace(_set_by_forms(), sections=(section,)), [])
    assert len(tables["cooling"]) == 1 + rows
    assert len(tables["sections"]) == 2
