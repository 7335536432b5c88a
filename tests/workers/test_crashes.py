"""Four people answer while one of three workers is killed every few seconds: nothing is lost, nothing counts twice."""

from __future__ import annotations

import pathlib

import pytest

from tests.bot import told
from tests.workers import crashes

PEOPLE, QUESTIONS = 4, 40
"""Enough of them that the quickest machine is still at work when the first worker is killed."""


@pytest.mark.timeout(600)
async def test_nothing_is_lost_and_nothing_counts_twice(
    tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = await crashes.run(tmp_path, people=PEOPLE, questions=QUESTIONS, killed_every=0.2)
    assert found.kills > 0
    assert found.wrong == 0, found
    said = capfd.readouterr()
    assert "event='running'" in said.err
    names = {f"P{number}" for number in range(PEOPLE)}
    names |= {f"Number {number}?" for number in range(1, QUESTIONS + 1)}
    assert told.leaked(said.out + said.err, names) == []
