"""The states of a regular expression, and the search that is in all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.expressions import errors, limits
from flows.expressions.patterns import characters, parts, reader


@dataclass(frozen=True, slots=True)
class Fork:
    """A state from which two others are reached at once."""

    one: int
    other: int


State = parts.CharacterTest | parts.Assertion | Fork | None
"""What a state waits for; None is the end, where the pattern is found."""


class Builder:
    """Lays out the states of a pattern; a repetition is laid out as often as it may occur."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.work = 0

    def add(self, part: parts.Part) -> None:
        """Appends the states of a part: whoever passes it arrives after the last."""
        self.work += 1
        if max(len(self.states), self.work // 4) > limits.MAX_PATTERN_STATES:
            message = f"The regular expression needs more than {limits.MAX_PATTERN_STATES:,} states; make it simpler."
            raise errors.EvaluationError(message)
        match part:
            case parts.Single():
                self.states.append(part.test)
            case parts.Assertion():
                self.states.append(part)
            case parts.Chain():
                for one in part.parts:
                    self.add(one)
            case parts.Choice():
                self.choose(part.parts)
            case parts.Repetition():
                self.repeat(part)

    def choose(self, options: tuple[parts.Part, ...]) -> None:
        """States that fork to each part and meet again."""
        ends: list[int] = []
        for part in options[:-1]:
            fork = self.reserve()
            self.add(part)
            ends.append(self.reserve())
            self.states[fork] = Fork(fork + 1, len(self.states))
        self.add(options[-1])
        for end in ends:
            self.states[end] = Fork(len(self.states), len(self.states))

    def repeat(self, part: parts.Repetition) -> None:
        """The part as often as it must, then as often as it may."""
        for _ in range(part.least):
            self.add(part.part)
        if part.most is None:
            fork = self.reserve()
            self.add(part.part)
            self.states.append(Fork(fork, fork))
            self.states[fork] = Fork(fork + 1, len(self.states))
            return
        forks: list[int] = []
        for _ in range(part.most - part.least):
            forks.append(self.reserve())
            self.add(part.part)
        for fork in forks:
            self.states[fork] = Fork(fork + 1, len(self.states))

    def reserve(self) -> int:
        """A place for a state that is known later."""
        self.states.append(None)
        return len(self.states) - 1


class Pattern:
    """A regular expression that is ready to search."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > limits.MAX_PATTERN_LENGTH:
            message = f"The regular expression has more than {limits.MAX_PATTERN_LENGTH:,} characters."
            raise errors.EvaluationError(message)
        builder = Builder()
        builder.add(reader.Reader(pattern).whole())
        self.states = [*builder.states, None]

    def search(self, text: str, spend: Callable[[int], None] = lambda _states: None) -> bool:
        """Whether the pattern is found anywhere in `text`; `spend` is told of all states visited and may refuse."""
        arriving: list[int] = []
        for place in range(len(text) + 1):
            seen: set[int] = set()
            waiting = self.spread([*arriving, 0], text, place, seen)
            spend(len(seen))
            if waiting is None:
                return True
            if place < len(text):
                character = text[place]
                arriving = [state + 1 for state, test in waiting if test(character)]
        return False

    def spread(
        self, arriving: list[int], text: str, place: int, seen: set[int]
    ) -> list[tuple[int, parts.CharacterTest]] | None:
        """The states that wait for a character at `place`, reached without one; None once the end is reached.

        `seen` collects every state passed on the way.
        """
        waiting: list[tuple[int, parts.CharacterTest]] = []
        while arriving:
            index = arriving.pop()
            if index in seen:
                continue
            seen.add(index)
            state = self.states[index]
            if state is None:
                return None
            if isinstance(state, Fork):
                arriving += (state.one, state.other)
            elif isinstance(state, parts.Assertion):
                if holds(state.kind, text, place):
                    arriving.append(index + 1)
            else:
                waiting.append((index, state))
        return waiting


def holds(kind: str, text: str, place: int) -> bool:
    """Whether an assertion is true at a place in the text."""
    if kind == "start":
        return place == 0
    if kind == "end":
        return place == len(text)
    before = place > 0 and characters.word(text[place - 1])
    after = place < len(text) and characters.word(text[place])
    return (before != after) is (kind == "boundary")
