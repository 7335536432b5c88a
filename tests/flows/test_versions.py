"""A session goes on in another version of its flow: what still fits is kept, the rest is asked again, nothing is lost."""

from __future__ import annotations

import collections
import textwrap

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import engine, keys, loading, nouns, values, versions
from tests.flows import playing

HEAD = """
flow: sample
version: "{version}"
title: Sample
choices:
  power: [{{name: grid, label: Grid}}, {{name: sun, label: Sun}}, {{name: fuel, label: Fuel}}]
  less: [{{name: grid, label: Grid}}, {{name: sun, label: Sun}}]
survey:
"""


def flow(version: str, survey: str) -> nouns.Flow:
    text = textwrap.indent(textwrap.dedent(survey).strip(), "  ")
    return loading.load(HEAD.format(version=version) + text)


def answered(survey: str, *acts: nouns.AnyEvent | str) -> playing.Player:
    player = playing.begun(flow("1", survey))
    player.do(*acts)
    return player


# --- what becomes of one answer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "said", "after", "kept"),
    [
        pytest.param("integer", 7, "integer", 7, id="the same"),
        pytest.param("integer", 7, "decimal", 7, id="whole number to number"),
        pytest.param("decimal", 7.5, "integer", None, id="half a thing to whole things"),
        pytest.param("integer", 7, "text", "7", id="number to words"),
        pytest.param("text", "7", "integer", 7, id="digits to number"),
        pytest.param("text", "about seven", "integer", None, id="words to number"),
        pytest.param("text", "2027-03-04 or later", "date", None, id="more than a date to date"),
        pytest.param("date", "2027-03-04", "text", "2027-03-04", id="date to words"),
        pytest.param("select_one power", "sun", "select_one less", "sun", id="a choice that stays"),
        pytest.param("select_one power", "fuel", "select_one less", None, id="a choice that went"),
        pytest.param("select_one power", "sun", "select_multiple power", ["sun"], id="one to several"),
        pytest.param("select_multiple power", ["sun"], "select_one power", "sun", id="several, of one, to one"),
        pytest.param("select_multiple power", ["sun", "grid"], "select_one power", None, id="several to one"),
        pytest.param(
            "select_multiple power", ["sun", "fuel"], "select_multiple less", None, id="one of several went"
        ),
        pytest.param("image", nouns.Attachment("image", "f"), "file", nouns.Attachment("image", "f"), id="file"),
        pytest.param("image", nouns.Attachment("image", "f"), "integer", None, id="a photo to number"),
    ],
)  # fmt: skip
def test_an_answer_is_kept_or_asked_again(
    before: str, said: nouns.Value, after: str, kept: nouns.Value
) -> None:
    old = msgspec.structs.replace(
        engine.start(flow("1", f"- {{type: {before}, name: q, label: Q}}")), answers={"q": nouns.Answer(said)}
    )
    new = flow("2", f"- {{type: {after}, name: q, label: Q}}")
    moved = versions.move(new, old)
    assert moved.unfit == (() if kept is not None else ("q",))
    assert moved.session.answers["q"].value == (kept if kept is not None else said)
    assert versions.is_movable(moved) == (kept is not None)


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        pytest.param("select_one", "Amina", True, id="a name to one of the names"),
        pytest.param("select_multiple", ["Amina", "Baraka"], True, id="names to several of the names"),
        pytest.param("select_multiple", "Amina", False, id="one name is not several"),
        pytest.param("select_one", ["Amina"], False, id="several names are not one"),
    ],
)
def test_choices_found_among_answers_take_any_name(kind: str, said: nouns.Value, kept: bool) -> None:
    people = "- {type: repeat, name: people, label: P, children: [{type: text, name: who, label: Who?}]}\n"
    chosen = f"- {{type: '{kind} ${{who}}', name: head, label: Who?, itemset: {{nodes: '${{people}}', value: who, label: who}}}}"
    old = msgspec.structs.replace(
        engine.start(flow("1", f"{people}{chosen}")), answers={"head": nouns.Answer(said)}
    )
    moved = versions.move(flow("2", f"{people}{chosen}"), old)
    assert moved.unfit == (() if kept else ("head",))
    assert moved.session.answers["head"].value == said


