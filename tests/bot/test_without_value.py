"""What nobody can say on the spot: a colleague is asked, or it does not concern the branch."""

from __future__ import annotations

import urllib.parse

import pytest

from bot import drawing
from flows import nouns
from flows import words as wording
from tests.bot import running
from tests.bot.running import labels, words


async def test_a_colleague_is_asked_in_the_respondents_own_name(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.tapped(ekai, "I don't know")
    assert {"↑ Ask a colleague", "↑ Does not apply"} <= set(labels(shown))
    shown = await planted.tapped(ekai, "↑ Ask a colleague")
    assert "How many people work" in words(shown)
    answer = (await planted.session("branch_office", "lodwar")).answers["clients"]
    assert (answer.value, answer.sure) == (None, nouns.Sure.ASKED)
    rows = shown["reply_markup"]["inline_keyboard"]
    (share,) = [
        one["url"] for row in rows for one in row if one["text"] == "Send the question to a colleague"
    ]
    assert "+" not in share, "some clients show it as it stands"
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(share).query)["url"]
    assert asked == ["How many active clients does your branch have?"]


async def test_what_does_not_concern_a_branch_is_said_so(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.tapped(ekai, "I don't know")
    shown = await planted.tapped(ekai, "↑ Does not apply")
    assert not {"↑ Ask a colleague", "↑ Does not apply"} & set(labels(shown))
    shown = await planted.tapped(ekai, "Check my answers")
    assert "does not apply" in words(shown)


@pytest.mark.parametrize("label", ["x" * 4000, "ሀ" * 4000, "😀" * 4000], ids=["Latin", "Amharic", "emoji"])
def test_a_long_question_still_gives_an_address_that_telegram_takes(label: str) -> None:
    line = nouns.ReviewLine("q", label, "", nouns.Sure.ASKED)
    shown = drawing.draw(
        nouns.Prompt("question", "T", key="r", label="Next?"), wording.catalogue("bot", "en"), just_said=line
    )
    (share,) = [button.url for row in shown.rows for button in row if button.url]
    assert len(share) <= 2048
