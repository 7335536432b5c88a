"""Who does what."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag
from document_templates.fields.branches import Fact
from document_templates.fields.gaps import GapRow


class PersonRow(Fields, frozen=True):
    """A person and the time they give."""

    number: str
    name: str
    role: str
    share: str
    note: str


class RaciRow(Fields, frozen=True):
    """A duty, who does it and who answers for it."""

    duty: str
    phase: str
    responsible: str
    accountable: str
    stand_in: str
    how_often: str
    defects: str


class People(Fields, frozen=True):
    """The people."""

    verdict: str
    specialist: str
    team: list[PersonRow]
    administrators: list[PersonRow]
    needed: list[Fact]
    raci: list[RaciRow]
    gaps: list[GapRow]
    loads: list[RoleLoadRow]


class RoleLoadRow(Fields, frozen=True):
    """What the project asks of a role against what its people give."""

    number: str
    role: str
    who: str
    needed: str
    given: str
    tag: Tag
