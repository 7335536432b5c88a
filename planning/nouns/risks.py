"""What could go wrong."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Input
from planning.nouns.gaps import Severity
from planning.nouns.words import Words


class Risk(Noun, frozen=True):
    """Something that may go wrong: raised by a rule from the answers, or named by the project manager."""

    id: str
    what: Words
    response: Words
    likelihood: int
    """1 to 5."""
    impact: int
    """1 to 5."""
    severity: Severity
    owner: str = ""
    because: tuple[Input, ...] = ()

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact
