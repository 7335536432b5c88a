"""Advisories as the Open Source Vulnerability format has them: https://ossf.github.io/osv-schema/."""

from __future__ import annotations

import json
import pathlib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from flows import archives

ECOSYSTEM = "PyPI"

COUNTED = ("ECOSYSTEM", "SEMVER")
"""Ranges of versions; others are of commits."""

_FIRST = Version("0.dev0")
"""Before every version: what the format writes as 0."""

JSON = Mapping[str, Any]


class UnreadableError(Exception):
    """The copy of the advisories is not there, or is none."""


class Advisory(msgspec.Struct, frozen=True):
    """What is known of a hole, as far as packages of Python have it."""

    id: str
    modified: str
    """Day and hour in UTC, as the format writes them, which sort as text."""
    affected: tuple[JSON, ...]
    """Packages of PyPI with the versions that have it."""
    aliases: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """The packages, as PyPI compares names."""
        return frozenset(canonicalize_name(each["package"]["name"]) for each in self.affected)

    def holds(self, name: str, version: Version) -> bool:
        """Whether this version of the package has the hole."""
        found = (each for each in self.affected if canonicalize_name(each["package"]["name"]) == name)
        return any(_named(each, version) or _between(each, version) for each in found)

    def mended(self, name: str) -> tuple[str, ...]:
        """Versions that have it no more, one a line of versions; nothing where none is published."""
        found = (each for each in self.affected if canonicalize_name(each["package"]["name"]) == name)
        return tuple(
            event["fixed"]
            for each in found
            for events in _ranges(each)
            for event in events
            if "fixed" in event
        )


def read(path: pathlib.Path) -> Iterator[Advisory]:
    """
    Every advisory of PyPI in a folder of YAML or JSON files, as Python's advisory database keeps them, or in a zip
    file of JSON, as osv.dev publishes it; withdrawn ones left out. Raises UnreadableError.
    """
    number = 0
    for name, content in _files(path):
        try:
            # without types: 1.10 is a version, no number
            found = json.loads(content) if name.endswith(".json") else yaml.load(content, yaml.CBaseLoader)
            read = _advisory(found)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError, yaml.YAMLError) as problem:
            raise UnreadableError(f"{name} is no advisory") from problem
        if read is not None:
            number += 1
            yield read
    if not number:
        raise UnreadableError(f"{path} holds no advisory of {ECOSYSTEM}")


def _files(path: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
            if each.suffix in (".json", ".yaml") and not hidden:
                yield each.name, each.read_bytes()
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist() if name.endswith(".json"))
    except archives.DAMAGE as problem:
        raise UnreadableError(f"{path} is neither a folder nor a whole zip file") from problem


def _advisory(found: JSON) -> Advisory | None:
    named = (each for each in found.get("affected") or () if "package" in each)
    affected = tuple(each for each in named if each["package"]["ecosystem"] == ECOSYSTEM)
    if found.get("withdrawn") or not affected:
        return None
    aliases = tuple(found.get("aliases") or ())
    return Advisory(found["id"], str(found["modified"]), affected, aliases)


def _named(affected: JSON, version: Version) -> bool:
    return any(_version(each) == version for each in affected.get("versions") or ())


def _between(affected: JSON, version: Version) -> bool:
    return any(_within(events, version) for events in _ranges(affected))


def _ranges(affected: JSON) -> Iterator[Sequence[Mapping[str, str]]]:
    return (each["events"] for each in affected.get("ranges") or () if each["type"] in COUNTED)


def _within(events: Sequence[Mapping[str, str]], version: Version) -> bool:
    """The format's own evaluation; `limit` is not heard, so that a hole is told once too often rather than missed."""
    has = False
    for kind, told in sorted(((kind, told) for each in events for kind, told in each.items()), key=_order):
        at = _at(told)
        if kind == "introduced" and version >= at:
            has = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            has = False
    return has


def _order(event: tuple[str, str]) -> tuple[Version, bool]:
    kind, told = event
    return _at(told), kind == "introduced"


def _at(told: str) -> Version:
    return (None if told == "0" else _version(told)) or _FIRST


def _version(told: object) -> Version | None:
    """None of what Python's numbering does not know: nothing is pinned at such a version."""
    try:
        return Version(str(told))
    except InvalidVersion:
        return None
