"""Regular expressions that cannot run away.

A form's pattern comes from outside, and a backtracking engine may need years for `(a+)+b`.
Here all ways through the pattern are followed side by side (Thompson's construction), so that the cost
is at most states times characters. What this cannot do is refused: back-references and looking around.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from flows.expressions import errors, limits

CharacterTest = Callable[[str], bool]

WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
ASSERTIONS = {"b": "boundary", "B": "no boundary", "A": "start", "z": "end", "Z": "end"}
SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
HEXADECIMAL_LENGTH = {"x": 2, "u": 4}


# --- what a pattern consists of ---


@dataclass(frozen=True, slots=True)
class Single:
    """One character that passes a test."""

    test: CharacterTest


@dataclass(frozen=True, slots=True)
class Assertion:
    """A condition on the place: start, end, boundary, no boundary."""

    kind: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """A part from `least` to `most` times; None is without end."""

    part: Part
    least: int
    most: int | None


Part = Single | Assertion | Chain | Choice | Repetition


# --- reading a pattern ---


def word(character: str) -> bool:
    """Whether it is a letter, digit or underscore."""
    return character in WORD


def digit(character: str) -> bool:
    """Whether it is one of 0 to 9."""
    return "0" <= character <= "9"


CLASSES: dict[str, CharacterTest] = {"d": digit, "w": word, "s": str.isspace}


def opposite(test: CharacterTest) -> CharacterTest:
    """The test that passes what the given one does not."""
    return lambda character: not test(character)


def exactly(wanted: str) -> CharacterTest:
    """The test for one character."""
    return lambda character: character == wanted


def span(first: str, last: str) -> CharacterTest:
    """The test for a range."""
    return lambda character: first <= character <= last


def category(name: str) -> CharacterTest:
    """The test of `\\p{L}`: the start of Unicode's general category."""
    return lambda character: unicodedata.category(character).startswith(name)


def any_of(tests: tuple[CharacterTest, ...]) -> CharacterTest:
    """The test that passes what any of them does."""
    return lambda character: any(test(character) for test in tests)


