"""One branch's page: profile, lines, power, devices, place, and what is missing of each."""

from __future__ import annotations

from collections.abc import Mapping

from flows import nouns as flow_nouns
from planning import (
    computers,
    connectivity,
    contradictions,
    environment,
    nouns,
    offline,
    power,
    printing,
    profile,
    workbook,
)


def plan(work: workbook.Workbook, branch: flow_nouns.Branch) -> nouns.BranchPlan:
    """Everything that is computed for one branch."""
    supply = power.plan(work, branch.id)
    lines = connectivity.plan(work, branch.id, supply)
    desks, prints, slips = (
        computers.plan(work, branch.id),
        printing.plan(work, branch.id),
        printing.receipts(work, branch.id),
    )
    gaps = [
        *connectivity.gaps(work, branch.id, branch.name, lines),
        *power.gaps(work, branch.id, branch.name, supply),
        *_of_devices(branch, "computers", desks),
        *_of_devices(branch, "printers", prints),
        *_of_devices(branch, "receipt_printers", slips),
    ]
    return nouns.BranchPlan(
        branch=branch,
        profile=profile.plan(work, branch.id),
        connectivity=lines,
        offline=offline.plan(work, branch.id, lines.availability),
        power=supply,
        computers=desks,
        printing=prints,
        receipts=slips,
        environment=environment.plan(work, branch.id),
        gaps=tuple(gaps),
        unjudged=_unjudged(
            work, lines, supply, {"computers": desks, "printers": prints, "receipt_printers": slips}
        ),
        warnings=tuple(contradictions.of_branch(work, branch.id)),
    )


def _of_devices(branch: flow_nouns.Branch, what: str, devices: nouns.Devices) -> list[nouns.Gap]:
    """The gap of one kind of device; none while need or inventory are unknown, or where none is needed."""
    if devices.gap.value is None or devices.need.value == 0:
        return []
    resolution = "resolution.buy" if devices.gap.value else "resolution.nothing"
    return [
        nouns.Gap(
            nouns.GapKind.INFRASTRUCTURE,
            nouns.Text(f"gap.{what}"),
            devices.severity,
            id=what,
            area=branch.name,
            branch=branch.id,
            need=devices.need,
            have=devices.have,
            gap=devices.gap,
            resolution=nouns.Text(resolution),
        )
    ]


def _unjudged(
    work: workbook.Workbook,
    lines: nouns.Connectivity,
    supply: nouns.Power,
    devices: Mapping[str, nouns.Devices],
) -> tuple[nouns.Text, ...]:
    """What has no gap for want of answers, in the order of the gaps; where none is needed, nothing is unknown."""
    unknown = {
        "bandwidth": connectivity.missing(work, lines).value is None,
        "failover": lines.failover.code == "failover.unknown",
        "power": power.missing(work, supply).value is None,
        **{what: found.gap.value is None and found.need.value != 0 for what, found in devices.items()},
    }
    return tuple(nouns.Text(f"gap.{what}") for what, is_unknown in unknown.items() if is_unknown)
