"""What is wrong with a sheet that came back, row by row, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import markupsafe

from bot import limits, views
from bot.asking import drawing
from bot.handlers import registering
from bot.work import Work
from flows.worksheets import tables

REMARKS = {
    "table_not_asked": "table.left_out",
    "table_since": "table.since",
    "table_gone": "table.gone",
    "table_unusual": "table.unusual",
    "table_tells_who": "table.tells_who",
}
"""What is to be said of cells -> the sentence that says it."""


def text(work: Work, faults: Sequence[tables.Fault], rows: int) -> str:
    """Every cell and row that cannot be taken, of so many rows; nothing of them is stored."""
    words = work.words
    lines = [
        words.html(
            "table.fault" if fault.label else "table.fault.row",
            row=fault.row,
            cell=f"{fault.column}{fault.row}",
            label=fault.label,
            problem=drawing.problem_text(fault.problem, words),
        )
        for fault in faults[: limits.FAULTS_SHOWN]
    ]
    if len(faults) > limits.FAULTS_SHOWN:
        lines.append(words.html("table.more", n=len(faults) - limits.FAULTS_SHOWN))
    return views.text(
        words.html("table.faults", n=rows), markupsafe.Markup("\n").join(lines), words.html("table.again")
    )


def remarks(work: Work, found: Mapping[str, Sequence[str]]) -> str:
    """What is to be said of cells with which nothing is wrong, a sentence for each kind."""
    words = work.words
    return views.text(
        *(
            words.html(sentence, n=len(cells), cells=registering.listed(cells, words))
            for code, sentence in REMARKS.items()
            if (cells := found.get(code, ()))
        )
    )
