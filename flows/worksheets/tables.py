"""What a sheet that came back says, cell by cell."""

from __future__ import annotations

import msgspec

from flows import nouns


class Fault(msgspec.Struct, frozen=True):
    """One cell, or with no column one whole row, that cannot be taken."""

    row: int
    """As Excel counts."""
    problem: nouns.Problem
    column: str = ""
    """Excel's letter."""
    label: str = ""


class Table(msgspec.Struct, frozen=True):
    """What a sheet says: the rows that can be taken, and what is wrong with the others."""

    rows: tuple[nouns.TableRow, ...] = ()
    at: tuple[int, ...] = ()
    """Where each of these stands, as Excel counts."""
    faults: tuple[Fault, ...] = ()
    left_out: int = 0
    """Cells of good rows that do not apply to the other answers of their row."""

    @property
    def faulty_rows(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})
