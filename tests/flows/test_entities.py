"""What a finished session says of a register: the entities that it creates and updates, by ODK's rules."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pyxform import xls2xform

from flows import entities, errors, nouns, writing, xforms
from flows.xlsform import importing, workbook
from tests.flows import playing
from tests.flows.xlsform import forms

NOW = dt.datetime(2031, 3, 4, 7, 0, tzinfo=dt.UTC)
ID = "0b7f5ac4-3c58-4f3d-9b66-2f9ac0e2d2f6"


def test_a_form_without_entities_says_nothing_of_a_register() -> None:
    player = playing.begun("survey: [{type: text, name: a, label: A}]")
    player.do("yes")
    assert entities.changes(player.flow, player.session, now=NOW, source="s1") == []


ONE = """
| survey |
| | type | name | label | relevant | save_to |
| | text | called | What is it called? | | |
| | text | town | Where? | | town |
| | integer | tills | How many tills? | ${{town}} != 'none' | tills |
| | text | which | Which one? | | |
| entities |
| | list_name | label | entity_id | create_if | update_if |
| | branches | ${{called}} | {entity_id} | {create_if} | {update_if} |
"""

EACH = """
| survey |
| | type | name | label | save_to |
| | text | kind | Which kind? | visits#kind |
| | begin_repeat | found | Found | |
| | text | called | What is it called? | |
| | text | town | Where? | branches#town |
| | end_repeat | | | |
| entities |
| | list_name | label |
| | branches | ${called} |
| | visits | ${kind} |
"""


def flows(text: str) -> list[nouns.Flow]:
    """A form as we read it ourselves, as its XForm says it, and as it comes back from Excel and from YAML."""
    own = importing.load(text.encode(), "form.md").flow
    return [
        own,
        xforms.load(xls2xform.convert(text).xform, files={"branches.csv": b"name,label\n"}),
        importing.load(workbook.write(own), "form.xlsx").flow,
    ]


def said(
    flow: nouns.Flow, given: dict[str, nouns.Value], source: str = "s1", **entries: int
) -> list[entities.Change]:
    session = nouns.Session(
        flow.id,
        flow.version,
        answers={key: nouns.Answer(value) for key, value in given.items()},
        entries={key: tuple(range(1, n + 1)) for key, n in entries.items()},
    )
    return entities.changes(flow, session, source=source, now=NOW)


CALLED = {"called": "Kisumu", "town": "Kisumu town", "tills": 3, "which": ID}


@pytest.mark.parametrize(
    ("entity_id", "create_if", "update_if", "acts"),
    [
        pytest.param("", "", "", (True, False), id="nothing said: it creates"),
        pytest.param("", "${tills} > 2", "", (True, False), id="it creates where that holds"),
        pytest.param("", "${tills} > 3", "", None, id="it creates nothing where that does not hold"),
        pytest.param("${which}", "", "", (False, True), id="an id is given: it updates"),
        pytest.param("${which}", "", "${tills} = 3", (False, True), id="it updates where that holds"),
        pytest.param("${which}", "", "${tills} = 4", None, id="it updates nothing where that does not hold"),
        pytest.param("${which}", "${tills} = 4", "${tills} = 3", (False, True), id="either, by conditions"),
        pytest.param("${which}", "true()", "true()", (True, True), id="whichever is needed"),
    ],
)
def test_what_a_form_does_follows_from_its_conditions(
    entity_id: str, create_if: str, update_if: str, acts: tuple[bool, bool] | None
) -> None:
    for flow in flows(ONE.format(entity_id=entity_id, create_if=create_if, update_if=update_if)):
        found = said(flow, CALLED)
        assert [(change.creates, change.updates) for change in found] == ([] if acts is None else [acts])
        for change in found:
            assert (change.dataset, change.label) == ("branches", "Kisumu")
            assert change.properties == {"town": "Kisumu town", "tills": "3"}
            assert change.id == ID if entity_id else change.id != ID


def test_a_question_that_does_not_apply_says_nothing_of_its_property() -> None:
    for flow in flows(ONE.format(entity_id="", create_if="", update_if="")):
        [change] = said(flow, {**CALLED, "town": "none"})
        assert change.properties == {"town": "none"}
        [emptied] = said(flow, {"called": "Kisumu"})
        assert emptied.properties == {"town": "", "tills": ""}


def test_a_repeat_makes_one_with_each_entry() -> None:
    given: dict[str, nouns.Value] = {
        "kind": "first",
        "found:1/called": "Kisumu",
        "found:2/called": "Nakuru",
        "found:2/town": "Nakuru town",
    }
    for flow in flows(EACH):
        first, second, visit = sorted(said(flow, given, found=2), key=lambda change: change.label)
        assert (first.label, first.properties) == ("Kisumu", {"town": ""})
        assert (second.label, second.properties) == ("Nakuru", {"town": "Nakuru town"})
        assert (visit.dataset, visit.label, visit.properties) == ("visits", "first", {"kind": "first"})
        assert len({first.id, second.id, visit.id}) == 3


def test_the_same_session_means_the_same_entities_and_another_does_not() -> None:
    flow = importing.load(EACH.encode(), "form.md").flow
    once, again = (said(flow, {"kind": "x", "found:1/called": "Kisumu"}, found=1) for _ in range(2))
    other = said(flow, {"kind": "x", "found:1/called": "Kisumu"}, source="s2", found=1)
    assert [change.id for change in once] == [change.id for change in again]
    assert not {change.id for change in once} & {change.id for change in other}


def test_a_group_that_does_not_apply_makes_none() -> None:
    flow = playing.load("""
        entities: [{dataset: branches, label: "${called}", within: found}]
        survey:
          - {type: integer, name: many, label: How many?}
          - type: group
            name: found
            relevant: ${many} > 0
            children: [{type: text, name: called, label: Called?, save_to: sign}]
        """)
    assert said(flow, {"many": 0, "found/called": "Kisumu"}) == []
    [change] = said(flow, {"many": 1, "found/called": "Kisumu"})
    assert (change.label, change.properties) == ("Kisumu", {"sign": "Kisumu"})


def test_an_id_that_an_action_sets_is_taken() -> None:
    action = f'<setvalue ref="/data/meta/entity/@id" event="odk-instance-first-load" value="\'uuid:{ID}\'"/>'
    text = WRITTEN.format(attributes='create="1" id=""', label="Set", calculate="", more=action)
    [change] = said(xforms.load(text), {"called": "x"})
    assert change.id == ID


HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>T</h:title><model>'
)

WRITTEN = HEAD + (
    '<instance><data id="f"><called/><meta><entity dataset="branches" {attributes}><label>{label}</label></entity>'
    '</meta></data></instance><bind nodeset="/data/meta/entity/label" {calculate}/>{more}'
    "</model></h:head><h:body>"
    '<input ref="/data/called"><label>Called?</label></input></h:body></h:html>'
)


@pytest.mark.parametrize(
    ("attributes", "label", "calculate", "more", "expected"),
    [
        pytest.param('create="1" id=""', "", 'calculate="/data/called"', "", (True, False, "Kisumu"), id="2022"),
        pytest.param('create="true" id=""', "Fixed", "", "", (True, False, "Fixed"), id="a label as it is written"),
        pytest.param(f'update="1" id="{ID}"', "", "", "", (False, True, ""), id="2023, an id as it is written"),
        pytest.param('id=""', "Nothing", "", "", None, id="neither"),
        pytest.param('create="0" id=""', "Nothing", "", "", None, id="not to be created"),
        pytest.param(
            'create="1" update="1" id=""', "Both", "",
            '<bind nodeset="/data/meta/entity/@id" calculate="string(/data/called)"/>',
            (True, True, "Both"), id="2024, both",
        ),
        pytest.param(
            'create="1" id=""', "Drawn", "",
            '<setvalue ref="/data/meta/entity/@id" event="odk-instance-first-load" value="uuid()"/>',
            (True, False, "Drawn"), id="an id that is drawn",
        ),
        pytest.param(
            'create="1" id=""', "Bound", "",
            '<bind nodeset="/data/meta/entity/@create" calculate="../../../called = \'Nakuru\'"/>',
            None, id="a condition takes the place of what is written",
        ),
    ],
)  # fmt: skip
def test_an_xform_says_it_by_attributes(
    attributes: str, label: str, calculate: str, more: str, expected: tuple[bool, bool, str] | None
) -> None:
    text = WRITTEN.format(attributes=attributes, label=label, calculate=calculate, more=more)
    found = said(xforms.load(text), {"called": "Kisumu"})
    assert [(change.creates, change.updates, change.label) for change in found] == (
        [expected] if expected else []
    )


BAD = """
entities: [{entities}]
survey:
  - {{type: text, name: called, label: Called?, save_to: {first}}}
  - {{type: text, name: town, label: Town?, save_to: town}}
  - type: repeat
    name: tills
    label: Till
    children: [{{type: text, name: number, label: Number?, save_to: {second}}}]
