"""The dates in other programs' formats: read back by those who would read them."""

from __future__ import annotations

import datetime as dt
import io
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest

from flows import book as books_of_flows
from planning import nouns, words
from planning.exports import phone_calendar, project_xml, spreadsheet
from tests.planning.test_plan import SAMPLE, made

NS = {"p": project_xml.NAMESPACE}
HOSTILE = '=1+1 </Name> & "quotes"\n\x0b'


@pytest.fixture(scope="module")
def schedule() -> nouns.Schedule:
    found = made(books_of_flows.decode(SAMPLE.read_bytes())).schedule
    assert found is not None
    return found


@pytest.fixture(scope="module")
def project(schedule: nouns.Schedule) -> ElementTree.Element:
    return ElementTree.fromstring(project_xml.write(schedule, name=HOSTILE, currency="KES"))


def text(parent: ElementTree.Element, name: str) -> str:
    return parent.findtext(f"p:{name}", "", NS)


def test_project_has_every_task_with_its_dates(
    project: ElementTree.Element, schedule: nouns.Schedule
) -> None:
    rows = [one for one in project.iterfind("p:Tasks/p:Task", NS) if text(one, "Summary") == "0"]
    found = {text(one, "Name"): (text(one, "Start")[:10], text(one, "Finish")[:10]) for one in rows}
    assert len(rows) == len(schedule.tasks)
    for task in schedule.tasks:
        assert found[words.say(task.name)] == (str(task.start), str(task.end))


def test_project_has_every_link_and_every_holder(
    project: ElementTree.Element, schedule: nouns.Schedule
) -> None:
    rows = project.findall("p:Tasks/p:Task", NS)
    names = {text(one, "UID"): text(one, "Name") for one in rows}
    links = {
        (names[text(link, "PredecessorUID")], text(one, "Name"))
        for one in rows
        for link in one.iterfind("p:PredecessorLink", NS)
    }
    called = {task.id: words.say(task.name) for task in schedule.tasks}
    assert links == {(called[before], called[task.id]) for task in schedule.tasks for before in task.after}
    held = project.findall("p:Assignments/p:Assignment", NS)
    assert len(held) == sum(len(task.who) for task in schedule.tasks)
    assert {text(one, "TaskUID") for one in held} <= names.keys()


def test_project_marks_the_wished_date_where_branches_begin(
    project: ElementTree.Element, schedule: nouns.Schedule
) -> None:
    rows = project.findall("p:Tasks/p:Task", NS)
    wished = {text(one, "Name"): text(one, "Deadline")[:10] for one in rows if text(one, "Deadline")}
    names = {words.say(task.name) for task in schedule.tasks if task.id.startswith("live_")}
    assert wished == dict.fromkeys(names, str(schedule.target))


def test_project_knows_each_place_s_week_and_holidays(
    project: ElementTree.Element, schedule: nouns.Schedule
) -> None:
    calendars = {text(one, "Name"): one for one in project.iterfind("p:Calendars/p:Calendar", NS)}
    for used in schedule.calendars:
        one = calendars[used.name]
        off = {
            int(text(day, "DayType"))
            for day in one.iterfind("p:WeekDays/p:WeekDay", NS)
            if text(day, "DayWorking") == "0"
        }
        assert off == {(day + 1) % 7 + 1 for day in used.weekend}  # 1 is Sunday
        free = {text(day, "Name") for day in one.iterfind("p:Exceptions/p:Exception", NS)}
        assert {holiday.name for holiday in used.holidays} <= free


def test_nothing_typed_breaks_the_file(project: ElementTree.Element) -> None:
    assert text(project, "Name") == '=1+1 </Name> & "quotes"\n'


def test_phones_see_each_task_on_its_days(schedule: nouns.Schedule) -> None:
    content = phone_calendar.write(
        schedule, name="Upya, dates; 2027", identity="upya", made_on=dt.date(2027, 1, 4)
    )
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    found = {str(one["uid"]): (one.decoded("dtstart"), one.decoded("dtend")) for one in events}
    day = dt.timedelta(days=1)
    assert schedule.target is not None
    assert found == {
        "promise@upya": (schedule.promise, schedule.promise + day),
        "target@upya": (schedule.target, schedule.target + day),
        **{f"{task.id}@upya": (task.start, task.end + day) for task in schedule.tasks},
    }
    # RFC 5545 wants these of every event
    assert all(one.decoded("dtstamp").tzinfo is not None for one in events)


def test_the_next_version_changes_the_same_events(schedule: nouns.Schedule) -> None:
    first, second = (
        phone_calendar.write(schedule, name="Upya", identity="upya", made_on=dt.date(2027, 1, day))
        for day in (4, 5)
    )
    uids = [
        [str(one["uid"]) for one in icalendar.Calendar.from_ical(c).walk("VEVENT")] for c in (first, second)
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])


def test_excel_has_tasks_orders_and_free_days(schedule: nouns.Schedule) -> None:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.write(schedule)))
    goals, tasks, orders, calendars = (list(book[one].values) for one in book.sheetnames)
    assert [row[1].date() for row in goals[1:]] == [schedule.promise, schedule.likely.safe]
    assert [row[4] and row[4].date() for row in goals[1:]] == [schedule.target, None]
    assert len(tasks) == len(schedule.tasks) + 1
    assert tasks[1][1] == words.say(schedule.tasks[0].name)
    assert tasks[1][4].date() == schedule.tasks[0].start
    assert len(orders) == len(schedule.orders) + 1
    assert any("estimated" in str(row[3]) for row in calendars) == any(
        holiday.estimated for one in schedule.calendars for holiday in one.holidays
    )