@pytest.mark.parametrize("sure", [nouns.Sure.UNKNOWN, nouns.Sure.SKIPPED])
def test_not_known_and_left_open_stay_so(sure: nouns.Sure) -> None:
    said = nouns.Answer(None, sure=sure)
    session = nouns.Session("sample", "1", answers={"q": said})
    moved = versions.move(flow("2", "- {type: integer, name: q, label: Q}"), session)
    assert (moved.session.answers, moved.unfit) == ({"q": said}, ())


# --- where a session stands ------------------------------------------------------------------------

TWO = """
- {type: text, name: name, label: Name?}
- {type: integer, name: staff, label: Staff?}
- {type: text, name: town, label: Town?}
"""


def test_who_stands_at_a_question_stands_there_still() -> None:
    player = answered(TWO, "Upya")
    moved = versions.move(flow("2", "- {type: text, name: new, label: New?}" + TWO), player.session)
    assert engine.show(flow("2", TWO), moved.session, now=playing.NOW).key == "staff"
    assert moved.session.revision == player.session.revision + 1


def test_who_stands_at_a_question_that_went_goes_to_the_first_that_waits() -> None:
    player = answered(TWO, "Upya")
    new = flow("2", "- {type: text, name: name, label: Name?}\n- {type: text, name: town, label: Town?}")
    moved = versions.move(new, player.session)
    assert playing.Player(new, moved.session).do(nouns.Begin()).key == "town"


def test_a_question_that_is_asked_anew_waits_in_the_review() -> None:
    player = answered(TWO, "Upya", "9", "Lodwar")
    new = flow("2", TWO + "- {type: text, name: new, label: New?}")
    prompt = playing.Player(new, versions.move(new, player.session).session).do(nouns.Begin())
    assert (prompt.kind, prompt.missing) == ("review", 1)


def test_a_reading_that_waits_for_yes_is_dropped_where_it_no_longer_fits() -> None:
    player = answered("- {type: integer, name: n, label: How many?, unit: Mbps}", "5 mb")
    assert player.prompt.kind == "confirm"
    new = flow("2", "- {type: date, name: n, label: When?}")
    moved = playing.Player(new, versions.move(new, player.session).session)
    assert moved.do(nouns.Begin()).kind == "question"
    assert moved.session.answers == {}


def test_a_question_in_another_group_takes_its_answer_and_its_remark_along() -> None:
    session = nouns.Session(
        "sample", "1", answers={"name": nouns.Answer("Upya")}, comments={"name": "Which?"}, cursor="name"
    )
    new = flow(
        "2", "- {type: group, name: who, label: Who, children: [{type: text, name: name, label: Name?}]}"
    )
    moved = versions.move(new, session).session
    assert (moved.answers, moved.comments) == ({"who/name": nouns.Answer("Upya")}, {"who/name": "Which?"})
    assert moved.cursor == "who/name"


def test_entries_keep_their_numbers_in_another_group() -> None:
    fridge = (
        "{type: repeat, name: fridges, label: Fridge, children: [{type: text, name: brand, label: Brand?}]}"
    )
    player = answered(
        f"- {fridge}",
        nouns.Added(),
        "Blue",
        nouns.Added(),
        "Red",
        nouns.Removed("fridges:1"),
        nouns.Finished(),
    )
    new = flow("2", f"- {{type: group, name: kitchen, label: Kitchen, children: [{fridge}]}}")
    moved = versions.move(new, player.session).session
    assert moved.entries == {"kitchen/fridges": (2,)}
    assert moved.numbered == {"kitchen/fridges": 2}
    assert moved.closed == ("kitchen/fridges",)
    assert {key: answer.value for key, answer in moved.answers.items()} == {"kitchen/fridges:2/brand": "Red"}
    again = playing.Player(new, moved)
    again.do(nouns.Begin(), nouns.Changed("kitchen/fridges"))
    again.do(nouns.Added())
    assert again.session.entries == {"kitchen/fridges": (2, 3)}


