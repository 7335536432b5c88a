"""Functions that draw: always from the host's source or from a seed, so that a session can be replayed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator

from flows.expressions import context, errors, limits, nodes, values
from flows.expressions.functions.registry import Function, between, exactly

MODULUS = 2**31 - 1
MULTIPLIER = 16_807
"""The generator of Park and Miller, which the specification of `randomize` names."""

HEXADECIMAL = "0123456789abcdef"


def source(at: context.Context, function: str) -> Callable[[], float]:
    """The host's random numbers."""
    if at.host.random is None:
        message = f"{function}() has no meaning here: there is no source of random numbers."
        raise errors.EvaluationError(message)
    return at.host.random


def random(at: context.Context) -> float:
    """A number from 0 to below 1."""
    return source(at, "random")()


def uuid(at: context.Context, *length: values.Value) -> str:
    """A random identifier, or so many random characters."""
    if not length:
        if at.host.uuid is None:
            message = "uuid() has no meaning here: there is no source of identifiers."
            raise errors.EvaluationError(message)
        return at.host.uuid()
    count = values.to_whole(length[0], at, "The number of characters of uuid()")
    if not 0 <= count <= limits.MAX_RANDOM_CHARACTERS:
        message = f"uuid() makes up to {limits.MAX_RANDOM_CHARACTERS:,} characters, not {count:,}."
        raise errors.EvaluationError(message)
    at.visits.spend(count)
    draw = source(at, "uuid")
    return "".join(HEXADECIMAL[int(draw() * len(HEXADECIMAL))] for _ in range(count))


def park_miller(seed: int) -> Iterator[float]:
    """Numbers from 0 to below 1 that follow from the seed."""
    state = abs(seed) % MODULUS * (1 if seed > 0 else -1)
    state += MODULUS - 1 if state <= 0 else 0
    while True:
        state = state * MULTIPLIER % MODULUS
        yield (state - 1) / (MODULUS - 1)


def seed_number(value: values.Value, at: context.Context) -> int:
    """The seed as an integer: a number without its fraction, or for text the start of its SHA-256."""
    number = values.to_number(value, at)
    if math.isfinite(number):
        return max(-(2**63), min(int(number), 2**63 - 1))
    text = values.to_string(value)
    if not text or isinstance(value, float):
        return 0
    start = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]
    return int.from_bytes(start, signed=True)


def randomize(at: context.Context, found: values.Value, *seed: values.Value) -> nodes.NodeSet:
    """The nodes in a random order, by Fisher and Yates from the inside out; the same order for the same seed."""
    given = values.need_nodes(found, "randomize")
    draw = park_miller(seed_number(seed[0], at)).__next__ if seed else source(at, "randomize")
    shuffled: nodes.NodeSet = []
    for place, node in enumerate(given):
        other = int(draw() * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[other] = shuffled[other], node
    return shuffled


FUNCTIONS = (
    Function(name="random", implementation=random, counts=exactly(0), example="random()", constant=False),
    Function(name="uuid", implementation=uuid, counts=between(0, 1), example="uuid()", constant=False),
    Function(
        name="randomize",
        implementation=randomize,
        counts=between(1, 2),
        example="randomize(${question}, seed)",
        constant=False,
    ),
)
