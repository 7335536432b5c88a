"""The project file keeps the rules of Microsoft's schema: Project refuses one that does not.

Told here in our own words after the pages "XML Schema for the Project, Calendars, Tasks, Resources, Assignments Element"
(learn.microsoft.com, Project 2007, file mspdi_pj12.xsd), as far as the file goes: of each element, its children in their
order, what each holds, and whether it must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import msgspec
import pytest

from flows import book as books_of_flows
from planning import nouns
from planning.exports import project_xml
from tests.planning.test_plan import SAMPLE, made

NUMBER, YES_OR_NO = r"-?\d+", r"[01]"
DAY, HOUR = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", r"\d\d:\d\d:\d\d"
LENGTH = r"PT\d+H\d+M\d+S"
WORDS = r"(?s).*"

SCHEMA: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "Project": (
        ("SaveVersion", NUMBER, True), ("Name", r"(?s).{0,255}", False), ("ScheduleFromStart", YES_OR_NO, False),
        ("StartDate", DAY, False), ("CurrencyCode", r".{0,3}", True), ("CalendarUID", NUMBER, False),
        ("DefaultStartTime", HOUR, False), ("DefaultFinishTime", HOUR, False), ("MinutesPerDay", NUMBER, False),
        ("MinutesPerWeek", NUMBER, False), ("DaysPerMonth", NUMBER, False), ("Calendars", "", False),
        ("Tasks", "", False), ("Resources", "", False), ("Assignments", "", False),
    ),
    "Calendars": (("Calendar", "", True),),
    "Calendar": (
        ("UID", NUMBER, True), ("Name", r"(?s).{0,512}", False), ("IsBaseCalendar", YES_OR_NO, False),
        ("BaseCalendarUID", NUMBER, False), ("WeekDays", "", False), ("Exceptions", "", False),
    ),
    "WeekDays": (("WeekDay", "", False),),
    "WeekDay": (("DayType", r"[0-7]", True), ("DayWorking", YES_OR_NO, False), ("WorkingTimes", "", False)),
    "WorkingTimes": (("WorkingTime", "", False),),
    "WorkingTime": (("FromTime", HOUR, False), ("ToTime", HOUR, False)),
    "Exceptions": (("Exception", "", False),),
    "Exception": (
        ("EnteredByOccurrences", YES_OR_NO, False), ("TimePeriod", "", False), ("Occurrences", NUMBER, False),
        ("Name", r"(?s).{0,512}", False), ("Type", r"[1-9]", False), ("DayWorking", YES_OR_NO, False),
    ),
    "TimePeriod": (("FromDate", DAY, False), ("ToDate", DAY, False)),
    "Tasks": (("Task", "", False),),
    "Task": (
        ("UID", NUMBER, True), ("ID", NUMBER, False), ("Name", r"(?s).{0,512}", False), ("Type", r"[0-2]", False),
        ("OutlineLevel", NUMBER, False), ("Start", DAY, False), ("Finish", DAY, False), ("Duration", LENGTH, False),
        ("DurationFormat", r"\d\d?", False), ("Milestone", YES_OR_NO, False), ("Summary", YES_OR_NO, False),
        ("Critical", YES_OR_NO, False), ("ConstraintType", r"[0-7]", False), ("CalendarUID", NUMBER, False),
        ("ConstraintDate", DAY, False), ("Deadline", DAY, False), ("IgnoreResourceCalendar", YES_OR_NO, False), ("Notes", WORDS, False),
        ("PredecessorLink", "", False),
    ),
    "PredecessorLink": (("PredecessorUID", NUMBER, False), ("Type", r"[0-3]", False)),
    "Resources": (("Resource", "", False),),
    "Resource": (
        ("UID", NUMBER, True), ("ID", NUMBER, False), ("Name", r"(?s).{0,512}", False), ("Type", r"[01]", False),
        ("MaxUnits", r"\d+(\.\d+)?", False),
    ),
    "Assignments": (("Assignment", "", False),),
    "Assignment": (
        ("UID", NUMBER, True), ("TaskUID", NUMBER, False), ("ResourceUID", NUMBER, False),
        ("Units", r"\d+(\.\d+)?", False),
    ),
}  # fmt: skip
"""Element -> its children: name, what its text matches (nothing where it has children of its own), whether it must be there."""

MANY = {
    "Calendar",
    "WeekDay",
    "WorkingTime",
    "Exception",
    "Task",
    "PredecessorLink",
    "Resource",
    "Assignment",
}
"""May stand several times."""


def broken(element: ElementTree.Element) -> Iterator[str]:
    """Every rule that an element or one below it breaks."""
    name = element.tag.removeprefix(f"{{{project_xml.NAMESPACE}}}")
    rules = SCHEMA[name]
    order = [child for child, _, _ in rules]
    held = {child: pattern for child, pattern, _ in rules}
    found = [child.tag.removeprefix(f"{{{project_xml.NAMESPACE}}}") for child in element]
    for stray in sorted(set(found) - set(order)):
        yield f"{name} has {stray}"
    places = [order.index(child) for child in found if child in held]
    if places != sorted(places):
        yield f"{name} has its children in another order: {found}"
    for child, _, needed in rules:
        if needed and child not in found:
            yield f"{name} lacks {child}"
        if child not in MANY and found.count(child) > 1:
            yield f"{name} has {child} twice"
    for child, one in zip(found, element, strict=True):
        if child in SCHEMA:
            yield from broken(one)
        elif not re.fullmatch(held.get(child, WORDS), one.text or ""):
            yield f"{name}/{child} is {one.text!r}"


@pytest.fixture(scope="module")
def schedule() -> nouns.Schedule:
    found = made(books_of_flows.decode(SAMPLE.read_bytes()), prove=False).schedule
    assert found is not None
    return found


def written(schedule: nouns.Schedule, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(project_xml.write(schedule, name=name, currency="KES"))


def test_a_sample_keeps_the_rules(schedule: nouns.Schedule) -> None:
    assert list(broken(written(schedule, "Jitegemea"))) == []


def test_names_of_any_length_keep_them(schedule: nouns.Schedule) -> None:
    long = tuple(
        msgspec.structs.replace(one, name="a very long name " * 50, who=("somebody " * 80,))
        for one in schedule.tasks
    )
    assert list(broken(written(msgspec.structs.replace(schedule, tasks=long), "Upya " * 90))) == []


def test_no_number_is_given_twice_and_every_link_leads_somewhere(schedule: nouns.Schedule) -> None:
    project = written(schedule, "Jitegemea")
    ns = {"p": project_xml.NAMESPACE}
    numbers = {
        kind: [one.findtext("p:UID", "", ns) for one in project.iter(f"{{{project_xml.NAMESPACE}}}{kind}")]
        for kind in ("Calendar", "Task", "Resource", "Assignment")
    }
    for kind, found in numbers.items():
        assert len(set(found)) == len(found), kind
    for path, kind in (
        (".//p:PredecessorUID", "Task"), (".//p:TaskUID", "Task"), (".//p:ResourceUID", "Resource"),
        (".//p:CalendarUID", "Calendar"),
    ):  # fmt: skip
        assert {one.text for one in project.iterfind(path, ns)} <= {*numbers[kind]}, path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("<SaveVersion>12</SaveVersion>", "", "Project lacks SaveVersion", id="what must be there"),
        pytest.param("<ID>1</ID>", "<ID>one</ID>", "Task/ID is 'one'", id="no number"),
        pytest.param("<UID>1</UID>", "<Colour>1</Colour>", "Task has Colour", id="what the schema does not know"),
        pytest.param("<CurrencyCode>KES</CurrencyCode>", "", "Project lacks CurrencyCode", id="no currency"),
    ],
)  # fmt: skip
def test_the_judge_finds_broken_rules(schedule: nouns.Schedule, old: str, new: str, says: str) -> None:
    text = project_xml.write(schedule, name="Jitegemea", currency="KES").decode()
    assert says in broken(ElementTree.fromstring(text.replace(old, new)))