def test_two_questions_of_one_name_are_not_taken_for_each_other() -> None:
    def asked(path: str) -> nouns.Question:
        return nouns.Question("text", "name", path, label="Name?")

    both = tuple(nouns.Group(g, g, (asked(f"{g}/name"),), label=g) for g in ("a", "b"))
    before = nouns.Flow("sample", "1", "Sample", both)
    after = nouns.Flow("sample", "2", "Sample", both[1:])
    session = nouns.Session("sample", "1", answers={"a/name": nouns.Answer("A's")})
    moved = versions.move(after, session, before=before)
    assert (moved.session.answers, moved.gone) == (session.answers, ("a/name",))


def test_no_answer_takes_anothers_place() -> None:
    session = nouns.Session(
        "sample", "1", answers={"a/name": nouns.Answer("old"), "name": nouns.Answer("new")}
    )
    moved = versions.move(flow("2", "- {type: text, name: name, label: Name?}"), session)
    assert (moved.session.answers, moved.gone) == (session.answers, ("a/name",))


def test_an_answer_that_went_is_there_again_when_its_question_is() -> None:
    player = answered(TWO, "Upya", "9")
    without = flow("2", "- {type: text, name: name, label: Name?}")
    moved = versions.move(without, player.session)
    assert moved.gone == ("staff",)
    back = versions.move(flow("3", TWO), moved.session)
    assert back.session.answers == player.session.answers


# --- what is said of it ----------------------------------------------------------------------------


def test_what_changed_is_named() -> None:
    before = flow(
        "1", "- {type: text, name: a, label: A}\n- {type: text, name: b, label: B}\n- {type: date, name: c, label: C}"
    )  # fmt: skip
    after = flow(
        "2",
        """
        - {type: text, name: b, label: B of now}
        - {type: calculate, name: x, calculation: 1 + 1}
        - {type: group, name: g, label: G, children: [{type: date, name: c, label: C}]}
        - {type: text, name: d, label: D}
        """,
    )
    assert versions.compare(before, after) == versions.Difference(("D",), ("B of now",), ("A",))
    assert versions.compare(after, after) == versions.Difference()


# --- whatever the versions -------------------------------------------------------------------------

TYPES = ("text", "integer", "decimal", "date", "select_one power", "select_one less", "select_multiple power")
NAMES = tuple("abcdefgh")
SAID = {
    "text": "7", "integer": "7", "decimal": "7.5", "date": "2027-03-04",
    "select_one": "grid", "select_multiple": "grid",
}  # fmt: skip


@st.composite
def flows(draw: st.DrawFn, version: str) -> nouns.Flow:
    """Any questions of eight names, in groups and lists of three more names, in any order."""
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 8))]
    holders = iter(draw(st.permutations(["part", "list", "other"])))
    return flow(version, "\n".join(_rows(draw, list(names), holders, 0)))


def _rows(draw: st.DrawFn, names: list[str], holders: collections.abc.Iterator[str], deep: int) -> list[str]:
    rows = []
    while names:
        name = next(holders, None) if deep < 2 and draw(st.integers(0, 3)) == 0 else None
        if name is not None:
            kind = "group" if name == "part" else "repeat"
            inner = [names.pop() for _ in range(draw(st.integers(1, len(names))))]
            rows.append(f"- type: {kind}\n  name: {name}\n  label: {name}\n  children:")
            rows += [textwrap.indent(row, "    ") for row in _rows(draw, inner, holders, deep + 1)]
        else:
            rows.append(f"- {{type: {draw(st.sampled_from(TYPES))}, name: {names.pop()}, label: Which?}}")
    return rows


@st.composite
def sessions(draw: st.DrawFn, of: nouns.Flow) -> nouns.Session:
    """Somebody who went some way through it."""
    player = playing.begun(of)
    for _ in range(draw(st.integers(0, 25))):
        prompt = player.prompt
        kind = prompt.type.partition(" ")[0]
        if prompt.kind == "repeat":
            player.do(draw(st.sampled_from([nouns.Added(), nouns.Added(), nouns.Finished()])))
        elif prompt.kind == "question" and kind == "select_multiple":
            player.do(nouns.Picked(draw(st.sampled_from(["grid", "fuel"]))), nouns.Ticked())
        elif prompt.kind == "question":
            player.do(draw(st.sampled_from([SAID[kind], SAID[kind], nouns.Skipped(), nouns.Unknown()])))
        elif prompt.kind == "confirm":
            player.do("yes")
        else:
            break
    return player.session


