"""Tells the plan's values in one language: figures with their bounds, judgements, open points with their owners."""

from __future__ import annotations

import datetime as dt
import functools
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import babel.localedata
import msgspec

import flows.words
from document_templates import errors, fields, formats
from flows import locales
from flows import nouns as answers
from planning import figures, given, nouns, parameter_words
from planning import words as plan_words

DASH = "–"
QUESTION_MARKS = ("?", "؟")
MOST_NAMED = 3
"""Open points or inputs named in one cell; the rest are counted."""
LONGEST_HELD = 18
"""Letters of a judgement that a column of a fifth of the page still holds in one line; a longer one may break."""
MOST_LETTERS = 70
"""Of a question or an answer that a figure comes from."""


class Teller:
    """One plan told in one language."""

    def __init__(self, plan: nouns.Plan, language: str) -> None:
        self.plan = plan
        self.language = locales.plain(language)
        if not babel.localedata.exists(self.language):
            raise errors.TemplateError(
                f"No language is known by the name “{language}”; try en, fr, es or sw."
            )
        self.locale = locales.of(language)
        self.formats = formats.Formats(self.locale)
        self._catalogue = flows.words.catalogue("document_templates", self.language)
        self._numbers = {point.id: number for number, point in enumerate(plan.open_points, 1)}
        self._owed = {(point.flow, point.branch, point.key): point for point in plan.open_points}

    def word(self, code: str, **values: object) -> str:
        """A sentence of the document's own catalogue; `count` is `n` as the language writes it."""
        if "n" in values and "count" not in values:
            values["count"] = self.formats.number(float(str(values["n"])))
        return self._catalogue.say(code, **values)

    def plain_words(self) -> dict[str, str]:
        """The sentences without places, which any template may print."""
        plain = {}
        for code in self._catalogue.codes() | flows.words.catalogue("document_templates", "en").codes():
            try:
                plain[code] = self._catalogue.say(code)
            except KeyError:
                continue
        return plain

    def say(self, words: nouns.Words | None) -> str:
        """A text of the plan, or words that somebody wrote; a dash where there are none."""
        return (plan_words.say(words, self.language).strip() if words else "") or DASH

    def all(self, texts: Iterable[nouns.Words]) -> list[str]:
        """Several texts."""
        return [self.say(text) for text in texts]

    def joined(self, texts: Iterable[nouns.Words]) -> str:
        """Several texts in one cell."""
        return "; ".join(self.say(text) for text in texts) or DASH

    def given(self, words: str) -> str:
        """What somebody wrote, or that nobody did."""
        return words.strip() or self.word("not_given")

    def labelled(self, label: str, value: str) -> str:
        """A value behind its label; a question's own sign parts them already."""
        if label.endswith(QUESTION_MARKS):
            return f"{label} {value}"
        return self.word("labelled", label=label.rstrip("."), value=value)

    # --- figures

    def figure(self, figure: nouns.Figure | None) -> str:
        """The value with unit and bounds; while it is not known, the open point that it waits for."""
        if figure is None:
            return DASH
        if figure.value is None:
            waiting = self.points(figure.waits_for)
            if figure.low:
                return f"{self.word('at_least', value=self.amount(figure.low, figure.unit))}; {waiting}"
            return waiting
        value = self.amount(figure.value, figure.unit)
        if figure.low is None or figure.high is None or figure.low == figure.high:
            return value
        return self.word(
            "between",
            value=value,
            low=self.formats.number(figure.low),
            high=self.formats.number(figure.high),
        )

    def amount(self, value: float, unit: str) -> str:
        """A number with its unit."""
        return self.formats.amount(value, unit)

    def short(self, figure: nouns.Figure) -> str:
        """The value without its bounds, for the large print of page one."""
        return self.figure(msgspec.structs.replace(figure, low=None, high=None))

    def fact(self, figure: nouns.Figure, number: str = "") -> fields.Fact:
        """A figure as label and value, with its number where it stands in no other table."""
        return fields.Fact(label=f"{number} {self.say(figure.label)}".strip(), value=self.figure(figure))

    def comes_from(self, figure: nouns.Figure) -> str:
        """The answers and parameters behind a figure."""
        # the institution's own numbers first: these are the ones to be asked about
        told = [self.parameter(one) for one in figure.parameters if one.replaced]
        assumed = [one for one in figure.parameters if not one.replaced]
        if len(figure.inputs) + len(assumed) <= MOST_NAMED + 1:
            told += [self.input(one) for one in figure.inputs]
            told += [self.parameter(one) for one in assumed]
        else:
            told += self._counted(figure.inputs, len(assumed))
        if figure.source is nouns.Source.RULE_OF_THUMB:
            told.append(self.word("rule_of_thumb_note"))
        return "; ".join(told) or self.word("computed")

    def _counted(self, inputs: Sequence[nouns.Input], assumed: int) -> list[str]:
        """Many answers by those who gave them, and many numbers by how many: `/why` lists each."""
        told = [self.input(one) for one in inputs] if len(inputs) <= MOST_NAMED else []
        if len(inputs) > MOST_NAMED:
            names = list(dict.fromkeys(one.respondent for one in inputs if one.respondent))
            named = self._named(names, MOST_NAMED) or self.word("nobody")
            told.append(self.word("from_answers", names=named, n=len(inputs)))
        return [*told, self.word("from_parameters", n=assumed)] if assumed else told

    def parameter(self, one: nouns.Parameter) -> str:
        """A number assumed in half a line, with whose it is where it is not ours."""
        name, value = self.say(parameter_words.name(one.name)), self.amount(one.value, one.unit)
        if one.replaced:
            return self.word("replaced_short", name=name, value=value)
        return self.labelled(name, value)

    def input(self, one: nouns.Input) -> str:
        """An answer in half a line."""
        shown = self.say(one.shown) if one.shown else self.point_of(one.flow, one.branch, one.key)
        # a figure names its answers; whole they stand under the chapter's answers
        told, label = (
            textwrap.shorten(said, MOST_LETTERS, placeholder=" …") for said in (shown, self.say(one.label))
        )
        value = self.labelled(label, told)
        return self.word("by_whom", value=value, name=one.respondent) if one.respondent else value

    def row_number(self, chapter: str, place: int) -> str:
        """The number of a chapter's row, under which `/why` tells its figures; the first one's place is 0."""
        numbers = figures.row_numbers(self.plan, chapter)
        return numbers[place] if place < len(numbers) else DASH

    # --- open points

    def number_of(self, point: nouns.OpenPoint) -> str:
        """The point's number in the list of the basis chapter."""
        return str(self._numbers.get(point.id, DASH))

    def owner(self, point: nouns.OpenPoint) -> str:
        """Who owes it: by name, else by role."""
        return point.owner or (
            self.word(f"role_{point.owner_role}") if point.owner_role else self.word("nobody")
        )

    def points(self, ids: Iterable[str]) -> str:
        """“open: point 12, Jane”, for what waits for these points."""
        known = [point for point in self.plan.open_points if point.id in set(ids)]
        if not known:
            return self.word("not_known")
        numbers = [self.number_of(point) for point in known[:MOST_NAMED]]
        if len(known) > len(numbers):
            numbers.append("…")
        owners = {self.owner(point) for point in known}
        values: dict[str, Any] = {"n": len(known), "numbers": ", ".join(numbers)}
        if len(owners) == 1:
            return self.word("open_point_owner", owner=owners.pop(), **values)
        return self.word("open_point", **values)

    def point_of(self, flow: str, branch: str, key: str) -> str:
        """The open point of one question, or that of the whole section."""
        point = self._owed.get((flow, branch, key)) or self._owed.get((flow, branch, ""))
        return self.points([point.id]) if point else self.word("not_known")

    # --- judgements, dates, people

    def tag(self, severity: nouns.Severity, words: str) -> fields.Tag:
        """Sign and words, with the level that a template colours by."""
        # no break between sign and word, nor within the two or three words of a judgement
        held = words.replace(" ", "\u00a0") if len(words) <= LONGEST_HELD else words
        return fields.Tag(level=severity.value, text=f"{severity.sign}\u00a0{held}")

    def date(self, day: dt.date | dt.datetime | None) -> str:
        """A day; a dash where there is none."""
        if isinstance(day, dt.datetime):
            day = day.date()
        return self.formats.date(day) if day else DASH

    def ranges(self, ranges: Iterable[tuple[dt.date, dt.date]]) -> str:
        """Ranges of days; the word for none where there are none."""
        told = [
            self.word("date_range", start=self.date(first), end=self.date(last))
            for first, last in sorted(ranges)
        ]
        return "; ".join(told) or self.word("none")

    # --- answers

    def answer(self, flow: str, key: str) -> str:
        """What the institution answered to one question, in words; empty where it did not."""
        return self._said.get((flow, key), "")

    @functools.cached_property
    def _said(self) -> dict[tuple[str, str], str]:
        return {(block.flow, one.key): one.shown for block, one in given.every(self.plan) if not block.branch}

    def names(self, names: Sequence[str]) -> str:
        """Names in a sentence, each once; of many the first few, and how many more there are."""
        return self._named(list(dict.fromkeys(names)), nouns.MOST_NAMED)

    def _named(self, names: Sequence[str], most: int) -> str:
        # a single one more is named: its name is no longer than the words that would hide it
        if len(names) <= most + 1:
            return ", ".join(names)
        return self.word("and_others", names=", ".join(names[:most]), n=len(names) - most)

    def sure(self, sure: answers.Sure) -> str:
        """How sure a respondent was: sign and word."""
        return self.word(f"sure_{sure.value}")
