"""A profile: what one sample institution says, as its people would tap and type it.

Every value is text, as in a chat: `about 12` is an estimate, `don't know` and `skip` are answers too, the name of
a choice is a tap, several names are ticks, a file's name is a photo or file. Three things keep it short:

- A branch says what its traits say (`town`, `small`), the later trait over the earlier, and its own row over both.
- `4 | 5 | 6` is taken in turn by the branches of a trait.
- `{name}` and `{id}` are the branch's, `{total[clients]}` is the sum of an answer over all branches, `{branches}`
  is how many there are.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import yaml

from flows import nouns

HOME = pathlib.Path(__file__).parent / "profiles"

Said = str | list[dict[str, Any]]
"""What is said to one question: words, or the entries of a list, each by its questions' names."""
Says = Mapping[str, Said]


class ProfileError(Exception):
    """A profile lacks something, or says what nobody takes; names each place."""


class Place(msgspec.Struct, frozen=True):
    """A branch as the profile has it."""

    branch: nouns.Branch
    manager: str
    """Name of who answers for it."""
    traits: tuple[str, ...] = ()
    """The first is its type."""
    says: dict[str, Any] = {}


class Profile(msgspec.Struct, frozen=True):
    """One sample institution."""

    name: str
    institution: nouns.Institution
    begins: dt.date
    """The day on which the first person answers."""
    note: str
    people: tuple[nouns.Respondent, ...]
    """Of the head office; the first runs the bot."""
    places: tuple[Place, ...]
    traits: dict[str, dict[str, dict[str, Any]]]
    """Trait -> section -> what its branches say."""
    says: dict[str, dict[str, Any]]
    """Section -> what the head office says."""

    def of_branch(self, place: Place, flow: str) -> Says:
        """What a branch says in a section."""
        said: dict[str, Any] = {}
        for trait in place.traits:
            alike = [other for other in self.places if trait in other.traits]
            said |= _in_turn(self.traits[trait].get(flow, {}), alike.index(place))
        return {**said, **place.says}

    @property
    def respondents(self) -> tuple[nouns.Respondent, ...]:
        """Everybody: the head office, then the branches' managers, who may have several branches."""
        managers: dict[str, list[str]] = {}
        for place in self.places:
            managers.setdefault(place.manager, []).append(place.branch.id)
        of_head_office = {person.name: person for person in self.people}
        changed = [
            msgspec.structs.replace(
                person, roles=(*person.roles, nouns.Role.BRANCH_STAFF), branches=tuple(managers[person.name])
            )
            if person.name in managers
            else person
            for person in self.people
        ]
        others = [
            nouns.Respondent(slug(name), name, (nouns.Role.BRANCH_STAFF,), tuple(branches))
            for name, branches in managers.items()
            if name not in of_head_office
        ]
        return (*changed, *others)


def names() -> list[str]:
    """The profiles that there are."""
    return sorted(path.stem for path in HOME.glob("*.yaml"))


def load(name: str) -> Profile:
    """The profile of this name; raises ProfileError where the file is none."""
    given = yaml.load((HOME / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    try:
        places = tuple(_place(row) for row in given["branches"])
        return Profile(
            name=name,
            institution=msgspec.convert(given["institution"], nouns.Institution, strict=False),
            begins=dt.date.fromisoformat(given["begins"]),
            note=" ".join(given["note"].split()),
            people=tuple(_person(person) for person in given["people"]),
            places=places,
            traits=given["traits"],
            says=given["says"],
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise ProfileError(f"{name}.yaml: {problem!r}") from problem


def slug(name: str) -> str:
    """A name as an id: plain small letters, words joined by dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _place(row: dict[str, Any]) -> Place:
    of_branch = {field: row[field] for field in nouns.Branch.__struct_fields__ if field in row}
    branch = msgspec.convert({"id": slug(row["name"]), **of_branch}, nouns.Branch, strict=False)
    known = {*nouns.Branch.__struct_fields__, "manager", "is"}
    says = {name: said for name, said in row.items() if name not in known}
    return Place(branch, row["manager"], tuple(row["is"].split()), says)


def _person(given: dict[str, str]) -> nouns.Respondent:
    roles = tuple(nouns.Role(role) for role in given["roles"].split())
    return nouns.Respondent(slug(given["name"]), given["name"], roles)


def _in_turn(said: Any, turn: int) -> Any:
    """The words with alternatives taken in turn, also inside lists."""
    if isinstance(said, Mapping):
        return {name: _in_turn(inner, turn) for name, inner in said.items()}
    if isinstance(said, Sequence) and not isinstance(said, str):
        return [_in_turn(inner, turn) for inner in said]
    alternatives = str(said).split(" | ")
    return alternatives[turn % len(alternatives)]
