"""Recordings that do not go as written: playing stops at that step, names it, and says what was seen instead."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest
import yaml

from bot.rehearsal import playing, respondent
from tests.bot import running
from tests.bot.running import words
from tests.workers import conversations

Step = dict[str, Any]


@pytest.fixture
def player(
    planted: running.Running, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> playing.Player:
    """Plays on the bot that runs already, and does not wait long for what will not come."""
    monkeypatch.setattr(playing, "SECONDS", 5)
    monkeypatch.setattr(playing, "FRESH_SECONDS", 0.2)
    monkeypatch.setattr(playing, "MORNINGS", 2)
    return playing.Player(planted.telegram, planted.environment, tmp_path, None)


async def play(player: playing.Player, *steps: Step) -> None:
    await player.play({"title": "Trial", "steps": list(steps)})


def says(text: str) -> Step:
    return {"Ekai": {"says": text}}


GROUP = {"group": "Field team"}

FAILING = [
    pytest.param([{"Ekai": {"flies": "home"}}], "a person cannot 'flies'", id="what nobody can do"),
    pytest.param(
        [{"Ekai": {"in_group": {**GROUP, "does": "sings"}}}], "nobody can 'sings' in a group", id="nor in a group"
    ),
    pytest.param([{"Nobody": {"says": "/help"}}], "Nobody", id="somebody who is not there"),
    pytest.param(
        [{"Ekai": {"taps_under": {"words": "Never said", "button": "Yes"}}}],
        "no message says 'Never said'",
        id="a button under words that were not said",
    ),
    pytest.param(
        [says("/tasks"), {"Ekai": {"changes": {"from": "your sections", "to": "x"}}}],
        "no message says 'your sections'",
        id="somebody else's words changed",
    ),
    pytest.param(
        [says("/tasks"), {"Ekai": {"keeps": {"from": "your sections", "link": "Ekai"}}}],
        "no link in ",
        id="a link out of words without one",
    ),
    pytest.param(
        [says("/tasks"), {"Ekai": {"taps": "No such button"}}], "Nothing fitting came", id="a button that is not there"
    ),
    pytest.param([says("/tasks"), {"Ekai": {"sees": "Never said"}}], "Nothing fitting came", id="words that do not come"),
    pytest.param(
        [{"Ekai": {"answers": {"section": "branch_power", "branch": "upya"}}}],
        "the sample has no section branch_power for upya",
        id="a branch that the sample has not",
    ),
    pytest.param(
        [{"clock": {"until": "Mwende", "sees": "Never said"}}], "Mwende was not told within 2 mornings", id="no reminder"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "problem"), FAILING)
async def test_what_does_not_go_as_written_is_named_with_its_step(
    player: playing.Player, steps: list[Step], problem: str
) -> None:
    with pytest.raises(playing.PlayError) as failed:
        await play(player, *steps)
    [(who, _)] = steps[-1].items()
    assert str(failed.value).startswith(f"Trial, step {len(steps)} ({who}): ")
    assert problem in str(failed.value)


async def test_two_files_that_differ_are_not_the_same(player: playing.Player) -> None:
    player.downloads = {"first.docx": b"1", "again.docx": b"1", "second.docx": b"2"}
    same: Step = {"bot": {"finds_the_same": ["first.docx", "again.docx"]}}
    with pytest.raises(
        playing.PlayError, match=r"step 2 \(bot\): second.docx is another file than first.docx"
    ):
        await play(player, same, {"bot": {"finds_the_same": ["first.docx", "second.docx"]}})


async def test_words_count_too_where_they_were_said_before_the_last_act(player: playing.Player) -> None:
    await play(
        player,
        says("/tasks"),
        {"Ekai": {"sees": "not started"}},
        says("/help"),
        {"Ekai": {"sees": "not started"}},
    )


async def test_somebody_blocks_the_bot_and_lets_it_in_again(
    player: playing.Player, planted: running.Running
) -> None:
    await play(player, {"Ekai": {"blocks": True}})
    assert (await planted.person(running.EKAI).chat())["blocked"] is True
    await play(player, {"Ekai": {"blocks": False}}, says("/tasks"), {"Ekai": {"sees": "your sections"}})


async def test_answers_are_written_only_where_they_are_kept(
    player: playing.Player, planted: running.Running, tmp_path: pathlib.Path
) -> None:
    await play(player, {"bot": {"exports": "answers.json"}})
    assert not (tmp_path / "answers.json").exists()
    keeping = playing.Player(planted.telegram, planted.environment, tmp_path, tmp_path)
    await play(keeping, {"bot": {"exports": "answers.json"}})
    assert (tmp_path / "answers.json").exists()


# --- a section that is asked otherwise than the sample has it -----------------------------------------

POWER = {"Ekai": {"answers": {"section": "branch_power", "branch": "lodwar"}}}
BACKUPS = "What does the branch have"


@pytest.fixture
async def at_backups(planted: running.Running) -> running.Running:
    """Ekai stands where the sample has an inverter and panels, and no generator."""
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Power · Lodwar")
    for typed in ("4.5", "9, 30, 3", "yes"):
        await planted.said(ekai, typed)
    assert BACKUPS in words(await ekai.last_message())
    return planted


@pytest.mark.parametrize(
    ("taps", "problem"),
    [
        pytest.param(
            ["Generator", "Done"], "no question of branch_power in ", id="a question that it never has"
        ),
        pytest.param(["Generator"], "should stand in ", id="another question than it has next"),
        pytest.param(["Inverter with large batteries"], "no button '", id="a choice that is ticked already"),
    ],
)
async def test_a_section_that_is_asked_otherwise_is_named(
    player: playing.Player, at_backups: running.Running, taps: list[str], problem: str
) -> None:
    ekai = at_backups.person(running.EKAI)
    for label in taps:
        [button] = [each for each in running.labels(await ekai.last_message()) if label in each]
        await at_backups.tapped(ekai, button)
    with pytest.raises(playing.PlayError, match=r"Trial, step 1 \(Ekai\): ") as failed:
        await play(player, POWER)
    assert problem in str(failed.value)


async def test_a_section_without_end_is_named(
    player: playing.Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respondent, "STEPS", 2)
    with pytest.raises(playing.PlayError, match="branch_power did not come to an end"):
        await play(player, POWER)


# --- recordings that were recorded whole --------------------------------------------------------------


async def test_a_whole_recording_is_played_and_the_step_that_went_otherwise_is_shown(
    tmp_path: pathlib.Path,
) -> None:
    name = "wrong_link"
    assert await playing.play(conversations.FOLDER / f"{name}.yaml") == 0
    recording = conversations.read(name)
    recording["steps"][-1]["shows"] = ["Nekesa sees: Welcome back."]
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(recording, allow_unicode=True))
    with pytest.raises(playing.PlayError) as failed:
        await playing.play(path)
    assert "Welcome back." in str(failed.value)
    assert "You are not part of an assessment yet" in str(failed.value)
