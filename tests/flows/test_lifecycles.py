"""Which state may follow which, and nothing else."""

from __future__ import annotations

import pytest

from flows import lifecycles, nouns


@pytest.mark.parametrize(
    ("kind", "state", "trigger", "after"),
    [
        pytest.param("assessment", "drafting", "open", "collecting", id="invitations go out"),
        pytest.param("assessment", "collecting", "complete", "in_review", id="everything is in"),
        pytest.param("assessment", "in_review", "sign_off", "signed_off", id="signed"),
        pytest.param("assessment", "signed_off", "reopen", "collecting", id="something changed after all"),
        pytest.param("section", "not_started", "begin", "in_progress", id="first answer"),
        pytest.param("section", "in_progress", "submit", "submitted", id="handed in"),
        pytest.param("section", "submitted", "give_back", "returned", id="returned"),
        pytest.param("section", "returned", "submit", "submitted", id="handed in again"),
        pytest.param("section", "submitted", "approve", "approved", id="approved"),
        pytest.param("conversation", "asking", "propose", "confirming", id="did you mean"),
        pytest.param("conversation", "confirming", "edit", "editing", id="confirmed while editing"),
        pytest.param("conversation", "editing", "pause", "paused", id="pause while editing"),
        pytest.param("conversation", "reviewing", "submit", "idle", id="submitted"),
    ],
)
def test_what_may_happen(kind, state, trigger, after):
    assert lifecycles.may(kind, state, trigger)
    assert lifecycles.next_state(kind, state, trigger) == after


@pytest.mark.parametrize(
    ("kind", "state", "trigger"),
    [
        pytest.param("assessment", "archived", "open", id="archived is the end"),
        pytest.param("section", "approved", "submit", id="approved already"),
        pytest.param("section", "not_started", "approve", id="nothing to approve"),
        pytest.param("conversation", "asking", "submit", id="submit without review"),
        pytest.param("conversation", "idle", "pause", id="nothing to pause"),
        pytest.param("conversation", "idle", "to_paused", id="no shortcuts by name"),
    ],
)
def test_what_may_not_happen(kind, state, trigger):
    assert not lifecycles.may(kind, state, trigger)
    with pytest.raises(lifecycles.LifecycleError, match=trigger):
        lifecycles.next_state(kind, state, trigger)


@pytest.mark.parametrize(("kind", "state"), [("section", "lost"), ("weather", "rainy")])
def test_unknown_states_and_kinds_are_named(kind, state):
    with pytest.raises(lifecycles.LifecycleError, match=r"lost|weather"):
        lifecycles.triggers(kind, state)


@pytest.mark.parametrize("kind", list(lifecycles.STATES))
def test_every_state_is_reached_from_the_first(kind):
    reached, waiting = set(), [lifecycles.initial(kind)]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [lifecycles.next_state(kind, state, each) for each in lifecycles.triggers(kind, state)]
    assert reached == set(lifecycles.STATES[kind])


def test_modes_are_the_states_of_a_conversation():
    assert [str(mode) for mode in nouns.Mode] == list(lifecycles.STATES["conversation"])
    assert lifecycles.next_state("conversation", nouns.Mode.IDLE, "ask") == nouns.Mode.ASKING


@pytest.mark.parametrize("kind", list(lifecycles.ARROWS))
def test_the_diagram_has_every_arrow(kind):
    drawn = lifecycles.diagram(kind).splitlines()
    assert drawn[0] == "stateDiagram-v2"
    for trigger, sources, after in lifecycles.ARROWS[kind]:
        for source in [sources] if isinstance(sources, str) else sources:
            assert f"    {source} --> {after}: {trigger}" in drawn
