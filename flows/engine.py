"""The engine: what a person did, and where they stand, give where they stand next and what they see.

`advance` is a function of its arguments. It sends nothing, saves nothing, and takes any event at any session:
what does not fit is answered with a problem and changes no answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from flows import (
    answering,
    conversation,
    disputing,
    expressions,
    handing,
    instance,
    listing,
    nouns,
    prompts,
    reading,
    review,
    shown,
    stops,
)

TOO_HEAVY = "too_heavy"
"""The problem of an act that would have a form compute too much: nothing of it counts."""

CONVERSING = frozenset({nouns.Mode.ASKING, nouns.Mode.CONFIRMING, nouns.Mode.REVIEWING, nouns.Mode.EDITING})
"""Modes in which something stands and waits."""

STANDING = CONVERSING - {nouns.Mode.REVIEWING}
"""Modes in which it is a question or a list."""

OPENING = (nouns.Begin, nouns.Changed, nouns.Amended, nouns.Reviewed, nouns.Handed, nouns.TakenBack)
"""Events that begin, or go on after a pause."""

KEEPING_THE_PROPOSAL = (
    nouns.Confirmed, nouns.AsWritten, nouns.Begin, nouns.Paused, nouns.Estimated, nouns.Meant,
)  # fmt: skip
"""Events that leave a reading waiting for yes or no, or decide about it."""

ANSWERING = (
    nouns.Typed, nouns.Picked, nouns.Ticked, nouns.Located, nouns.Attached, nouns.Skipped, nouns.Unknown,
    nouns.Confirmed, nouns.AsWritten, nouns.Added, nouns.Finished,
)  # fmt: skip
"""Events that are about whatever stands, without naming it."""

Act = Callable[[conversation.Conversation, Any], None]


def start(flow: nouns.Flow) -> nouns.Session:
    """The session of someone who has not begun."""
    return nouns.Session(flow.id, flow.version)


def advance(
    flow: nouns.Flow, session: nouns.Session, event: nouns.AnyEvent, *, now: dt.datetime, by: str = ""
) -> nouns.Turn:
    """The turn that an event brings about; `by` is the respondent's id, written into the answers."""
    try:
        return _advanced(conversation.Conversation(flow, session, now=now, by=by), event)
    except expressions.TooHeavyError:
        problem = reading.refused(TOO_HEAVY)
        shown = nouns.Prompt("paused", flow.title, offers=("begin",), problem=problem)
        kept = msgspec.structs.replace(session, revision=session.revision + 1)
        return nouns.Turn(kept, (nouns.Show(shown),))


def _advanced(turn: conversation.Conversation, event: nouns.AnyEvent) -> nouns.Turn:
    """The turn, worked out."""
    session = turn.before
    cut = {} if isinstance(event, nouns.Begin) else dict(turn.living.cut)
    _settle(turn)
    is_gone = bool(session.cursor) and session.mode in STANDING and turn.session.cursor != session.cursor
    if is_gone and isinstance(event, ANSWERING):
        # said to a question that another's answers took away meanwhile: it is no answer to the next one
        turn.refuse("not_applicable")
    elif session.mode in CONVERSING or isinstance(event, OPENING):
        if turn.session.mode is nouns.Mode.CONFIRMING:
            event = _while_confirming(turn, event)
        ACTS[type(event)](turn, event)
    else:
        turn.refuse("stale")
    handing.settle(turn)
    handing.finish(turn)
    turn.count()
    _say_cut(turn, cut)
    handed_in = any(isinstance(effect, nouns.HandedIn) for effect in turn.effects)
    prompt = prompts.submitted(turn.way) if handed_in else prompts.standing(turn.way, turn.problem)
    turn.change(revision=session.revision + 1)
    instance.keep(turn.living)
    return nouns.Turn(turn.session, (*turn.effects, nouns.Show(prompt)))


def show(flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime) -> nouns.Prompt:
    """What the respondent should see now, without anything having happened."""
    turn = conversation.Conversation(flow, session, now=now)
    _settle(turn)
    return prompts.standing(turn.way)


