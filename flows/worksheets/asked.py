"""A section that every branch answers, seen whole: what its sheet goes out from, and what a sheet comes back as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from flows import form, instance, nouns
from flows.worksheets import columns, tables

BEGINNING = "groundwork-branches:"
"""How the mark of such a sheet begins."""

_MOMENT = "%Y%m%dT%H%M%S%f"

Answers = Mapping[str, nouns.Answer]


class Mark(NamedTuple):
    """What tells a sheet from any other: whose it is, of which section, and when it was made."""

    assessment: str
    flow: str
    made_at: dt.datetime

    @property
    def text(self) -> str:
        """As it stands in the sheet, and back by `Mark.read`."""
        return f"{BEGINNING}{self.assessment}:{self.made_at:{_MOMENT}}:{self.flow}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark of a text; None where it is none."""
        assessment, _, rest = text.removeprefix(BEGINNING).partition(":")
        moment, _, flow = rest.partition(":")
        try:
            made_at = dt.datetime.strptime(moment, _MOMENT).replace(tzinfo=dt.UTC)
        except ValueError:
            return None
        return cls(assessment, flow, made_at)


class Place(NamedTuple):
    """The section at one branch."""

    branch: str
    name: str
    session: nouns.Session
    is_open: bool = True
    """Whether it still takes answers: not when it is handed in or approved."""


def columns_of(flow: nouns.Flow) -> tuple[columns.Column, ...]:
    """The questions of a section that can be typed into a cell; none where it is all lists and photos."""
    return columns.of_form(form.of(flow))


class Asked(msgspec.Struct, frozen=True):
    """A section with what each branch says so far."""

    flow: nouns.Flow
    mark: Mark
    places: tuple[Place, ...]

    @property
    def columns(self) -> tuple[columns.Column, ...]:
        """Its questions that can be typed into a cell."""
        return columns_of(self.flow)

    def living(self, place: Place, answers: Answers, now: dt.datetime) -> instance.Instance:
        """The section as it stands at a branch, with these answers besides."""
        session = msgspec.structs.replace(place.session, answers={**place.session.answers, **answers})
        return instance.Instance(form.of(self.flow), session, now)

    def place(self, row: nouns.TableRow) -> Place:
        """The branch of a row."""
        return self.places[row.number - 1]

    def closed(self, number: int | nouns.Problem) -> Place | None:
        """The branch of that number where it takes no answers any more."""
        place = self.places[number - 1] if isinstance(number, int) and number else None
        return place if place is not None and not place.is_open else None


class Filled(msgspec.Struct, frozen=True):
    """What a sheet that came back says."""

    answers: Mapping[str, Answers]
    """By the id of their branch the answers that are new there and can be taken."""
    faults: tuple[tables.Fault, ...] = ()
    remarks: tables.Remarks = {}
    at: Mapping[str, int] = {}
    """By the id of their branch the rows that can be taken, as Excel counts."""
    letters: Mapping[str, str] = {}
    """By the key of their question the columns, as Excel names them."""
    closed: tuple[str, ...] = ()
    """Names of the branches with a row that take no answers any more."""

    @property
    def faulty_rows(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})
