"""Ways to fill each gap of infrastructure: reuse, repair, buy, rent, do without; compared on cost, time and fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from planning import computers, connectivity, costs, nouns, power, prices, ways, workbook

TEAM = "project_team"

Pages = Sequence[nouns.BranchPlan]

DEVICES = (
    ("computers", "computers", "price_computer"),
    ("printers", "printing", "price_printer"),
)
"""Gap, part of the branch's page, and the question that asks the price; receipt printers have no price."""


def of_branches(work: workbook.Workbook, pages: Pages) -> tuple[nouns.BranchPlan, ...]:
    """The pages with the ways to fill their gaps; what one branch has too many goes to one other only."""
    found: dict[str, list[nouns.GapOptions]] = {page.branch.id: [] for page in pages}
    for gap, part, price in DEVICES:
        spare = {page.branch.id: _surplus(getattr(page, part)) for page in pages}
        for page in pages:
            missing = getattr(page, part).gap
            if missing.value:
                found[page.branch.id].append(_devices(work, page, gap, missing, price, spare, pages))
    for page in pages:
        found[page.branch.id] += _power(work, page)
        found[page.branch.id] += _line(work, page)
        found[page.branch.id] += _second_line(work, page)
    return tuple(msgspec.structs.replace(page, options=tuple(found[page.branch.id])) for page in pages)


def of_servers(work: workbook.Workbook, hosting: nouns.Hosting) -> tuple[nouns.GapOptions, ...]:
    """Where the server that is missing may come from."""
    short = [gap for gap in hosting.gaps if gap.gap is not None and gap.gap.value]
    if not short:
        return ()
    fits = {option.name.code: option.fits for option in hosting.options}
    rented = min((fits["place.local_provider"], fits["place.cloud"]), key=ways.WORST_LAST.index)
    server = prices.price(work, "price_server")
    month = prices.price(work, "hosting_month_price")
    days = _days(work, "server_days", "default_server_days")
    made = [
        ways.option("buy", "server", ways.bought(work, work.counted("pieces", 1), server, "life_server"), days, fits["place.own_room"]),
        ways.option("rent", "server", ways.rented(work, month), days, rented),
    ]  # fmt: skip
    if {gap.id for gap in short} == {"server_memory_gb"}:
        # cores are enough, so a server there can grow
        cost = work.unknown("option_cost", unit=work.currency)
        made.append(
            ways.option(
                "repair", "server", cost, work.assumed("option_days", "repair_days"), fits["place.own_room"]
            )
        )
    return (ways.advised(work, short[0], made),)


def _surplus(devices: nouns.Devices) -> float:
    """How many more are there than are needed."""
    if devices.need.value is None or devices.have.value is None:
        return 0
    return max(0.0, devices.have.value - devices.need.value)


def _devices(
    work: workbook.Workbook,
    page: nouns.BranchPlan,
    kind: str,
    missing: nouns.Figure,
    price: str,
    spare: dict[str, float],
    pages: Pages,
) -> nouns.GapOptions:
    """Computers or printers: those too many elsewhere first, then repair, then new ones."""
    gap = next(one for one in page.gaps if one.id == kind)
    each = prices.price(work, price)
    green, amber, red = nouns.Severity.GREEN, nouns.Severity.AMBER, nouns.Severity.RED
    made = []
    giver = next((one for one in pages if spare[one.branch.id] > 0), None)
    if giver is not None and missing.value is not None:
        many = min(spare[giver.branch.id], missing.value)
        spare[giver.branch.id] -= many
        cost = work.computed("option_nothing_bought", lambda: 0.0, unit=work.currency)
        days = work.assumed("option_days", "reuse_days")
        made.append(ways.option("reuse", kind, cost, days, green, many, {"branch": giver.branch.name}))
    worn = _repairable(work, page.branch.id) if kind == "computers" else 0
    if worn and missing.value is not None:
        many = min(worn, missing.value)
        cost = work.computed(
            "option_repair",
            lambda pieces, price, share: pieces * price * share / 100,
            work.counted("pieces", many),
            each,
            uses=("repair_percent",),
            unit=work.currency,
        )
        made.append(
            ways.option("repair", kind, cost, work.assumed("option_days", "repair_days"), amber, many)
        )
    days = _days(work, "hardware_days", "default_hardware_days")
    made.append(
        ways.option(
            "buy", kind, ways.bought(work, missing, each, "life_computer"), days, green, missing.value
        )
    )
    lease = work.computed(
        "option_lease",
        lambda pieces, price, percent, years: pieces * price * percent / 100 * costs.MONTHS * years,
        missing,
        each,
        uses=("lease_percent", "plan_years"),
        unit=work.currency,
    )
    made.append(ways.option("rent", kind, lease, days, green, missing.value))
    made.append(ways.without(work, kind, red if gap.severity is red else amber))
    return ways.advised(work, gap, made)


