"""Makes the plan: everything that the answers of an assessment come to, in one pure call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import (
    addons,
    answers,
    branches,
    chapters,
    choices,
    contradictions,
    costs,
    cut_over,
    facts,
    functional_gaps,
    hosting,
    loads,
    migration,
    nouns,
    open_points,
    options,
    parameters,
    people,
    prices,
    protection,
    readiness,
    register,
    reports,
    risks,
    security,
    server_ways,
    settings,
    staff_costs,
    tasks,
    timetable,
    training,
    workbook,
)


def make_plan(
    book: flow_nouns.AnswerBook,
    flows: Sequence[flow_nouns.Flow],
    *,
    today: dt.date,
    numbers: parameters.Parameters | None = None,
    prove: bool = True,
) -> nouns.Plan:
    """The plan of an assessment on a day; the same answers, flows, day and parameters give the same plan.

    Without `prove` the dates are the fast method's, where seconds count more than the last day.
    """
    book, beside = register.of(book, flows)
    known = facts.Facts(book, flows, today)
    own, doubts = parameters.of(book)
    work = workbook.Workbook(known, numbers or own)
    points = open_points.find(known, work.numbers)
    points = (*points, *prices.owed(work, points))
    complete = open_points.completeness(known)

    of_branches = options.of_branches(work, tuple(branches.plan(work, branch) for branch in book.branches))
    needs = functional_gaps.plan(work)
    servers = hosting.plan(work)
    of_server = (server_ways.of(work, servers),)
    servers = msgspec.structs.replace(
        servers, ways=of_server, gaps=options.resolved(servers.gaps, of_server, hosting.GAP)
    )
    rows = security.plan(work, servers)
    data = migration.plan(work)
    printouts = reports.plan(work)
    staff = people.plan(work)
    courses = training.plan(work)
    changes = [
        work.stated("change_effort", entry.one("effort_days"))
        for entry in work.facts.entries("customisation", "customisations")
    ]
    efforts = [gap.effort for gap in needs if gap.effort is not None]
    lists = (
        known.entries("customisation", "customisations"), known.entries("operations_reports", "reports"),
    )  # fmt: skip
    still = [*functional_gaps.unasked(work), *(one.point for one in lists if not one.stated)]
    waiting = [work.unknown("change_effort", *still, unit="days")] if still else []
    sources = tasks.Sources(of_branches, needs, rows, data, printouts, courses)
    dates = timetable.plan(work, sources, prove=prove)
    courses = training.held(dates.training, loads.of_trainers(work, dates.schedule))
    set_up = loads.of_specialist(work, dates.schedule)
    days = [*changes, *efforts, *(row.effort for row in printouts), *waiting, *set_up]
    clients = hosting.clients_now(work)
    others = (
        *protection.rows(work, book.branches),
        *staff_costs.rows(work, dates.schedule),
        *addons.rows(work, needs),
    )
    money = costs.plan(work, of_branches, servers, days, clients, others)
    staff = loads.plan(work, staff, dates.schedule)
    data = msgspec.structs.replace(data, cut_over=cut_over.plan(work, data, dates.schedule))
    dangers = risks.plan(work, of_branches, staff, courses, complete)
    ready = readiness.plan(work, of_branches, staff, rows, courses)

    warnings = (
        *beside,
        *doubts,
        *(
            nouns.Text("warning.of_branch", {"branch": page.branch.name, "warning": warning})
            for page in of_branches
            for warning in page.warnings
        ),
        *timetable.left_aside(work),
        *contradictions.of_institution(work, timetable.start_of(work)),
        *servers.warnings,
        *data.warnings,
        *courses.warnings,
        *money.warnings,
        *dates.warnings,
        *choices.warnings(work),
        *work.warnings,
        *(
            nouns.Text("warning.not_asked", {"flow": flow, "name": name})
            for flow, name in sorted(known.not_asked)
        ),
    )
    plan = nouns.Plan(
        institution=book.institution,
        made_on=today,
        target=timetable.target_of(work),
        completeness=complete,
        summary=chapters.summary(servers, money),
        sections=(),
        branches=of_branches,
        functional_gaps=needs,
        needs=functional_gaps.figures(work, needs),
        hosting=servers,
        security=rows,
        migration=data,
        reports=printouts,
        people=staff,
        training=courses,
        schedule=dates.schedule,
        costs=money,
        risks=dangers,
        readiness=ready,
        open_points=points,
        warnings=warnings,
        parameters=tuple(work.used[name] for name in sorted(work.used)),
        settings=settings.plan(work),
    )
    sections = chapters.make(chapters.contents(plan), answers.by_chapter(known), points)
    return msgspec.structs.replace(plan, sections=sections)
