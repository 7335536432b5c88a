"""The standard template: built by script, the same every time, valid, and clean by our own linter."""

from __future__ import annotations

import io
import zipfile

import docx
import openxml_audit

from document_templates import build, lint, rendering
from planning import outline


def test_the_committed_template_is_what_the_script_builds():
    assert build.template() == rendering.STANDARD_TEMPLATE.read_bytes(), "run `groundwork template build`"


def test_the_template_opens_cleanly_in_word():
    result = openxml_audit.OpenXmlValidator().validate(rendering.STANDARD_TEMPLATE)
    assert result.errors == []


def test_the_template_passes_its_own_linter():
    assert lint.lint(rendering.STANDARD_TEMPLATE.read_bytes()) == []


def test_every_chapter_of_the_outline_has_its_heading():
    document = docx.Document(str(rendering.STANDARD_TEMPLATE))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for chapter in outline.CHAPTERS:
        assert f"{{{{ chapter.{chapter.key}.title }}}}" in text


def test_no_part_carries_a_date_of_building():
    with zipfile.ZipFile(io.BytesIO(rendering.STANDARD_TEMPLATE.read_bytes())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_all_looks_come_from_styles():
    """A consultant rebrands by changing styles, so no run of the body may carry a font, size or colour of its own."""
    document = docx.Document(str(rendering.STANDARD_TEMPLATE))
    for name in ("w:sz", "w:color", "w:rFonts", "w:b"):
        runs = document.element.body.xpath(f".//w:r/w:rPr/{name}")
        assert runs == [], name
