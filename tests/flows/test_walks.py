"""Every section, walked at random: never stuck, never an exception, nothing stored that does not fit.

A walk wanders first, with answers good and bad, back and forth, lists filled and emptied, pauses and changes; then
it makes for the end. `WALKS=1000` walks each section a thousand times.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import book, nouns
from tests.flows import playing
from tests.flows.assessment_asked import FLOWS, asked, standing

WALKS = int(os.environ.get("WALKS", "4"))
"""Of each section; a few of each in every run, a thousand where there is time."""

WANDERING = 60
"""Acts before a walk makes for the end."""

TO_THE_END = 400
"""Acts within which every walk comes to its end: each question left open takes one, and no section has so many."""

NUMBERS = (
    "0",
    "1",
    "2",
    "5",
    "12",
    "40",
    "100",
    "1,250",
    "0.5",
    "about 3",
    "2 mb",
    "-1",
    "1e9",
    "many",
    "12 or 13",
)
WORDS = ("Nairobi", "Loan officers", "none", "yes", "no", "sijui", "<b>&", "  ", "é" * 40, "x" * 2500)
DAYS = ("3 April 2027", "2027-03-31", "1.5.2026", "03/04/2027", "tomorrow", "31 February 2027", "soon")
PLACES = ("3.119, 35.597", "here", "91, 200")
SENT = {"image": "meter.jpg", "file": "list.pdf", "audio": "voice.ogg", "video": "room.mp4"}

MOVES: dict[str, nouns.AnyEvent] = {
    "back": nouns.Back(), "skipped": nouns.Skipped(), "unknown": nouns.Unknown(), "reviewed": nouns.Reviewed(),
    "paused": nouns.Paused(), "begin": nouns.Begin(), "added": nouns.Added(), "finished": nouns.Finished(),
    "ticked": nouns.Ticked(), "submitted": nouns.Submitted(),
}  # fmt: skip


class Walk:
    """One respondent who does what comes to mind."""

    def __init__(self, flow: nouns.Flow, seed: int) -> None:
        self.flow = flow
        self.chance = random.Random(seed)
        self.player = playing.begun(flow)

    def wander(self) -> None:
        """Do anything that is offered, and some things that are not."""
        for _ in range(WANDERING):
            if self.player.prompt.kind == "submitted":
                return
            self.do(self.chance.choice(self.acts()))

    def make_for_the_end(self) -> None:
        """Leave open what is open, and hand in."""
        for _ in range(TO_THE_END):
            prompt = self.player.prompt
            match prompt.kind:
                case "submitted":
                    return
                case "paused":
                    self.do(nouns.Begin())
                case "confirm":
                    self.do(nouns.Confirmed(yes=False))
                case "review":
                    self.do(nouns.Submitted())
                case "repeat" if "finished" in prompt.offers:
                    self.do(nouns.Finished())
                case _:
                    self.do(nouns.Unknown())
        pytest.fail(f"stuck at {self.player.prompt.key or self.player.prompt.kind}")

    def acts(self) -> list[nouns.AnyEvent]:
        """What may come to mind here: answers twice as often as moving about."""
        prompt = self.player.prompt
        acts: list[nouns.AnyEvent] = [MOVES[offer] for offer in prompt.offers if offer in MOVES]
        acts += [nouns.Changed(line.key) for line in prompt.lines[:3]]
        acts += [nouns.Opened(line.key) for line in prompt.lines[-1:]]
        acts += [nouns.Removed(line.key) for line in prompt.lines[:1]]
        acts.append(nouns.Estimated(prompt.key))
        if prompt.kind == "confirm":
            return [nouns.Confirmed(yes=True), nouns.Confirmed(yes=False), nouns.Typed("yes"), *acts]
        return [*acts, *(self.answer(prompt) for _ in range(2 * len(acts)))]

    def answer(self, prompt: nouns.Prompt) -> nouns.AnyEvent:
        """An answer of the kind that is asked, often one that fits."""
        pick = self.chance.choice
        if prompt.options:
            return nouns.Picked(pick(prompt.options).name)
        if prompt.type in SENT:
            return nouns.Attached(nouns.Attachment(prompt.type, "f1", SENT[prompt.type]))
        if prompt.type == "geopoint":
            return pick([nouns.Located(nouns.Point(3.119, 35.597)), *map(nouns.Typed, PLACES)])
        words = {"integer": NUMBERS, "decimal": NUMBERS, "range": NUMBERS, "date": DAYS}.get(
            prompt.type, WORDS
        )
        return nouns.Typed(pick(words))

    def do(self, event: nouns.AnyEvent) -> None:
        """One act, after which the session has been to the storage and back, and everything still fits."""
        before = self.player.session.answers
        prompt = self.player.do(event)
        if prompt.problem is not None:
            assert self.player.session.answers == before, "what is refused changes nothing"
        self.check_given(before)
        if prompt.kind == "review":
            self.check_review(prompt)

    def check_given(self, before: dict[str, nouns.Answer]) -> None:
        """What was given just now is an answer of its question, asked and accepted.

        An answer that another one put in the wrong since may still be called an estimate, or be proven: it is
        handing in that asks for it again.
        """
        stored = self.player.stored()
        given = {key for key, value in stored.items() if key not in before or before[key].value != value}
        wrong = self.wrong(self.section(self.player.session.answers)) if given else []
        assert [problem for problem in wrong if problem.key in given] == []

    def check_review(self, prompt: nouns.Prompt) -> None:
        """The review lists every question that is asked with these answers, and what was answered, no default."""
        session = self.player.session
        living = standing(self.flow.id, session.answers, session.entries)
        expected = {question.key: question for question in asked(living.root.parts)}
        listed = [line for line in prompt.lines if line.kind == "question"]
        assert [line.key for line in listed] == list(expected)
        for line in listed:
            said = line.key in session.answers and expected[line.key].value is not None
            assert bool(line.shown) == said, line.key

    def check_handed_in(self) -> None:
        """What was handed in is accepted by the flow as it stands; a choice that is gone since counts as open."""
        given = self.section(self.player.session.answers)
        (applying,) = book.applying(self.book(given), [self.flow]).sections
        assert self.wrong(applying) == []

    def section(self, answers: dict[str, nouns.Answer]) -> nouns.SectionAnswers:
        """These answers as a section."""
        branch = "b" if self.flow.per is nouns.Per.BRANCH else ""
        entries = {key: numbers for key, numbers in self.player.session.entries.items() if numbers}
        return nouns.SectionAnswers(self.flow.id, self.flow.version, branch, answers=answers, entries=entries)

    def wrong(self, section: nouns.SectionAnswers) -> list[book.BookProblem]:
        """What a reader of answers files would find wrong with it."""
        return book.validate(self.book(section), [self.flow])

    def book(self, section: nouns.SectionAnswers) -> nouns.AnswerBook:
        """A book of that section alone."""
        institution = nouns.Institution("Sample", "KE", "KES", "Africa/Nairobi")
        branches = (nouns.Branch("b", "B"),)
        return nouns.AnswerBook(institution, branches=branches, sections=(section,), made_at=playing.NOW)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_a_section_walked_at_random_comes_to_its_end(flow: nouns.Flow) -> None:
    @settings(max_examples=WALKS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def walked(seed: int) -> None:
        walk = Walk(flow, seed)
        walk.wander()
        walk.make_for_the_end()
        walk.check_handed_in()

    walked()
