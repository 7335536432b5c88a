"""From the text of a regular expression to its parts."""

from __future__ import annotations

from flows.expressions import errors, limits
from flows.expressions.patterns import characters, parts

CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
ASSERTIONS = {"b": "boundary", "B": "no boundary", "A": "start", "z": "end", "Z": "end"}
SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
HEXADECIMAL_LENGTH = {"x": 2, "u": 4}


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

    def whole(self) -> parts.Part:
        """The whole pattern."""
        part = self.choice()
        if self.peek():
            raise self.wrong("closes a bracket that was not opened")
        return part

    def choice(self) -> parts.Part:
        """Chains with `|` between."""
        chains = [self.chain()]
        while self.take("|"):
            chains.append(self.chain())
        return chains[0] if len(chains) == 1 else parts.Choice(tuple(chains))

    def chain(self) -> parts.Part:
        """Parts up to `|`, `)` or the end."""
        found: list[parts.Part] = []
        while self.peek() not in {"", "|", ")"}:
            found.append(self.repeated(self.part()))
        return parts.Chain(tuple(found))

    def repeated(self, part: parts.Part) -> parts.Part:
        """The part with the quantifiers that follow; a lazy one finds the same."""
        while True:
            bounds = self.quantifier()
            if bounds is None:
                return part
            if isinstance(part, parts.Assertion):
                raise self.wrong("repeats a place")
            if self.take("+"):
                raise self.wrong("has a possessive quantifier, which is not supported")
            self.take("?")
            part = parts.Repetition(part, *bounds)

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
        while characters.digit(self.peek() or " ") and self.index - start < 6:
            self.index += 1
        return self.pattern[start : self.index]

    def part(self) -> parts.Part:
        """A character, class, place or group."""
        character = self.peek()
        if character in "*+?" or (character == "{" and self.quantifier() is not None):
            raise self.wrong("repeats nothing")
        self.index += 1
        match character:
            case "(":
                return self.group()
            case "[":
                return parts.Single(self.character_class())
            case ".":
                return parts.Single(characters.opposite(characters.exactly("\n")))
            case "^":
                return parts.Assertion("start")
            case "$":
                return parts.Assertion("end")
            case "\\":
                return self.escape()
        return parts.Single(characters.exactly(character))

    def group(self) -> parts.Part:
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

    def escape(self) -> parts.Part:
        """What a backslash outside a class means."""
        if self.peek() in ASSERTIONS:
            return parts.Assertion(ASSERTIONS[self.next()])
        if self.peek() in tuple("123456789k"):
            raise self.wrong("refers back to a group, which is not supported")
        test = self.escaped_class()
        return parts.Single(characters.exactly(self.escaped()) if test is None else test)

    def escaped_class(self) -> parts.CharacterTest | None:
        """The test of `\\d`, `\\W`, `\\p{L}` and the like; None for anything else."""
        letter = self.peek()
        if letter.lower() in characters.CLASSES:
            self.index += 1
            test = characters.CLASSES[letter.lower()]
            return test if letter.islower() else characters.opposite(test)
        if letter in {"p", "P"}:
            self.index += 1
            name = self.next()
            if name == "{":
                end = self.pattern.find("}", self.index)
                name, self.index = self.pattern[self.index : end], end + 1
                if end < 0:
                    raise self.wrong("opens a brace that is not closed")
            return (
                characters.category(name) if letter == "p" else characters.opposite(characters.category(name))
            )
        return None

    def escaped(self) -> str:
        """The character that an escape stands for."""
        letter = self.next()
        length = HEXADECIMAL_LENGTH.get(letter)
        if length:
            code = self.pattern[self.index : self.index + length]
            if len(code) < length or not HEXADECIMAL.issuperset(code):
                raise self.wrong("has an escape without its digits")
            self.index += length
            return chr(int(code, 16))
        if letter.isalnum() and letter not in CONTROLS:
            raise self.wrong(f"has an escape that is not supported, \\{letter}")
        return CONTROLS.get(letter, letter)

    def character_class(self) -> parts.CharacterTest:
        """What stands in square brackets, which are open."""
        negative = self.take("^")
        tests: list[parts.CharacterTest] = []
        while not (tests and self.take("]")):
            first = self.class_member()
            if not isinstance(first, str):
                tests.append(first)
                continue
            if self.peek() == "-" and self.pattern[self.index + 1 : self.index + 2] not in {"]", ""}:
                self.index += 1
                last = self.class_member()
                if not isinstance(last, str) or last < first:
                    raise self.wrong("has a range that leads nowhere")
                tests.append(characters.span(first, last))
            else:
                tests.append(characters.exactly(first))
        test = characters.any_of(tuple(tests))
        return characters.opposite(test) if negative else test

    def class_member(self) -> str | parts.CharacterTest:
        """A character or a class inside square brackets."""
        character = self.next()
        if character != "\\":
            return character
        test = self.escaped_class()
        return self.escaped() if test is None else test
