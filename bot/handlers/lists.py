"""A list of buttons, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot import limits, views
from bot.work import Work

Rows = tuple[tuple[views.Button, ...], ...]


def rows(
    work: Work,
    buttons: Sequence[views.Button],
    page: int,
    turn: Callable[[int], views.AnyAction],
    *,
    size: int = limits.CHOICES_A_PAGE,
) -> Rows:
    """One button a row, and under them the ways to the pages before and behind."""
    page = max(0, min(page, (len(buttons) - 1) // size))
    shown = tuple((button,) for button in buttons[page * size : (page + 1) * size])
    ways = []
    if page:
        ways.append(views.Button(work.words.say("button.earlier"), turn(page - 1)))
    if (page + 1) * size < len(buttons):
        ways.append(views.Button(work.words.say("button.more"), turn(page + 1)))
    return (*shown, tuple(ways)) if ways else shown
