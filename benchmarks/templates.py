"""What each template of the corpus takes before it is refused: processor, wall clock and memory of its own process."""

from __future__ import annotations

import asyncio
import resource
import time

import msgspec

from document_templates import rendering
from tests.document_templates import bad_templates


class Row(msgspec.Struct, frozen=True):
    """One template."""

    template: str
    refused: bool
    """With the sentence that the corpus expects."""
    processor_s: float
    wall_s: float
    memory_mb: float
    """The largest so far: the system keeps no other count of children."""


def measure() -> list[Row]:
    """A row a template, the slowest first."""
    return sorted((_measured(bad) for bad in bad_templates.ALL), key=lambda row: -row.processor_s)


def _measured(bad: bad_templates.Bad) -> Row:
    template = bad.make()
    before, begun = _processor(), time.perf_counter()
    found = asyncio.run(rendering.check(template))
    wall, processor = time.perf_counter() - begun, _processor() - before
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return Row(bad.name, bad.said in [one.say() for one in found], processor, wall, memory)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
