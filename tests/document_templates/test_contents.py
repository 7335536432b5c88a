"""The contents list of somebody's own template: Word has filled it before, and its headings need no numbers."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from document_templates import contents, document
from tests.document_templates import plans

FIRST = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Old one</w:t></w:r>'
LAST = '<w:pPr><w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:pPr><w:r><w:t>Old three</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
ELSEWHERE = '<w:hyperlink w:anchor="annex"><w:r><w:t>see the annex, page 99</w:t></w:r></w:hyperlink>'


def paragraph(on: docx.document.Document, xml: str) -> None:
    on.add_paragraph()._p.extend(parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def saved(made: docx.document.Document) -> bytes:
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def template(*headings: tuple[int, str]) -> bytes:
    """A template with a list of three lines, a link of its own and these headings."""
    made = docx.Document()
    paragraph(made, FIRST)
    paragraph(made, "<w:r><w:t>Old two</w:t></w:r>")
    paragraph(made, LAST)
    paragraph(made, ELSEWHERE)
    for level, words in headings:
        made.add_heading(words, level)
    return saved(made)


def filled(*headings: tuple[int, str], pages: tuple[int, ...] | None = None) -> docx.document.Document:
    """The document that such a template becomes."""
    made = document.make(plans.empty(), template=template(*headings), pages=pages)
    return docx.Document(io.BytesIO(made))


def entries(made: docx.document.Document) -> list[str]:
    """The lines of the list, with tabs as Word shows them."""
    return [
        one.text
        for one in made.paragraphs
        if (link := one._p.find(qn("w:hyperlink"))) is not None
        and link.get(qn("w:anchor")).startswith("_Toc")
    ]


def test_a_list_of_several_lines_is_replaced_as_a_whole():
    made = filled((1, "One"), (2, "Two"))
    assert entries(made) == ["One", "Two"]
    assert "Old" not in "\n".join(one.text for one in made.paragraphs)


def test_a_section_that_ends_with_the_list_still_ends_there():
    made = filled((1, "One"), (2, "Two"))
    assert len(made.sections) == 2
    breaks = [
        one.text for one in made.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ]
    assert breaks == ["Two"]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param((3, "Deep"), id="a level that is not listed"),
        pytest.param((1, ""), id="a heading without words"),
        pytest.param((1, "{% if branches %}Branches{% endif %}"), id="one that the plan leaves empty"),
    ],
)
def test_what_is_not_listed(more):
    assert entries(filled((1, "One"), more, (2, "Two"))) == ["One", "Two"]


def test_a_template_without_headings_keeps_its_list_as_it_is():
    assert "Old one" in [one.text for one in filled().paragraphs]


def test_pages_stand_behind_headings_without_numbers_and_other_links_are_left_alone():
    stand_ins = filled((1, "One"), (2, "Two"), pages=())
    made = docx.Document(io.BytesIO(contents.numbered(saved(stand_ins), (7, 8))))
    assert entries(made) == ["One\t7", "Two\t8"]
    assert "see the annex, page 99" in [one.text for one in made.paragraphs]


def test_a_heading_numbered_by_a_list_that_is_gone_has_no_number():
    own = docx.Document()
    paragraph(own, FIRST)
    paragraph(own, LAST)
    numbering, number = OxmlElement("w:numPr"), OxmlElement("w:numId")
    number.set(qn("w:val"), "999")
    numbering.append(number)
    own.add_heading("One", 1)._p.get_or_add_pPr().append(numbering)
    made = docx.Document(io.BytesIO(document.make(plans.empty(), template=saved(own))))
    assert entries(made) == ["One"]
