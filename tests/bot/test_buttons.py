"""Old, foreign, forged and twice-pressed buttons: nothing on the disk changes, and each press is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec
import pytest

from bot import limits, views
from bot.asking import drawing
from bot.practice import people
from flows import nouns
from flows import words as wording
from storage import port
from tests.bot import running
from tests.bot.running import JSON, data, labels, words

FLOW, BRANCH = "branch_office", "lodwar"


async def asked(bot: running.Running) -> tuple[people.Person, JSON]:
    """Ekai at the second question of his first section, with the first one's message."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    first = await bot.tapped(ekai, "Your branch · Lodwar")
    await bot.said(ekai, "1250")
    return ekai, first


async def kept(bot: running.Running) -> tuple[dict[str, nouns.Value], str]:
    """The answers and the place of the section."""
    session = await bot.session(FLOW, BRANCH)
    return await bot.answers(FLOW, BRANCH), session.cursor


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        pytest.param("Approve", "Approve", id="short"),
        pytest.param("x" * limits.BUTTON_TEXT, "x" * limits.BUTTON_TEXT, id="as long as may be"),
        pytest.param("a " * 40, "a " * 31 + "a…", id="to the last whole word"),
        pytest.param("yes " + "x" * 80, "yes " + "x" * 59 + "…", id="a word that fills the button"),
        pytest.param("字" * 80, "字" * 63 + "…", id="writing without spaces"),
    ],
)
def test_a_long_label_ends_with_a_whole_word_and_dots(label: str, shown: str) -> None:
    assert views.short(label) == shown
    assert len(views.short(label)) <= limits.BUTTON_TEXT


WORDS = wording.catalogue("bot", "en")


@pytest.mark.parametrize(
    ("offers", "faces"),
    [
        pytest.param((), {"Why?"}, id="nothing"),
        pytest.param(("removed",), {"Remove 1", "Why?"}, id="removing an entry"),
        pytest.param(("finished",), {"✓ That is all", "Why?"}, id="being done with it"),
        pytest.param(("paused",), {"Why?", "Pause"}, id="a pause"),
    ],
)
def test_under_a_list_stand_the_buttons_of_what_is_offered(offers: tuple[str, ...], faces: set[str]) -> None:
    entry = nouns.ReviewLine("links:1", "Internet line 1", "Fibre", nouns.Sure.KNOWN, "entry")
    prompt = nouns.Prompt("repeat", "Internet", key="links", type="repeat", lines=(entry,), offers=offers)
    shown = {button.label for row in drawing.draw(prompt, WORDS).rows for button in row}
    assert {face for face in shown if "Fibre" not in face} == faces


@pytest.mark.parametrize("type_", ["geotrace", "geoshape"])
def test_a_line_of_places_says_how_it_is_sent(type_: str) -> None:
    prompt = nouns.Prompt("question", "Fields", key="edge", type=type_, label="Where is its edge?")
    assert "Send the places one a line" in drawing.draw(prompt, WORDS).text


async def test_a_button_of_an_answered_question_changes_nothing(planted: running.Running) -> None:
    ekai, first = await asked(planted)
    before, since = await kept(planted), planted.now
    await ekai.forge(first, data(first, "I don't know"))
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    assert await kept(planted) == before
    [told] = [event["message"] for event in planted.events(ekai, since) if event["kind"] != "answer"]
    assert "How many people work" in words(told), "the question that waits comes again"


async def test_a_button_tells_why_a_question_is_asked_and_the_question_goes_on_waiting(
    planted: running.Running,
) -> None:
    ekai, _ = await asked(planted)
    question = await ekai.last_message()
    assert "How many people work" in words(told := await planted.tapped(ekai, "Why?"))
    assert "The answer goes into chapter" in words(told)
    await planted.tapped(ekai, "I don't know", message=question)
    assert (await planted.answers(FLOW, BRANCH))["staff_total"] is None


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param("", id="nothing"),
        pytest.param("x", id="a letter"),
        pytest.param("never-was.0", id="a screen that never was"),
        pytest.param("{token}.99", id="a button that the screen lacks"),
        pytest.param("{token}.{count}", id="the first that it lacks"),
        pytest.param("{token}.-1", id="a number below the first"),
        pytest.param("{token}.１", id="a digit of another script"),
        pytest.param("'; DROP TABLE person; --", id="SQL"),
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("x" * 64, id="as long as Telegram allows"),
        pytest.param("never\0was.0", id="a zero, which PostgreSQL takes in no text"),
    ],
)
async def test_forged_data_changes_nothing(planted: running.Running, forged: str) -> None:
    ekai, _ = await asked(planted)
    before = await kept(planted)
    shown = await ekai.last_message()
    token = data(shown, "I don't know").rpartition(".")[0]
    count = len(people.buttons(shown))
    await ekai.forge(shown, forged.replace("{token}", token).replace("{count}", str(count)))
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    assert await kept(planted) == before


