"""Page one: the key figures, the decisions that are needed and from whom, the greatest risks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from document_templates import fields, topic_fields
from document_templates.teller import Teller
from planning import nouns

CARDS_A_ROW = 3
OWNERS_NAMED = 3
"""Owners of open points that page one names; the rest share a line."""
RISKS_SHOWN, LEAST_RISKS = 5, 2
"""Of the greatest; fewer where many decisions would push them off page one."""
ROWS_OF_PAGE_ONE = 8
"""Decisions and risks together that stand on one page below the sentences and the cards."""
URGENT_FROM = 10
"""Open questions of one owner from which the line weighs as much as a missing decision."""


def summary(tell: Teller) -> fields.Summary:
    """Everything on page one."""
    people = tell.plan.people
    risks = sorted(tell.plan.risks, key=lambda risk: -risk.score)
    decisions = _decisions(tell)
    room = min(RISKS_SHOWN, max(LEAST_RISKS, ROWS_OF_PAGE_ONE - len(decisions)))
    return fields.Summary(
        warning="" if people.dedicated else tell.say(people.verdict),
        cards=_rows_of_cards(tell),
        decisions=decisions,
        risks=[topic_fields.risk(tell, risk) for risk in risks[:room]],
    )


def _rows_of_cards(tell: Teller) -> list[list[fields.Card]]:
    plan = tell.plan
    gaps = [*plan.functional_gaps, *(gap for branch in plan.branches for gap in branch.gaps)]
    critical = _reds(gaps) + _reds(plan.hosting.gaps) + _reds(plan.people.gaps)
    cards = _dates(tell)
    cards += [_card(tell, figure) for figure in plan.summary]
    counts = {
        "card_critical": critical,
        "card_open": len(plan.open_points),
        "card_risks": _reds(plan.risks),
        "card_branches": len(plan.branches),
    }
    spare = [
        fields.Card(label=tell.word(code, n=count), value=tell.formats.number(count))
        for code, count in counts.items()
    ]
    # the last row is never half empty
    cards += spare[: 1 + (-(len(cards) + 1)) % CARDS_A_ROW]
    return [cards[place : place + CARDS_A_ROW] for place in range(0, len(cards), CARDS_A_ROW)]


def _dates(tell: Teller) -> list[fields.Card]:
    """What to promise comes first: readers keep the first date that they see."""
    schedule = tell.plan.schedule
    if schedule is None:
        return [fields.Card(label=tell.word("card_finish"), value=tell.word("card_finish_open"))]
    kind = "card" if schedule.live is None else "card_live"
    dates = {f"{kind}_earliest": schedule.goal}
    if schedule.goal_likely is not None:
        dates = {f"{kind}_promise": schedule.goal_likely.safe, f"{kind}_even": schedule.goal_likely.even}
    if schedule.live is not None:
        dates["card_close"] = schedule.likely.safe if schedule.likely is not None else schedule.finish
    return [fields.Card(label=tell.word(code), value=tell.date(day)) for code, day in dates.items()]


def _card(tell: Teller, figure: nouns.Figure) -> fields.Card:
    """A figure in large print; what it waits for goes into the small print."""
    label = tell.say(figure.label)
    if figure.value is not None:
        return fields.Card(label=label, value=tell.short(figure))
    value = (
        tell.word("at_least", value=tell.amount(figure.low, figure.unit))
        if figure.low
        else tell.word("card_unknown")
    )
    return fields.Card(
        label=tell.word("card_waits", label=label, points=tell.points(figure.waits_for)), value=value
    )


def _reds(judged: Iterable[nouns.Gap | nouns.Risk]) -> int:
    return sum(one.severity is nouns.Severity.RED for one in judged)


def _decisions(tell: Teller) -> list[fields.Decision]:
    plan = tell.plan
    red, amber, green = nouns.Severity.RED, nouns.Severity.AMBER, nouns.Severity.GREEN
    needed: list[tuple[str, str, dt.date | None, nouns.Severity]] = []
    board, start = tell.word("board"), _start(tell)
    if not plan.people.dedicated:
        unknown = "_unknown" if plan.people.dedicated is None else ""
        needed.append((tell.word(f"decide_manager{unknown}"), board, start, red))
    schedule = plan.schedule
    if schedule and schedule.target and schedule.promise > schedule.target:
        sentence = tell.word(
            "decide_date", promise=tell.date(schedule.promise), target=tell.date(schedule.target)
        )
        needed.append((sentence, board, start, amber))
    if plan.costs.once.value is not None and plan.costs.total.value is not None:
        sentence = tell.word(
            "decide_money", once=tell.short(plan.costs.once), total=tell.short(plan.costs.total)
        )
        needed.append((sentence, board, start, amber))
    if plan.hosting.options and not any(option.wished for option in plan.hosting.options):
        needed.append((tell.word("decide_hosting"), tell.word("role_it"), start, amber))
    needed += _owed(tell)
    if not plan.open_points:
        needed.append((tell.word("decide_sign"), board, start, green))
    return [
        fields.Decision(
            number=str(number),
            what=what,
            owner=owner,
            due=tell.date(due) if due else tell.word("before_start"),
            tag=tell.tag(severity, tell.word(f"decision_{severity.value}")),
        )
        for number, (what, owner, due, severity) in enumerate(needed, 1)
    ]


def _start(tell: Teller) -> dt.date | None:
    """The day by which a decision is needed that the work rests on: that on which it begins, today where that is past."""
    schedule = tell.plan.schedule
    return max(schedule.start, tell.plan.made_on) if schedule is not None else None


def _owed(tell: Teller) -> list[tuple[str, str, dt.date | None, nouns.Severity]]:
    """One line for each owner of open points, those who owe most first."""
    owned: dict[str, list[nouns.OpenPoint]] = {}
    for point in tell.plan.open_points:
        owned.setdefault(tell.owner(point), []).append(point)
    ranked = sorted(owned.items(), key=lambda item: (-_questions(item[1]), item[0]))
    lines = []
    for owner, points in ranked[:OWNERS_NAMED]:
        places = list(dict.fromkeys(point.section or point.flow for point in points))
        named = ", ".join([*places[:3], *(["…"] if len(places) > 3 else [])])
        count = _questions(points)
        severity = nouns.Severity.RED if count >= URGENT_FROM else nouns.Severity.AMBER
        sentence = tell.word("decide_answers", n=count, places=named)
        lines.append((sentence, owner, _first_due(points), severity))
    rest = [point for _, points in ranked[OWNERS_NAMED:] for point in points]
    if rest:
        sentence = tell.word("decide_answers_rest", n=_questions(rest))
        others = tell.word("others", n=len(ranked) - OWNERS_NAMED)
        lines.append((sentence, others, _first_due(rest), nouns.Severity.AMBER))
    return lines


def _questions(points: list[nouns.OpenPoint]) -> int:
    return sum(point.questions for point in points)


def _first_due(points: list[nouns.OpenPoint]) -> dt.date | None:
    return min((point.due for point in points if point.due), default=None)
