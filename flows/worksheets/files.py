"""Lists as .xlsx files: openpyxl is loaded with the first one, for it takes longer than all else at a start."""

from __future__ import annotations

import datetime as dt

from flows import instance, nouns, words
from flows.worksheets import tables


def write(series: instance.Series, said: words.Catalogue) -> bytes:
    """The list as an .xlsx with room for as many entries as one may have."""
    from flows.worksheets import writing

    return writing.write(series, said)


def read(series: instance.Series, content: bytes, *, now: dt.datetime) -> tables.Table | nouns.Problem:
    """The table in a file; a problem where the file as a whole cannot be read as this list."""
    from flows.worksheets import reading

    return reading.read(series, content, now=now)
