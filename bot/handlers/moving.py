"""A section whose questions were changed while it was being answered: it goes on in the new version, and says so."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import library, limits, views
from bot.work import Work
from flows import nouns, review, values, versions, wording
from flows import words as catalogues
from storage import port, records

PASSING = (nouns.Begin, nouns.Changed, nouns.Reviewed, nouns.Paused)
"""Events that mean the same in any version: going somewhere, or stopping."""


@dataclasses.dataclass(frozen=True)
class Going:
    """How a section goes on."""

    flow: nouns.Flow
    session: nouns.Session
    event: nouns.AnyEvent
    said: str = ""
    """What the person is told of what changed, as HTML; empty where nothing did."""


def on(
    work: Work,
    flows: library.Library,
    section: records.Section,
    session: nouns.Session,
    event: nouns.AnyEvent,
) -> Going:
    """The session in the newest version of its flow, or in its own where nothing of it would count there."""
    flow = flows.flow(section.flow)
    if session.version == flow.version:
        return Going(flow, session, event)
    before = flows.known(section.flow, session.version)
    moved = _moved(flow, before, session)
    if moved is None:
        return Going(before or flow, session, event)
    _keep(work, section, session, moved)
    after = _remarked(work, before, session, moved)
    if not _means_the_same(before, flow, session, after, event):
        event = nouns.Begin()
    return Going(flow, after, event, _said(work, before, flow))


def ahead(flows: library.Library, flow: nouns.Flow, session: nouns.Session) -> nouns.Session | None:
    """The session in the newest version of its flow, as `on` goes on with it; None where it stays in its own."""
    moved = _moved(flow, flows.known(flow.id, session.version), session)
    return None if moved is None else moved.session


def _moved(flow: nouns.Flow, before: nouns.Flow | None, session: nouns.Session) -> versions.Moved | None:
    """The session in this version; None where nothing of it would count there."""
    moved = versions.move(flow, session, before=before)
    return moved if before is None or versions.is_movable(moved) else None


def _keep(work: Work, section: records.Section, session: nouns.Session, moved: versions.Moved) -> None:
    """Write the answers down at their new places."""
    answers = moved.session.answers
    work.changes += [port.DropAnswer(section.id, key) for key in session.answers if key not in answers]
    work.changes += [
        port.PutAnswer(section.id, key, answer)
        for key, answer in answers.items()
        if session.answers.get(key) != answer
    ]


def _remarked(
    work: Work, before: nouns.Flow | None, session: nouns.Session, moved: versions.Moved
) -> nouns.Session:
    """The session with a remark at every question that is asked again: what was said before."""
    remarks = {}
    for key in moved.unfit:
        line = review.line(work.told(before), session, key) if before is not None else None
        said = line.shown if line is not None else values.written(moved.session.answers[key].value)
        remarks[key] = work.words.say("changed.said_before", answer=said[: limits.COMMENT_CHARACTERS])
    return msgspec.structs.replace(moved.session, comments={**remarks, **moved.session.comments})


def _means_the_same(
    before: nouns.Flow | None,
    flow: nouns.Flow,
    session: nouns.Session,
    after: nouns.Session,
    event: nouns.AnyEvent,
) -> bool:
    """Whether what the person did at the old question may be done at the one that stands now."""
    if isinstance(event, PASSING):
        return True
    # at the review nothing stands: who hands in has not seen all of it
    here, there = after.cursor, session.cursor
    if isinstance(event, nouns.Amended):
        here = there = event.key
    return is_alike(before, flow, there, here)


def is_alike(before: nouns.Flow | None, flow: nouns.Flow, there: str, here: str) -> bool:
    """Whether the question that stood at a key before is the one at a key now, as far as that is known."""
    now = versions.item_at(flow, here)
    then = versions.item_at(before, there) if before is not None else now
    return now is not None and then is not None and versions.seen(now) == versions.seen(then)


def _said(work: Work, before: nouns.Flow | None, flow: nouns.Flow) -> str:
    """One sentence on what changed."""
    if before is None:
        return work.words.html("changed.since", title=work.told(flow).title)
    before, flow = work.told(before), work.told(flow)
    difference = versions.compare(before, flow)
    what = in_words(difference, work.words)
    return work.words.html("changed.meanwhile", title=flow.title, changes=what) if what else ""


def in_words(difference: versions.Difference, words: catalogues.Catalogue) -> str:
    """What is new, changed and gone, in a few words; empty where nothing is."""
    parts = [
        words.say(f"changed.{kind}", labels=_named(labels, words))
        for kind, labels in (
            ("new", difference.new),
            ("changed", difference.changed),
            ("gone", difference.gone),
        )
        if labels
    ]
    return "; ".join(parts)


def _named(labels: tuple[str, ...], words: catalogues.Catalogue) -> str:
    named = [f"“{label(each)}”" for each in labels[: limits.CHANGES_NAMED]]
    more = len(labels) - len(named)
    listed = ", ".join(named)
    return words.say("changed.more", listed=listed, n=more) if more else listed


def label(words: str) -> str:
    """A question's words on one short line, with dots for the answers in them."""
    line = " ".join(wording.filled(words, lambda _: "").split())
    return views.short(line)