class Reader:
    """Reads one pattern, left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.index = 0
        self.nesting = 0

    def wrong(self, problem: str) -> errors.EvaluationError:
        """The error that the pattern has this problem here."""
        return errors.EvaluationError(
            f"The regular expression “{self.pattern[:80]}” {problem}, at character {self.index + 1}."
        )

    def peek(self) -> str:
        """The next character, or nothing at the end."""
        return self.pattern[self.index : self.index + 1]

    def take(self, text: str) -> bool:
        """Steps over `text` if it is next."""
        if self.pattern.startswith(text, self.index):
            self.index += len(text)
            return True
        return False

    def next(self) -> str:
        """Steps over one character and gives it."""
        if self.index >= len(self.pattern):
            raise self.wrong("ends too early")
        self.index += 1
        return self.pattern[self.index - 1]

    def whole(self) -> Part:
        """The whole pattern."""
        part = self.choice()
        if self.peek():
            raise self.wrong("closes a bracket that was not opened")
        return part

    def choice(self) -> Part:
        """Chains with `|` between."""
        chains = [self.chain()]
        while self.take("|"):
            chains.append(self.chain())
        return chains[0] if len(chains) == 1 else Choice(tuple(chains))

    def chain(self) -> Part:
        """Parts up to `|`, `)` or the end."""
        parts: list[Part] = []
        while self.peek() not in {"", "|", ")"}:
            parts.append(self.repeated(self.part()))
        return Chain(tuple(parts))

    def repeated(self, part: Part) -> Part:
        """The part with the quantifiers that follow; a lazy one finds the same."""
        while True:
            bounds = self.quantifier()
            if bounds is None:
                return part
            if isinstance(part, Assertion):
                raise self.wrong("repeats a place")
            if self.take("+"):
                raise self.wrong("has a possessive quantifier, which is not supported")
            self.take("?")
            part = Repetition(part, *bounds)

    def quantifier(self) -> tuple[int, int | None] | None:
        """The bounds of `*`, `+`, `?` or `{n,m}`; None when none of them is next."""
        for sign, bounds in SIGNS.items():
            if self.take(sign):
                return bounds
        start = self.index
        if not self.take("{"):
            return None
        least = self.digits()
        most = least
        if self.take(","):
            most = self.digits()
            if not least:
                self.index = start
                return None
        if not least or not self.take("}"):
            self.index = start
            return None
        lower, upper = int(least), int(most) if most else None
        if upper is not None and upper < lower:
            raise self.wrong("has a quantifier whose most is under its least")
        if max(lower, upper or 0) > limits.MAX_PATTERN_STATES:
            raise self.wrong("repeats too often")
        return lower, upper

    def digits(self) -> str:
        """The digits that are next; no more than a sensible count has."""
        start = self.index
        while digit(self.peek() or " ") and self.index - start < 6:
            self.index += 1
        return self.pattern[start : self.index]

    def part(self) -> Part:
        """A character, class, place or group."""
        character = self.peek()
        if character in "*+?" or (character == "{" and self.quantifier() is not None):
            raise self.wrong("repeats nothing")
        self.index += 1
        match character:
            case "(":
                return self.group()
            case "[":
                return Single(self.character_class())
            case ".":
                return Single(opposite(exactly("\n")))
            case "^":
                return Assertion("start")
            case "$":
                return Assertion("end")
            case "\\":
                return self.escape()
        return Single(exactly(character))

    def group(self) -> Part:
        """What stands in round brackets, which are open."""
        self.nesting += 1
        if self.nesting > limits.MAX_NESTING:
            raise self.wrong("has too many brackets inside each other")
        if self.take("?") and not self.take(":"):
            raise self.wrong("looks around, names a group or sets a flag, which is not supported")
        part = self.choice()
        if not self.take(")"):
            raise self.wrong("opens a bracket that is not closed")
        self.nesting -= 1
        return part

    def escape(self) -> Part:
        """What a backslash outside a class means."""
        if self.peek() in ASSERTIONS:
            return Assertion(ASSERTIONS[self.next()])
        if self.peek() in tuple("123456789k"):
            raise self.wrong("refers back to a group, which is not supported")
        test = self.escaped_class()
        return Single(exactly(self.escaped()) if test is None else test)

    def escaped_class(self) -> CharacterTest | None:
        """The test of `\\d`, `\\W`, `\\p{L}` and the like; None for anything else."""
        letter = self.peek()
        if letter.lower() in CLASSES:
            self.index += 1
            test = CLASSES[letter.lower()]
            return test if letter.islower() else opposite(test)
        if letter in {"p", "P"}:
            self.index += 1
            name = self.next()
            if name == "{":
                end = self.pattern.find("}", self.index)
                name, self.index = self.pattern[self.index : end], end + 1
                if end < 0:
                    raise self.wrong("opens a brace that is not closed")
            return category(name) if letter == "p" else opposite(category(name))
        return None

    def escaped(self) -> str:
        """The character that an escape stands for."""
        letter = self.next()
        length = HEXADECIMAL_LENGTH.get(letter)
        if length:
            code = self.pattern[self.index : self.index + length]
            try:
                character = chr(int(code, 16))
            except ValueError:
                raise self.wrong("has an escape without its digits") from None
            self.index += length
            return character
        if letter.isalnum() and letter not in CONTROLS:
            raise self.wrong(f"has an escape that is not supported, \\{letter}")
        return CONTROLS.get(letter, letter)

    def character_class(self) -> CharacterTest:
        """What stands in square brackets, which are open."""
        negative = self.take("^")
        tests: list[CharacterTest] = []
        while not (self.take("]") and (tests or self.pattern[self.index - 2] != "[")):
            first = self.class_member()
            if not isinstance(first, str):
                tests.append(first)
                continue
            if self.peek() == "-" and self.pattern[self.index + 1 : self.index + 2] not in {"]", ""}:
                self.index += 1
                last = self.class_member()
                if not isinstance(last, str) or last < first:
                    raise self.wrong("has a range that leads nowhere")
                tests.append(span(first, last))
            else:
                tests.append(exactly(first))
        test = any_of(tuple(tests))
        return opposite(test) if negative else test

    def class_member(self) -> str | CharacterTest:
        """A character or a class inside square brackets."""
        character = self.next()
        if character != "\\":
            return character
        test = self.escaped_class()
        return self.escaped() if test is None else test


# --- the machine ---


@dataclass(frozen=True, slots=True)
class Fork:
    """A state from which two others are reached at once."""

    one: int
    other: int


State = CharacterTest | Assertion | Fork | None
"""What a state waits for; None is the end, where the pattern is found."""


class Builder:
    """Lays out the states of a pattern; a repetition is laid out as often as it may occur."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.work = 0

    def add(self, part: Part) -> None:
        """Appends the states of a part: whoever passes it arrives after the last."""
        self.work += 1
        if max(len(self.states), self.work // 4) > limits.MAX_PATTERN_STATES:
            message = f"The regular expression needs more than {limits.MAX_PATTERN_STATES:,} states; make it simpler."
            raise errors.EvaluationError(message)
        match part:
            case Single():
                self.states.append(part.test)
            case Assertion():
                self.states.append(part)
            case Chain():
                for one in part.parts:
                    self.add(one)
            case Choice():
                self.choose(part.parts)
            case Repetition():
                self.repeat(part)

    def choose(self, parts: tuple[Part, ...]) -> None:
        """States that fork to each part and meet again."""
        ends: list[int] = []
        for part in parts[:-1]:
            fork = self.reserve()
            self.add(part)
            ends.append(self.reserve())
            self.states[fork] = Fork(fork + 1, len(self.states))
        self.add(parts[-1])
        for end in ends:
            self.states[end] = Fork(len(self.states), len(self.states))

    def repeat(self, part: Repetition) -> None:
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
        builder.add(Reader(pattern).whole())
        self.states = [*builder.states, None]

    def search(self, text: str) -> bool:
        """Whether the pattern is found anywhere in `text`."""
        work = 0
        arriving: list[int] = []
        for place in range(len(text) + 1):
            waiting = self.spread([*arriving, 0], text, place)
            if waiting is None:
                return True
            work += len(waiting) + 1
            if work > limits.MAX_PATTERN_STEPS:
                message = "The regular expression takes too long on this text; make it simpler."
                raise errors.EvaluationError(message)
            if place < len(text):
                character = text[place]
                arriving = [state + 1 for state, test in waiting if test(character)]
        return False

    def spread(self, arriving: list[int], text: str, place: int) -> list[tuple[int, CharacterTest]] | None:
        """The states that wait for a character at `place`, reached without one; None once the end is reached."""
        seen: set[int] = set()
        waiting: list[tuple[int, CharacterTest]] = []
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
            elif isinstance(state, Assertion):
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
    before = place > 0 and word(text[place - 1])
    after = place < len(text) and word(text[place])
    return (before != after) is (kind == "boundary")


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """The pattern, ready to search; raises `EvaluationError` for one that is wrong or not supported."""
    return Pattern(pattern)
