"""What a sheet that came back says, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from flows import nouns

EXCEL = (".xlsx", ".xlsm")
"""How the names of files end that may hold a sheet of ours; why macros are refused is said."""

Remarks = Mapping[str, tuple[str, ...]]
"""What is to be said of good rows: by the code of what it is, the cells as `D4` that it is about."""


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
    remarks: Remarks = {}

    @property
    def faulty_rows(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})
