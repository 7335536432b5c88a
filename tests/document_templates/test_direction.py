"""Right to left: what Word must find where a language is written that way, and nothing of it elsewhere."""

from __future__ import annotations

import io

import docx
import openxml_audit
import pytest
from docx.oxml.ns import qn

from document_templates import document, rendering
from tests.document_templates import accessibility, plans

TEMPLATE = rendering.STANDARD_TEMPLATE.read_bytes()


@pytest.fixture(scope="module")
def arabic() -> bytes:
    return document.make(plans.empty(), template=TEMPLATE, language="ar")


def test_arabic_is_turned_around_and_opens_cleanly(arabic, tmp_path):
    reopened = docx.Document(io.BytesIO(arabic))
    normal = reopened.styles["Normal"].element
    assert normal.pPr.find(qn("w:bidi")) is not None
    body = reopened.element.body
    for mark, owner in (("w:bidiVisual", "w:tblPr"), ("w:bidi", "w:sectPr"), ("w:rtl", "w:rPr")):
        owners = list(body.iter(qn(owner)))
        assert owners
        assert all(one.find(qn(mark)) is not None for one in owners), owner
    assert accessibility.findings(arabic) == []
    (tmp_path / "plan.docx").write_bytes(arabic)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors == []


def test_headings_keep_their_size_in_the_other_script(arabic):
    heading = docx.Document(io.BytesIO(arabic)).styles["Heading 1"].element.rPr
    assert heading.find(qn("w:szCs")).get(qn("w:val")) == heading.find(qn("w:sz")).get(qn("w:val"))


def test_tables_and_sections_of_an_own_template_are_turned_around_too(tmp_path):
    own = docx.Document()
    own.add_table(rows=1, cols=2)
    section = own.element.body.sectPr
    section.remove(section.find(qn("w:docGrid")))
    saved = io.BytesIO()
    own.save(saved)
    turned, plain = (
        document.make(plans.empty(), template=saved.getvalue(), language=language)
        for language in ("ar", "en")
    )
    body = docx.Document(io.BytesIO(turned)).element.body
    assert body.find(f".//{qn('w:tblPr')}").find(qn("w:bidiVisual")) is not None
    assert body.sectPr.find(qn("w:bidi")) is not None
    found = []
    for made in (turned, plain):
        (tmp_path / "plan.docx").write_bytes(made)
        errors = openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors
        found.append([error.description for error in errors])
    assert found[0] == found[1], "it opens as cleanly as before"


def test_english_is_left_as_it_is():
    made = docx.Document(io.BytesIO(document.make(plans.empty(), template=TEMPLATE)))
    for mark in ("w:bidi", "w:bidiVisual", "w:rtl"):
        assert list(made.element.iter(qn(mark))) == []
        assert list(made.styles.element.iter(qn(mark))) == []
