"""Branch power: how long the battery must last, and what that takes."""

from __future__ import annotations

import msgspec

from planning import computers, facts, nouns, printing, profile, workbook

FLOW = "branch_power"

OWN_SUPPLY = frozenset({"supply.long", "supply.off_grid"})
"""Supplies that make power themselves: generator or panels."""


def plan(work: workbook.Workbook, branch: str) -> nouns.Power:
    """How a branch stays on through a power cut."""
    loads = _loads(work, branch)
    load = work.total("watts", [figure for figure, _ in loads], unit="W")
    outage = autonomy(work, branch)
    has_generator = "generator" in work.facts.one(FLOW, "backups", branch).chosen
    hours = _until_it_runs(work, branch, outage, load) if has_generator else outage
    size, lasts = ups(work, load), runtime(work, branch, load)
    supply = _supply(work, branch, load, hours, size, lasts)
    makes_power = supply.code in OWN_SUPPLY
    return nouns.Power(
        supply=supply,
        loads=tuple(one for _, one in loads if one is not None),
        watts=load,
        autonomy=hours,
        ups=size,
        battery=battery(work, load, hours),
        runtime=lasts,
        generator=generator(work, load) if makes_power else None,
        solar=solar(work, load, hours) if makes_power else None,
        outage=_without_generator(outage) if has_generator else None,
        measures=_measures(work, branch, supply),
    )


def autonomy(work: workbook.Workbook, branch: str) -> nouns.Figure:
    """Hours of a working day that something else than the grid must carry; never more than the branch is open."""
    one = work.facts.one
    cuts, grid = one(FLOW, "cuts_per_week", branch), one(FLOW, "grid_hours", branch)
    opening = one(profile.FLOW, "opening_hours", branch)
    if cuts.number == 0:
        return work.computed(
            "autonomy_no_cuts",
            lambda _, whole, there, floor: min(whole, max(floor, whole - there)),
            cuts,
            opening,
            grid,
            uses=("autonomy_floor",),
            unit="h",
        )
    usual = one(FLOW, "usual_cut_hours", branch)
    if not usual.applies:
        usual = one(FLOW, "longest_cut_hours", branch)

    def hours(cuts: float, cut: float, whole: float, there: float, *rest: float) -> float:
        days, floor = rest
        in_a_day = cut * max(1.0, cuts / days if days else 1.0)
        return min(whole, max(floor, in_a_day, whole - there))

    days = profile.days_a_week(work, branch)
    return work.computed(
        "autonomy", hours, cuts, usual, opening, grid, days, uses=("autonomy_floor",), unit="h"
    )


def _without_generator(outage: nouns.Figure) -> nouns.Figure:
    """Told by a name of its own: the page says beside it how long the battery must last until the generator runs."""
    return msgspec.structs.replace(outage, label=nouns.Text("figure.outage"))


def _until_it_runs(
    work: workbook.Workbook, branch: str, outage: nouns.Figure, load: nouns.Figure
) -> nouns.Figure:
    """Hours that the battery must carry beside a generator: until it runs, where that is strong enough."""
    return work.computed(
        "autonomy_generator",
        lambda there, need, whole, floor: min(whole, floor) if there >= need else whole,
        work.facts.one(FLOW, "kva", branch),
        generator(work, load),
        outage,
        uses=("autonomy_floor",),
        unit="h",
    )


def carried_by_generator(work: workbook.Workbook, branch: str, load: nouns.Figure) -> bool:
    """Whether a generator that is there is strong enough for what must keep running."""
    there, need = work.facts.one(FLOW, "kva", branch).number, generator(work, load).value
    return there is not None and need is not None and there >= need


def dark(work: workbook.Workbook, branch: str) -> nouns.Figure:
    """Opening hours of a month without the grid."""
    one = work.facts.one
    cuts, grid = one(FLOW, "cuts_per_week", branch), one(FLOW, "grid_hours", branch)
    usual: workbook.Operand = one(FLOW, "usual_cut_hours", branch)
    if cuts.number == 0:
        usual = work.counted("hours", 0, "h")
    elif isinstance(usual, facts.Fact) and not usual.applies:
        usual = one(FLOW, "longest_cut_hours", branch)
    return work.computed(
        "hours_dark",
        lambda many, cut, whole, there, days, weeks: (
            weeks * min(whole * days, max(many * cut, days * (whole - there)))
        ),
        cuts,
        usual,
        one(profile.FLOW, "opening_hours", branch),
        grid,
        profile.days_a_week(work, branch),
        uses=("weeks_per_month",),
        unit="h",
    )


