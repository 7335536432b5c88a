"""Finding nodes in a living form: by key, and by place as seen from another node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import expressions, form, keys
from flows.instance.nodes import Entry, Group, Series, entries_around

if TYPE_CHECKING:
    from flows.instance import living, nodes


def find(instance: living.Instance, key: str) -> nodes.Part | Entry | None:
    """The node of a key, whether it applies or not; None for a key that the session does not have."""
    found: nodes.Part | Entry | None = None
    holder: nodes.Holder = instance.root
    steps = keys.steps(key)
    for position, (name, number) in enumerate(steps):
        found = holder.part(name)
        if isinstance(found, Series) and number is not None:
            found = next((entry for entry in found.all_entries if entry.number == number), None)
        elif number is not None:
            return None
        if position < len(steps) - 1:
            if not isinstance(found, Group):
                return None
            holder = found
    return found


def seen(
    instance: living.Instance,
    place: form.Place,
    seen_from: expressions.Node | None,
    *,
    applying: bool = True,
) -> list[expressions.Node]:
    """The nodes of a place: the one in the same entries as `seen_from`, else those of all entries."""
    if not place.repeats and place.kind != "repeat":
        return [_below(instance.root, place)]
    around = {entry.place: entry for entry in entries_around(seen_from)}
    holders: list[nodes.Holder] = [instance.root]
    shared = True
    for repeat in place.repeats:
        entry = around.get(repeat) if shared else None
        if entry is not None:
            holders = [entry]
            continue
        shared = False
        holders = [inner for holder in holders for inner in _entries(holder, repeat, applying)]
    if place.kind == "repeat":
        return [entry for holder in holders for entry in _entries(holder, place, applying)]
    return [_below(holder, place) for holder in holders]


def _entries(holder: nodes.Holder, repeat: form.Place, applying: bool) -> tuple[Entry, ...]:
    series = _below(holder, repeat)
    assert isinstance(series, Series)  # noqa: S101  # the form put this repeat there itself
    return series.entries if applying else series.all_entries


def _below(holder: nodes.Holder, place: form.Place) -> nodes.Part:
    """The node of a place below a holder, with groups but no repeat between them."""
    down = [place]
    above = place.parent
    while above is not None and not (isinstance(holder, Group) and above is holder.place):
        down.append(above)
        above = above.parent
    part: nodes.Part | nodes.Holder = holder
    for step in reversed(down):
        part = part.parts[step.index]  # type: ignore[union-attr]  # only groups stand between
    return part  # type: ignore[return-value]  # `down` is never empty
