"""The change history as fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from document_templates import fields
from document_templates.teller import DASH, Teller
from planning import nouns, versions

_Place = tuple[dt.date, int, int, int]
"""Where a row stands: its day, then its version."""


def history(tell: Teller) -> list[fields.HistoryRow]:
    """The versions that were issued, this one last, and why something was opened again; where the plan is none, that it is a draft."""
    if not tell.plan.history:
        day = tell.date(tell.plan.made_on)
        draft = tell.word("draft_version", date=day)
        return [fields.HistoryRow(version=draft, date=day, who=DASH, changes=[tell.word("no_version")])]
    rows = [(_at(line), _issued(tell, line)) for line in tell.plan.history]
    # after the version that was signed, and before the drafts that follow
    rows += [((one.day, one.signed, 0, 1), _opened(tell, one)) for one in tell.plan.sign_off.opened]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _at(line: nouns.Issue) -> _Place:
    number = versions.number(line.version)
    return (line.day, number.major if number else 0, number.minor if number else 0, 0)


def _issued(tell: Teller, line: nouns.Issue) -> fields.HistoryRow:
    return fields.HistoryRow(
        version=line.version,
        date=tell.date(line.day),
        who=line.who or DASH,
        changes=list(_changes(tell, line)),
    )


def _opened(tell: Teller, one: nouns.Opened) -> fields.HistoryRow:
    return fields.HistoryRow(
        version=DASH,
        date=tell.date(one.day),
        who=one.who or DASH,
        changes=[tell.word("opened_again", reason=one.reason)],
    )


def _changes(tell: Teller, line: nouns.Issue) -> Iterator[str]:
    if line.first:
        yield tell.word("first_version")
    elif not line.changes:
        yield tell.word("nothing_compared")
    yield from tell.all(line.changes)
    if line.more:
        yield tell.word("more_changes", n=line.more)
