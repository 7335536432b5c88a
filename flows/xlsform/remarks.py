"""Remarks: what chat does differently from ODK Collect, and what of a file was left aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows import nouns


class Remark(nouns.Noun, frozen=True):
    """One thing worth knowing about an imported form; its words are in the shell's catalogue."""

    code: str
    """One of CODES."""
    sheet: str = ""
    row: int = 0
    name: str = ""
    """What it is about: a question, a choice list, cells, a file."""


LOOKS: Mapping[str, str] = {
    "map": "map", "quick map": "map", "placement-map": "map", "maps": "map", "streets": "map",
    "terrain": "map", "satellite": "map",
    "table-list": "grid", "list-nolabel": "grid", "label": "grid", "list": "grid", "field-list": "together",
    "signature": "draw", "draw": "draw", "annotate": "draw", "image-map": "picture",
    "bearing": "sensor", "counter": "counter", "printer": "printer", "search": "search",
    "year": "calendar", "month-year": "calendar", "ethiopian": "calendar", "coptic": "calendar", "islamic": "calendar",
    "bikram-sambat": "calendar", "myanmar": "calendar", "persian": "calendar",
}  # fmt: skip
"""Appearances that chat shows otherwise -> the remark on them; the others only say where things stand on a page."""


def looks(appearance: str) -> Iterator[str]:
    """The remarks on an appearance."""
    words = appearance.replace("(", " (").split()
    yield from dict.fromkeys(LOOKS[word] for word in words if word in LOOKS)
    if any(word.startswith("ex:") for word in words):
        yield "app"


CODES = frozenset({
    "macros", "links", "merged", "empty", "empty.form", "background", "heading", "last_saved", "media", "intent", "file.missing",
    "file.unreadable", "encryption", "style", "look.app", *(f"look.{look}" for look in LOOKS.values()),
})  # fmt: skip
"""Every remark there is."""
