"""Ways to a faster line, and to a second one that takes over."""

from __future__ import annotations

from planning import choices, connectivity, nouns, ways, workbook

WISHES = {
    "second_sim": ("buy",), "second_line": ("rent",), "satellite": ("rent",), "none": ("workaround",),
}  # fmt: skip
"""What the branch would like, as a way."""


def of(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    """The ways for one branch; none where the line is fast enough and another takes over."""
    faster = _faster(work, page)
    fast = any(way.way.code == "way.rent" for one in faster for way in one.taken)
    return [*faster, *_second(work, page, fast=fast)]


def _gap(page: nouns.BranchPlan, name: str, severity: nouns.Severity) -> nouns.Gap:
    return nouns.Gap(
        nouns.GapKind.INFRASTRUCTURE, nouns.Text(f"gap.{name}"), severity, id=name, branch=page.branch.id
    )


def _days(work: workbook.Workbook) -> nouns.Figure:
    return ways.days(work, "line_days", "default_line_days")


def _faster(work: workbook.Workbook, page: nouns.BranchPlan) -> list[nouns.GapOptions]:
    line = page.connectivity
    missing = connectivity.missing(work, line)
    gap = _gap(page, "bandwidth", nouns.Severity.RED)

    def rented(pieces: nouns.Figure) -> nouns.Purchase:
        return ways.monthly(work, "fast_lines", pieces, "line_month_price")

    if missing.value is None:
        return [ways.not_known(gap, rented(work.unknown("pieces", *missing.waits_for)))]
    if not missing.value:
        return []
    one = ways.one_piece(work)
    what = "rent_bandwidth" if line.links else "rent_first_line"
    inside = () if line.links else _network(work, one)
    made = [ways.Way("rent", what, _days(work), nouns.Severity.GREEN, lambda _: (rented(one), *inside))]
    speeds = work.total(
        "option_both_lines",
        [link.speed for link in line.links],
        unit="kbps",
        called=[link.name for link in line.links],
    )
    if speeds.value is not None and line.need.value is not None and speeds.value >= line.need.value:
        made.append(
            ways.Way(
                "reuse", "reuse_bandwidth", work.assumed("option_days", "sim_days"), nouns.Severity.AMBER,
                lambda _: (_router(work, one),),
            )
        )  # fmt: skip
    made.append(ways.without(work, "bandwidth", nouns.Severity.RED))
    chosen = choices.of(work, "bandwidth", page.branch.name)
    return [ways.decided(work, gap, missing, made, chosen=chosen)]


def _second(work: workbook.Workbook, page: nouns.BranchPlan, *, fast: bool) -> list[nouns.GapOptions]:
    line, gap = page.connectivity, _gap(page, "failover", nouns.Severity.AMBER)
    beside_first = fast and not line.links

    def inside(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        """A router that switches by itself; the one that came with a first line does so already."""
        if beside_first:
            return ()
        return (_router(work, pieces),) if line.links else _network(work, pieces)

    def sim(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        return *inside(pieces), ways.monthly(work, "sims", pieces, "sim_month_price")

    def second(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        return *inside(pieces), ways.monthly(work, "second_lines", pieces, "line_month_price")

    if line.failover.code == "failover.unknown":
        return [ways.not_known(gap, *sim(work.unknown("pieces", *line.have.waits_for)))]
    if line.failover.code == "failover.there":
        return []
    ask = work.facts.one
    green, amber, red = nouns.Severity.GREEN, nouns.Severity.AMBER, nouns.Severity.RED
    signal = ask("branch_internet", "mobile_signal", page.branch.id).text
    fit = {"good": green, "none": red}.get(signal, amber)
    share = line.availability.value
    good = share is not None and share >= work.parameter("good_availability")
    one = ways.one_piece(work)
    sim_alone = "buy_failover_sim" if beside_first else "buy_failover"
    made = [
        ways.Way("buy", sim_alone, work.assumed("option_days", "sim_days"), fit, lambda _: sim(one)),
        ways.Way("rent", "rent_failover", _days(work), amber, lambda _: second(one)),
        ways.without(work, "failover", amber if good else red),
    ]
    if fast and line.links:
        made.append(ways.Way("reuse", "reuse_failover", _days(work), green, lambda _: (_router(work, one),)))
    wish = ask(connectivity.SYSTEMS, "failover_wish").text
    chosen = choices.of(work, "failover", page.branch.name)
    return [ways.decided(work, gap, one, made, wished=WISHES.get(wish, ()), chosen=chosen)]


def _router(work: workbook.Workbook, pieces: nouns.Figure) -> nouns.Purchase:
    return ways.bought(work, "routers", pieces, "price_router", "life_router")


def _network(work: workbook.Workbook, pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
    """What a branch without any line needs inside the house: a router, and a switch for the computers."""
    switch = nouns.Purchase("switches", pieces, ways.price_of_switch(work), life="life_router")
    return _router(work, pieces), switch
