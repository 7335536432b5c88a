"""Ways that the project manager chose for gaps: they stand before what is advised."""

from __future__ import annotations

import msgspec

from planning import nouns, workbook

FLOW = "project_team"


class Choice(msgspec.Struct, frozen=True):
    """What was chosen, and by whom."""

    way: str
    by: str = ""
    """Name of who chose it; empty where it is only wished by those who answered for the place."""
    branch: str = ""
    """Name of the branch as it was written; empty for all."""


def of(work: workbook.Workbook, gap: str, branch: str = "") -> Choice | None:
    """The way chosen for a gap of a branch, or of the server; the last word counts, a branch's before that for all."""
    found = None
    for entry in work.facts.entries(FLOW, "own_ways"):
        way, where = entry.one("own_way"), entry.one("own_branch").text.strip()
        if entry.one("own_gap").text != gap or not way.text:
            continue
        if where and _folded(where) != _folded(branch):
            continue
        if where or found is None or not found.branch:
            found = Choice(way.text, way.respondent, where)
    return found


def warnings(work: workbook.Workbook) -> tuple[nouns.Text, ...]:
    """Choices for a branch that the institution does not have."""
    names = tuple(branch.name for branch in work.facts.book.branches)
    known = {_folded(name) for name in names}
    return tuple(
        nouns.Text("warning.choice_elsewhere", {"branch": where.text, "gap": entry.one("own_gap").shown})
        for entry in work.facts.entries(FLOW, "own_ways")
        for where in (entry.one("own_branch"),)
        if where.text.strip() and _folded(where.text) not in known
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
