"""/status: a picture with its meaning in words, ways down to a branch, a person and a section, and the trend."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from PIL import Image

from bot.practice import people
from bot.progress import canvas, charts
from storage import port, records
from tests.bot import running
from tests.bot.running import JSON, labels, words


async def asked(bot: running.Running) -> tuple[people.Person, JSON]:
    manager = bot.person(running.MANAGER)
    return manager, await bot.said(manager, "/status")


async def picture(person: people.Person, message: JSON) -> Image.Image:
    return Image.open(io.BytesIO(await person.download(message)))


async def test_the_picture_says_in_words_what_it_shows(planted: running.Running) -> None:
    manager, message = await asked(planted)
    drawn = await picture(manager, message)
    assert drawn.width == 780, "two pixels for each of a small phone's"
    assert drawn.height < 3 * drawn.width
    for said in ("Jitegemea", "not started", "questions are answered", "there is no day to name"):
        assert said in words(message), said


@pytest.mark.parametrize(
    ("taps", "says"),
    [
        pytest.param(["By branch", "Lodwar: 0 of 6 handed in"], "Power", id="a branch"),
        pytest.param(["By branch", "Head office: 15 of 15 handed in"], "Achieng", id="the head office"),
        pytest.param(["By person", "Ekai Lokwang: 0 of 6 handed in"], "Lodwar", id="a person"),
        pytest.param(["By section", "Power: 2 of 3 handed in"], "Machakos", id="a section"),
        pytest.param(["By branch", "Lodwar: 0 of 6 handed in", "‹ Back"], "by branch", id="and back"),
    ],
)
async def test_the_ways_down(planted: running.Running, taps: list[str], says: str) -> None:
    manager, shown = await asked(planted)
    for tap in taps:
        shown = await planted.tapped(manager, tap)
    assert says in words(shown)


async def test_from_a_person_to_a_reminder(planted: running.Running) -> None:
    await planted.said(planted.person(running.EKAI), "/tasks")
    manager, _ = await asked(planted)
    await planted.tapped(manager, "By person")
    await planted.tapped(manager, "Ekai Lokwang: 0 of 6 handed in")
    shown = await planted.tapped(manager, "Remind Ekai Lokwang")
    assert "is reminded now" in words(shown)


async def test_who_is_late_is_marked(planted: running.Running) -> None:
    assessment = await planted.assessment()
    row = records.Reminder(
        f"{assessment.id}:{running.EKAI}",
        assessment.id,
        running.EKAI,
        planted.time().replace(year=2032),
        round=1,
        sent_at=planted.time(),
    )
    await (await planted.disk()).commit([port.Put(row)])
    manager, message = await asked(planted)
    assert "silent since: Ekai" in words(message)
    shown = await planted.tapped(manager, "By person")
    assert labels(shown)[0].startswith("⚠ Ekai"), "who is late stands first"


async def test_the_trend_is_a_picture_with_its_forecast(planted: running.Running) -> None:
    manager, _ = await asked(planted)
    message = await planted.tapped(manager, "Over time")
    assert (await picture(manager, message)).width == 780
    assert "questions are answered" in words(message)


async def test_the_day_is_named_with_what_would_move_it(planted: running.Running) -> None:
    disk, assessment = await planted.disk(), await planted.assessment()
    today = [
        port.PutAnswer(section, key, msgspec.structs.replace(answer, at=planted.time()))
        for section, session in (await disk.sessions(assessment.id)).items()
        for key, answer in session.answers.items()
    ]
    await disk.commit(today)
    _, message = await asked(planted)
    said = words(message)
    assert re.search(
        r"\d answers a day, all \d+ questions are answered by \d+ \w+ \d{4}\. It takes longer if", said
    )
    assert "takes it that" not in said


async def test_a_way_down_that_is_gone_says_so(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, "/status section of_yesterday")
    assert "by branch" in words(shown)


async def test_forty_branches_fit_a_phone(planted: running.Running) -> None:
    assessment = await planted.assessment()
    more = tuple(
        msgspec.structs.replace(assessment.branches[0], id=f"b{n}", name=f"Ouagadougou-Tampouy {n}")
        for n in range(40)
    )
    await (await planted.disk()).commit([port.Put(msgspec.structs.replace(assessment, branches=more))])
    manager, message = await asked(planted)
    drawn = await picture(manager, message)
    assert drawn.width == 780
    assert drawn.height < 2.5 * drawn.width
    shown = await planted.tapped(manager, "By branch")
    assert "More ›" in labels(shown)
    shown = await planted.tapped(manager, "More ›")
    assert "‹ Earlier" in labels(shown)


def pixels(cell: charts.Cell) -> bytes:
    table = charts.Table("", (), (charts.Row("Ségou", (cell,)),))
    return Image.open(io.BytesIO(charts.status("Caisse", [table], []))).convert("L").tobytes()


def test_no_two_signs_look_alike_without_colour() -> None:
    cells = [charts.Cell(state, late) for state in charts.STATES for late in (False, True)]
    assert len({pixels(cell) for cell in cells}) == len(cells)


@pytest.mark.parametrize("name", ["Ñuñoa", "São José", "Bobo-Dioulasso n'éà", "Nữ Đông", "Кызыл"])
def test_letters_of_names_are_drawn(name: str) -> None:
    letters = canvas.font(24)
    missing = bytes(letters.getmask("\uffff"))
    assert all(bytes(letters.getmask(letter)) != missing for letter in name if letter != " ")


async def test_of_what_is_handed_in_nothing_is_forecast_and_a_closed_assessment_leads_nowhere(
    planted: running.Running,
) -> None:
    disk, assessment = await planted.disk(), await planted.assessment()
    sections = await disk.sections(assessment.id)
    closed = msgspec.structs.replace(assessment, state="archived")
    handed_in = [port.Put(msgspec.structs.replace(one, state="submitted")) for one in sections]
    await disk.commit([*handed_in, port.Put(closed)])
    _, shown = await asked(planted)
    assert "Every section is handed in." in words(shown)
    assert not {"Remind", "Review"} & set(labels(shown))


async def test_when_every_question_is_answered_no_day_is_forecast(bot: running.Running) -> None:
    tokens = await bot.created()
    manager = await bot.newcomer("Nekesa")
    await bot.joined(manager, tokens["Project manager"])
    await bot.said(manager, "/status")
    shown = await bot.tapped(manager, "Over time")
    assert (await picture(manager, shown)).width == 780, "the line of the first day begins the day before"
    assert "there is no day to name" in words(shown)
    disk, assessment = await bot.disk(), await bot.assessment()
    done = [msgspec.structs.replace(one, answered=one.total) for one in await disk.sections(assessment.id)]
    await disk.commit([port.Put(one) for one in done])
    assert "Every question is answered" in words(await bot.said(manager, "/status"))