def litres(work: workbook.Workbook, branch: str, load: nouns.Figure) -> nouns.Figure:
    """Fuel of a month for a generator that runs whenever the grid is away."""
    return work.computed(
        "fuel_litres",
        lambda watts, hours, each, least: hours * max(least, watts / 1000 * each),
        load,
        dark(work, branch),
        uses=("litres_per_kwh", "litres_per_hour"),
        unit="l",
    )


def ups(work: workbook.Workbook, watts: nouns.Figure) -> nouns.Figure:
    """A UPS that carries the load, in VA."""
    return work.computed(
        "ups",
        lambda need, factor, headroom: need / factor * headroom,
        watts,
        uses=("ups_power_factor", "ups_headroom"),
        unit="VA",
    )


def battery(work: workbook.Workbook, watts: nouns.Figure, hours: nouns.Figure) -> nouns.Figure:
    """Batteries that carry the load to the end of their life, in Ah."""
    return work.computed(
        "battery",
        lambda need, h, volts, depth, yields, ageing: need * h / (volts * depth * yields * ageing),
        watts,
        hours,
        uses=("battery_volts", "battery_depth", "battery_efficiency", "battery_ageing"),
        unit="Ah",
    )


def runtime(work: workbook.Workbook, branch: str, watts: nouns.Figure) -> nouns.Figure:
    """Hours that what is there now lasts: from the last cut where somebody watched, else from the batteries."""
    one = work.facts.one
    backups = one(FLOW, "backups", branch)
    if not backups.known:
        return work.unknown("runtime", backups.point, unit="h")
    if not {"ups", "inverter"} & set(backups.chosen):
        return work.computed("runtime_none", lambda _: 0.0, backups, unit="h")
    minutes, battery = one(FLOW, "minutes", branch), one(FLOW, "battery_ah", branch)
    if minutes.known or not battery.known:
        return work.computed("runtime_seen", lambda seen: seen / 60, minutes, unit="h")
    stored = ("battery_volts", "battery_depth", "battery_efficiency")
    if "solar" in backups.chosen:
        return work.computed(
            "runtime_solar",
            lambda ah, load, panels, volts, depth, yields, sun, dust: (
                (ah * volts * depth * yields + panels * sun * dust) / load if load else 0.0
            ),
            battery,
            watts,
            one(FLOW, "wp", branch),
            uses=(*stored, "sun_hours", "solar_efficiency"),
            unit="h",
        )
    return work.computed(
        "runtime",
        lambda ah, load, volts, depth, yields: ah * volts * depth * yields / load if load else 0.0,
        battery,
        watts,
        uses=stored,
        unit="h",
    )


def _loads(work: workbook.Workbook, branch: str) -> list[tuple[nouns.Figure, nouns.Load | None]]:
    """What must keep running, in watts; desktops that are there stay, whatever is missing comes as laptops."""
    entries = work.facts.entries(computers.FLOW, "computers", branch)
    used = computers.in_use(work, branch)
    desktops = work.computed("desktops", min, computers.usable(work, entries, {"desktop"}), used)
    laptops = work.computed("laptops", lambda all_, desks: all_ - desks, used, desktops)
    receipts = work.facts.one(printing.PAPERS, "receipts")
    slips = work.computed(
        "receipt_printers",
        lambda printed, tellers: max(1.0, tellers) if printed == "yes" else 0.0,
        receipts,
        work.facts.one(profile.FLOW, "tellers", branch),
    )
    return [
        _load(work, "desktop", desktops),
        _load(work, "laptop", laptops),
        _load(work, "receipt", slips),
        _load(work, "network", None),
        _load(work, "light", None),
    ]


