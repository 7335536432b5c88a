"""Regular expressions: our engine finds what Python's finds, and refuses what it cannot do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import expressions
from flows.expressions import limits, patterns

ATOMS = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", "[a-c-]", r"\d", r"\w", r"\W", r"\.", r"\b", "^", "$", "(?:)"]
)
QUANTIFIERS = st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?"])


def repeated(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Groups, choices and repetitions of pieces."""
    return st.one_of(
        st.lists(pieces, min_size=1, max_size=3).map("".join),
        st.lists(pieces, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.builds(lambda piece, quantifier: f"(?:{piece}){quantifier}", pieces, QUANTIFIERS),
    )


PATTERNS = st.recursive(ATOMS, repeated, max_leaves=6)


@settings(deadline=None, max_examples=300)
@given(PATTERNS, st.text(alphabet="abc1. -", max_size=8))
def test_finds_what_pythons_engine_finds(pattern: str, text: str) -> None:
    try:
        theirs = re.search(pattern, text, re.ASCII) is not None
    except re.error:
        return
    assert patterns.compiled(pattern).search(text) is theirs


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        pytest.param(
            r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$", "a.b@c.org", "a.b@c", id="e-mail address"
        ),
        pytest.param(r"^\+?254[17]\d{8}$", "+254712345678", "+255712345678", id="Kenyan mobile number"),
        pytest.param(r"^([01]\d|2[0-3]):[0-5]\d$", "23:59", "24:00", id="time"),
        pytest.param(r"^\p{Lu}\p{L}+$", "Élan", "élan", id="Unicode letters"),
        pytest.param(r"[]]", "]", "[", id="a bracket as the first of a class"),
        pytest.param(r"^[^\s,]+$", "one", "one, two", id="a class inside a class, negated"),
        pytest.param(r"^a{,3}$", "a{,3}", "aa", id="braces that are no quantifier"),
        pytest.param(r"^a{2$", "a{2", "aa", id="braces that are not closed"),
        pytest.param(r"^\pL\PL$", "é1", "éa", id="Unicode letters by one letter"),
        pytest.param(r"\x41é", "Aé", "A", id="characters by number"),
        pytest.param(r"^a|b$", "xb", "xa", id="a choice of the whole"),
        pytest.param(r"\Bb\b", "ab", "b", id="boundaries"),
        pytest.param("^" + "(a)" * 100 + "$", "a" * 100, "a" * 99, id="many brackets side by side"),
    ],
)
def test_patterns_of_real_forms(pattern: str, matching: str, other: str) -> None:
    assert patterns.compiled(pattern).search(matching)
    assert not patterns.compiled(pattern).search(other)


def test_the_largest_count_is_taken() -> None:
    assert not patterns.compiled(f"a{{{limits.MAX_PATTERN_STATES}}}").search("aaa")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        pytest.param(r"(a)\1", "refers back", id="back-reference"),
        pytest.param("(?<=a)b", "looks around", id="look behind"),
        pytest.param("(?i)a", "sets a flag", id="flag"),
        pytest.param("a++", "possessive", id="possessive"),
        pytest.param("(a", "not closed", id="open bracket"),
        pytest.param("a)", "not opened", id="closed bracket"),
        pytest.param("[a", "ends too early", id="open class"),
        pytest.param("*a", "repeats nothing", id="quantifier alone"),
        pytest.param("{2}a", "repeats nothing", id="count alone"),
        pytest.param("a{3,2}", "most is under its least", id="bounds the wrong way"),
        pytest.param("a{3001}", "repeats too often", id="a count beyond all measure"),
        pytest.param("a{1,100000}", "repeats too often", id="a most beyond all measure"),
        pytest.param(r"\p{Lu", "brace that is not closed", id="half a category"),
        pytest.param("a" * 1_001, "1,000 characters", id="a pattern beyond all measure"),
        pytest.param("[c-a]", "leads nowhere", id="range the wrong way"),
        pytest.param(r"\q", "not supported", id="unknown escape"),
        pytest.param(r"\x4", "without its digits", id="half an escape"),
        pytest.param("a\\", "ends too early", id="a backslash at the end"),
        pytest.param("^*", "repeats a place", id="a repeated place"),
    ],
)
def test_refusals_say_why(pattern: str, said: str) -> None:
    with pytest.raises(expressions.EvaluationError, match=said):
        patterns.compiled(pattern)
