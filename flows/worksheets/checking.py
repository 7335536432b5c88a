"""Whether rows can be taken: tried out in a session of their own, which nobody keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from flows import instance, keys, nouns, private, reading, shown
from flows.worksheets import columns

Wrong = tuple[int, str, nouns.Problem]
"""The row, the path of its column's question (empty for the whole row), and what is wrong."""

NOT_ASKED = "table_not_asked"
"""The problem of a cell that does not apply to the other answers of its row."""

UNUSUAL = "table_unusual"
"""What is to be said of a value that may be right, but seldom is."""

TELLS_WHO = "table_tells_who"
"""What is to be said of words that look as if they told who a client is."""

SAID = frozenset({UNUSUAL, TELLS_WHO})
"""What is said of a value, and keeps it from nothing."""

REMARKS = SAID | {NOT_ASKED}
"""What keeps no row from being taken."""


def entered(series: instance.Series, rows: Mapping[int, nouns.TableRow]) -> dict[int, int]:
    """The number that each row's entry has or gets."""
    session = series.instance.session
    highest = max(session.numbered.get(series.key, 0), *series.numbers, 0)
    numbers = {}
    for row, one in rows.items():
        if not one.number:
            highest += 1
        numbers[row] = one.number or highest
    return numbers


def answers(series: instance.Series, one: nouns.TableRow, number: int) -> dict[str, nouns.Answer]:
    """A row's answers under their keys in the entry of that number."""
    return placed(series.instance.session, keys.entry(series.key, number), one)


def placed(session: nouns.Session, holder: str, one: nouns.TableRow) -> dict[str, nouns.Answer]:
    """A row's answers under their keys; what stood beside an earlier answer as evidence stays there."""
    made = {}
    for path, answer in one.answers.items():
        key = keys.inside(holder, path)
        before = session.answers.get(key)
        made[key] = msgspec.structs.replace(answer, evidence=before.evidence if before is not None else ())
    return made


def check(
    series: instance.Series, rows: Mapping[int, nouns.TableRow], *, now: dt.datetime
) -> Iterator[Wrong]:
    """Everything that speaks against rows of a list whose cells can be read."""
    if not rows:
        return
    session = series.instance.session
    numbers = entered(series, rows)
    given = {
        key: answer for row, one in rows.items() for key, answer in answers(series, one, numbers[row]).items()
    }
    listed = tuple(dict.fromkeys((*series.numbers, *numbers.values())))
    tried = msgspec.structs.replace(
        session,
        answers={**session.answers, **given},
        entries={**session.entries, series.key: listed},
    )
    living = instance.Instance(series.instance.form, tried, now)
    for row, one in rows.items():
        entry = keys.entry(series.key, numbers[row])
        for column in columns.of(series):
            node = living.find(columns.key(entry, column))
            if isinstance(node, instance.Question):
                given_there = one.answers.get(column.path)
                problem = wrong(node, given_there)
                if problem is None and given_there is None:
                    problem = _lacking(node)
                if problem is None:
                    problem = remark(node, given_there, session.answers.get(node.key))
                if problem is not None:
                    yield row, column.path, problem


def wrong(node: instance.Question, given: nouns.Answer | None) -> nouns.Problem | None:
    """What speaks against what a cell says, or where it says nothing, against what is there beside the others."""
    if given is not None and not (node.relevant and node.asked):
        return reading.refused(NOT_ASKED)
    if given is not None and given.value is not None and node.value is None:
        return reading.refused("table_no_such_choice", given=str(given.value))
    said = node.answer is not None and node.value is not None
    if said and not node.instance.holds(node, "constraint", otherwise=True):
        text = shown.phrase(node.item.constraint_message, node)
        return msgspec.structs.replace(reading.refused("constraint"), text=text)
    return None


def remark(
    node: instance.Question, given: nouns.Answer | None, before: nouns.Answer | None
) -> nouns.Problem | None:
    """What is to be said of what a cell says anew: in chat it would be asked once more."""
    if given is None or given.value is None or (before is not None and before.value == given.value):
        return None
    if not node.instance.holds(node, "plausible", otherwise=True):
        return reading.refused(UNUSUAL)
    if isinstance(given.value, str) and private.hidden(given.value) != given.value:
        return reading.refused(TELLS_WHO)
    return None


def _lacking(node: instance.Question) -> nouns.Problem | None:
    """What to say of a question that an entry must answer, and does not."""
    needed = node.relevant and node.asked and node.value is None
    if needed and node.instance.holds(node, "required", otherwise=False):
        text = shown.phrase(node.item.required_message, node)
        return msgspec.structs.replace(reading.refused("required"), text=text)
    return None
