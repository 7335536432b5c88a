"""What can go wrong between a template and a document."""

from __future__ import annotations

from document_templates import findings


class TemplateError(Exception):
    """The template cannot be used; the message is one clear sentence for the person who wrote it."""

    def __init__(self, reason: findings.Finding | str) -> None:
        self.finding = findings.Finding("refused", {"reason": reason}) if isinstance(reason, str) else reason
        """The same as a value, to be said in any language."""
        super().__init__(self.finding.say())
