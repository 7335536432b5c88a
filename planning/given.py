"""What was answered, read back from a plan."""

from __future__ import annotations

from collections.abc import Iterator

from planning import nouns


def every(plan: nouns.Plan) -> Iterator[tuple[nouns.AnswerBlock, nouns.Answered]]:
    """Every answer with its section, once, though several chapters may rest on it."""
    seen = set()
    for block in (block for section in plan.sections for block in section.answers):
        cells = (cell for table in block.tables for row in table.rows for cell in row)
        for answered in (*block.answered, *cells):
            place = (block.flow, block.branch, answered.key)
            if place not in seen:
                seen.add(place)
                yield block, answered
