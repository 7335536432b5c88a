"""What people do to answer the question that stands: type, pick, tick, send, leave open, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

import msgspec

from flows import conversation, instance, kinds, nouns, private, prompts, reading, shown, together
from flows.reading import choices, places, text

MAX_EVIDENCE = 10
"""Attachments beside one answer: what one page of the plan's annex can show."""

MAX_NAME = 255
"""Characters of a file's name: what file systems take."""

PROOF = {"image": "photo", "file": "file", "audio": "voice", "video": "file"}
"""Kind of attachment -> the kind of evidence that it is."""

WITHOUT_VALUE = frozenset({nouns.Sure.UNKNOWN, nouns.Sure.ASKED, nouns.Sure.NOT_APPLICABLE})
"""What an answer without a value may mean."""

WANTED = {
    **dict.fromkeys(kinds.NUMBERS, "wants_number"),
    **dict.fromkeys(("date", "dateTime"), "wants_date"),
    **dict.fromkeys((*kinds.SELECTS, "acknowledge"), "wants_choice"),
    **dict.fromkeys(("geopoint", *kinds.TRACES), "wants_place"),
}
"""Type of question -> the problem that says what it needs, where something else was sent."""


def typed(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Read the words as the answer, ask back where they could mean something else."""
    question = turn.question
    if question is None:
        turn.refuse("stale")
        return
    several = question.place.kind == "select_multiple"
    if several and reading.says_done(event.text):
        ticked(turn, nouns.Ticked())
        return
    parts = together.parted(question, event.text)
    if isinstance(parts, nouns.Problem):
        turn.problem = parts
        return
    if parts:
        _take_each(turn, parts)
        return
    read = _read(turn, question, event.text)
    if several and isinstance(read, reading.Reading) and _is_one(read.value):
        # More may follow: the tick shows, and Done or a whole list ends it.
        turn.change(ticked=_toggled(turn.session.ticked, str(read.value[0])))
    elif question.place.kind == "text" and isinstance(read, reading.Reading) and _tells_who(read.value):
        _offer_hidden(turn, question, read.value)
    else:
        _take(turn, question, read)


def _read(turn: conversation.Conversation, question: instance.Question, words: str) -> reading.Outcome:
    options, language = prompts.options(question), turn.flow.language
    read = reading.read(question.item, words, options, today=turn.now.date(), language=language)
    return together.told(question, words, read)


def _take_each(turn: conversation.Conversation, parts: Mapping[str, str]) -> None:
    """Take several numbers one after the other, up to one that cannot be taken: there it is asked again.

    A number whose question no longer applies after those before it is not needed. Those behind one that waits
    for yes or no wait with it.
    """
    left = dict(parts)
    for key, words in parts.items():
        del left[key]
        if turn.session.cursor != key:
            stop = turn.way.at(key)
            if stop is None:
                continue
            from_review = turn.session.mode in (nouns.Mode.REVIEWING, nouns.Mode.EDITING)
            turn.stand(stop, trigger="edit" if from_review else "ask")
        if (question := turn.question) is None:
            return
        if words == together.UNKNOWN:
            _take(turn, question, reading.Reading(None, nouns.Sure.UNKNOWN))
        else:
            _take(turn, question, _read(turn, question, words))
        if turn.session.mode is nouns.Mode.CONFIRMING:
            turn.change(following=left)
            return
        if turn.problem is not None:
            return


def _tells_who(value: nouns.Value) -> TypeGuard[str]:
    """Whether this looks as if it told who a client is."""
    return isinstance(value, str) and private.hidden(value) != value


def _offer_hidden(turn: conversation.Conversation, question: instance.Question, written: str) -> None:
    """Propose the words without what tells who a client is."""
    answer = _answer(turn, question, reading.Reading(written))
    proposed = msgspec.structs.replace(answer, value=private.hidden(written))
    turn.trigger("propose", proposed=proposed, written=answer, resume=turn.session.mode)


def _is_one(value: nouns.Value) -> TypeGuard[list[str]]:
    """Whether this is one choice that does not stand alone by its meaning."""
    return isinstance(value, list) and len(value) == 1 and value[0] != choices.NONE


def picked(turn: conversation.Conversation, event: nouns.Picked) -> None:
    """Take the choice as the answer, or tick or untick it where others may follow."""
    question = turn.question
    if question is None or all(choice.name != event.choice for choice in question.choices):
        turn.refuse("stale")
    elif question.place.kind != "select_multiple":
        _take(turn, question, reading.Reading(event.choice))
    elif event.choice == choices.NONE:
        # it stands alone, so nothing can follow
        _take(turn, question, reading.Reading([event.choice]))
    else:
        turn.change(ticked=_toggled(turn.session.ticked, event.choice))


def _toggled(ticked: tuple[str, ...], choice: str) -> tuple[str, ...]:
    if choice in ticked:
        return tuple(name for name in ticked if name != choice)
    return (*(name for name in ticked if name != choices.NONE), choice)


def ticked(turn: conversation.Conversation, _: nouns.Ticked) -> None:
    """Take the ticks as the answer; elsewhere keep the answer that stands and go on."""
    question = turn.question
    if question is None:
        turn.refuse("stale")
    elif question.place.kind == "select_multiple":
        names = [choice.name for choice in question.choices if choice.name in turn.session.ticked]
        if names:
            _take(turn, question, reading.Reading(names))
        else:
            turn.refuse("nothing_ticked")
    elif question.value is None:
        turn.refuse("stale")
    else:
        _keep(turn, question)


def _keep(turn: conversation.Conversation, question: instance.Question) -> None:
    """Go on with the answer that stands; one that came back, or stood by default only, is given anew."""
    answer = question.answer
    if answer is None or question.key in {*turn.session.comments, *turn.session.disputes}:
        sure = nouns.Sure.KNOWN if answer is None else answer.sure
        _take(turn, question, reading.Reading(question.value, sure))
    else:
        turn.go_on()


def _unasked(turn: conversation.Conversation) -> str:
    """The problem of what was sent where no question stands."""
    if turn.series is not None:
        return "list_wants_buttons"
    return "review_wants_buttons" if turn.session.mode is nouns.Mode.REVIEWING else "stale"


def located(turn: conversation.Conversation, event: nouns.Located) -> None:
    """Take the location as the answer, or as evidence where that is welcome."""
    question = turn.question
    if question is None:
        turn.refuse(_unasked(turn))
        return
    if question.place.kind == "geopoint":
        _take(turn, question, places.located(event.point))
    elif "location" in question.item.evidence and isinstance(
        place := places.located(event.point), nouns.Problem
    ):
        turn.problem = place
    elif "location" in question.item.evidence:
        where = f"{event.point.latitude:.5f}, {event.point.longitude:.5f}"
        _prove(turn, question, nouns.Attachment("location", "", where))
    else:
        kind = question.place.kind
        turn.refuse(f"send_{kind}" if kind in kinds.SENT else WANTED.get(kind, "location_not_asked"))


def attached(turn: conversation.Conversation, event: nouns.Attached) -> None:
    """Take the attachment as the answer, or as evidence where that is welcome."""
    question = turn.question
    if question is None:
        turn.refuse(_unasked(turn))
        return
    sent = event.attachment
    safe = msgspec.structs.replace(
        sent, name=text.clean(sent.name)[:MAX_NAME], mime=text.clean(sent.mime)[:MAX_NAME]
    )
    if question.place.kind not in kinds.SENT and not question.item.evidence:
        turn.refuse(WANTED.get(question.place.kind, "attachment_not_asked"))
    elif sent.kind not in PROOF or not sent.file_id or text.clean(sent.file_id) != sent.file_id:
        turn.refuse("attachment_unusable")
    elif question.place.kind in kinds.SENT:
        if question.place.kind in ("file", sent.kind) or sent.mime.startswith(f"{question.place.kind}/"):
            _take(turn, question, reading.Reading(safe))
        else:
            turn.refuse(f"send_{question.place.kind}")
    elif PROOF[sent.kind] in question.item.evidence:
        _prove(turn, question, safe)
    else:
        turn.refuse(WANTED.get(question.place.kind, "attachment_not_asked"))


def _prove(turn: conversation.Conversation, question: instance.Question, proof: nouns.Attachment) -> None:
    """Put evidence beside the answer; where there is none yet, the question still waits for it."""
    before = question.answer or nouns.Answer(by=turn.by, at=turn.now, sure=nouns.Sure.SKIPPED)
    if len(before.evidence) >= MAX_EVIDENCE:
        turn.refuse("too_many_attachments", limit=MAX_EVIDENCE)
        return
    turn.store(question.key, msgspec.structs.replace(before, evidence=(*before.evidence, proof)))


def skipped(turn: conversation.Conversation, _: nouns.Skipped) -> None:
    """Leave the question, or the list, open for now; an answer that stands is kept."""
    question = turn.question
    if question is None:
        leave(turn, nouns.Sure.SKIPPED)
    elif question.answer is not None and question.value is not None:
        _keep(turn, question)
    elif turn.way.instance.holds(question, "required", otherwise=False):
        turn.refuse("required", text=shown.words(question, "required_message"))
    else:
        _take(turn, question, reading.Reading(None, nouns.Sure.SKIPPED))


def unknown(turn: conversation.Conversation, _: nouns.Unknown) -> None:
    """Take "I don't know" as the answer: honest, and an open point."""
    question = turn.question
    if question is None:
        leave(turn, nouns.Sure.UNKNOWN)
    else:
        _take(turn, question, reading.Reading(None, nouns.Sure.UNKNOWN))


def leave(turn: conversation.Conversation, sure: nouns.Sure) -> None:
    """Go on from a list without entries, which then waits as skipped or unknown."""
    series = turn.series
    if series is None or series.numbers:
        turn.refuse("stale")
        return
    turn.change(closed=tuple(key for key in turn.session.closed if key != series.key))
    turn.give(series.key, nouns.Answer(by=turn.by, at=turn.now, sure=sure))


def estimated(turn: conversation.Conversation, event: nouns.Estimated) -> None:
    """Mark an answer as an estimate."""
    stop = turn.way.at(event.key)
    answer = turn.session.answers.get(event.key)
    if stop is None or answer is None or answer.value is None:
        turn.refuse("stale")
        return
    turn.store(event.key, msgspec.structs.replace(answer, sure=nouns.Sure.ESTIMATE))


def meant(turn: conversation.Conversation, event: nouns.Meant) -> None:
    """Say of an answer without a value what it means."""
    stop = turn.way.at(event.key)
    answer = turn.session.answers.get(event.key)
    if stop is None or answer is None or answer.value is not None or event.sure not in WITHOUT_VALUE:
        turn.refuse("stale")
        return
    turn.store(event.key, msgspec.structs.replace(answer, sure=event.sure))


def confirmed(turn: conversation.Conversation, event: nouns.Confirmed) -> None:
    """Take or drop the reading that was proposed."""
    proposed = turn.session.proposed
    if turn.session.mode is not nouns.Mode.CONFIRMING or proposed is None:
        turn.refuse("stale")
        return
    stands_by_it = turn.session.doubted or turn.session.written is not None
    following = turn.session.following
    withdraw(turn)
    if event.yes and (question := turn.question) is not None:
        _take(turn, question, reading.Reading(proposed.value, proposed.sure), stands_by_it=stands_by_it)
        if turn.problem is None:
            _take_each(turn, following)


def as_written(turn: conversation.Conversation, _: nouns.AsWritten) -> None:
    """Take the words as they were written: they tell of no client."""
    written = turn.session.written
    if turn.session.mode is not nouns.Mode.CONFIRMING or written is None:
        turn.refuse("stale")
        return
    withdraw(turn)
    if (question := turn.question) is not None:
        _take(turn, question, reading.Reading(written.value), stands_by_it=True)


def withdraw(turn: conversation.Conversation) -> None:
    """Drop the reading that waits for yes or no, and stand at its question again."""
    editing = turn.session.resume is nouns.Mode.EDITING
    turn.trigger("edit" if editing else "ask", proposed=None, doubted=False, written=None, following={})


def _take(
    turn: conversation.Conversation,
    question: instance.Question,
    read: reading.Outcome,
    *,
    stands_by_it: bool = False,
) -> None:
    """Store what was read and go on; or propose it, or say why it cannot be taken.

    What is unusual is proposed too, unless its respondent stands by it already.
    """
    if isinstance(read, nouns.Problem):
        turn.problem = read
        return
    answer = _answer(turn, question, read)
    if read.value is not None and not turn.living.accepts(question, answer):
        turn.refuse("constraint", text=shown.words(question, "constraint_message"))
        return
    is_usual = stands_by_it or read.value is None or turn.living.accepts(question, answer, "plausible")
    if not (read.certain and is_usual):
        turn.trigger("propose", proposed=answer, resume=turn.session.mode, doubted=read.certain)
        turn.problem = read.remark
        return
    turn.give(question.key, answer)


def _answer(
    turn: conversation.Conversation, question: instance.Question, read: reading.Reading
) -> nouns.Answer:
    before = question.answer
    return nouns.Answer(
        value=read.value,
        by=turn.by,
        at=turn.now,
        sure=read.sure,
        evidence=before.evidence if before is not None else (),
    )
