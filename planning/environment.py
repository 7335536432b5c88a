"""What heat, dust, lightning, roads and distance ask for."""

from __future__ import annotations

import datetime as dt

from planning import nouns, workbook

FLOW = "branch_place"

CONDITIONS = ("heat", "dust", "lightning", "humidity", "flood", "theft", "insects")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def plan(work: workbook.Workbook, branch: str) -> tuple[nouns.Text, ...]:
    """Measures against what troubles the place."""
    one = work.facts.one
    conditions = one(FLOW, "conditions", branch)
    made = [nouns.Text(f"measure.{name}") for name in CONDITIONS if name in conditions.chosen]
    if not conditions.known:
        made.append(nouns.Text("environment.unknown"))
    first, last = one(FLOW, "road_closed_from", branch), one(FLOW, "road_closed_to", branch)
    if not first.known:
        made.append(nouns.Text("environment.road_unknown"))
    elif road(work, branch) and last.known:
        made.append(nouns.Text("measure.road", {"first": first.shown, "last": last.shown}))
    elif road(work, branch):
        made.append(nouns.Text("measure.road_until", {"first": first.shown}))
    hours = one(FLOW, "travel_hours", branch).number
    if hours is not None and hours > work.parameter("travel_day_hours"):
        made.append(nouns.Text("measure.far", {"hours": hours}))
    return tuple(made)


def road(work: workbook.Workbook, branch: str) -> bool:
    """Whether its road is closed or unsafe in some months."""
    return work.facts.one(FLOW, "road_closed_from", branch).text in MONTHS


def closed_months(work: workbook.Workbook, branch: str) -> tuple[int, int] | None:
    """First and last month in which the road is closed, 1 to 12; None where it is not, or nobody knows when."""
    one = work.facts.one
    first, last = one(FLOW, "road_closed_from", branch).text, one(FLOW, "road_closed_to", branch).text
    if first not in MONTHS or last not in MONTHS:
        return None
    return MONTHS.index(first) + 1, MONTHS.index(last) + 1


def closed_ranges(
    work: workbook.Workbook, branch: str, first: int, last: int
) -> tuple[tuple[dt.date, dt.date], ...]:
    """The inclusive ranges of those months that fall into the years from `first` to `last`."""
    months = closed_months(work, branch)
    if months is None:
        return ()
    start, end = months
    years = range(first - 1, last + 1)
    return tuple(
        (dt.date(year, start, 1), _last_day(year if end >= start else year + 1, end)) for year in years
    )


def _last_day(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)
