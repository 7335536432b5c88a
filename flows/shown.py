"""Answers in words, as people read them: labels of choices, numbers with their unit, dates with their month."""

from __future__ import annotations

import datetime as dt
import functools

from flows import instance, locales, nouns, units, wording


def in_words(question: instance.Question) -> str:
    """The question's value in words; empty where there is none."""
    return said(question, question.value)


def said(question: instance.Question, value: nouns.Value) -> str:
    """A value of the question in words."""
    language = question.instance.form.flow.language
    match value:
        case None:
            return ""
        case list():
            return ", ".join(_label(question, name) for name in value)
        case int() | float():
            return units.amount(locales.number(value, language), value, question.item.unit, language)
        case nouns.Point():
            return f"{value.latitude:.5f}, {value.longitude:.5f}"
        case nouns.Attachment():
            return value.name or value.kind
    if question.place.kind == "select_one":
        return _label(question, value)
    return told(value, question.place.kind, language)


def told(value: str, kind: str, language: str) -> str:
    """A text as people read it: dates and hours as they are said, anything else as it stands."""
    match kind:
        case "date":
            return locales.date(dt.date.fromisoformat(value), language)
        case "time":
            return _hour(dt.time.fromisoformat(value))
        case "dateTime":
            moment = dt.datetime.fromisoformat(value)
            return f"{locales.date(moment.date(), language)}, {_hour(moment.time())}"
    return value


def _hour(time: dt.time) -> str:
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def words(node: instance.Branching, field: str) -> str:
    """A label, hint or message of the node in the language of the session, with the answers it names."""
    return phrase(untold(node, field), node)


def untold(node: instance.Branching, field: str) -> str:
    """The same with the names of the answers as they stand in the flow."""
    return node.instance.host.said(f"{node.place.path}:{field}", str(getattr(node.place.item, field, "")))


def phrase(label: str, node: instance.Branching) -> str:
    """A label of the node with the answers it names filled in, as seen from there."""
    return wording.filled(label, functools.partial(_named, node))


def heading(node: instance.Branching) -> str:
    """The headings that the node stands under, outermost first."""
    found: list[str] = []
    holder = node.parent
    while isinstance(holder, instance.Group):
        found.append(title(holder))
        holder = holder.parent
    return " · ".join(part for part in reversed(found) if part)


def title(node: instance.Branching) -> str:
    """What a group, a repeat, an entry or a question is called; an entry by its answer, where its label names one."""
    said = untold(node, "label")
    own = {name for name in wording.names(said) if _is_inside(node, name)}
    if isinstance(node, instance.Series):
        # from outside, an answer of an entry would be those of all entries
        return wording.filled(said, lambda name: "" if name in own else _named(node, name))
    label = phrase(said, node)
    if isinstance(node, instance.Entry) and not own:
        return f"{label or node.name} {node.position}"
    return label


def _is_inside(node: instance.Branching, name: str) -> bool:
    """Whether a name stands in the node's repeat."""
    place = node.instance.form.place(name)
    return place is not None and node.place in place.repeats


def _named(node: instance.Branching, name: str) -> str:
    if node.instance.form.place(name) is None:
        formula = node.instance.form.expression(name)
        return "" if formula is None else node.instance.string(formula, node)
    found = node.instance.named(name, node)
    words = [in_words(each) if isinstance(each, instance.Question) else each.text for each in found]
    return ", ".join(word for word in words if word)


def _label(question: instance.Question, name: str) -> str:
    choices = (*question.choices, *question.item.choices)
    label = next((question.words(choice) for choice in choices if choice.name == name), name)
    return phrase(label, question)