async def test_a_question_waits_whatever_else_is_looked_at_meanwhile(planted: running.Running) -> None:
    ekai, _ = await asked(planted)
    question = await ekai.last_message()
    for command in ("/language", "/tasks"):
        await planted.said(ekai, command)
    await planted.tapped(ekai, "I don't know", message=question)
    answers, _ = await kept(planted)
    assert answers == {"clients": 1250, "staff_total": None}


@pytest.mark.parametrize(
    ("who", "way", "told"),
    [
        pytest.param(running.EKAI, "/language", ["your sections"], id="at nothing"),
        pytest.param(running.MANAGER, "/remind", [], id="in the middle of something"),
    ],
)
async def test_an_old_button_shows_where_one_is_unless_something_is_being_done(
    planted: running.Running, who: int, way: str, told: list[str]
) -> None:
    person = planted.person(who)
    old = await planted.said(person, "/forget")
    shown = await planted.said(person, way)
    since = planted.now
    await person.forge(shown, data(old, "Erase me"))
    assert "earlier question" in (await person.wait_for_answer())["text"]
    await planted.settled()
    assert await (await planted.disk()).person(who) is not None
    news = [words(event["message"]) for event in planted.events(person, since) if event["kind"] != "answer"]
    assert len(news) == len(told)
    assert all(part in said for part, said in zip(told, news, strict=True))


@pytest.mark.parametrize(
    ("command", "button"),
    [
        pytest.param("/remind", "☐ Ekai Lokwang", id="whom to remind"),
        pytest.param("/branches", "+ Add", id="the branches"),
    ],
)
async def test_an_old_button_of_a_leaders_list_brings_the_list_as_it_is_now(
    planted: running.Running, command: str, button: str
) -> None:
    manager = planted.person(running.MANAGER)
    old = await planted.said(manager, command)
    elsewhere = await planted.said(manager, "/language")
    face = next(label for label in labels(old) if label.startswith(button))
    since = planted.now
    await manager.forge(elsewhere, data(old, face))
    assert "earlier question" in (await manager.wait_for_answer())["text"]
    await planted.settled()
    told = [event["message"] for event in planted.events(manager, since) if event["kind"] != "answer"]
    assert [(words(one), labels(one)) for one in told] == [(words(old), labels(old))]


async def test_an_old_button_of_who_tries_things_out_brings_back_what_is_tried(
    planted: running.Running,
) -> None:
    ekai, first = await asked(planted)
    old = data(first, "I don't know")
    practice = await planted.said(ekai, "/practice")
    before = await kept(planted)
    since = planted.now
    await ekai.forge(practice, old)
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    told = [event for event in planted.events(ekai, since) if event["kind"] != "answer"]
    assert [words(event["message"]) for event in told] == [words(practice)]
    assert await kept(planted) == before


async def everything(bot: running.Running, pressers: Iterable[people.Person]) -> list[object]:
    """All that a press could change: what is kept of every assessment, and where these people stand."""
    disk = await bot.disk()
    found: list[object] = []
    for one in await disk.assessments():
        found += [one, *await disk.memberships(assessment=one.id), *await disk.people(one.id)]
        found += [*await disk.sections(one.id), *(await disk.sessions(one.id)).items()]
        found += [*await disk.invitations(one.id), *await disk.delegations(one.id)]
        found += [*await disk.surveys(one.id), *await disk.sign_offs(one.id), *await disk.plan_files(one.id)]
        found += [*await disk.reminders(one.id), *await disk.audit_lines(one.id)]
    for person in pressers:
        stands = await disk.conversation(person.id)
        # a stale word comes with where one stands, which is a screen of its own
        found += [await disk.person(person.id), stands and msgspec.structs.replace(stands, screen="")]
    return found


