"""What a run of outside cases found."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True)
class Report:
    """Counts, and a few lines of text for each failure and for each case left out with its reason."""

    passed: int = 0
    failures: list[str] = dataclasses.field(default_factory=list)
    excluded: list[str] = dataclasses.field(default_factory=list)
    ended: list[str] = dataclasses.field(default_factory=list)
    """Cases that are compared up to where they cannot go on, each with its reason."""

    def __str__(self) -> str:
        lines = [*self.excluded, *self.ended, *self.failures]
        if self.ended:
            lines.append(f"{len(self.ended)} ended early, each with its reason above")
        if self.excluded:
            lines.append(f"{len(self.excluded)} left out, each with its reason above")
        return "\n".join([*lines, f"{self.passed} passed, {len(self.failures)} failed"])
