"""A canvas for small pictures: letters, signs and cells, the same on every machine."""

from __future__ import annotations

import functools
import io
import unicodedata
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


FACES = {
    "ARABIC": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    "DEVANAGARI": ("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
}
"""Scripts, as Unicode begins its letters' names, that have a face of their own."""

WRITABLE = frozenset({"LATIN", "GREEK", "CYRILLIC", *FACES})
"""Scripts whose letters there are; of another one nothing is drawn rather than boxes."""

SEMIBOLD = (600, 100)
"""Weight and width of those faces where the others are semibold."""


@functools.cache
def font(size: int, script: str = "", *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The letters of a size in pixels, of a script that has a face of its own or of all others."""
    if script not in FACES:
        name = "SourceSansPro-Semibold.ttf" if bold else "SourceSansPro-Regular.ttf"
        return _face("font_source_sans_pro", name, size)
    letters = _face(*FACES[script], size)
    if bold:
        letters.set_variation_by_axes(list(SEMIBOLD))
    return letters


def _face(package: str, name: str, size: int) -> ImageFont.FreeTypeFont:
    file = resources.files(package) / "files" / name
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size)


def script(words: str) -> str:
    """The script with a face of its own that words are written in; empty where the usual letters serve."""
    found = {unicodedata.name(letter, "").partition(" ")[0] for letter in words if letter.isalpha()}
    return next((name for name in FACES if name in found), "")


def writable(words: str) -> str:
    """Words without the letters that there are none of; dots where nothing is left."""
    kept = "".join(
        letter
        for letter in words
        if not letter.isalpha() or unicodedata.name(letter, "").partition(" ")[0] in WRITABLE
    )
    return kept if any(letter.isalnum() for letter in kept) or kept == words else ELLIPSIS


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
        words = writable(words)
        letters = font(size, script(words), bold=bold)
        self.draw.text((x, y), fitted(words, letters, room), font=letters, fill=colour, anchor=anchor)

    def upright(self, x: int, bottom: int, words: str, room: int, size: int = 22) -> None:
        """Words that run upwards from a place, as heads of narrow columns do."""
        words = writable(words)
        letters = font(size, script(words))
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
