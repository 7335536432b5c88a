"""What can go wrong between a template and a document."""

from __future__ import annotations


class TemplateError(Exception):
    """The template cannot be used; the message is one clear sentence for the person who wrote it."""
