"""Money: the totals that a board asks for, then the rows of the budget."""

from __future__ import annotations

from collections.abc import Iterator

from planning import nouns
from planning.comparison import pairs

TOTALS = ("total", "once", "per_client")
OTHER_MONEY, TOTAL = 20.0, 10.0
"""Weights: another currency, then the totals, then the rows by how much they differ."""


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """What costs more or less than before."""
    first, second = before.costs, after.costs
    if first.currency != second.currency:
        # every sum is another number then, and none of them says anything
        values: dict[str, nouns.Value] = {"before": first.currency, "after": second.currency}
        yield nouns.Change(nouns.Topic.MONEY, nouns.Text("change.currency", values), OTHER_MONEY)
        return
    for place, name in enumerate(TOTALS):
        old, new = getattr(first, name), getattr(second, name)
        yield from pairs.figures(nouns.Topic.MONEY, new.label, old, new, weight=TOTAL - 2 * place)
    rows = ({(str(row.what), row.yearly): row for row in costs.rows} for costs in (first, second))
    for _, was, now in pairs.matched(*rows):
        if was is not None and now is not None:
            yield from pairs.figures(nouns.Topic.MONEY, now.what, was.amount, now.amount)
            continue
        row = now or was
        if row is not None:
            code = "change.row_new" if was is None else "change.row_gone"
            said = nouns.Text(code, {"what": row.what, "amount": pairs.told(row.amount)})
            yield nouns.Change(nouns.Topic.MONEY, said, pairs.UNKNOWN)
