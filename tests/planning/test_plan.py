"""The whole plan: nothing answered is lost, nothing unknown becomes a number, everything can be said."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from flows import book as books_of_flows
from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, outline, plan, words
from tests.planning import random_books
from tests.planning.books import TODAY, book, office, section

SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"

FRAMEWORK = [f"S{number:02}" for number in range(1, 45)] + [f"X{number:02}" for number in range(1, 9)]


def made(given: flow_nouns.AnswerBook, *, prove: bool = True) -> nouns.Plan:
    return plan.make_plan(given, shipped.assessment(), today=TODAY, prove=prove)


@pytest.fixture(scope="module")
def sample() -> nouns.Plan:
    return made(books_of_flows.decode(SAMPLE.read_bytes()))


def inside(value: object, kind: type) -> Iterator:
    """Every value of a kind within another."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from inside(getattr(value, name), kind)
    elif isinstance(value, dict):
        for one in value.values():
            yield from inside(one, kind)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from inside(one, kind)


def holds_together(found: nouns.Plan) -> None:
    """What is true of every plan, whatever was answered."""
    for text in inside(found, nouns.Text):
        assert words.say(text)
    points = {point.id for point in found.open_points}
    assert len(points) == len(found.open_points)
    for figure in inside(found, nouns.Figure):
        assert set(figure.waits_for) <= points, figure.label
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
    assert msgspec.json.decode(msgspec.json.encode(found), type=nouns.Plan) == found


def test_an_empty_book_gives_a_plan_of_open_points():
    found = made(book())
    holds_together(found)
    assert {point.reason for point in found.open_points} == {nouns.Reason.NOT_HANDED_IN}
    assert len(found.open_points) == len(shipped.assessment())
    assert {point.owner for point in found.open_points} == {"Ann Achieng", "Pam Mwangi"}
    assert found.completeness.answered == 0
    assert found.hosting.size == ""
    assert found.costs.total.value is None
    (branch,) = found.branches
    unknown = [
        branch.connectivity.availability, branch.power.autonomy, branch.computers.have, branch.printing.need,
        found.migration.by_hand, found.training.trainer_days, found.costs.once, found.costs.per_client,
    ]  # fmt: skip
    for figure in unknown:
        assert figure.value is None, figure.label
        assert figure.waits_for, figure.label


def nothing_unknown_is_zero(found: nouns.Plan) -> None:
    """No quantity and no money that waits for an answer shows as 0; only readiness counts what nobody knows as nothing."""
    for figure in inside(found, nouns.Figure):
        formula = figure.formula.code if figure.formula is not None else ""
        if figure.waits_for and not formula.startswith(("formula.ready", "formula.readiness")):
            assert figure.value != 0, (figure.label, figure.waits_for)
    for row in found.costs.rows:
        if row.quantity.value is None or (row.quantity.value and row.unit_price.value is None):
            assert row.amount.value is None, row.what
    for gap in (*found.hosting.ways, *(one for page in found.branches for one in page.options)):
        for way in gap.options:
            if any(buy.price.value is None and buy.quantity.value != 0 for buy in way.buys):
                assert way.cost.value is None, way.what


def test_nothing_answered_costs_nothing_known():
    for found in (made(book()), made(flow_nouns.AnswerBook(book().institution))):
        nothing_unknown_is_zero(found)
        money = [found.costs.once, found.costs.contingency, found.costs.total, found.costs.per_client]
        assert [figure.value for figure in money] == [None] * 4
        assert {figure.value for figure in found.needs} == {None}
        assert {row.amount.value for row in found.costs.rows if row.what.code == "cost.specialist"} == {None}


def test_where_two_answers_stand_the_open_point_names_the_other_and_who_proposes_it():
    proposed = flow_nouns.Answer(1200, by="pam")
    disputed = msgspec.structs.replace(office(), disputes={"clients": proposed})
    [point] = [one for one in made(book(disputed)).open_points if one.key == "clients"]
    assert point.reason is nouns.Reason.DISPUTED
    assert point.remark == "Pam Mwangi: 1,200 clients"


def test_open_points_say_why_and_by_when():
    unknown = flow_nouns.Answer(None, by="ann", sure=flow_nouns.Sure.UNKNOWN, note="ask the owner")
    skipped = flow_nouns.Answer(None, by="ann", sure=flow_nouns.Sure.SKIPPED)
    found = made(book(office(clients=unknown, tellers=skipped)))
    points = {point.key: point for point in found.open_points if point.flow == "branch_office"}
    assert points["clients"].reason is nouns.Reason.UNKNOWN
    assert points["clients"].remark == "ask the owner"
    assert points["tellers"].reason is nouns.Reason.SKIPPED
    assert points["location"].reason is nouns.Reason.UNANSWERED
    assert points["clients"].due == dt.date(2027, 1, 18)  # two weeks from Monday 4 January


