"""No line ends inside an amount, nor behind a minus, nor between latitude and longitude."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_templates import holding
from flows import locales


@pytest.mark.parametrize(
    ("language", "words", "held"),
    [
        pytest.param("en", "BOB 13,800 a month", "BOB~13,800~a month", id="money"),
        pytest.param("fr", "de XOF 1\u202f500 à 2\u202f000", "de XOF~1\u202f500~à 2\u202f000", id="money in French"),
        pytest.param("en", "between 2.5 kVA and 12 kVA", "between 2.5~kVA and 12~kVA", id="symbols"),
        pytest.param("en", "after 14 rehearsals", "after 14~rehearsals", id="a unit in words"),
        pytest.param("es", "en 3 semanas, 1 persona", "en 3~semanas, 1~persona", id="units in Spanish"),
        pytest.param("sw", "baada ya siku 14 na saa 2,5", "baada ya siku~14~na saa~2,5", id="units before the number"),
        pytest.param("fr", "« Thiès » : prêt ?", "«~Thiès~»~: prêt~?", id="French signs"),
        pytest.param("fr", "le jour 5 du mois", "le jour~5~du mois", id="a unit around the number"),
        pytest.param("en", "4 January 2027", "4 January 2027", id="a word that is no unit"),
        pytest.param("en", "a gap of -3 kbps, (-0.5)", "a gap of −3~kbps, (−0.5)", id="a minus"),
        pytest.param("es", "-16.50000, -68.15000", "−16.50000,~−68.15000", id="a place on the map"),
        pytest.param("en", "1.28333, 36.81667", "1.28333,~36.81667", id="a place in the other quarter"),
        pytest.param("en", "on 2026-11-26, 0700-123", "on 2026-11-26, 0700-123", id="hyphens that are no minus"),
        pytest.param("en", "the XYZ 5 form", "the XYZ 5~form", id="capitals that are no currency"),
        pytest.param("en", "nothing counted -here", "nothing counted -here", id="no number"),
    ],
)  # fmt: skip
def test_an_amount_is_not_parted(language, words, held):
    assert holding.text(words, language=language) == held.replace("~", holding.NO_BREAK)


@given(st.text("0123456789 -,.():;aABOhkVs%\u00a0"), st.sampled_from(locales.PROMISED))
def test_only_spaces_and_hyphens_change_and_only_once(words, language):
    held = holding.text(words, language=language)
    assert held.replace(holding.NO_BREAK, " ").replace(holding.MINUS, "-") == words.replace("\u00a0", " ")
    assert holding.text(held, language=language) == held
