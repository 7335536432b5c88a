"""What a function of the language is: its name, how many arguments it takes, and what it does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from flows.expressions import values

MANY = sys.maxsize
"""Stands for “as many as you like” at the end of a range of counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function: `implementation(context, *arguments)`."""

    name: str
    implementation: Callable[..., values.Value]
    counts: range
    """The numbers of arguments that it takes."""
    example: str
    """How a call is written, for error messages and the reference."""
    constant: bool = True
    """Whether equal arguments always give an equal result, so that a call of constants is settled at once."""
    lazy: bool = False
    """Whether it is given closures instead of values, and evaluates only those that it needs."""
    everywhere: frozenset[int] = frozenset()
    """Places of arguments where `${name}` means that question in every entry of its repeats."""

    def takes(self, given: int) -> bool:
        """Whether this number of arguments is right."""
        return given in self.counts

    @property
    def arity(self) -> str:
        """The numbers of arguments in words: “1 argument”, “2 or 3 arguments”, “at least 1 argument”."""
        least, step = self.counts.start, self.counts.step
        if self.counts.stop == MANY:
            words = f"at least {least}" + (f", in steps of {step}," if step > 1 else "")
            return f"{words} argument{'' if least == 1 and step == 1 else 's'}"
        numbers = [str(count) if count else "no" for count in self.counts]
        words = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} or {numbers[-1]}"
        return f"{words} argument{'' if numbers[-1] == '1' else 's'}"


def exactly(count: int) -> range:
    """This number of arguments."""
    return range(count, count + 1)


def between(least: int, most: int) -> range:
    """From `least` to `most` arguments."""
    return range(least, most + 1)


def at_least(least: int, *, step: int = 1) -> range:
    """`least` arguments, or more by `step`."""
    return range(least, MANY, step)
