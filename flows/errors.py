"""What can be wrong with a flow, said so that its author knows where to look and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import msgspec


class FlowError(msgspec.Struct, frozen=True):
    """One thing wrong: where it stands, what it is, and what to do about it."""

    file: str
    line: int
    """Counted from 1; 0 where no line can be named."""
    what: str
    fix: str
    sheet: str = ""
    """The sheet of a spreadsheet, whose rows `line` then counts."""
    column: str = ""
    """The heading of the column, as its author wrote it; of an XForm the attribute."""
    element: str = ""
    """The element of an XForm, as `bind nodeset="/data/age"`."""
    path: str = ""
    """The path of the flow's item; whoever read the flow knows by it and by `field` where that came from."""
    field: str = ""
    """The field of the item, as `relevant`; one of an entity's as `entities.label`."""

    @property
    def place(self) -> str:
        """Where it stands: `power.yaml:12`, `power.xlsx: survey, row 12, column relevant`,
        or `power.xml:12: <bind nodeset="/data/hours">, attribute relevant`.
        """
        if self.element:
            line = f":{self.line}" if self.line else ""
            attribute = f", attribute {self.column}" if self.column else ""
            return f"{self.file or 'form'}{line}: <{self.element}>{attribute}"
        if not self.sheet:
            return f"{self.file or 'flow'}:{self.line}"
        row = f"row {self.line}" if self.line else ""
        column = f"column {self.column}" if self.column else ""
        return f"{self.file or 'form'}: " + ", ".join(filter(None, (self.sheet, row, column)))

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.fix}".rstrip()


class FlowErrors(Exception):  # noqa: N818  # the plural is the point: every error of a file at once
    """The flow cannot be used; `errors` names everything that is wrong with it, in the file's order."""

    def __init__(self, errors: Iterable[FlowError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.sheet, error.line)))
        super().__init__("\n".join(map(str, self.errors)))


CLOSE = 0.6
"""How alike two words must be (difflib's ratio) to be offered as a correction."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The correction to offer for a mistyped word, as a sentence; empty where nothing is like it."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=CLOSE)
    return f"Did you mean `{close[0]}`?" if close else ""
