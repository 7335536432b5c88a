"""Ways to fill each gap of a branch: what is there elsewhere, repaired, bought, rented, or done without."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import choices, computers, lines_ways, nouns, power_ways, ways, workbook

Pages = Sequence[nouns.BranchPlan]


class Kind(msgspec.Struct, frozen=True):
    """A kind of device."""

    gap: str
    part: str
    """The part of the branch's page that counts it."""
    price: str
    """The question that asks the price of a new one."""


DEVICES = (
    Kind("computers", "computers", "price_computer"),
    Kind("printers", "printing", "price_printer"),
    Kind("receipt_printers", "receipts", "price_receipt_printer"),
)


def of_branches(work: workbook.Workbook, pages: Pages) -> tuple[nouns.BranchPlan, ...]:
    """The pages with the ways to fill their gaps; what one branch has too many goes to one other only."""
    found: dict[str, list[nouns.GapOptions]] = {page.branch.id: [] for page in pages}
    for kind in DEVICES:
        spare = {page.branch.id: _surplus(getattr(page, kind.part)) for page in pages}
        for page in pages:
            found[page.branch.id] += _devices(work, page, kind, spare, pages)
    for page in pages:
        found[page.branch.id] += power_ways.of(work, page)
        found[page.branch.id] += lines_ways.of(work, page)
    return tuple(_with(page, tuple(found[page.branch.id])) for page in pages)


def _with(page: nouns.BranchPlan, options: tuple[nouns.GapOptions, ...]) -> nouns.BranchPlan:
    """The page with its decisions, and its gaps resolved by them."""
    return msgspec.structs.replace(page, options=options, gaps=resolved(page.gaps, options))


def resolved(
    gaps: Sequence[nouns.Gap], options: Sequence[nouns.GapOptions], several: str = ""
) -> tuple[nouns.Gap, ...]:
    """The gaps, each with the ways taken as what is done about it; those of `several` fill whatever is missing."""
    taken = {one.gap: tuple(way.what for way in one.taken) for one in options if one.taken}
    done = [taken.get(gap.id, taken.get(several, ())) for gap in gaps]
    return tuple(
        msgspec.structs.replace(gap, resolution=nouns.Text("resolution.taken", {"ways": what}))
        if what and gap.severity is not nouns.Severity.GREEN
        else gap
        for gap, what in zip(gaps, done, strict=True)
    )


def _surplus(devices: nouns.Devices) -> float:
    """How many more are there than are needed."""
    if devices.need.value is None or devices.have.value is None:
        return 0
    return max(0.0, devices.have.value - devices.need.value)


def _devices(
    work: workbook.Workbook, page: nouns.BranchPlan, kind: Kind, spare: dict[str, float], pages: Pages
) -> list[nouns.GapOptions]:
    """Computers or printers: those too many elsewhere first, then repair, then new ones."""
    missing = getattr(page, kind.part).gap
    gap = nouns.Gap(
        nouns.GapKind.INFRASTRUCTURE,
        nouns.Text(f"gap.{kind.gap}"),
        getattr(page, kind.part).severity,
        id=kind.gap,
        branch=page.branch.id,
    )
    if missing.value is None:
        pieces = work.unknown("pieces", *missing.waits_for)
        return [
            ways.not_known(gap, ways.bought(work, kind.gap, pieces, kind.price, "life_computer"))
        ]  # fmt: skip
    if not missing.value:
        return []
    made = []
    chosen = choices.of(work, kind.gap, page.branch.name)
    giver = next((one for one in pages if spare[one.branch.id] > 0), None)
    if giver is not None:
        made.append(
            ways.Way(
                "reuse", f"reuse_{kind.gap}", work.assumed("option_days", "reuse_days"), nouns.Severity.GREEN,
                most=spare[giver.branch.id], values={"branch": giver.branch.name},
            )
        )  # fmt: skip
    made += _worn(work, page.branch, kind)
    made += _new(work, kind)
    made.append(
        ways.without(
            work,
            kind.gap,
            nouns.Severity.RED if gap.severity is nouns.Severity.RED else nouns.Severity.AMBER,
        )
    )
    found = ways.decided(work, gap, missing, made, chosen=chosen)
    if giver is not None:
        spare[giver.branch.id] -= sum(one.covers or 0.0 for one in found.taken if one.way.code == "way.reuse")
    return [found]


def _worn(work: workbook.Workbook, branch: flow_nouns.Branch, kind: Kind) -> list[ways.Way]:
    """Computers that a repair would save, at a share of the price of a new one; of printers only sound ones are told."""
    worn = _repairable(work, branch.id) if kind.gap == "computers" else 0
    if not worn:
        return []

    def buys(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        each = ways.share_of(work, "price_repair", kind.price, "repair_percent")
        return (nouns.Purchase(f"{kind.gap}_repaired", pieces, each),)

    days = work.assumed("option_days", "repair_days")
    return [ways.Way("repair", f"repair_{kind.gap}", days, nouns.Severity.AMBER, buys, worn)]


def _new(work: workbook.Workbook, kind: Kind) -> list[ways.Way]:
    """New ones, bought or on lease."""

    def bought(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        return (ways.bought(work, kind.gap, pieces, kind.price, "life_computer"),)

    def leased(pieces: nouns.Figure) -> tuple[nouns.Purchase, ...]:
        each = ways.share_of(work, "price_lease", kind.price, "lease_percent")
        return (nouns.Purchase(f"{kind.gap}_leased", pieces, each, monthly=True),)

    days, fits = ways.days(work, "hardware_days", "default_hardware_days"), nouns.Severity.GREEN
    beyond = float("inf")
    return [
        ways.Way("buy", f"buy_{kind.gap}", days, fits, bought, beyond),
        ways.Way("rent", f"rent_{kind.gap}", days, fits, leased, beyond),
    ]


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
