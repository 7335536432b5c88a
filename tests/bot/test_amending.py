"""Replies, changed and forwarded messages, and what else comes unasked: each is met kindly and nothing is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.practice import people
from bot.rehearsal import respondent
from tests.bot import running
from tests.bot.running import JSON, labels, words

FLOW, BRANCH = "branch_office", "lodwar"
CLIENTS, STAFF = "How many active clients", "How many people work"


async def asked(bot: running.Running) -> tuple[people.Person, JSON, JSON]:
    """Ekai at the second question, with the message of the first and his answer to it."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    first = await bot.tapped(ekai, "Your branch · Lodwar")
    own = await ekai.say("1250")
    await bot.settled()
    return ekai, first, own


async def bot_messages(bot: running.Running, person: people.Person, since: int) -> list[str]:
    return [words(event["message"]) for event in bot.events(person, since) if "message" in event]


@pytest.mark.parametrize("to", ["the question", "one's own answer"])
async def test_a_reply_answers_the_question_it_replies_to(planted: running.Running, to: str) -> None:
    ekai, first, own = await asked(planted)
    await planted.said(ekai, "9")
    before = planted.now
    await planted.after(ekai, ekai.say("1300", reply_to=first if to == "the question" else own))
    answers = await planted.answers(FLOW, BRANCH)
    assert (answers["clients"], answers["staff_total"]) == (1300, 9)
    said = await bot_messages(planted, ekai, before)
    assert any("→ 1,300" in text and "Before: 1,250" in text for text in said)
    assert "loan officers" in said[-1], "the current question does not stand again"
    # and it stands indeed: what is typed next is its answer
    await planted.said(ekai, "4")
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1300


async def test_the_question_that_was_replied_to_shows_the_new_answer(planted: running.Running) -> None:
    ekai, first, _ = await asked(planted)
    await planted.after(ekai, ekai.say("1300", reply_to=first))
    shown = next(m for m in await ekai.messages() if m["message_id"] == first["message_id"])
    assert "→ 1,300" in words(shown)


async def test_a_reply_to_the_question_that_stands_is_plainly_its_answer(planted: running.Running) -> None:
    ekai, _, _ = await asked(planted)
    await planted.after(ekai, ekai.say("9", reply_to=await ekai.last_message()))
    assert (await planted.answers(FLOW, BRANCH))["staff_total"] == 9


async def test_a_reply_reaches_back_into_a_section_that_was_left(planted: running.Running) -> None:
    ekai, first, _ = await asked(planted)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Power · Lodwar")
    power = await ekai.last_message()
    await planted.after(ekai, ekai.say("1300", reply_to=first))
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1300
    assert words(await ekai.last_message()) == words(power)


async def test_a_reply_to_a_section_that_was_handed_in_says_so(planted: running.Running) -> None:
    ekai, first, _ = await asked(planted)
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "✓ Hand in")
    last = await planted.after(ekai, ekai.say("1300", reply_to=first))
    if (await planted.section(FLOW, BRANCH)).state == "submitted":
        assert "handed in already" in words(last)
        assert (await planted.answers(FLOW, BRANCH))["clients"] == 1250


async def test_a_reply_that_is_no_answer_asks_there(planted: running.Running) -> None:
    ekai, first, _ = await asked(planted)
    last = await planted.after(ekai, ekai.say("many", reply_to=first))
    assert CLIENTS in words(last)
    await planted.said(ekai, "1400")
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1400
    assert STAFF in words(await ekai.last_message())


