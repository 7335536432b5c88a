"""What the end of a page must not part: tied in Word's own way, row to row."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn

from document_templates import blocks, keeping, look


def tied(rows: int, *, has_header: bool = False, before: str = "") -> list[int]:
    """Which rows of a table of so many are kept with the next, in running text or before a page that must begin."""
    document = docx.Document()
    look.dress(document)
    page = blocks.Page(document)
    table = page.grid(rows, [50, 50], has_header=has_header)
    if has_header:
        blocks.repeat(table.rows[0])
    if before != "the end":
        page.paragraph("", "Spacer")
    if before == "a note and a page on its side":
        page.paragraph("where the answers are", "Note")
    if before.endswith("a page on its side"):
        page.new_section(landscape=True)
    elif before == "a new page":
        blocks.on_new_page(page.heading("Next"))
    if before != "the end":
        for _ in range(keeping.LAST):
            page.paragraph("running text")
    keeping.keep(document)
    return [
        number
        for number, row in enumerate(table.rows)
        if all(
            paragraph.paragraph_format.keep_with_next for cell in row.cells for paragraph in cell.paragraphs
        )
    ]


@pytest.mark.parametrize(
    ("rows", "has_header", "expected"),
    [
        pytest.param(1, False, [], id="one row"),
        pytest.param(1, True, [], id="a head alone"),
        pytest.param(3, False, [0, 1], id="a short table as a whole"),
        pytest.param(8, True, [1, 2, 3, 4, 5, 6], id="the longest that is short; its head is tied by style"),
        pytest.param(9, True, [1, 7], id="a long one at both ends"),
        pytest.param(60, False, [0, 58], id="without a head"),
    ],
)
def test_rows_are_tied_so_that_none_stands_alone(rows, has_header, expected):
    assert tied(rows, has_header=has_header) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("a page on its side", [0, *range(52, 60)], id="a page on its side"),
        pytest.param("a note and a page on its side", [0, *range(53, 60)], id="with a note between"),
        pytest.param("a new page", [0, *range(52, 60)], id="a heading that begins a page"),
        pytest.param("the end", [0, *range(52, 60)], id="the end of the document"),
        pytest.param("", [0, 58], id="running text"),
    ],
)
def test_a_page_that_must_end_holds_more_than_a_scrap(before, expected):
    assert tied(60, before=before) == expected


@pytest.mark.parametrize(
    ("title", "sentences", "expected"),
    [
        pytest.param("Heading 1", 1, [True], id="a sentence"),
        pytest.param("Appendix", 3, [True, True, True], id="as many as lead to a table"),
        pytest.param("Heading 2", 4, [True, False, False, False], id="running text"),
        pytest.param("Body", 1, [False], id="under no title"),
    ],
)
def test_a_title_and_what_leads_to_its_table_stay_with_it(title, sentences, expected):
    document = docx.Document()
    look.dress(document)
    page = blocks.Page(document)
    page.paragraph("Title", title)
    leading = [page.paragraph("a sentence") for _ in range(sentences)]
    page.grid(2, [100])
    for _ in range(keeping.LAST):
        page.paragraph("running text")
    keeping.keep(document)
    assert [bool(paragraph.paragraph_format.keep_with_next) for paragraph in leading] == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        pytest.param("", [0, 28, 29], id="behind an empty line"),
        pytest.param("running text", [0, 28], id="behind words"),
    ],
)
def test_a_remark_stays_with_the_end_of_its_table(between, expected):
    document = docx.Document()
    look.dress(document)
    page = blocks.Page(document)
    table = page.grid(30, [100])
    page.paragraph(between, "Spacer")
    page.paragraph("what the shades mean", keeping.REMARK)
    for _ in range(keeping.LAST):
        page.paragraph("running text")
    keeping.keep(document)
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert [number for number, one in enumerate(kept) if one] == expected


def test_what_is_tied_stays_in_the_order_of_the_schema():
    document = docx.Document()
    look.dress(document)
    table = blocks.Page(document).grid(2, [100])
    blocks.write(table.cell(0, 0), "first", "Table Text")
    keeping.keep(document)
    properties = table.cell(0, 0).paragraphs[0]._p.pPr
    assert [child.tag for child in properties] == [qn("w:pStyle"), qn("w:keepNext")]
