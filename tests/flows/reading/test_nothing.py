"""Which words say that there is nothing to tell, and which only begin so."""

from __future__ import annotations

import pytest

from flows.reading import nothing


@pytest.mark.parametrize(
    "words",
    [
        "None", "none.", "Nothing", "No", "No risks so far", "No worries", "There are none", "We have no problems", "n/a", "–",
        "-", "Nil", "Nobody", "Not yet", "Nothing special at the moment", "0",
        "Hakuna", "Hakuna wasiwasi wowote".replace("wowote", "yoyote"), "Hapana", "Hatuna shida kwa sasa", "Sina",
        "Rien", "rien à signaler", "Aucune", "Aucun risque connu", "Pas d'inquiétude", "Il n'y a rien", "Néant", "R.A.S.", "Non",
        "Nada", "Ninguno", "ninguna preocupación", "No hay", "No hay nada que reportar", "Por ahora no hay riesgos",
        "Nenhum", "Nada por agora",
    ],
)  # fmt: skip
def test_nothing_is_said(words: str) -> None:
    assert nothing.is_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "Nothing works when it rains", "No second line", "No internet", "None of the tellers has used a computer",
        "Nobody knows the new system", "Nobody told us anything about salaries", "Norah", "Nadia Noor", "Noel Hakuna Otieno",
        "Hakuna umeme", "Hakuna mtu anayejua kompyuta", "Rien ne marche quand il pleut", "Aucun formateur",
        "Pas de connexion", "Nada funciona cuando llueve", "No hay luz", "Ninguna sucursal tiene internet", "It may rain",
    ],
)  # fmt: skip
def test_something_is_said(words: str) -> None:
    assert not nothing.is_nothing(words)
