"""The appendices as fields: who answered what, the numbers behind the figures, the calendars."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from document_templates import answer_fields, fields
from document_templates.teller import DASH, Teller
from flows import nouns as flow_nouns
from planning import calendars as calendars_of
from planning import figures, nouns, parameter_words
from planning import parameters as parameters_of


def answer_log(tell: Teller) -> list[fields.LogRow]:
    """Who answered, when and how surely; what one person answered for a branch stands in one row."""
    everywhere = _everywhere(tell)
    sections = _sections(tell)
    asked = collections.Counter(branch for _, branch in sections)
    rows: dict[tuple[str, ...], list[list[nouns.AnswerBlock]]] = {}
    # those of the whole institution first, each kind in the order of the chapters
    for (flow, branch), blocks in sorted(sections.items(), key=lambda section: section[0][1] != ""):
        one = blocks[0]
        rows.setdefault((branch, one.owner, one.state) if branch else ("", flow), []).append(blocks)
    return [_logged(tell, found, everywhere, asked) for found in rows.values()]


def noted_everywhere(tell: Teller) -> list[str]:
    """What is noted beside answers of every section, said once for all rows of the log."""
    return [tell.word("noted_everywhere", note=note) for note in sorted(_everywhere(tell))]


def _everywhere(tell: Teller) -> set[str]:
    noted = [{one.note for one in _given(blocks)} for blocks in _sections(tell).values() if _given(blocks)]
    return set.intersection(*noted) - {""} if len(noted) > 1 else set()


def _sections(tell: Teller) -> dict[tuple[str, str], list[nouns.AnswerBlock]]:
    """The blocks of each section, whichever chapters they serve."""
    found: dict[tuple[str, str], list[nouns.AnswerBlock]] = {}
    for block in (block for section in tell.plan.sections for block in section.answers):
        found.setdefault((block.flow, block.branch), []).append(block)
    return found


def _given(blocks: Sequence[nouns.AnswerBlock]) -> list[nouns.Answered]:
    """The answers of a section; one that serves several chapters counts once."""
    return list({answered.key: answered for one in blocks for answered in _answered(one)}.values())


def _logged(
    tell: Teller,
    sections: Sequence[Sequence[nouns.AnswerBlock]],
    everywhere: set[str],
    asked: Mapping[str, int],
) -> fields.LogRow:
    block = sections[0][0]
    given = [answered for blocks in sections for answered in _given(blocks)]
    days = sorted(answered.at.date() for answered in given if answered.at and answered.shown)
    names = dict.fromkeys(answered.respondent for answered in given if answered.respondent)
    sure = collections.Counter(answered.sure for answered in given if answered.shown)
    return fields.LogRow(
        section=_titles(tell, sections, asked),
        state=tell.word(f"state_{block.state}"),
        who=", ".join(names) or block.owner or tell.word("nobody"),
        on=_days(tell, days),
        known=tell.formats.number(sure[flow_nouns.Sure.KNOWN]),
        estimates=tell.formats.number(sure[flow_nouns.Sure.ESTIMATE]),
        open=tell.formats.number(sum(answered.open for answered in given)),
        remarks=_remarks(tell, given, everywhere),
    )


def _titles(tell: Teller, sections: Sequence[Sequence[nouns.AnswerBlock]], asked: Mapping[str, int]) -> str:
    """The titles of a row's sections; those of a branch by their number, where one person has all of them."""
    first = sections[0][0]
    titles = ", ".join(blocks[0].title for blocks in sections)
    if not first.branch:
        return titles
    if 1 < len(sections) == asked[first.branch]:
        return tell.word("all_sections", branch=first.branch_name, n=len(sections))
    return tell.word("labelled", label=first.branch_name, value=titles)


def _days(tell: Teller, days: Sequence[dt.date]) -> str:
    """The first day and the last, once where they are the same."""
    if not days:
        return DASH
    if days[0] == days[-1]:
        return tell.date(days[0])
    return tell.word("date_range", start=tell.date(days[0]), end=tell.date(days[-1]))


def _remarks(tell: Teller, given: Sequence[nouns.Answered], everywhere: set[str]) -> str:
    """The notes beside the answers without what is noted everywhere: one that stands beside many is told once."""
    own = [msgspec.structs.replace(one, note="") if one.note in everywhere else one for one in given]
    noted = [(answered.label, answer_fields.note(tell, answered)) for answered in _by_question(own)]
    often = collections.Counter(note for _, note in noted if note)
    told = [note if often[note] > 1 else tell.labelled(label, note) for label, note in noted if note]
    return "; ".join(dict.fromkeys(told)) or DASH


