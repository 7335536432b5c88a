"""What can be read and never comes to anything is named, with what to do; what may lead somewhere is left alone."""

from __future__ import annotations

import pytest

from flows import dead_ends, errors, form, lint
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


def found(field: str, expression: str) -> list[tuple[str, str]]:
    made = form.of(playing.load(FLOW.format(field=field, expression=expression)))
    return [(what, fix) for _, what, fix in dead_ends.find(made)]


@pytest.mark.parametrize(
    ("field", "expression", "named"),
    [
        pytest.param("relevant", "/data/twon = 'x'", "`/data/twon`", id="an absolute path with a slip"),
        pytest.param("relevant", "${town} = red", "`red`", id="words without quotation marks"),
        pytest.param("required", "oui", "`oui`", id="another language's yes"),
        pytest.param("relevant", "../town/name = 1", "`../town/name`", id="inside of a question"),
        pytest.param("constraint", "regex(., '[a-')", "pattern", id="a pattern that is none"),
        pytest.param(
            "calculation", "instance('zz')/root/item[1]/label", "`zz`", id="a table that is not there"
        ),
    ],
)
def test_a_dead_end_is_named(field: str, expression: str, named: str) -> None:
    ((what, fix),) = found(field, expression)
    assert named in what
    assert fix


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
    flow = playing.load(FLOW.format(field="required", expression="oui"))
    assert [str(issue.severity) for issue in lint.issues(flow) if "`oui`" in issue.what] == ["error"]


def test_an_import_is_refused_with_row_and_column() -> None:
    rows = "| survey |\n| | type | name | label | required |\n| | text | town | Town | oui |\n"
    with pytest.raises(errors.FlowErrors, match=r"survey, row 2, column required: .*`oui`"):
        importing.load(rows.encode(), "form.md")
