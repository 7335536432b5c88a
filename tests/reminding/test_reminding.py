"""A month of reminders, with restarts and changes of clocks: none at night, on a holiday, twice, or after the answer."""

from __future__ import annotations

import pathlib

import pytest

from tests.bot import told
from tests.reminding import simulation, world


async def test_a_month_of_reminders(tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = await simulation.run(tmp_path, days=60, branches=10, people=40)
    assert found.messages > 100
    assert found.together > 0
    assert found.given > 0, "colleagues have their part in it"
    assert len(found.zones) > 8
    assert found.wrong == 0, found
    assert told.leaked("".join(capfd.readouterr()), names(branches=10, people=40)) == []


async def test_three_workers_of_which_one_is_killed_again_and_again(
    tmp_path: pathlib.Path, postgresql: str, capfd: pytest.CaptureFixture[str]
) -> None:
    found = await simulation.run(tmp_path, days=12, branches=6, people=24, database=postgresql, workers=3)
    assert found.messages > 10
    assert found.kills > 5
    assert found.wrong == 0, found
    assert told.leaked("".join(capfd.readouterr()), names(branches=6, people=24)) == []


def names(*, branches: int, people: int) -> set[str]:
    """What the log of a world of this size must not tell."""
    places = {world.branch(number).name for number in range(branches)}
    return (
        places | {f"P{number}" for number in range(1, people)} | {name.title() for name in world.ASSESSMENTS}
    )