def standing_list(flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime) -> instance.Series | None:
    """The repeat that stands, with its entries; None where a question or nothing does."""
    turn = conversation.Conversation(flow, session, now=now)
    _settle(turn)
    return turn.series


def _settle(turn: conversation.Conversation) -> None:
    """Stand somewhere that exists: the flow or the answers may have changed since the session was kept."""
    session = turn.session
    if session.mode is nouns.Mode.CONFIRMING and (session.proposed is None or turn.stop is None):
        answering.withdraw(turn)
    if turn.session.mode in (nouns.Mode.ASKING, nouns.Mode.EDITING) and turn.stop is None:
        turn.stand(turn.way.after(""))


def _while_confirming(turn: conversation.Conversation, event: nouns.AnyEvent) -> nouns.AnyEvent:
    """What an event means while a reading waits for yes or no: anything but these two drops the reading."""
    if isinstance(event, nouns.Typed) and reading.says_yes(event.text):
        return nouns.Confirmed(yes=True)
    if isinstance(event, nouns.Back) or (isinstance(event, nouns.Typed) and reading.says_no(event.text)):
        return nouns.Confirmed(yes=False)
    if not isinstance(event, KEEPING_THE_PROPOSAL):
        answering.withdraw(turn)
    return event


def _say_cut(turn: conversation.Conversation, before: Mapping[str, int]) -> None:
    """Say where a count wants more entries than a list may have, once for each such count."""
    for key, wanted in turn.living.cut.items():
        series = turn.living.find(key)
        if before.get(key) != wanted and turn.problem is None and isinstance(series, instance.Series):
            label = shown.title(series)
            turn.refuse("too_many_counted", label=label, n=len(series.numbers))


# --- moving about ----------------------------------------------------------------------------------


def _begin(turn: conversation.Conversation, _: nouns.Begin) -> None:
    """Show what stands, or after a pause what stood, or the first question that waits."""
    session = turn.session
    if session.mode in CONVERSING:
        return
    stood = turn.stop if session.mode is nouns.Mode.PAUSED else None
    if stood is not None and session.proposed is not None:
        turn.trigger("recall")
    elif stood is not None:
        ticked = session.ticked
        turn.stand(stood, trigger="edit" if session.resume is nouns.Mode.EDITING else "ask")
        turn.change(ticked=ticked)
    elif session.mode is nouns.Mode.PAUSED and session.resume is nouns.Mode.REVIEWING:
        turn.stand(None)
    else:
        turn.stand(turn.way.after(""))


def _back(turn: conversation.Conversation, _: nouns.Back) -> None:
    """Go to the stop before; from a change back to the review, from the review to the last stop."""
    if turn.session.mode is nouns.Mode.EDITING:
        turn.stand(None)
        return
    before = turn.way.before(turn.session.cursor)
    if before is None:
        turn.refuse("stale")
    else:
        turn.stand(before)


def _reviewed(turn: conversation.Conversation, _: nouns.Reviewed) -> None:
    """Show the list of answers."""
    turn.stand(None)


def _changed(turn: conversation.Conversation, event: nouns.Changed) -> None:
    """Go to one question, or to the first of an entry."""
    stop = turn.way.at(event.key) or next(iter(turn.way.inside(event.key)), None)
    if stop is None:
        turn.refuse("not_applicable")
        if turn.session.mode not in CONVERSING:
            _begin(turn, nouns.Begin())
        return
    from_review = turn.session.mode in (nouns.Mode.REVIEWING, nouns.Mode.EDITING)
    turn.stand(stop, trigger="edit" if from_review else "ask")


