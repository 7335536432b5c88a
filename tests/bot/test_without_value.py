"""What nobody can say on the spot: a colleague is asked, or it does not concern the branch."""

from __future__ import annotations

from flows import nouns
from tests.bot import running
from tests.bot.running import labels, words


async def test_a_colleague_is_asked_about_the_answer_before(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.tapped(ekai, "I don't know")
    assert {"↑ Ask a colleague", "↑ Does not apply"} <= set(labels(shown))
    shown = await planted.tapped(ekai, "↑ Ask a colleague")
    assert "How many people work" in words(shown)
    answer = (await planted.session("branch_office", "lodwar")).answers["clients"]
    assert (answer.value, answer.sure) == (None, nouns.Sure.ASKED)
    shown = await planted.tapped(ekai, "Make a link for a colleague")
    assert "How many active clients" in words(shown)
    shown = await planted.tapped(ekai, "Only this question")
    assert "How many people work" in words(shown), "the question that stood goes on standing"
    assert (await planted.session("branch_office", "lodwar")).handed == ("clients",)


async def test_what_does_not_concern_a_branch_is_said_so(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.tapped(ekai, "I don't know")
    shown = await planted.tapped(ekai, "↑ Does not apply")
    assert not {"↑ Ask a colleague", "↑ Does not apply"} & set(labels(shown))
    shown = await planted.tapped(ekai, "Check my answers")
    assert "does not apply" in words(shown)


async def test_what_a_colleague_is_to_be_asked_is_said_among_the_answers(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.tapped(ekai, "I don't know")
    await planted.tapped(ekai, "↑ Ask a colleague")
    assert "a colleague is asked" in words(await planted.tapped(ekai, "Check my answers"))
