"""Gaps and risks that opened, closed or changed, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterator

from planning import nouns
from planning.comparison import pairs

WEIGHTS = {nouns.Severity.RED: 3.0, nouns.Severity.AMBER: 2.0, nouns.Severity.GREEN: 1.0}
HOSTING, WAYS, CHOSEN = 3.0, 2.0, 1.0
"""Weights of decisions: where the server stands, how gaps are filled, what is done about a need."""

Key = tuple[str, str, str]


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """What is missing, what may go wrong, and what was decided."""
    for _, was, now in pairs.matched(_all(before), _all(after)):
        yield from _gap(was, now)
    for _, old, new in pairs.matched(pairs.by(before.risks, "id"), pairs.by(after.risks, "id")):
        yield from _risk(old, new)
    yield from _decisions(before, after)


def _all(plan: nouns.Plan) -> dict[Key, nouns.Gap]:
    """Every gap of the plan by what tells it apart."""
    found: dict[Key, nouns.Gap] = {}
    pages = [gap for page in plan.branches for gap in page.gaps]
    for gap in (*plan.functional_gaps, *pages, *plan.hosting.gaps, *plan.people.gaps):
        # several people may be missing: they differ by what is said of them
        named = gap.id and gap.kind is not nouns.GapKind.PEOPLE
        found.setdefault((gap.kind.value, gap.branch, gap.id if named else str(gap.what)), gap)
    return found


def _is_gap(gap: nouns.Gap | None) -> bool:
    return gap is not None and gap.severity is not nouns.Severity.GREEN


def _gap(before: nouns.Gap | None, after: nouns.Gap | None) -> Iterator[nouns.Change]:
    if not (_is_gap(before) or _is_gap(after)):
        return
    gap = after or before
    if gap is None:
        return
    values: dict[str, nouns.Value] = {"gap": _name(gap)}
    if before is None or not _is_gap(before):
        yield _change(nouns.Topic.GAPS, "gap_new", WEIGHTS[gap.severity] * 2, **values, how=_severity(gap))
    elif after is None or not _is_gap(after):
        yield _change(nouns.Topic.GAPS, "gap_closed", WEIGHTS[before.severity] * 2, **values)
    elif before.severity is not after.severity:
        how: dict[str, nouns.Value] = {"before": _severity(before), "after": _severity(after)}
        yield _change(nouns.Topic.GAPS, "changed", WEIGHTS[after.severity], what=_name(after), **how)
    elif before.gap is not None and after.gap is not None:
        what = nouns.Text("change.gap_size", values)
        yield from pairs.figures(nouns.Topic.GAPS, what, before.gap, after.gap)


def _name(gap: nouns.Gap) -> nouns.Words:
    """What is missing, with the place where it is."""
    if not gap.area or gap.kind is nouns.GapKind.FUNCTIONAL:
        return gap.what
    return nouns.Text("change.at", {"what": gap.what, "place": gap.area})


def _severity(gap: nouns.Gap) -> nouns.Text:
    return nouns.Text(f"severity.{gap.severity.value}")


def _risk(before: nouns.Risk | None, after: nouns.Risk | None) -> Iterator[nouns.Change]:
    risk = after or before
    if risk is None:
        return
    if before is None or after is None:
        code = "risk_new" if before is None else "risk_gone"
        yield _change(nouns.Topic.RISKS, code, risk.score, what=risk.what, score=risk.score)
    elif before.score != after.score:
        code = "risk_greater" if after.score > before.score else "risk_smaller"
        weight = abs(after.score - before.score)
        yield _change(
            nouns.Topic.RISKS, code, weight, what=after.what, before=before.score, score=after.score
        )


def _decisions(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """How gaps are filled, where the server stands, and what is done about needs."""
    first, second = _hosting(before), _hosting(after)
    if first != second:
        values: dict[str, nouns.Value] = {"before": first, "after": second}
        what = nouns.Text("change.hosting")
        yield _change(nouns.Topic.DECISIONS, "changed", HOSTING, what=what, **values)
    for _, was, now in pairs.matched(_ways(before), _ways(after)):
        if was is None or now is None or _codes(was) == _codes(now):
            continue
        place = next((page.branch.name for page in after.branches if page.branch.id == now.branch), "")
        named = nouns.Text("change.at", {"what": now.what, "place": place}) if place else now.what
        yield _change(
            nouns.Topic.DECISIONS, "changed", WAYS, what=named, before=_taken(was), after=_taken(now)
        )
    for _, old, new in pairs.matched(_all(before), _all(after)):
        if old is None or new is None or old.resolution is None or new.resolution is None:
            continue
        functional = new.kind is nouns.GapKind.FUNCTIONAL
        if functional and (old.resolution.code, old.proposed) != (new.resolution.code, new.proposed):
            yield _change(
                nouns.Topic.DECISIONS,
                "changed",
                CHOSEN,
                what=new.what,
                before=_chosen(old),
                after=_chosen(new),
            )


def _hosting(plan: nouns.Plan) -> nouns.Words:
    wished = [option.name for option in plan.hosting.options if option.wished]
    return wished[0] if wished else nouns.Text("change.open")


def _ways(plan: nouns.Plan) -> dict[tuple[str, str], nouns.GapOptions]:
    found = [*(one for page in plan.branches for one in page.options), *plan.hosting.ways]
    return {(one.branch, one.gap): one for one in found}


def _codes(decision: nouns.GapOptions) -> list[str]:
    return [option.way.code for option in decision.taken]


def _taken(decision: nouns.GapOptions) -> nouns.Value:
    return tuple(option.way for option in decision.taken) or nouns.Text("change.nothing")


def _chosen(gap: nouns.Gap) -> nouns.Text:
    if gap.proposed and gap.resolution is not None:
        return nouns.Text("change.proposed", {"what": gap.resolution})
    return gap.resolution or nouns.Text("change.open")


def _change(topic: nouns.Topic, code: str, weight: float, **values: nouns.Value) -> nouns.Change:
    return nouns.Change(topic, nouns.Text(f"change.{code}", values), weight)
