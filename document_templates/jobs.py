"""What is asked of a process that deals with documents: check a template, fill one, number pages, make a photo small."""

from __future__ import annotations

import msgspec

from planning import asked, nouns


class Check(msgspec.Struct, frozen=True):
    """Find what is wrong with a template: a list of findings as JSON comes back."""

    template: bytes
    """The .docx template."""

    def done(self) -> bytes:
        """The findings."""
        from document_templates import lint

        return msgspec.json.encode(lint.lint(self.template))


class Render(msgspec.Struct, frozen=True, kw_only=True):
    """Fill a template: the document comes back."""

    template: bytes
    plan: bytes | asked.Answers
    """A `planning.nouns.Plan` as JSON, or the answers that it is made of."""
    language: str
    version: str = ""
    """Empty for a draft."""
    history: tuple[nouns.Issue, ...] = ()
    """Of the plan, where it is made of answers."""
    sign_off: nouns.SignOff = nouns.SignOff()
    """As `history`."""
    pages: tuple[int, ...] | None = None
    """Page of each heading of the contents list; empty prints stand-ins to measure with, None prints none."""
    photos: dict[str, bytes] = {}
    """Contents by file id, made by `Shrink`; empty where it is no picture."""

    def done(self) -> bytes:
        """The document."""
        from document_templates import document

        return document.make(
            self._plan(),
            template=self.template,
            language=self.language,
            version=self.version,
            pages=self.pages,
            photos=self.photos,
        )

    def _plan(self) -> nouns.Plan:
        if isinstance(self.plan, bytes):
            return msgspec.json.decode(self.plan, type=nouns.Plan)
        return msgspec.structs.replace(self.plan.plan(), history=self.history, sign_off=self.sign_off)


class Number(msgspec.Struct, frozen=True):
    """Write page numbers into a document's contents list; nothing comes back where a heading is on no page."""

    document: bytes
    """With stand-ins in the list."""
    pages: tuple[str, ...]
    """The words of each page."""

    def done(self) -> bytes:
        """The document."""
        from document_templates import contents, pages

        found = pages.of_headings(self.document, self.pages)
        return contents.numbered(self.document, found) if found else b""


class Shrink(msgspec.Struct, frozen=True):
    """Make a photo small: a JPEG comes back, or nothing where it cannot be shown."""

    photo: bytes

    def done(self) -> bytes:
        """The small photo."""
        from document_templates import shrinking

        return shrinking.shrunk(self.photo)