def _amended(turn: conversation.Conversation, event: nouns.Amended) -> None:
    """Answer the question at a key, then stand again just as before; what the answer leaves open is asked there."""
    before = turn.before
    if event.key == turn.session.cursor:
        ACTS[type(event.answer)](turn, event.answer)
        return
    if turn.way.at(event.key) is None:
        turn.refuse("not_applicable")
        return
    _changed(turn, nouns.Changed(event.key))
    ACTS[type(event.answer)](turn, event.answer)
    back = turn.way.at(before.cursor)
    is_answered = any(isinstance(effect, nouns.Stored) and effect.key == event.key for effect in turn.effects)
    if not is_answered or back is None:
        return
    is_editing = nouns.Mode.EDITING in (before.mode, before.mode is nouns.Mode.CONFIRMING and before.resume)
    turn.stand(back, trigger="edit" if is_editing else "ask")
    turn.change(ticked=before.ticked)
    if before.proposed is not None:
        turn.trigger(
            "propose",
            proposed=before.proposed,
            doubted=before.doubted,
            written=before.written,
            resume=before.resume,
        )


def _paused(turn: conversation.Conversation, _: nouns.Paused) -> None:
    """Stop for now; nothing is lost."""
    session = turn.session
    resume = session.resume if session.mode is nouns.Mode.CONFIRMING else session.mode
    turn.trigger("pause", resume=resume)
    turn.effects.append(nouns.Stopped())


def _submitted(turn: conversation.Conversation, _: nouns.Submitted) -> None:
    """Hand the section in from the review, unless an answer is required or no longer valid."""
    if turn.session.mode is not nouns.Mode.REVIEWING:
        turn.refuse("review_first")
        return
    lacking = [stop for stop in turn.way.stops if _is_required(stop) and stop.is_missing]
    if lacking:
        first = lacking[0]
        turn.refuse("required_missing", label=shown.title(first.node), n=len(lacking))
        turn.stand(first, trigger="edit")
        return
    # other answers may have changed since
    wrong = next((stop for stop in turn.way.stops if not _is_valid(stop)), None)
    if wrong is not None:
        turn.refuse("constraint", text=shown.words(wrong.node, "constraint_message"))
        turn.stand(wrong, trigger="edit")
        return
    turn.trigger("submit", cursor="", ticked=(), proposed=None, written=None)
    if turn.session.share is None:
        turn.change(handed=())
    turn.effects.append(nouns.HandedIn())


def _is_valid(stop: stops.Stop) -> bool:
    return not isinstance(stop.node, instance.Question) or stop.node.is_valid


def _is_required(stop: stops.Stop) -> bool:
    return stop.node.instance.holds(stop.node, "required", otherwise=False)


def _typed(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Words at a list or at the review are about these, and "none" for a new entry too; others are an answer."""
    if turn.series is not None:
        listing.typed(turn, event)
    elif turn.session.mode is nouns.Mode.REVIEWING:
        _typed_at_review(turn, event)
    elif listing.is_meant(turn, event):
        listing.typed_in_entry(turn, event)
    else:
        answering.typed(turn, event)


def _typed_at_review(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Take a number as "change the answer on this line"."""
    lines = [line for line in review.lines(turn.way) if line.kind != "entry"]
    line = reading.numbered(event.text, lines)
    if line is None:
        turn.refuse("review_wants_buttons")
    else:
        _changed(turn, nouns.Changed(line.key))


ACTS: Mapping[type[nouns.Event], Act] = {
    nouns.Begin: _begin,
    nouns.Typed: _typed,
    nouns.Picked: answering.picked,
    nouns.Ticked: answering.ticked,
    nouns.Located: answering.located,
    nouns.Attached: answering.attached,
    nouns.Back: _back,
    nouns.Skipped: answering.skipped,
    nouns.Unknown: answering.unknown,
    nouns.Estimated: answering.estimated,
    nouns.Meant: answering.meant,
    nouns.Agreed: disputing.agreed,
    nouns.Kept: disputing.kept,
    nouns.Confirmed: answering.confirmed,
    nouns.AsWritten: answering.as_written,
    nouns.Handed: handing.handed,
    nouns.TakenBack: handing.taken_back,
    nouns.Added: listing.added,
    nouns.Filled: listing.filled,
    nouns.Finished: listing.finished,
    nouns.Opened: listing.opened,
    nouns.Removed: listing.removed,
    nouns.Reviewed: _reviewed,
    nouns.Changed: _changed,
    nouns.Amended: _amended,
    nouns.Paused: _paused,
    nouns.Submitted: _submitted,
}
"""What each kind of event does."""
