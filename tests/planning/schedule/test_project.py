"""The project file: what is read and written, and how each mistake in it is told."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from planning import calendars
from planning.schedule import project, scheduler

SAMPLE = {
    "start": "2027-01-04",
    "calendars": {
        "HQ": {
            "country": "KE", "subdivision": None, "weekend": [5, 6], "holidays": ["2027-04-02"],
            "closed": [["2027-03-15", "2027-05-31"]],
        }
    },
    "resources": {"PM": 1},
    "tasks": [
        {"id": "K1", "name": "Kick-off", "days": 0, "calendar": "HQ"},
        {
            "id": "A1", "name": "Plan", "days": 8, "elapsed": False, "calendar": "HQ", "field_work": False,
            "needs": {"PM": 1}, "after": ["K1"],
        },
    ],
}  # fmt: skip


def changed(**changes):
    return json.dumps(SAMPLE | changes)


def one(**changes):
    return changed(tasks=[{"id": "A", "days": 1} | changes])


def test_the_documented_file_gives_the_documented_answer():
    written = json.loads(project.write(scheduler.schedule(project.read(json.dumps(SAMPLE)))))
    assert written["finish"] == "2027-01-13"  # 8 working days from Monday 4 January
    assert written["status"] == "optimal"
    assert written["tasks"]["A1"] == {
        "start": "2027-01-04",
        "end": "2027-01-13",
        "waits_for": None,
        "why": "start",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("{", "cannot be read", id="no JSON"),
        pytest.param(changed(start="soon"), "`$.start`", id="no date"),
        pytest.param(changed(tsks=[]), "tsks", id="an unknown field"),
        pytest.param(one(after=["B"]), "waits for B, which is no task", id="an unknown predecessor"),
        pytest.param(one(after=["A"]), "in a circle: A → A", id="waits for itself"),
        pytest.param(
            changed(tasks=[{"id": "A", "days": 1, "after": ["B"]}, {"id": "B", "days": 1, "after": ["A"]}]),
            "in a circle",
            id="two wait for each other",
        ),
        pytest.param(
            changed(tasks=[{"id": "A", "days": 1}] * 2), "Two tasks have the id A", id="the same id twice"
        ),
        pytest.param(one(days=-1), "has -1 days", id="days below 0"),
        pytest.param("", "cannot be read", id="an empty file"),
        pytest.param("[]", "Expected `object`", id="a list"),
        pytest.param(one(days="3"), "`$.tasks[0].days`", id="days in words"),
        pytest.param(one(days=1.5), "`$.tasks[0].days`", id="half a day"),
        pytest.param(one(days=10**9), "more than 30 years, when task A is put", id="days beyond measure"),
        pytest.param(one(days=10**9, elapsed=True), "more than 30 years", id="waiting beyond measure"),
        pytest.param(changed(start="9999-12-31"), "starts on 9999-12-31", id="the last day there is"),
        pytest.param(changed(resources={"PM": -1}), "-1 of the resource PM", id="fewer people than none"),
        pytest.param(
            changed(
                calendars={"HQ": {"closed": [["2020-01-01", "9999-12-31"]]}},
                tasks=[{"id": "A", "days": 1, "field_work": True}],
            ),
            "needs 1 day in the field",
            id="closed for ever",
        ),
        pytest.param(one(calendar="X"), "calendar X, which is not given", id="an unknown calendar"),
        pytest.param(one(needs={"X": 1}), "needs X, which is not given", id="an unknown resource"),
        pytest.param(
            one(needs={"PM": 2}), "needs 2 of PM, but there are only 1", id="more people than there are"
        ),
        pytest.param(one(needs={"PM": -1}), "needs -1 of PM", id="people below 0"),
        pytest.param(changed(calendars={"HQ": {"weekend": [7]}}), "outside 0 to 6", id="an eighth day"),
        pytest.param(
            changed(calendars={"HQ": {"weekend": list(range(7))}}), "no working day", id="a week of weekends"
        ),
        pytest.param(
            changed(calendars={"HQ": {"closed": [["2027-02-02", "2027-02-01"]]}}),
            "runs backwards",
            id="a range backwards",
        ),
        pytest.param(changed(calendars={"HQ": {"country": "XX"}}), "country XX", id="an unknown country"),
        pytest.param(
            changed(calendars={"HQ": {"country": "IN", "subdivision": "XX"}}),
            "no region XX",
            id="an unknown region",
        ),
    ],
)
def test_each_mistake_is_named(text, words):
    with pytest.raises(project.ScheduleError, match=re.escape(words)):
        scheduler.schedule(project.read(text))


def test_a_circle_is_named_in_order():
    tasks = [
        {"id": "A", "days": 1, "after": ["C"]},
        {"id": "B", "days": 1, "after": ["A"]},
        {"id": "C", "days": 1, "after": ["B"]},
    ]
    with pytest.raises(project.ScheduleError, match="circle") as raised:
        project.read(changed(tasks=tasks))
    circle = str(raised.value).split(": ")[1].split(".")[0].split(" → ")
    assert circle[0] == circle[-1]
    assert set(circle) == {"A", "B", "C"}


def test_field_work_that_never_fits_is_explained():
    spans = [
        [f"{year}-{month:02}-06", f"{year}-{month:02}-28"]
        for year in range(2027, 2060)
        for month in range(1, 13)
    ]
    calendar = {"holidays": [], "closed": spans}
    text = changed(
        calendars={"HQ": calendar}, tasks=[{"id": "A", "days": 20, "field_work": True, "calendar": "HQ"}]
    )
    with pytest.raises(project.ScheduleError, match="Task A needs 20 days in the field"):
        scheduler.schedule(project.read(text))


@pytest.mark.parametrize(
    "more", [pytest.param({}, id="working days"), pytest.param({"elapsed": True}, id="waiting")]
)
def test_a_project_of_a_hundred_years_is_explained(more):
    with pytest.raises(project.ScheduleError, match="more than 30 years"):
        scheduler.schedule(project.read(one(days=40_000, calendar="HQ", **more)))


def test_an_unknown_method_is_named():
    with pytest.raises(project.ScheduleError, match="There is no method perfect"):
        scheduler.schedule(project.read(json.dumps(SAMPLE)), method="perfect")


def test_moon_dates_are_marked():
    found = {holiday.name: holiday for holiday in calendars.public_holidays("KE", None, 2027)}
    assert found["Eid al-Fitr"].estimated
    assert not found["Good Friday"].estimated
    assert found["Good Friday"].day == dt.date(2027, 3, 26)


def test_a_long_circle_is_named_by_its_beginning():
    tasks = [{"id": f"T{n}", "days": 1, "after": [f"T{(n + 1) % 500}"]} for n in range(500)]
    with pytest.raises(project.ScheduleError, match="in a circle") as problem:
        scheduler.schedule(project.read(json.dumps({"start": "2027-01-04", "tasks": tasks})))
    assert str(problem.value).count(" → ") == project.MAX_NAMED
    assert len(str(problem.value)) < 300
