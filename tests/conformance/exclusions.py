"""Outside cases that count neither as passed nor as failed, each kind with its reason."""

from __future__ import annotations

import dataclasses
import re
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases whose expression and source match, and why they are left out."""

    reason: str
    expression: str
    """A regular expression that the whole expression matches."""
    source: str = ""
    """A part of the case's source."""
    expected: str = ""
    """A regular expression that the expected value, as text, matches."""

    def covers(self, case: dict[str, Any]) -> bool:
        """Whether the case is one of these."""
        return (
            self.source in case["source"]
            and re.fullmatch(self.expression, case["expr"].strip(), re.DOTALL) is not None
            and re.search(self.expected, str(case["expected"]["v"])) is not None
        )


XPATH: tuple[Exclusion, ...] = ()


def reason(case: dict[str, Any]) -> str | None:
    """Why this case is left out, or None for one that counts."""
    return next((exclusion.reason for exclusion in XPATH if exclusion.covers(case)), None)
