"""What is there today grows old: in which year of the plan it must be bought again, and how much of it.

Of computers and servers the age is asked; whatever else is there has half its life behind it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from planning import computers, facts, nouns, power, power_ways, prices, printing, servers, ways, workbook
from planning import hosting as own

PRICES = {
    "computers": "price_computer",
    "printers": "price_printer",
    "receipt_printers": "price_receipt_printer",
    "ups": "price_ups",
    "batteries": "price_battery",
    "solar": "price_solar",
    "generators": "price_generator",
    "routers": "price_router",
    "switches": "price_router",
    "server": "price_server",
}
"""What grows old -> the question that asks the price of a new one, in the order of the budget's rows."""

NETWORK = ("routers", "switches")
"""What every branch with a line has, one of each."""

LIVES = {"server": "life_server"} | dict.fromkeys(NETWORK, "life_router") | power_ways.LIVES
"""How long it lasts, as a parameter; computers and printers as computers do."""

OF_POWER = {
    "ups": ("va", "ups_price_va"),
    "batteries": ("battery_ah", "battery_price_ah"),
    "solar": ("wp", "solar_price_wp"),
    "generators": ("kva", "generator_price_kva"),
}
"""What a branch has against power cuts: the question of its size, and the size whose price is asked."""


class Stock(msgspec.Struct, frozen=True):
    """Pieces that are there and go on being used, until they are too old in the same year."""

    item: str
    pieces: nouns.Figure
    first: int
    """The year of the plan in which they are bought again."""


def of(
    work: workbook.Workbook, pages: Sequence[nouns.BranchPlan], hosting: nouns.Hosting
) -> tuple[Stock, ...]:
    """Everything that must be bought again within the plan's years, year by year."""
    last = work.parameter("plan_years")
    found = [*(one for page in pages for one in _of_branch(work, page)), *_of_servers(work, hosting)]
    together: dict[tuple[str, int], list[nouns.Figure]] = {}
    for one in found:
        if one.first <= last:
            together.setdefault((one.item, one.first), []).append(one.pieces)
    order = list(PRICES)
    return tuple(
        Stock(item, work.total("quantity", pieces), first)
        for (item, first), pieces in sorted(
            together.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
    )


def life(item: str) -> str:
    """The parameter that holds its life."""
    return LIVES.get(item, "life_computer")


def price(work: workbook.Workbook, item: str) -> nouns.Figure:
    """What a new one costs; nobody is asked the price of a switch, which is a share of a router's."""
    if item == "switches":
        return ways.price_of_switch(work)
    return prices.price(work, PRICES[item])


def _first(work: workbook.Workbook, item: str, age: float | None) -> int:
    """The year in which it is bought again: never the first, in which whatever is too old is bought as a gap."""
    lasts = work.parameter(life(item))
    behind = age if age is not None else lasts * work.parameter("aged_share") / 100
    return max(2, 1 + math.ceil(lasts - behind))


def _of_branch(work: workbook.Workbook, page: nouns.BranchPlan) -> Iterator[Stock]:
    yield from _computers(work, page)
    for item, devices, kinds in (
        ("printers", page.printing, printing.OFFICE), ("receipt_printers", page.receipts, printing.COUNTER),
    ):  # fmt: skip
        there = [
            entry.one("printer_how_many")
            for entry in work.facts.entries(computers.FLOW, "printers", page.branch.id)
            if entry.one("printer_kind").text in kinds
        ]
        yield from _kept(work, item, [(fact, None) for fact in there], devices)
    yield from _power(work, page)
    yield from _network(work, page)


def _computers(work: workbook.Workbook, page: nouns.BranchPlan) -> Iterator[Stock]:
    entries = work.facts.entries(computers.FLOW, "computers", page.branch.id)
    there = [
        (entry.one("how_many"), entry.one("age_years").number)
        for entry in entries
        if entry.one("kind").text in computers.AT_A_DESK and computers.usable_of(work, entry).value
    ]
    yield from _kept(work, "computers", there, page.computers)


def _kept(
    work: workbook.Workbook,
    item: str,
    there: Sequence[tuple[facts.Fact, float | None]],
    devices: nouns.Devices,
) -> Iterator[Stock]:
    """Those that the branch needs; of more than it needs the oldest are not bought again."""
    spare = 0.0
    if devices.need.value is not None and devices.have.value is not None:
        spare = max(0.0, devices.have.value - devices.need.value)
    for many, age in sorted(there, key=lambda one: -(one[1] or 0.0)):
        aside = min(spare, many.number or 0.0)
        spare -= aside
        pieces = work.computed(
            "quantity_again",
            lambda count, too_many: count - too_many,
            many,
            work.counted("pieces_aside", aside),
        )
        if pieces.value != 0:
            yield Stock(item, pieces, _first(work, item, age))


def _power(work: workbook.Workbook, page: nouns.BranchPlan) -> Iterator[Stock]:
    """What stands there against cuts and is not replaced at once: no more of it than the load needs."""
    load = page.power.watts
    needed = {
        "ups": page.power.ups,
        "batteries": page.power.battery,
        "solar": power.solar(work, load, page.power.outage or page.power.autonomy),
        "generators": power.generator(work, load),
    }
    bought = {one.item for decision in page.options for one in decision.buys}
    for item, (question, size) in OF_POWER.items():
        fact = work.facts.one(power.FLOW, question, page.branch.id)
        if fact.number is None or item in bought:
            continue
        pieces = work.computed(
            "pieces_there",
            lambda there, need, piece: float(math.ceil(min(there, need) / piece)),
            fact,
            needed[item],
            uses=(size,),
        )
        yield Stock(item, pieces, _first(work, item, None))


def _network(work: workbook.Workbook, page: nouns.BranchPlan) -> Iterator[Stock]:
    """A router and a switch where there is a line; the router of a second way takes the place of the old one."""
    if not page.connectivity.links:
        return
    bought = {one.item for decision in page.options for one in decision.buys}
    lines = work.counted("lines_there", len(page.connectivity.links))
    for item in NETWORK:
        if item not in bought:
            one_each = work.computed("network_there", lambda count: min(1.0, count), lines)
            yield Stock(item, one_each, _first(work, item, None))


def _of_servers(work: workbook.Workbook, hosting: nouns.Hosting) -> Iterator[Stock]:
    """Own servers that are used as they stand, or stand beside those that are bought."""
    taken = {way.way.code for gap in hosting.ways for way in gap.taken}
    needs = own.needs(hosting)
    best = servers.nearest(work, needs)
    if taken & {"way.reuse", "way.repair"} and best is not None:
        yield Stock(
            "server", servers.needed(work, needs), _first(work, "server", best.one("age_years").number)
        )
    elif "way.buy" in taken:
        for entry in servers.measured(work):
            pieces = servers.pieces(work, [entry])
            if pieces.value:
                yield Stock("server", pieces, _first(work, "server", entry.one("age_years").number))
