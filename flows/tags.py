"""How many tags XML holds: each becomes an object in whoever reads it, many times as large as it is in the file."""

from __future__ import annotations

import re

MAX_TAGS = 2_000_000
"""Of a part that is read in pieces: 24,000 choices of a dozen columns, the most of a sheet of 16 MB, have 1,200,000."""
MAX_TREE_TAGS = 300_000
"""Of a part that is held as a whole, as formats are: Excel has at most 65,490 of them."""
MAX_PIECE_TAGS = 100_000
"""From one row, or text, to the next: Excel has 16,384 columns, and a cell's formula and value have six tags."""

_PIECE = re.compile(rb"<(?:\w+:)?(?:row|si)[\s>/]")
"""A row of a sheet, or one of the texts that all sheets share."""


class Tags:
    """Counts the tags of one part of an archive, a stretch of it after the other."""

    def __init__(self, *, in_pieces: bool = False) -> None:
        self._in_pieces = in_pieces
        self._most = MAX_TAGS if in_pieces else MAX_TREE_TAGS
        self._all = self._of_piece = 0

    def too_many(self, stretch: bytes) -> bool:
        """Whether they are too many, with this stretch."""
        self._all += stretch.count(b"<")
        return self._all > self._most or (self._in_pieces and self._longest(stretch) > MAX_PIECE_TAGS)

    def _longest(self, stretch: bytes) -> int:
        longest, start = 0, 0
        for piece in _PIECE.finditer(stretch):
            longest = max(longest, self._of_piece + stretch.count(b"<", start, piece.start()))
            self._of_piece, start = 0, piece.start()
        self._of_piece += stretch.count(b"<", start)
        return max(longest, self._of_piece)
