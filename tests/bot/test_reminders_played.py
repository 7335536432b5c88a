"""The recorded conversations about reminders and status, played by the real bot."""

from __future__ import annotations

import pathlib

import pytest

from bot import playing

CONVERSATIONS = pathlib.Path(__file__).parents[1] / "conversations"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["reminders", "line_repaired_swahili", "meeting_french", "status_spanish"])
async def test_it_goes_as_recorded(name: str) -> None:
    assert await playing.play(CONVERSATIONS / f"{name}.yaml") == 0
