"""What a branch does while it has no line: paper, the evening, or another place, by hours of line against hours of work."""

from __future__ import annotations

from planning import computers, facts, nouns, profile, workbook

FLOW = "branch_work"

WEEKS_A_YEAR = 52


def plan(work: workbook.Workbook, branch: str, availability: nouns.Figure) -> nouns.Offline:
    """A branch's entries against the hours in which they can be typed."""
    opening = work.facts.one(profile.FLOW, "opening_hours", branch)
    entries = work.computed(
        "entries_day",
        lambda clients, days, each: clients * each / (days * WEEKS_A_YEAR) if days else 0.0,
        work.facts.one(profile.FLOW, "clients", branch),
        profile.days_a_week(work, branch),
        uses=("payments_per_client",),
    )
    hours = work.computed(
        "entry_hours",
        lambda many, desks, minutes: many * minutes / 60 / max(1.0, desks),
        entries,
        computers.in_use(work, branch),
        uses=("minutes_transactions",),
        unit="h",
    )
    line = work.computed(
        "line_hours", lambda open_, share: open_ * share / 100, opening, availability, unit="h"
    )  # fmt: skip
    late = work.computed(
        "late_entries", lambda many, share: many * (1 - share / 100), entries, availability
    )  # fmt: skip
    return nouns.Offline(
        entries=entries,
        hours=hours,
        line=line,
        late=late,
        procedure=_procedure(work, availability, hours, line),
        measures=_measures(work.facts, branch),
    )


def _procedure(
    work: workbook.Workbook, availability: nouns.Figure, hours: nouns.Figure, line: nouns.Figure
) -> nouns.Text:
    if availability.value is None or hours.value is None or line.value is None:
        return nouns.Text("offline.unknown")
    if availability.value >= work.parameter("good_availability"):
        return nouns.Text("offline.seldom")
    if hours.value <= line.value:
        return nouns.Text("offline.paper")
    evening = work.parameter("evening_hours")
    if hours.value <= line.value + evening:
        return nouns.Text("offline.evening", {"n": evening})
    return nouns.Text("offline.elsewhere")


def _measures(known: facts.Facts, branch: str) -> tuple[nouns.Text, ...]:
    collects = known.one(FLOW, "offline_collection", branch).text == "yes"
    return (nouns.Text("offline.app"),) if collects else ()
