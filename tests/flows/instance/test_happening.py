"""What a form does by itself: with what the device knows, with actions, and when a calculation comes to another value."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest

from flows import instance, nouns
from flows.instance import cells
from tests.flows.xforms.documents import NOW, answer, begun, question, simple, written

PRELOAD = '<bind nodeset="/data/a" jr:preload="{}" jr:preloadParams="{}"/>'


@pytest.mark.parametrize(
    ("kind", "what", "held"),
    [
        pytest.param("date", "today", "2026-11-24", id="the day"),
        pytest.param("timestamp", "start", re.escape("2026-11-24T09:00:00.000+00:00"), id="when it began"),
        pytest.param("uid", "", "uuid:[0-9a-f-]{36}", id="an identifier"),
        pytest.param("timestamp", "end", "", id="when it will end is not known at its beginning"),
        pytest.param("property", "deviceid", "", id="a chat knows no device"),
    ],
)
def test_what_the_device_knows_is_filled_in(kind: str, what: str, held: str) -> None:
    living = begun(simple("<a/>", PRELOAD.format(kind, what)))
    assert re.fullmatch(held, question(living, "a").text)
    assert ("a" in living.session.values) is bool(held)


def test_an_identifier_stays_and_every_question_has_its_own() -> None:
    binds = "".join(f'<bind nodeset="/data/{name}" jr:preload="uid"/>' for name in "ab")
    first, again = (begun(simple("<a/><b/>", binds)) for _ in range(2))
    drawn = {name: question(first, name).text for name in "ab"}
    assert drawn["a"] != drawn["b"]
    assert {name: question(again, name).text for name in "ab"} == drawn, "begun at the same moment"


def test_what_the_device_knows_gives_way_to_a_calculation() -> None:
    living = begun(
        simple(
            "<a/>", '<bind nodeset="/data/a" jr:preload="date" jr:preloadParams="today" calculate="1 + 1"/>'
        )
    )
    assert question(living, "a").text == "2"


REPEAT = '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/b"/>{}</repeat></group>'


@pytest.mark.parametrize(
    ("action", "entries", "set_"),
    [
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/c" value="7"/>', 0, ["c"], id="a question"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/c">words</setvalue>', 0, ["c"], id="to words"),
        pytest.param('<setvalue event="odk-new-repeat" ref="/data/c" value="7"/>', 0, [], id="another event"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/g" value="7"/>', 0, [], id="a group has no value"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/r/b" value="7"/>', 0, [], id="an entry that is not there"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/r/b" value="7"/>', 1, ["r:1/b"], id="the only entry"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/r/b" value="7"/>', 2, [], id="which of two is not said"),
        pytest.param('<setvalue event="xforms-value-changed" ref="/data/r[2]/b" value="7"/>', 2, ["r:2/b"], id="the second, by its position"),
    ],
)  # fmt: skip
def test_an_action_sets_the_one_node_that_it_names(action: str, entries: int, set_: list[str]) -> None:
    living = begun(
        simple(
            '<a/><c/><g><d/></g><r jr:template=""><b/></r>',
            body=f'<input ref="/data/a">{action}</input><input ref="/data/c"/><input ref="/data/g/d"/>{REPEAT.format("")}',
        )
    )
    series = living.find("r")
    assert isinstance(series, instance.Series)
    for _ in range(entries):
        living.add(series)
    answer(living, "a", "1")
    assert [key for key, value in living.session.values.items() if value in (7, "7", "words")] == set_


@pytest.mark.parametrize(
    ("ref", "set_"),
    [
        pytest.param("/data/r[a = 'x']/b", ["r:1/b"], id="an entry, by what it holds"),
        pytest.param("/data/r[a != '']/b", ["r:1/b", "r:2/b"], id="several at once"),
        pytest.param("/data/r[a = current()/k]/b", ["r:2/b"], id="by what stands at the top"),
    ],
)
def test_at_the_beginning_an_action_finds_its_nodes_from_the_top(ref: str, set_: list[str]) -> None:
    action = f'<setvalue event="odk-instance-first-load" ref="{ref}" value="7"/>'
    data = '<r jr:template=""><a/><b/></r><r><a>x</a><b/></r><r><a>y</a><b/></r><k>y</k>'
    body = f'<group ref="/data/r"><label>R</label><repeat nodeset="/data/r">{"<input ref=%s/>" * 2}</repeat></group>'
    living = begun(simple(data, action, body % ('"/data/r/a"', '"/data/r/b"')))
    assert [key for key, value in living.session.values.items() if value in (7, "7")] == set_


@pytest.mark.parametrize(
    ("events", "held"),
    [
        pytest.param("odk-new-repeat", ["5", "5"], id="a new entry"),
        pytest.param("odk-new-repeat odk-instance-first-load", ["5", "5"], id="and the beginning"),
        pytest.param("xforms-value-changed", ["", ""], id="a change, which no entry is"),
    ],
)
def test_a_new_entry_sets_off_what_waits_for_it(events: str, held: list[str]) -> None:
    body = REPEAT.format(f'<setvalue event="{events}" ref="/data/r/b" value="2 + 3"/>')
    living = begun(simple('<r jr:template=""><b/></r>', body=body))
    series = living.find("r")
    assert isinstance(series, instance.Series)
    living.add(series)
    living.add(series)
    assert [question(living, f"r:{number}/b").text for number in series.numbers] == held


@pytest.mark.parametrize(
    ("events", "held"),
    [
        pytest.param("odk-new-repeat", ["5", "5"], id="a new entry"),
        pytest.param("xforms-value-changed", ["", ""], id="a change, which no entry is"),
    ],
)
def test_an_entry_made_by_a_count_sets_off_what_waits_for_it(events: str, held: list[str]) -> None:
    action = f'<setvalue event="{events}" ref="/data/r/b" value="2 + 3"/>'
    body = REPEAT.replace('nodeset="/data/r"', 'nodeset="/data/r" jr:count="/data/a"').format(action)
    living = begun(
        simple(
            '<a/><r jr:template=""><b/></r>',
            '<bind nodeset="/data/a" type="int"/>',
            f'<input ref="/data/a"/>{body}',
        )
    )
    answer(living, "a", 2)
    assert [question(living, f"r:{number}/b").text for number in (1, 2)] == held


CALCULATED = simple(
    "<a/><b/><c/>",
    '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/b" type="int" calculate="/data/a + 1"/>',
    '<input ref="/data/a"/><input ref="/data/b"/>',
)


def test_an_answer_gives_way_once_its_calculation_comes_to_another_value() -> None:
    living = begun(CALCULATED)
    answer(living, "a", 1)
    answer(living, "b", 40)
    assert question(living, "b").text == "40"
    assert living.altered == []
    answer(living, "a", 5)
    assert question(living, "b").text == "6"
    assert "b" not in living.session.answers
    assert living.altered == ["b"], "who answered is told"


def test_a_calculation_follows_however_often_an_answer_is_changed() -> None:
    living = begun(CALCULATED)
    for number in range(cells.MOST_ROUNDS + 2):
        answer(living, "a", number)
        assert question(living, "b").text == str(number + 1)


def test_becoming_another_session_takes_nothing_from_it() -> None:
    living = begun(CALCULATED)
    answer(living, "a", 1)
    answer(living, "b", 40)
    other = msgspec.structs.replace(
        living.session, answers={"a": nouns.Answer(7), "b": nouns.Answer(41)}, revision=9
    )
    living.session = other
    assert question(living, "b").text == "41"
    assert living.session == other
    assert living.altered == []


def test_the_text_of_everything_is_all_that_is_said() -> None:
    living = begun(
        simple(
            "<a/><b/>",
            '<bind nodeset="/data/b" required="starts-with(string(/), \'yes\')"/>',
            '<input ref="/data/a"/><input ref="/data/b"/>',
        )
    )
    said = question(living, "b")
    assert not living.holds(said, "required", otherwise=True)
    answer(living, "a", "yes")
    assert living.holds(said, "required", otherwise=False)


TEXTS = (
    '<itext><translation lang="en" default="true()"><text id="hi"><value>Welcome</value></text>'
    '<text id="only"><value>Only here</value></text><text id="t-yes"><value>Yes</value></text></translation>'
    '<translation lang="sw"><text id="hi"><value>Karibu</value></text><text id="t-yes"><value>Ndiyo</value></text>'
    "</translation></itext>"
)
SPOKEN = written(
    f'<instance><data id="f"><a/><g><k/></g><said/></data></instance>{TEXTS}<bind nodeset="/data/said" calculate="{{}}"/>',
    '<select1 ref="/data/a"><item><label ref="jr:itext(\'t-yes\')"/><value>yes</value></item></select1>'
    '<input ref="/data/g/k"/>',
)


@pytest.mark.parametrize(
    ("calculated", "english", "swahili"),
    [
        pytest.param("jr:itext('hi')", "Welcome", "Karibu", id="a text"),
        pytest.param("jr:itext('only')", "Only here", "Only here", id="one that is not translated"),
        pytest.param("concat('[', jr:itext('none'), ']')", "[]", "[]", id="one that is not there"),
        pytest.param("jr:choice-name(/data/a, '/data/a')", "Yes", "Ndiyo", id="the label of a choice"),
        pytest.param("concat('[', jr:choice-name('no', '/data/a'), ']')", "[]", "[]", id="no such choice"),
        pytest.param("concat('[', jr:choice-name('yes', '/data/g'), ']')", "[]", "[]", id="a group has no choices"),
        pytest.param("concat('[', jr:choice-name('yes', '/data/b'), ']')", "[]", "[]", id="no such question"),
        pytest.param("concat('[', jr:choice-name('yes', '/data/a ='), ']')", "[]", "[]", id="no path at all"),
        pytest.param("jr:choice-name('yes', '/data/g | /data/a')", "Yes", "Ndiyo", id="the question among several nodes"),
    ],
)  # fmt: skip
def test_a_calculation_speaks_the_language_of_the_session(
    calculated: str, english: str, swahili: str
) -> None:
    living = begun(SPOKEN.format(calculated))
    answer(living, "a", "yes")
    assert question(living, "said").text == english
    before = living.session
    living.session = msgspec.structs.replace(before, language="sw")
    assert question(living, "said").text == swahili
    living.session = before
    assert question(living, "said").text == english
    again = instance.Instance(
        living.form, msgspec.structs.replace(before, language="sw"), NOW + dt.timedelta(days=1)
    )
    assert question(again, "said").text == swahili


def test_nothing_stands_under_a_key_of_another_shape() -> None:
    living = begun(
        simple('<a/><r jr:template=""><b/></r>', body=f'<input ref="/data/a"/>{REPEAT.format("")}')
    )
    series = living.find("r")
    assert isinstance(series, instance.Series)
    living.add(series)
    found = {
        key: living.find(key) is not None for key in ("a", "r", "r:1", "r:1/b", "a:1", "a/b", "r/b", "r:2")
    }
    assert found == {
        "a": True, "r": True, "r:1": True, "r:1/b": True, "a:1": False, "a/b": False, "r/b": False, "r:2": False,
    }  # fmt: skip
