"""What people do at a repeat: add, open and remove entries, and say that nothing is left to add."""

from __future__ import annotations

import msgspec

from flows import answering, conversation, handing, instance, keys, kinds, nouns, reading, room
from flows.reading import nothing
from flows.worksheets import checking


def added(turn: conversation.Conversation, _: nouns.Added) -> None:
    """Add an entry and ask its first question."""
    series = turn.series
    if series is None:
        turn.refuse("stale")
        return
    turn.problem = room.lacking(series)
    if turn.problem is not None:
        return
    key = series.key
    _unskip(turn, key)
    entry = turn.add(series)
    turn.change(closed=tuple(other for other in turn.session.closed if other != key))
    _enter(turn, entry.key)


def filled(turn: conversation.Conversation, event: nouns.Filled) -> None:
    """Take the rows of a table as entries, and show the list; all of them or, where one does not fit, none."""
    series = turn.series
    if series is None or series.key != event.key:
        turn.refuse("stale")
        return
    turn.problem = room.lacking(series, sum(not row.number for row in event.rows))
    if turn.problem is not None:
        return
    if not handing.is_theirs(turn.session, series.key):
        turn.refuse("given_by_another")
        return
    rows = dict(enumerate(event.rows))
    known = all(row.number in series.numbers for row in event.rows if row.number)
    wrongs = (problem.code for _, _, problem in checking.check(series, rows, now=turn.now))
    if not known or any(code not in checking.SAID for code in wrongs):
        turn.refuse("stale")
        return
    session, key = turn.session, series.key
    numbers = checking.entered(series, rows)
    _unskip(turn, key)
    turn.change(
        entries={**session.entries, key: tuple(dict.fromkeys((*series.numbers, *numbers.values())))},
        numbered={**session.numbered, key: max(session.numbered.get(key, 0), *numbers.values(), 0)},
        closed=tuple(other for other in session.closed if other != key),
    )
    for row, one in rows.items():
        for place, answer in checking.answers(series, one, numbers[row]).items():
            turn.uncomment(place)
            turn.store(place, msgspec.structs.replace(answer, by=turn.by, at=turn.now))


def opened(turn: conversation.Conversation, event: nouns.Opened) -> None:
    """Go through one entry again."""
    if _entry(turn, event.key) is None:
        turn.refuse("stale")
    elif not (handing.is_theirs(turn.session, event.key) or turn.way.inside(event.key)):
        turn.refuse("given_by_another")
    else:
        _enter(turn, event.key)


def removed(turn: conversation.Conversation, event: nouns.Removed) -> None:
    """Remove one entry with its answers; the others keep their numbers."""
    series, entry = turn.series, _entry(turn, event.key)
    if series is None or entry is None:
        turn.refuse("stale")
        return
    if not handing.is_theirs(turn.session, entry.key):
        turn.refuse("given_by_another")
        return
    turn.remove(entry)


def finished(turn: conversation.Conversation, _: nouns.Finished) -> None:
    """Close the list and go on, first to what its entries still lack."""
    series = turn.series
    if series is None:
        turn.refuse("stale")
        return
    key = series.key
    _unskip(turn, key)
    turn.uncomment(key)
    turn.change(closed=tuple(dict.fromkeys((*turn.session.closed, key))))
    unfinished = next((stop for stop in turn.way.inside(key) if stop.is_open), None)
    if unfinished is not None:
        turn.stand(unfinished)
    else:
        turn.go_on()


def _unskip(turn: conversation.Conversation, key: str) -> None:
    """Forget that the list was skipped, or unknown: now it is neither."""
    answers = turn.session.answers
    if key in answers:
        turn.change(answers={other: answer for other, answer in answers.items() if other != key})
        turn.effects.append(nouns.Erased(key))


def typed(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Take yes as "add one"; no, none or done as "nothing is left", other words as the next entry's first answer.

    "I don't know" and the like are said of the list while it is empty.
    """
    means = reading.without_value(event.text)
    if means is not None and turn.series is not None and not turn.series.numbers:
        answering.leave(turn, means)
    elif reading.says_done(event.text) or reading.says_no(event.text) or nothing.is_nothing(event.text):
        finished(turn, nouns.Finished())
    elif reading.says_yes(event.text):
        added(turn, nouns.Added())
    elif means is not None:
        turn.refuse("list_wants_buttons")
    else:
        _typed_ahead(turn, event)


def is_meant(turn: conversation.Conversation, event: nouns.Typed) -> bool:
    """Whether words at the first question of a new entry are about its list: "none" is no name of an entry.

    What gives no value is about the list only while it has no other entry.
    """
    stop, question = turn.stop, turn.question
    if stop is None or question is None or not stop.scope or question.place.kind not in kinds.IN_WORDS:
        return False
    begun = any(keys.is_within(key, stop.scope) for key in turn.session.answers)
    if begun or turn.way.inside(stop.scope)[0].key != stop.key:
        return False
    alone = len(turn.session.entries[_list_of(stop.scope)]) == 1
    denied = reading.says_no(event.text) or nothing.is_nothing(event.text)
    return denied or (alone and reading.without_value(event.text) is not None)


def typed_in_entry(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Drop the entry that was begun by mistake, and take the words at its list."""
    stop = turn.stop
    entry = turn.living.find(stop.scope) if stop is not None else None
    if isinstance(entry, instance.Entry):
        turn.remove(entry)
        turn.stand(turn.way.at(_list_of(entry.key)))
        typed(turn, event)


def _list_of(entry: str) -> str:
    """The key of an entry's list."""
    return entry.rpartition(":")[0]


def _typed_ahead(turn: conversation.Conversation, event: nouns.Typed) -> None:
    """Take the words as the first answer of a new entry; where they are none, the list stays as it was."""
    session, effects = turn.session, len(turn.effects)
    added(turn, nouns.Added())
    has_room = turn.problem is None
    if has_room:
        answering.typed(turn, event)
    if has_room and turn.problem is not None:
        turn.undo(session, effects)
        turn.refuse("list_wants_buttons")


def _entry(turn: conversation.Conversation, key: str) -> instance.Entry | None:
    """The entry of that key in the repeat that stands."""
    series = turn.series
    entries = series.entries if series is not None else ()
    return next((entry for entry in entries if entry.key == key), None)


def _enter(turn: conversation.Conversation, key: str) -> None:
    """Stand at the first question of an entry; one that asks nothing is listed and left at that."""
    first = next(iter(turn.way.inside(key)), None)
    if first is not None:
        turn.stand(first)
