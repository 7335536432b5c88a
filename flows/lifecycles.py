"""The lives of an assessment, a section and a conversation: which state may follow which.

One shared `transitions` machine a kind: it holds no state of its own, every question names the state.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import transitions

from flows import nouns

Arrow = tuple[str, str | tuple[str, ...], str]
"""A trigger, the state or states it may come from, and the state it leads to."""

STATES: Mapping[str, Sequence[str]] = {
    "assessment": ("drafting", "collecting", "in_review", "signed_off", "archived"),
    "section": ("not_started", "in_progress", "submitted", "returned", "approved"),
    "conversation": tuple(mode.value for mode in nouns.Mode),
}
"""The states of each kind; the first is where a life begins."""

_CONVERSING = ("asking", "confirming", "reviewing", "editing")

ARROWS: Mapping[str, Sequence[Arrow]] = {
    "assessment": (
        ("open", "drafting", "collecting"),
        ("complete", "collecting", "in_review"),
        ("reopen", ("in_review", "signed_off", "archived"), "collecting"),
        ("sign_off", "in_review", "signed_off"),
        ("withdraw", "signed_off", "in_review"),
        ("archive", ("drafting", "collecting", "in_review", "signed_off"), "archived"),
    ),
    "section": (
        ("begin", "not_started", "in_progress"),
        ("submit", ("not_started", "in_progress", "returned"), "submitted"),
        ("approve", "submitted", "approved"),
        ("give_back", ("submitted", "approved"), "returned"),
        ("withdraw", "submitted", "in_progress"),
    ),
    "conversation": (
        ("ask", ("idle", "paused", *_CONVERSING), "asking"),
        ("propose", ("asking", "editing"), "confirming"),
        ("review", ("idle", "paused", *_CONVERSING), "reviewing"),
        ("edit", ("paused", "confirming", "reviewing", "editing"), "editing"),
        ("recall", "paused", "confirming"),
        ("pause", _CONVERSING, "paused"),
        ("submit", "reviewing", "idle"),
    ),
}
"""What may happen in each kind of life, as (trigger, from, to)."""


class LifecycleError(Exception):
    """This cannot happen in the state that things are in."""


@functools.cache
def _machine(kind: str) -> transitions.Machine:
    if kind not in STATES:
        raise LifecycleError(f"There is no lifecycle `{kind}`; there are {', '.join(STATES)}.")
    return transitions.Machine(
        model=None,
        states=list(STATES[kind]),
        transitions=[
            {"trigger": trigger, "source": list(_sources(source)), "dest": dest}
            for trigger, source, dest in ARROWS[kind]
        ],
        initial=STATES[kind][0],
        auto_transitions=False,
        name=kind,
    )


def _sources(source: str | tuple[str, ...]) -> tuple[str, ...]:
    return (source,) if isinstance(source, str) else source


def initial(kind: str) -> str:
    """The state in which a life of this kind begins."""
    return str(_machine(kind).initial)


def triggers(kind: str, state: str) -> tuple[str, ...]:
    """What may happen in this state: the buttons that may be offered, in the order of the definition."""
    machine = _machine(kind)
    _known(kind, state)
    possible = set(machine.get_triggers(str(state)))
    return tuple(trigger for trigger in machine.events if trigger in possible)


def may(kind: str, state: str, trigger: str) -> bool:
    """Whether this may happen in this state."""
    return trigger in triggers(kind, state)


@functools.cache
def next_state(kind: str, state: str, trigger: str) -> str:
    """The state that follows; raises LifecycleError where this may not happen."""
    arrows = _machine(kind).get_transitions(trigger=trigger, source=str(state))
    if not arrows:
        possible = ", ".join(triggers(kind, state)) or "nothing"
        raise LifecycleError(f"`{trigger}` cannot happen while the {kind} is {state}; possible: {possible}.")
    return str(arrows[0].dest)


def diagram(kind: str) -> str:
    """The lifecycle as a Mermaid state diagram."""
    machine = _machine(kind)
    lines = ["stateDiagram-v2", f"    [*] --> {machine.initial}"]
    lines += [
        f"    {arrow.source} --> {arrow.dest}: {trigger}"
        for trigger in machine.events
        for arrow in machine.get_transitions(trigger=trigger)
    ]
    return "\n".join(lines) + "\n"


def _known(kind: str, state: str) -> None:
    if state not in _machine(kind).states:
        raise LifecycleError(f"`{state}` is no state of the {kind}; there are {', '.join(STATES[kind])}.")
