"""What happens by itself: at the beginning of a session, with a new entry, and when a value changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flows import form, nouns
from flows.instance import finding
from flows.instance.nodes import Entry
from flows.instance.question import Question

if TYPE_CHECKING:
    from flows.instance import living


def begin(instance: living.Instance) -> None:
    """Fill in what the device knows, then do what the form does when it is first opened."""
    for place in instance.form.by_path.values():
        if isinstance(place.item, nouns.Question) and place.item.preload and not place.item.calculation:
            for node in finding.seen(instance, place, None, applying=False):
                if isinstance(node, Question) and (value := _preloaded(instance, node)):
                    instance.put(node, value)
    instance.works.settle()
    for doing in instance.form.loading:
        _do(instance, doing, None)
        instance.works.settle()


def happened(instance: living.Instance, node: Question | Entry, event: str) -> None:
    """Do what an event at a question or a new entry sets off."""
    for doing in node.place.doings:
        if event in doing.events:
            _do(instance, doing, node)


def _do(instance: living.Instance, doing: form.Doing, at: Question | Entry | None) -> None:
    """Set the target's value; where one source would set many, none is meant, and none is set."""
    if doing.target is not None:
        targets = finding.seen(instance, doing.target, at, applying=False)
    else:
        assert doing.found is not None  # noqa: S101  # an action has one or the other
        targets = list(instance.found(doing.found, at or instance.root))
    if at is not None and len(targets) != 1:
        return
    for target in targets:
        # what was answered before the session began came in a file: no default takes its place
        if isinstance(target, Question) and (at is not None or target.answer is None):
            value = instance.computed(doing.value, target) if doing.value is not None else None
            instance.put(target, value)


def _preloaded(instance: living.Instance, question: Question) -> str:
    """What the device fills in; empty for what a chat does not know."""
    kind, _, what = question.item.preload.partition(" ")
    now: dt.datetime = instance.host.now
    match kind, what:
        case "uid", _:
            return f"uuid:{instance.host.drawn_id(question.key)}"
        case "date", _:
            return now.date().isoformat()
        case "timestamp", "start":
            return now.isoformat(timespec="milliseconds")
    return ""
