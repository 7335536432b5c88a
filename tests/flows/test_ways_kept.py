"""A turn leaves the way through its form for whoever looks next, and it is the way that a fresh look finds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from flows import form, instance, nouns, progress, review, stops
from tests.flows import playing
from tests.flows.assessment_asked import FLOWS
from tests.flows.test_walks import Walk

ACTS = 25
"""Of one walk."""

SEASONAL = """
survey:
  - {type: text, name: road, label: Which road leads there?}
  - {type: text, name: rains, label: Who mends it?, relevant: "format-date(today(), '%m') > 3"}
  - {type: text, name: last, label: Anything else?}
"""


def told(way: stops.Way) -> object:
    """What can be seen of a way."""
    return (
        [(stop.key, stop.notes, stop.is_open, stop.is_missing) for stop in way.stops],
        way.closing,
        way.length,
    )


def check(flow: nouns.Flow, session: nouns.Session, now: dt.datetime) -> None:
    """What the turn left is what a fresh look finds."""
    left = stops.looked_at(form.of(flow), session, now)
    assert told(left) == told(stops.Way(instance.Instance(form.of(flow), session, now)))


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_every_section(flow: nouns.Flow) -> None:
    walk = Walk(flow, seed=1)
    chance = random.Random(2)
    for _ in range(ACTS):
        if walk.player.prompt.kind == "submitted":
            break
        walk.player.now += dt.timedelta(days=40)
        walk.player.do(chance.choice(walk.acts()))
        check(flow, walk.player.session, walk.player.now)


def test_a_question_of_the_season_comes_with_the_season() -> None:
    player = playing.begun(SEASONAL)
    player.now = dt.datetime(2027, 3, 31, 9, tzinfo=dt.UTC)
    assert player.do("The A1").key == "last"
    player.now = dt.datetime(2027, 4, 1, 9, tzinfo=dt.UTC)
    assert [line.key for line in player.do(nouns.Reviewed()).lines] == ["road", "rains", "last"]
    check(player.flow, player.session, player.now)


def test_the_way_is_walked_once_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    player = playing.begun(SEASONAL.replace("format-date(today(), '%m')", "string-length(${road})"))
    walked = []
    walk = stops.Way._walk

    def counted(way: stops.Way, holder: instance.Holder, scope: str) -> Iterator[stops.Stop]:
        walked.append(scope)
        return walk(way, holder, scope)

    monkeypatch.setattr(stops.Way, "_walk", counted)
    for words in ("The A1", "none"):
        walked.clear()
        player.do(words)
        progress.of(player.flow, player.session, now=player.now)
        review.line(player.flow, player.session, "road", now=player.now)
        assert walked == [""]
