"""`or_other`: one choice more in a list, and behind the select a question that asks which."""

from __future__ import annotations

import msgspec

from flows import kinds, nouns

OTHER = nouns.Choice("other", "Other")
"""The choice that XLSForm adds."""

SUFFIX = "_other"
"""Behind the name of the select: the name of the question that asks which."""

ASKED = "Specify other."
"""The label of that question, in XLSForm's own words."""


def asked(question: nouns.Question) -> tuple[nouns.Question, nouns.Question]:
    """The select with its further choice, and the question that follows it."""
    choices = question.choices
    if all(choice.name != OTHER.name for choice in choices):
        choices = (*choices, OTHER)
    several = question.type.partition(" ")[0] in kinds.SEVERAL
    chosen = f"selected(${{{question.name}}}, '{OTHER.name}')"
    which = nouns.Question(
        type="text",
        name=question.name + SUFFIX,
        path=question.path + SUFFIX,
        label=ASKED,
        relevant=chosen if several else f"${{{question.name}}} = '{OTHER.name}'",
        line=question.line,
    )
    return msgspec.structs.replace(question, choices=choices, or_other=True), which
