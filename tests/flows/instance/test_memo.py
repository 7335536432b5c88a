"""A living form kept between turns changes nothing but the time that a turn takes."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import engine, form, instance, nouns, progress, review
from flows.instance import memo
from tests.flows import playing

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

FLOW = playing.load(
    """
    survey:
      - {type: integer, name: count, label: How many?}
      - {type: calculate, name: twice, calculation: "${count} * 2"}
      - {type: repeat, name: servers, label: Server, children: [
          {type: integer, name: memory, label: Memory?, relevant: "${count} > 1"},
          {type: calculate, name: share, calculation: "${memory} div sum(/data/servers/memory)"}]}
      - {type: date, name: bought, label: Bought?, default: today()}
      - {type: integer, name: price, label: Price?, trigger: "${count}", calculation: "${count} * 100"}
      - {type: note, name: told, label: "${twice} of ${price}, since ${bought}, now ${moment}"}
      - {type: calculate, name: moment, calculation: "now()"}
      - {type: calculate, name: first, calculation: "once(now())"}
      - {type: calculate, name: named, calculation: "if(${count} > 1, concat('ID-', once(${moment})), '')"}
    """
)

EVENTS: tuple[nouns.AnyEvent, ...] = (
    nouns.Begin(), nouns.Typed("1"), nouns.Typed("2"), nouns.Typed("7"), nouns.Added(), nouns.Finished(), nouns.Back(),
    nouns.Removed("servers:1"), nouns.Removed("servers:2"), nouns.Opened("servers:1"), nouns.Reviewed(), nouns.Skipped(),
    nouns.Changed("count"), nouns.Changed("price"), nouns.Ticked(), nouns.Paused(), nouns.Unknown(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 90)), max_size=16))
def test_turns_are_the_same_with_and_without_it(acts: list[tuple[nouns.AnyEvent, int]]) -> None:
    warm = cold = engine.start(FLOW)
    now = NOW
    for event, minutes in acts:
        now += dt.timedelta(minutes=minutes)
        kept = engine.advance(FLOW, warm, event, now=now, by="p1")
        # another flow of the same content: nothing is kept of it
        anew = engine.advance(msgspec.structs.replace(FLOW), cold, event, now=now, by="p1")
        assert kept == anew
        warm, cold = playing.replay(kept.session), anew.session


def test_two_turns_from_one_session_know_nothing_of_each_other() -> None:
    begun = engine.advance(FLOW, engine.start(FLOW), nouns.Begin(), now=NOW).session
    one = engine.advance(FLOW, begun, nouns.Typed("5"), now=NOW).session
    other = engine.advance(FLOW, begun, nouns.Typed("6"), now=NOW).session
    assert (one.answers["count"].value, other.answers["count"].value) == (5, 6)
    again = engine.advance(FLOW, one, nouns.Back(), now=NOW).session
    assert again.answers["count"].value == 5


def test_what_is_set_once_stays_and_what_a_trigger_sets_follows() -> None:
    player = playing.Player(FLOW)
    player.do(nouns.Begin(), "5", nouns.Finished())
    set_ = {key: value for key, value in player.session.values.items() if key in ("bought", "price")}
    assert set_ == {"bought": "2026-11-24", "price": 500}
    player.do(nouns.Ticked(), "900")
    assert player.value("price") == 900
    player.do(nouns.Changed("count"), "6")
    assert player.value("price") == 600
    assert nouns.Stored in {type(effect) for effect in player.effects}


def test_what_is_drawn_stays_as_long_as_the_session() -> None:
    flow = playing.load("""
        survey:
          - {type: integer, name: a, label: A}
          - {type: calculate, name: drawn, calculation: "random()"}
        """)

    def drawn(begun: dt.datetime, now: dt.datetime) -> nouns.Value:
        living = instance.Instance(form.of(flow), nouns.Session(flow.id, flow.version, begun=begun), now)
        found = living.find("drawn")
        assert isinstance(found, instance.Question)
        return found.value

    later = NOW + dt.timedelta(days=1)
    assert drawn(NOW, NOW) == drawn(NOW, later)
    assert drawn(NOW, later) != drawn(later, later)


def test_a_look_is_the_same_with_and_without_it_and_leaves_it_to_the_next_turn() -> None:
    session = engine.advance(FLOW, engine.start(FLOW), nouns.Begin(), now=NOW).session
    for typed in ("5", "7"):
        session = engine.advance(FLOW, session, nouns.Typed(typed), now=NOW).session
        anew = msgspec.structs.replace(FLOW)
        assert progress.of(FLOW, session, now=NOW) == progress.of(anew, session, now=NOW)
        for key in ("count", "price", "nowhere"):
            assert review.line(FLOW, session, key, now=NOW) == review.line(anew, session, key)


def test_branches_at_the_same_question_are_all_kept() -> None:
    begun = [
        engine.advance(FLOW, engine.start(FLOW), nouns.Begin(), now=NOW + dt.timedelta(milliseconds=branch))
        for branch in range(3)
    ]
    made = form.of(FLOW)
    for turn in begun:
        assert turn.session.begun is not None
        found = [memo.looked_at(made, turn.session, turn.session.begun) for _ in range(2)]
        assert found[0] is found[1]  # one that is not kept is made anew each time


def test_those_not_asked_for_longest_give_way() -> None:
    sessions = [
        msgspec.structs.replace(engine.start(FLOW), begun=NOW, revision=number) for number in range(4)
    ]
    living = [instance.Instance(form.of(FLOW), session, NOW) for session in sessions]
    kept = memo.Kept(most=2 * len(form.of(FLOW).by_path))
    for one in living[:3]:
        kept.put((0, NOW, "", one.session.revision), one)
    assert kept.get((0, NOW, "", 0)) is None
    assert kept.pop((0, NOW, "", 1)) is living[1]
    kept.put((0, NOW, "", 3), living[3])
    assert kept.get((0, NOW, "", 2)) is living[2]
    assert len(kept) == 2


def test_what_is_put_twice_takes_its_room_once() -> None:
    sessions = [
        msgspec.structs.replace(engine.start(FLOW), begun=NOW, revision=number) for number in range(2)
    ]
    one, other = (instance.Instance(form.of(FLOW), session, NOW) for session in sessions)
    kept = memo.Kept(most=2 * len(form.of(FLOW).by_path))
    for key, living in ((0, one), (0, one), (1, other)):
        kept.put((0, NOW, "", key), living)
    assert (kept.get((0, NOW, "", 0)), kept.get((0, NOW, "", 1))) == (one, other)
