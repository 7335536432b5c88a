"""What can be read and never comes to anything is named, with what to do; what may lead somewhere is left alone."""

from __future__ import annotations

import pytest

from flows import errors, lint, xforms
from flows.xlsform import importing
from tests.flows import playing

FLOW = """
survey:
  - {{type: text, name: town, label: Town}}
  - {{type: integer, name: opens, label: Opens}}
  - type: repeat
    name: tills
    label: Till
    children:
      - {{type: text, name: name, label: Name}}
      - {{type: select_one kinds, name: kind, label: Kind, choice_filter: "of = 'own' and name != 'x'"}}
  - {{type: text, name: last, label: Last, {field}: "{expression}"}}
choices:
  kinds: [{{name: own, label: Own, of: own}}]
"""


def found(field: str, expression: str) -> list[errors.FlowError]:
    try:
        playing.load(FLOW.format(field=field, expression=expression))
    except errors.FlowErrors as problem:
        return list(problem.errors)
    return []


@pytest.mark.parametrize(
    ("field", "expression", "named"),
    [
        pytest.param("relevant", "/data/twon = 'x'", "`/data/twon`", id="an absolute path with a slip"),
        pytest.param("relevant", "${town} = red", "`red`", id="words without quotation marks"),
        pytest.param("required", "oui", "`oui`", id="another language's yes"),
        pytest.param("relevant", "../town/name = 1", "`../town/name`", id="inside of a question"),
        pytest.param("constraint", "regex(., '[a-')", "pattern", id="a pattern that is none"),
        pytest.param("default", "concat(red, '!')", "`red`", id="words in a default"),
        pytest.param(
            "calculation", "instance('zz')/root/item[1]/label", "`zz`", id="a table that is not there"
        ),
    ],
)
def test_a_dead_end_is_named(field: str, expression: str, named: str) -> None:
    (error,) = found(field, expression)
    assert named in error.what
    assert error.fix
    assert (error.place, error.field) == ("sample.yaml:13", field)


