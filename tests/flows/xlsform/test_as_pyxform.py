"""Any table, right or wrong: refused where pyxform refuses it, and where nobody could run it; nothing else is raised."""

from __future__ import annotations

import warnings

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform import errors as pyxform_errors
from pyxform import xls2xform

from flows import errors
from flows.xlsform import importing

GOOD: dict[str, tuple[str, ...]] = {
    "type": (
        "text", "integer", "note", "image", "select_one a", "select_multiple a or_other", "rank a", "geopoint",
        "select_one_from_file f.csv", "start", "background-audio", "range", "file", "dateTime", "acknowledge",
    ),
    "label": ("Label", "See ${q0}"),
    "label::French (fr)": ("Étiquette", ""),
    "relevant": ("", "", "${q0} = 'x'", "yes"),
    "default": ("", "", "x", "today()", "${last-saved#q0}", "1 + 1"),
    "appearance": ("", "", "minimal", "maps"),
    "required": ("", "yes", "1 = 1"),
}  # fmt: skip
FAULTS: dict[str, tuple[str, ...]] = {
    "type": (
        "intager", "begin_group", "end_group", "begin_repeat", "end_repeat", "begin_loop over a", "csv-external", "",
        "audit", "select_one ${q0}", "select_one b", "calculate",
    ),
    "name": ("q0", "my q", "", "meta"),
    "label": ("", "${q9}", "${q0"),
    "relevant": ("1 +", "foo()", "${q1} = ${q2}", "${q9}"),
    "calculation": ("1 + 1", "now(", "${q1} + 1", "${q2} + 1"),
    "trigger": ("${q0}", "q0", "${q9}"),
    "choice_filter": ("name != 'y'", "name !="),
    "repeat_count": ("2", "${q0} + 1"),
    "parameters": ("start=1 end=5", "randomize=true", "nonsense", "seed=1"),
    "appearance": ("table-list",),
    "save_to": ("p1", "label"),
}  # fmt: skip
HEADINGS = tuple(dict.fromkeys(("type", "name", *GOOD, *FAULTS)))
FAULT = st.sampled_from([(heading, cell) for heading, cells in FAULTS.items() for cell in cells])
ROWS = st.fixed_dictionaries({heading: st.sampled_from(cells) for heading, cells in GOOD.items()})
CHOICES = st.sampled_from(
    [
        [("a", "x", "X"), ("a", "y", "Y")],
        [("a", "x", "X"), ("b", "z", "Z")],
        [("a", "x", "X"), ("a", "x", "X")],
        [("a", "my x", "X")],
        [],
    ]
)

STRICTER = ("no expression", "no function", "in a circle")
"""What pyxform does not look at."""


def table(rows: list[dict[str, str]], choices: list[tuple[str, str, str]], *, entities: bool) -> str:
    lines = ["| survey |", f"| | {' | '.join(HEADINGS)} |"]
    lines += [f"| | {' | '.join(row.get(heading, '') for heading in HEADINGS)} |" for row in rows]
    if choices:
        lines += ["| choices |", "| | list_name | name | label |"]
        lines += [f"| | {' | '.join(choice)} |" for choice in choices]
    if entities:
        lines += ["| entities |", "| | list_name | label |", "| | e1 | ${q1} |"]
    return "\n".join(lines) + "\n"


def taken_by_pyxform(data: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            xls2xform.convert(data, file_type=".md")
    except (pyxform_errors.PyXFormError, TypeError, KeyError, AttributeError, ValueError):
        return False
    return True


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A form that would be right but for a few cells."""
    rows = [
        {"name": f"q{number}", **row}
        for number, row in enumerate(draw(st.lists(ROWS, min_size=1, max_size=4)))
    ]
    for _ in range(draw(st.integers(0, 2))):
        heading, cell = draw(FAULT)
        draw(st.sampled_from(rows))[heading] = cell
    return table(rows, draw(CHOICES), entities=draw(st.booleans()))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_any_table_is_taken_or_refused_as_by_pyxform(form: str) -> None:
    data = form.encode()
    try:
        importing.load(data, "form.md")
    except errors.FlowErrors as problem:
        if taken_by_pyxform(data):
            assert all(any(word in error.what for word in STRICTER) for error in problem.errors), problem
    else:
        assert taken_by_pyxform(data)
