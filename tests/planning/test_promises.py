"""What can be promised: the wished date asks when all branches work with Mifos, not when the project closes."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from flows import book as books_of_flows
from planning import chapters, nouns, promises, words
from tests.planning.books import TODAY, book
from tests.planning.test_plan import SAMPLE, made

DAY = dt.date(2027, 6, 10)


def days(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


@pytest.fixture(scope="module")
def sample() -> nouns.Schedule:
    found = made(books_of_flows.decode(SAMPLE.read_bytes()), prove=False).schedule
    assert found is not None
    return found


def test_the_goal_is_the_last_branch_and_the_close_comes_later(sample: nouns.Schedule) -> None:
    last = max(task.end for task in sample.tasks if task.id.startswith("live_"))
    assert sample.goal == sample.live == last < sample.finish
    assert sample.live_likely is not None
    assert sample.likely is not None
    assert sample.live <= sample.live_likely.even <= sample.live_likely.safe == sample.promise
    assert sample.live_likely.safe < sample.likely.safe


def test_the_wished_date_is_held_against_the_last_branch(sample: nouns.Schedule) -> None:
    assert sample.live_likely is not None
    assert sample.live_likely.on_target is not None
    assert sample.likely is not None
    assert sample.likely.on_target is not None
    # between the last branch and the close a wish may be met by the one and missed by the other
    assert sample.live_likely.on_target > sample.likely.on_target
    assert sample.target is not None
    early = (sample.target - sample.live).days
    assert f"{early} days before the wished" in words.say(sample.verdict)


def told(**changes: object) -> list[str]:
    base = nouns.Schedule(DAY, days(60), "optimal", (), (), (), live=DAY, target=days(5))
    schedule = msgspec.structs.replace(base, **changes)
    return [words.say(text) for text in promises.said(schedule)]


def test_the_day_to_promise_is_said_first_and_the_close_last() -> None:
    said = told(
        live_likely=nouns.Likely(400, days(2), days(9), 60), likely=nouns.Likely(400, days(62), days(70), 0)
    )
    assert said[0].startswith(
        "Promise 19 June 2027: four times in five all branches work with Mifos by then."
    )
    assert said[1] == "The chance that all branches work with Mifos by the wished 15 June 2027 is 60%."
    assert said[-1].endswith("four times in five by 19 August 2027, as planned on 9 August 2027.")


def test_without_branches_the_close_is_the_goal() -> None:
    said = told(live=None, likely=nouns.Likely(400, days(62), days(70), 0))
    assert said[0].startswith("Promise 19 August 2027: four times in five the project is closed by then.")
    assert len(said) == 2


def test_without_a_simulation_the_close_is_told_as_planned() -> None:
    assert told() == [
        "The project closes on 9 August 2027, when what turns up is settled and everything is handed over."
    ]


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        pytest.param(0, "less than 1%", id="no run is no certainty"),
        pytest.param(1, "1%", id="few"),
        pytest.param(100, "more than 99%", id="every run is no certainty"),
    ],
)
def test_a_chance_is_never_a_certainty(chance: int, said: str) -> None:
    assert words.say(promises.percent(chance)) == said


@pytest.mark.parametrize(
    ("target", "says"),
    [
        pytest.param(dt.date(2046, 1, 1), "before the wished 1 January 2046", id="far ahead"),
        pytest.param(dt.date(2026, 1, 1), "after the wished 1 January 2026", id="long gone"),
        pytest.param(None, "No wished date was given", id="none"),
    ],
)
def test_the_verdict_names_the_wish(target: dt.date | None, says: str) -> None:
    given = book()
    found = made(
        msgspec.structs.replace(
            given, institution=msgspec.structs.replace(given.institution, target_date=target)
        ),
        prove=False,
    )
    assert found.schedule is not None
    assert found.schedule.verdict is not None
    assert says in words.say(found.schedule.verdict)


def test_the_team_knows_its_day_better_than_whoever_began() -> None:
    given = books_of_flows.decode(SAMPLE.read_bytes())
    early = msgspec.structs.replace(given.institution, target_date=dt.date(2027, 5, 5))
    found = made(msgspec.structs.replace(given, institution=early), prove=False)
    assert found.schedule is not None
    assert found.target == found.schedule.target != early.target_date


def test_page_one_leads_with_the_day_to_promise() -> None:
    given = made(books_of_flows.decode(SAMPLE.read_bytes()), prove=False)
    assert given.schedule is not None
    said = [words.say(text) for text in chapters.contents(given)["summary"].statements]
    dates = [one for one in said if "202" in one]
    assert dates[0].startswith("Promise ")
    assert given.made_on == TODAY
