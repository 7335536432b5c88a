"""Faults in a module of a few lines: each does what it says when it is on, and nothing otherwise."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest

from tests.mutating import field, planting, trying

MODULE = '''
"""A module."""
from __future__ import annotations

log = None
LIMIT = 3

def small(n: int, sure: bool = True) -> bool:
    """Whether it is."""
    if log:
        log.info("looked", n=1)
    return n < LIMIT and sure

def total(numbers, some={}):
    found = 0
    for one in numbers:
        if not one:
            continue
        found += one * 2
    some["total"] = found
    return found

def checked(n):
    if n:
        return n
    raise ValueError("nothing")

class Kept:
    least: int = 1

    def kinds(self, words):
        match words:
            case [first, *_] if len(words) > self.least:
                return f"{first} {1 + 1}"
            case 7 | "seven":
                return "seven"
        return [word for word in words if word]
'''


def made(on: int = -1) -> tuple[types.SimpleNamespace, list[planting.Fault]]:
    """The module with one fault on, or none."""
    tree, faults = planting.planted(MODULE, "module.py", 0)
    switch = field.Switch()
    switch.on = on
    space: dict[str, Any] = {planting.ASKED: switch, "__name__": "module"}
    exec(compile(tree, "module.py", "exec"), space)
    return types.SimpleNamespace(**space), faults


def outcome(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as fault:
        return type(fault)


def behaviour(module: types.SimpleNamespace) -> list[object]:
    """All that can be seen of the module."""
    some: dict[str, int] = {}
    return [
        *(module.small(n) for n in (2, 3, 4)), module.small(2, sure=False),
        *(outcome(lambda given=given: module.total(given, some)) for given in ([1, 2], [0, 5], [])), dict(some),
        *(outcome(lambda n=n: module.checked(n)) for n in (0, 1)),
        *(outcome(lambda words=words: module.Kept().kinds(words)) for words in (["a"], ["a", "b"], ["a", "", "b"], "seven", "", ["", ""])),
    ]  # fmt: skip


def test_without_a_fault_everything_is_as_it_was() -> None:
    plain: dict[str, Any] = {"__name__": "module"}
    exec(MODULE, plain)
    assert behaviour(made()[0]) == behaviour(types.SimpleNamespace(**plain))


def test_each_fault_alone_can_be_seen() -> None:
    right = behaviour(made()[0])
    unseen = [
        fault.what for fault in made()[1] if outcome(lambda on=fault.number: behaviour(made(on)[0])) == right
    ]
    assert unseen == []


@pytest.mark.parametrize(
    ("place", "what"),
    [
        pytest.param("module", "3 -> 4", id="a number of the module"),
        pytest.param("small", "n < LIMIT -> n <= LIMIT", id="a comparison"),
        pytest.param("small", "n < LIMIT and sure -> n < LIMIT or sure", id="and"),
        pytest.param("small", "True -> False", id="what is taken for granted"),
        pytest.param("small", "return n < LIMIT and sure -> return None", id="what is returned"),
        pytest.param("total", "continue -> break", id="a loop that ends"),
        pytest.param("total", "without found += one * 2", id="a sum"),
        pytest.param("total", "without some['total'] = found", id="what is kept elsewhere"),
        pytest.param("total", "one * 2 -> one // 2", id="arithmetic"),
        pytest.param("checked", "n -> not n", id="a condition"),
        pytest.param("checked", "without raise ValueError('nothing')", id="a refusal"),
        pytest.param("Kept.kinds", "word -> not word", id="a condition in a list"),
        pytest.param(
            "Kept.kinds", "len(words) > self.least -> len(words) >= self.least", id="a condition of a case"
        ),
    ],
)
def test_what_is_planted(place: str, what: str) -> None:
    assert (place, what) in {(fault.place, fault.what) for fault in made()[1]}


def test_logs_words_patterns_and_types_have_no_faults() -> None:
    said = "\n".join(fault.what for fault in made()[1])
    assert "looked" not in said
    assert "1 + 1 -> 1 - 1" not in said
    assert "7" not in said


def test_what_is_drawn_stays_when_other_functions_change() -> None:
    _, faults = planting.planted(MODULE, "module.py", 0)
    _, after = planting.planted("def first(n):\n    return n > 1 and n < 9\n" + MODULE, "module.py", 0)
    assert len(after) > len(faults)
    drawn, drawn_after = trying.drawn(faults, len(faults) // 2), trying.drawn(after, len(after))
    assert len({fault.number for fault in drawn}) == len(faults) // 2
    order = [fault.name for fault in drawn_after if fault.place != "first"]
    assert order[: len(drawn)] == [fault.name for fault in drawn]
    assert order != [fault.name for fault in after if fault.place != "first"]
