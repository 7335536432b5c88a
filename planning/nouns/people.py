"""Who does what, and how much of it."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.gaps import Gap, Severity
from planning.nouns.words import Text, Words


class RaciRow(Noun, frozen=True):
    """Who does and who answers for one duty."""

    duty: Text
    phase: Text
    """During or after deployment."""
    responsible: str
    accountable: str
    stand_in: str
    how_often: str
    defects: tuple[Text, ...] = ()


class PersonLoad(Noun, frozen=True):
    """One person of the project with the share of time that is given."""

    name: str
    role: str
    share: Figure
    """Percent of a working week."""
    exists: bool = True
    needs_training_in: str = ""


class RoleLoad(Noun, frozen=True):
    """What the project asks of a role against what its people give."""

    role: Text
    who: Words
    needed: Figure
    """Days on which tasks hold it."""
    given: Figure
    """Days that its people give between the first of them and the last."""
    load: Figure
    """Percent of the days given."""
    severity: Severity


class People(Noun, frozen=True):
    """Who runs the project, and the system after it."""

    manager: str
    dedicated: bool | None
    """Whether the project manager does nothing else; None while nobody said."""
    verdict: Text
    """The sentence about the project manager that stands on page one."""
    specialist: Text
    """The sentence about the specialist's own project management."""
    team: tuple[PersonLoad, ...]
    administrators: tuple[PersonLoad, ...]
    raci: tuple[RaciRow, ...]
    administrators_needed: Figure
    gaps: tuple[Gap, ...] = ()
    loads: tuple[RoleLoad, ...] = ()
