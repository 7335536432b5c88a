"""Whether rows can be entries: tried out together in a session of their own, which nobody keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from flows import instance, keys, nouns, reading, shown
from flows.worksheets import columns

Wrong = tuple[int, str, nouns.Problem]
"""The row, the path of the question below the repeat (empty for the whole row), and what is wrong."""

NOT_ASKED = "table_not_asked"
"""The problem of a cell that does not apply to the other answers of its row."""


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
    """A row's answers under their keys; what stood beside an earlier answer as evidence stays there."""
    entry = keys.entry(series.key, number)
    before = series.instance.session.answers
    made = {}
    for path, answer in one.answers.items():
        key = f"{entry}/{path}"
        evidence = before[key].evidence if key in before else ()
        made[key] = msgspec.structs.replace(answer, evidence=evidence)
    return made


def check(
    series: instance.Series, rows: Mapping[int, nouns.TableRow], *, now: dt.datetime
) -> Iterator[Wrong]:
    """Everything that speaks against rows whose cells can be read."""
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
                problem = _wrong(living, node, one.answers.get(column.path))
                if problem is not None:
                    yield row, column.path, problem


def _wrong(
    living: instance.Instance, node: instance.Question, given: nouns.Answer | None
) -> nouns.Problem | None:
    if given is None:
        needed = node.relevant and node.asked and node.value is None
        if needed and living.holds(node, "required", otherwise=False):
            text = shown.phrase(node.item.required_message, node)
            return msgspec.structs.replace(reading.refused("required"), text=text)
        return None
    if not node.relevant or not node.asked:
        return reading.refused(NOT_ASKED)
    if given.value is None:
        return None
    if node.value is None:
        return reading.refused("no_such_choice", given=str(given.value))
    if not living.holds(node, "constraint", otherwise=True):
        text = shown.phrase(node.item.constraint_message, node)
        return msgspec.structs.replace(reading.refused("constraint"), text=text)
    return None
