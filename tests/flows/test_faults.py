"""Where a fault arose is told, and what it came of; never its words, which may be somebody's answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows import faults

ANSWER = "Asha Otieno owes 300"


def failing() -> None:
    raise KeyError(ANSWER)


def caused() -> None:
    try:
        failing()
    except KeyError as fault:
        raise ValueError(ANSWER) from fault


def while_another_was_handled() -> None:
    try:
        failing()
    except KeyError:
        raise ValueError(ANSWER)  # noqa: B904 - what is tested


def instead() -> None:
    try:
        failing()
    except KeyError:
        raise ValueError(ANSWER) from None


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        pytest.param(failing, ["KeyError"], id="alone"),
        pytest.param(caused, ["KeyError", "ValueError"], id="with its cause before it"),
        pytest.param(while_another_was_handled, ["KeyError", "ValueError"], id="with what was being handled"),
        pytest.param(instead, ["ValueError"], id="without what it stands for"),
    ],
)
def test_a_fault_is_told_without_its_words(act: Callable[[], None], kinds: list[str]) -> None:
    with pytest.raises((KeyError, ValueError)) as caught:
        act()
    told = faults.places(caught.value)
    assert [line for line in told.splitlines() if not line.startswith(" ")] == kinds
    assert f"in {act.__name__}" in told
    assert ANSWER not in told


def test_no_fault_has_no_places() -> None:
    assert faults.places(None) == ""
