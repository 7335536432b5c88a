"""One branch's page as fields: lines, power, computers, printing, the place."""

from __future__ import annotations

from document_templates import fields
from document_templates.chapter_fields import gap_row
from document_templates.teller import Teller
from planning import nouns


def branch(tell: Teller, plan: nouns.BranchPlan) -> fields.BranchPage:
    """One branch's page."""
    line, power = plan.connectivity, plan.power
    electric = [
        power.watts,
        power.autonomy,
        power.ups,
        power.battery,
        power.runtime,
        power.generator,
        power.solar,
    ]
    lacking = [gap for gap in plan.gaps if gap.severity is not nouns.Severity.GREEN]
    gravest_first = list(nouns.Severity)
    worst = min((gap.severity for gap in lacking), key=gravest_first.index, default=nouns.Severity.GREEN)
    return fields.BranchPage(
        name=plan.branch.name,
        tag=tell.tag(worst, tell.word(f"gap_{worst.value}")),
        missing=tell.joined(open_gap.what for open_gap in lacking) if lacking else tell.word("none"),
        profile=[tell.fact(figure) for figure in plan.profile],
        links=[
            fields.LinkRow(
                name=tell.given(link.name),
                technology=tell.given(link.technology),
                provider=tell.given(link.provider),
                speed=tell.figure(link.speed),
                availability=tell.figure(link.availability),
                cost=tell.figure(link.monthly_cost),
            )
            for link in line.links
        ],
        line=[
            tell.fact(figure)
            for figure in (line.need, line.have, line.availability, line.lost_hours, line.monthly_cost)
        ],
        line_measures=tell.all((line.failover, *line.measures)),
        loads=[
            fields.LoadRow(
                device=tell.say(load.device),
                how_many=tell.formats.number(load.how_many),
                watts=tell.amount(load.watts, "W"),
                battery=tell.word("yes" if load.on_battery else "no"),
            )
            for load in power.loads
        ],
        loads_line=_loads_line(tell, power.loads),
        power=[tell.fact(figure) for figure in electric if figure is not None],
        power_measures=tell.all((power.supply, *power.measures)),
        devices=[
            _devices(tell, plan.computers),
            _devices(tell, plan.printing),
            _devices(tell, plan.receipts),
        ],
        device_measures=tell.all(
            (*plan.computers.measures, *plan.printing.measures, *plan.receipts.measures)
        ),
        environment=tell.all(plan.environment),
        gaps=[gap_row(tell, gap) for gap in plan.gaps],
        warnings=tell.all(plan.warnings),
    )


def _loads_line(tell: Teller, loads: tuple[nouns.Load, ...]) -> str:
    told = [
        tell.word(
            "load" if load.on_battery else "load_off_battery",
            count=tell.formats.number(load.how_many),
            device=tell.say(load.device),
            watts=tell.amount(load.watts, "W"),
        )
        for load in loads
    ]
    return tell.word("labelled", label=tell.word("loads"), value="; ".join(told)) if told else ""


def _devices(tell: Teller, devices: nouns.Devices) -> fields.DeviceRow:
    return fields.DeviceRow(
        what=tell.say(devices.need.label),
        need=tell.figure(devices.need),
        have=tell.figure(devices.have),
        missing=tell.figure(devices.gap),
        tag=tell.tag(devices.severity, tell.word(f"gap_{devices.severity.value}")),
    )
