"""Values as XForms writes them, and as a question of each kind has them."""

from __future__ import annotations

import pytest

from flows import nouns, values

ABC = tuple(nouns.Choice(name, name.upper()) for name in "abc")


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        pytest.param(None, "", "", id="nothing"),
        pytest.param(True, "", "true", id="yes"),
        pytest.param(False, "", "false", id="no"),
        pytest.param(7, "integer", "7", id="a whole number"),
        pytest.param(7, "decimal", "7.0", id="a whole decimal"),
        pytest.param(0.5, "decimal", "0.5", id="a decimal"),
        pytest.param(["a", "c"], "", "a c", id="choices"),
        pytest.param(nouns.Point(1, 2.5), "", "1.0 2.5 0.0 0.0", id="a place"),
        pytest.param(nouns.Attachment("image", "f1"), "", "f1", id="a photo without a name"),
        pytest.param("1 2;3 4", "geotrace", "1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0", id="a way"),
        pytest.param("1 2", "text", "1 2", id="a text that looks like a place"),
    ],
)
def test_a_value_is_written_as_xforms_has_it(value: nouns.Value, kind: str, text: str) -> None:
    assert values.written(value, kind) == text


@pytest.mark.parametrize(
    ("value", "kind", "fitted"),
    [
        pytest.param("7.0", "integer", 7, id="a whole number"),
        pytest.param("inf", "decimal", None, id="no end"),
        pytest.param("nan", "decimal", None, id="no number"),
        pytest.param(10**400, "decimal", None, id="more than a float holds"),
        pytest.param("b", "select_one", "b", id="a choice"),
        pytest.param(["b", "a"], "select_one", "b", id="the first of several"),
        pytest.param([], "select_one", None, id="none of several"),
        pytest.param("d", "select_one", None, id="a choice no longer offered"),
        pytest.param("c a d", "select_multiple", ["a", "c"], id="choices in the order in which they are offered"),
        pytest.param("c a d c", "rank", ["c", "a"], id="ranked in their own"),
        pytest.param("1 2", "geopoint", nouns.Point(1, 2), id="a place"),
        pytest.param("1", "geopoint", None, id="half a place"),
        pytest.param("1 2 3 4 5", "geopoint", None, id="more than a place"),
        pytest.param("1 2 here", "geopoint", None, id="a place with a word"),
        pytest.param("1 181", "geopoint", None, id="off the earth"),
        pytest.param("-91 1", "geopoint", None, id="beyond the pole"),
        pytest.param("90 -180", "geopoint", nouns.Point(90, -180), id="at the pole, where the day changes"),
        pytest.param(5, "geopoint", None, id="a number is no place"),
        pytest.param("1 2; 3 4", "geotrace", "1 2; 3 4", id="a way, as it was written"),
        pytest.param("1 2; 3", "geotrace", None, id="a way through half a place"),
        pytest.param("24:00:00", "time", None, id="no such hour"),
        pytest.param("2026-02-30", "date", None, id="no such day"),
        pytest.param("2026-02-30T00:00:00", "dateTime", None, id="a moment of no such day"),
    ],
)  # fmt: skip
def test_a_value_is_what_its_question_can_have(value: nouns.Value, kind: str, fitted: nouns.Value) -> None:
    assert values.fitting(value, kind, ABC) == fitted
