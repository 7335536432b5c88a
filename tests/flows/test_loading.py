"""Flow files: what they become, and how each kind of mistake is told to its author."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import errors, loading, nouns
from tests.flows import playing

WHOLE = """
flow: power
version: 1.0
title: Power
role: branch_staff
per: branch
about: We size the batteries.
choices:
  yes_no:
    - {name: yes, label: "Yes", order: 1}
    - {name: no, label: "No"}
survey:
  - {type: integer, name: hours, label: How many?, unit: hours, seed: [S11], evidence: [photo]}
  - type: group
    name: generator
    label: The generator
    relevant: ${hours} < 8
    children:
      - {type: select_one yes_no, name: works, label: Does it work?}
      - type: repeat
        name: tanks
        label: Tank
        children:
          - {type: decimal, name: litres, label: Litres?, parameters: {step: 5}}
"""


def test_a_whole_flow():
    flow = loading.load(WHOLE, file="power.yaml")
    hours, generator = flow.children
    assert (flow.id, flow.version, flow.title, flow.role, flow.per) == (
        "power",
        "1.0",
        "Power",
        nouns.Role.BRANCH_STAFF,
        nouns.Per.BRANCH,
    )
    assert (hours.path, hours.unit, hours.seed, hours.evidence, hours.line) == (
        "hours",
        "hours",
        ("S11",),
        ("photo",),
        13,
    )
    works, tanks = generator.children
    assert works.choices == (nouns.Choice("yes", "Yes", {"order": "1"}), nouns.Choice("no", "No"))
    assert (works.path, tanks.path) == ("generator/works", "generator/tanks")
    assert tanks.children[0].path == "generator/tanks/litres"
    assert tanks.children[0].parameters == {"step": "5"}


def test_the_columns_of_xlsform():
    flow = loading.load(
        """
        flow: survey
        title: Survey
        language: English (en)
        settings: {instance_name: "concat(${name}, '!')"}
        choices: {colours: [{name: red, label: Red, "label::Français (fr)": Rouge}]}
        tables: {towns: [{name: lodwar, people: 82970}]}
        entities: [{dataset: branches, label: "${name}"}]
        survey:
          - {type: text, name: name, label: Name?, "label::Français (fr)": Nom ?, save_to: title}
          - {type: select_one colours or_other, name: colour, label: Colour?}
          - {type: datetime, name: seen, label: When?, trigger: "${name}", calculation: now()}
          - {type: hidden, name: start, preload: timestamp start}
        """
    )
    name, colour, other, seen, start = flow.children
    assert flow.translations == {"Français (fr)": {"colours:red": "Rouge", "name:label": "Nom ?"}}
    assert [choice.name for choice in colour.choices] == ["red", "other"]
    assert flow.tables["towns"].rows == ({"name": "lodwar", "people": "82970"},)
    assert flow.entities == (nouns.Entity("branches", "${name}", line=8),)
    assert (name.save_to, start.preload, seen.type, seen.trigger) == (
        "title", "timestamp start", "dateTime", ("name",)
    )  # fmt: skip
    assert (colour.or_other, other.name, other.relevant) == (True, "colour_other", "${colour} = 'other'")


ONE = "- {type: text, name: a, label: A}"


@pytest.mark.parametrize(
    ("survey", "line", "what", "fix"),
    [
        pytest.param(
            "- {type: integr, name: a, label: A}", 4, "no type `integr`", "`integer`", id="type mistyped"
        ),
        pytest.param(
            "- {type: rainbow, name: a, label: A}", 4, "no type `rainbow`", "Use one of", id="unknown type"
        ),
        pytest.param("- {name: a, label: A}", 4, "no `type`", "Add one of", id="no type"),
        pytest.param("- {type: text, label: A}", 4, "no `name`", "Add `name", id="no name"),
        pytest.param("- {type: text, name: a}", 4, "no label", "Add `label", id="no label"),
        pytest.param(
            "- {type: text, name: 1a, label: A}", 4, "`1a` cannot be a name", "letter first", id="bad name"
        ),
        pytest.param("- {type: text, name: a, lable: A}", 4, "no key `lable`", "`label`", id="key mistyped"),
        pytest.param(
            "- {type: text, name: a, label: [A]}", 4, "must be a text", "one line", id="list for a text"
        ),
        pytest.param(
            "- {type: text, name: a, label: A, label: B}", 4, "stands twice", "Remove", id="key twice"
        ),
        pytest.param(
            "- {type: select_one, name: a, label: A}", 4, "no choice list", "LIST", id="select without list"
        ),
        pytest.param(
            "- {type: select_one ye_no, name: a, label: A}", 4, "`ye_no`", "`yes_no`", id="list mistyped"
        ),
        pytest.param(
            "- {type: text yes_no, name: a, label: A}", 4, "takes nothing", "type: text", id="list too many"
        ),
        pytest.param(
            "- {type: select_one x, name: a, label: A, itemset: {value: b}}",
            4,
            "no `nodes`",
            "expression",
            id="choices from nowhere",
        ),
        pytest.param("- {type: calculate, name: a}", 4, "without a calculation", "Add", id="empty calculate"),
        pytest.param("- {type: group, name: a, label: A}", 4, "no children", "children", id="empty group"),
        pytest.param(
            f"- {{type: repeat, name: r, children: [{ONE[2:]}]}}",
            4,
            "no label",
            "singular",
            id="repeat unnamed",
        ),
        pytest.param(f"{ONE}\n{ONE}", 5, "`a` stands twice; first in line 4", "Rename", id="name twice"),
        pytest.param("- text", 4, "keys such as", "type: text", id="a word for an item"),
        pytest.param("  {type: text}", 4, "must be a list", "- ", id="keys for a list"),
        pytest.param(
            "- {type: text, name: a, label: A, evidence: [foto]}", 4, "`foto`", "`photo`", id="evidence"
        ),
        pytest.param(
            ONE + "\n- {type: text, name: b, label: B, relevant: '${a = 1'}",
            5,
            "character",
            "",
            id="bad expression",
        ),
        pytest.param(
            ONE + "\n- {type: text, name: b, label: B, relevant: '${aa} = 1'}",
            5,
            "`${aa}`",
            "`a`",
            id="unknown name",
        ),
        pytest.param(
            "- {type: text, name: b, label: B, trigger: '${aa}'}", 4, "`${aa}`", "name", id="unknown trigger"
        ),
        pytest.param(
            "- {type: text, name: b, label: 'How is ${nme}?'}", 4, "`${nme}`", "name", id="name in a label"
        ),
        pytest.param(
            "- {type: text, name: b, label: B, constraint: 'lenght(.) > 1'}", 4, "lenght", "", id="function"
        ),
    ],
)
def test_mistakes_are_told_with_line_and_advice(survey, line, what, fix):
    head = "flow: s\ntitle: S\nsurvey:\n"
    tail = "\nchoices:\n  yes_no: [{name: yes}, {name: no}]\n"
    with pytest.raises(errors.FlowErrors) as caught:
        loading.load(head + survey + tail, file="s.yaml")
    first = caught.value.errors[0]
    assert (first.file, first.line) == ("s.yaml", line)
    assert what in first.what
    assert fix in first.fix
    assert first.fix
    assert str(first).startswith(f"s.yaml:{line}: ")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param("", 1, "empty", id="empty file"),
        pytest.param("just words", 1, "keys with values", id="no keys"),
        pytest.param("flow: a\ntitle: b\n", 1, "no `survey`", id="no survey"),
        pytest.param("flow: a\ntitle: [\n", 3, "no YAML", id="broken YAML"),
        pytest.param("flow: &x a\ntitle: *x\nsurvey: []\n", 2, "Aliases", id="alias"),
        pytest.param("flow: a\ntitle: b\nrole: it_staff\nsurvey: []", 3, "no role `it_staff`", id="role"),
        pytest.param("flow: a\ntitle: b\nchoices: {x: []}\nsurvey: []", 3, "is empty", id="empty list"),
        pytest.param(
            "flow: a\ntitle: b\nchoices: x\nsurvey: []",
            3,
            "must be keys with values",
            id="a word for the lists",
        ),
        pytest.param(
            "flow: a\ntitle: b\nchoices: {x: [red]}\nsurvey: []",
            3,
            "must be keys with values",
            id="a word for a choice",
        ),
        pytest.param(
            "flow: a\ntitle: b\nchoices: {x: [{name: a}, {name: a}]}\nsurvey: []",
            3,
            "twice",
            id="choice twice",
        ),
        pytest.param("flow: a\ntitle: b\nsurvey:\n - " + "[" * 60 + "]" * 60, 4, "levels deep", id="deep"),
        pytest.param("x" * 2_000_001, 1, "more than 2,000,000", id="large"),
    ],
)
def test_files_that_are_no_flow(text, line, what):
    with pytest.raises(errors.FlowErrors) as caught:
        loading.load(text, file="s.yaml")
    assert any(error.line == line and what in error.what for error in caught.value.errors)


def test_every_mistake_is_told_at_once():
    with pytest.raises(errors.FlowErrors) as caught:
        playing.load("survey:\n  - {type: txt, name: a, label: A}\n  - {type: text, nam: b, label: B}\n")
    assert [error.line for error in caught.value.errors] == [4, 5, 5]


def test_a_circle_is_named_with_its_members():
    survey = """
    survey:
      - {type: calculate, name: a, calculation: '${b} + 1'}
      - {type: calculate, name: b, calculation: '${c} + 1'}
      - {type: calculate, name: c, calculation: '${a} + 1'}
    """
    with pytest.raises(errors.FlowErrors) as caught:
        playing.load(textwrap.dedent(survey))
    (error,) = caught.value.errors
    assert all(f"`{name}`" in error.what for name in "abc")
    assert "circle" in error.what


def test_a_group_may_not_depend_on_what_is_inside_it():
    survey = """
    survey:
      - type: group
        name: g
        relevant: ${inner} = 1
        children:
          - {type: integer, name: inner, label: Inner}
    """
    with pytest.raises(errors.FlowErrors, match="circle"):
        playing.load(textwrap.dedent(survey))


TOWNS = """
survey:
  - {{type: text, name: why, label: Why?, relevant: "{outside}"}}
  - type: repeat
    name: towns
    label: Towns
    children:
      - {{type: text, name: town, label: Town}}
      - {{type: text, name: road, label: Road, relevant: "{inside}"}}
