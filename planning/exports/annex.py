"""The annex of the plan for Excel: costs that compute, gaps, what branches have, open points, dates, numbers assumed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flows import units
from planning import nouns, parameter_words, trace, words
from planning.exports import annex_costs, live, spreadsheet

Row = list[live.Cell]

NEEDED, THERE = "E", "F"
"""The columns from which what is missing is computed."""


def write(plan: nouns.Plan, language: str = "en") -> bytes:
    """The .xlsx; equal plans give equal bytes."""
    book = live.Book(plan.institution.name, plan.made_on)
    annex_costs.write(book, plan, language)

    def sheet(name: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
        said = [words.say(nouns.Text(f"column.{head}"), language) for head in heads]
        book.sheet(words.say(nouns.Text(f"sheet.{name}"), language), said, rows)

    def say(text: nouns.Words) -> str:
        return words.say(text, language)

    sheet(
        "inventory",
        ("place", "what", "kind", "severity", "needed", "there", "missing", "unit", "todo"),
        [_thing(number, gap, language) for number, gap in enumerate(_things(plan), 2)],
    )
    sheet(
        "lines",
        ("branch", "line", "technology", "provider", "speed", "availability", "monthly"),
        list(_lines(plan)),
    )
    sheet(
        "needs",
        ("number", "what", "area", "severity", "support", "use_case", "times", "urgency", "score", "todo", "effort"),
        [_need(gap, language) for gap in plan.functional_gaps],
    )  # fmt: skip
    sheet(
        "risks",
        ("what", "response", "likelihood", "impact", "score", "owner"),
        [
            [
                say(risk.what),
                say(risk.response),
                risk.likelihood,
                risk.impact,
                live.Formula(f"C{number}*D{number}", risk.score),
                risk.owner,
            ]
            for number, risk in enumerate(plan.risks, 2)
        ],
    )
    sheet(
        "open_points",
        ("question", "section", "branch", "owner", "due", "remark"),
        [
            [point.question, point.section, point.branch_name, point.owner, point.due, point.remark]
            for point in plan.open_points
        ],
    )
    if plan.schedule is not None:
        for name, (heads, *rows) in spreadsheet.tables(plan.schedule, language=language).items():
            book.sheet(name, [str(head) for head in heads], rows)
    sheet(
        "parameters",
        ("name", "value", "unit", "source", "origin"),
        [_parameter(one, language) for one in plan.parameters],
    )
    return book.save()


def _things(plan: nouns.Plan) -> Iterator[nouns.Gap]:
    """What is needed and there, of branches, servers and people."""
    for page in plan.branches:
        yield from page.gaps
    yield from plan.hosting.gaps
    yield from plan.people.gaps


def _thing(number: int, gap: nouns.Gap, language: str) -> Row:
    needed, there, missing = (_value(figure) for figure in (gap.need, gap.have, gap.gap))
    if needed is None or there is None or missing is None:
        return _of_thing(gap, language, needed, there, missing)
    # other arithmetic stands in the plan with its formula; here is what came of it
    if not math.isclose(max(0.0, needed - there), missing, rel_tol=1e-9, abs_tol=1e-9):
        return _of_thing(gap, language, needed, there, missing)
    formula = live.Formula(f"MAX(0,{NEEDED}{number}-{THERE}{number})", missing)
    return _of_thing(gap, language, live.Entered(needed), live.Entered(there), formula)


def _of_thing(gap: nouns.Gap, language: str, needed: live.Cell, there: live.Cell, missing: live.Cell) -> Row:
    figure = gap.gap or gap.need
    return [
        words.say(gap.area, language),
        words.say(gap.what, language),
        words.say(nouns.Text(f"gap_kind.{gap.kind.value}"), language),
        words.say(nouns.Text(f"severity.{gap.severity.value}"), language),
        needed,
        there,
        missing,
        units.name(figure.unit, language) if figure is not None and figure.unit else "",
        words.say(gap.resolution, language) if gap.resolution is not None else "",
    ]


def _lines(plan: nouns.Plan) -> Iterator[Row]:
    for page in plan.branches:
        for link in page.connectivity.links:
            figures = (link.speed, link.availability, link.monthly_cost)
            yield [page.branch.name, link.name, link.technology, link.provider, *map(_value, figures)]


def _need(gap: nouns.Gap, language: str) -> Row:
    return [
        gap.id,
        words.say(gap.what, language),
        words.say(gap.area, language),
        words.say(nouns.Text(f"severity.{gap.severity.value}"), language),
        words.say(gap.support, language) if gap.support is not None else "",
        gap.use_case,
        _value(gap.times),
        words.say(gap.urgency, language) if gap.urgency is not None else "",
        _value(gap.score),
        words.say(gap.resolution, language) if gap.resolution is not None else "",
        _value(gap.effort),
    ]


def _parameter(one: nouns.Parameter, language: str) -> Row:
    return [
        words.say(parameter_words.name(one.name), language),
        one.value,
        units.name(one.unit, language) if one.unit else "",
        words.say(nouns.Text(f"source.{one.source.value}"), language),
        words.say(trace.found(one), language),
    ]


def _value(figure: nouns.Figure | None) -> float | None:
    return figure.value if figure is not None else None
