"""A leader's own questionnaire, from the file to the answers: added, answered, published anew, removed."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import pathlib
import textwrap
from collections.abc import Sequence

import msgspec
import openpyxl
import pytest

from bot import library
from bot.asking import books, surveys
from bot.commands import files
from bot.people import team
from bot.practice import people
from flows import book, nouns, shipped
from flows.instance import memo
from planning import plan
from storage import records
from tests.bot import running
from tests.bot.running import JSON, labels, words

HEAD = """
flow: cooling
version: "{version}"
title: Cooling
choices:
  power: [{{name: grid, label: Grid}}, {{name: sun, label: Sun}}]
survey:
"""

FIRST = """
- {type: integer, name: fridges, label: How many fridges are there?}
- {type: select_one power, name: power, label: What do they run on?}
- {type: text, name: colour, label: Which colour are they?}
"""

SECOND = """
- {type: integer, name: fridges, label: How many fridges are there?}
- {type: date, name: colour, label: When were they bought?}
- {type: text, name: brand, label: Which brand are they?}
"""


@pytest.fixture
async def planted(planted: running.Running) -> running.Running:
    """The sample institution, where those who are told of a survey have opened the chat."""
    for person in (running.EKAI, running.MWENDE, running.OWNER):
        await planted.said(planted.person(person), "/start")
    return planted


def questionnaire(version: str = "1", survey: str = FIRST) -> bytes:
    return (HEAD.format(version=version) + textwrap.indent(survey.strip(), "  ")).encode()


async def sent(
    bot: running.Running, leader: people.Person, content: bytes, name: str = "cooling.yaml"
) -> JSON:
    """A file sent behind /survey, and what comes back."""
    await bot.said(leader, "/survey")
    return await bot.after(leader, leader.send_file(name, content))


async def added(
    bot: running.Running, leader: people.Person, content: bytes, *taps: str, name: str = "cooling.yaml"
) -> JSON:
    """A questionnaire added, answered by those whom the taps name."""
    await sent(bot, leader, content, name)
    for tap in taps or ("Branch manager",):
        await bot.tapped(leader, tap)
    return await bot.tapped(leader, "✓ Add the survey")


async def kept(bot: running.Running) -> Sequence[records.Survey]:
    return await surveys.kept(await bot.disk(), (await bot.assessment()).id)


async def section(bot: running.Running, branch: str = "lodwar") -> records.Section:
    [survey] = await kept(bot)
    return await bot.section(survey.flow, branch)


async def answers(bot: running.Running, branch: str = "lodwar") -> dict[str, nouns.Value]:
    [survey] = await kept(bot)
    return await bot.answers(survey.flow, branch)


# --- adding ----------------------------------------------------------------------------------------


async def test_a_file_becomes_a_section_of_every_branch(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    asked = await sent(planted, manager, questionnaire())
    assert "Cooling · version 1 · 3 questions" in words(asked)
    look = await planted.tapped(manager, "Branch manager")
    assert "Branch manager, for each of 3 branches" in words(look)
    assert "2. What do they run on?" in words(look)
    done = words(await planted.tapped(manager, "✓ Add the survey"))
    assert "added as 3 sections" in done
    assert "2 people are told" in done

    notice = await ekai.last_message()
    assert "Achieng" in words(notice)
    assert "one section more: Cooling" in words(notice)
    await planted.tapped(ekai, "Begin")
    await planted.said(ekai, "2")
    await planted.tapped(ekai, "Sun")
    await planted.said(ekai, "blue")
    await planted.tapped(ekai, "✓ Hand in")
    assert await answers(planted) == {"fridges": 2, "power": "sun", "colour": "blue"}

    await planted.said(manager, "/status")
    await planted.tapped(manager, "By section")
    await planted.tapped(manager, "More ›")
    shown = await planted.tapped(manager, "Cooling: 1 of 3 handed in")
    assert "Lodwar · handed in · Ekai" in words(shown)
    shown = await planted.said(manager, f"/review {(await section(planted)).id}")
    assert "What do they run on? Sun" in words(shown)
    await planted.tapped(manager, "✓ Approve")
    assert (await section(planted)).state == "approved"


@pytest.mark.parametrize(
    ("taps", "branches", "owner"),
    [
        pytest.param(["IT", "Once"], [""], running.OWNER, id="the head office once"),
        pytest.param(
            ["IT", "For each branch"],
            ["kariobangi", "lodwar", "machakos"],
            running.OWNER,
            id="the head office for each branch",
        ),
        pytest.param(["Project manager", "Once"], [""], running.MANAGER, id="the project manager"),
    ],
)
async def test_who_answers_is_asked(
    planted: running.Running, taps: list[str], branches: list[str], owner: int
) -> None:
    manager = planted.person(running.MANAGER)
    await added(planted, manager, questionnaire(), *taps)
    [survey] = await kept(planted)
    found = await (await planted.disk()).sections((await planted.assessment()).id)
    mine = [each for each in found if each.flow == survey.flow]
    assert [each.branch for each in mine] == branches
    assert {each.owner for each in mine} == {owner}


async def test_who_joins_later_answers_it_too(bot: running.Running) -> None:
    tokens = await bot.created("Nuru", "Nakuru\nNyeri")
    owner, nekesa = bot.person(running.OWNER), await bot.newcomer("Nekesa")
    done = words(await added(bot, owner, questionnaire(), "IT", "For each branch"))
    assert "2 sections wait until somebody joins" in done
    shown = await bot.joined(nekesa, tokens["IT"])
    assert {"Cooling · Nakuru", "Cooling · Nyeri"} <= set(labels(shown))


async def test_who_owes_a_survey_is_reminded_of_it(planted: running.Running) -> None:
    manager, mwende = planted.person(running.MANAGER), planted.person(running.MWENDE)
    await added(planted, manager, questionnaire())
    disk, assessment = await planted.disk(), await planted.assessment()
    due = {reminder.person: reminder.due_at for reminder in await disk.reminders(assessment.id)}
    await planted.forward_to(due[running.MWENDE])
    await mwende.wait_for("Cooling · Machakos")


async def test_the_answers_file_carries_the_survey(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await added(planted, manager, questionnaire())
    await planted.tapped(ekai, "Begin")
    await planted.said(ekai, "2")
    found = await team.load(await planted.disk(), library.Library.shipped(), (await planted.assessment()).id)
    assert found is not None
    made = await books.book(await planted.disk(), found, made_at=planted.time())
    [survey] = made.surveys
    assert (survey.title, survey.per, survey.role) == ("Cooling", "branch", "branch_staff")
    [begun] = [each for each in made.sections if each.flow == survey.id and each.answers]
    assert {key: answer.value for key, answer in begun.answers.items()} == {"fridges": 2}


async def test_two_institutions_can_have_the_same_questionnaire(planted: running.Running) -> None:
    owner = planted.person(running.OWNER)
    await added(planted, owner, questionnaire())
    await planted.created("Nuru")
    assert "There are none yet" in words(await planted.said(owner, "/survey"))
    await added(planted, owner, questionnaire("7", SECOND))
    disk = await planted.disk()
    both = [await surveys.kept(disk, each.id) for each in await disk.assessments()]
    assert [[(row.form, row.version) for row in rows] for rows in both] == [
        [("cooling", "1")],
        [("cooling", "7")],
    ]
    assert both[0][0].flow != both[1][0].flow
    assert [rows[0].flow.rpartition("_")[0] for rows in both] == ["cooling", "cooling"]


async def test_a_long_questionnaire_is_shown_page_by_page(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    many = "\n".join(
        f"- {{type: text, name: q{n}, label: Question {n} of <b>many</b>?}}" for n in range(1, 41)
    )
    await sent(planted, manager, questionnaire(survey=many))
    await planted.tapped(manager, "Branch manager")
    await planted.tapped(manager, "More ›")
    last = await planted.tapped(manager, "More ›")
    assert "40. Question 40 of <b>many</b>?" in words(last)
    assert "✓ Add the survey" in labels(last)


XFORM = (
    b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    b'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Towns</h:title><model>'
    b'<instance><data id="towns" version="7"><town/></data></instance>'
    b'<instance id="towns" src="jr://file-csv/towns.csv"/><bind nodeset="/data/town" type="string"/></model></h:head>'
    b'<h:body><select1 ref="/data/town"><label>Which town is it?</label>'
    b'<itemset nodeset="instance(\'towns\')/root/item"><value ref="name"/><label ref="label"/></itemset>'
    b"</select1></h:body></h:html>"
)

TOWNS = b"name,label\nlodwar,Lodwar\nkakuma,Kakuma\n"


async def test_an_xform_is_asked_with_the_file_that_it_reads(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    shown = await sent(planted, manager, XFORM, "towns.xml")
    assert "reads the file towns.csv. Send it too" in words(shown)
    other = await planted.after(manager, manager.send_file("villages.csv", TOWNS))
    assert "It waits for: towns.csv" in words(other)
    asked = await planted.after(manager, manager.send_file("towns.csv", TOWNS))
    assert "Towns · version 7 · one question" in words(asked)
    for tap in ("Branch manager", "✓ Add the survey"):
        await planted.tapped(manager, tap)
    await planted.tapped(ekai, "Begin")
    await planted.tapped(ekai, "Kakuma")
    assert await answers(planted) == {"town": "kakuma"}


def workbook(**sheets: list[list[str]]) -> bytes:
    """An .xlsx as somebody would save it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SETTINGS = [["form_title", "form_id", "version"], ["Cooling", "cooling", "3"]]


