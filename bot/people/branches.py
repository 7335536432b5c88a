"""The register of branches: what a survey's answers make of it, once they are handed in.

A form that declares an entity of the dataset `branches` adds branches or changes them, as forms of ODK do with
an entity list. All its changes are taken, or where one cannot be, none.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import holidays
import msgspec

from bot import limits
from flows import entities, locales, nouns
from flows.reading import text as reading_text

KNOWN = ("country", "subdivision", "timezone")
"""Properties that are fields of a branch; it keeps others beside them."""

UUID_CHARACTERS = 36
"""Of an id that a form gives to a new branch, as ODK wants it: ids are stored unsealed and must not say a name."""


class Taken(NamedTuple):
    """What the register became."""

    before: tuple[nouns.Branch, ...]
    branches: tuple[nouns.Branch, ...]
    added: tuple[nouns.Branch, ...] = ()
    changed: tuple[nouns.Branch, ...] = ()


class RefusedError(Exception):
    """A change cannot be taken; `problem` says why, and what to do."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.problem = nouns.Problem(f"branches.{code}", values)


def take(
    branches: Sequence[nouns.Branch], changes: Iterable[entities.Change], *, country: str
) -> Taken | nouns.Problem:
    """The register with the changes, in their order; or why it stays as it is. The country is the institution's."""
    found = {branch.id: branch for branch in branches}
    try:
        for change in changes:
            after = _after(found, change, found.get(change.id))
            _check_place(after, country)
            found[after.id] = after
    except RefusedError as refused:
        return refused.problem
    known = {branch.id: branch for branch in branches}
    return Taken(
        tuple(branches),
        tuple(found.values()),
        added=tuple(branch for branch in found.values() if branch.id not in known),
        changed=tuple(branch for branch in found.values() if branch != known.get(branch.id, branch)),
    )


def _after(
    found: Mapping[str, nouns.Branch], change: entities.Change, before: nouns.Branch | None
) -> nouns.Branch:
    name = " ".join(reading_text.clean(change.label).split())
    if before is None:
        _can_be_added(found, change, name)
    elif not name:
        name = before.name
    if len(name) > limits.NAME_CHARACTERS:
        raise RefusedError("long_name", n=len(name), limit=limits.NAME_CHARACTERS)
    if any(name.casefold() == each.name.casefold() for each in found.values() if each.id != change.id):
        raise RefusedError("there", name=name)
    return _with(before or nouns.Branch(change.id, name), name, change.properties)


def _can_be_added(found: Mapping[str, nouns.Branch], change: entities.Change, name: str) -> None:
    if not change.creates:
        raise RefusedError("unknown" if change.id else "none_chosen")
    if not _is_uuid(change.id):
        raise RefusedError("bad_id", id=change.id[: limits.LABEL_CHARACTERS])
    if not name:
        raise RefusedError("unnamed")
    if len(found) >= limits.BRANCHES:
        raise RefusedError("too_many", name=name[: limits.NAME_CHARACTERS], limit=limits.BRANCHES)


def _is_uuid(text: str) -> bool:
    parts = text.split("-")
    return (
        len(text) == UUID_CHARACTERS
        and [len(part) for part in parts] == [8, 4, 4, 4, 12]
        and (set("".join(parts).casefold()) <= set("0123456789abcdef"))
    )


def _with(before: nouns.Branch, name: str, properties: Mapping[str, str]) -> nouns.Branch:
    """The branch with another name and these properties; an empty one takes back what was there."""
    given = {key: " ".join(reading_text.clean(value).split()) for key, value in properties.items()}
    for key, value in given.items():
        if len(value) > limits.PROPERTY_CHARACTERS:
            most = limits.PROPERTY_CHARACTERS
            raise RefusedError("long_property", property=key, name=name, n=len(value), limit=most)
    fields = {key: given[key] for key in KNOWN if key in given}
    if "country" in fields:
        fields["country"] = fields["country"].upper()
    after = msgspec.structs.replace(before, name=name, **fields)
    others = {
        key: value for key, value in {**before.properties, **given}.items() if value and key not in KNOWN
    }
    if len(others) > limits.PROPERTIES:
        raise RefusedError("too_many_properties", name=name, limit=limits.PROPERTIES)
    return msgspec.structs.replace(after, properties=others)


def _check_place(branch: nouns.Branch, country: str) -> None:
    """Refuse what no calendar knows."""
    if branch.country and not (len(branch.country) == 2 and branch.country in locales.of("en").territories):
        raise RefusedError("no_country", name=branch.name, given=branch.country)
    if branch.timezone and branch.timezone not in zoneinfo.available_timezones():
        raise RefusedError("no_timezone", name=branch.name, given=branch.timezone)
    regions = holidays.list_supported_countries().get(branch.country or country)
    if branch.subdivision and regions is not None and branch.subdivision not in regions:
        raise RefusedError("no_subdivision", name=branch.name, given=branch.subdivision)
