"""What is refused is said with sheet, row, column and what to do."""

from __future__ import annotations

import pytest

from tests.flows.xlsform import forms

CASES = [
    pytest.param(
        """
        | survey |
        |        | type    | name | label |
        |        | intager | a    | A     |
        """,
        ("survey", 2, "type"), "no question type `intager`. Did you mean `integer`?", id="a mistyped type",
    ),
    pytest.param(
        """
        | survey |
        |        | type   | name | label |
        |        | caseid | a    | A     |
        """,
        ("survey", 2, "type"), "SurveyCTO's own", id="a type of SurveyCTO",
    ),
    pytest.param(
        """
        | survey |
        |        | type             | name | label |
        |        | begin_kobomatrix | a    | A     |
        """,
        ("survey", 2, "type"), "KoboToolbox's own", id="a type of KoboToolbox",
    ),
    pytest.param(
        """
        | survey |
        |        | type          | name | label |
        |        | note          | n    | N     |
        |        | select_one yn | a    | A     |
        | choices |
        |         | list_name | name | label |
        |         | yesno     | yes  | Yes   |
        """,
        ("survey", 3, "type"), "no choice list `yn`", id="a list that is not there",
    ),
    pytest.param(
        """
        | survey |
        |        | type          | name | label |
        |        | select_one yn | a    | A     |
        """,
        ("survey", 2, "type"), "no sheet `choices`", id="no choices at all",
    ),
    pytest.param(
        """
        | survey |
        |        | type | name | label | relevant       |
        |        | text | site | Site  |                |
        |        | text | b    | B     | ${sites} = 'x' |
        """,
        ("survey", 3, "relevant"), "Did you mean `site`?", id="a name that is not there",
    ),
    pytest.param(
        """
        | survey |
        |        | type        | name | label |
        |        | begin_group | g    | G     |
        |        | text        | a    | A     |
        """,
        ("survey", 2, "type"), "The group `g` has no end. Add a row end_group", id="a group without an end",
    ),
    pytest.param(
        """
        | survey |
        |        | type        | name  | label | kobo--score-choices |
        |        | begin_score | s     | S     | marks               |
        |        | score__row  | r     | R     |                     |
        |        | end_score   |       |       |                     |
        """,
        ("survey", 2, "type"), "each `score__row` as `select_one marks`", id="a score of KoboToolbox",
    ),
    pytest.param(
        """
        | survey |
        |        | type        | name  | label | kobo--rank-items |
        |        | begin rank  | s     | S     | needs            |
        |        | rank__level | r     | R     |                  |
        |        | end rank    |       |       |                  |
        """,
        ("survey", 2, "type"), "one row in its place, `rank needs`", id="a rank of KoboToolbox",
    ),
    pytest.param(
        """
        | survey |
        |        | type         | name | label |
        |        | begin_group  | g    | G     |
        |        | begin_repeat | till | Till  |
        |        | text         | a    | A     |
        |        | end_group    |      |       |
        |        | end_repeat   |      |       |
        """,
        ("survey", 5, "type"), "the repeat `till` of row 3 is still open. Write end_repeat here",
        id="a repeat that ends as a group",
    ),
    pytest.param(
        """
        | survey |
        |        | type         | name | label |
        |        | begin group  | g    | G     |
        |        | text         | a    | A     |
        |        | end repeat   |      |       |
        """,
        ("survey", 4, "type"), "the group `g` of row 2 is still open", id="a group that ends as a repeat",
    ),
    pytest.param(
        """
        | survey |
        |        | type         | name | label |
        |        | begin_group  | g    | G     |
        |        | begin_repeat | till | Till  |
        |        | text         | a    | A     |
        |        | end_repeat   |      |       |
        |        | end_repeat   |      |       |
        """,
        ("survey", 6, "type"), "the group `g` of row 2 is still open", id="a group that ends as a repeat, behind one that ends",
    ),
    pytest.param(
        """
        | survey |
        |        | type      | name | label |
        |        | text      | a    | A     |
        |        | end_group |      |       |
        """,
        ("survey", 3, "type"), "no begin_group", id="an end without a group",
    ),
    pytest.param(
        """
        | survey |
        |        | type | name | label |
        |        | text | a    | A     |
        |        | text | a    | B     |
        """,
        ("survey", 3, "name"), "`a` stands twice", id="a name twice",
    ),
    pytest.param(
        """
        | survey |
        |        | type | name  | label |
        |        | text | my q? | A     |
        """,
        ("survey", 2, "name"), "cannot be a name", id="a name with spaces",
    ),
    pytest.param(
        """
        | survey |
        |        | type | name | label |
        |        | text | a    |       |
        """,
        ("survey", 2, "label"), "has no label", id="no label",
    ),
    pytest.param(
        """
        | survey |
        |        | type      | name | label |
        |        | calculate | a    |       |
        """,
        ("survey", 2, "calculation"), "no calculation", id="a calculate without one",
    ),
    pytest.param(
        """
        | survey |
        |        | type               | name | label |
        |        | select_multiple yn | a    | A     |
        | choices |
        |         | list_name | name | label |
        |         | yn        | a b  | Yes   |
        """,
        ("choices", 2, "name"), "has a space", id="a choice with a space",
    ),
    pytest.param(
        """
        | survey |
        |        | type  | name | label | parameters     |
        |        | range | a    | A     | start=1 stop=9 |
        """,
        ("survey", 2, "parameters"), "no parameter `stop`. It knows end,", id="an unknown parameter",
    ),
    pytest.param(
        """
        | survey |
        |        | type  | name | label | parameters   |
        |        | image | a    | A     | max-pixels=x |
        """,
        ("survey", 2, "parameters"), "`max-pixels` must have an integer", id="a row that pyxform does not name",
    ),
    pytest.param(
        """
        | survey |
        |        | type | name | label |
        |        | text | a    | A     |
        | settings |
        |          | form_title | instance_name |
        |          | T          | ${b}          |
        """,
        ("settings", 2, "instance_name"), "no question `b`", id="on another sheet",
    ),
    pytest.param(
        """
        | survey |
        |        | type  | name | label | parameters                 |
        |        | text  | a    | A     |                            |
        |        | audit |      |       | location-priority=balanced |
        """,
        ("survey", 3, "parameters"), "location-min-interval", id="an audit that lacks a parameter",
    ),
    pytest.param(
        """
        | survey |
        |        | type  | name | label |
        |        | text  | a    | A     |
        |        | audit | log  |       |
        """,
        ("survey", 3, "name"), "An audit has a name of its own. Leave its name empty.", id="an audit with another name",
    ),
    # --- pyxform lets these through ---
    pytest.param(
        """
        | survey |
        |        | type    | name | label | constraint |
        |        | integer | a    | A     | . > and 3  |
        """,
        ("survey", 2, "constraint"), "no expression", id="a broken constraint",
    ),
    pytest.param(
        """
        | survey |
        |        | type    | name | label | Relevance   |
        |        | integer | a    | A     | posision(.) |
        """,
        ("survey", 2, "Relevance"), "no function “posision”", id="an unknown function, under another heading",
    ),
    pytest.param(
        """
        | survey |
        |        | type          | name | label | choice_filter      |
        |        | select_one yn | a    | A     | selected(name)     |
        | choices |
        |         | list_name | name | label |
        |         | yn        | a    | Yes   |
        """,
        ("survey", 2, "choice_filter"), "selected", id="too few arguments",
    ),
    pytest.param(
        """
        | survey |
        |        | type    | name | label | default     |
        |        | integer | a    | A     | today() + ( |
        """,
        ("survey", 2, "default"), "no expression", id="a broken default",
    ),
    pytest.param(
        """
        | survey |
        |        | type         | name | label | repeat_count  |
        |        | begin_repeat | r    | R     | count(1, 2, ) |
        |        | text         | a    | A     |               |
        |        | end_repeat   |      |       |               |
        """,
        ("survey", 2, "repeat_count"), "no expression", id="a broken count",
    ),
    pytest.param(
        """
        | survey |
        |        | type    | name | label | calculation | note        |
        |        | integer | a    | A     | duration()  | SurveyCTO's |
        """,
        ("survey", 2, "calculation"), "SurveyCTO's own", id="a function of SurveyCTO",
    ),
    pytest.param(
        """
        | survey |
        |        | type      | name | calculation |
        |        | calculate | a    | ${b} + 1    |
        |        | calculate | b    | ${a} + 1    |
        """,
        ("survey", 2, ""), "in a circle: `a` → `b` → `a`", id="a circle",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "place", "words"), CASES)
