"""How much of its opening hours a branch has a line: from cuts, masts that lines share, and power that all of them need."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from planning import facts, nouns, power, profile, workbook

TECHNOLOGIES = ("fibre", "dsl", "microwave", "mobile", "satellite", "leo")
"""Each has an availability that it does not exceed, as a parameter."""

ON_A_MAST = frozenset({"mobile", "microwave"})
"""Lines that stop when the batteries of a mast nearby are empty."""

WEEKS_ASKED = 13
"""Weeks of the three months of which the longest cut is asked."""

DAY = 24


class Group(msgspec.Struct, frozen=True):
    """Lines that stop together."""

    share: nouns.Figure
    on_a_mast: bool


def open_hours(cut: float, day: float) -> float:
    """Opening hours that a cut costs at most: those of its whole days, and of the rest no more than a day has."""
    return cut // DAY * day + min(cut % DAY, day)


def lost(cuts: float, usual: float, longest: float, day: float) -> float:
    """Opening hours lost in three months: every cut but one is a usual one, and one is the longest."""
    many = max(1.0, cuts * WEEKS_ASKED)
    return (many - 1) * open_hours(min(usual, longest), day) + open_hours(longest, day)


def of_line(work: workbook.Workbook, entry: facts.Entry, branch: str) -> nouns.Figure:
    """The share of the opening hours in which one line works, in %; bounds while the usual cut is not known."""
    technology, cuts, longest = (
        entry.one(name) for name in ("technology", "cuts_per_week", "longest_cut_hours")
    )
    if technology.text not in TECHNOLOGIES:
        return work.unknown("link_availability", technology.point, unit="%")
    uses = (f"availability_{technology.text}",)
    if cuts.number == 0:
        return work.computed(
            "link_availability_no_cuts", lambda _, best: best, cuts, uses=uses, unit="%"
        )  # fmt: skip
    usual = entry.one("usual_cut_hours")
    if longest.known and not usual.applies:
        usual = longest

    def share(cuts: float, usual: float, longest: float, day: float, days: float, best: float) -> float:
        week = day * days
        down = lost(cuts, usual, longest, day) / (week * WEEKS_ASKED) if week else 0.0
        return min(best, 100 * (1 - min(1.0, down)))

    hours, days = work.facts.one(profile.FLOW, "opening_hours", branch), profile.days_a_week(work, branch)

    def made(usual: workbook.Operand) -> nouns.Figure:
        return work.computed(
            "link_availability", share, cuts, usual, longest, hours, days, uses=uses, unit="%"
        )

    if usual.known:
        return made(usual)
    least, most = made(longest), made(work.counted("hours", 0, "h"))
    low = least.value if least.low is None else least.low
    high = most.value if most.high is None else most.high
    return msgspec.structs.replace(made(usual), low=low, high=high)


def together(
    work: workbook.Workbook, groups: Sequence[Group], branch: str, supply: nouns.Power
) -> nouns.Figure:
    """The share of the opening hours in which at least one line works, in %.

    Without power for the router no line works; without power for the mast none that hangs on it.
    """
    router, mast = without_router(work, branch, supply), without_mast(work, branch, supply)
    masts = [group.on_a_mast for group in groups]

    def share(router: float, mast: float, *each: float) -> float:
        # of one power cut the router's battery and the mast's carry the first hours: the longer end holds the shorter
        router, both = router / 100, max(router, mast) / 100
        down = [
            _of_itself(1 - one / 100, both if on else router) for one, on in zip(each, masts, strict=True)
        ]
        beside = math.prod(one for one, on in zip(down, masts, strict=True) if not on)
        return 100 * (1 - router - (both - router) * beside - (1 - both) * math.prod(down))

    made = work.computed(
        "availability", share, router, mast, *(group.share for group in groups), unit="%"
    )  # fmt: skip
    if made.value is not None:
        return made
    best = [group.share.value if group.share.high is None else group.share.high for group in groups]
    if any(one is None for one in best):
        return made
    return msgspec.structs.replace(made, high=100 * (1 - math.prod(1 - (one or 0) / 100 for one in best)))


def _of_itself(down: float, off: float) -> float:
    """How often a line is down while it has power: people count the cuts of both."""
    return max(0.0, (down - off) / (1 - off)) if off < 1 else 0.0


def without_router(work: workbook.Workbook, branch: str, supply: nouns.Power) -> nouns.Figure:
    """The share of the opening hours in which the branch's own box has no power, in %: it hangs on what all hangs on.

    Panels are in how long the batteries last; a generator keeps it on where it carries what must keep running.
    """
    off = _off(work, "router_off", branch, supply, supply.runtime)
    if "generator" not in work.facts.one(power.FLOW, "backups", branch).chosen:
        return off
    return work.computed(
        "router_generator",
        lambda there, need, off: 0.0 if there >= need else off,
        work.facts.one(power.FLOW, "kva", branch),
        power.generator(work, supply.watts),
        off,
        unit="%",
    )


def without_mast(work: workbook.Workbook, branch: str, supply: nouns.Power) -> nouns.Figure:
    """The share of the opening hours in which masts nearby have no power, in %."""
    return _off(work, "mast_off", branch, supply, work.assumed("mast_hours", "mast_hours"))


def _off(
    work: workbook.Workbook, name: str, branch: str, supply: nouns.Power, lasts: nouns.Figure
) -> nouns.Figure:
    def share(cuts: float, grid: float, day: float, days: float, need: float, lasts: float) -> float:
        if not day or not days:
            return 0.0
        with_cuts = days if grid < day else min(days, cuts)
        return 100 * with_cuts * max(0.0, min(day, need) - lasts) / (days * day)

    one = work.facts.one
    return work.computed(
        name,
        share,
        one(power.FLOW, "cuts_per_week", branch),
        one(power.FLOW, "grid_hours", branch),
        one(profile.FLOW, "opening_hours", branch),
        profile.days_a_week(work, branch),
        supply.autonomy if supply.outage is None else supply.outage,
        lasts,
        unit="%",
    )


def groups(
    work: workbook.Workbook, entries: facts.Entries, shares: Sequence[nouns.Figure]
) -> tuple[Group, ...]:
    """The lines by what they share: one company, or one mast, which is taken for granted where nobody is sure."""
    found: dict[str, list[int]] = {}
    first = ""
    for place, entry in enumerate(entries):
        name = entry.one("provider").text.strip().casefold() or f"line {place}"
        first = first or name
        if entry.one("shares_mast").text in {"yes", "unknown"}:
            # with which of the others is not asked
            name = first
        found.setdefault(name, []).append(place)
    return tuple(_group(work, entries.entries, shares, places) for places in found.values())


def _group(
    work: workbook.Workbook,
    entries: Sequence[facts.Entry],
    shares: Sequence[nouns.Figure],
    places: Sequence[int],
) -> Group:
    on_a_mast = all(entries[place].one("technology").text in ON_A_MAST for place in places)
    if len(places) == 1:
        return Group(shares[places[0]], on_a_mast)
    least = work.computed(
        "availability_shared", lambda *each: min(each), *(shares[place] for place in places), unit="%"
    )
    return Group(least, on_a_mast)
