"""The appendices as fields: who answered what, the numbers behind the figures, the calendars."""

from __future__ import annotations

from collections.abc import Iterator

from document_templates import chapter_fields, fields
from document_templates.teller import DASH, Teller
from planning import nouns


def answer_log(tell: Teller) -> list[fields.LogBlock]:
    """Every answer once, section by section, whatever chapters it serves."""
    rows: dict[tuple[str, str], dict[str, fields.LogRow]] = {}
    titles: dict[tuple[str, str], str] = {}
    for block in (block for section in tell.plan.sections for block in section.answers):
        place = (block.flow, block.branch)
        values = {"section": block.title, "state": tell.word(f"state_{block.state}")}
        titles.setdefault(
            place,
            tell.word("log_title_branch", branch=block.branch_name, **values)
            if block.branch_name
            else tell.word("log_title", **values),
        )
        for key, row in _rows(tell, block):
            rows.setdefault(place, {}).setdefault(key, row)
    return [
        fields.LogBlock(title=titles[place], rows=list(logged.values()))
        for place, logged in sorted(rows.items(), key=lambda item: item[0])
    ]


def _rows(tell: Teller, block: nouns.AnswerBlock) -> Iterator[tuple[str, fields.LogRow]]:
    for answered in block.answered:
        yield answered.key or answered.label, _row(tell, block, answered, answered.label)
    for table in block.tables:
        for number, entry in enumerate(table.rows, 1):
            for answered in entry:
                if answered.shown or answered.open:
                    label = tell.word("entry_question", table=table.title, n=number, label=answered.label)
                    yield answered.key or label, _row(tell, block, answered, label)


def _row(tell: Teller, block: nouns.AnswerBlock, answered: nouns.Answered, label: str) -> fields.LogRow:
    note = chapter_fields.note(tell, answered)
    return fields.LogRow(
        question=label,
        value=chapter_fields.value(tell, block, answered),
        who=answered.respondent or block.owner or tell.word("nobody"),
        on=tell.date(answered.at),
        sure=tell.sure(answered.sure),
        note=f"({note})" if note else "",
    )


def parameters(tell: Teller) -> list[fields.ParameterRow]:
    """The numbers that the formulas use."""
    return [
        fields.ParameterRow(
            name=one.name.replace("_", " "),
            value=tell.amount(one.value, one.unit),
            source=tell.word("replaced") if one.replaced else tell.word(f"source_{one.source.value}"),
            origin=one.origin or DASH,
        )
        for one in tell.plan.parameters
    ]


def formulas(tell: Teller) -> list[fields.FormulaRow]:
    """Each formula once: those of the chapters by number, those of the branches' pages under one name."""
    told: dict[str, fields.FormulaRow] = {}
    numbered = (
        (f"{section.number}.{place}", figure)
        for section in tell.plan.sections
        for place, figure in enumerate(section.figures, 1)
    )
    branch = tell.word("of_each_branch")
    pages = (
        (branch, figure)
        for page in tell.plan.branches
        for figure in (
            *page.profile,
            page.connectivity.need, page.connectivity.availability, page.connectivity.lost_hours,
            page.power.watts, page.power.autonomy, page.power.ups, page.power.battery, page.power.runtime,
            page.computers.need, page.printing.need,
        )
    )  # fmt: skip
    for number, figure in (*numbered, *pages):
        if figure.formula is not None:
            row = fields.FormulaRow(
                number=number, label=tell.say(figure.label), formula=tell.say(figure.formula)
            )
            told.setdefault(row.formula, row)
    return list(told.values())


def calendars(tell: Teller) -> list[fields.CalendarRow]:
    """The calendars that the tasks follow."""
    if tell.plan.schedule is None:
        return []
    return [
        fields.CalendarRow(
            name=one.name,
            weekend=", ".join(tell.formats.weekday(day) for day in one.weekend) or tell.word("none"),
            holidays="; ".join(_holiday(tell, holiday) for holiday in one.holidays) or tell.word("none"),
            closed="; ".join(
                tell.word("date_range", start=tell.date(first), end=tell.date(last))
                for first, last in one.closed
            )
            or tell.word("none"),
        )
        for one in tell.plan.schedule.calendars
    ]


def _holiday(tell: Teller, holiday: nouns.Holiday) -> str:
    words = f"{tell.date(holiday.day)} {holiday.name}"
    return f"{words} ({tell.word('estimated')})" if holiday.estimated else words