"""


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        pytest.param("", "${towns} = 'Lodwar'", id="the text of the list around it"),
        pytest.param("", ".. = 'Lodwar'", id="the same by a path"),
        pytest.param("", "string-length(concat('a', ${towns})) > 2", id="the same within a function"),
        pytest.param("${towns} = 'x'", "${why} = 'y'", id="the text of a list in which something looks back"),
    ],
)
def test_what_takes_the_text_of_a_list_looks_at_all_that_stands_there(outside, inside):
    with pytest.raises(errors.FlowErrors, match="circle"):
        playing.load(TOWNS.format(outside=outside, inside=inside))


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        pytest.param("", "count(${towns}) > 1", id="how many entries there are"),
        pytest.param("", "position(..) = 1", id="which entry it is"),
        pytest.param("", "../town = 'Lodwar'", id="what stands beside it"),
        pytest.param("", "not(${towns})", id="whether there is one"),
        pytest.param("${towns} = 'x'", "", id="the text of a list that looks at nothing"),
    ],
)
def test_what_only_counts_a_list_is_no_circle(outside, inside):
    assert playing.load(TOWNS.format(outside=outside, inside=inside)).id == "sample"


def test_a_constraint_may_look_at_its_own_question():
    flow = playing.load("survey:\n  - {type: integer, name: a, label: A, constraint: '${a} > 1'}\n")
    assert flow.children[0].constraint == "${a} > 1"


@given(st.text(max_size=300))
def test_any_text_is_a_flow_or_told_to_be_none(text):
    try:
        loading.load(text)
    except errors.FlowErrors as told:
        assert told.errors
        assert all(error.what and error.fix for error in told.errors)


@given(st.data())
def test_a_damaged_flow_is_told_to_be_damaged_or_loads(data):
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    length = data.draw(st.integers(0, 20))
    instead = data.draw(st.text(st.sampled_from(" :-{}[]&*'\"\n\tab1$#|>%"), max_size=6))
    try:
        loading.load(WHOLE[:place] + instead + WHOLE[place + length :])
    except errors.FlowErrors as told:
        assert all(error.what and error.fix for error in told.errors)


@pytest.mark.parametrize(
    ("most", "refused"), [pytest.param(4, [], id="as many"), pytest.param(3, [6], id="one more")]
)
def test_a_flow_has_so_many_items_at_most(
    monkeypatch: pytest.MonkeyPatch, most: int, refused: list[int]
) -> None:
    monkeypatch.setattr(loading, "SURVEY_ROWS", most)
    text = textwrap.dedent("""\
        flow: sample
        title: Sample
        survey:
          - {type: group, name: g, label: G, children: [{type: text, name: a, label: A}]}
          - {type: text, name: b, label: B}
          - {type: text, name: c, label: C}
        """)
    try:
        loading.load(text, file="f.yaml")
    except errors.FlowErrors as found:
        [error] = found.errors
        assert "more than 3 items" in error.what
        assert [error.line] == refused
    else:
        assert not refused
