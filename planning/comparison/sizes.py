"""Sizes: what the server needs, and what each branch needs of computers, lines and power."""

from __future__ import annotations

from collections.abc import Iterator

from planning import nouns
from planning.comparison import pairs

SERVER = ("clients_now", "clients", "users_at_once", "cores", "memory", "disk")
SERVER_CLASS, OF_SERVER = 10.0, 5.0
"""Weights: the class of the server, its parts, then what branches need by how much it differs."""


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """What has to be larger or may be smaller than before."""
    first, second = before.hosting, after.hosting
    if first.size != second.size:
        open_ = nouns.Text("change.not_known")
        values: dict[str, nouns.Value] = {
            "what": nouns.Text("change.server_class"), "before": first.size or open_, "after": second.size or open_,
        }  # fmt: skip
        yield nouns.Change(nouns.Topic.SIZES, nouns.Text("change.changed", values), SERVER_CLASS)
    for name in SERVER:
        old, new = getattr(first, name), getattr(second, name)
        yield from pairs.figures(nouns.Topic.SIZES, new.label, old, new, weight=OF_SERVER)
    pages = ({page.branch.id: page for page in plan.branches} for plan in (before, after))
    for _, was, now in pairs.matched(*pages):
        if was is not None and now is not None:
            yield from _branch(was, now)
    days = (before.migration.working_days, after.migration.working_days)
    yield from pairs.figures(nouns.Topic.SIZES, days[1].label, *days)


def _branch(before: nouns.BranchPlan, after: nouns.BranchPlan) -> Iterator[nouns.Change]:
    needs = zip(_needs(before), _needs(after), strict=True)
    for old, new in needs:
        if old is None or new is None:
            # which kind of supply is advised is no size: it stands among the decisions
            continue
        what = nouns.Text("change.at", {"what": new.label, "place": after.branch.name})
        yield from pairs.figures(nouns.Topic.SIZES, what, old, new)


def _needs(page: nouns.BranchPlan) -> tuple[nouns.Figure | None, ...]:
    power = page.power
    return (
        page.computers.need, page.printing.need, page.receipts.need, page.connectivity.need,
        power.ups, power.battery, power.generator, power.solar,
    )  # fmt: skip
