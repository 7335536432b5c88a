"""The servers that are there, and how many of those whose price is asked make up the class that is needed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from planning import facts, nouns, prices, workbook

FLOW = "it_hosting"

PARTS = ("cores", "memory_gb", "disk_gb")
"""What a server is measured by, as its questions are named."""

MONTHS = 12

HOURS_A_WEEK = 7 * 24

Needs = Mapping[str, nouns.Figure]
"""What the class needs, by part."""


def young(work: workbook.Workbook) -> tuple[facts.Entry, ...]:
    """The servers that are not too old to be built upon."""
    oldest = work.parameter("server_age")
    return tuple(
        entry
        for entry in work.facts.entries(FLOW, "servers")
        if (entry.one("age_years").number or 0.0) <= oldest
    )


def nearest(work: workbook.Workbook, needs: Needs) -> facts.Entry | None:
    """The one server that is young enough and comes nearest to what is needed, of those that are measured."""

    def shares(entry: facts.Entry) -> list[float]:
        sizes = ((entry.one(part).number or 0.0, needs[part].value) for part in PARTS)
        return sorted(min(1.0, size / need) if need else 1.0 for size, need in sizes)

    return max(measured(work), key=shares, default=None)


def there(work: workbook.Workbook, part: str, needs: Needs) -> nouns.Figure:
    """What the nearest server has; unknown while only such are there of which too little is known."""
    best, unit = nearest(work, needs), needs[part].unit
    if best is not None:
        return work.computed(f"best_{part}", lambda size: size, best.one(part), unit=unit)
    points = [entry.one(name).point for entry in young(work) for name in PARTS if not entry.one(name).known]
    if points:
        return work.unknown(f"best_{part}", *points, unit=unit)
    return work.computed("no_server", lambda: 0.0, unit=unit)


def needed(work: workbook.Workbook, needs: Needs, *, rented: bool = False) -> nouns.Figure:
    """How many servers of the size whose price is asked carry the class."""
    name, size = ("servers_rented", "rented") if rented else ("servers_needed", "bought")
    return work.computed(
        name,
        lambda cores, memory, each, of_each: float(max(math.ceil(cores / each), math.ceil(memory / of_each))),
        needs["cores"],
        needs["memory_gb"],
        uses=(f"{size}_cores", f"{size}_memory"),
    )


def to_buy(work: workbook.Workbook, needs: Needs) -> nouns.Figure:
    """How many have to be bought beside those that are there."""
    if not work.facts.entries(FLOW, "servers").stated:
        return work.unknown("servers_to_buy", work.facts.entries(FLOW, "servers").point)
    if any(there(work, part, needs).value is None for part in PARTS):
        return work.unknown("servers_to_buy", *there(work, PARTS[0], needs).waits_for)
    return work.computed(
        "servers_to_buy",
        lambda all_, have: max(0.0, all_ - have),
        needed(work, needs),
        pieces(work, measured(work)),
    )


def spare(work: workbook.Workbook, needs: Needs) -> nouns.Figure:
    """How many of those that are there stand ready beside what the class takes."""
    return work.computed(
        "servers_spare",
        lambda all_, have: max(0.0, have - all_),
        needed(work, needs),
        pieces(work, measured(work)),
    )


def followed(work: workbook.Workbook, pieces: nouns.Figure, whole: nouns.Figure) -> nouns.Figure:
    """With as many again as the class takes, which follow the first."""
    return work.computed("servers_followed", lambda many, again: many + again, pieces, whole)


def energy(work: workbook.Workbook, running: nouns.Figure) -> nouns.Figure:
    """What servers and their cooling take from the grid in a month, day and night."""
    return work.computed(
        "energy_servers",
        lambda many, each, cooling, weeks: many * each * (1 + cooling / 100) * HOURS_A_WEEK * weeks / 1000,
        running,
        uses=("watts_server", "cooling_power", "weeks_per_month"),
        unit="kWh",
    )


def month_of_own(work: workbook.Workbook, bought: nouns.Figure, running: nouns.Figure) -> nouns.Figure:
    """What own servers cost a month: those bought a month of their life, all that run their electricity."""
    return work.computed(
        "own_month",
        lambda many, each, kwh, tariff, life: many * each / life / MONTHS + kwh * tariff,
        bought,
        prices.price(work, "price_server"),
        energy(work, running),
        prices.of_electricity(work),
        uses=("life_server",),
        unit=work.currency,
        rising=True,
    )


def month_of_rented(work: workbook.Workbook, pieces: nouns.Figure) -> nouns.Figure:
    """What rented servers cost a month."""
    return work.computed(
        "hosting_month",
        lambda many, each: many * each,
        pieces,
        prices.price(work, "hosting_month_price"),
        unit=work.currency,
    )


def beside(work: workbook.Workbook) -> tuple[str, ...]:
    """The names of those that are there and large enough to stand for one that is not bought."""
    least = [work.parameter("bought_cores"), work.parameter("bought_memory")]
    return tuple(
        entry.one("name").text
        for entry in measured(work)
        if entry.one("name").text
        and all((entry.one(part).number or 0.0) >= size for part, size in zip(PARTS, least, strict=False))
    )


def measured(work: workbook.Workbook) -> tuple[facts.Entry, ...]:
    """Those that are young enough and of which all sizes are known."""
    return tuple(entry for entry in young(work) if all(entry.one(part).known for part in PARTS))


def pieces(work: workbook.Workbook, entries: Sequence[facts.Entry]) -> nouns.Figure:
    """How many of the size whose price is asked those make up."""
    sizes = [entry.one(part) for entry in entries for part in PARTS[:2]]

    def whole(*values: float) -> float:
        *given, cores, memory = values
        pairs = zip(given[::2], given[1::2], strict=True)
        return float(sum(min(one // cores, other // memory) for one, other in pairs))

    return work.computed("servers_there", whole, *sizes, uses=("bought_cores", "bought_memory"))
