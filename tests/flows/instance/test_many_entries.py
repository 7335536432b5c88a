"""Counts of repeats inside repeats: as many entries as people have, and never so many that the bot stands still."""

from __future__ import annotations

import pytest

from flows import form, instance, nouns
from flows.instance import nodes
from tests.flows import playing

FORM = """
survey:
  - {type: integer, name: n, label: How many?}
  - type: repeat
    name: a
    label: A
    repeat_count: ${n}
    children:
      - type: repeat
        name: b
        label: B
        repeat_count: ${n}
        children:
          - type: repeat
            name: c
            label: C
            repeat_count: ${n}
            children: [{type: text, name: t, label: T}]
"""


def entries(answered: str) -> int:
    player = playing.begun(FORM)
    player.do(answered)
    return sum(map(len, player.session.entries.values()))


@pytest.mark.parametrize("n", [2, 20])
def test_repeats_in_repeats_have_all_their_entries(n: int) -> None:
    assert entries(str(n)) == n + n**2 + n**3


def test_a_count_typed_by_mistake_ends_at_what_a_form_may_hold() -> None:
    assert entries("200") == nodes.MAX_ENTRIES_IN_ALL


def test_room_is_given_back_when_a_count_sinks() -> None:
    flow = playing.load(FORM)
    player = playing.begun(flow)
    living = instance.Instance(form.of(flow), player.session, playing.NOW)
    question = living.find("n")
    assert isinstance(question, instance.Question)
    for n in (3, 1, 2):
        living.answer(question, nouns.Answer(n))
        assert living.standing == n + n**2 + n**3
