"""Answers that their own questions do not take: the plan names them, and waits for others instead of reckoning with them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from flows import instance, shown, values
from flows import nouns as flow_nouns
from planning import facts, nouns

MOST_QUOTED = 60
"""Characters of a wrong answer that the plan repeats: enough to find it."""


def of_section(section: facts.Section) -> Iterator[nouns.Text]:
    """A sentence about each of a section: what was asked, what was said, and what to send instead."""
    for node in _questions(section):
        if facts.refused(node) and node.answer is not None:
            yield nouns.Text(
                "warning.refused",
                {
                    "question": shown.words(node, "label") or node.key,
                    "shown": _said(section, node, node.answer.value),
                    "what_to_do": shown.words(node, "constraint_message") or nouns.Text("warning.correct_it"),
                },
            )
    lost = sum(section.instance.find(key) is None for key in section.answers.answers)
    if lost:
        yield nouns.Text("warning.no_such_question", {"section": section.flow.title, "n": lost})


def _said(section: facts.Section, node: instance.Question, given: flow_nouns.Value) -> str:
    """What was said: as the question shows it, or as it stands in the book where it is no answer to such a question."""
    if node.value is not None:
        return facts.in_words(node.item, node.value, section.flow.language)
    return textwrap.shorten(values.written(given), MOST_QUOTED, placeholder=" …")


def _questions(section: facts.Section) -> Iterator[instance.Question]:
    for _, part in section.parts():
        entries = part.entries if isinstance(part, instance.Series) else ()
        below = [node for entry in entries for _, node in facts.walk(entry.parts, "")]
        for node in (part, *below):
            if isinstance(node, instance.Question):
                yield node
