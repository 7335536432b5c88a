"""No form holds up the bot: an act that would compute too much is given up, and nothing of it counts."""

from __future__ import annotations

import pytest

from flows import engine, nouns
from flows.expressions import limits
from tests.flows import playing

HEAVY = """
survey:
  - type: repeat
    name: tills
    label: Till
    children:
      - {type: text, name: name, label: Its name}
      - {type: calculate, name: much, calculation: "count(//*[count(//*[count(//*) > 1]) > 1])"}
  - {type: integer, name: many, label: How many in all?}
"""

PART = 20
"""The rule is the same for a twentieth of what an act may look at, and met as much sooner."""


@pytest.fixture(autouse=True)
def _less(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAX_VISITS_A_TURN", "MAX_VISITS_AT_FIRST"):
        monkeypatch.setattr(limits, name, getattr(limits, name) // PART)


def test_an_act_that_computes_too_much_is_refused_and_changes_nothing() -> None:
    player = playing.begun(HEAVY)
    for number in range(200):
        before = player.session
        prompt = player.do(nouns.Added())
        if prompt.problem is not None:
            break
        player.do(f"Till {number}")
    assert prompt.problem is not None
    assert prompt.problem.code == engine.TOO_HEAVY
    assert player.session.answers == before.answers
    assert player.session.entries == before.entries


def test_after_that_the_section_goes_on() -> None:
    player = playing.begun(HEAVY)
    while player.do(nouns.Added()).problem is None:
        player.do("One")
    entries = player.session.entries["tills"]
    assert player.do(nouns.Begin()).kind == "repeat"
    assert player.do(nouns.Removed(f"tills:{entries[-1]}")).problem is None
    assert player.do(nouns.Finished(), "3").kind == "review"
