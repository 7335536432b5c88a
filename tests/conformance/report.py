"""What a run of outside cases found."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True)
class Report:
    """Counts, and a few lines of text for each failure and for each case left out with its reason."""

    passed: int = 0
    failures: list[str] = dataclasses.field(default_factory=list)
    excluded: list[str] = dataclasses.field(default_factory=list)

    def __str__(self) -> str:
        lines = [*self.excluded, *self.failures]
        if self.excluded:
            lines.append(f"{len(self.excluded)} left out, each with its reason above")
        return "\n".join([*lines, f"{self.passed} passed, {len(self.failures)} failed"])