def asked(of: nouns.Flow) -> dict[tuple[str, ...], nouns.Question]:
    """The questions by the names of their lists and their own, as a reader of the files would look for them."""
    found: dict[tuple[str, ...], nouns.Question] = {}

    def walk(items: tuple[nouns.Item, ...], around: tuple[str, ...]) -> None:
        for item in items:
            if isinstance(item, nouns.Question):
                found[(*around, item.name)] = item
            else:
                walk(item.children, (*around, item.name) if isinstance(item, nouns.Repeat) else around)

    walk(of.children, ())
    return found


def said_by(session: nouns.Session) -> dict[tuple[tuple[str, int | None], ...], nouns.Value]:
    """The answers by the names of their lists with the entries' numbers, and their own."""
    found = {}
    for key, answer in session.answers.items():
        steps = keys.steps(key)
        place = tuple(step for step in steps[:-1] if step[1] is not None)
        found[(*place, (steps[-1][0], None))] = answer.value
    return found


PAIRS = flows("1").flatmap(lambda old: st.tuples(st.just(old), sessions(old), flows("2")))
LIMITS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@LIMITS
@given(PAIRS)
def test_no_answer_of_a_kept_question_is_lost(
    given: tuple[nouns.Flow, nouns.Session, nouns.Flow],
) -> None:
    old, session, new = given
    moved = versions.move(new, session, before=old)
    before, after = asked(old), asked(new)
    for place, value in said_by(session).items():
        identity = tuple(name for name, _ in place)
        if identity in before and identity in after and before[identity].type == after[identity].type:
            assert said_by(moved.session)[place] == value
            alive = playing.Player(new, moved.session)
            alive.do(nouns.Reviewed())
    written = [collections.Counter(values.written(a.value) for a in s.answers.values()) for s in (session, moved.session)]  # fmt: skip
    assert written[0] == written[1], "nothing that was said is gone"


@LIMITS
@given(PAIRS)
def test_moved_twice_is_moved_once(given: tuple[nouns.Flow, nouns.Session, nouns.Flow]) -> None:
    old, session, new = given
    once = versions.move(new, session, before=old).session
    assert versions.move(new, once).session == once
    renamed = msgspec.structs.replace(new, version="3")
    assert versions.move(renamed, once, before=new).session == msgspec.structs.replace(
        once, version="3", revision=once.revision + 1
    )


@LIMITS
@given(PAIRS)
def test_a_moved_session_can_be_answered_to_the_end(
    given: tuple[nouns.Flow, nouns.Session, nouns.Flow],
) -> None:
    old, session, new = given
    player = playing.Player(new, versions.move(new, session, before=old).session)
    player.do(nouns.Begin())
    for _ in range(60):
        if player.prompt.kind == "review":
            break
        act = nouns.Finished() if player.prompt.kind == "repeat" else nouns.Unknown()
        player.do("yes" if player.prompt.kind == "confirm" else act)
    player.do(nouns.Submitted())
    assert player.prompt.kind == "submitted"


# --- what the form itself set ----------------------------------------------------------------------

COUNTED = "- {{type: integer, name: n, label: How many?}}\n- {{type: calculate, name: c, {}}}"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        pytest.param("calculation: once(today())", "calculation: once(today())", "2026-11-24", id="once, as before"),
        pytest.param("calculation: once(today())", "calculation: 'once(now())'", "2026-11-24", id="once, another way"),
        pytest.param("calculation: once(today())", "calculation: '${n} * 2'", None, id="computed from now on"),
        pytest.param("calculation: '${n} * 3', trigger: '${n}'", "calculation: '${n} * 2'", None, id="no longer set off"),
        pytest.param("calculation: '${n} * 3', trigger: '${n}'", "calculation: '${n} * 2', trigger: '${n}'", 15, id="still set off"),
    ],
)  # fmt: skip
def test_what_a_form_set_is_kept_unless_it_is_computed_now(
    before: str, after: str, kept: nouns.Value
) -> None:
    player = answered(COUNTED.format(before), "5")
    moved = versions.move(flow("2", COUNTED.format(after)), player.session)
    assert moved.session.values == ({} if kept is None else {"c": kept})
