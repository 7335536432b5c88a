"""A form that would compute for minutes: the person is told, nothing of it counts, and everybody else goes on."""

from __future__ import annotations

import asyncio
import pathlib

import pytest

from bot import complaints
from bot.commands import files
from bot.practice import people
from flows.expressions import limits
from tests.bot import running
from tests.bot.running import words
from tests.bot.test_surveys import added, kept, planted, questionnaire

__all__ = ["planted"]

HEAVY = """
- {type: integer, name: many, label: How many tills are there?}
- type: repeat
  name: tills
  label: Till
  repeat_count: ${many}
  children:
    - {type: calculate, name: much, calculation: "count(//*[count(//*[count(//*) > 1]) > 1])"}
- {type: text, name: note_of, label: Anything else?}
"""

LIGHT_VISITS = 20_000
"""What the shipped sections need, and far less than the heavy one."""


async def begun(bot: running.Running) -> people.Person:
    owner = bot.person(running.OWNER)
    form = questionnaire(survey=HEAVY)
    await added(bot, bot.person(running.MANAGER), form, "IT", "Once")
    await bot.tapped(owner, "Begin", message=await owner.last_message())
    return owner


async def test_the_person_is_told_and_nothing_is_kept_and_others_are_served(planted: running.Running) -> None:
    owner, manager = await begun(planted), planted.person(running.MANAGER)
    await asyncio.gather(owner.say("150"), manager.say("/help"))
    await planted.settled()
    assert "computes more than I can do at once, so nothing was changed" in words(await owner.last_message())
    assert "/status" in words(await manager.last_message())
    [survey] = await kept(planted)
    assert await planted.answers(survey.flow) == {}
    assert (await planted.session(survey.flow)).entries.get("tills", ()) == ()

    await planted.said(owner, "3")
    await planted.said(owner, "no")
    assert await planted.answers(survey.flow) == {"many": 3, "note_of": "no"}


@pytest.mark.parametrize("asked", ["/plan", "/dates", "/whatif start 1 March 2032"])
async def test_a_plan_with_such_a_form_is_a_sentence(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    owner, manager = await begun(planted), planted.person(running.MANAGER)
    await planted.said(owner, "12")
    monkeypatch.setattr(limits, "MAX_VISITS_AT_FIRST", LIGHT_VISITS)
    said = await planted.said(manager, asked)
    for button in running.labels(said)[:1] if asked == "/dates" else ():
        said = await planted.tapped(manager, button)
    assert words(said).startswith("The plan could not be made: Cooling computes more than I can do at once.")


async def test_what_a_turn_cannot_compute_is_a_sentence_too(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, manager = await begun(planted), planted.person(running.MANAGER)
    await planted.said(owner, "12")
    monkeypatch.setattr(limits, "MAX_VISITS_AT_FIRST", LIGHT_VISITS)
    [survey] = await kept(planted)
    section = await planted.section(survey.flow)
    said = words(await planted.said(manager, f"/review {section.id}"))
    assert "computes more than I can do at once" in said


async def test_the_command_line_says_which_form_it_is(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    owner = await begun(planted)
    await planted.said(owner, "12")
    monkeypatch.setattr(limits, "MAX_VISITS_AT_FIRST", LIGHT_VISITS)
    with pytest.raises(
        complaints.known(), match=r"^Cooling: this form computes more than can be done at once"
    ):
        await files.export(planted.settings, (await planted.assessment()).id, tmp_path / "answers.csv")
    assert list(tmp_path.glob("answers*")) == []
