"""The server class from clients, people at work and growth; where servers may stand; what is there."""

from __future__ import annotations

import math

from planning import nouns, profile, recovery, servers, workbook

FLOW = servers.FLOW

CLASSES = ("xs", "s", "m", "l", "xl")

PLACES = ("own_room", "local_provider", "cloud")

GAP = "server"
"""The gap that every way to a server fills."""


def plan(work: workbook.Workbook) -> nouns.Hosting:
    """The server class, and the options for where it may stand."""
    clients, users = clients_at_end(work), users_at_once(work)
    size = size_of(work, clients, users)
    cores, memory = _need(work, "cores", size, clients), _need(work, "memory", size, clients)
    disk = _disk(work, clients)
    wanted = dict(zip(servers.PARTS, (cores, memory, disk), strict=True))
    gaps, restore = _gaps(work, wanted), recovery.restore(work, clients, _years(work))
    return nouns.Hosting(
        size=size.upper(),
        why=_why(size, clients, users),
        application=nouns.Text(f"hosting.application_{size or 'unknown'}"),
        database=nouns.Text(f"hosting.database_{size or 'unknown'}"),
        clients_now=clients_now(work),
        clients=clients,
        users_at_once=users,
        disk=disk,
        memory=memory,
        cores=cores,
        options=tuple(_option(work, place, gaps, wanted, restore) for place in PLACES),
        gaps=gaps,
        warnings=_warnings(size),
    )


def _why(size: str, clients: nouns.Figure, users: nouns.Figure) -> nouns.Text:
    if not size:
        return nouns.Text("hosting.unknown")
    values: dict[str, nouns.Value] = {"size": size.upper(), "users": _least(users)}
    if not clients.value:
        return nouns.Text("hosting.why_none", values)
    return nouns.Text("hosting.why", values | {"clients": clients.value})


def clients_now(work: workbook.Workbook) -> nouns.Figure:
    """Active clients of the institution: as head office says, else the sum of the branches."""
    stated = work.facts.one(FLOW, "clients_total")
    if stated.known or not work.facts.book.branches:
        return work.stated("clients_now", stated)
    branches = [work.facts.one(profile.FLOW, "clients", branch.id) for branch in work.facts.book.branches]
    return work.total("clients_of_branches", branches)


def clients_at_end(work: workbook.Workbook) -> nouns.Figure:
    """Active clients at the end of the planning horizon; shrinking institutions keep today's size."""
    return work.computed(
        "clients_at_end",
        lambda now, growth, years: float(math.ceil(now * max(1.0, 1 + growth / 100) ** years)),
        clients_now(work),
        work.facts.one(FLOW, "clients_growth_percent"),
        _years(work),
        unit="clients",
    )


def users_at_once(work: workbook.Workbook) -> nouns.Figure:
    """People at a computer in the busiest hour, all branches together."""
    return work.total(
        "users_of_branches",
        [work.facts.one(profile.FLOW, "users_at_once", branch.id) for branch in work.facts.book.branches],
    )


def size_of(work: workbook.Workbook, clients: nouns.Figure, users: nouns.Figure) -> str:
    """The smallest class that carries both the clients and the people at once; empty while clients are unknown."""
    if clients.value is None:
        return ""
    for size in CLASSES[:-1]:
        if clients.value <= work.parameter(f"class_{size}_clients") and _least(users) <= work.parameter(
            f"class_{size}_users"
        ):
            return size
    return CLASSES[-1]


def _least(figure: nouns.Figure) -> float:
    """The value, or what is certain of it."""
    return figure.value if figure.value is not None else figure.low or 0.0


def _years(work: workbook.Workbook) -> workbook.Operand:
    years = work.facts.one(FLOW, "years")
    return years if years.known else work.assumed("years", "default_years")


def _need(work: workbook.Workbook, what: str, size: str, clients: nouns.Figure) -> nouns.Figure:
    unit = {"cores": "cores", "memory": "GB"}[what]
    if not size:
        return work.unknown(f"{what}_need", *clients.waits_for, unit=unit)
    return work.computed(f"{what}_need", lambda _, need: need, clients, uses=(f"{what}_{size}",), unit=unit)


def _disk(work: workbook.Workbook, clients: nouns.Figure) -> nouns.Figure:
    def gigabytes(clients: float, years: float, *rest: float) -> float:
        ledger, documents, copies, system = rest
        return clients * (years * ledger + documents) * (1 + copies) / 1024 + system

    return work.computed(
        "disk_need",
        gigabytes,
        clients,
        _years(work),
        uses=("ledger_mb", "documents_mb", "backup_copies", "system_gb"),
        unit="GB",
    )


