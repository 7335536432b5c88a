"""The plan as a whole."""

from __future__ import annotations

import datetime as dt

from flows import nouns
from planning.nouns.answers import AnswerBlock
from planning.nouns.base import Noun
from planning.nouns.branches import BranchPlan
from planning.nouns.changes import Issue
from planning.nouns.costs import Costs
from planning.nouns.figures import Figure, Parameter
from planning.nouns.gaps import Gap
from planning.nouns.hosting import Hosting, SecurityRow, Setting
from planning.nouns.migration import Migration
from planning.nouns.open_points import OpenPoint
from planning.nouns.people import People
from planning.nouns.readiness import Readiness
from planning.nouns.reports import ReportRow
from planning.nouns.risks import Risk
from planning.nouns.schedule import Schedule
from planning.nouns.signing import SignOff
from planning.nouns.training import Training
from planning.nouns.words import Text


class PlanSection(Noun, frozen=True):
    """One chapter of the plan: what was computed, what was answered, what is open."""

    number: str
    """1 to 16, or a capital letter for an appendix."""
    key: str
    title: Text
    seeds: tuple[str, ...]
    """Ids of the framework's questions that the chapter answers."""
    statements: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    """The n-th one's number is `6.n`."""
    gaps: tuple[Gap, ...] = ()
    answers: tuple[AnswerBlock, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()


class Completeness(Noun, frozen=True):
    """How much of what applies has been answered."""

    answered: int
    applicable: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return 100 if not self.applicable else self.answered * 100 // self.applicable


class Plan(Noun, frozen=True):
    """What an assessment's answers come to: the value that the Word plan is made of."""

    institution: nouns.Institution
    made_on: dt.date
    target: dt.date | None
    """The day by which the institution wishes to be live: as its project team says, else as it was begun with."""
    completeness: Completeness
    summary: tuple[Figure, ...]
    """The decision table of page one."""
    sections: tuple[PlanSection, ...]
    branches: tuple[BranchPlan, ...]
    functional_gaps: tuple[Gap, ...]
    needs: tuple[Figure, ...]
    """How many needs there are, how many are served, how many are not, and what those take."""
    hosting: Hosting
    security: tuple[SecurityRow, ...]
    migration: Migration
    reports: tuple[ReportRow, ...]
    people: People
    training: Training
    schedule: Schedule | None
    """None only where no schedule can exist; `warnings` then says why."""
    costs: Costs
    risks: tuple[Risk, ...]
    readiness: Readiness
    open_points: tuple[OpenPoint, ...]
    warnings: tuple[Text, ...]
    """Contradictions and everything that could not be computed, named."""
    parameters: tuple[Parameter, ...]
    settings: tuple[Setting, ...] = ()
    """The configuration workbook; what cannot be undone comes first."""
    history: tuple[Issue, ...] = ()
    """The versions that were issued, this one last; empty where the plan is no version."""
    sign_off: SignOff = SignOff()
