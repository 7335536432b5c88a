"""Branch internet: what the people need, what the lines give, and how often all of them are down."""

from __future__ import annotations

from collections.abc import Sequence

from planning import availability, facts, nouns, prices, profile, workbook

FLOW = "branch_internet"

SYSTEMS = "it_systems"
"""The section that says what should take over where a line stops."""


def plan(work: workbook.Workbook, branch: str, supply: nouns.Power) -> nouns.Connectivity:
    """A branch's lines against what its people need; they stop where `supply` ends."""
    entries = work.facts.entries(FLOW, "links", branch)
    links = tuple(_link(work, entry, branch) for entry in entries)
    missing = () if entries.stated else (entries.point,)
    share = _together(work, entries, links, branch, supply)
    return nouns.Connectivity(
        links=links,
        need=need(work, branch),
        have=_fastest(work, links, missing),
        availability=share,
        lost_hours=work.computed(
            "lost_hours",
            lambda hours, days, percent, weeks: hours * days * weeks * (1 - percent / 100),
            work.facts.one(profile.FLOW, "opening_hours", branch),
            profile.days_a_week(work, branch),
            share,
            uses=("weeks_per_month",),
            unit="h",
        ),
        monthly_cost=work.total(
            "lines_cost", [link.monthly_cost for link in links], unit=work.currency, missing=missing
        ),
        failover=_failover(work, entries, branch),
        measures=_measures(links),
    )


def need(work: workbook.Workbook, branch: str) -> nouns.Figure:
    """The down-link that the branch's people need, in kbps."""
    return work.computed(
        "bandwidth_need",
        lambda users, each, reserve, floor: max(floor, users * each * reserve),
        work.facts.one(profile.FLOW, "users_at_once", branch),
        uses=("kbps_per_user", "kbps_reserve", "kbps_floor"),
        unit="kbps",
    )


def _link(work: workbook.Workbook, entry: facts.Entry, branch: str) -> nouns.Link:
    technology, provider = entry.one("technology"), entry.one("provider").text
    return nouns.Link(
        name=provider or technology.shown,
        technology=technology.shown,
        provider=provider,
        speed=_speed(work, entry),
        availability=availability.of_line(work, entry, branch),
        monthly_cost=prices.given(work, entry.one("monthly_cost"), branch, "line_cost"),
    )


def _speed(work: workbook.Workbook, entry: facts.Entry) -> nouns.Figure:
    """The slower of its two measurements; a line that is fast in the morning is measured once."""
    measured, again = entry.one("mbps_morning"), entry.one("mbps_afternoon")
    if not again.applies:
        return work.computed("link_speed_once", lambda speed: speed * 1000, measured, unit="kbps")
    return work.computed("link_speed", lambda *speeds: min(speeds) * 1000, measured, again, unit="kbps")


def _together(
    work: workbook.Workbook,
    entries: facts.Entries,
    links: Sequence[nouns.Link],
    branch: str,
    supply: nouns.Power,
) -> nouns.Figure:
    """The share of the opening hours in which at least one line works, in %."""
    if not links:
        return (
            work.computed("availability_none", lambda: 0.0, unit="%")
            if entries.stated
            else work.unknown("availability", entries.point, unit="%")
        )
    groups = availability.groups(work, entries, [link.availability for link in links])
    return availability.together(work, groups, branch, supply)


def shared(entries: facts.Entries) -> bool:
    """Whether any two lines stop together: the same company or mast, or nobody is sure that it is not."""
    providers = [entry.one("provider").text.strip().casefold() for entry in entries]
    named = [provider for provider in providers if provider]
    return len(set(named)) < len(named) or any(
        entry.one("shares_mast").text in {"yes", "unknown"} for entry in entries
    )


def _fastest(work: workbook.Workbook, links: Sequence[nouns.Link], missing: Sequence[str]) -> nouns.Figure:
    if missing:
        return work.unknown("bandwidth_have", *missing, unit="kbps")
    return work.computed(
        "bandwidth_have",
        lambda *speeds: max(speeds, default=0.0),
        *(link.speed for link in links),
        unit="kbps",
    )


def _failover(work: workbook.Workbook, entries: facts.Entries, branch: str) -> nouns.Text:
    """What takes over when the first line stops, as it is or as advised."""
    if not entries.stated:
        return nouns.Text("failover.unknown")
    if len(entries) > 1:
        return nouns.Text("failover.shared" if shared(entries) else "failover.there")
    wish = work.facts.one(SYSTEMS, "failover_wish").text
    if wish in {"second_sim", "second_line", "satellite", "none"}:
        return nouns.Text(f"failover.wish_{wish}")
    signal = work.facts.one(FLOW, "mobile_signal", branch).text
    return nouns.Text(
        f"failover.advise_{signal}" if signal in {"good", "weak", "none"} else "failover.ask_signal"
    )


def _measures(links: Sequence[nouns.Link]) -> tuple[nouns.Text, ...]:
    down = dict.fromkeys(
        link.provider or link.technology
        for link in links
        if link.availability.value is not None and link.availability.value < 95
    )
    return (nouns.Text("measure.line_down_seldom", {"links": tuple(down), "n": len(down)}),) if down else ()


def missing(work: workbook.Workbook, found: nouns.Connectivity) -> nouns.Figure:
    """The speed that the fastest line lacks."""
    return work.computed(
        "bandwidth_gap", lambda need, have: max(0.0, need - have), found.need, found.have, unit="kbps"
    )


def gaps(work: workbook.Workbook, branch: str, area: str, found: nouns.Connectivity) -> list[nouns.Gap]:
    """Too slow a line, and no line to take over."""
    short = missing(work, found)
    made = []
    if short.value is not None:
        severity = nouns.Severity.RED if short.value > 0 else nouns.Severity.GREEN
        made.append(
            nouns.Gap(
                nouns.GapKind.INFRASTRUCTURE,
                nouns.Text("gap.bandwidth"),
                severity,
                id="bandwidth",
                area=area,
                branch=branch,
                need=found.need,
                have=found.have,
                gap=short,
                resolution=nouns.Text("resolution.faster_line" if short.value > 0 else "resolution.nothing"),
            )
        )
    if found.failover.code not in {"failover.there", "failover.unknown"}:
        made.append(
            nouns.Gap(
                nouns.GapKind.INFRASTRUCTURE,
                nouns.Text("gap.failover"),
                nouns.Severity.AMBER,
                id="failover",
                area=area,
                branch=branch,
                resolution=found.failover,
            )
        )
    return made
