"""One assessment's answers, with the institution and the people behind them."""

from __future__ import annotations

import datetime as dt

from flows.nouns.answers import Answer, Value
from flows.nouns.base import Noun
from flows.nouns.definitions import Flow
from flows.nouns.roles import Role


class Branch(Noun, frozen=True):
    """A branch of the institution, with what its calendar needs."""

    id: str
    name: str
    country: str = ""
    """ISO 3166-1 alpha-2; empty means the institution's."""
    subdivision: str = ""
    """ISO 3166-2 part behind the dash where public holidays differ by region."""
    timezone: str = ""
    """IANA name; empty means the institution's."""
    weekend: tuple[int, ...] | None = None
    """Days without work, Monday is 0; None means the institution's."""
    head_office: bool = False
    properties: dict[str, str] = {}
    """What surveys keep of it besides, by the name of the property."""

    def __hash__(self) -> int:
        # the properties have no hash, and the id tells branches apart
        return hash(self.id)


class Institution(Noun, frozen=True):
    """The MFI being assessed."""

    name: str
    country: str
    currency: str
    """ISO 4217."""
    timezone: str
    languages: tuple[str, ...] = ("en",)
    subdivision: str = ""
    weekend: tuple[int, ...] = (5, 6)
    target_date: dt.date | None = None
    """When the institution wishes to be live."""
    start_date: dt.date | None = None
    """When the project can begin; None means the day the plan is made."""


class Respondent(Noun, frozen=True):
    """A person of the assessment, as the plan names them."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    branches: tuple[str, ...] = ()
    """Ids of the branches they answer for."""


class Waiting(Noun, frozen=True):
    """For which colleague a part of a section waits, and since when."""

    name: str = ""
    """Empty while nobody has opened the link."""
    since: dt.date | None = None


class SectionAnswers(Noun, frozen=True):
    """The answers of one section: a flow answered for the organisation or for one branch."""

    flow: str
    version: str = "1"
    branch: str = ""
    state: str = "not_started"
    """not_started, in_progress, submitted, returned or approved."""
    owner: str = ""
    """Id of the respondent who owes it."""
    answers: dict[str, Answer] = {}
    values: dict[str, Value] = {}
    """Key -> what the form itself set where nobody answered."""
    begun: dt.datetime | None = None
    """When it was first opened; None where nobody did, or an older file does not say."""
    entries: dict[str, tuple[int, ...]] = {}
    disputes: dict[str, Answer] = {}
    """Key -> what a reviewer proposes in the place of the answer there, while nobody has decided."""
    waits: dict[str, Waiting] = {}
    """Key of a part -> the colleague whom its owner asked; the key is empty for the whole section."""


class Assumption(Noun, frozen=True):
    """A number of the formulas that the institution knows better than we do."""

    name: str
    """The parameter, as in `planning/parameters.yaml`."""
    value: float
    by: str = ""
    """Id of who gave it."""
    at: dt.datetime | None = None


class AnswerBook(Noun, frozen=True):
    """One assessment's answers as a value: what `groundwork export` writes and `groundwork plan` reads."""

    institution: Institution
    format: str = "groundwork-answers/1"
    branches: tuple[Branch, ...] = ()
    people: tuple[Respondent, ...] = ()
    sections: tuple[SectionAnswers, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    """The institution's own numbers in the place of ours."""
    surveys: tuple[Flow, ...] = ()
    """Flows that were added to the assessment: every version that a section was answered in, and the newest
    of each last."""
    made_at: dt.datetime | None = None
    """When the book was written; the plan's date of record."""
    note: str = ""
