"""What was answered, as the plan prints it: rows and tables under the chapters of the outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from flows import instance, nouns, shown, values, wording
from planning import facts, open_points, outline
from planning import nouns as plan_nouns

_NAMED = re.compile(rf"^\s*{wording.UNANSWERED}[:,]?\s*|[:,]?\s*{wording.UNANSWERED}\s*$")
"""The place of an answer at the beginning or the end of a label, with the sign that parts it from the rest."""

_LETTER = re.compile(r"\w")

Row = plan_nouns.Answered | plan_nouns.AnswerTable


def by_chapter(known: facts.Facts) -> dict[str, tuple[plan_nouns.AnswerBlock, ...]]:
    """Every answer that applies, in the blocks of its section, under each chapter that it belongs to; a list once."""
    found: dict[str, list[plan_nouns.AnswerBlock]] = {}
    for section in known.sections:
        rows: dict[str, list[Row]] = {}
        for row, seeds in _rows(known, section):
            chapters = outline.chapters_of(section.flow.id, seeds)
            if isinstance(row, plan_nouns.AnswerTable):
                chapters = (outline.home_of(section.flow.id, chapters),)
            for chapter in chapters:
                rows.setdefault(chapter, []).append(row)
        for chapter, of_chapter in rows.items():
            found.setdefault(chapter, []).append(_block(known, section, of_chapter))
    return {chapter: tuple(blocks) for chapter, blocks in found.items()}


def _block(known: facts.Facts, section: facts.Section, rows: Sequence[Row]) -> plan_nouns.AnswerBlock:
    return plan_nouns.AnswerBlock(
        flow=section.flow.id,
        title=section.flow.title,
        state=section.answers.state,
        branch=section.branch_id,
        branch_name=section.branch.name if section.branch is not None else "",
        owner=open_points.owner_of(known, section)[0],
        answered=tuple(row for row in rows if isinstance(row, plan_nouns.Answered)),
        tables=tuple(row for row in rows if isinstance(row, plan_nouns.AnswerTable)),
    )


def _rows(known: facts.Facts, section: facts.Section) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """The rows of a section with the ids they serve; a section that nobody began has none."""
    if not section.begun:
        return
    for heading, part in section.parts():
        if isinstance(part, instance.Series):
            for table in _tables(known, section, part, heading):
                yield table, table.seeds
        elif _is_printed(part):
            row = answered(known.fact(section, part, heading))
            yield row, row.seeds


def _is_printed(question: instance.Question) -> bool:
    """Whether it has a row or a column: it is asked, or stands there unasked with words for it, as a sum does."""
    stands = question.place.kind != "note" and bool(question.item.label) and question.value is not None
    return question.asked or stands


def answered(fact: facts.Fact) -> plan_nouns.Answered:
    """A fact as a row."""
    answer = fact.answer
    note = ""
    evidence: tuple[nouns.Attachment, ...] = ()
    if answer is not None:
        note = answer.note
        sent = (answer.value,) if isinstance(answer.value, nouns.Attachment) else ()
        evidence = (*sent, *answer.evidence)
    return plan_nouns.Answered(
        label=fact.label,
        shown=fact.shown,
        respondent=fact.respondent,
        at=answer.at if answer is not None else None,
        sure=fact.sure,
        group=fact.heading,
        evidence=evidence,
        note=note,
        key=fact.key,
        seeds=fact.question.seed if fact.question is not None else (),
        open=fact.applies and not fact.known,
        given=values.written(fact.value),
    )


def _tables(
    known: facts.Facts, section: facts.Section, series: instance.Series, heading: str, above: str = ""
) -> Iterator[plan_nouns.AnswerTable]:
    """The table of a repeat, and those of the repeats inside, each called by the entry that it belongs to."""
    table = _table(known, section, series, heading)
    if table.rows and table.columns:
        yield msgspec.structs.replace(table, title=f"{above}{table.title}")
    for entry in series.entries:
        for inside, part in facts.walk(entry.parts, heading):
            if isinstance(part, instance.Series):
                yield from _tables(known, section, part, inside, f"{above}{shown.title(entry)} · ")


def _table(
    known: facts.Facts, section: facts.Section, series: instance.Series, heading: str
) -> plan_nouns.AnswerTable:
    """The entries of a repeat: columns for every question that applies to at least one of them."""
    entries = known.listed(section, series).entries
    printed = {
        node.name
        for entry in series.entries
        for _, node in facts.walk(entry.parts, "")
        if isinstance(node, instance.Question) and _is_printed(node)
    }
    columns = [name for name in entries[0].facts if name in printed] if entries else []
    item = series.place.item
    seeds = item.seed if isinstance(item, nouns.Repeat) else ()
    inner = [seed for name in columns for seed in _seeds(entries[0].facts[name])]
    return plan_nouns.AnswerTable(
        title=_of_all(shown.title(series)),
        columns=tuple(_column(entries[0].facts[name]) for name in columns),
        rows=tuple(tuple(_cell(entry.facts[name]) for name in columns) for entry in entries),
        group=heading,
        seeds=tuple(dict.fromkeys((*seeds, *inner))),
    )


def _cell(fact: facts.Fact) -> plan_nouns.Answered:
    row = answered(fact)
    return row if fact.applies else msgspec.structs.replace(row, shown="")


def _column(fact: facts.Fact) -> str:
    """The question as it stands above the answers of all entries."""
    return (
        _of_all(wording.filled(fact.question.label, lambda _: "")) if fact.question is not None else fact.key
    )


def _of_all(words: str) -> str:
    """Words about one entry as they are said of all: without the answer that names the entry."""
    # the first letter, which in Spanish stands behind a sign
    return _LETTER.sub(lambda first: first[0].upper(), _NAMED.sub("", words), count=1)


def _seeds(fact: facts.Fact) -> tuple[str, ...]:
    return fact.question.seed if fact.question is not None else ()