def test_a_refusal_names_its_place_and_what_to_do(
    table: str, place: tuple[str, int, str], words: str
) -> None:
    [error] = forms.refused(table)
    assert (error.sheet, error.line, error.column) == place
    assert words in f"{error.what} {error.fix}"
    assert error.fix
    assert str(error).startswith(f"form.md: {place[0]}, row {place[1]}")


def test_what_has_no_words_of_ours_is_said_in_pyxforms() -> None:
    [error] = forms.refused("""
    | survey |
    |        | type                | name | label |
    |        | background-geopoint | g    | G     |
    """)
    assert (error.sheet, error.line) == ("survey", 2)
    assert error.what == "For 'background-geopoint' questions, the 'trigger' column must not be empty."


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert forms.places("""
    | survey |
    |        | type    | name | label | constraint | relevant |
    |        | integer | a    | A     | . >        | foo()    |
    |        | integer | b    | B     | (          |          |
    """) == [("survey", 2, "constraint"), ("survey", 2, "relevant"), ("survey", 3, "constraint")]


def test_doubled_choices_are_all_named() -> None:
    assert forms.places("""
    | survey |
    |        | type          | name | label |
    |        | select_one yn | a    | A     |
    | choices |
    |         | list_name | name | label |
    |         | yn        | a    | One   |
    |         | yn        | a    | Two   |
    |         | yn        | a    | Three |
    """) == [("choices", 3, "name"), ("choices", 4, "name")]
