"""Sheets as .xlsx files: openpyxl is loaded with the first one, for it takes longer than all else at a start."""

from __future__ import annotations

import datetime as dt

from flows import instance, nouns, words
from flows.worksheets import asked, tables


def write(series: instance.Series, said: words.Catalogue) -> bytes:
    """The list as an .xlsx with room for as many entries as one may have."""
    from flows.worksheets import lists

    return lists.write(series, said)


def read(series: instance.Series, content: bytes, *, now: dt.datetime) -> tables.Table | nouns.Problem:
    """The table in a file; a problem where the file as a whole cannot be read as this list."""
    from flows.worksheets import lists

    return lists.read(series, content, now=now)


def write_branches(whole: asked.Asked, said: words.Catalogue) -> bytes:
    """The section of all branches as an .xlsx."""
    from flows.worksheets import branches

    return branches.write(whole, said)


def read_branches(whole: asked.Asked, content: bytes, *, now: dt.datetime) -> asked.Filled | nouns.Problem:
    """What the sheet of all branches in a file says; a problem where the file as a whole is none."""
    from flows.worksheets import branches

    return branches.read(whole, content, now=now)


def fitting(whole: asked.Asked, filled: asked.Filled, *, now: dt.datetime) -> asked.Filled:
    """What such a sheet that was read before still says."""
    from flows.worksheets import branches

    return branches.fitting(whole, filled, now=now)


def marked(content: bytes) -> asked.Mark | None:
    """The mark of the sheet of all branches in a file; None where it has none."""
    from flows.worksheets import branches

    return branches.marked(content)


def listed(content: bytes) -> str:
    """The id of the flow to whose list the sheet in a file belongs; empty where it is none of ours."""
    from flows.worksheets import lists

    return lists.marked(content)
