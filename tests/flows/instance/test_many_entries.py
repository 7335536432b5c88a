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


def test_how_many_entries_are_wanted_is_known_of_counted_lists_only() -> None:
    flow = playing.load(
        FORM + "  - {type: repeat, name: free, label: Free, children: [{type: text, name: f, label: F}]}\n"
    )
    player = playing.begun(flow)
    player.do("2")
    living = instance.Instance(form.of(flow), player.session, playing.NOW)
    found = {name: living.find(name) for name in ("a", "free")}
    assert {name: one.fixed for name, one in found.items() if isinstance(one, instance.Series)} == {
        "a": 2,
        "free": None,
    }


COUNTED = """
survey:
  - {type: integer, name: n, label: How many?}
  - {type: repeat, name: a, label: Till, repeat_count: "${n}", children: [{type: text, name: t, label: T}]}
"""


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        pytest.param(["199"], [False], id="below"),
        pytest.param(["200"], [False], id="just as many as there may be"),
        pytest.param(["201"], [True], id="one more"),
        pytest.param(["5000", "5000"], [True, False], id="the same again is not told again"),
        pytest.param(["500", "600"], [True, True], id="another count is"),
        pytest.param(["500", "3", "500"], [True, False, True], id="and the same after a smaller one"),
    ],
)
def test_a_count_that_is_cut_is_told_once(answered: list[str], told: list[bool]) -> None:
    player = playing.begun(COUNTED)
    for words, expected in zip(answered, told, strict=True):
        prompt = player.do(nouns.Changed("n"), words)
        assert (prompt.problem is not None) == expected
        assert len(player.session.entries["a"]) == min(int(words), instance.MAX_ENTRIES)
        if prompt.problem is not None:
            assert prompt.problem == nouns.Problem("too_many_counted", {"label": "Till", "n": 200})


def test_a_count_that_was_cut_is_told_when_the_section_is_opened_again() -> None:
    player = playing.begun(COUNTED)
    player.do("500", nouns.Paused())
    problem = player.do(nouns.Begin()).problem
    assert problem is not None
    assert problem.code == "too_many_counted"


def test_a_form_that_holds_all_it_may_takes_no_more_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_ENTRIES_IN_ALL", 4)
    monkeypatch.setattr(instance, "MAX_ENTRIES_IN_ALL", 4)
    player = playing.begun("""
        survey:
          - {type: integer, name: n, label: How many?}
          - {type: repeat, name: a, label: A, repeat_count: "${n}", children: [{type: calculate, name: t, calculation: "1"}]}
          - {type: repeat, name: b, label: B, children: [{type: text, name: u, label: U}]}
        """)
    player.do("3")
    assert player.do(nouns.Added(), "one").problem is None
    prompt = player.do(nouns.Added())
    assert prompt.problem == nouns.Problem("too_many_in_all", {"limit": 4})
    assert "added" not in prompt.offers
    assert (
        player.do(nouns.Filled("b", (nouns.TableRow(answers={"u": nouns.Answer("two")}),))).problem
        == prompt.problem
    )
    assert len(player.session.entries["b"]) == 1