@pytest.mark.parametrize(
    ("owner", "way", "button"),
    [
        pytest.param(running.EKAI, ["/forget"], "Erase me", id="erasing"),
        pytest.param(running.EKAI, ["/language"], "Kiswahili", id="a language"),
        pytest.param(running.EKAI, ["/tasks"], "Your branch · Lodwar", id="opening a section"),
        pytest.param(
            running.EKAI, ["/tasks", "Your branch · Lodwar", "1250"], "I don't know", id="an answer"
        ),
        pytest.param(running.EKAI, ["/leave"], "Let the project manager decide", id="leaving: to whom"),
        pytest.param(
            running.EKAI, ["/leave", "Let the project manager decide"], "Give it up", id="leaving at last"
        ),
        pytest.param(running.OWNER, ["/switch"], "Jitegemea", id="switching"),
        pytest.param(running.OWNER, ["/switch"], "Nuru", id="switching to the outsider's"),
        pytest.param(running.MANAGER, ["/remind"], "☐ Ekai Lokwang", id="a pick of whom to remind"),
        pytest.param(running.MANAGER, ["/people"], "Ekai Lokwang", id="a pick of a person"),
        pytest.param(running.MANAGER, ["/branches"], "Lodwar", id="a pick of a branch"),
        pytest.param(running.MANAGER, ["/archive"], "Close the assessment", id="closing"),
        pytest.param(running.MANAGER, ["/review"], "✓ Approve all that is plain", id="approving"),
    ],
)
async def test_somebody_elses_button_changes_nothing(
    planted: running.Running, owner: int, way: list[str], button: str
) -> None:
    tokens = await planted.created("Nuru")
    nekesa = await planted.newcomer("Nekesa")
    await planted.joined(nekesa, tokens["Project manager"])
    whose = planted.person(owner)
    for step in way:
        known = [*map(str, labels(await whose.last_message()))] if not step.startswith("/") else []
        shown = await (planted.tapped if step in known else planted.said)(whose, step)
    face = next(label for label in labels(shown) if label.startswith(button))
    colleagues = {running.EKAI, running.MWENDE, running.MANAGER} - {owner}
    pressers = [planted.person(one) for one in sorted(colleagues)] + [
        nekesa,
        await planted.newcomer("Barasa"),
    ]
    for presser in pressers:
        await planted.said(presser, "/start")
    before, since = await everything(planted, pressers), len(planted.logs.lines)
    for presser in pressers:
        await presser.forge(await presser.last_message(), data(shown, face))
        assert "earlier question" in (await presser.wait_for_answer())["text"]
        await planted.settled()
    assert await everything(planted, pressers) == before
    refused = [line["person"] for line in planted.logs.lines[since:] if line["event"] == "button refused"]
    assert refused == [presser.id for presser in pressers]


async def test_two_presses_at_once_are_one_answer(planted: running.Running) -> None:
    ekai, _ = await asked(planted)
    shown = await ekai.last_message()
    pressed = data(shown, "I don't know")
    await asyncio.gather(ekai.forge(shown, pressed), ekai.forge(shown, pressed))
    await planted.settled()
    answers, _ = await kept(planted)
    assert answers == {"clients": 1250, "staff_total": None}


async def test_ticks_come_and_go_and_are_taken_once(planted: running.Running) -> None:
    ekai, _ = await asked(planted)
    for typed in ("9", "4", "2", "3", "8.5"):
        await planted.said(ekai, typed)
    for day in ("☑ Monday", "☑ Tuesday", "☐ Monday"):
        await planted.tapped(ekai, day)
    assert {"☑ Monday", "☐ Tuesday"} <= set(labels(await ekai.last_message()))
    await planted.said(ekai, "Saturday")
    assert "☑ Saturday" in labels(await ekai.last_message())
    assert "working_days" not in await planted.answers(FLOW, BRANCH)
    await planted.tapped(ekai, "✓ Done")
    assert (await planted.answers(FLOW, BRANCH))["working_days"] == ["mon", "wed", "thu", "fri", "sat"]


async def test_a_button_that_telegram_has_given_up_on_is_still_done(planted: running.Running) -> None:
    ekai, _ = await asked(planted)
    await planted.telegram.faults(
        {"method": "answerCallbackQuery", "code": 400, "description": "Bad Request: query is too old"},
        rate_limits=False,
    )
    await planted.tapped(ekai, "I don't know")
    assert (await planted.answers(FLOW, BRANCH))["staff_total"] is None
    assert "loan officers" in words(await ekai.last_message())


async def test_a_button_of_an_older_bot_that_means_nothing_now_shows_where_one_is(
    planted: running.Running,
) -> None:
    ekai = planted.person(running.EKAI)
    shown = await planted.said(ekai, "/tasks")
    disk = await planted.disk()
    screen = await disk.screen(data(shown, labels(shown)[0]).rpartition(".")[0])
    assert screen is not None
    pick = views.View("", ((views.Button("x", views.Pick("horoscope.today", "")),),)).actions()
    await disk.commit([port.Put(msgspec.structs.replace(screen, actions=(*pick, *screen.actions[1:])))])
    await ekai.tap(labels(shown)[0], message=shown)
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    assert labels(await ekai.last_message()) == labels(shown)