def needs(found: nouns.Hosting) -> servers.Needs:
    """What the class needs, by what a server is measured by."""
    return dict(zip(servers.PARTS, (found.cores, found.memory, found.disk), strict=True))


def _gaps(work: workbook.Workbook, wanted: servers.Needs) -> tuple[nouns.Gap, ...]:
    if not work.facts.entries(FLOW, "servers").stated:
        return ()
    made = []
    for what, need in wanted.items():
        have = servers.there(work, what, wanted)
        gap = work.computed(f"{what}_gap", lambda n, h: max(0.0, n - h), need, have, unit=need.unit)
        if gap.value is None:
            continue
        enough = gap.value == 0
        made.append(
            nouns.Gap(
                nouns.GapKind.INFRASTRUCTURE,
                nouns.Text(f"gap.server_{what}"),
                nouns.Severity.GREEN if enough else nouns.Severity.RED,
                id=f"server_{what}",
                area=nouns.Text("area.head_office"),
                need=need,
                have=have,
                gap=gap,
                resolution=nouns.Text("resolution.nothing" if enough else "resolution.server"),
            )
        )
    return tuple(made)


def proposed(found: nouns.Hosting) -> nouns.HostingOption:
    """The place that the way taken leads to."""
    places = {option.name.code: option for option in found.options}
    rented = any(way.way.code == "way.rent" for gap in found.ways for way in gap.taken)
    if not rented:
        return places["place.own_room"]
    return away(found)


def away(found: nouns.Hosting) -> nouns.HostingOption:
    """The place to rent at: the one wished, else the one that fits best."""
    places = [option for option in found.options if option.name.code != "place.own_room"]
    return min(places, key=lambda one: (not one.wished, list(nouns.Severity)[::-1].index(one.fits)))


def room(work: workbook.Workbook) -> nouns.Severity:
    """How well a server may stand in an own room, whatever server that is."""
    said = work.facts.one(FLOW, "server_room")
    if not said.known:
        return nouns.Severity.AMBER
    return nouns.Severity.GREEN if said.text == "yes" else nouns.Severity.RED


def _option(
    work: workbook.Workbook,
    place: str,
    gaps: tuple[nouns.Gap, ...],
    wanted: servers.Needs,
    restore: nouns.Figure,
) -> nouns.HostingOption:
    """One place against what is known of the institution."""
    one = work.facts.one
    reasons: list[tuple[nouns.Severity, nouns.Text]] = []
    own = place == "own_room"
    after = recovery.of(work, place, wanted, restore)
    cost = (
        servers.month_of_own(
            work, recovery.to_buy(work, after, wanted), recovery.running(work, after, wanted)
        )
        if own
        else servers.month_of_rented(work, recovery.to_rent(work, after, wanted))
    )
    if own:
        fits = room(work)
        if fits is not nouns.Severity.GREEN:
            reason = "option.no_room" if fits is nouns.Severity.RED else "option.ask_room"
            reasons.append((fits, nouns.Text(reason)))
        if any(gap.severity is not nouns.Severity.GREEN for gap in gaps):
            reasons.append((nouns.Severity.AMBER, nouns.Text("option.buy_server")))
    else:
        stay = one(FLOW, "data_must_stay").text
        if place == "cloud" and stay == "yes":
            reasons.append((nouns.Severity.RED, nouns.Text("option.law_forbids")))
        elif place == "cloud" and stay != "no":
            reasons.append((nouns.Severity.AMBER, nouns.Text("option.ask_law")))
        slow = one(FLOW, "round_trip_ms").number
        if slow is not None and slow > work.parameter("acceptable_round_trip"):
            reasons.append((nouns.Severity.AMBER, nouns.Text("option.slow", {"ms": slow})))
    budget = one(FLOW, "hosting_budget_month").number
    if cost.value is not None and budget is not None and cost.value > budget:
        over: dict[str, nouns.Value] = {
            "price": nouns.Amount(round(cost.value), work.currency), "budget": nouns.Amount(budget, work.currency),
        }  # fmt: skip
        reasons.append((nouns.Severity.AMBER, nouns.Text("option.over_budget", over)))
    order = list(nouns.Severity)
    return nouns.HostingOption(
        name=nouns.Text(f"place.{place}"),
        fits=min((severity for severity, _ in reasons), key=order.index, default=nouns.Severity.GREEN),
        reasons=tuple(text for _, text in reasons) or (nouns.Text("option.fits"),),
        monthly_cost=cost,
        recovery=after,
        wished=one(FLOW, "hosting_preference").text == place,
    )


def _warnings(size: str) -> tuple[nouns.Text, ...]:
    made = []
    if size == "xs":
        made.append(nouns.Text("warning.below_minimum"))
    if size == "xl":
        made.append(nouns.Text("warning.load_test"))
    return tuple(made)
