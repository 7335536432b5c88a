"""Which questions of a list or a form have a column: everything that can be typed into a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from flows import form, instance, keys, kinds, nouns, shown, wording

In = Callable[[str], str]
"""Fills in the answers that a label names."""


class Column(msgspec.Struct, frozen=True):
    """One question of every row."""

    path: str
    """The question's path below its repeat, as `screen/size`, or in the form: what the hidden row of the sheet says."""
    question: nouns.Question
    label: str
    hint: str

    @property
    def kind(self) -> str:
        """The question's type without its choice list."""
        return self.question.type.partition(" ")[0]


def of(series: instance.Series) -> tuple[Column, ...]:
    """The columns of a list in the flow's order; lists within the list and what is sent in chat have none."""

    def filled(words: str) -> str:
        return shown.phrase(words, series)

    return tuple(_columns(series.place.children, f"{series.place.path}/", filled))


def of_form(made: form.Form) -> tuple[Column, ...]:
    """The columns of a whole form, without its lists; no heading names an answer, for each row has its own."""

    def filled(words: str) -> str:
        return wording.filled(words, lambda _: "")

    return tuple(_columns(made.children, "", filled))


def key(holder: str, column: Column) -> str:
    """The key of a column's answer in an entry, or with an empty holder in the form."""
    return keys.inside(holder, column.path)


def _columns(places: Sequence[form.Place], above: str, filled: In) -> Iterator[Column]:
    for place in places:
        if place.kind == "group":
            yield from _columns(place.children, above, filled)
        elif isinstance(question := place.item, nouns.Question) and _can_be_typed(question, place.kind):
            path = question.path.removeprefix(above)
            yield Column(path, question, filled(question.label), filled(question.hint))


def _can_be_typed(question: nouns.Question, kind: str) -> bool:
    """Not what is sent or computed; nor a choice among entries or a file's rows, which no drop-down could hold."""
    return kind not in kinds.SILENT | kinds.SENT and question.itemset is None
