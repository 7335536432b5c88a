"""What keeps swinging voltage and lightning from the machines: stabilisers, an earth wire and surge arresters, in the budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import costs, environment, facts, nouns, power, prices, workbook


class Protection(msgspec.Struct, frozen=True):
    """One thing that a branch needs or not, by one of its answers."""

    item: str
    flow: str
    question: str
    is_needed: Callable[[object], bool]
    price: str
    """The usual price of one, in dollars: nobody is asked for it."""

    def fact(self, work: workbook.Workbook, branch: str) -> facts.Fact:
        """The answer that tells."""
        return work.facts.one(self.flow, self.question, branch)


KINDS = (
    Protection("stabilisers", power.FLOW, "voltage_swings", lambda said: said == "yes", "stabiliser_price"),
    # where nobody knows the earth wire, its price stands in the budget until an electrician has measured it
    Protection("earthing", power.FLOW, "earthing", lambda said: said in {"no", "unknown"}, "earthing_price"),
    Protection(
        "arresters",
        environment.FLOW,
        "conditions",
        lambda said: "lightning" in _ticked(said),
        "arrester_price",
    ),
)


def rows(work: workbook.Workbook, branches: Sequence[flow_nouns.Branch]) -> Iterator[nouns.CostRow]:
    """A row for each that some branch needs, or may need while its answer is missing."""
    for kind in KINDS:
        asked = [fact for branch in branches if (fact := kind.fact(work, branch.id)).applies]
        pieces = work.total(
            "quantity",
            [
                work.computed(kind.item, lambda said, kind=kind: float(kind.is_needed(said)), fact)
                for fact in asked
            ],
        )
        if pieces.value == 0:
            continue
        each = prices.usual(work, "price", kind.price)
        yield nouns.CostRow(nouns.Text(f"cost.{kind.item}"), pieces, each, costs.amount(work, pieces, each))


def _ticked(said: object) -> Sequence[str]:
    return said if isinstance(said, list | tuple) else ()
