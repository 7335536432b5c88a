"""What may be wrong with a template, as values: a code with its names, and the place where it stands."""

from __future__ import annotations

import msgspec

from flows import words

MOST = 50
"""Findings of one template; who mends that many sends it again anyway."""

LONGEST_TEXT = 100
"""Letters of the template quoted in a finding."""

FILE = "file"
"""The place of what is wrong with the file itself."""


class Finding(msgspec.Struct, frozen=True):
    """One mistake; its sentences lie in the catalogue under `finding.` and the code."""

    code: str
    values: dict[str, str] = {}
    place: tuple[str, ...] = (FILE,)
    """From the part inwards, as header, cell."""
    text: str = ""
    """The words around it; empty where there are none."""

    def at(self, place: tuple[str, ...], text: str) -> Finding:
        """The same, found here."""
        return msgspec.structs.replace(self, place=place, text=shortened(text))

    def say(self, language: str = words.BASE_LANGUAGE) -> str:
        """Where, what is wrong, and what to do about it."""
        catalogue = words.catalogue("document_templates", language)
        if self.place == (FILE,):
            return catalogue.say(f"finding.{self.code}", **self.values)
        where = ", ".join(catalogue.say(f"place.{one}") for one in self.place)
        what = catalogue.say(f"finding.{self.code}", **self.values)
        code = "finding.at_words" if self.text else "finding.at_place"
        return catalogue.say(code, where=where[:1].upper() + where[1:], text=self.text, what=what)


def shortened(text: str) -> str:
    """Words to quote: on one line, and no longer than they must be."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1] + "…"
