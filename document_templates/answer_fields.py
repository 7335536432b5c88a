"""What was answered, as fields: a section's questions in rows, branches side by side, lists as tables or cards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from document_templates import fields
from document_templates.teller import DASH, Teller
from flows import nouns as flow_nouns
from planning import nouns

WIDEST = 5
"""Columns that an answer table may have on a portrait page; a wider list is told as cards, or in several tables."""
WIDEST_OF_SHORT = 6
"""Columns where every answer is short."""
SHORT = 45
"""Letters of an answer that a narrow column still shows in four lines."""
MOST_BRANCHES = 4
"""Branches side by side, a row a question; more of them stand below one another, a column a question."""


def answers(tell: Teller, blocks: Sequence[nouns.AnswerBlock]) -> list[fields.AnswerBlock]:
    """What was said, section by section; what several branches said to the same questions stands side by side."""
    sections: dict[str, list[nouns.AnswerBlock]] = {}
    for block in blocks:
        if block.answered or block.tables:
            sections.setdefault(block.flow, []).append(block)
    return [
        _side_by_side(tell, found) if any(block.branch for block in found) else _of_one(tell, found[0])
        for found in sections.values()
    ]


def _of_one(tell: Teller, block: nouns.AnswerBlock) -> fields.AnswerBlock:
    """A section of the whole institution."""
    return fields.AnswerBlock(
        title=block.title,
        state=tell.word(f"state_{block.state}"),
        owner=_owner(tell, block),
        rows=[answer_row(tell, block, answered) for answered in block.answered],
        lists=[
            found
            for table in block.tables
            for found in _answer_lists(tell, table.title, *_table(tell, block, table))
        ],
    )


def _side_by_side(tell: Teller, blocks: Sequence[nouns.AnswerBlock]) -> fields.AnswerBlock:
    """A section of every branch: a column a branch, as many as fit, and its lists with the branch in front."""
    lists = [_compared(tell, blocks)] if len(blocks) <= MOST_BRANCHES else _by_branch(tell, blocks)
    for title in dict.fromkeys(table.title for block in blocks for table in block.tables):
        columns: dict[str, None] = {}
        entries: list[tuple[str, dict[str, str]]] = []
        for block in blocks:
            for table in (one for one in block.tables if one.title == title):
                asked, rows = _table(tell, block, table)
                columns |= dict.fromkeys(asked)
                entries += [(block.branch_name, dict(zip(asked, row, strict=True))) for row in rows]
        # a branch is asked only what concerns it
        filled = [[branch, *(row.get(column, "") for column in columns)] for branch, row in entries]
        lists += _answer_lists(tell, title, [tell.word("branch"), *columns], filled, names=2)
    return fields.AnswerBlock(title=blocks[0].title, state="", owner="", rows=[], lists=lists)


def _by_branch(tell: Teller, blocks: Sequence[nouns.AnswerBlock]) -> list[fields.AnswerList]:
    """The answers of many branches, a row a branch, as many questions a table as fit."""
    labels, said = _said(tell, blocks)
    names = [tell.word("branch_row", branch=block.branch_name, name=_owner(tell, block)) for block in blocks]
    rows = [[name, *(one[label] for label in labels)] for name, one in zip(names, said, strict=True)]
    return _split(blocks[0].title, [tell.word("branch"), *labels], rows, 1)


def _said(tell: Teller, blocks: Sequence[nouns.AnswerBlock]) -> tuple[list[str], list[dict[str, str]]]:
    """The questions that any of these branches was asked, and what each said to them."""
    labels = list(dict.fromkeys(answered.label for block in blocks for answered in block.answered))
    unasked = dict.fromkeys(labels, tell.word("not_applicable"))
    return labels, [
        unasked | {answered.label: _marked(tell, block, answered) for answered in block.answered}
        for block in blocks
    ]


def _owner(tell: Teller, block: nouns.AnswerBlock) -> str:
    return block.owner or tell.word("nobody")


def _compared(tell: Teller, blocks: Sequence[nouns.AnswerBlock]) -> fields.AnswerList:
    """The answers of a few branches, a row a question."""
    labels, said = _said(tell, blocks)
    heads = [
        tell.word(
            "branch_column",
            branch=block.branch_name,
            name=_owner(tell, block),
            state=tell.word(f"state_{block.state}"),
        )
        for block in blocks
    ]
    return fields.AnswerList(
        title=blocks[0].title,
        columns=[tell.word("question"), *heads],
        rows=[[label, *(one[label] for one in said)] for label in labels],
        cards=[],
    )


def _marked(tell: Teller, block: nouns.AnswerBlock, answered: nouns.Answered) -> str:
    """The answer in words, with a sign where the respondent only estimated."""
    shown = value(tell, block, answered)
    return f"{tell.word('estimate_sign')} {shown}" if answered.sure is flow_nouns.Sure.ESTIMATE else shown


def answer_row(tell: Teller, block: nouns.AnswerBlock, answered: nouns.Answered) -> fields.AnswerRow:
    """One answer."""
    respondent = answered.respondent or _owner(tell, block)
    sure = tell.sure(answered.sure)
    return fields.AnswerRow(
        label=answered.label,
        value=value(tell, block, answered),
        sure=sure,
        respondent=respondent,
        by=respondent if answered.sure is flow_nouns.Sure.KNOWN else f"{respondent}, {sure}",
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


def _table(
    tell: Teller, block: nouns.AnswerBlock, table: nouns.AnswerTable
) -> tuple[list[str], list[list[str]]]:
    """The questions and the entries of a list; what does not apply to an entry is empty."""
    rows = [
        [_marked(tell, block, cell) if cell.shown or cell.open else "" for cell in row] for row in table.rows
    ]
    return list(table.columns), rows


def _answer_lists(
    tell: Teller, title: str, columns: list[str], rows: list[list[str]], names: int = 1
) -> list[fields.AnswerList]:
    """A list's entries: tables where few was asked or the answers are short, else cards named by their first column.

    `names` columns tell one entry from the others and stand in each of its tables.
    """
    if len(columns) <= WIDEST or _are_short(rows, names):
        filled = [[shown or tell.word("not_applicable") for shown in row] for row in rows]
        return _split(title, columns, filled, names)
    cards = [
        fields.Entry(
            name=row[0] or tell.word("entry", n=number),
            answers=[
                fields.Fact(label=label, value=shown)
                for label, shown in zip(columns[1:], row[1:], strict=True)
                if shown
            ]
            or [fields.Fact(label=DASH, value=DASH)],
        )
        for number, row in enumerate(rows, 1)
    ]
    return [fields.AnswerList(title=title, columns=[], rows=[], cards=cards)]


def _split(title: str, columns: list[str], rows: list[list[str]], names: int) -> list[fields.AnswerList]:
    """As few tables as the page's width allows, of even width, the names in front of each."""
    room = (WIDEST_OF_SHORT if _are_short(rows, names) else WIDEST) - names
    asked = len(columns) - names
    parts = max(1, math.ceil(asked / room))
    edges = [names + asked * part // parts for part in range(parts + 1)]
    return [
        fields.AnswerList(
            title=title,
            columns=[*columns[:names], *columns[first:last]],
            rows=[[*row[:names], *row[first:last]] for row in rows],
            cards=[],
        )
        for first, last in itertools.pairwise(edges)
    ]


def _are_short(rows: list[list[str]], names: int) -> bool:
    return all(len(shown) <= SHORT for row in rows for shown in row[names:])