def _load(
    work: workbook.Workbook, device: str, count: nouns.Figure | None
) -> tuple[nouns.Figure, nouns.Load | None]:
    name = f"watts_{device}"
    label = nouns.Text(f"device.{device}")
    if count is None:
        return work.assumed(name, name), nouns.Load(label, 1, work.parameter(name))
    figure = work.computed(name, lambda many, each: many * each, count, uses=(name,), unit="W")
    load = None if not count.value else nouns.Load(label, count.value, work.parameter(name))
    return figure, load


def _supply(
    work: workbook.Workbook,
    branch: str,
    load: nouns.Figure,
    hours: nouns.Figure,
    size: nouns.Figure,
    lasts: nouns.Figure,
) -> nouns.Text:
    if carried_by_generator(work, branch, load):
        return nouns.Text("supply.generator")
    if work.facts.one(FLOW, "grid_hours", branch).number == 0:
        return nouns.Text("supply.off_grid")
    if hours.value is None:
        return nouns.Text("supply.unknown")
    if hours.value <= work.parameter("ups_hours") and not _proved_short(work, branch, hours, size, lasts):
        return nouns.Text("supply.short")
    if hours.value <= work.parameter("inverter_hours"):
        return nouns.Text("supply.middle")
    return nouns.Text("supply.long" if hours.value <= work.parameter("hybrid_hours") else "supply.off_grid")


def _proved_short(
    work: workbook.Workbook, branch: str, hours: nouns.Figure, size: nouns.Figure, lasts: nouns.Figure
) -> bool:
    """Whether a UPS as large as needed is there and goes out too soon: another one would go out as soon."""
    there = work.facts.one(FLOW, "va", branch).number
    if there is None or size.value is None or lasts.value is None or hours.value is None:
        return False
    return there >= size.value and lasts.value < hours.value


def generator(work: workbook.Workbook, watts: nouns.Figure) -> nouns.Figure:
    """A generator that starts and carries the load, in kVA."""
    return work.computed(
        "generator",
        lambda load, headroom, factor: load * headroom / factor / 1000,
        watts,
        uses=("generator_headroom", "generator_power_factor"),
        unit="kVA",
    )


def solar(work: workbook.Workbook, watts: nouns.Figure, hours: nouns.Figure) -> nouns.Figure:
    """Panels that make in a day what the load takes without the grid, in Wp."""
    return work.computed(
        "solar",
        lambda load, h, sun, yields: load * h / (sun * yields),
        watts,
        hours,
        uses=("sun_hours", "solar_efficiency"),
        unit="Wp",
    )


def _measures(work: workbook.Workbook, branch: str, supply: nouns.Text) -> tuple[nouns.Text, ...]:
    one = work.facts.one
    made = [nouns.Text("measure.laser_off_ups")]
    if supply.code == "supply.generator":
        made.append(nouns.Text("measure.generator_fuel"))
    if one(FLOW, "voltage_swings", branch).text == "yes":
        made.append(nouns.Text("measure.stabiliser"))
    earthing = one(FLOW, "earthing", branch)
    if earthing.text in {"no", "unknown"}:
        made.append(nouns.Text(f"measure.earthing_{earthing.text}"))
    return tuple(made)


def missing(work: workbook.Workbook, found: nouns.Power) -> nouns.Figure:
    """Hours that today's batteries lack."""
    return work.computed(
        "runtime_gap", lambda need, have: max(0.0, need - have), found.autonomy, found.runtime, unit="h"
    )


def severity(found: nouns.Power, short: nouns.Figure) -> nouns.Severity:
    """Red where the branch stands still; amber where only the minutes are missing until a generator runs."""
    if not short.value:
        return nouns.Severity.GREEN
    return nouns.Severity.AMBER if found.supply.code == "supply.generator" else nouns.Severity.RED


def gaps(work: workbook.Workbook, branch: str, area: str, found: nouns.Power) -> list[nouns.Gap]:
    """Too short a battery for the cuts of the place."""
    short = missing(work, found)
    if short.value is None:
        return []
    return [
        nouns.Gap(
            nouns.GapKind.INFRASTRUCTURE,
            nouns.Text("gap.power"),
            severity(found, short),
            id="power",
            area=area,
            branch=branch,
            need=found.autonomy,
            have=found.runtime,
            gap=short,
            resolution=found.supply if short.value > 0 else nouns.Text("resolution.nothing"),
        )
    ]