@pytest.mark.parametrize(
    ("expression", "fix"),
    [
        pytest.param("town = 'x'", "Write `${town}`.", id="a question by its bare name"),
        pytest.param("/data/tills/town = 'x'", "Write `${town}`.", id="a question on a path that is not its own"),
        pytest.param("twon = 'x'", "Did you mean `town`?", id="a slip"),
        pytest.param("${town} = red", "Name a question as `${…}`, and put words in quotation marks: 'red'.", id="words"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_proposed(expression: str, fix: str) -> None:
    (error,) = found("relevant", expression)
    assert error.fix == fix


@pytest.mark.parametrize(
    ("field", "expression"),
    [
        pytest.param("relevant", "/data/town = 'red'", id="an absolute path"),
        pytest.param("constraint", ". != ../town", id="itself and a sibling"),
        pytest.param("relevant", "count(/data/tills[name = 'x']) > 0", id="a condition on an entry"),
        pytest.param("calculation", "sum(/data/tills/name)", id="inside every entry"),
        pytest.param("calculation", "instance('kinds')/root/item[name = 'own']/label", id="a choice list"),
        pytest.param("relevant", "position(..) = 1", id="the node around"),
        pytest.param("constraint", "regex(., '[a-z]+')", id="a pattern"),
    ],
)
def test_what_leads_somewhere_is_left_alone(field: str, expression: str) -> None:
    assert found(field, expression) == []


def test_lint_calls_it_an_error() -> None:
    text = f"flow: sample\ntitle: Sample\n{FLOW.format(field='required', expression='oui')}"
    assert [str(issue.severity) for issue in lint.text(text) if "`oui`" in issue.what] == ["error"]


def test_a_calculation_that_waits_for_a_trigger_is_looked_at_too() -> None:
    (error,) = found("trigger", 'town", calculation: "../nothing')
    assert "`../nothing`" in error.what


@pytest.mark.parametrize(
    ("label", "within", "is_found"),
    [
        pytest.param("${number}", "tills", False, id="a name"),
        pytest.param("../../../number", "tills", False, id="a path as an XForm has it"),
        pytest.param("number", "tills", True, id="a bare word"),
        pytest.param("../../../town", "tills", True, id="a path that ends inside the repeat"),
        pytest.param("../../../town", "", False, id="a path to the form's own"),
        pytest.param("/data/twon", "", True, id="an absolute path with a slip"),
    ],
)
def test_the_expressions_of_an_entity_are_looked_at_from_where_it_stands(
    label: str, within: str, is_found: bool
) -> None:
    text = f"""
    entities: [{{dataset: branches, label: "{label}", within: "{within}"}}]
    survey:
      - {{type: text, name: town, label: Town}}
      - {{type: repeat, name: tills, label: Till, children: [{{type: text, name: number, label: Number}}]}}
    """
    try:
        playing.load(text)
    except errors.FlowErrors as problem:
        assert [(error.line, error.field) for error in problem.errors] == [(4, "entities.label")]
        assert is_found
    else:
        assert not is_found


# --- named in the terms of each source -------------------------------------------------------------

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
    "<h:head><h:title>T</h:title><model>"
)
XFORM = """
{head}
<instance><data id="f"><town/><rooms><size/></rooms><meta><entity dataset="branches" id=""><label/></entity></meta></data></instance>
<bind nodeset="/data/town" {bind}/>
<bind nodeset="/data/meta/entity/label" calculate="{label}"/>
</model></h:head><h:body>
<select1 ref="/data/town"><label>Town</label>
  <itemset nodeset="{itemset}"><value ref="name"/><label ref="label"/></itemset>
</select1>
<group ref="/data/rooms"><label>Room</label>
<repeat nodeset="/data/rooms" xmlns:jr="http://openrosa.org/javarosa" jr:count="{count}"><input ref="size"><label>S</label></input></repeat>
</group></h:body></h:html>
"""
FINE = {"bind": "", "label": "/data/town", "itemset": "/data/rooms", "count": "2"}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        pytest.param(
            {"bind": 'relevant="/data/twon = 1"'},
            'f.xml:4: <bind nodeset="/data/town">, attribute relevant',
            id="a condition",
        ),
        pytest.param(
            {"bind": 'calculate="1 +"'},
            'f.xml:4: <bind nodeset="/data/town">, attribute calculate',
            id="a calculation that is none",
        ),
        pytest.param(
            {"bind": "readonly=\"regex(., '[a-')\""},
            'f.xml:4: <bind nodeset="/data/town">, attribute readonly',
            id="a pattern that is none",
        ),
        pytest.param(
            {"label": "../town"},
            'f.xml:5: <bind nodeset="/data/meta/entity/label">, attribute calculate',
            id="the label of an entity",
        ),
        pytest.param({"itemset": "/data/roms"}, 'f.xml:8: <itemset nodeset="/data/roms">', id="choices"),
        pytest.param(
            {"count": "/data/many"},
            'f.xml:11: <repeat nodeset="/data/rooms">, attribute count',
            id="the count of a repeat",
        ),
    ],
)
def test_an_xform_is_refused_with_element_attribute_and_line(given: dict[str, str], place: str) -> None:
    with pytest.raises(errors.FlowErrors) as caught:
        xforms.load(XFORM.format(head=HEAD, **(FINE | given)), file="f.xml")
    assert [error.place for error in caught.value.errors] == [place]


def test_an_xform_without_any_is_taken() -> None:
    assert xforms.load(XFORM.format(head=HEAD, **FINE)).id == "f"


SHEETS = """
| survey |
| | type | name | label | required | save_to |
| | text | town | Town | {required} | {save_to} |
| entities |
| | list_name | label |
| | branches | {label} |
"""


@pytest.mark.parametrize(
    ("required", "save_to", "label", "place"),
    [
        pytest.param(
            "oui", "", "${town}", "form.md: survey, row 2, column required", id="another language's yes"
        ),
        pytest.param("", "", "town", "form.md: entities, row 2, column label", id="an entity's bare word"),
    ],
)
def test_an_xlsform_is_refused_with_sheet_row_and_column(
    required: str, save_to: str, label: str, place: str
) -> None:
    text = SHEETS.format(required=required, save_to=save_to, label=label)
    with pytest.raises(errors.FlowErrors) as caught:
        importing.load(text.encode(), "form.md")
    assert [error.place for error in caught.value.errors] == [place]
