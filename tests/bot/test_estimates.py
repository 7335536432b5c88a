"""A number that was just given can be called an estimate with one tap."""

from __future__ import annotations

from flows import nouns
from tests.bot import running
from tests.bot.running import labels, words


async def test_the_last_number_becomes_an_estimate(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.said(ekai, "1250")
    assert "≈ 1,250 clients: that was an estimate" in labels(shown)
    shown = await planted.tapped(ekai, "≈ 1,250 clients: that was an estimate")
    answer = (await planted.session("branch_office", "lodwar")).answers["clients"]
    assert (answer.value, answer.sure) == (1250, nouns.Sure.ESTIMATE)
    assert "How many people work" in words(shown)
    assert not any("an estimate" in label for label in labels(shown))


async def test_what_was_called_about_is_an_estimate_already(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.said(ekai, "about 1250")
    assert not any("an estimate" in label for label in labels(shown))
