"""What a living form gives to its expressions: the time, names, instances, languages, random numbers."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import TYPE_CHECKING

from flows import expressions, form
from flows.expressions import limits
from flows.instance import cells
from flows.instance.nodes import Branching
from flows.instance.question import Question

if TYPE_CHECKING:
    from flows.instance import living

CLOCKED = frozenset({"now", "today", "decimal-time"})
"""Functions that look at the clock."""

SPOKEN = frozenset({"jr:itext", "jr:choice-name"})
"""Functions that depend on the language."""

DRAWN = frozenset({"random", "uuid", "randomize"})
"""Functions that draw."""


class Hosting:
    """The host of one living form's expressions."""

    def __init__(self, instance: living.Instance, now: dt.datetime) -> None:
        self._instance = instance
        self.now = now if now.tzinfo else now.replace(tzinfo=dt.UTC)
        self.clock = cells.Source()
        self.speech = cells.Source()
        self._left = limits.MAX_VISITS_AT_FIRST
        """What may be looked at before the act that goes on is given up."""
        self._draw = random.Random()  # noqa: S311  # forms shuffle questions, they keep no secrets
        self._host = self._made()

    def set_now(self, now: dt.datetime) -> None:
        """Let it be another act's time; what looked at the clock looks again."""
        self._left = limits.MAX_VISITS_A_TURN
        now = now if now.tzinfo else now.replace(tzinfo=dt.UTC)
        if now != self.now:
            self.now = now
            self._host = self._made()
            self.clock.changed(self._instance.works)

    def evaluated(
        self, formula: form.Formula, at: expressions.Node, current: expressions.Node | None
    ) -> expressions.Value:
        """What a formula is worth at a node; may raise EvaluationError, or TooHeavyError once an act takes too much."""
        if formula.calls:
            if formula.calls & CLOCKED:
                self.clock.read(self._instance.works)
            if formula.calls & SPOKEN:
                self.speech.read(self._instance.works)
            if formula.calls & DRAWN:
                self._seed(formula, at)
        visits = expressions.Visits()
        try:
            return formula.value(expressions.Context(self._host, at, current=current, visits=visits))
        finally:
            self._left -= limits.MAX_VISITS - visits.left + 1
            if self._left < 0:
                raise expressions.TooHeavyError(self._instance.form.flow.title)

    def _seed(self, formula: form.Formula, at: expressions.Node) -> None:
        """Draw the same for the same formula at the same node, as long as the session lives."""
        begun = self._instance.session.begun or self.now
        where = at.key if isinstance(at, Branching) else ""
        self._draw.seed(f"{begun.isoformat()} {self._instance.form.flow.id} {where} {formula.text}")

    def drawn_id(self, what: str) -> str:
        """A random identifier that follows from the session and what it is for."""
        begun = self._instance.session.begun or self.now
        self._draw.seed(f"{begun.isoformat()} {self._instance.form.flow.id} {what}")
        return self._uuid()

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._draw.getrandbits(128), version=4))

    def _made(self) -> expressions.Host:
        made, instance = self._instance.form, self._instance
        return expressions.Host(
            now=self.now,
            zone=self.now.tzinfo or dt.UTC,
            root=instance.root.parent,
            reference=instance.named,
            instances=made.instances,
            namespaces=made.flow.namespaces,
            choice_name=self._choice_name,
            itext=self.text,
            random=self._draw.random,
            uuid=self._uuid,
        )

    def text(self, identifier: str) -> str:
        """A text of the flow in the language of the session, or in that of the flow."""
        flow = self._instance.form.flow
        for language in (self._instance.session.language, flow.language):
            words = flow.translations.get(language, {}).get(identifier)
            if words is not None:
                return words
        return ""

    def _choice_name(self, name: str, question: str, at: expressions.Node) -> str:
        """The label of a choice, for `jr:choice-name(…, '${question}')`, or with a path between the quotes."""
        formula = self._instance.form.expression(question)
        found = self._instance.found(formula, at) if formula is not None else []
        for node in found:
            if isinstance(node, Question):
                return next((node.words(choice) for choice in node.choices if choice.name == name), "")
        return ""

    def said(self, text_id: str, words: str) -> str:
        """Words of the flow in the language of the session; those given where it has none."""
        language = self._instance.session.language
        return (
            self._instance.form.flow.translations.get(language, {}).get(text_id, words) if language else words
        )
