"""What every chapter shows: its sentences, figures, gaps, answers and open points, as fields."""

from __future__ import annotations

from collections.abc import Sequence

from document_templates import answer_fields, fields
from document_templates.teller import DASH, Teller
from planning import figures, nouns

IN_CHANGES = "formula.gap_effort_in_changes"
"""Of an effort that stands with the change of the software that closes the gap."""


def chapter(tell: Teller, section: nouns.PlanSection, *, has_more: bool) -> fields.Chapter:
    """One chapter of the plan; `has_more` where tables of its own stand beside what every chapter has."""
    return fields.Chapter(
        title=tell.say(section.title),
        statements=tell.all(section.statements),
        figures=[
            figure_row(tell, figure, f"{section.number}.{place}")
            for place, figure in enumerate(section.figures, 1)
        ],
        gaps=[gap_row(tell, gap) for gap in section.gaps],
        answers=answer_fields.answers(tell, section.answers),
        open_points=[open_point_row(tell, point) for point in section.open_points],
        is_empty=not has_more
        and not any(
            (section.statements, section.figures, section.gaps, section.answers, section.open_points)
        ),
    )


def figure_row(tell: Teller, figure: nouns.Figure, number: str) -> fields.FigureRow:
    """A figure with where it comes from."""
    return fields.FigureRow(
        number=number,
        label=tell.say(figure.label),
        value=tell.figure(figure),
        formula=tell.say(figure.formula),
        comes_from=tell.comes_from(figure),
    )


def gap_rows(tell: Teller, chapter: str, gaps: Sequence[nouns.Gap]) -> list[fields.GapRow]:
    """The gaps of a chapter, each under the number of its figures."""
    rows = list(zip(figures.rows(tell.plan, chapter), figures.row_numbers(tell.plan, chapter), strict=False))
    numbers = [next((number for row, number in rows if row.title == gap.what), DASH) for gap in gaps]
    return [gap_row(tell, gap, number) for gap, number in zip(gaps, numbers, strict=True)]


def gap_row(tell: Teller, gap: nouns.Gap, number: str = DASH) -> fields.GapRow:
    """A gap."""
    resolution = tell.say(gap.resolution)
    return fields.GapRow(
        number=number,
        id=gap.id or DASH,
        area=tell.say(gap.area),
        what=tell.say(gap.what),
        need=tell.figure(gap.need),
        have=tell.figure(gap.have),
        missing=tell.figure(gap.gap),
        tag=tell.tag(gap.severity, tell.word(f"gap_{gap.severity.value}")),
        support=tell.say(gap.support),
        urgency=tell.say(gap.urgency),
        score=tell.figure(gap.score),
        times=tell.figure(gap.times),
        use_case=gap.use_case,
        resolution=tell.word("proposed", resolution=resolution) if gap.proposed else resolution,
        effort=_effort(tell, gap),
        note=tell.say(gap.note) if gap.note else "",
    )


def uses(tell: Teller, gaps: Sequence[nouns.Gap]) -> list[str]:
    """What needs are for and how often, in the words of who named them."""
    told = []
    for gap in gaps:
        if gap.use_case:
            values = {"id": gap.id, "use_case": gap.use_case.rstrip(".")}
            if gap.times is not None and gap.times.value is not None:
                told.append(tell.word("functional_use_times", times=tell.short(gap.times), **values))
            else:
                told.append(tell.word("functional_use", **values))
    return told


def _effort(tell: Teller, gap: nouns.Gap) -> str:
    """The days that closing it takes; those of a change that is specified are counted with the change."""
    effort = gap.effort
    if effort is not None and effort.formula is not None and effort.formula.code == IN_CHANGES:
        return tell.word("counted_there")
    if effort is not None and effort.value == 0:
        return tell.word("no_effort")
    return tell.figure(gap.effort)


def way_rows(tell: Teller, found: Sequence[nouns.GapOptions], numbers: Sequence[str]) -> list[fields.WayRow]:
    """The ways to fill gaps, each under its number, the advised ones with a sign."""
    ways = [(gap, one) for gap in found for one in gap.options]
    return [
        fields.WayRow(
            number=number,
            gap=tell.say(gap.what),
            way=f"✓ {tell.say(one.way)}" if one.advised else tell.say(one.way),
            what=tell.say(one.what),
            cost=tell.figure(one.cost),
            days=tell.figure(one.days),
            tag=tell.tag(one.fit, tell.word(f"way_{one.fit.value}")),
        )
        for (gap, one), number in zip(ways, numbers, strict=True)
    ]


def advice(tell: Teller, found: Sequence[nouns.GapOptions]) -> list[str]:
    """What is advised for each gap, and why."""
    return [tell.word("labelled", label=tell.say(gap.what), value=tell.say(gap.advice)) for gap in found]


def open_point_row(tell: Teller, point: nouns.OpenPoint) -> fields.OpenPointRow:
    """An open point."""
    place = point.section or point.flow
    if point.branch_name:
        place = tell.word("place_in_branch", section=place, branch=point.branch_name)
    question = point.question if point.key else tell.word("section_owed", n=point.questions)
    return fields.OpenPointRow(
        number=tell.number_of(point),
        question=question,
        place=place,
        why=_waits(tell, point) or tell.word(f"reason_{point.reason.value}"),
        owner=tell.owner(point),
        waits=_waits(tell, point),
        due=tell.date(point.due) if point.due else tell.word("on_time"),
    )


def _waits(tell: Teller, point: nouns.OpenPoint) -> str:
    """For which colleague its owner waits, and since when; empty where none was asked."""
    if point.asked_on is None:
        return ""
    since = tell.date(point.asked_on)
    return (
        tell.word("waits", name=point.asked, date=since)
        if point.asked
        else tell.word("waits_unopened", date=since)
    )
