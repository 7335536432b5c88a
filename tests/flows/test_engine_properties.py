"""Whatever somebody does in whatever order: nothing fails, nothing is lost, no offer is a dead end."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import nouns, shipped
from tests.flows import playing

FLOWS = st.sampled_from(shipped.assessment())
OF_OFFERS: dict[str, nouns.AnyEvent] = {
    "ticked": nouns.Ticked(), "unknown": nouns.Unknown(), "skipped": nouns.Skipped(), "back": nouns.Back(),
    "reviewed": nouns.Reviewed(), "paused": nouns.Paused(), "added": nouns.Added(), "finished": nouns.Finished(),
    "submitted": nouns.Submitted(), "begin": nouns.Begin(), "confirmed": nouns.Confirmed(yes=True),
}  # fmt: skip
WORDS = st.sampled_from(
    ["yes", "no", "7", "1,200", "about 3", "Nairobi", "done", "3 mb", "none", "2027-03-04", "<b>&"]
)
ANY = st.one_of(
    WORDS.map(nouns.Typed),
    st.sampled_from(sorted(OF_OFFERS)).map(OF_OFFERS.__getitem__),
    st.sampled_from(["yes", "no", "fibre", "x"]).map(nouns.Picked),
    st.sampled_from(["clients", "links:1", "links:1/technology", "nowhere", ""]).map(nouns.Changed),
    st.sampled_from(["links:1", "links:9", "x"]).map(nouns.Opened),
    st.sampled_from(["links:1", "servers:1", "x"]).map(nouns.Removed),
    st.just(nouns.Located(nouns.Point(3.1, 35.6))),
    st.just(nouns.Attached(nouns.Attachment("image", "f"))),
    st.just(nouns.Estimated("clients")),
    st.just(nouns.Agreed("clients")),
    st.just(nouns.Kept("clients")),
    st.sampled_from(["clients", "links:1", "links", "generator", "", "nowhere"]).map(nouns.Handed),
    st.sampled_from(["clients", "links:1", "", "nowhere"]).map(nouns.TakenBack),
)
LIMITS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@LIMITS
@given(FLOWS, st.lists(ANY, max_size=40))
def test_any_acts_in_any_order(flow: nouns.Flow, acts: list[nouns.AnyEvent]) -> None:
    player = playing.begun(flow)
    for act in acts:
        # the player itself sees to it that the session survives JSON and its revision grows by one
        before = player.session.answers
        prompt = player.do(act)
        assert prompt.kind in {"question", "repeat", "review", "confirm", "paused", "submitted"}
        if prompt.problem is not None and not isinstance(act, nouns.Removed):
            assert player.session.answers.keys() >= before.keys(), "a refusal loses nothing"


@LIMITS
@given(FLOWS, st.data())
def test_no_offer_is_a_dead_end(flow: nouns.Flow, data: st.DataObject) -> None:
    player = playing.begun(flow)
    for _ in range(25):
        prompt = player.prompt
        if prompt.kind == "submitted":
            break
        acts: list[nouns.AnyEvent] = [OF_OFFERS[offer] for offer in prompt.offers if offer in OF_OFFERS]
        acts += [nouns.Picked(option.name) for option in prompt.options]
        if "changed" in prompt.offers:
            acts += [nouns.Changed(line.key) for line in prompt.lines if line.kind != "entry"]
        if "opened" in prompt.offers:
            acts += [nouns.Opened(line.key) for line in prompt.lines]
        if "estimated" in prompt.offers:
            acts.append(nouns.Estimated(prompt.key))
        act = data.draw(st.sampled_from(acts))
        problem = player.do(act).problem
        assert problem is None or problem.code not in {"stale", "not_applicable"}, (prompt.key, act)


@LIMITS
@given(FLOWS, st.lists(ANY, max_size=30))
def test_moving_about_loses_no_answer(flow: nouns.Flow, acts: list[nouns.AnyEvent]) -> None:
    player = playing.begun(flow)
    for act in acts:
        before = player.session.answers
        player.do(act)
        if isinstance(
            act,
            nouns.Handed
            | nouns.TakenBack
            | nouns.Back
            | nouns.Reviewed
            | nouns.Paused
            | nouns.Begin
            | nouns.Changed
            | nouns.Submitted,
        ):
            assert player.session.answers == before
