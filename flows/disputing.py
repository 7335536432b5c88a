"""Two answers to one question: the respondent's, and the one that a reviewer proposes in its place.

Both stand until it is decided. The respondent agrees, or keeps theirs; then the project manager decides.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from flows import conversation, instance, nouns, prompts, reading, shown


def question(
    flow: nouns.Flow, session: nouns.Session, key: str, *, now: dt.datetime
) -> tuple[nouns.Option, ...] | None:
    """The choices of a question about whose answer there may be two opinions; None where there is no such question."""
    asked = _asked(conversation.Conversation(flow, session, now=now), key)
    return prompts.options(asked) if asked is not None else None


def propose(
    flow: nouns.Flow, session: nouns.Session, key: str, words: str, *, now: dt.datetime, by: str
) -> nouns.Session | nouns.Problem:
    """The session with another answer beside the one at `key`, or why the words are none."""
    turn = conversation.Conversation(flow, session, now=now, by=by)
    asked = _asked(turn, key)
    if asked is None:
        return nouns.Problem("not_applicable")
    read = reading.read(
        asked.item, words, prompts.options(asked), today=now.date(), language=turn.flow.language
    )
    if isinstance(read, nouns.Problem):
        return read
    answer = nouns.Answer(read.value, by=by, at=now, sure=read.sure)
    if read.value is None or read.value == asked.value:
        return nouns.Problem("same_answer")
    if not turn.living.accepts(asked, answer):
        return nouns.Problem("constraint", text=shown.words(asked, "constraint_message"))
    turn.change(disputes={**session.disputes, key: nouns.Dispute(answer)})
    return _next(turn)


def decide(
    flow: nouns.Flow, session: nouns.Session, key: str, *, proposed: bool, now: dt.datetime
) -> nouns.Turn:
    """The turn in which the project manager decides for the answer proposed, or for the respondent's."""
    turn = conversation.Conversation(flow, session, now=now)
    dispute = session.disputes.get(key)
    if dispute is not None and proposed:
        turn.store(key, _in_place(turn, key, dispute.proposed))
    _forget(turn, key)
    return nouns.Turn(_next(turn), tuple(turn.effects))


def agreed(turn: conversation.Conversation, event: nouns.Agreed) -> None:
    """The respondent takes the answer proposed as their own."""
    dispute = _standing(turn, event.key)
    if dispute is None:
        turn.refuse("stale")
        return
    own = msgspec.structs.replace(dispute.proposed, by=turn.by, at=turn.now)
    turn.give(event.key, _in_place(turn, event.key, own))


def kept(turn: conversation.Conversation, event: nouns.Kept) -> None:
    """The respondent stays with the answer that stands: the project manager will decide."""
    dispute = _standing(turn, event.key)
    if dispute is None:
        turn.refuse("stale")
        return
    turn.uncomment(event.key)
    turn.change(disputes={**turn.session.disputes, event.key: msgspec.structs.replace(dispute, kept=True)})
    turn.go_on()


def _standing(turn: conversation.Conversation, key: str) -> nouns.Dispute | None:
    """The dispute over the question that stands, while its respondent has not said what they think of it."""
    asked = turn.question
    if asked is None or asked.key != key or turn.stop is None or not turn.stop.is_asked_back:
        return None
    return turn.session.disputes.get(key)


def _asked(turn: conversation.Conversation, key: str) -> instance.Question | None:
    stop = turn.way.at(key)
    node = stop.node if stop is not None else None
    return node if isinstance(node, instance.Question) else None


def _in_place(turn: conversation.Conversation, key: str, answer: nouns.Answer) -> nouns.Answer:
    """The answer with the evidence that lies beside the one it takes the place of."""
    before = turn.session.answers.get(key)
    return msgspec.structs.replace(answer, evidence=before.evidence if before is not None else ())


def _forget(turn: conversation.Conversation, key: str) -> None:
    others = {other: dispute for other, dispute in turn.session.disputes.items() if other != key}
    turn.change(disputes=others)


def _next(turn: conversation.Conversation) -> nouns.Session:
    """The session as it becomes, a revision on."""
    return msgspec.structs.replace(turn.session, revision=turn.before.revision + 1)
