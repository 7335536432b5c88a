"""Where every section stands as the values of a picture, and the same counted by place, person and section."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.people import team
from bot.progress import charts
from flows import nouns
from flows import words as wording
from storage import records

DONE = frozenset({"submitted", "approved"})
"""States in which its owner owes nothing."""


class Count(NamedTuple):
    """How many of some sections are handed in."""

    name: str
    code: str
    """What a button names it by."""
    done: int
    total: int
    late: bool


def tables(found: team.Team, late: Collection[int], words: wording.Catalogue) -> tuple[charts.Table, ...]:
    """Branches with their sections, and the head office's list."""
    flows = [flow for flow in found.library.flows() if flow.per is nouns.Per.BRANCH]
    by_place = {(section.branch, section.flow): section for section in found.sections}
    branches = tuple(
        charts.Row(branch.name, tuple(_cell(by_place.get((branch.id, flow.id)), late) for flow in flows))
        for branch in found.assessment.branches
    )
    heads = tuple(
        next((found.title(one, words) for one in found.sections if one.flow == flow.id), flow.title)
        for flow in flows
    )
    office = tuple(
        charts.Row(found.title(section, words), (_cell(section, late),))
        for section in found.ordered()
        if not section.branch
    )
    return (
        charts.Table(words.say("status.branches"), heads, branches),
        charts.Table(words.say("status.head_office"), (), office),
    )


def legend(words: wording.Catalogue) -> list[tuple[charts.Cell, str]]:
    """What the signs mean."""
    said = [(charts.Cell(state), words.say(f"status.sign.{state}")) for state in charts.STATES]
    return [*said, (charts.Cell("in_progress", late=True), words.say("status.late.sign"))]


def by_place(found: team.Team, late: Collection[int], words: wording.Catalogue) -> list[Count]:
    """The head office and each branch."""
    places = [("", words.say("status.head_office")), *((b.id, b.name) for b in found.assessment.branches)]
    return [
        _count(name, code or "office", [one for one in found.sections if one.branch == code], late)
        for code, name in places
    ]


def by_person(found: team.Team, late: Collection[int]) -> list[Count]:
    """Everybody who answers something, those who are late first."""
    counts = [
        _count(person.name, str(person.id), found.owned(person.id), late)
        for person in sorted(found.people.values(), key=lambda one: (one.id not in late, one.name))
    ]
    return [count for count in counts if count.total]


def by_section(found: team.Team, late: Collection[int], words: wording.Catalogue) -> list[Count]:
    """Each section over all places."""
    flows: dict[str, list[records.Section]] = {}
    for section in found.ordered():
        flows.setdefault(section.flow, []).append(section)
    order = [flow.id for flow in found.library.flows() if flow.id in flows]
    return [_count(found.title(flows[flow][0], words), flow, flows[flow], late) for flow in order]


def _count(name: str, code: str, sections: Iterable[records.Section], late: Collection[int]) -> Count:
    these = list(sections)
    done = sum(section.state in DONE for section in these)
    is_late = any(section.owner in late and section.state in team.OPEN_STATES for section in these)
    return Count(name, code, done, len(these), is_late)


def _cell(section: records.Section | None, late: Collection[int]) -> charts.Cell | None:
    if section is None:
        return None
    return charts.Cell(section.state, section.owner in late and section.state in team.OPEN_STATES)
