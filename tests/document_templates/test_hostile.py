"""Answers cannot become code, markup or broken text, and templates cannot reach past their fields."""

from __future__ import annotations

import io

import docx
import msgspec
import openxml_audit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from document_templates import cleaning, document, errors, lint, rendering, word_template
from tests.document_templates import plans, templates

TEMPLATE = rendering.STANDARD_TEMPLATE.read_bytes()

ANSWERS = [
    pytest.param("{{ 7*7 }} {% raw %}", "{{ 7*7 }} {% raw %}", id="Jinja"),
    pytest.param("{% for x in range(10**9) %}", "{% for x in range(10**9) %}", id="an endless loop"),
    pytest.param("{{ institution.name }}", "{{ institution.name }}", id="a field's name"),
    pytest.param("</w:t></w:r></w:p><w:p/>", "</w:t></w:r></w:p><w:p/>", id="Word's XML"),
    pytest.param("A & B <b>bold</b> \"q\" 'q'", "A & B <b>bold</b> \"q\" 'q'", id="signs of XML"),
    pytest.param("<!DOCTYPE x [<!ENTITY e 'x'>]>&e;", "<!DOCTYPE x [<!ENTITY e 'x'>]>&e;", id="an entity"),
    pytest.param("a\x00b\x07c\x0cd\x1be", "abcde", id="control characters"),
    pytest.param("a\ud800b\udfffc", "abc", id="lone surrogates"),
    pytest.param("gpj.\u202eexe\u2066x", "gpj.exex", id="bidirectional overrides"),
    pytest.param("one\r\ntwo\rthree", "one\ntwo\nthree", id="returns"),
    pytest.param("𝒳 🏦 محلي Ünïcode", "𝒳 🏦 محلي Ünïcode", id="all of Unicode"),
    pytest.param("x" * 30_000, "x" * 30_000, id="a long answer"),
]


@pytest.mark.parametrize(("answer", "printed"), ANSWERS)
def test_an_answer_is_printed_as_it_was_typed(answer, printed, tmp_path):
    plan = plans.empty()
    institution = msgspec.structs.replace(plan.institution, name=answer)
    data = document.make(msgspec.structs.replace(plan, institution=institution), template=TEMPLATE)
    (tmp_path / "plan.docx").write_bytes(data)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors == []
    reopened = docx.Document(io.BytesIO(data))
    assert printed in reopened.tables[0].cell(0, 0).text
    assert reopened.core_properties.author == printed[: word_template.LONGEST_PROPERTY]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), min_size=1, max_size=60))
def test_whatever_is_typed_the_file_opens(answer):
    small = templates.made("{{ institution.name }}", title="{{ institution.name }}")
    plan = msgspec.structs.replace(
        plans.empty(), institution=msgspec.structs.replace(plans.institution(), name=answer)
    )
    reopened = docx.Document(io.BytesIO(document.make(plan, template=small)))
    wanted = (
        cleaning.text(answer)
        .replace("{_{", "{{")
        .replace("}_}", "}}")
        .replace("{_%", "{%")
        .replace("%_}", "%}")
    )
    assert _on_one_line(reopened.paragraphs[0].text) == _on_one_line(wanted)


def _on_one_line(words: str) -> str:
    """Without ends of lines; which spaces may end one is no matter of what was typed: a number keeps its sign."""
    return words.replace("\n", "").replace("\u00a0", " ").replace("\u202f", " ")


PAYLOADS = [
    pytest.param("{{ institution.__class__ }}", id="a class"),
    pytest.param("{{ ''.__class__.__mro__[1].__subclasses__() }}", id="all classes"),
    pytest.param("{{ ''['__class__'] }}", id="a class by item"),
    pytest.param("{{ ''|attr('__class__') }}", id="a class by filter"),
    pytest.param("{{ self.__init__.__globals__ }}", id="the template's globals"),
    pytest.param("{{ self._TemplateReference__context }}", id="the template's context"),
    pytest.param("{{ cycler.__init__.__globals__.os.popen('id').read() }}", id="cycler"),
    pytest.param("{{ joiner.__init__.__globals__ }}", id="joiner"),
    pytest.param("{{ namespace.__init__.__globals__ }}", id="namespace"),
    pytest.param("{{ lipsum.__globals__['os'].popen('id').read() }}", id="lipsum"),
    pytest.param("{{ lipsum() }}", id="a global function"),
    pytest.param("{{ dict(a=1) }}", id="dict"),
    pytest.param("{{ range(10**9) }}", id="a range"),
    pytest.param("{{ 'x' * 10**9 }}", id="repeated text"),
    pytest.param("{{ 9 ** 9 ** 9 }}", id="a huge power"),
    pytest.param("{{ '%01000000000d' % 1 }}", id="old formatting"),
    pytest.param("{{ '{0.__class__}'.format(institution) }}", id="new formatting"),
    pytest.param("{{ 'x'|format }}", id="the format filter"),
    pytest.param("{{ 'x'.join(['a']) }}", id="a method of text"),
    pytest.param("{{ institution.items() }}", id="a method of a mapping"),
    pytest.param("{{ 'x'|center(1000000000) }}", id="the center filter"),
    pytest.param("{{ [1]|map('string')|list }}", id="the map filter"),
    pytest.param("{% include '/etc/passwd' %}", id="include"),
    pytest.param("{% import 'os' as os %}", id="import"),
    pytest.param("{% extends 'x' %}", id="extends"),
    pytest.param("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", id="a macro that calls itself"),
    pytest.param("{{ loop() }}", id="a recursive loop"),
    pytest.param("{{ '<w:p/>'|safe }}", id="unescaped text"),
    pytest.param("{{ institution.nmae }}", id="an unknown field"),
]


@pytest.mark.parametrize("part", ["body", "header", "title"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_refused_wherever_it_stands(payload, part):
    template = templates.made(**{part: payload})
    with pytest.raises(errors.TemplateError):
        document.make(plans.empty(), template=template)
    assert lint.lint(template), "the linter sees it without filling it"
