"""What changed between two plans: every kind of change said, weighed, attributed, and the same in both directions."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import sample
from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, versions, words
from planning.comparison import compare
from tests.planning import random_books

TODAY = dt.date(2026, 11, 26)
Edit = Callable[[nouns.Plan], nouns.Plan]
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def made() -> nouns.Plan:
    """The plan of the sample institution."""
    return plan.make_plan(sample.answers(), shipped.assessment(), today=TODAY, prove=False)


def edited(field: str, change: Callable[[tuple], tuple]) -> Edit:
    """A plan with one of its lists changed."""
    return lambda made: replace(made, **{field: tuple(change(getattr(made, field)))})


def first(**fields: object) -> Callable[[tuple], tuple]:
    return lambda members: (replace(members[0], **fields), *members[1:])


def dearer(made: nouns.Plan) -> nouns.Plan:
    once = replace(made.costs.once, value=made.costs.once.value * 2)
    return replace(made, costs=replace(made.costs, once=once))


def row(place: int, keep: bool = True) -> Edit:
    def change(made: nouns.Plan) -> nouns.Plan:
        rows = list(made.costs.rows)
        if keep:
            rows[place] = replace(rows[place], amount=replace(rows[place].amount, value=None, low=500.0))
        else:
            del rows[place]
        return replace(made, costs=replace(made.costs, rows=tuple(rows)))

    return change


def scheduled(change: Callable[[nouns.Schedule], nouns.Schedule]) -> Edit:
    return lambda made: replace(made, schedule=change(made.schedule))


def later(schedule: nouns.Schedule) -> nouns.Schedule:
    """The first task that sets the finish takes three days more."""
    longer = replace(schedule.tasks[0], days=schedule.tasks[0].days + 3)
    likely = replace(schedule.live_likely, safe=schedule.live_likely.safe + dt.timedelta(4))
    tasks = (longer, *schedule.tasks[1:])
    return replace(schedule, finish=schedule.finish + dt.timedelta(1), tasks=tasks, live_likely=likely)


def live(schedule: nouns.Schedule) -> nouns.Schedule:
    tasks = [
        replace(task, start=task.start - dt.timedelta(2)) if task.id == "live_lodwar" else task
        for task in schedule.tasks
    ]
    return replace(schedule, tasks=tuple(tasks))


def on_page(branch: str, change: Callable[[nouns.BranchPlan], nouns.BranchPlan]) -> Edit:
    return lambda made: replace(
        made, branches=tuple(change(page) if page.branch.id == branch else page for page in made.branches)
    )


def closed(page: nouns.BranchPlan) -> nouns.BranchPlan:
    gaps = [replace(gap, severity=nouns.Severity.GREEN) if gap.id == "power" else gap for gap in page.gaps]
    return replace(page, gaps=tuple(gaps))


def fewer(page: nouns.BranchPlan) -> nouns.BranchPlan:
    gaps = [
        replace(gap, gap=replace(gap.gap, value=1.0)) if gap.id == "computers" else gap for gap in page.gaps
    ]
    return replace(page, gaps=tuple(gaps))


def smaller_ups(page: nouns.BranchPlan) -> nouns.BranchPlan:
    return replace(page, power=replace(page.power, ups=replace(page.power.ups, value=None)))


def rented(page: nouns.BranchPlan) -> nouns.BranchPlan:
    decisions = [
        replace(one, options=tuple(replace(way, advised=not way.advised) for way in one.options))
        if one.gap == "power"
        else one
        for one in page.options
    ]
    return replace(page, options=tuple(decisions))


def on_server(**fields: object) -> Edit:
    return lambda made: replace(made, hosting=replace(made.hosting, **fields))


def wished_elsewhere(made: nouns.Plan) -> nouns.Plan:
    options = tuple(replace(one, wished=place == 2) for place, one in enumerate(made.hosting.options))
    return replace(made, hosting=replace(made.hosting, options=options))


def answer(flow: str, key: str, **fields: object) -> Edit:
    """A plan in which one answer is another."""

    def of_block(block: nouns.AnswerBlock) -> nouns.AnswerBlock:
        if block.flow != flow:
            return block
        rows = tuple(replace(one, **fields) if one.key == key else one for one in block.answered)
        return replace(block, answered=rows)

    def change(made: nouns.Plan) -> nouns.Plan:
        sections = [
            replace(section, answers=tuple(map(of_block, section.answers))) for section in made.sections
        ]
        return replace(made, sections=tuple(sections))

    return change


CASES = [
    pytest.param(
        edited("branches", lambda pages: pages[:-1]),
        "Branch no longer in the plan: Lodwar",
        id="a branch gone",
    ),
    pytest.param(
        on_page("lodwar", lambda page: replace(page, branch=replace(page.branch, name="Lodwar Town"))),
        "The branch Lodwar is called Lodwar Town now",
        id="a branch named anew",
    ),
    pytest.param(
        lambda made: replace(made, completeness=nouns.Completeness(50, 100)),
        "50% of the questions that apply are answered",
        id="fewer answered",
    ),
    pytest.param(
        scheduled(later),
        "4 days later than before. “Agree on objectives, sponsor and team” takes 3 days more.",
        id="the promise moves with its reason",
    ),
    pytest.param(scheduled(later), "1 day later than before. “Agree on", id="one day is one day"),
    pytest.param(scheduled(live), "Lodwar works with Mifos: ", id="a branch begins earlier"),
    pytest.param(
        lambda made: replace(made, schedule=None), "The plan has no dates any more", id="no dates any more"
    ),
    pytest.param(
        scheduled(lambda dates: replace(dates, target=None)), "Wished date: no day, before", id="no wish"
    ),
    pytest.param(dearer, "Spent once: ", id="twice the money"),
    pytest.param(row(0), "Computers: at least KES 500, before ", id="a price not known any more"),
    pytest.param(row(1, keep=False), "No longer in the budget: Office printers", id="a row gone"),
    pytest.param(
        lambda made: replace(made, costs=replace(made.costs, currency="TZS")),
        "All money is in TZS now, before in KES",
        id="other money",
    ),
    pytest.param(
        edited("functional_gaps", lambda gaps: gaps[1:]),
        "Closed: Sheet filled without a network",
        id="a need that is served",
    ),
    pytest.param(on_page("machakos", closed), "Closed: Power through cuts, Machakos", id="a gap closed"),
    pytest.param(
        edited("functional_gaps", first(severity=nouns.Severity.AMBER)),
        "Sheet filled without a network: to be closed, before critical",
        id="a gap less bad",
    ),
    pytest.param(
        on_page("kariobangi", fewer),
        "Missing of Computers, Nairobi Kariobangi: 1, 3 less than before",
        id="a gap smaller",
    ),
    pytest.param(
        edited("risks", first(impact=1)),
        "Smaller, 4 of 25, before 20: Users as installed",
        id="a smaller risk",
    ),
    pytest.param(
        edited("risks", lambda risks: risks[1:]), "No longer a risk, was 20 of 25: Users", id="a risk gone"
    ),
    pytest.param(on_page("machakos", rented), "Power through cuts, Machakos: ", id="another way"),
    pytest.param(wished_elsewhere, "Where the server stands: ", id="another place for the server"),
    pytest.param(
        edited("functional_gaps", first(resolution=nouns.Text("resolution.plugin"))),
        "Sheet filled without a network: Add a program beside Mifos, before",
        id="a need answered otherwise",
    ),
    pytest.param(
        answer("configuration", "loan_rules/reminder_days", given="3", shown="3 days", respondent="Wanjiru"),
        "3 days, before 1 day (Wanjiru)",
        id="a setting decided otherwise, and whose decision it is",
    ),
    pytest.param(on_server(size="XL"), "Class of the server: XL, before", id="a larger server"),
    pytest.param(
        on_page("lodwar", smaller_ups), "Lodwar: not known, before ", id="a size not known any more"
    ),
    pytest.param(
        edited("open_points", lambda points: points[1:]),
        "Settled: How many milliseconds",
        id="a point settled",
    ),
    pytest.param(
        answer("branch_office", "clients", given="9", shown="9 clients", respondent="Ekai Lokwang"),
        "Lodwar: How many active clients does your branch have? 9 clients, before 1,130 clients (Ekai Lokwang)",
        id="an answer, and whose it is",
    ),
    pytest.param(
        edited("parameters", first(value=15.0, replaced=True, origin="Achieng")),
        "work to get data out of an old system: 15 days, before 10 days (Achieng)",
        id="a number of their own, and whose it is",
    ),
]


@pytest.mark.parametrize(("edit", "said"), CASES)
def test_a_change_is_said(made: nouns.Plan, edit: Edit, said: str) -> None:
    found = [compare.say(change, "en") for change in compare.compare(made, edit(made))]
    assert any(said in one for one in found), found


@pytest.mark.parametrize(("edit", "said"), CASES)
def test_both_directions_count_alike_and_speak_every_language(
    made: nouns.Plan, edit: Edit, said: str
) -> None:
    there, back = compare.compare(made, edit(made)), compare.compare(edit(made), made)
    assert collections.Counter(one.topic for one in there) == collections.Counter(one.topic for one in back)
    for language in ("en", "fr", "es", "sw"):
        assert all(compare.say(change, language) for change in (*there, *back))


def test_a_section_that_was_begun_is_no_list_of_questions(made: nouns.Plan) -> None:
    point = replace(made.open_points[0], id="it_security::", flow="it_security", key="", question="Security")
    owed = replace(made, open_points=(point,))
    asked = [replace(point, id=f"it_security::{key}", key=key, question=key) for key in ("a", "b")]
    begun = replace(made, open_points=tuple(asked))
    said = [compare.say(one, "en") for one in compare.compare(owed, begun)]
    assert said == ["Begun: Security"]
    assert [compare.say(one, "en") for one in compare.compare(begun, owed)] == ["Opened: Security"]
    assert [compare.say(one, "en") for one in compare.compare(owed, replace(made, open_points=()))] == [
        "Settled: Security"
    ]


def test_another_language_changes_nothing(made: nouns.Plan) -> None:
    spanish = [shipped.in_language(flow, "es") for flow in shipped.assessment()]
    told = plan.make_plan(sample.answers(), spanish, today=TODAY, prove=False)
    assert compare.compare(made, told) == ()
    assert versions.content(told) != versions.content(made)


def test_what_weighs_most_comes_first(made: nouns.Plan) -> None:
    changed = scheduled(later)(dearer(edited("open_points", lambda points: points[1:])(made)))
    found = compare.compare(made, changed)
    order = list(nouns.Topic)
    assert [one.topic for one in found] == sorted((one.topic for one in found), key=order.index)
    assert found[0].said.values["change"].values["what"].code == "change.day_promise"
    for topic in order:
        weights = [one.weight for one in found if one.topic is topic]
        assert weights == sorted(weights, reverse=True)


def test_a_group_is_cut_and_counts_the_rest(made: nouns.Plan) -> None:
    found = compare.compare(made, edited("open_points", lambda points: ())(made))
    (group,) = [one for one in compare.grouped(found, 3) if one.topic is nouns.Topic.OPEN_POINTS]
    assert (len(group.changes), group.more) == (3, len(made.open_points) - 3)
    assert words.say(group.heading) == "Open questions"


def test_a_move_that_no_task_explains_has_no_reason(made: nouns.Plan) -> None:
    def strayed(schedule: nouns.Schedule) -> nouns.Schedule:
        likely = replace(schedule.live_likely, safe=schedule.live_likely.safe - dt.timedelta(2))
        return replace(later(schedule), live_likely=likely)

    found = {compare.say(one, "en") for one in compare.compare(made, scheduled(strayed)(made))}
    (promise,) = [said for said in found if said.startswith("Day to promise")]
    assert promise.endswith("2 days earlier than before")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(random_books.books(), random_books.books(), st.data())
def test_any_two_plans_can_be_compared(
    one: flow_nouns.AnswerBook, other: flow_nouns.AnswerBook, data: st.DataObject
) -> None:
    before, after = (
        plan.make_plan(book, shipped.assessment(), today=TODAY, prove=False) for book in (one, other)
    )
    assert compare.compare(before, before) == ()
    there, back = compare.compare(before, after), compare.compare(after, before)
    assert collections.Counter(one.topic for one in there) == collections.Counter(one.topic for one in back)
    language = data.draw(st.sampled_from(["en", "fr", "es", "sw"]))
    assert all(compare.say(change, language) for change in there)
    kept = versions.unpack(versions.pack(versions.issued("0.2", after, versions.issued("0.1", before, None))))
    assert kept is not None
    assert compare.compare(kept.plan, after) == ()
