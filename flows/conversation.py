"""One turn being worked out: the session as it becomes, and what the shell will have to do."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import msgspec

from flows import form, instance, keys, lifecycles, nouns, problems, reading, stops

SHAPING = frozenset({"answers", "values", "entries", "closed", "comments", "disputes", "language"})
"""Fields of a session that decide what applies, to whom, or may still come; the others leave the way as it is."""


class Conversation:
    """Holds a session while one event changes it; everything it holds is a value, it alone is replaced."""

    def __init__(self, flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime, by: str = "") -> None:
        self.form = form.of(flow)
        self.flow = flow
        self.before = session
        """The session as the turn found it."""
        self.living = instance.taken(self.form, session, now)
        self.now = now
        self.by = by
        self.effects: list[nouns.AnyEffect] = []
        self.problem: nouns.Problem | None = None

    @property
    def session(self) -> nouns.Session:
        """The session as it stands now."""
        return self.living.session

    @property
    def way(self) -> stops.Way:
        """The way through the form as the session stands now."""
        return stops.of(self.living)

    @property
    def stop(self) -> stops.Stop | None:
        """Where the session stands; None in the review, and before the start."""
        return self.way.at(self.session.cursor)

    @property
    def question(self) -> instance.Question | None:
        """The question that waits for its answer; None where none does."""
        if self.session.mode not in (nouns.Mode.ASKING, nouns.Mode.EDITING):
            return None
        node = self.stop.node if self.stop is not None else None
        return node if isinstance(node, instance.Question) else None

    @property
    def series(self) -> instance.Series | None:
        """The repeat that stands; None where none does."""
        if self.session.mode not in (nouns.Mode.ASKING, nouns.Mode.EDITING):
            return None
        node = self.stop.node if self.stop is not None else None
        return node if isinstance(node, instance.Series) else None

    @functools.cached_property
    def _found(self) -> instance.Instance:
        """The form as the turn found it."""
        return instance.Instance(self.form, self.before, self.now)

    def _reshaped(self) -> None:
        """Look anew at what applies, and say which answers the form itself changed."""
        self.living.way = None
        for key in dict.fromkeys(self.living.altered):
            answer = self.living.answers.get(key)
            self.effects.append(nouns.Erased(key) if answer is None else nouns.Stored(key, answer))
        self.living.altered.clear()

    # --- changing ----------------------------------------------------------------------------------

    def change(self, **fields: Any) -> None:
        """Replace fields of the session."""
        self.living.session = msgspec.structs.replace(self.session, **fields)
        if fields.keys() & SHAPING:
            self._reshaped()

    def trigger(self, name: str, **fields: Any) -> None:
        """Change the mode by a trigger of the conversation's lifecycle, and other fields with it."""
        mode = nouns.Mode(lifecycles.next_state("conversation", self.session.mode, name))
        self.change(mode=mode, **fields)

    def undo(self, session: nouns.Session, effects: int) -> None:
        """Stand again as before something was tried: with that session, and its first so many effects."""
        self.living.session = session
        del self.effects[effects:]
        self._reshaped()

    def refuse(self, code: str, *, text: str = "", **values: str | int) -> None:
        """Say why the event is not taken."""
        assert code in problems.CODES, code  # noqa: S101  # a slip of ours: the catalogues know these codes only
        self.problem = msgspec.structs.replace(reading.refused(code, **values), text=text)

    def store(self, key: str, answer: nouns.Answer) -> None:
        """Keep an answer."""
        node = self.living.find(key)
        if isinstance(node, instance.Question):
            self.living.answer(node, answer)
        else:
            self.living.session = msgspec.structs.replace(
                self.session, answers={**self.session.answers, key: answer}
            )
        self.effects.append(nouns.Stored(key, answer))
        self._reshaped()

    def give(self, key: str, answer: nouns.Answer) -> None:
        """Keep an answer that was given here and now, and go on."""
        self.take(key, answer)
        self.go_on()

    def take(self, key: str, answer: nouns.Answer) -> None:
        """Keep an answer that was given now, wherever the session stands: a remark on the one before has done its work."""
        self.uncomment(key)
        self._meet(key, answer)
        self.store(key, answer)

    def count(self) -> None:
        """Write down the entries of repeats whose number is computed, so that readers of the answers find them."""
        entries, computed = self.session.entries, self.way.computed
        if any(entries.get(key) != numbers for key, numbers in computed.items()):
            self.change(entries={**entries, **computed})

    def _meet(self, key: str, answer: nouns.Answer) -> None:
        """Hold a new answer against what the reviewer proposes: the same settles it, another leaves both standing."""
        dispute = self.session.disputes.get(key)
        if dispute is None:
            return
        others = {other: kept for other, kept in self.session.disputes.items() if other != key}
        if answer.value != dispute.proposed.value:
            others[key] = msgspec.structs.replace(dispute, kept=True)
        self.change(disputes=others)

    def uncomment(self, key: str) -> None:
        """Forget the reviewer's remark at a key."""
        if key in self.session.comments:
            self.change(
                comments={other: words for other, words in self.session.comments.items() if other != key}
            )

    def add(self, series: instance.Series) -> instance.Entry:
        """Add an entry to a repeat."""
        entry = self.living.add(series)
        self._reshaped()
        return entry

    def remove(self, entry: instance.Entry) -> None:
        """Remove an entry, and forget everything said in it."""
        gone = self.living.remove(entry)
        session = self.session
        self.change(
            comments={
                key: value for key, value in session.comments.items() if not keys.is_within(key, entry.key)
            },
            disputes={
                key: value for key, value in session.disputes.items() if not keys.is_within(key, entry.key)
            },
            closed=tuple(key for key in session.closed if not keys.is_within(key, entry.key)),
            handed=tuple(key for key in session.handed if not key or not keys.is_within(key, entry.key)),
            answers={
                key: value for key, value in session.answers.items() if not keys.is_within(key, entry.key)
            },
        )
        self.effects.extend(nouns.Erased(key) for key in gone)

    # --- moving ------------------------------------------------------------------------------------

    def stand(self, stop: stops.Stop | None, *, trigger: str = "ask") -> None:
        """Go and stand at a stop, or at the review where there is none."""
        if stop is None:
            self.trigger(
                "review", cursor="", ticked=(), proposed=None, doubted=False, written=None, following={}
            )
            return
        ticked: tuple[str, ...] = ()
        if isinstance(stop.node, instance.Question) and isinstance(stop.node.value, list):
            ticked = tuple(stop.node.value)
        self.trigger(
            trigger, cursor=stop.key, ticked=ticked, proposed=None, doubted=False, written=None, following={}
        )

    def go_on(self) -> None:
        """Go on from where the session stands.

        Where one answer was being changed from the review, what the change opened is asked first,
        else the review comes back.
        """
        if self.session.mode is not nouns.Mode.EDITING:
            self.stand(self.way.after(self.session.cursor))
            return
        waited = {stop.key for stop in stops.Way(self._found).open()}
        self.stand(next((stop for stop in self.way.open() if stop.key not in waited), None))
