"""Prices in the institution's currency: what was offered in dollars, or paid abroad, by the stated rate and its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from planning import facts, money, nouns, open_points, workbook
from planning import words as plan_words

FLOW = "finance_setup"

GROUPS = {
    "devices": ("price_computer", "price_printer", "price_receipt_printer"),
    "power": ("price_ups", "price_battery", "price_solar", "price_generator", "price_fuel"),
    "internet": ("price_router", "sim_month_price", "line_month_price"),
    "server": ("price_server",),
    "hosting": ("hosting_month_price",),
    "specialist": ("specialist_day_price",),
}
"""What finance may say to be in dollars -> the prices that are then."""


def price(work: workbook.Workbook, name: str, figure: str = "price") -> nouns.Figure:
    """A price that finance gave; without value where nobody knows it, or what a dollar is worth."""
    in_dollars = work.facts.one(FLOW, "in_dollars").chosen
    dollars = any(name in GROUPS.get(group, ()) for group in in_dollars)
    return _at_home(work, figure, work.facts.one(FLOW, name), money.DOLLAR if dollars else work.currency)


def given(work: workbook.Workbook, fact: facts.Fact, branch: str, figure: str = "price") -> nouns.Figure:
    """What a branch pays, in the money of its country."""
    return _at_home(work, figure, fact, currency_at(work, branch))


def currency_at(work: workbook.Workbook, branch: str) -> str:
    """What a branch pays in: the money of its country where that is not the institution's."""
    country = next((one.country for one in work.facts.book.branches if one.id == branch), "")
    abroad = country and country != work.institution.country
    return (money.of_country(country) if abroad else "") or work.currency


def rate(work: workbook.Workbook, currency: str) -> nouns.Figure:
    """What one unit of a currency is worth at home, with the day of the rate among its answers."""
    value, day = _answered(work, currency)
    if value is None:
        point = work.facts.entries(FLOW, "rates").point
        return work.unknown("exchange_rate", point, unit=money.rate_unit(work.currency, currency))
    figure = work.stated("exchange_rate", value, money.rate_unit(work.currency, currency))
    inputs = (*figure.inputs, day.input) if day.known else figure.inputs
    return msgspec.structs.replace(figure, inputs=inputs)


def rate_day(work: workbook.Workbook, currency: str) -> dt.date | None:
    """Of which day a rate is; None where nobody said."""
    return _answered(work, currency)[1].date


def abroad(work: workbook.Workbook) -> tuple[nouns.Rate, ...]:
    """The rates of the branches that pay in other money than head office."""
    places: dict[str, list[str]] = {}
    for branch in work.facts.book.branches:
        currency = currency_at(work, branch.id)
        if currency != work.currency:
            places.setdefault(currency, []).append(branch.name)
    return tuple(
        nouns.Rate(currency, rate(work, currency), tuple(names), rate_day(work, currency))
        for currency, names in sorted(places.items())
    )


def owed(work: workbook.Workbook, points: tuple[nouns.OpenPoint, ...]) -> Iterator[nouns.OpenPoint]:
    """The open point of the rates that branches need and nobody gave, where it does not stand yet."""
    missing = tuple(one.currency for one in abroad(work) if one.rate.value is None)
    section = next((one for one in work.facts.sections if one.flow.id == FLOW), None)
    entries = work.facts.entries(FLOW, "rates")
    if section is None or not missing or any(point.id == entries.point for point in points):
        return
    asked = nouns.Text("owed.rates", {"currencies": missing, "home": work.currency})
    yield open_points.of_list(
        work.facts, work.numbers, section, entries.point, plan_words.say(asked, section.flow.language)
    )


def warnings(work: workbook.Workbook) -> Iterator[nouns.Text]:
    """Rates that are too old to buy by."""
    days = int(work.parameter("rate_days"))
    used = [one.currency for one in abroad(work)]
    if set(work.facts.one(FLOW, "in_dollars").chosen) & set(GROUPS):
        used.append(money.DOLLAR)
    for currency in dict.fromkeys(used):
        on = rate_day(work, currency)
        if on is not None and (work.today - on).days > days:
            values: dict[str, nouns.Value] = {
                "currency": currency, "on": nouns.Day(on), "n": (work.today - on).days, "most": days,
            }  # fmt: skip
            yield nouns.Text("warning.old_rate", values)


def _answered(work: workbook.Workbook, currency: str) -> tuple[facts.Fact | None, facts.Fact]:
    """The rate of a currency and its day, as answered; None where it stands in no list."""
    for entry in work.facts.entries(FLOW, "rates"):
        if entry.one("rate_currency").text.upper() == currency:
            return entry.one("rate_value"), entry.one("rate_date")
    if currency == money.DOLLAR:
        return work.facts.one(FLOW, "exchange_rate"), work.facts.one(FLOW, "exchange_date")
    return None, facts.Fact()


def of_electricity(work: workbook.Workbook) -> nouns.Figure:
    """What a kWh costs."""
    return usual(work, "price_electricity", "electricity_price")


def usual(work: workbook.Workbook, figure: str, parameter: str) -> nouns.Figure:
    """A price that nobody is asked for: what it usually is in dollars, with its range."""
    if work.currency == money.DOLLAR:
        return work.assumed(figure, parameter)
    return _turned(work, figure, work.assumed("offered", parameter), money.DOLLAR)


def _at_home(work: workbook.Workbook, figure: str, fact: facts.Fact, currency: str) -> nouns.Figure:
    if currency == work.currency:
        return work.stated(figure, fact, work.currency)
    return _turned(work, figure, work.stated("offered", fact, currency), currency)


def _turned(work: workbook.Workbook, figure: str, offered: nouns.Figure, currency: str) -> nouns.Figure:
    turned = work.computed(
        "converted", lambda many, each: many * each, offered, rate(work, currency), unit=work.currency
    )
    return msgspec.structs.replace(turned, label=nouns.Text(f"figure.{figure}"))