async def test_an_xlsform_is_asked_and_what_chat_does_otherwise_is_told(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    form = workbook(
        survey=[
            ["type", "name", "label", "appearance", "relevant"],
            ["integer", "fridges", "How many fridges are there?", "", ""],
            ["geopoint", "place", "Where do they stand?", "placement-map", "${fridges} > 0"],
            ["select_one power", "power", "What do they run on?", "", "${fridges} > 0"],
        ],
        choices=[["list_name", "name", "label"], ["power", "grid", "Grid"], ["power", "sun", "Sun"]],
        settings=SETTINGS,
    )
    asked = words(await sent(planted, manager, form, "cooling.xlsx"))
    assert "Cooling · version 3 · 3 questions" in asked
    assert "In chat this is different:\n• There is no map in the form" in asked
    for tap in ("Branch manager", "✓ Add the survey"):
        await planted.tapped(manager, tap)
    await planted.tapped(ekai, "Begin")
    await planted.said(ekai, "2")
    await planted.after(ekai, ekai.send_location(3.119, 35.597))
    await planted.tapped(ekai, "Sun")
    assert await answers(planted) == {
        "fridges": 2, "place": nouns.Point(3.119, 35.597), "power": "sun",
    }  # fmt: skip


async def test_an_xlsform_reads_its_list_from_a_file(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    form = workbook(
        survey=[
            ["type", "name", "label"],
            ["select_one_from_file towns.csv", "town", "Which town is it?"],
        ],
        settings=SETTINGS,
    )
    assert "reads the file towns.csv" in words(await sent(planted, manager, form, "cooling.xlsx"))
    asked = await planted.after(manager, manager.send_file("towns.csv", TOWNS))
    assert "Who answers it?" in words(asked)


async def test_a_form_chooses_from_the_branches_without_a_file(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    form = workbook(
        survey=[
            ["type", "name", "label", "calculation"],
            ["select_one_from_file branches.csv", "near", "Which branch is nearest?", ""],
            ["calculate", "land", "", "pulldata('branches', 'country', 'name', ${near})"],
        ],
        settings=SETTINGS,
    )
    assert "Who answers it?" in words(await sent(planted, manager, form, "cooling.xlsx"))
    await planted.tapped(manager, "Project manager")
    await planted.tapped(manager, "Once")
    await planted.tapped(manager, "✓ Add the survey")
    await planted.said(manager, "/tasks")
    shown = await planted.tapped(manager, "Cooling")
    assert {"Lodwar", "Machakos"} <= set(labels(shown))


async def test_words_longer_than_a_message_reach_the_phone_in_several(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    consent = "\n".join(f"{n}. What you say stays <b>here</b>, and nobody else reads it." for n in range(150))
    form = workbook(
        survey=[
            ["type", "name", "label", "hint"],
            ["note", "consent", consent, ""],
            ["select_one power", "power", "What do they run on?", "h" * 3000],
            ["text", "why", "W" * 5000, ""],
        ],
        choices=[["list_name", "name", "label"], ["power", "grid", "G" * 5000], ["power", "sun", "Sun"]],
        settings=SETTINGS,
    )
    await added(planted, manager, form, name="cooling.xlsx")
    since = planted.now
    await planted.tapped(ekai, "Begin")
    read = "\n".join(told(planted, ekai, since))
    assert [line for line in consent.split("\n") if line not in read] == []
    await planted.tapped(ekai, "Sun")
    assert words(await ekai.last_message()).endswith("W")
    shown = await planted.said(ekai, "&" * 2000)
    assert "✓ Hand in" in labels(shown)
    await planted.tapped(ekai, "✓ Hand in")
    shown = await planted.said(manager, f"/review {(await section(planted)).id}")
    assert "✓ Approve" in labels(shown)
    assert await answers(planted) == {"power": "sun", "why": "&" * 2000}


# --- a new version ---------------------------------------------------------------------------------


async def begun(bot: running.Running) -> people.Person:
    """Ekai before the third question of the first version."""
    manager, ekai = bot.person(running.MANAGER), bot.person(running.EKAI)
    await added(bot, manager, questionnaire())
    await bot.tapped(ekai, "Begin")
    await bot.said(ekai, "2")
    await bot.tapped(ekai, "Sun")
    return ekai


async def published(bot: running.Running, content: bytes) -> str:
    manager = bot.person(running.MANAGER)
    shown = words(await sent(bot, manager, content))
    return shown + words(await bot.tapped(manager, "✓ Publish this version"))


def told(bot: running.Running, person: people.Person, since: int) -> list[str]:
    return [words(event["message"]) for event in bot.events(person, since) if "message" in event]


async def test_who_is_answering_goes_on_in_the_new_version(planted: running.Running) -> None:
    ekai = await begun(planted)
    await planted.said(ekai, "blue")
    said = await published(planted, questionnaire("2", SECOND))
    assert "It takes the place of version 1" in said
    assert "new: “Which brand are they?”" in said
    assert "One section is being answered" in said

    since = planted.now
    await planted.tapped(ekai, "✓ Hand in")
    sentence = told(planted, ekai, since)[0]
    assert "The questions of Cooling were changed while you were answering" in sentence
    assert "new: “Which brand are they?”" in sentence
    assert "changed: “When were they bought?”" in sentence
    assert "no longer asked: “What do they run on?”" in sentence
    assert (await section(planted)).state == "in_progress", "nobody hands in what they have not seen"
    assert (await section(planted)).version == "2"
    assert await answers(planted) == {"fridges": 2, "power": "sun", "colour": "blue"}

    since = planted.now
    shown = await planted.tapped(ekai, "2")
    assert "You said before: blue" in words(shown)
    assert told(planted, ekai, since)[0] == words(shown), "it is told once"
    for typed in ("3 March 2027",):
        await planted.said(ekai, typed)
    assert (await answers(planted))["colour"] == "2027-03-03"


async def test_an_answer_to_a_question_that_stays_is_taken_in_the_midst_of_it(
    planted: running.Running,
) -> None:
    ekai = await begun(planted)
    await published(planted, questionnaire("2", FIRST + "- {type: text, name: brand, label: Brand?}"))
    await planted.said(ekai, "blue")
    assert await answers(planted) == {"fridges": 2, "power": "sun", "colour": "blue"}
    assert "Brand?" in words(await ekai.last_message())


async def test_an_answer_to_a_question_that_changed_is_not_taken_for_the_new_one(
    planted: running.Running,
) -> None:
    ekai = await begun(planted)
    await published(planted, questionnaire("2", FIRST.replace("Which colour", "Which size")))
    shown = await planted.said(ekai, "blue")
    assert "Which size are they?" in words(shown)
    assert "colour" not in await answers(planted)


async def handed_on(bot: running.Running) -> tuple[people.Person, people.Person]:
    """Ekai, who handed the colour on before its version changed, and Amina, who took it."""
    ekai = await begun(bot)
    await bot.tapped(ekai, "Ask a colleague")
    since = bot.now
    await bot.tapped(ekai, "Only this question")
    (link,) = [one for one in told(bot, ekai, since) if "start=" in one]
    amina = await bot.newcomer("Amina")
    await bot.after(amina, amina.start(link.partition("start=")[2].split()[0]))
    await bot.tapped(amina, "Start")
    return ekai, amina


async def test_a_part_that_is_still_asked_stays_handed_on(planted: running.Running) -> None:
    ekai, amina = await handed_on(planted)
    await published(planted, questionnaire("2", FIRST + "- {type: text, name: brand, label: Brand?}"))
    await planted.said(ekai, "/tasks")
    shown = await planted.tapped(ekai, "Cooling · Lodwar")
    assert "Brand?" in words(shown)
    assert (await kept_session(planted)).handed == ("colour",)
    assert "Thank you" in words(await planted.said(amina, "blue"))
    assert (await answers(planted))["colour"] == "blue"
    await ekai.wait_for("Amina answered")


async def test_a_colleague_answers_in_a_version_that_their_asker_has_not_seen(
    planted: running.Running,
) -> None:
    ekai, amina = await handed_on(planted)
    await published(planted, questionnaire("2", FIRST + "- {type: text, name: brand, label: Brand?}"))
    assert "Thank you" in words(await planted.said(amina, "blue"))
    assert (await answers(planted))["colour"] == "blue"
    assert (await section(planted)).version == "2"
    assert "Brand?" in words(await planted.tapped(ekai, "Cooling · Lodwar", message=await planted.said(ekai, "/tasks")))  # fmt: skip


async def sent_on(bot: running.Running) -> tuple[people.Person, str]:
    """Ekai, who sent a link to the question of the colour, and the link's token, which nobody has used."""
    ekai = await begun(bot)
    await bot.tapped(ekai, "Ask a colleague")
    since = bot.now
    await bot.tapped(ekai, "Only this question")
    (link,) = [one for one in told(bot, ekai, since) if "start=" in one]
    return ekai, link.partition("start=")[2].split()[0]


async def test_a_link_that_nobody_opened_leads_into_the_new_version(planted: running.Running) -> None:
    ekai, token = await sent_on(planted)
    await published(planted, questionnaire("2", FIRST.replace("Which colour", "Which size")))
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Cooling · Lodwar")
    assert (await kept_session(planted)).handed == ("colour",)
    amina = await planted.newcomer("Amina")
    assert "Which size" in words(await planted.after(amina, amina.start(token)))
    await planted.tapped(amina, "Start")
    assert "Thank you" in words(await planted.said(amina, "large"))


async def test_a_link_that_nobody_opened_to_what_is_asked_no_more_is_over(planted: running.Running) -> None:
    ekai, token = await sent_on(planted)
    await published(planted, questionnaire("2", FIRST.replace("colour", "brand")))
    since = planted.now
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Cooling · Lodwar")
    assert "is not asked any more" in "".join(told(planted, ekai, since))
    amina = await planted.newcomer("Amina")
    assert "does not work" in words(await planted.after(amina, amina.start(token)))


async def test_a_reply_to_a_question_that_stays_is_taken_in_the_midst_of_it(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await added(planted, manager, questionnaire())
    first = await planted.tapped(ekai, "Begin")
    await planted.said(ekai, "2")
    await published(planted, questionnaire("2", FIRST + "- {type: text, name: brand, label: Brand?}"))
    await planted.after(ekai, ekai.say("3", reply_to=first))
    assert (await answers(planted))["fridges"] == 3
    assert (await section(planted)).version == "2"


@pytest.mark.parametrize("first", ["owner", "colleague"])
async def test_a_part_that_is_not_asked_any_more_is_over_for_both(
    planted: running.Running, first: str
) -> None:
    ekai, amina = await handed_on(planted)
    since = planted.now
    await published(planted, questionnaire("2", FIRST.replace("colour", "brand")))
    if first == "owner":
        await planted.said(ekai, "/tasks")
        await planted.tapped(ekai, "Cooling · Lodwar")
    await planted.said(amina, "blue")
    if first == "colleague":
        await planted.said(ekai, "/tasks")
        await planted.tapped(ekai, "Cooling · Lodwar")
    theirs, hers = told(planted, ekai, since), told(planted, amina, since)
    gone = "“Which colour are they?”, which you had handed on, is not asked any more"
    assert len([one for one in theirs if gone in one]) == 1
    assert any("“Which colour are they?” is not asked any more. You need do nothing" in one for one in hers)
    assert (await kept_session(planted)).handed == ()
    assert await answers(planted) == {"fridges": 2, "power": "sun"}
    assert "Which brand are they?" in theirs[-1]
    assert "waits" not in theirs[-1]


async def test_a_part_that_is_asked_otherwise_is_seen_before_it_is_answered(planted: running.Running) -> None:
    ekai, amina = await handed_on(planted)
    await published(planted, questionnaire("2", SECOND))
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Cooling · Lodwar")
    assert "When were they bought?" in words(await planted.said(amina, "3 March 2027"))
    assert "colour" not in await answers(planted)
    await planted.said(amina, "3 March 2027")
    assert (await answers(planted))["colour"] == "2027-03-03"


async def kept_session(bot: running.Running) -> nouns.Session:
    found = await (await bot.disk()).session((await section(bot)).id)
    assert found is not None
    return found


async def test_what_is_handed_in_keeps_its_version_until_it_is_sent_back(planted: running.Running) -> None:
    ekai, manager = await begun(planted), planted.person(running.MANAGER)
    await planted.said(ekai, "blue")
    await planted.tapped(ekai, "✓ Hand in")
    assert "One section is handed in. It keeps its version" in await published(
        planted, questionnaire("2", SECOND)
    )
    shown = await planted.said(manager, f"/review {(await section(planted)).id}")
    assert "What do they run on? Sun" in words(shown), "it is read as it was answered"
    found = await team.load(await planted.disk(), library.Library.shipped(), (await planted.assessment()).id)
    assert found is not None
    made = await books.book(await planted.disk(), found, made_at=planted.time())
    assert [survey.version for survey in made.surveys] == ["1", "2"]

    await planted.tapped(manager, "↩ Send back with a remark")
    await planted.tapped(manager, "The whole section")
    await planted.said(manager, "Which brand?")
    since = planted.now
    await planted.tapped(ekai, "Go to the question")
    assert "were changed while you were answering" in told(planted, ekai, since)[0]
    assert (await section(planted)).version == "2"


async def test_who_has_not_begun_begins_with_the_new_version(planted: running.Running) -> None:
    mwende = planted.person(running.MWENDE)
    await begun(planted)
    await published(planted, questionnaire("2", SECOND))
    await planted.said(mwende, "/tasks")
    await planted.tapped(mwende, "Cooling · Machakos")
    await planted.said(mwende, "1")
    assert "When were they bought?" in words(await mwende.last_message())


async def test_another_questionnaire_under_the_same_name_is_not_forced_on_who_is_answering(
    planted: running.Running,
) -> None:
    ekai = await begun(planted)
    await published(planted, questionnaire("2", "- {type: text, name: weather, label: How is the weather?}"))
    shown = await planted.said(ekai, "blue")
    assert "check your answers" in words(shown)
    await planted.tapped(ekai, "✓ Hand in")
    assert await answers(planted) == {"fridges": 2, "power": "sun", "colour": "blue"}
    assert (await section(planted)).version == "1"


async def test_versions_that_nobody_answers_in_are_let_go(planted: running.Running) -> None:
    await begun(planted)
    for version in ("2", "3"):
        await published(planted, questionnaire(version, SECOND))
    rows = await (await planted.disk()).surveys((await planted.assessment()).id)
    assert [row.version for row in rows] == ["1", "3"]


async def test_a_version_published_in_the_midst_of_an_answer_loses_neither(
    planted: running.Running,
) -> None:
    ekai, manager = await begun(planted), planted.person(running.MANAGER)
    await sent(planted, manager, questionnaire("2", FIRST + "- {type: text, name: brand, label: Brand?}"))
    await asyncio.gather(manager.tap("✓ Publish this version"), ekai.say("blue"))
    await planted.settled()
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Cooling · Lodwar")
    assert await answers(planted) == {"fridges": 2, "power": "sun", "colour": "blue"}
    assert "Brand?" in words(await ekai.last_message())
    assert (await section(planted)).version == "2"


async def test_a_section_of_groundworks_own_goes_on_after_an_upgrade(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.said(ekai, "1250")
    await planted.stop()
    upgraded = library.Library(
        [msgspec.structs.replace(flow, version="next") for flow in shipped.assessment()]
    )
    monkeypatch.setattr(library.Library, "shipped", lambda: upgraded)
    await planted.start()
    since = planted.now
    await planted.said(ekai, "9")
    assert "The questions of Your branch were revised since you began" in told(planted, ekai, since)[0]
    assert await planted.answers("branch_office", "lodwar") == {"clients": 1250, "staff_total": 9}
    assert (await planted.section("branch_office", "lodwar")).version == "next"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(questionnaire(), "is here already, just as in this file", id="the same again"),
        pytest.param(questionnaire("1", SECOND), "a version of its own", id="changed, with the same version"),
    ],
)
async def test_a_version_is_published_once(planted: running.Running, content: bytes, says: str) -> None:
    manager = planted.person(running.MANAGER)
    await added(planted, manager, questionnaire())
    assert says in words(await sent(planted, manager, content))
    [survey] = await kept(planted)
    assert survey.version == "1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(questionnaire("2", SECOND), "is here already", id="the same file"),
        pytest.param(questionnaire("2", FIRST + "- {type: text, name: b, label: B}"), "a version of its own",
                     id="another file with the same version"),
    ],
)  # fmt: skip
async def test_of_two_who_publish_the_same_version_the_first_one_counts(
    planted: running.Running, content: bytes, says: str
) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await added(planted, manager, questionnaire())
    await sent(planted, owner, content)
    await published(planted, questionnaire("2", SECOND))
    assert says in words(await planted.tapped(owner, "✓ Publish this version"))
    [survey] = await kept(planted)
    assert survey.definition is not None
    assert [item.name for item in survey.definition.children] == ["fridges", "colour", "brand"]


async def test_a_form_that_somebody_else_added_meanwhile_is_not_added_twice(planted: running.Running) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await sent(planted, owner, questionnaire("2", SECOND))
    await planted.tapped(owner, "Branch manager")
    await added(planted, manager, questionnaire())
    shown = await planted.tapped(owner, "✓ Add the survey")
    assert "✓ Publish this version" in labels(shown)
    await planted.tapped(owner, "✓ Publish this version")
    assert [survey.version for survey in await kept(planted)] == ["2"]


# --- removing --------------------------------------------------------------------------------------


async def test_a_survey_is_removed_with_its_answers(planted: running.Running) -> None:
    ekai, manager = await begun(planted), planted.person(running.MANAGER)
    gone = await section(planted)
    await planted.said(manager, "/survey")
    await planted.tapped(manager, "Cooling")
    asked = await planted.tapped(manager, "Remove the survey")
    assert "with the 2 answers in it" in words(asked)
    await planted.tapped(manager, "Remove the survey")
    disk = await planted.disk()
    assert await kept(planted) == []
    assert await disk.section(gone.id) is None
    assert await disk.session(gone.id) is None
    assert "Nothing is being asked" in words(await planted.said(ekai, "blue"))


async def test_a_survey_may_be_kept_after_all(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await added(planted, manager, questionnaire())
    await planted.said(manager, "/survey")
    await planted.tapped(manager, "Cooling")
    await planted.tapped(manager, "Remove the survey")
    shown = await planted.tapped(manager, "Keep it")
    assert "0 of 3 handed in" in words(shown)
    assert len(await kept(planted)) == 1


@pytest.mark.parametrize("taps", [["Cooling"], ["Cooling", "Remove the survey"]], ids=["asked", "confirmed"])
async def test_what_another_removed_meanwhile_is_not_removed_twice(
    planted: running.Running, taps: list[str]
) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await added(planted, manager, questionnaire())
    await planted.said(owner, "/survey")
    for tap in taps:
        shown = await planted.tapped(owner, tap)
    await planted.said(manager, "/survey")
    for tap in ("Cooling", "Remove the survey", "Remove the survey"):
        await planted.tapped(manager, tap)
    assert "There are none yet" in words(await planted.tapped(owner, "Remove the survey", message=shown))


async def test_of_two_surveys_one_is_removed(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await added(planted, manager, questionnaire())
    await added(
        planted, manager, questionnaire().replace(b"cooling", b"heating").replace(b"Cooling", b"Heating")
    )
    await planted.said(manager, "/survey")
    for tap in ("Cooling", "Remove the survey", "Remove the survey"):
        await planted.tapped(manager, tap)
    assert [survey.form for survey in await kept(planted)] == ["heating"]


@pytest.mark.parametrize("way", ["its notice", "a reply"])
async def test_nothing_leads_into_a_survey_that_was_removed(planted: running.Running, way: str) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await added(planted, manager, questionnaire())
    notice = await ekai.last_message()
    if way == "a reply":
        first = await planted.tapped(ekai, "Begin")
        await planted.said(ekai, "2")
    await planted.said(manager, "/survey")
    for tap in ("Cooling", "Remove the survey", "Remove the survey"):
        await planted.tapped(manager, tap)
    act = ekai.tap("Begin", message=notice) if way == "its notice" else ekai.say("3", reply_to=first)
    said = await planted.after(ekai, act)
    assert "not there any more" in words(said)
    assert "Power · Lodwar" in labels(said), "what else is theirs is at hand"


# --- what a form sets by itself --------------------------------------------------------------------

SETTING = """
| survey   |           |         |                       |                 |            |                 |
|          | type      | name    | label                 | calculation     | trigger    | relevant        |
|          | start     | start   |                       |                 |            |                 |
|          | today     | today   |                       |                 |            |                 |
|          | integer   | fridges | How many fridges?     |                 |            |                 |
|          | calculate | litres  |                       | ${fridges} * 100 | ${fridges} |                |
|          | calculate | uid     |                       | once(uuid())    |            |                 |
|          | calculate | visit   |                       | once(today())   |            |                 |
|          | text      | brand   | On ${visit}: which brand? |             |            | ${litres} > 300 |
| settings |           |         |                       |                 |            |                 |
|          | form_id   | version | form_title            |                 |            |                 |
|          | cooling   | 1       | Cooling               |                 |            |                 |
"""


async def test_what_a_form_set_is_in_the_export_and_in_the_plan_as_the_session_has_it(
    planted: running.Running, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await added(planted, manager, SETTING.encode(), name="cooling.md")
    await planted.tapped(ekai, "Begin")
    first = words(await planted.said(ekai, "5"))
    # three days later nothing is in memory any more
    await planted.stop()
    monkeypatch.setattr(memo, "_kept", memo.Kept(memo.KEPT))
    await planted.forward_to(running.NOW + dt.timedelta(days=3))
    await planted.start()
    await planted.said(ekai, "/tasks")
    again = words(await planted.tapped(ekai, "Cooling · Lodwar"))
    assert "On 2031-03-04: which brand?" in first
    assert "On 2031-03-04: which brand?" in again
    await planted.said(ekai, "Bosch")
    await planted.tapped(ekai, "✓ Hand in")
    [survey] = await kept(planted)
    session = await planted.session(survey.flow, "lodwar")
    assert set(session.values) == {"start", "today", "litres", "uid", "visit"}

    assessment = await planted.assessment()
    await files.export(planted.settings, assessment.id, tmp_path / "x.csv")
    [row] = csv.DictReader(io.StringIO((tmp_path / f"x-{survey.flow}.csv").read_text("utf-8-sig")))
    assert row["Branch"] == "lodwar"
    given = {name: str(value) for name, value in session.values.items()}
    assert {name: row[name] for name in (*given, "brand")} == {**given, "brand": "Bosch"}

    await files.export(planted.settings, assessment.id, tmp_path / "x.json")
    made = book.decode((tmp_path / "x.json").read_bytes())
    lodwar = book.section(made, survey.flow, "lodwar")
    assert lodwar is not None
    assert book.session(lodwar).values == session.values
    planned = plan.make_plan(made, shipped.assessment(), today=dt.date(2031, 3, 7), prove=False)
    [chapter] = [one for one in planned.sections if one.key == "other_answers"]
    said = {row.label: row.shown for block in chapter.answers for row in block.answered}
    assert "Bosch" in said.values()
