"""Every figure of a plan under its number: `6.2` is the second of chapter 6, `7.3.5` the fifth of the third branch.

A chapter counts its figures first, then the rows of its tables; a row of several figures counts them below its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from planning import nouns


class Numbered(msgspec.Struct, frozen=True):
    """A figure with its number and its place in the plan."""

    number: str
    place: nouns.Words
    """The chapter's title, the branch's name, or what the table's row is about."""
    figure: nouns.Figure


class Row(msgspec.Struct, frozen=True):
    """A row of a chapter's table: what it is about, and its figures."""

    title: nouns.Words
    figures: tuple[nouns.Figure, ...]


def numbered(plan: nouns.Plan) -> Iterator[Numbered]:
    """Every numbered figure, in the plan's order."""
    for section in plan.sections:
        for count, figure in enumerate(section.figures, 1):
            yield Numbered(f"{section.number}.{count}", section.title, figure)
        for row, number in zip(rows(plan, section.key), row_numbers(plan, section.key), strict=True):
            for count, figure in enumerate(row.figures, 1):
                below = number if len(row.figures) == 1 else f"{number}.{count}"
                yield Numbered(below, row.title, figure)


def find(plan: nouns.Plan, number: str) -> tuple[Numbered, ...]:
    """The figure of a number, or all below a chapter's, a branch's or a row's; none where there is no such."""
    wanted = number.strip().rstrip(".")
    return tuple(one for one in numbered(plan) if one.number == wanted or one.number.startswith(f"{wanted}."))


class Entry(msgspec.Struct, frozen=True):
    """What stands one level below a number: a chapter, a row, or a figure."""

    number: str
    title: nouns.Words
    figure: nouns.Figure | None = None
    """None where several stand below it."""


def below(plan: nouns.Plan, number: str) -> tuple[Entry, ...]:
    """What stands one level below a number, in order; the chapters that have figures where it is empty."""
    titles = {section.number: section.title for section in plan.sections}
    depth = number.count(".") + 1 if number else 0
    entries: dict[str, Entry] = {}
    for one in find(plan, number) if number else numbered(plan):
        parts = one.number.split(".")
        if len(parts) <= depth:
            continue
        here = ".".join(parts[: depth + 1])
        if here == one.number:
            alone = one.place if len(parts) == 2 and one.place != titles[parts[0]] else one.figure.label
            entries[here] = Entry(here, alone, one.figure)
        else:
            entries.setdefault(here, Entry(here, titles.get(here, one.place)))
    return tuple(entries.values())


def row_numbers(plan: nouns.Plan, chapter: str) -> tuple[str, ...]:
    """The numbers of a chapter's rows: they go on behind its figures."""
    return tuple(
        f"{section.number}.{len(section.figures) + place}"
        for section in plan.sections
        if section.key == chapter
        for place in range(1, len(rows(plan, chapter)) + 1)
    )


def rows(plan: nouns.Plan, chapter: str) -> tuple[Row, ...]:
    """The rows of a chapter's tables that hold figures, as the chapter prints them."""
    match chapter:
        case "hosting":
            found = [
                Row(option.name, (option.monthly_cost, option.recovery.loss, option.recovery.down))
                for option in plan.hosting.options
            ]
            ways = [Row(one.what, (one.cost, one.days)) for gap in plan.hosting.ways for one in gap.options]
            return (*found, *_of_gaps(plan.hosting.gaps), *ways)
        case "branches":
            return tuple(Row(page.branch.name, of_branch(page)) for page in plan.branches)
        case "administration":
            return tuple(Row(person.name, (person.share,)) for person in plan.people.administrators)
        case "reports":
            return tuple(Row(row.name, (row.effort,)) for row in plan.reports)
        case "migration":
            return tuple(Row(row.entity, (row.records, row.by_hand)) for row in plan.migration.rows)
        case "roles":
            team = [Row(person.name, (person.share,)) for person in plan.people.team]
            loads = [Row(load.role, (load.needed, load.given, load.load)) for load in plan.people.loads]
            return (*team, *loads, *_of_gaps(plan.people.gaps))
        case "training":
            return tuple(
                Row(course.title, (course.learners, course.groups, course.days, course.trainer_days))
                for course in plan.training.courses
            )
        case "budget":
            lines = [Row(row.what, (row.quantity, row.unit_price, row.amount)) for row in plan.costs.rows]
            years = [
                Row(nouns.Text("row.year", {"year": year.year}), (year.once, year.running, year.total))
                for year in plan.costs.years
            ]
            return (*years, *lines)
        case "risks":
            project = plan.readiness.project
            places = [Row(place.place, (place.score, *_aspects(place))) for place in plan.readiness.branches]
            return (Row(project.place, _aspects(project)), *places)
    return ()


def _aspects(place: nouns.Ready) -> tuple[nouns.Figure, ...]:
    return tuple(aspect.figure for aspect in place.aspects)


def _of_gaps(gaps: Sequence[nouns.Gap]) -> Iterator[Row]:
    for gap in gaps:
        found = tuple(figure for figure in (gap.need, gap.have, gap.gap) if figure is not None)
        if found:
            yield Row(gap.what, found)


def of_branch(page: nouns.BranchPlan) -> tuple[nouns.Figure, ...]:
    """A branch's figures in the order of its page."""
    return tuple(figure for _, part in parts_of_branch(page) for figure in part)


def parts_of_branch(page: nouns.BranchPlan) -> tuple[tuple[str, tuple[nouns.Figure, ...]], ...]:
    """A branch's figures by the part of its page that prints them."""
    line, power, paper = page.connectivity, page.power, page.offline
    offline = (paper.entries, paper.hours, paper.line, paper.late)
    supply = (
        power.watts, power.outage, power.autonomy, power.ups, power.battery, power.runtime, power.generator, power.solar,
    )  # fmt: skip
    links = [figure for link in line.links for figure in (link.speed, link.availability, link.monthly_cost)]
    devices = [
        figure
        for kind in (page.computers, page.printing, page.receipts)
        for figure in (kind.need, kind.have, kind.gap)
    ]
    return (
        ("profile", page.profile),
        ("links", tuple(links)),
        ("line", (line.need, line.have, line.availability, line.lost_hours, line.monthly_cost, *offline)),
        ("power", tuple(figure for figure in supply if figure is not None)),
        ("devices", tuple(devices)),
        (
            "options",
            tuple(figure for gap in page.options for one in gap.options for figure in (one.cost, one.days)),
        ),
    )
