"""A respondent for tests: every turn goes through JSON, as it does between two messages of a chat."""

from __future__ import annotations

import datetime as dt
import textwrap

import msgspec

from flows import engine, loading, nouns

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

_DECODER = msgspec.json.Decoder(nouns.Session)


def replay(session: nouns.Session) -> nouns.Session:
    """The session as it comes back from the storage."""
    return _DECODER.decode(msgspec.json.encode(session))


def load(text: str) -> nouns.Flow:
    """A flow from YAML; the head is written for the test unless it has its own."""
    text = textwrap.dedent(text)
    return loading.load(
        text if "\nflow:" in text else f"flow: sample\ntitle: Sample\n{text}", file="sample.yaml"
    )


class Player:
    """Answers one flow turn by turn."""

    def __init__(self, flow: nouns.Flow, session: nouns.Session | None = None) -> None:
        self.flow = flow
        self.session = session if session is not None else engine.start(flow)
        self.effects: tuple[nouns.AnyEffect, ...] = ()
        self.now = NOW

    def do(self, *events: nouns.AnyEvent | str) -> nouns.Prompt:
        """Do these one after the other; words stand for typing them. The prompt that is seen at the end."""
        for event in events:
            given = nouns.Typed(event) if isinstance(event, str) else event
            turn = engine.advance(self.flow, self.session, given, now=self.now, by="p1")
            assert turn.session.revision == self.session.revision + 1
            self.session = replay(turn.session)
            assert self.session == turn.session, "the session does not survive the storage"
            self.effects = turn.effects
        return self.prompt

    @property
    def prompt(self) -> nouns.Prompt:
        last = self.effects[-1]
        assert isinstance(last, nouns.Show)
        return last.prompt

    def value(self, key: str) -> nouns.Value:
        return self.session.answers[key].value

    def stored(self) -> dict[str, nouns.Value]:
        """What the last turn stored."""
        return {
            effect.key: effect.answer.value for effect in self.effects if isinstance(effect, nouns.Stored)
        }


def begun(flow: nouns.Flow | str) -> Player:
    """Someone who has just opened the flow."""
    player = Player(load(flow) if isinstance(flow, str) else flow)
    player.do(nouns.Begin())
    return player
