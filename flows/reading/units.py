"""The unit words that people write behind a number, and which of them mean the same unit.

What names another unit of the same kind is converted by `flows.reading.measures`.
"""

from __future__ import annotations

import re

from flows.reading import text

SAME: tuple[tuple[str, ...], ...] = (
    ("kbps", "kbit/s", "kb/s", "kilobits"),
    ("mbps", "mbit/s", "mb/s", "mbits", "megabits", "megabits per second"),
    ("gbps", "gbit/s", "gb/s", "gigabits"),
    ("mb", "megabyte", "megabytes"),
    ("gb", "gigabyte", "gigabytes", "gig", "gigs"),
    ("tb", "terabyte", "terabytes"),
    ("ms", "millisecond", "milliseconds"),
    ("second", "seconds", "sec", "secs", "s"),
    ("minute", "minutes", "min", "mins", "dakika"),
    ("hour", "hours", "h", "hr", "hrs", "saa", "heure", "heures", "hora", "horas"),
    ("day", "days", "d", "siku", "jour", "jours", "journee", "journees", "dia", "dias"),
    ("week", "weeks", "wk", "wks", "wiki", "semaine", "semaines", "semana", "semanas"),
    ("month", "months", "mo", "mwezi", "miezi", "mois", "mes", "meses"),
    ("year", "years", "yr", "yrs", "mwaka", "miaka", "an", "ans", "ano", "anos"),
    ("%", "percent", "per cent", "pct", "asilimia"),
    ("va",),
    ("kva",),
    ("w", "watt", "watts"),
    ("kw", "kilowatt", "kilowatts"),
    ("wp",),
    ("kwp",),
    ("ah",),
    ("v", "volt", "volts"),
    ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    ("mile", "miles"),
    ("page", "pages"),
    ("person", "persons", "people"),
    ("client", "clients", "customer", "customers"),
    ("usd", "$", "us$", "dollar", "dollars"),
    ("eur", "€", "euro", "euros"),
    ("gbp", "£", "pound", "pounds"),
    ("kes", "ksh", "kshs", "shilling", "shillings"),
    ("tzs", "tsh", "tshs"),
    ("ugx", "ush", "ushs"),
    ("inr", "₹", "rs", "rupee", "rupees"),
)
"""Words for one unit in each row, as `text.plain` leaves them; the first names the unit."""

GROUP = {word: row[0] for row in SAME for word in row}
"""Word -> the name of its unit."""

LOOSELY = {"mbps": ("mb",), "kbps": ("kb",), "gb": ("gbps",)}
"""A question's unit -> what many people write for it, though it names another; they are asked whether they meant ours."""

LOCAL_MONEY = frozenset({"/=", "/-", "=", "sh", "shs"})
"""Signs that stand behind an amount in whatever the local currency is."""

CURRENCIES = frozenset(
    [
        "aed",
        "aoa",
        "ars",
        "bdt",
        "bif",
        "bob",
        "brl",
        "btn",
        "bwp",
        "cdf",
        "chf",
        "clp",
        "cny",
        "cop",
        "crc",
        "djf",
        "dop",
        "egp",
        "etb",
        "eur",
        "fjd",
        "gbp",
        "ghs",
        "gmd",
        "gnf",
        "gtq",
        "hnl",
        "htg",
        "idr",
        "inr",
        "jmd",
        "jpy",
        "kes",
        "khr",
        "kmf",
        "lak",
        "lkr",
        "lrd",
        "lsl",
        "mad",
        "mga",
        "mmk",
        "mnt",
        "mru",
        "mwk",
        "mxn",
        "myr",
        "mzn",
        "nad",
        "ngn",
        "nio",
        "npr",
        "pen",
        "pgk",
        "php",
        "pkr",
        "pyg",
        "rwf",
        "sar",
        "sbd",
        "scr",
        "sdg",
        "sll",
        "sos",
        "ssp",
        "svc",
        "szl",
        "thb",
        "tjs",
        "tnd",
        "top",
        "tzs",
        "uah",
        "ugx",
        "usd",
        "uyu",
        "uzs",
        "ves",
        "vnd",
        "vuv",
        "wst",
        "xaf",
        "xof",
        "yer",
        "zar",
        "zmw",
        "zwl",
    ]
)
"""ISO 4217 codes of the countries where microfinance works, and of the currencies it borrows in."""

_SPLIT = re.compile(r"\s+per\s+|\s+an?\s+|\s*/\s*|\s+")


def named(word: str) -> str:
    """The name of the unit that one word means; empty where it means none."""
    return GROUP.get(text.plain(word) or word, "")


def same(given: str, unit: str) -> bool | None:
    """Whether the words given name the question's unit; None where they are no unit that is known.

    A unit may say more than people write: `7 hours` is enough where the unit is `hours per day`.
    """
    ours, theirs = text.plain(unit), text.plain(given) or given.strip()
    if not theirs or theirs == ours:
        return True
    head, *rest = (word for word in _SPLIT.split(ours) if word) if ours else ("",)
    theirs_head = theirs if theirs in GROUP else next(iter(_SPLIT.split(theirs)), theirs)
    if theirs in LOCAL_MONEY:
        return None if not ours else _is_money(head) or None
    name = GROUP.get(theirs_head, theirs_head)
    if name == GROUP.get(ours, GROUP.get(head, head)) or _singular(theirs_head) == _singular(head):
        tail = [word for word in _SPLIT.split(theirs.removeprefix(theirs_head)) if word]
        return True if all(_singular(word) in map(_singular, rest) for word in tail) else None
    known = theirs_head in GROUP or theirs_head in CURRENCIES
    if not ours:
        return None
    if name in LOOSELY.get(GROUP.get(ours, ours), ()):
        return None
    if known and _is_money(head) and head not in CURRENCIES and _is_money(theirs_head):
        return None
    return False if known else None


def _is_money(word: str) -> bool:
    return word in CURRENCIES or GROUP.get(word, "") in CURRENCIES or word in {"currency", "money", "local"}


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 2 else word
