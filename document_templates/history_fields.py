"""The change history as fields."""

from __future__ import annotations

from collections.abc import Iterator

from document_templates import fields
from document_templates.teller import DASH, Teller
from planning import nouns


def history(tell: Teller) -> list[fields.HistoryRow]:
    """The versions that were issued, this one last; where the plan is none, that it is a draft."""
    if not tell.plan.history:
        day = tell.date(tell.plan.made_on)
        draft = tell.word("draft_version", date=day)
        return [fields.HistoryRow(version=draft, date=day, who=DASH, changes=[tell.word("no_version")])]
    return [
        fields.HistoryRow(
            version=line.version,
            date=tell.date(line.day),
            who=line.who or DASH,
            changes=list(_changes(tell, line)),
        )
        for line in tell.plan.history
    ]


def _changes(tell: Teller, line: nouns.Issue) -> Iterator[str]:
    if line.first:
        yield tell.word("first_version")
    elif not line.changes:
        yield tell.word("nothing_compared")
    yield from tell.all(line.changes)
    if line.more:
        yield tell.word("more_changes", n=line.more)