"""
FORM, TILLS = '{dataset: branches, label: "${called}"}', '{dataset: tills, label: "${number}", within: tills}'


@pytest.mark.parametrize(
    ("declared", "first", "second", "what"),
    [
        pytest.param(FORM, "Label", "x", "cannot be `Label`", id="a name that every entity has"),
        pytest.param(FORM, "__version", "x", "cannot be `__version`", id="a name of ODK's own"),
        pytest.param(FORM, "town", "x", "is that of `called` too", id="one property twice"),
        pytest.param(FORM, "name_of", "x", "no entity stands around", id="an answer of many entries"),
        pytest.param(TILLS, "x", "y", "no entity stands around", id="nothing around keeps it"),
        pytest.param(f"{FORM}, {FORM}", "x", "y", "both stand within the form itself", id="two at one place"),
        pytest.param("{dataset: b, label: \"${caled}\"}", "x", "y", "`${caled}`", id="a name that is not there"),
        pytest.param("{dataset: b, label: \"1 +\"}", "x", "y", "no expression", id="no expression"),
        pytest.param("{dataset: b, label: x, within: town}", "x", "y", "no group or repeat", id="within a question"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(declared: str, first: str, second: str, what: str) -> None:
    text = BAD.format(entities=declared, first=first, second=second)
    with pytest.raises(errors.FlowErrors) as caught:
        playing.load(text)
    wrong = [error for error in caught.value.errors if what in error.what]
    assert wrong
    assert all(error.line and error.fix for error in wrong)


def test_entities_go_to_yaml_and_excel_and_back() -> None:
    text = BAD.format(entities=f"{FORM}, {TILLS}", first="opened", second="number")
    flow = playing.load(text)
    assert forms.bare(playing.load("\n" + writing.text(flow))) == forms.bare(flow)
    back = importing.load(workbook.write(flow), "form.xlsx").flow
    assert forms.bare(back) == forms.bare(msgspec.structs.replace(flow, language=back.language))
