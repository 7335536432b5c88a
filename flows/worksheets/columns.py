"""Which questions of a repeat have a column: everything that can be typed into a cell."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from flows import form, instance, kinds, nouns, shown


class Column(msgspec.Struct, frozen=True):
    """One question of every entry."""

    path: str
    """The question's path below its repeat, as `screen/size`: what the hidden row of the sheet says."""
    question: nouns.Question
    label: str
    hint: str

    @property
    def kind(self) -> str:
        """The question's type without its choice list."""
        return self.question.type.partition(" ")[0]


def of(series: instance.Series) -> tuple[Column, ...]:
    """The columns in the flow's order; lists within the list and what is sent in chat have none."""
    return tuple(_columns(series, series.place))


def key(entry: str, column: Column) -> str:
    """The key of a column's answer in an entry."""
    return f"{entry}/{column.path}"


def _columns(series: instance.Series, holder: form.Place) -> Iterator[Column]:
    for place in holder.children:
        if place.kind == "group":
            yield from _columns(series, place)
        elif place.kind != "repeat" and place.kind not in kinds.SILENT | kinds.SENT:
            question = place.question
            path = question.path.removeprefix(f"{series.place.path}/")
            label, hint = shown.phrase(question.label, series), shown.phrase(question.hint, series)
            yield Column(path, question, label, hint)