@pytest.mark.parametrize(
    ("part", "waiting"),
    [
        pytest.param("clients", {"clients"}, id="a question"),
        pytest.param("", {"clients", "tellers"}, id="the whole section"),
        pytest.param("staff", set(), id="what is answered"),
    ],
)
def test_what_a_colleague_was_asked_says_who_and_since_when(part, waiting):
    since = dt.date(2026, 12, 15)
    given = office(clients=flow_nouns.Answer(None, by="ann", sure=flow_nouns.Sure.SKIPPED), tellers=None)
    asked = msgspec.structs.replace(given, waits={part: flow_nouns.Waiting("Amina", since)})
    points = {point.key: point for point in made(book(asked)).open_points if point.flow == "branch_office"}
    found = {key for key, point in points.items() if (point.asked, point.asked_on) == ("Amina", since)}
    assert found & {"clients", "tellers", "staff"} == waiting
    assert all(points[key].reason is nouns.Reason.ASKED for key in found)
    assert len({point.owner for point in points.values()}) == 1, "the owner still owes it"


@pytest.mark.parametrize(
    ("sure", "reason"),
    [
        pytest.param(None, None, id="an empty list that is handed in: there is nothing"),
        pytest.param(flow_nouns.Sure.NOT_APPLICABLE, None, id="it does not concern them"),
        pytest.param(flow_nouns.Sure.UNKNOWN, nouns.Reason.UNKNOWN, id="nobody knows"),
        pytest.param(flow_nouns.Sure.ASKED, nouns.Reason.ASKED, id="a colleague is asked"),
        pytest.param(flow_nouns.Sure.SKIPPED, nouns.Reason.SKIPPED, id="left for later"),
    ],
)
def test_an_empty_list_is_what_its_respondent_says(sure, reason):
    said = {} if sure is None else {"systems": flow_nouns.Answer(None, "ann", sure=sure)}
    given = section("it_systems", failover_wish="advise")
    found = made(book(msgspec.structs.replace(given, answers={**given.answers, **said})))
    reasons = [point.reason for point in found.open_points if point.key == "systems"]
    assert reasons == ([] if reason is None else [reason])


def test_what_a_colleague_is_asked_is_open_and_what_does_not_apply_is_not():
    asked = flow_nouns.Answer(None, by="ann", sure=flow_nouns.Sure.ASKED)
    waived = flow_nouns.Answer(None, by="ann", sure=flow_nouns.Sure.NOT_APPLICABLE)
    found = made(book(office(clients=asked, tellers=waived)))
    points = {point.key: point for point in found.open_points if point.flow == "branch_office"}
    assert points["clients"].reason is nouns.Reason.ASKED
    assert "tellers" not in points
    blocks = [
        block for chapter in found.sections for block in chapter.answers if block.flow == "branch_office"
    ]
    said = {one.key: one for block in blocks for one in block.answered}
    assert (said["tellers"].open, said["tellers"].sure) == (False, flow_nouns.Sure.NOT_APPLICABLE)


def test_a_point_is_not_due_at_a_weekend():
    found = plan.make_plan(book(), shipped.assessment(), today=dt.date(2027, 1, 9))
    assert found.open_points[0].due == dt.date(2027, 1, 25)  # Saturday the 23rd moves to Monday


def test_every_id_of_the_framework_has_one_place():
    placed = [seed for chapter in outline.CHAPTERS for seed in chapter.seeds]
    assert sorted(placed) == FRAMEWORK


def test_every_answer_of_the_sample_is_printed(sample):
    given = books_of_flows.decode(SAMPLE.read_bytes())
    printed = {
        (block.flow, block.branch, row.key)
        for chapter in sample.sections
        for block in chapter.answers
        for row in inside(block, nouns.Answered)
    }
    applying = books_of_flows.applying(given, shipped.assessment())
    living = {(part.flow, part.branch, key) for part in applying.sections for key in part.answers}
    assert living
    assert living <= printed


@pytest.mark.parametrize("seed", [seed for seed in FRAMEWORK if seed.startswith("S")])
def test_every_id_shows_its_answers_at_its_place(sample, seed):
    chapter = next(one for one in sample.sections if one.key == outline.place_of(seed).key)
    shown = [row for block in chapter.answers for row in inside(block, nouns.Answered) if seed in row.seeds]
    assert any(row.shown for row in shown)


def test_the_sample_holds_together(sample):
    holds_together(sample)
    assert sample.warnings == ()
    assert sample.hosting.size == "S"
    assert sample.schedule.status in {"optimal", "feasible"}
    assert sample.schedule.chain[-1] == "done"


def test_the_plan_reads_only_what_the_flows_ask(sample):
    assert not [text for text in sample.warnings if text.code == "warning.not_asked"]
    codes = {text.code for text in made(book(office())).warnings}
    assert "warning.not_asked" not in codes


def test_training_gets_its_dates_from_the_schedule(sample):
    tasks = {task.id: task for task in sample.schedule.tasks}
    course = next(one for one in sample.training.courses if one.role.code == "role.branches")
    taught = [task for name, task in tasks.items() if name.startswith("teach_")]
    assert (course.start, course.end) == (min(t.start for t in taught), max(t.end for t in taught))


