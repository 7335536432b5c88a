"""How many tags XML holds: each becomes an object in whoever reads it, many times as large as it is in the file."""

from __future__ import annotations

import re

MAX_TAGS = 2_000_000
"""Of a sheet, or of the texts of all: 30,000 choices of a dozen columns."""
MAX_TREE_TAGS = 300_000
"""Of a part that is held as a whole, as formats are: Excel has at most 65,490 of them."""
MAX_ROW_TAGS = 100_000
"""From one row of a sheet to the next: Excel has 16,384 columns, and a cell's formula and value have six tags."""

_SHEET = re.compile(r"(^|/)worksheets/", re.IGNORECASE)
"""Parts that are read one row after the other."""
_TEXTS = re.compile(r"(^|/)sharedStrings\.", re.IGNORECASE)
"""The part that is read one text after the other."""
_BOUND = "word/"
"""Parts of a Word document: whoever reads them is a process of its own, which may take so much and no more."""
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")


class Tags:
    """Counts the tags of one part of an archive, a piece after the other."""

    def __init__(self, part: str) -> None:
        self._is_sheet = bool(_SHEET.search(part))
        self._most = MAX_TAGS if self._is_sheet or _TEXTS.search(part) else MAX_TREE_TAGS
        self._counted = not part.lower().startswith(_BOUND)
        self._all = self._row = 0

    def too_many(self, piece: bytes) -> bool:
        """Whether they are too many, with this piece."""
        if not self._counted:
            return False
        self._all += piece.count(b"<")
        return self._all > self._most or (self._is_sheet and self._longest_row(piece) > MAX_ROW_TAGS)

    def _longest_row(self, piece: bytes) -> int:
        longest, start = 0, 0
        for row in _ROW.finditer(piece):
            longest = max(longest, self._row + piece.count(b"<", start, row.start()))
            self._row, start = 0, row.start()
        self._row += piece.count(b"<", start)
        return max(longest, self._row)
