"""A language's catalogue as gettext keeps it: read, brought up to date with the English, written.

`msgctxt` is the code of a sentence, `msgid` the English that was translated: a change of the English
makes an entry stale (`fuzzy`) instead of losing it, and any gettext editor opens the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import msgspec
from babel.messages import plurals, pofile

Message = str | tuple[str, ...]
"""A sentence with {names}; or several, of which the value named `n` picks one: in English the singular first."""

COMPLETE = "X-Complete"
"""The header by which translators declare that everything is said: from then on lint sees to it."""

_DECLARED = re.compile(rf'^"{COMPLETE}: yes\\n"$', re.MULTILINE)
_PREVIOUS = "| "
"""How the reader leaves what stood behind `#|`, the English before."""


class Entry(msgspec.Struct, frozen=True):
    """One sentence of a language: the English it was made of, and what it says."""

    english: Message
    said: Message
    doubtful: bool = False
    """Marked `fuzzy`: the English has changed, or a translator is not sure."""
    notes: tuple[str, ...] = ()
    """What translators wrote beside it."""
    previous: tuple[str, ...] = ()
    """The English that it was made of, where that has changed since."""
    line: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is said yet, or a plural form is missing."""
        return not self.said or not all(self.said)

    def says(self, english: Message) -> bool:
        """Whether it can be said in the place of that English."""
        return not self.empty and not self.doubtful and self.english == english


class Translation(msgspec.Struct, frozen=True):
    """A language's catalogue: its entries by code, and whether it is declared complete."""

    language: str
    entries: Mapping[str, Entry]
    complete: bool = False

    def said(self, english: Mapping[str, Message]) -> dict[str, Message]:
        """What can be said of these English sentences; the rest is missing or stale."""
        return {
            code: self.entries[code].said
            for code, message in english.items()
            if code in self.entries and self.entries[code].says(message)
        }


class TranslationError(Exception):
    """A catalogue cannot be read; the message says where and why."""


def read(text: str, language: str) -> Translation:
    """A catalogue from its text; raises TranslationError."""
    try:
        found = pofile.read_po(io.StringIO(text), locale=language, ignore_obsolete=True, abort_invalid=True)
    except (pofile.PoFileError, ValueError, IndexError) as problem:
        raise TranslationError(f"This is no gettext catalogue: {problem}.") from None
    entries = {
        message.context: Entry(
            _message(message.id),
            _message(message.string),
            message.fuzzy,
            tuple(note for note in message.user_comments if not note.startswith("|")),
            tuple(note for note in message.user_comments if note.startswith("|")),
            message.lineno or 0,
        )
        for message in found
        if message.id and message.context
    }
    return Translation(language, entries, _DECLARED.search(text) is not None)


def _message(written: str | list[str] | tuple[str, ...] | None) -> Message:
    return tuple(written) if isinstance(written, list | tuple) else written or ""


def updated(old: Translation, english: Mapping[str, Message]) -> Translation:
    """The catalogue with just these sentences: new ones empty, changed ones doubtful, gone ones dropped."""
    gone = {entry.english: entry for code, entry in old.entries.items() if code not in english}
    forms = plurals.get_plural(old.language).num_plurals
    entries = {}
    for code, message in english.items():
        # a sentence under a new code keeps its translation
        entry = old.entries.get(code) or gone.get(message) or Entry(message, "")
        said = _shaped(entry.said, message, forms)
        if entry.english != message:
            empty = not any(said)
            previous = entry.previous or tuple(_previous(entry.english))
            entry = Entry(message, said, not empty, entry.notes, () if empty else previous)
        elif not entry.doubtful:
            entry = msgspec.structs.replace(entry, previous=())
        entries[code] = msgspec.structs.replace(entry, said=said, line=0)
    return Translation(old.language, entries, old.complete)


def _shaped(said: Message, english: Message, forms: int) -> Message:
    """What is said as one sentence or as one a plural form, as the English now is."""
    if isinstance(english, str):
        return said if isinstance(said, str) else said[-1]
    if isinstance(said, str):
        return (said,) * forms
    return said


def _previous(english: Message) -> Iterator[str]:
    names = ("msgid", "msgid_plural")
    for name, sentence in zip(names, [english] if isinstance(english, str) else english, strict=False):
        yield from (f"{_PREVIOUS}{line}" for line in _quoted(name, sentence))


def written(translation: Translation, about: str) -> str:
    """The catalogue's text, the same for the same entries: no dates, no places that move."""
    header = {
        "Language": translation.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": str(plurals.get_plural(translation.language)),
        COMPLETE: "yes" if translation.complete else "no",
    }
    lines = [
        f"# {about}",
        'msgid ""',
        'msgstr ""',
        *(f'"{name}: {value}\\n"' for name, value in header.items()),
    ]
    for code, entry in translation.entries.items():
        lines += ["", *(f"# {note}" for note in entry.notes)]
        lines += ["#, fuzzy"] if entry.doubtful else []
        lines += [f"#{line}" for line in entry.previous]
        lines += _quoted("msgctxt", code)
        if isinstance(entry.english, str):
            lines += [*_quoted("msgid", entry.english), *_quoted("msgstr", str(entry.said))]
            continue
        lines += [*_quoted("msgid", entry.english[0]), *_quoted("msgid_plural", entry.english[1])]
        for number, sentence in enumerate(entry.said):
            lines += _quoted(f"msgstr[{number}]", sentence)
    return "\n".join(lines) + "\n"


def _quoted(keyword: str, sentence: str) -> list[str]:
    """A keyword with its sentence, one line of the file for one line of the sentence."""
    quoted: str = pofile.normalize(sentence, width=0)
    return f"{keyword} {quoted}".split("\n")
