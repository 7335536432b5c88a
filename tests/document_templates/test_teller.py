"""Judgements: their sign stays with their words, and their words together as long as a column holds them."""

from __future__ import annotations

import pytest

from document_templates import teller
from planning import nouns
from tests.document_templates import plans


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("écart critique", "■\u00a0écart\u00a0critique", id="two words stay together"),
        pytest.param(
            "Rempli aujourd'hui, à montrer de nouveau",
            "■\u00a0Rempli aujourd'hui, à montrer de nouveau",
            id="a long one breaks between words, not inside one",
        ),
    ],
)
def test_a_judgement_breaks_only_where_no_column_holds_it(words, shown):
    assert teller.Teller(plans.full(1), "fr").tag(nouns.Severity.RED, words).text == shown
