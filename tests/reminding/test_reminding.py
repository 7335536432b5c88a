"""A month of reminders, with restarts and changes of clocks: none at night, on a holiday, twice, or after the answer."""

from __future__ import annotations

import pathlib

from tests.reminding import simulation


async def test_a_month_of_reminders(tmp_path: pathlib.Path) -> None:
    found = await simulation.run(tmp_path, days=60, branches=10, people=40)
    assert found.messages > 100
    assert found.together > 0
    assert found.given > 0, "colleagues have their part in it"
    assert len(found.zones) > 8
    assert found.wrong == 0, found


async def test_three_workers_of_which_one_is_killed_again_and_again(
    tmp_path: pathlib.Path, postgresql: str
) -> None:
    found = await simulation.run(tmp_path, days=12, branches=6, people=24, database=postgresql, workers=3)
    assert found.messages > 10
    assert found.kills > 5
    assert found.wrong == 0, found
