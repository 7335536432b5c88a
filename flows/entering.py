"""Answers that somebody else enters in a section, from a sheet with all branches: where its respondent stands stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from flows import conversation, handing, instance, nouns


def enter(
    flow: nouns.Flow,
    session: nouns.Session,
    answers: Mapping[str, nouns.Answer],
    *,
    now: dt.datetime,
    by: str,
) -> nouns.Turn:
    """The turn in which answers that were found to fit are kept, by their keys; nothing is shown.

    Where another question stands, or a reading waits for yes or no, it goes on standing. Where the one that
    stands no longer applies, the engine says so at the respondent's next act.
    """
    turn = conversation.Conversation(flow, session, now=now, by=by)
    for key, answer in answers.items():
        turn.take(key, msgspec.structs.replace(answer, by=by, at=now))
    handing.settle(turn)
    turn.count()
    turn.change(revision=session.revision + 1)
    instance.keep(turn.living)
    return nouns.Turn(turn.session, tuple(turn.effects))