def _by_question(given: Sequence[nouns.Answered]) -> Iterator[nouns.Answered]:
    """Each question once, with all that is noted beside its answers."""
    asked: dict[str, list[nouns.Answered]] = {}
    for answered in given:
        asked.setdefault(answered.label, []).append(answered)
    for label, same in asked.items():
        notes = dict.fromkeys(one.note for one in same if one.note)
        evidence = tuple(each for one in same for each in one.evidence)
        yield msgspec.structs.replace(same[0], label=label, note="; ".join(notes), evidence=evidence)


def _answered(block: nouns.AnswerBlock) -> Iterator[nouns.Answered]:
    yield from block.answered
    for table in block.tables:
        for row in table.rows:
            yield from row


def parameters(tell: Teller) -> list[fields.ParameterRow]:
    """The numbers that the formulas use, those of one subject together."""
    return [_parameter(tell, one) for one in _in_order(tell)]


def parameter_groups(tell: Teller) -> list[fields.ParameterGroup]:
    """The same under what they are about: nobody finds one of two hundred under a single head."""
    groups: dict[str, list[nouns.Parameter]] = {}
    for one in _in_order(tell):
        groups.setdefault(one.group, []).append(one)
    return [
        fields.ParameterGroup(title=_group(tell, group), rows=[_parameter(tell, one) for one in found])
        for group, found in groups.items()
    ]


def _group(tell: Teller, group: str) -> str:
    title = tell.word("parameters")
    return tell.labelled(title, tell.say(nouns.Text(f"group.{group}"))) if group else title


def _in_order(tell: Teller) -> list[nouns.Parameter]:
    order = {known.name: place for place, known in enumerate(parameters_of.default())}
    return sorted(tell.plan.parameters, key=lambda one: order.get(one.name, len(order)))


def _parameter(tell: Teller, one: nouns.Parameter) -> fields.ParameterRow:
    return fields.ParameterRow(
        name=tell.say(parameter_words.name(one.name)),
        value=tell.amount(one.value, one.unit),
        source=tell.word("replaced") if one.replaced else tell.word(f"source_{one.source.value}"),
        origin=_origin(tell, one),
    )


def _origin(tell: Teller, one: nouns.Parameter) -> str:
    """Where a number was found; of one that was replaced: by whom, when, and what stood there."""
    if not one.replaced or one.ours is None:
        return tell.say(parameter_words.origin(one))
    return tell.word(
        "replaced_by",
        name=one.origin or tell.word("nobody"),
        date=tell.date(one.at),
        ours=tell.amount(one.ours, one.unit),
    )


def formulas(tell: Teller) -> list[fields.FormulaRow]:
    """Each formula once, under the number of the first figure that it gives."""
    told: dict[str, fields.FormulaRow] = {}
    for one in figures.numbered(tell.plan):
        if one.figure.formula is not None:
            row = fields.FormulaRow(
                number=one.number, label=tell.say(one.figure.label), formula=tell.say(one.figure.formula)
            )
            told.setdefault(row.formula, row)
    return list(told.values())


def calendars(tell: Teller) -> list[fields.CalendarRow]:
    """The calendars that the tasks follow; places that share one stand in one row."""
    if tell.plan.schedule is None:
        return []
    shared: dict[tuple[object, ...], list[nouns.CalendarUsed]] = {}
    for one in tell.plan.schedule.calendars:
        shared.setdefault((one.weekend, one.holidays, one.closed, one.busy), []).append(one)
    return [
        fields.CalendarRow(
            name=", ".join(one.name for one in found),
            weekend=", ".join(tell.formats.weekday(day) for day in found[0].weekend) or tell.word("none"),
            holidays=_holidays(tell, found[0]),
            closed=tell.ranges(found[0].closed),
            busy=tell.ranges(found[0].busy),
        )
        for found in shared.values()
    ]


def holidays(tell: Teller) -> list[fields.HolidayRow]:
    """The public holidays, once for all places that have the same."""
    if tell.plan.schedule is None:
        return []
    shared: dict[tuple[nouns.Holiday, ...], list[nouns.CalendarUsed]] = {}
    for one in tell.plan.schedule.calendars:
        shared.setdefault(one.holidays, []).append(one)
    return [
        fields.HolidayRow(places=", ".join(one.name for one in found), days=_holidays(tell, found[0]))
        for found in shared.values()
    ]


def _holidays(tell: Teller, calendar: nouns.CalendarUsed) -> str:
    return "; ".join(_holiday(tell, calendar, one) for one in calendar.holidays) or tell.word("none")


def _holiday(tell: Teller, calendar: nouns.CalendarUsed, holiday: nouns.Holiday) -> str:
    words = f"{tell.date(holiday.day)} {calendars_of.name(calendar, holiday, tell.language)}"
    return f"{words} ({tell.word('estimated')})" if holiday.estimated else words