def _repairable(work: workbook.Workbook, branch: str) -> float:
    """Computers young enough whose work a repair or more memory would save."""
    oldest, least = work.parameter("computer_age"), work.parameter("computer_memory")
    count = 0.0
    for entry in work.facts.entries(computers.FLOW, "computers", branch):
        age, memory, many = (entry.one(name).number for name in ("age_years", "memory_gb", "how_many"))
        works = entry.one("works").text
        young = age is not None and age <= oldest
        lame = works == computers.WORN or (
            works == computers.USABLE and memory is not None and memory < least
        )
        if entry.one("kind").text in computers.AT_A_DESK and young and lame and many is not None:
            count += many
    return count


def _power(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    gap = next(
        (one for one in page.gaps if one.id == "power" and one.gap is not None and one.gap.value), None
    )
    if gap is None:
        return []
    days = _days(work, "hardware_days", "default_hardware_days")
    batteries = ways.bought(
        work, costs.batteries(work, page), prices.price(work, "price_battery"), "life_battery"
    )
    boxes = ways.bought(work, costs.ups(work, page), prices.price(work, "price_ups"), "life_computer")
    whole = work.total("option_power", [boxes, batteries], unit=work.currency)
    made = [ways.option("buy", "power", whole, days, nouns.Severity.GREEN)]
    there = work.facts.one(power.FLOW, "backups", page.branch.id).chosen
    if "inverter" in there and page.power.battery.value is not None:
        pieces = work.computed(
            "batteries_needed",
            lambda ah, size: float(math.ceil(ah / size)),
            page.power.battery,
            uses=("battery_price_ah",),
        )
        cost = ways.bought(work, pieces, prices.price(work, "price_battery"), "life_battery")
        made.append(ways.option("repair", "power", cost, days, nouns.Severity.GREEN))
    if "generator" in there:
        fuel = ways.rented(
            work,
            prices.given(work, work.facts.one(power.FLOW, "fuel_cost_month", page.branch.id), page.branch.id),
        )
        at_once = work.counted("option_days", 0, "days")
        made.append(ways.option("reuse", "power", fuel, at_once, nouns.Severity.AMBER))
    made.append(ways.without(work, "power", nouns.Severity.RED))
    return [ways.advised(work, gap, made)]


def _line(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    gap = next(
        (one for one in page.gaps if one.id == "bandwidth" and one.gap is not None and one.gap.value), None
    )
    if gap is None:
        return []
    line = page.connectivity
    faster = ways.at_least(work, "option_faster", ways.rented(work, line.monthly_cost))
    made = [
        ways.option(
            "rent", "bandwidth", faster, _days(work, "line_days", "default_line_days"), nouns.Severity.GREEN
        )
    ]
    speeds = work.total("option_both_lines", [link.speed for link in line.links], unit="kbps")
    if speeds.value is not None and line.need.value is not None and speeds.value >= line.need.value:
        router = ways.bought(
            work, work.counted("pieces", 1), prices.price(work, "price_router"), "life_computer"
        )
        made.append(
            ways.option(
                "reuse", "bandwidth", router, work.assumed("option_days", "sim_days"), nouns.Severity.AMBER
            )
        )
    made.append(ways.without(work, "bandwidth", nouns.Severity.RED))
    return [ways.advised(work, gap, made)]


def _second_line(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    gap = next((one for one in page.gaps if one.id == "failover"), None)
    if gap is None:
        return []
    one = work.facts.one
    signal = one("branch_internet", "mobile_signal", page.branch.id).text
    green, amber, red = nouns.Severity.GREEN, nouns.Severity.AMBER, nouns.Severity.RED
    router = ways.bought(work, work.counted("pieces", 1), prices.price(work, "price_router"), "life_computer")
    fee = work.unknown("option_cost", unit=work.currency)
    sim = ways.at_least(work, "option_sim", router)
    share = page.connectivity.availability.value
    good = share is not None and share >= work.parameter("good_availability")
    days = _days(work, "line_days", "default_line_days")
    made = [
        ways.option("buy", "failover", sim, work.assumed("option_days", "sim_days"), {"good": green, "none": red}.get(signal, amber)),
        ways.option("rent", "failover", fee, days, amber),
        ways.without(work, "failover", amber if good else red),
    ]  # fmt: skip
    wish = one(connectivity.SYSTEMS, "failover_wish").text
    wished = {"second_sim": "buy", "second_line": "rent", "satellite": "rent", "none": "workaround"}.get(
        wish, ""
    )
    return [ways.advised(work, gap, made, wished=wished)]


def _days(work: workbook.Workbook, name: str, otherwise: str) -> nouns.Figure:
    """Days from the order: as answered, else as the parameters say."""
    answer = work.facts.one(TEAM, name)
    return (
        work.stated("option_days", answer, "days") if answer.known else work.assumed("option_days", otherwise)
    )