async def test_a_photo_as_a_reply_is_evidence_there(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    first = await planted.tapped(ekai, "Internet · Lodwar")
    session = await planted.session("branch_internet", BRANCH)
    asked_first = session.cursor
    await planted.tapped(ekai, "I don't know")
    await planted.after(ekai, ekai.send_file("p.png", respondent.PHOTO, kind="photo", reply_to=first))
    # whether the question takes photos or not, the person stands somewhere and nothing was given to another
    session = await planted.session("branch_internet", BRANCH)
    assert set(session.answers) == {asked_first}


# --- changed messages --------------------------------------------------------------------------------


async def test_a_changed_answer_is_taken_when_the_person_says_so(planted: running.Running) -> None:
    ekai, _, own = await asked(planted)
    shown = await planted.after(ekai, ekai.edit(own, "1300"))
    assert "1300" in words(shown)
    assert "1,250" in words(shown)
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1250
    await planted.tapped(ekai, "✓ Take it as the answer")
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1300
    assert STAFF in words(await ekai.last_message())


async def test_whoever_goes_on_keeps_what_was_said(planted: running.Running) -> None:
    ekai, _, own = await asked(planted)
    await planted.after(ekai, ekai.edit(own, "1300"))
    await planted.said(ekai, "9")
    answers = await planted.answers(FLOW, BRANCH)
    assert (answers["clients"], answers["staff_total"]) == (1250, 9)


async def test_a_changed_message_that_was_not_understood_is_read_anew(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    own = await ekai.say("many")
    await planted.settled()
    await planted.after(ekai, ekai.edit(own, "1250"))
    assert (await planted.answers(FLOW, BRANCH)) == {"clients": 1250}


async def test_a_changed_word_that_was_no_answer_says_how_answers_are_changed(
    planted: running.Running,
) -> None:
    ekai = planted.person(running.EKAI)
    own = await ekai.say("Hello there")
    await planted.settled()
    assert "Check my answers" in words(await planted.after(ekai, ekai.edit(own, "Hello")))


# --- forwarded messages, stickers and the rest -------------------------------------------------------


async def test_a_forwarded_message_is_asked_about(planted: running.Running) -> None:
    ekai, _, _ = await asked(planted)
    shown = await planted.after(ekai, ekai.say("9", forwarded_from="Lokiru"))
    assert "forwarded" in words(shown)
    assert "staff_total" not in await planted.answers(FLOW, BRANCH)
    await planted.tapped(ekai, "✓ Take it as the answer")
    assert (await planted.answers(FLOW, BRANCH))["staff_total"] == 9


@pytest.mark.parametrize(
    ("send", "sentence"),
    [
        pytest.param(lambda ekai: ekai.send_sticker(), "cannot read a sticker", id="a sticker"),
        pytest.param(lambda ekai: ekai.send_contact(), "keep no contacts", id="a contact"),
        pytest.param(
            lambda ekai: ekai.send_file("v.mp4", b"mp4", kind="video", mime_type="video/mp4"),
            "number",
            id="a video where a number is asked",
        ),
        pytest.param(
            lambda ekai: ekai.send_location(3.1, 35.6), "number", id="a place where a number is asked"
        ),
    ],
)
async def test_what_is_no_answer_is_met_with_one_sentence_and_the_question_stands(
    planted: running.Running, send: Callable[[people.Person], Awaitable[Any]], sentence: str
) -> None:
    ekai, _, _ = await asked(planted)
    last = await planted.after(ekai, send(ekai))
    assert sentence in words(last)
    await planted.said(ekai, "9")
    assert (await planted.answers(FLOW, BRANCH))["staff_total"] == 9


async def test_a_deleted_chat_loses_nothing(planted: running.Running) -> None:
    ekai, _, _ = await asked(planted)
    await ekai.delete_chat()
    shown = await planted.after(ekai, ekai.start())
    assert "Your branch · Lodwar" in labels(shown)
    assert STAFF in words(await planted.tapped(ekai, "Your branch · Lodwar"))
    await ekai.delete_chat()
    await planted.said(ekai, "9")
    assert (await planted.answers(FLOW, BRANCH)) == {"clients": 1250, "staff_total": 9}


# --- interruptions -----------------------------------------------------------------------------------

ASIDE = [
    "/help",
    "/privacy",
    "/mydata",
    "/language",
    "/switch",
    "/status",
    "/plan",
    "/forget",
    "/tasks",
    "/cancel",
]


@pytest.mark.parametrize("command", ASIDE)
async def test_after_any_command_the_question_is_answered_where_it_stands(
    planted: running.Running, command: str
) -> None:
    ekai, _, _ = await asked(planted)
    question = await ekai.last_message()
    await planted.said(ekai, command)
    await planted.tapped(ekai, "I don't know", message=question)
    assert (await planted.answers(FLOW, BRANCH)) == {"clients": 1250, "staff_total": None}
    assert "loan officers" in words(await ekai.last_message())


async def test_two_phones_of_one_account_answer_once(planted: running.Running) -> None:
    ekai, _, _ = await asked(planted)
    question = await ekai.last_message()
    await planted.said(ekai, "9")  # on one phone, while the other still shows the question with its buttons
    button = next(face for face in labels(question) if "don't know" in face)
    await ekai.forge(question, running.data(question, button))
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    assert (await planted.answers(FLOW, BRANCH)) == {"clients": 1250, "staff_total": 9}
    assert "loan officers" in words(await ekai.last_message())


async def test_a_reply_after_a_pause_is_taken_and_asks_nothing(planted: running.Running) -> None:
    ekai, first, _ = await asked(planted)
    await planted.tapped(ekai, "Pause")
    before = planted.now
    await planted.after(ekai, ekai.say("1300", reply_to=first))
    said = await bot_messages(planted, ekai, before)
    assert any("Before: 1,250" in text for text in said)
    assert not any(STAFF in text for text in said), "who rests is asked nothing"
    assert (await planted.answers(FLOW, BRANCH))["clients"] == 1300


async def test_a_changed_answer_to_what_is_asked_no_more_says_how_answers_are_changed(
    planted: running.Running,
) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Power · Lodwar")
    for typed in ("7", "3"):
        await planted.said(ekai, typed)
    own = await ekai.say("5")
    await planted.settled()
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "2")
    await planted.said(ekai, "0")
    shown = await planted.after(ekai, ekai.edit(own, "6"))
    assert "Answers stay as first sent" in words(shown)
    assert "✓ Take it as the answer" not in labels(shown)
