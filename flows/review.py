"""The answers of a section in a list, as its respondent and its reviewer read them."""

from __future__ import annotations

import datetime as dt

from flows import form, instance, nouns, shown, stops

SUMMARY = 3
"""Answers that stand for an entry in the list of its repeat."""

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands for now where a caller looks at answers only: no shown answer depends on the time."""


def lines(way: stops.Way) -> tuple[nouns.ReviewLine, ...]:
    """A line for every stop, with a heading before each entry."""
    made: list[nouns.ReviewLine] = []
    headed: set[str] = set()
    for stop in way.stops:
        for entry in reversed(tuple(instance.entries_around(stop.node))):
            if entry.key not in headed:
                headed.add(entry.key)
                made.append(nouns.ReviewLine(entry.key, shown.title(entry), "", nouns.Sure.KNOWN, "entry"))
        made.append(of(stop))
    return tuple(made)


def of(stop: stops.Stop) -> nouns.ReviewLine:
    """The line of one stop."""
    session = stop.node.instance.session
    answer = session.answers.get(stop.key)
    comment = session.comments.get(stop.key, "")
    label = shown.title(stop.node)
    if isinstance(stop.node, instance.Series):
        sure = nouns.Sure.KNOWN if stop.node.complete else answer.sure if answer else nouns.Sure.SKIPPED
        count = str(len(stop.node.entries))
        return nouns.ReviewLine(stop.key, label, count, sure, "repeat", comment, handed=stop.handed)
    words = shown.in_words(stop.node) if answer is not None else ""
    sure = answer.sure if answer is not None and (words or answer.value is None) else nouns.Sure.SKIPPED
    by = answer.by if answer is not None else ""
    dispute = session.disputes.get(stop.key)
    rival = shown.said(stop.node, dispute.proposed.value) if dispute is not None else ""
    return nouns.ReviewLine(
        stop.key, label, words, sure, comment=comment, rival=rival, by=by, handed=stop.handed
    )


def line(
    flow: nouns.Flow, session: nouns.Session, key: str, *, now: dt.datetime = _EPOCH
) -> nouns.ReviewLine | None:
    """The line of one answer; None where it does not apply now. With the moment of its turn it costs less."""
    stop = stops.looked_at(form.of(flow), session, now).at(key)
    return None if stop is None else of(stop)


def missing(way: stops.Way) -> int:
    """How many stops are open or skipped."""
    return sum(stop.is_missing for stop in way.stops)


def entries(series: instance.Series) -> tuple[nouns.ReviewLine, ...]:
    """A line for every entry of a repeat, with its first answers."""
    return tuple(entry_line(entry) for entry in series.entries if entry.relevant)


def entry_line(entry: instance.Entry) -> nouns.ReviewLine:
    """The line of one entry, with its first answers."""
    inside = [node for node in questions(entry) if node.relevant and node.asked and node.answer is not None]
    words = [word for node in inside if (word := shown.in_words(node))]
    doubts = [node.answer.sure for node in inside if node.answer and node.answer.sure is not nouns.Sure.KNOWN]
    sure = doubts[0] if doubts else nouns.Sure.KNOWN
    return nouns.ReviewLine(entry.key, shown.title(entry), ", ".join(words[:SUMMARY]), sure, "entry")


def questions(holder: instance.Holder) -> list[instance.Question]:
    """The questions directly in an entry and in its groups, in order."""
    found: list[instance.Question] = []
    for part in holder.parts:
        if isinstance(part, instance.Question):
            found.append(part)
        elif isinstance(part, instance.Group):
            found += questions(part)
    return found
