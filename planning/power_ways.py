"""Ways to carry a branch through its power cuts: what is there, batteries, panels, a generator, or paper."""

from __future__ import annotations

import math

from planning import choices, nouns, power, prices, ways, workbook


def of(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    """The ways for one branch; none where today's batteries last long enough."""
    short = power.missing(work, page.power)
    severity = power.severity(page.power, short)
    gap = nouns.Gap(
        nouns.GapKind.INFRASTRUCTURE, nouns.Text("gap.power"), severity, id="power", branch=page.branch.id
    )
    if short.value is None:
        pieces = work.unknown("pieces", *short.waits_for)
        return [ways.not_known(gap, bought(work, "ups", pieces), bought(work, "batteries", pieces))]
    if not short.value:
        return []
    made = [*_there(work, page), *_new(work, page), ways.without(work, "power", nouns.Severity.RED)]
    chosen = choices.of(work, "power", page.branch.name)
    return [ways.decided(work, gap, short, made, chosen=chosen)]


def _there(work: workbook.Workbook, page: nouns.BranchPlan) -> list[ways.Way]:
    """What the branch has and could go on with."""
    one, branch = work.facts.one, page.branch.id
    there = one(power.FLOW, "backups", branch).chosen
    made = []
    if "inverter" in there:
        strong = one(power.FLOW, "va", branch).number
        enough = strong is None or page.power.ups.value is None or strong >= page.power.ups.value
        makes_power = page.power.supply.code in power.OWN_SUPPLY

        def renewed(_: nouns.Figure) -> tuple[nouns.Purchase, ...]:
            return (bought(work, "batteries", batteries(work, page.power.battery)),)

        fit = nouns.Severity.GREEN if enough and not makes_power else nouns.Severity.AMBER
        made.append(ways.Way("repair", "repair_power", _days(work), fit, renewed))
    return made


def _new(work: workbook.Workbook, page: nouns.BranchPlan) -> list[ways.Way]:
    """What can be bought, by how long the cuts are."""

    def carried(_: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        box = bought(work, "ups", ups(work, page.power.ups))
        if page.power.supply.code in UPS_ONLY:
            return (box,)
        return box, bought(work, "batteries", batteries(work, page.power.battery))

    def sunlit(missing: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        return *carried(missing), bought(work, "solar", _panels(work, page))

    def fuelled(_: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        fuel = nouns.Purchase(
            "fuel_more",
            power.litres(work, page.branch.id, page.power.watts),
            prices.price(work, "price_fuel"),
            monthly=True,
        )
        return (
            bought(work, "ups", ups(work, page.power.ups)),
            bought(work, "generators", _generators(work, page)),
            fuel,
        )

    days, green, amber = _days(work), nouns.Severity.GREEN, nouns.Severity.AMBER
    if page.power.supply.code not in power.OWN_SUPPLY:
        return [ways.Way("buy", "buy_power", days, green, carried)]
    off_grid = page.power.supply.code == "supply.off_grid"
    return [
        ways.Way("buy", "buy_power_solar", days, green, sunlit),
        # a generator that runs all day is loud, and out of fuel one day
        ways.Way("buy", "buy_power_generator", days, amber if off_grid else green, fuelled),
    ]


def _days(work: workbook.Workbook) -> nouns.Figure:
    return ways.days(work, "hardware_days", "default_hardware_days")


UPS_ONLY = frozenset({"supply.short", "supply.generator"})
"""Supplies that need no batteries beside those in the UPS."""

LIVES = {
    "ups": "life_computer",
    "batteries": "life_battery",
    "solar": "life_solar",
    "generators": "life_generator",
}
PRICES = {
    "ups": "price_ups", "batteries": "price_battery", "solar": "price_solar", "generators": "price_generator",
}  # fmt: skip


def bought(work: workbook.Workbook, item: str, pieces: nouns.Figure) -> nouns.Purchase:
    """Pieces of something against power cuts."""
    return ways.bought(work, item, pieces, PRICES[item], LIVES[item])


def _pieces(work: workbook.Workbook, name: str, size: nouns.Figure, of_one: str) -> nouns.Figure:
    return work.computed(name, lambda whole, piece: float(math.ceil(whole / piece)), size, uses=(of_one,))


def ups(work: workbook.Workbook, size: nouns.Figure) -> nouns.Figure:
    """How many UPS of the size whose price is asked."""
    return _pieces(work, "ups_needed", size, "ups_price_va")


def batteries(work: workbook.Workbook, size: nouns.Figure) -> nouns.Figure:
    """How many batteries of the size whose price is asked."""
    return _pieces(work, "batteries_needed", size, "battery_price_ah")


def _panels(work: workbook.Workbook, page: nouns.BranchPlan) -> nouns.Figure:
    size = power.solar(work, page.power.watts, page.power.autonomy)
    return _pieces(work, "panels_needed", size, "solar_price_wp")


def _generators(work: workbook.Workbook, page: nouns.BranchPlan) -> nouns.Figure:
    return _pieces(work, "generators_needed", power.generator(work, page.power.watts), "generator_price_kva")
