"""What somebody does at a question to say what they have to say: taps, ticks, words, photos, a place."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator

from flows import nouns
from flows import together as together_
from flows.reading import choices

UNKNOWN = "don't know"
LATER = "skip"

SIZES = {"image": 184_320, "file": 96_200, "audio": 48_000}
"""Bytes of what is sent: a phone's photo, a document of some pages, half a minute of talk."""


def events(prompt: nouns.Prompt, said: str) -> Iterator[nouns.AnyEvent]:
    """The events that give what is said to the question that stands."""
    if said == UNKNOWN:
        yield nouns.Unknown()
    elif said == LATER:
        yield nouns.Skipped()
    elif prompt.several:
        # what a flow ticks beforehand stays, or is unticked
        wanted = said.split()
        yield from (nouns.Picked(o.name) for o in prompt.options if o.chosen != (o.name in wanted))
        if wanted != [choices.NONE]:
            yield nouns.Ticked()
    elif prompt.options:
        yield nouns.Picked(said)
    elif prompt.type in SIZES:
        yield nouns.Attached(attachment(prompt.type, said))
    else:
        yield nouns.Typed(said)


def together(said: Iterable[str]) -> str:
    """The message that gives several numbers."""
    parts = [together_.UNKNOWN if part == UNKNOWN else part for part in said]
    return (", " if any(" " in part for part in parts) else " ").join(parts)


def attachment(kind: str, name: str) -> nouns.Attachment:
    """A photo, file or voice note that nobody really sent."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return nouns.Attachment(kind, f"illustrative-{name.rpartition('.')[0]}", name, mime, SIZES[kind])
