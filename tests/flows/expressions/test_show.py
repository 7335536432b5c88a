"""The canonical text of an expression."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from flows import expressions
from tests.flows.expressions import trees


@settings(deadline=None)
@given(trees.TREES)
def test_what_is_shown_parses_to_the_same_tree(tree: expressions.Expression) -> None:
    assert expressions.parse(expressions.show(tree)) == tree


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("${ mbps }<2 and(1=1)", "${mbps} < 2 and 1 = 1", id="blanks and needless brackets"),
        pytest.param("1-(2-3)", "1 - (2 - 3)", id="brackets that matter stay"),
        pytest.param("(a + b) + c", "(a + b) + c", id="a sum in a sum is not one flat sum"),
        pytest.param("(/) * 2", "(/) * 2", id="the bare root before a star"),
        pytest.param("(1-2)-3", "1 - 2 - 3", id="brackets that the order implies go"),
        pytest.param("(a or b) and c", "(a or b) and c", id="looser inside tighter"),
        pytest.param("child::a/parent::node()/attribute::b", "a/../@b", id="abbreviated"),
        pytest.param("/descendant-or-self::node()/a", "//a", id="anywhere below the root"),
        pytest.param(".//a", ".//a", id="anywhere below here"),
        pytest.param("//.", "//.", id="the root and all below"),
        pytest.param("-(1+2)", "-(1 + 2)", id="minus of a sum"),
        pytest.param("--1", "--1", id="two minuses"),
        pytest.param("-a|b", "-a | b", id="the union binds tighter than minus"),
        pytest.param('"it\'s"', '"it\'s"', id="the other quotation mark"),
        pytest.param("1e3 + 0.10", "1000 + 0.1", id="numbers without exponent or trailing zeros"),
        pytest.param("(//a)[1]", "(//a)[1]", id="the first of all differs from each first"),
        pytest.param("instance('t')/root/item[x=1][2]", "instance('t')/root/item[x = 1][2]", id="predicates"),
        pytest.param("5 mod 2 div 3", "5 mod 2 div 3", id="operators with names"),
        pytest.param("5 mod2", "5 mod 2", id="a digit right after an operator's name"),
        pytest.param("div div mod", "div div mod", id="operators' names as nodes' names"),
        pytest.param("* * *", "* * *", id="every star has its meaning from its place"),
        pytest.param("${last-saved#name}", "${last-saved#name}", id="the last saved form's answer"),
    ],
)
def test_canonical_text(written: str, shown: str) -> None:
    assert expressions.show(expressions.parse(written)) == shown
