"""The budget as a sheet that computes: who changes a price, a quantity or the inflation sees every total follow."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from flows import units
from planning import nouns, words
from planning.exports import live
from planning.ways import MONTHS

HEADS = ("what", "quantity", "unit", "price", "times", "amount", "when", "first", "again")

FIRST_YEAR = len(HEADS) + 1
"""The column of the first year, counted from 1."""


def write(book: live.Book, plan: nouns.Plan, language: str) -> None:
    """Add the sheet."""
    sheet = _Sheet(plan, language)
    heads = [
        words.say(nouns.Text(f"column.cost_{name}", {"currency": plan.costs.currency}), language)
        for name in HEADS
    ]
    heads += [words.say(nouns.Text("row.year", {"year": year.year}), language) for year in plan.costs.years]
    money = (HEADS.index("price"), HEADS.index("amount"), *range(FIRST_YEAR - 1, len(heads)))
    book.sheet(
        sheet.say("sheet.costs"),
        heads,
        [sheet.row(number, row) for number, row in enumerate(plan.costs.rows, 2)],
        below=sheet.below(),
        formats=dict.fromkeys(money, live.MONEY),
    )


class _Sheet:
    """Places and results of the cells; they compute as `planning.costs` does, from the same numbers."""

    def __init__(self, plan: nouns.Plan, language: str) -> None:
        self._costs = plan.costs
        self._language = language
        self._count = len(plan.costs.years)
        self._years = [get_column_letter(FIRST_YEAR + place) for place in range(self._count)]
        self._last = len(plan.costs.rows) + 1
        # an empty row parts the rows from what stands below them
        (
            self._once, self._surprises, self._running, self._total, self._all,
            _, self._inflation, self._percent, self._clients,
        ) = range(self._last + 2, self._last + 11)  # fmt: skip
        self._inflation_percent = next((one.value for one in plan.parameters if one.name == "inflation"), 0.0)
        self._contingency_percent = next((one.value for one in plan.costs.contingency.operands[1:]), None)
        self._client_count = plan.hosting.clients_now.value

    def say(self, code: str) -> str:
        """A word of the catalogue."""
        return words.say(nouns.Text(code), self._language)

    # --- rows of the budget

    def row(self, number: int, row: nouns.CostRow) -> list[live.Cell]:
        """A row: quantity and price are there to be changed, everything behind them follows."""
        rented = row.amount.formula is not None and row.amount.formula.code == "formula.amount_rented"
        return [
            words.say(row.what, self._language),
            live.Entered(row.quantity.value),
            units.name(row.quantity.unit, self._language) if row.quantity.unit else "",
            live.Entered(row.unit_price.value),
            MONTHS if rented else 1,
            live.Formula(_amount(number, row), _shown(row.amount.value)),
            self.say(_kind(row)),
            row.first,
            row.every or None,
            *(
                live.Formula(self._in_year(number, row, year), self._value(row, year))
                for year in range(1, self._count + 1)
            ),
        ]

    def _in_year(self, number: int, row: nouns.CostRow, year: int) -> str:
        """What a row costs in a year, at that year's prices."""
        money = f"$F{number}*(1+$B${self._inflation}/100)^{year - 1}" if year > 1 else f"$F{number}"
        if row.yearly:
            return f'IF($F{number}="",0,{money})'
        since, every = f"({year}-$H{number})", f"N($I{number})"
        again = f"AND({since}>0,{every}>0,MOD({since},MAX(1,{every}))=0)"
        return f'IF($F{number}="",0,IF(OR({since}=0,{again}),{money},0))'

    def _value(self, row: nouns.CostRow, year: int) -> float:
        since = year - row.first
        due = row.yearly or since == 0 or (since > 0 and row.every and since % row.every == 0)
        later = (1 + self._inflation_percent / 100) ** (year - 1)
        return (row.amount.value or 0.0) * later if due else 0.0

    # --- totals

    def below(self) -> list[list[live.Cell]]:
        """The totals, then the numbers that they are computed with."""
        once = [self._sum(year, yearly=False) for year in range(1, self._count + 1)]
        running = [self._sum(year, yearly=True) for year in range(1, self._count + 1)]
        surprises = self._contingency()
        first = surprises if isinstance(surprises, float) else 0.0
        totals = [
            left + right + (first if place == 0 else 0.0)
            for place, (left, right) in enumerate(zip(once, running, strict=True))
        ]
        total = math.fsum(totals)
        missing = sum(row.amount.value is None for row in self._costs.rows)
        return [
            self._by_year("once", [self._of_kind("cell.once", year) for year in self._years], once),
            self._by_year("surprises", [self._surprise()], [surprises]),
            self._by_year(
                "running", [self._of_kind("cell.every_year", year) for year in self._years], running
            ),
            self._by_year(
                "total",
                [f"{y}{self._once}+N({y}{self._surprises})+{y}{self._running}" for y in self._years],
                totals,
            ),
            self._of_all(
                "all_years", f"SUM({self._years[0]}{self._total}:{self._years[-1]}{self._total})", total
            ),
            self._of_all(
                "client",
                f'IF(N($B{self._clients})=0,"",$F{self._all}/{self._count}/$B{self._clients})',
                total / self._count / self._client_count if self._client_count else "",
            ),
            [self.say("cost_sheet.inflation"), live.Entered(self._inflation_percent), "%"],
            [self.say("cost_sheet.percent"), live.Entered(self._contingency_percent), "%"],
            [self.say("cost_sheet.clients"), live.Entered(self._client_count)],
            [
                self.say("cost_sheet.missing"),
                live.Formula(f'SUMPRODUCT(($F$2:$F${self._last}="")*1)', float(missing)),
            ],
        ]

    def _by_year(self, name: str, formulas: Sequence[str], results: Sequence[float | str]) -> list[live.Cell]:
        empty: list[live.Cell] = [None] * (FIRST_YEAR - 2)
        pairs = zip(formulas, results, strict=True)
        return [self.say(f"cost_sheet.{name}"), *empty, *(live.Formula(*pair) for pair in pairs)]

    def _of_all(self, name: str, formula: str, result: float | str) -> list[live.Cell]:
        return [self.say(f"cost_sheet.{name}"), None, None, None, None, live.Formula(formula, result)]

    def _of_kind(self, kind: str, year: str) -> str:
        return f"SUMIF($G$2:$G${self._last},{_quoted(self.say(kind))},{year}$2:{year}${self._last})"

    def _sum(self, year: int, *, yearly: bool) -> float:
        return math.fsum(self._value(row, year) for row in self._costs.rows if row.yearly is yearly)

    def _surprise(self) -> str:
        """Nothing while the price of something bought once is missing: the share of it is not known either."""
        amounts, kinds, firsts = (f"${column}$2:${column}${self._last}" for column in "FGH")
        once = _quoted(self.say("cell.once"))
        share = f"SUMIFS({amounts},{kinds},{once},{firsts},1)*N($B{self._percent})/100"
        return f'IF(SUMPRODUCT(({kinds}={once})*({firsts}=1)*({amounts}=""))>0,"",{share})'

    def _contingency(self) -> float | str:
        amounts = [row.amount.value for row in self._costs.rows if not row.yearly and row.first == 1]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return ""
        return math.fsum(known) * (self._contingency_percent or 0.0) / 100


def _kind(row: nouns.CostRow) -> str:
    return "cell.every_year" if row.yearly else "cell.once"


def _amount(number: int, row: nouns.CostRow) -> str:
    product = f"B{number}*D{number}*E{number}"
    if row.yearly:
        return f'IF(OR(B{number}="",D{number}=""),"",{product})'
    # none of something costs nothing, whatever one of them costs
    return f'IF(B{number}="","",IF(B{number}=0,0,IF(D{number}="","",{product})))'


def _shown(number: float | None) -> float | str:
    return "" if number is None else number


def _quoted(said: str) -> str:
    doubled = said.replace('"', '""')
    return f'"{doubled}"'
