"""A question as it stands in the session: its answer, its value, its choices.

What it is worth is, in this order: what a respondent answered, what the form itself set, its calculation, its
default. A calculation whose value becomes another takes the place of what was set before. One that calls `once`
looks back at what it came to, which the form therefore sets: it stands in the session.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows import form, kinds, nouns, ranges, values
from flows.expressions import nodes as tree
from flows.instance import cells, nodes

if TYPE_CHECKING:
    from flows.instance import living
    from flows.instance.nodes import Holder

ACKNOWLEDGED = (nouns.Choice(kinds.ANSWERED_OK, kinds.ANSWERED_OK),)
"""The one choice of an acknowledgement."""


class Question(nodes.Branching):
    """A question, or a value that the form keeps for itself."""

    __slots__ = (
        "_calculated", "_choices", "_fitted", "_fitted_text", "_looking", "_watched", "data_kind", "kind_of",
    )  # fmt: skip

    def __init__(self, instance: living.Instance, place: form.Place, parent: Holder, key: str) -> None:
        super().__init__(instance, place, parent, key)
        self.kind_of = place.kind
        self.data_kind = place.question.data_type or place.kind
        """The type of its value."""
        self._calculated: cells.Cell | None = None
        self._choices: cells.Cell | None = None
        self._looking: cells.Cell | None = None
        """Its calculation, where that looks back at what it came to."""
        self._fitted: nouns.Value = None
        self._fitted_text = ""
        self._watched: cells.Cell | None = None

    def begin(self) -> None:
        """Make its cells, and take its value from the session."""
        super().begin()
        formulas = self.place.formulas
        if "choice_filter" in formulas or "itemset" in formulas:
            self._choices = self.cell(nodes.CHOICES, self._offered, at_first=())
        if formula := formulas.get("calculation"):
            worth = functools.partial(self._calculate, formula)
            self._calculated = self.cell(nodes.VALUE, worth, then=self._overwrite)
            self._looking = self._calculated if form.LOOKING_BACK in formula.calls else None
        if self.place.doings:
            watch = functools.partial(getattr, self, "text")
            self._watched = self.cell(nodes.CHECK, watch, then=self._set_off)
        self.take()

    @property
    def item(self) -> nouns.Question:
        """Its definition."""
        return self.place.question

    @property
    def answer(self) -> nouns.Answer | None:
        """What was answered, whether it applies or not."""
        return self.instance.answers.get(self.key)

    @property
    def is_set(self) -> bool:
        """Whether somebody answered it, or the form set it."""
        return self.key in self.instance.answers or self.key in self.instance.values

    @property
    def asked(self) -> bool:
        """Whether someone can answer it: not computed, not shown only, and with choices if it needs them."""
        if self.kind_of in kinds.SILENT or self.read_only:
            return False
        return self.kind_of not in kinds.SELECTS or bool(self.choices)

    # --- choices -----------------------------------------------------------------------------------

    @property
    def choices(self) -> tuple[nouns.Choice, ...]:
        """The choices that it offers now."""
        if self._choices is not None:
            offered: tuple[nouns.Choice, ...] = self._choices.get(self.instance.works)
            return offered
        return ACKNOWLEDGED if self.kind_of == "acknowledge" else self.item.choices

    def _offered(self) -> tuple[nouns.Choice, ...]:
        if "itemset" in self.place.formulas:
            return self._found()
        narrowed = self.place.formulas["choice_filter"]
        return tuple(choice for choice in self.item.choices if self._offers(narrowed, choice))

    def _offers(self, narrowed: form.Formula, choice: nouns.Choice) -> bool:
        row = tree.element("item")
        for column, value in {"name": choice.name, "label": choice.label, **choice.extra}.items():
            row.append(tree.element(column, value))
        return self.instance.truth(narrowed, row, otherwise=True, current=self)

    def _found(self) -> tuple[nouns.Choice, ...]:
        """The choices that are nodes; one without a name is none."""
        formulas = self.place.formulas
        found: dict[str, nouns.Choice] = {}
        for node in self.instance.found(formulas["itemset"], self):
            name = self.instance.string(formulas["itemset_value"], node, self)
            if name and name not in found:
                label = self.instance.string(formulas["itemset_label"], node, self)
                found[name] = nouns.Choice(name, label or name)
        return tuple(found.values())

    def words(self, choice: nouns.Choice) -> str:
        """The words of a choice in the language of the session."""
        list_name = self.item.type.partition(" ")[2]
        return self.instance.host.said(f"{list_name}:{choice.name}", choice.label)

    # --- value -------------------------------------------------------------------------------------

    @property
    def value(self) -> nouns.Value:
        """What it is worth to expressions, the review and the documents: empty where it does not apply."""
        if not self.relevant:
            return None
        works = self.instance.works
        value = self._fitted
        # who looks back sees what the session has, and is no reason to compute anew
        if works.reader is None or works.reader is not self._looking:
            self.read(works)
            if self._calculated is not None and not self.is_set:
                value = self._calculated.get(works)
        if self._choices is not None and value is not None:
            value = self._fitting(value, self.choices)
        return value

    @property
    def text(self) -> str:
        """Its value as XForms writes it."""
        works = self.instance.works
        if self.guards and not self.relevant:
            return ""
        if works.reader is not None and works.reader is not self._looking:
            self.read(works)
        if self._calculated is None and self._choices is None:
            return self._fitted_text
        return values.written(self.value, self.data_kind)

    def take(self) -> None:
        """Take its value from the session, which holds another now."""
        key, living = self.key, self.instance
        answer = living.answers.get(key)
        if answer is not None:
            raw = answer.value
        elif key in living.values:
            raw = living.values[key]
        else:
            begun = living.form.flow.values.get(key)
            raw = self._default if begun is None else begun
        before = self._fitted
        self._fitted = self._fitting(raw, self._static_choices)
        self._fitted_text = values.written(self._fitted, self.data_kind)
        if before != self._fitted or self._calculated is not None:
            self.changed(living.works)
        if self._looking is not None and not self.is_set:
            living.works.stale(self._looking)

    @property
    def _default(self) -> nouns.Value:
        default = self.item.default
        return None if not default or form.is_dynamic(default) else default

    @property
    def _static_choices(self) -> Sequence[nouns.Choice] | None:
        """The choices by which its value is judged where no cell does that."""
        return None if self._choices is not None else self.choices

    def _calculate(self, formula: form.Formula) -> nouns.Value:
        if not self.relevant:
            return None
        value = self._fitting(self.instance.computed(formula, self), self._static_choices)
        if self._looking is not None:
            # that time passes, or the form is made anew, is no reason to come to something else
            if self.is_set and self.instance.is_quiet:
                return self._fitted
            self.instance.remember(self, value)
        return value

    def _fitting(self, value: nouns.Value, choices: values.Choices) -> nouns.Value:
        fitted = values.fitting(value, self.data_kind, choices)
        is_outside = self.kind_of == "range" and not ranges.holds(self.item, fitted)
        return None if is_outside else fitted

    def _overwrite(self, old: object) -> None:
        """What was set gives way to a calculation that came to another value."""
        assert self._calculated is not None  # noqa: S101  # what follows from a calculation
        is_other = self._calculated.value != self._fitted
        if old is not cells.NEVER and self.is_set and self.relevant and is_other:
            self.instance.overwritten(self)

    def _set_off(self, old: object) -> None:
        """Do what a change of its value sets off."""
        if old is not cells.NEVER:
            self.instance.set_off(self, form.VALUE_CHANGED)

    # --- judging -----------------------------------------------------------------------------------

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self.instance.holds(self, "required", otherwise=False)

    @property
    def is_valid(self) -> bool:
        """Whether its constraint holds; nothing is wrong with no answer."""
        return not self.text or self.instance.holds(self, "constraint", otherwise=True)
