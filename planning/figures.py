"""Every figure of a plan under its number: `6.2` is the second of chapter 6, `7.3.5` the fifth of the third branch."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from planning import nouns


class Numbered(msgspec.Struct, frozen=True):
    """A figure with its number and its place in the plan."""

    number: str
    place: nouns.Words
    """The chapter's title, or the branch's name."""
    figure: nouns.Figure


def numbered(plan: nouns.Plan) -> Iterator[Numbered]:
    """Every numbered figure, in the plan's order."""
    for section in plan.sections:
        for count, figure in enumerate(section.figures, 1):
            yield Numbered(f"{section.number}.{count}", section.title, figure)
        if section.key == "branches":
            for turn, page in enumerate(plan.branches, 1):
                for count, figure in enumerate(of_branch(page), 1):
                    yield Numbered(f"{section.number}.{turn}.{count}", page.branch.name, figure)


def find(plan: nouns.Plan, number: str) -> tuple[Numbered, ...]:
    """The figure of a number, or all below a chapter's or a branch's number; none where there is no such."""
    wanted = number.strip().rstrip(".")
    return tuple(one for one in numbered(plan) if one.number == wanted or one.number.startswith(f"{wanted}."))


def of_branch(page: nouns.BranchPlan) -> tuple[nouns.Figure, ...]:
    """A branch's figures in the order of its page."""
    line, power = page.connectivity, page.power
    found: list[nouns.Figure] = [*page.profile]
    for link in line.links:
        found += [link.speed, link.availability, link.monthly_cost]
    found += [line.need, line.have, line.availability, line.lost_hours, line.monthly_cost]
    found += [power.watts, power.autonomy, power.ups, power.battery, power.runtime]
    found += [figure for figure in (power.generator, power.solar) if figure is not None]
    for devices in (page.computers, page.printing, page.receipts):
        found += [devices.need, devices.have, devices.gap]
    return tuple(found)
