"""The living form of one session: what is there, what applies, what is computed from what.

It begins from a session and evolves with it: an answer, an added or a removed entry recompute what depends on
them. Everything it knows can be read off its session again, so it may be forgotten at any time.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from flows import expressions, form, keys, nouns
from flows.instance import cells, finding, hosting, loading, nodes
from flows.instance.nodes import Branching, Entry, Group, Series
from flows.instance.question import Question
from flows.instance.root import Root


class Instance:
    """A session's answers as a living tree."""

    def __init__(self, made: form.Form, session: nouns.Session, now: dt.datetime) -> None:
        self.form = made
        self.works = cells.Works()
        self.answers = dict(session.answers)
        self.values = dict(session.values)
        self.entries: dict[str, tuple[int, ...]] = dict(session.entries)
        self.numbered = dict(session.numbered)
        self.standing = 0
        """Entries that stand, in all repeats together."""
        self.cut: dict[str, int] = {}
        """Key of a repeat -> how many entries its count wants, where that is more than it may have."""
        self.altered: list[str] = []
        """Keys of answers that the form itself changed or dropped since someone last looked."""
        self.way: Any = None
        """The way through it (`stops.Way`) once somebody walked it, for as long as what applies stays as it is."""
        self._session = session
        self._is_shown = True
        self._is_quiet = True
        self._is_trying = session.begun is None
        """Whether what calculations come to may still be taken back: an answer is tried, or the form not filled in yet."""
        self._tried: list[Question] = []
        """Calculations that came to something meanwhile."""
        self._age = 0
        self.root = Root(self)
        self.host = hosting.Hosting(self, now)
        self.root.begin()
        self.works.settle()
        self._is_quiet = False
        if session.begun is None:
            self._session = msgspec.structs.replace(session, begun=self.host.now)
            self._is_shown = False
            loading.begin(self)
            self.works.settle()
            self._is_trying = False
            for question in self._tried:
                question.take()
            self._tried.clear()
        self.works.settle()

    # --- the session -------------------------------------------------------------------------------

    @property
    def session(self) -> nouns.Session:
        """The session as the form stands."""
        if not self._is_shown:
            self._session = msgspec.structs.replace(
                self._session,
                answers=dict(self.answers),
                values=dict(self.values),
                entries=dict(self.entries),
                numbered=dict(self.numbered),
            )
            self._is_shown = True
        return self._session

    @session.setter
    def session(self, session: nouns.Session) -> None:
        """Become the form of another session, without doing what changes set off."""
        before = self.session
        self._session = session
        self._is_quiet = True
        self.numbered = dict(session.numbered)
        if session.entries is not before.entries:
            self._take_entries(before.entries, session)
        if session.answers is not before.answers:
            self.answers = dict(session.answers)
            self._take(_differing(before.answers, session.answers))
        if session.values is not before.values:
            self.values = dict(session.values)
            self._take(_differing(before.values, session.values))
        if session.language != before.language:
            self.host.speech.changed(self.works)
        self.works.settle()
        self._is_quiet = False

    def _take_entries(self, before: Mapping[str, object], session: nouns.Session) -> None:
        self.entries = dict(session.entries)
        for key in _differing(before, session.entries):
            series = self.find(key)
            if isinstance(series, Series):
                series.put(session.entries.get(key, ()))

    def _take(self, changed: Sequence[str]) -> None:
        for key in changed:
            question = self.find(key)
            if isinstance(question, Question):
                question.take()

    def at(self, now: dt.datetime) -> None:
        """Let it be another time."""
        self.host.set_now(now)
        self._is_quiet = True
        self.works.settle()
        self._is_quiet = False

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happens: it becomes the form of a session, time has passed, or an answer is only tried."""
        return self._is_quiet

    # --- changing ----------------------------------------------------------------------------------

    def answer(self, question: Question, answer: nouns.Answer | None) -> None:
        """Take an answer, or take one back, and do what that sets off."""
        self._note(question, answer)
        self.works.settle()

    def accepts(self, question: Question, answer: nouns.Answer, field: str = "constraint") -> bool:
        """Whether the question's constraint, or another condition on its answer, would hold with an answer."""
        if field not in question.place.formulas:
            return True
        before = self.answers.get(question.key)
        self._is_quiet = self._is_trying = True
        self._note(question, answer)
        self.works.settle()
        holds = self.holds(question, field, otherwise=True)
        self._is_trying = False
        self._tried.clear()
        self._note(question, before)
        self.works.settle()
        self._is_quiet = False
        return holds

    def put(self, question: Question, value: nouns.Value) -> None:
        """Set a value as the form's own doing; who had answered is kept beside it."""
        before = self.answers.get(question.key)
        if before is None:
            self.values[question.key] = value
        else:
            self.answers[question.key] = msgspec.structs.replace(before, value=value)
            self.altered.append(question.key)
        self._is_shown = False
        question.take()

    def remember(self, question: Question, value: nouns.Value) -> None:
        """Keep what a calculation came to that looks back at it."""
        key = question.key
        if self._is_trying:
            self._tried.append(question)
            return
        if key in self.answers or self.values.get(key) == value:
            return
        if value is None:
            del self.values[key]
        else:
            self.values[key] = value
        self._is_shown = False
        question.take()

    def overwritten(self, question: Question) -> None:
        """Let a calculation take the place of what was set."""
        if self._is_quiet:
            return
        self.values.pop(question.key, None)
        if self.answers.pop(question.key, None) is not None:
            self.altered.append(question.key)
        self._is_shown = False
        question.take()

    def set_off(self, node: Question | Entry, event: str) -> None:
        """Do what an event at a question or a new entry sets off."""
        if not self._is_quiet:
            loading.happened(self, node, event)

    def add(self, series: Series) -> Entry:
        """Add an entry."""
        number = max(self.numbered.get(series.key, 0), *series.numbers, 0) + 1
        self.numbered[series.key] = number
        self._is_shown = False
        (entry,) = series.put((*series.numbers, number))
        self.works.settle()
        self.set_off(entry, form.NEW_REPEAT)
        self.works.settle()
        return entry

    def remove(self, entry: Entry) -> list[str]:
        """Remove an entry with everything inside; the keys of the answers that are gone."""
        series = entry.series
        self.numbered[series.key] = max(self.numbered.get(series.key, 0), *series.numbers)
        gone = [question.key for question in questions(entry) if question.key in self.answers]
        for inner in (entry, *holders(entry)):
            for kept in (self.entries, self.numbered):
                kept.pop(inner.key, None)
        for question in questions(entry):
            self.answers.pop(question.key, None)
            self.values.pop(question.key, None)
        self._is_shown = False
        series.put([number for number in series.numbers if number != entry.number])
        self.works.settle()
        return gone

    def resize(self, series: Series, wanted: int) -> None:
        """Have as many entries as a count wants and the form may hold, the first ones kept."""
        room = nodes.MAX_ENTRIES_IN_ALL - self.standing
        most = min(nodes.MAX_ENTRIES, len(series.numbers) + max(0, room))
        if wanted > most:
            self.cut[series.key] = wanted
            wanted = most
        else:
            self.cut.pop(series.key, None)
        numbers = list(series.numbers[:wanted])
        while len(numbers) < wanted:
            numbers.append(max(numbers, default=0) + 1)
        if tuple(numbers) != series.numbers:
            made = series.put(numbers)
            self._is_shown = False
            # what this follows from is being settled: the counts of repeats inside come after it, not within it
            self.works.compute()
            for entry in made:
                self.set_off(entry, form.NEW_REPEAT)

    def _note(self, question: Question, answer: nouns.Answer | None) -> None:
        if answer is None:
            self.answers.pop(question.key, None)
        else:
            self.answers[question.key] = answer
            if not self._is_quiet:
                self.values.pop(question.key, None)
        self._is_shown = self._is_shown and self._is_quiet
        question.take()

    # --- finding -----------------------------------------------------------------------------------

    def find(self, key: str) -> nodes.Part | Entry | None:
        """The node of a key, whether it applies or not; None for a key that this session does not have."""
        return finding.find(self, key)

    def named(self, name: str, seen_from: expressions.Node | None) -> Sequence[expressions.Node]:
        """What `${name}` means from a node: the one of the same entry, or those of all entries from outside."""
        place = self.form.place(name, getattr(seen_from, "place", None))
        return [] if place is None else finding.seen(self, place, seen_from)

    def made(self, places: Sequence[form.Place], parent: nodes.Holder) -> tuple[nodes.Part, ...]:
        """The nodes of places inside their parent's node."""
        made: list[nodes.Part] = []
        for place in places:
            kind = Series if place.kind == "repeat" else Group if place.kind == "group" else Question
            made.append(kind(self, place, parent, keys.inside(parent.key, place.name)))
        for part in made:
            part.begin()
        return tuple(made)

    def namespace(self, name: str) -> str:
        """The URI of a name's prefix."""
        prefix, mark, _ = name.partition(":")
        return self.form.flow.namespaces.get(prefix, "") if mark else ""

    def next_age(self) -> int:
        """The age of the next cell."""
        self._age += 1
        return self._age

    # --- evaluating --------------------------------------------------------------------------------

    def holds(self, node: Branching, field: str, *, otherwise: bool) -> bool:
        """Whether a condition of a node holds; `otherwise` where it has none or it cannot be evaluated."""
        formula = node.place.formulas.get(field)
        return otherwise if formula is None else self.truth(formula, node, otherwise=otherwise)

    def truth(
        self,
        formula: form.Formula,
        at: expressions.Node,
        *,
        otherwise: bool,
        current: Branching | None = None,
    ) -> bool:
        """Whether a formula holds at a node; `otherwise` where it cannot be evaluated."""
        try:
            return expressions.to_boolean(self.host.evaluated(formula, at, current))
        except expressions.EvaluationError:
            return otherwise

    def computed(self, formula: form.Formula, at: expressions.Node) -> nouns.Value:
        """The value of a formula at a node; None where it has none."""
        try:
            result = self.host.evaluated(formula, at, None)
        except expressions.EvaluationError:
            return None
        if isinstance(result, float):
            if math.isnan(result) or math.isinf(result):
                return None
            return int(result) if result.is_integer() else result
        return expressions.to_string(result) or None

    def string(
        self, formula: form.Formula, at: expressions.Node, current: expressions.Node | None = None
    ) -> str:
        """The text of a formula at a node; empty where it cannot be evaluated."""
        try:
            return expressions.to_string(self.host.evaluated(formula, at, current))
        except expressions.EvaluationError:
            return ""

    def found(self, formula: form.Formula, at: expressions.Node) -> Sequence[expressions.Node]:
        """The nodes that a formula finds from a node."""
        try:
            result = self.host.evaluated(formula, at, None)
        except expressions.EvaluationError:
            return []
        return result if isinstance(result, list) else []


def questions(holder: Group | Root | Series) -> Iterator[Question]:
    """Every question inside, in every entry."""
    if isinstance(holder, Series):
        for entry in holder.all_entries:
            yield from questions(entry)
        return
    for part in holder.parts:
        if isinstance(part, Question):
            yield part
        else:
            yield from questions(part)


def holders(holder: Group | Root | Series) -> Iterator[Branching]:
    """Every group, repeat and entry inside."""
    inside: Sequence[object] = holder.all_entries if isinstance(holder, Series) else holder.parts
    for part in inside:
        if isinstance(part, Group | Series):
            yield part
            yield from holders(part)


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The keys under which two mappings hold different things."""
    changed = [
        key for key, value in after.items() if before.get(key) is not value and before.get(key) != value
    ]
    return [*changed, *(key for key in before if key not in after)]
