"""XForms of ODK: a form's XML becomes a `Flow`, or a list of what is wrong with it."""

from __future__ import annotations

from flows.xforms.reader import Read, load, read

__all__ = ["Read", "load", "read"]
