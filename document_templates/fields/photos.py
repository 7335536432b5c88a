"""Photos that people sent."""

from __future__ import annotations

from document_templates.fields.base import Fields


class Photo(Fields, frozen=True):
    """A photo that somebody sent with an answer."""

    caption: str
    """The question, who sent it, and when."""
    picture: str
    """The picture itself, in the body of the document; empty where it cannot be shown."""
    problem: str
    """Why there is no picture; empty where there is one."""
    description: str
    """What is read out in the picture's place."""


class Photos(Fields, frozen=True):
    """The photos of a branch, or those of no branch."""

    shown: list[Photo]
    left_out: str
    """Names of the photos for which there is no room; empty where all are shown."""