TRAVEL = {"lodwar": 3}
"""Days on the road to a branch of the sample: 14 hours × 1.5 because the road closes / 8, rounded up."""


def test_courses_first_days_and_the_way_are_all_the_days_that_hold_a_trainer(sample):
    """The table of courses, the dates and the trainers' pay count the same groups."""
    held = [task for task in sample.schedule.tasks if "trainer" in task.roles]
    beside = sum(task.days for task in held if task.id.startswith("support_"))
    on_the_road = sum(TRAVEL.get(task.branch, 0) for task in held if task.id.startswith("teach_"))
    courses = sum(course.trainer_days.value for course in sample.training.courses)
    assert courses + beside + on_the_road == sample.training.trainer_days.value
    (paid,) = [row for row in sample.costs.rows if row.what.code == "cost.trainers"]
    assert paid.quantity.value == sample.training.trainer_days.value


def test_critical_reports_come_before_acceptance(sample):
    tasks = {task.id: task for task in sample.schedule.tasks}
    critical = [row for row in sample.reports if row.before_acceptance]
    assert critical
    for row in critical:
        assert tasks[f"report_{row.rank}"].end < tasks["acceptance"].start


def test_the_budget_pays_every_day_that_the_plan_gives_the_specialist(sample):
    paid = next(row for row in sample.costs.rows if row.what.code == "cost.specialist").quantity.value
    efforts = sum(gap.effort.value for gap in sample.functional_gaps if gap.effort is not None)
    others = sum(
        task.days
        for task in sample.schedule.tasks
        if "specialist" in task.roles and not task.id.startswith("gap_")
    )
    # 46.5 for the gaps, 12 + 15 for the changes, 4 for the reports; gaps, settings, 3 rehearsals, tests and 3 moves:
    # 5 + 10 + 3 × 5 + 10 + 3 × 2 = 46
    assert (efforts, others) == (46.5, 46)
    assert paid == efforts + 27 + 4 + others


def test_work_that_nobody_is_named_for_is_not_judged_good(sample):
    judged = {load.role.code: (load.who != "", load.severity) for load in sample.people.loads}
    assert judged["who.developer"] == (False, nouns.Severity.AMBER)
    assert judged["who.manager"] == (True, nouns.Severity.GREEN)


def test_lodwar_is_reached_outside_the_rain(sample):
    # its road is closed from March to May
    for task in sample.schedule.tasks:
        if task.branch == "lodwar" and task.field_work:
            assert task.end < dt.date(2027, 3, 1) or task.start > dt.date(2027, 5, 31)


def test_an_answer_beyond_measure_is_named_and_the_rest_goes_on():
    desks = section("branch_equipment", "b", computers=[])
    found = made(book(office(), desks, section("finance_setup", price_computer=1e15)))
    holds_together(found)
    assert next(row for row in found.costs.rows if row.what.code == "cost.computers").amount.value is None
    assert "warning.beyond_measure" in {text.code for text in found.warnings}


@pytest.mark.parametrize(
    "number", [pytest.param(1e308, id="a number"), pytest.param(10**30, id="a whole number")]
)
def test_an_answer_of_more_digits_than_anybody_counts_is_told(number):
    found = made(book(office(clients=number)), prove=False)
    assert any("1.00e+" in words.say(text) for text in found.warnings)


def test_times_when_nobody_is_free_hold_no_work():
    audit = [{"what": "Audit", "from_date": "2027-01-04", "to_date": "2027-01-31"}]
    found = made(book(section("project_team", closed_periods=audit)))
    assert found.schedule.tasks[0].start == dt.date(2027, 2, 1)


def test_the_branch_works_on_the_days_its_staff_say():
    found = made(book(office(working_days=["sun", "mon", "tue", "wed", "thu"])))
    used = next(calendar for calendar in found.schedule.calendars if calendar.id == "b")
    assert used.weekend == (4, 5)


def test_the_same_book_gives_the_same_plan():
    given = books_of_flows.decode(SAMPLE.read_bytes())
    assert made(given) == made(given)


# not shrunk: a book is large, and the seed is printed
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(random_books.books())
def test_any_partial_book_gives_a_plan(given):
    found = made(given, prove=False)
    holds_together(found)
    nothing_unknown_is_zero(found)


def test_a_list_whose_entries_are_called_by_an_answer_is_printed_without_it(sample):
    chapter = next(section for section in sample.sections if section.key == "functional_gaps")
    tables = [table for block in chapter.answers for table in block.tables]
    table = next(table for table in tables if table.columns[0] == "What is lacking?")
    assert table.title == "What Mifos lacks"
    assert table.columns[-4:] == (
        "What shall be done?",
        "Who will use it, and for what?",
        "How many times a month?",
        "When do you need it?",
    )
    assert len(table.rows) == 12, "those that are wanted, of all that Mifos lacks"


def test_an_open_point_names_the_entry_that_it_is_about():
    given = section("operations_needs", modules=["savings"], must_savings=["sav_10"], nice_to_have=["none"])
    found = made(book(given))
    assert "Print in the passbook: when do you need it?" in {point.question for point in found.open_points}
