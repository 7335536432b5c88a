"""What every chapter shows: its sentences, figures, gaps, answers and open points, as fields."""

from __future__ import annotations

from document_templates import fields
from document_templates.teller import DASH, Teller
from planning import nouns

WIDEST = 5
"""Columns that an answer table may have on a portrait page; a wider list is told as cards."""


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
        answers=[answer_block(tell, block) for block in section.answers if block.answered or block.tables],
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


def gap_row(tell: Teller, gap: nouns.Gap) -> fields.GapRow:
    """A gap."""
    return fields.GapRow(
        id=gap.id or DASH,
        area=tell.say(gap.area),
        what=tell.say(gap.what),
        need=tell.figure(gap.need),
        have=tell.figure(gap.have),
        missing=tell.figure(gap.gap),
        tag=tell.tag(gap.severity, tell.word(f"gap_{gap.severity.value}")),
        support=tell.say(gap.support),
        urgency=tell.say(gap.urgency),
        use_case=gap.use_case,
        resolution=tell.say(gap.resolution),
        effort=tell.figure(gap.effort),
        note=tell.say(gap.note),
    )


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
        why=tell.word(f"reason_{point.reason.value}"),
        owner=tell.owner(point),
        due=tell.date(point.due) if point.due else tell.word("on_time"),
    )


def answer_block(tell: Teller, block: nouns.AnswerBlock) -> fields.AnswerBlock:
    """What one respondent said."""
    title = block.title
    if block.branch_name:
        title = tell.word("place_in_branch", section=title, branch=block.branch_name)
    return fields.AnswerBlock(
        title=title,
        state=tell.word(f"state_{block.state}"),
        owner=block.owner or tell.word("nobody"),
        rows=[answer_row(tell, block, answered) for answered in block.answered],
        lists=[answer_list(tell, block, table) for table in block.tables if table.rows],
    )


def answer_row(tell: Teller, block: nouns.AnswerBlock, answered: nouns.Answered) -> fields.AnswerRow:
    """One answer."""
    return fields.AnswerRow(
        label=answered.label,
        value=value(tell, block, answered),
        sure=tell.sure(answered.sure),
        respondent=answered.respondent or block.owner or tell.word("nobody"),
        on=tell.date(answered.at),
        note=note(tell, answered),
    )


def value(tell: Teller, block: nouns.AnswerBlock, answered: nouns.Answered) -> str:
    """The answer in words; where there is none, the open point or that the question does not apply."""
    if answered.shown:
        return answered.shown
    if answered.open:
        return tell.point_of(block.flow, block.branch, answered.key)
    return tell.word("not_applicable")


def note(tell: Teller, answered: nouns.Answered) -> str:
    """The remark beside an answer and what proves it."""
    parts = [answered.note] if answered.note else []
    if answered.evidence:
        names = ", ".join(one.name or one.kind for one in answered.evidence)
        parts.append(tell.word("evidence", names=names))
    return "; ".join(parts)


def answer_list(tell: Teller, block: nouns.AnswerBlock, table: nouns.AnswerTable) -> fields.AnswerList:
    """A list's entries: a table where it is narrow enough, else cards."""
    rows = [[value(tell, block, cell) for cell in row] for row in table.rows]
    if len(table.columns) <= WIDEST:
        return fields.AnswerList(title=table.title, columns=list(table.columns), rows=rows, cards=[])
    cards = [
        fields.Entry(
            name=(row[0].shown if row else "") or tell.word("entry", n=number),
            details=[
                tell.word("labelled", label=label, value=shown)
                for label, shown, cell in zip(table.columns[1:], values[1:], row[1:], strict=True)
                if cell.shown or cell.open
            ]
            or [DASH],
        )
        for number, (row, values) in enumerate(zip(table.rows, rows, strict=True), 1)
    ]
    return fields.AnswerList(title=table.title, columns=[], rows=[], cards=cards)
