"""A handful of recorded conversations while one of three workers is killed again and again; all of them by hand."""

from __future__ import annotations

import pathlib

import pytest

from tests.bot import told
from tests.workers import conversations

HANDFUL = ("answering_in_swahili", "colleague_one_question", "review_sent_back")
"""Of many kinds of turns; `make workers` plays all."""


@pytest.mark.timeout(600)
async def test_they_go_as_recorded(tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str]) -> None:
    async with conversations.stage(tmp_path, HANDFUL, killed_every=0.4) as (stage, workers):
        for name in HANDFUL:
            seen = await conversations.play(name, stage)
            assert conversations.lasting(seen) == conversations.lasting(conversations.read(name)["steps"])
        assert workers.kills > 0
        secrets = told.secrets(stage.world.state)
    said = capfd.readouterr()
    assert "event='running'" in said.err
    assert told.leaked(said.out + said.err, secrets) == []


def test_only_a_doubled_message_and_a_lost_word_over_a_button_are_let_pass() -> None:
    shows = ["Ekai sees: one", "Ekai is told: Saved", "Ekai sees: two"]
    doubled = ["Ekai sees: one", "Ekai sees: one", "Ekai sees: two"]
    lost, changed = ["Ekai sees: one"], ["Ekai sees: one", "Ekai sees: 2"]
    once, *others = (conversations.lasting([{"shows": one}]) for one in (shows, doubled, lost, changed))
    assert [one == once for one in others] == [True, False, False]
