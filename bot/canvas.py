"""A canvas for small pictures: letters, signs and cells, the same on every machine."""

from __future__ import annotations

import functools
import io
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

WIDTH = 780
"""Pixels across: two for each of a small phone's 390."""

EDGE = 24

INK, QUIET, PAPER, LINE = "#1d1d1f", "#5b6068", "#ffffff", "#d4d8de"
BLUE, PALE_BLUE, GREEN, ORANGE, RED, PALE_RED = (
    "#1a5fb4", "#cfe0f5", "#1e7b3a", "#a85300", "#b3261e", "#fbe3e1",
)  # fmt: skip
"""All dark ones stand out from paper by more than 4.5 to 1."""

ELLIPSIS = "…"


@functools.cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The letters of a size in pixels."""
    name = "SourceSansPro-Semibold.ttf" if bold else "SourceSansPro-Regular.ttf"
    file = resources.files("font_source_sans_pro") / "files" / name
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size)


class Canvas:
    """A picture being drawn; it is as high as what was drawn on it."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH, height), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def png(self) -> bytes:
        """The picture as a file; few colours make it small."""
        out = io.BytesIO()
        self.image.quantize(64).save(out, "PNG", optimize=True)
        return out.getvalue()

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 24,
        *,
        colour: str = INK,
        bold: bool = False,
        room: float = 0,
        anchor: str = "lm",
    ) -> None:
        """Words in one line, cut where there is no more room; `y` is the line's middle."""
        letters = font(size, bold=bold)
        self.draw.text((x, y), fitted(words, letters, room), font=letters, fill=colour, anchor=anchor)

    def upright(self, x: int, bottom: int, words: str, room: int, size: int = 22) -> None:
        """Words that run upwards from a place, as heads of narrow columns do."""
        letters = font(size)
        said = fitted(words, letters, room)
        strip = Image.new("RGB", (room, size + 8), PAPER)
        ImageDraw.Draw(strip).text((0, (size + 8) / 2), said, font=letters, fill=INK, anchor="lm")
        self.image.paste(strip.rotate(90, expand=True), (x - (size + 8) // 2, bottom - room))

    def sign(self, x: float, y: float, state: str, *, late: bool = False, radius: float = 11) -> None:
        """The sign of a section's state around a middle; a late one stands in a red box with its own mark."""
        if late:
            box = (x - radius - 6, y - radius - 5, x + radius + 6, y + radius + 5)
            self.draw.rectangle(box, fill=PALE_RED, outline=RED, width=2)
        circle = (x - radius, y - radius, x + radius, y + radius)
        match state:
            case "approved":
                self._check(x, y, radius)
            case "submitted":
                self.draw.ellipse(circle, fill=BLUE)
            case "in_progress":
                self.draw.ellipse(circle, fill=PAPER, outline=BLUE, width=3)
                self.draw.pieslice(circle, 90, 270, fill=BLUE)
            case "returned":
                self._arrow(x, y, radius)
            case _:
                self.draw.ellipse(circle, outline=QUIET, width=2)
        if late:
            self._mark(x + radius + 5, y - radius - 4)

    def _check(self, x: float, y: float, r: float) -> None:
        self.draw.line(
            [(x - r, y), (x - r * 0.25, y + r * 0.75), (x + r, y - r * 0.8)], GREEN, width=6, joint="curve"
        )

    def _arrow(self, x: float, y: float, r: float) -> None:
        self.draw.line(
            [(x + r, y - r * 0.7), (x + r, y + r * 0.3), (x - r * 0.6, y + r * 0.3)], ORANGE, width=4
        )
        self.draw.polygon(
            [(x - r * 1.1, y + r * 0.3), (x - r * 0.3, y - r * 0.4), (x - r * 0.3, y + r)], fill=ORANGE
        )

    def _mark(self, x: float, y: float) -> None:
        self.draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=RED)
        self.draw.line([(x, y - 5), (x, y + 1)], PAPER, width=3)
        self.draw.line([(x, y + 3), (x, y + 5)], PAPER, width=3)


def fitted(words: str, letters: ImageFont.FreeTypeFont, room: float) -> str:
    """Words cut to the room there is; whole where none is given."""
    if not room or letters.getlength(words) <= room:
        return words
    while words and letters.getlength(words + ELLIPSIS) > room:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS
