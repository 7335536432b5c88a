"""Whatever somebody types stands as typed in every field of every part, as words and as nothing else."""

from __future__ import annotations

import io
import re
import typing
from collections.abc import Iterator
from typing import Any

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from document_templates import cleaning, context, fields, parts, passages, sandbox, shapes, word_template
from tests.document_templates import plans, templates

FIELD = "{{ institution.name }}"

HOSTILE = st.sampled_from(
    ["{{ 7*7 }}", "{% for x in y %}", "{% endraw %}", "{#", "]]>", "<![CDATA[", "</w:t></w:r></w:p>", "<w:p/>", "&amp;", "&#0;",
     "\x00", "\x07", "\x0b", "\x0c", "\x1b", "\ud800", "\udfff", "\u202e", "\u2066", "\u200f", "\ufeff", "\uffff", "\u2028",
     "\t", "\n", "\r\n", "“", "’", "«", "'", '"', "\\", "{", "}", "%", " ", "\u00a0", "🏦", "e\u0301", "<?xml?>", "${x}", "%s"]
)  # fmt: skip
ANSWERS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(HOSTILE, max_size=12).map("".join),
    st.text("abc {<&", min_size=4096, max_size=5000),
)


def shown(answer: str) -> str:
    """What a reader sees of an answer; docxtpl writes braces with a line between them as bare ones."""
    plain = cleaning.text(answer)
    for written, bare in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        plain = plain.replace(written, bare)
    return plain


def tags(shape: shapes.Shape, path: str, depth: int = 0) -> Iterator[str]:
    """A tag for every text behind a field, those of lists in loops."""
    if shape is str:
        yield f"{{{{ {path} }}}}"
    elif shapes.is_list(shape):
        inner = "".join(tags(shapes.element(shape), f"x{depth}", depth + 1))
        yield f"{{% for x{depth} in {path} %}}{inner}{{% endfor %}}"
    elif typing.get_args(shape):
        if path == "chapter":
            yield from tags(typing.get_args(shape)[1], f"{path}.hosting", depth)
    elif shape is not bool:
        for name, inner_shape in typing.get_type_hints(shape).items():
            yield from tags(inner_shape, f"{path}.{name}".lstrip("."), depth)


def filled_with(value: Any, answer: str) -> Any:
    """The fields of a plan with the answer in the place of every text."""
    if isinstance(value, str):
        return answer
    if isinstance(value, dict):
        return {key: filled_with(item, answer) for key, item in value.items()}
    return [filled_with(item, answer) for item in value] if isinstance(value, list) else value


TOLD = msgspec.to_builtins(context.tell(plans.full(), "en"))
TAGS = tuple(tags(fields.Document, ""))
EVERY_FIELD = templates.made("\n".join(TAGS))
"""A paragraph for each of the tags."""


def every_part() -> bytes:
    template = templates.made(FIELD, header=FIELD, footer=FIELD, title=FIELD, row=(FIELD,), box=FIELD)
    for beside in (
        templates.note(FIELD), templates.note(FIELD, "endnote"), templates.note(FIELD, "comment"),
        templates.own_property(FIELD),
    ):  # fmt: skip
        template = templates.with_beside(beside, template)
    return template


def rendered(template: bytes, answer: str) -> bytes:
    made = word_template.Template(io.BytesIO(template))
    made.render(cleaning.tree(filled_with(TOLD, answer)), sandbox.Environment())
    saved = io.BytesIO()
    made.docx.save(saved)
    return saved.getvalue()


def texts(document: docx.document.Document) -> Iterator[tuple[str, str]]:
    """The words of every paragraph and property with the part they stand in, line feeds and tabs as such."""
    for part in parts.every(document):
        kind = parts.kind(part)
        if kind == "property":
            yield from (("property", element.text) for element in passages.properties(parts.tree(part)))
        elif kind:
            for paragraph in parts.tree(part).iter(qn("w:p")):
                own = [
                    node
                    for node in paragraph.iter()
                    if next(node.iterancestors(qn("w:p")), None) is paragraph
                ]
                yield kind, "".join(_written(node) for node in own)


def _written(node: etree._Element) -> str:
    return {qn("w:t"): node.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag, "")


EXAMPLES = ("{{ 7*7 }}{% for x in y %}]]>\x00\ud800\u202e<w:p/>", "x" * 4096, " a  b\n\n\tc ")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS)
@example(EXAMPLES[0])
@example(EXAMPLES[1])
@example(EXAMPLES[2])
def test_an_answer_stands_as_typed_in_every_part(answer):
    found: dict[str, set[str]] = {}
    for kind, words in texts(docx.Document(io.BytesIO(rendered(every_part(), answer)))):
        found.setdefault(kind, set()).add(words)
    expected = shown(answer)
    for kind in ("text", "header", "footer", "footnote", "endnote", "comment"):
        assert found[kind] <= {expected, ""}, kind
        assert expected in found[kind], kind
    for written in found["property"] - {"python-docx"}:
        assert (
            re.match(r"\d|generated|python", written)
            or written == cleaning.text(answer)[: word_template.LONGEST_PROPERTY]
        )


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS)
@example(EXAMPLES[0])
def test_an_answer_stands_as_typed_in_every_field(answer):
    expected = shown(answer)
    body = [
        words
        for kind, words in texts(docx.Document(io.BytesIO(rendered(EVERY_FIELD, answer))))
        if kind == "text"
    ]
    assert len(body) == len(TAGS)
    for words in body:
        assert words == expected * (len(words) // len(expected) if expected else 0)


@pytest.mark.parametrize("answer", EXAMPLES)
def test_what_was_typed_reaches_most_fields(answer):
    words = [text for _, text in texts(docx.Document(io.BytesIO(rendered(EVERY_FIELD, answer))))]
    assert sum(shown(answer) in text for text in words) >= 60
