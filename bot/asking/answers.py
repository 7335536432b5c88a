"""An answer in words, as lists and the chat's record say it: who gave it, how sure they are, for whom it waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import markupsafe
import msgspec

from bot import views
from flows import nouns
from flows import words as wording


class Others(NamedTuple):
    """What other people have to do with a section."""

    waiting: Mapping[str, str] = {}
    """Key of a part that is handed to a colleague -> for whom it waits, and since when."""
    names: Mapping[str, str] = {}
    """Id -> name of those beside its owner who may have given an answer."""


NOBODY = Others()


def answered(line: nouns.ReviewLine, words: wording.Catalogue) -> str:
    """A question that was just answered, as a line of the chat's record."""
    match line.sure:
        case nouns.Sure.UNKNOWN:
            said = words.html("ask.answered.unknown")
        case nouns.Sure.ASKED:
            said = words.html("ask.answered.asked")
        case nouns.Sure.NOT_APPLICABLE:
            said = words.html("ask.answered.not_applicable")
        case nouns.Sure.SKIPPED:
            said = words.html("ask.answered.skipped")
        case nouns.Sure.ESTIMATE:
            said = words.html("ask.answered.estimate", answer=line.shown)
        case _:
            said = words.html("ask.answered", answer=line.shown)
    return markupsafe.Markup("\n").join([views.bold(line.label), said])


def by(answer: str, by: str, words: wording.Catalogue, others: Others) -> str:
    """An answer with the name of who gave it, where that was not the section's owner."""
    return words.say("review.by", answer=answer, name=others.names[by]) if by in others.names else answer


def in_words(line: nouns.ReviewLine, words: wording.Catalogue, others: Others = NOBODY) -> str:
    """An answer in a list: what was said, or that it is open, not known or an estimate; and what is proposed instead."""
    if line.rival:
        answer = in_words(msgspec.structs.replace(line, rival=""), words, others)
        return words.say("review.two", answer=answer, rival=line.rival)
    said = _said(line, words)
    return by(said, line.by, words, others) if line.sure is not nouns.Sure.SKIPPED else said


def _said(line: nouns.ReviewLine, words: wording.Catalogue) -> str:
    match line.sure:
        case nouns.Sure.UNKNOWN:
            return words.say("review.unknown")
        case nouns.Sure.ASKED:
            return words.say("review.asked")
        case nouns.Sure.NOT_APPLICABLE:
            return words.say("review.not_applicable")
        case nouns.Sure.SKIPPED:
            return words.say("review.skipped")
        case nouns.Sure.ESTIMATE:
            return words.say("review.estimate", answer=line.shown)
        case _ if line.kind == "repeat":
            # a bare number would read as the heading of its last entry
            return words.say("review.entries", n=line.shown)
        case _:
            return line.shown or words.say("review.unanswered")
