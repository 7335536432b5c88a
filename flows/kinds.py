"""The types of questions, in XLSForm's words, and what each group of them has in common."""

from __future__ import annotations

SELECTS = ("select_one", "select_multiple", "rank")
"""Types that are followed by the name of a choice list."""

SEVERAL = frozenset({"select_multiple", "rank"})
"""Types whose answer is a list of choices."""

NUMBERS = frozenset({"integer", "decimal", "range"})
"""Types whose answer is a number."""

IN_WORDS = frozenset({"text", "barcode"})
"""Types whose answer is whatever was typed."""

SENT = frozenset({"image", "file", "audio", "video"})
"""Types whose answer is sent, not typed."""

TRACES = frozenset({"geotrace", "geoshape"})
"""Types whose answer is a way through places, or what it encloses."""

SILENT = frozenset({"calculate", "hidden", "note"})
"""Types that are not asked: computed, filled in by the form itself, or only shown."""

UNSEEN = frozenset({"calculate", "hidden"})
"""Types that nobody sees."""

QUESTIONS = (
    "text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "acknowledge", "calculate", "hidden",
    "geopoint", "geotrace", "geoshape", "barcode", "image", "file", "audio", "video",
)  # fmt: skip
"""Every type that takes nothing behind it."""

HOLDERS = ("group", "repeat")

ALL = (*QUESTIONS, *SELECTS, *HOLDERS)
"""What `type` may say."""

ALIASES = {
    "datetime": "dateTime",
    "trigger": "acknowledge",
    "int": "integer",
    "string": "text",
    "photo": "image",
    "location": "geopoint",
    "select one": "select_one",
    "select multiple": "select_multiple",
}
"""Other names that XLSForm takes for a type."""

ANSWERED_OK = "OK"
"""What an acknowledgement is worth."""
