"""Where the server comes from: one that is there, more memory for it, new ones, or rented ones."""

from __future__ import annotations

import math

from planning import choices, hosting, nouns, power, power_ways, prices, recovery, servers, ways, workbook

WISHES = {
    "own_room": ("reuse", "repair", "buy"), "local_provider": ("rent",), "cloud": ("rent",),
}  # fmt: skip
"""What head office would like, as ways."""


def of(work: workbook.Workbook, found: nouns.Hosting) -> nouns.GapOptions:
    """The ways to servers of the class that is needed, and the one taken."""
    fits = {option.name.code: option.fits for option in found.options}
    rented = min((fits["place.local_provider"], fits["place.cloud"]), key=ways.WORST_LAST.index)
    needs = hosting.needs(found)
    own = next(option for option in found.options if option.name.code == "place.own_room")
    new = recovery.to_buy(work, own.recovery, needs)
    months = recovery.to_rent(work, hosting.away(found).recovery, needs)
    power_bill = _electricity(work, recovery.running(work, own.recovery, needs))
    days, beside = ways.days(work, "server_days", "default_server_days"), servers.beside(work)
    made = [
        *_there(work, found, needs, own.recovery, power_bill),
        ways.Way(
            "buy", "buy_server_beside" if beside else "buy_server", days, fits["place.own_room"],
            lambda _: (
                ways.bought(work, "server", new, "price_server", "life_server"), *_room(work, new, new=True), power_bill,
            ),
            values={"n": _count(new), "names": beside},
        ),
        ways.Way(
            "rent", "rent_server", days, rented,
            lambda _: (ways.monthly(work, "hosting", months, "hosting_month_price"),),
            values={"n": _count(months)},
        ),
    ]  # fmt: skip
    gap = nouns.Gap(
        nouns.GapKind.INFRASTRUCTURE, nouns.Text("gap.server"), nouns.Severity.AMBER, id=hosting.GAP
    )
    wish = work.facts.one(hosting.FLOW, "hosting_preference").text
    return ways.decided(
        work,
        gap,
        ways.one_piece(work),
        made,
        wished=WISHES.get(wish, ()),
        chosen=choices.of(work, hosting.GAP),
    )


def _room(work: workbook.Workbook, pieces: nouns.Figure, *, new: bool) -> tuple[nouns.Purchase, ...]:
    """A UPS for new servers; where no cooled room with power day and night is known, batteries and cooling, for old ones too."""
    ready = hosting.room(work) is nouns.Severity.GREEN
    watts = work.computed(
        "watts_servers", lambda many, each: many * each, pieces, uses=("watts_server",), unit="W"
    )
    made = []
    if new or not ready:
        made.append(power_ways.bought(work, "ups", power_ways.ups(work, power.ups(work, watts))))
    if not ready:
        hours = work.assumed("autonomy_servers", "server_hours")
        stored = power_ways.batteries(work, power.battery(work, watts, hours))
        made.append(power_ways.bought(work, "batteries", stored))
        made.append(_cooling(work, watts))
    return tuple(made)


def _cooling(work: workbook.Workbook, watts: nouns.Figure) -> nouns.Purchase:
    """Air conditioners that carry the heat out: as many watts as go in."""
    pieces = work.computed(
        "cooling_needed", lambda heat, each: float(math.ceil(heat / each)), watts, uses=("cooling_watts",)
    )
    price = ways.share_of(work, "price_cooling", "price_server", "cooling_percent")
    return nouns.Purchase("cooling", pieces, price, life="life_cooling")


def _electricity(work: workbook.Workbook, running: nouns.Figure) -> nouns.Purchase:
    """What the grid gives to servers and their cooling, each month."""
    return nouns.Purchase(
        "electricity", servers.energy(work, running), prices.of_electricity(work), monthly=True
    )


def _count(pieces: nouns.Figure) -> int:
    """How many; one while nobody knows."""
    return int(pieces.value) if pieces.value is not None else 1


def _there(
    work: workbook.Workbook,
    found: nouns.Hosting,
    needs: servers.Needs,
    after: nouns.Recovery,
    power_bill: nouns.Purchase,
) -> list[ways.Way]:
    """The server that is there, as it stands or with more memory; another beside it where one has to follow."""
    entry = servers.nearest(work, needs)
    if entry is None or len(found.gaps) < len(servers.PARTS):
        return []
    fit = hosting.room(work)
    standing = (*_room(work, servers.needed(work, needs), new=False), power_bill)
    named: dict[str, nouns.Value] = {
        "name": entry.one("name").text or nouns.Text("gap.server"),
        "use": entry.one("use").text or nouns.Text("trace.not_known"),
    }
    short = {gap.id for gap in found.gaps if gap.gap is not None and gap.gap.value}
    follows: tuple[nouns.Purchase, ...] = ()
    if after.arrangement == recovery.FOLLOWER:
        pieces = servers.needed(work, needs)
        follows = (ways.bought(work, "server", pieces, "price_server", "life_server"),)
    if not short:
        days = work.assumed("option_days", "reuse_days")
        return [ways.Way("reuse", "reuse_server", days, fit, lambda _: (*follows, *standing), values=named)]
    if short == {"server_memory_gb"}:
        each = ways.share_of(work, "price_repair", "price_server", "repair_percent")
        more = nouns.Purchase("server_repaired", ways.one_piece(work), each)
        days = work.assumed("option_days", "repair_days")
        return [
            ways.Way(
                "repair", "repair_server", days, fit, lambda _: (more, *follows, *standing), values=named
            )
        ]
    return []
