"""One branch's page as fields: lines, power, computers, printing, the place."""

from __future__ import annotations

from document_templates import fields
from document_templates.chapter_fields import advice, gap_row, way_rows
from document_templates.teller import DASH, Teller
from planning import figures, nouns


def branch(tell: Teller, plan: nouns.BranchPlan, place: int, photos: fields.Photos) -> fields.BranchPage:
    """One branch's page; the first one's place is 0."""
    line, power = plan.connectivity, plan.power
    page = tell.row_number("branches", place)
    parts: dict[str, list[tuple[str, nouns.Figure]]] = {}
    count = 0
    for name, found in figures.parts_of_branch(plan):
        parts[name] = [(f"{page}.{number}", figure) for number, figure in enumerate(found, count + 1)]
        count += len(found)
    return fields.BranchPage(
        name=plan.branch.name,
        tag=_judgement(tell, plan),
        missing=_missing(tell, plan),
        profile=[tell.fact(figure, number) for number, figure in parts["profile"]],
        links=[
            fields.LinkRow(
                number=parts["links"][3 * turn][0],
                name=tell.given(link.name),
                technology=tell.given(link.technology),
                provider=tell.given(link.provider),
                speed=tell.figure(link.speed),
                availability=tell.figure(link.availability),
                cost=tell.figure(link.monthly_cost),
            )
            for turn, link in enumerate(line.links)
        ],
        line=[tell.fact(figure, number) for number, figure in parts["line"]],
        line_measures=tell.all(
            (line.failover, *line.measures, plan.offline.procedure, *plan.offline.measures)
        ),
        loads=[
            fields.LoadRow(
                device=tell.say(load.device),
                how_many=tell.formats.number(load.how_many),
                watts=tell.amount(load.watts, "W"),
                battery=tell.word("yes" if load.on_battery else "no"),
            )
            for load in power.loads
        ],
        power=[tell.fact(figure, number) for number, figure in parts["power"]],
        power_measures=[
            *tell.all((power.supply, *power.measures)),
            *filter(None, [_loads_line(tell, power.loads)]),
        ],
        devices=[
            _devices(tell, plan.computers),
            _devices(tell, plan.printing),
            _devices(tell, plan.receipts),
        ],
        device_measures=tell.all(
            (*plan.computers.measures, *plan.printing.measures, *plan.receipts.measures)
        ),
        environment=tell.all(plan.environment),
        gaps=[
            gap_row(tell, gap, _number(gap, [one for part in parts.values() for one in part]))
            for gap in plan.gaps
        ],
        ways=way_rows(tell, plan.options, [number for number, _ in parts["options"][::2]]),
        advice=advice(tell, plan.options),
        warnings=tell.all(plan.warnings),
        facts=[
            tell.fact(figure, number)
            for name in ("profile", "line", "power")
            for number, figure in parts[name]
        ],
        photos=photos,
    )


def _lacking(plan: nouns.BranchPlan) -> list[nouns.Gap]:
    return [gap for gap in plan.gaps if gap.severity is not nouns.Severity.GREEN]


def _judgement(tell: Teller, plan: nouns.BranchPlan) -> fields.Tag:
    """The gravest gap; without one a branch is covered only where everything could be judged."""
    lacking = _lacking(plan)
    if lacking:
        worst = min((gap.severity for gap in lacking), key=list(nouns.Severity).index)
        return tell.tag(worst, tell.word(f"gap_{worst.value}"))
    if plan.unjudged:
        return tell.tag(nouns.Severity.AMBER, tell.word("not_known"))
    return tell.tag(nouns.Severity.GREEN, tell.word("gap_green"))


def _missing(tell: Teller, plan: nouns.BranchPlan) -> str:
    """What is missing, and what nobody can say yet whether it is, in one line."""
    parts = []
    if lacking := _lacking(plan):
        parts.append(tell.joined(gap.what for gap in lacking))
    if plan.unjudged:
        parts.append(tell.word("missing_unjudged", what=tell.joined(plan.unjudged)))
    return "; ".join(parts) or tell.word("none")


def _number(gap: nouns.Gap, numbered: list[tuple[str, nouns.Figure]]) -> str:
    """The number of what is needed: what is there and what is missing stand beside it."""
    return next((number for number, figure in numbered if gap.need is not None and figure == gap.need), DASH)


def _loads_line(tell: Teller, loads: tuple[nouns.Load, ...]) -> str:
    told = [
        tell.word(
            "load" if load.on_battery else "load_off_battery",
            n=load.how_many,
            device=tell.say(load.device),
            watts=tell.amount(load.watts, "W"),
        )
        for load in loads
    ]
    return tell.word("loads_shown", loads="; ".join(told)) if told else ""


def _devices(tell: Teller, devices: nouns.Devices) -> fields.DeviceRow:
    return fields.DeviceRow(
        what=tell.say(devices.need.label),
        need=tell.figure(devices.need),
        have=tell.figure(devices.have),
        missing=tell.figure(devices.gap),
        tag=tell.tag(devices.severity, tell.word(f"gap_{devices.severity.value}")),
    )
