"""On which page each heading stands, read off the words of the pages."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx

from document_templates import contents


def of_headings(document: bytes, pages: Sequence[str]) -> tuple[int, ...]:
    """The page of each heading of the contents list, in order; empty when one cannot be found.

    The list itself must hold stand-ins for the numbers: a bare entry would be taken for the heading.
    """
    titles = [heading.shown for heading in contents.headings(docx.Document(io.BytesIO(document)))]
    return find(titles, pages)


def find(titles: Sequence[str], pages: Sequence[str]) -> tuple[int, ...]:
    """The first page, not before its predecessor's, on which each title stands on lines of its own.

    Empty when a title is not found: wrong numbers are worse than none.
    """
    lines = [[_plain(line) for line in page.splitlines() if line.strip()] for page in pages]
    found: list[int] = []
    page, after = 0, 0
    for title in titles:
        wanted = _plain(title)
        place = next(
            (
                (number, line + 1)
                for number in range(page, len(lines))
                for line in range(after if number == page else 0, len(lines[number]))
                if _stands_at(wanted, lines[number], line)
            ),
            None,
        )
        if place is None:
            return ()
        page, after = place
        found.append(page + 1)
    return tuple(found)


def _stands_at(wanted: str, lines: list[str], start: int) -> bool:
    """Whether `wanted` fills one line, or two or three that a narrow page made of it."""
    return any(wanted == "".join(lines[start : start + count]) for count in (1, 2, 3))


def _plain(words: str) -> str:
    return re.sub(r"\s+", "", words)
