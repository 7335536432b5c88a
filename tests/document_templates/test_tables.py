"""Widths of columns: each holds its longest word, and the table stays as wide as it was."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from document_templates import blocks, look, tables


@pytest.mark.parametrize(
    ("widths", "words", "fitted"),
    [
        pytest.param([500, 500, 2000], [100, 100, 100], [500, 500, 2000], id="all have room"),
        pytest.param([300, 700, 2000], [170, 100, 100], [400, 682, 1918], id="those with room give of it"),
        pytest.param([500, 500], [0, 0], [500, 500], id="no words"),
        pytest.param([900, 900, 900], [2000, 10, 10], [900, 900, 900], id="a word of half a page may break"),
        pytest.param([300, 300, 300], [500, 500, 500], [300, 300, 300], id="nobody has anything to give"),
    ],
)
def test_a_column_takes_what_its_longest_word_needs(widths, words, fitted):
    assert tables.roomy(widths, words, sum(widths)) == fitted


@given(
    st.lists(st.tuples(st.integers(100, 5_000), st.integers(0, 3_000)), min_size=1, max_size=9),
)
def test_widening_one_column_neither_widens_the_table_nor_breaks_another_ones_words(columns):
    widths, words = [width for width, _ in columns], [word for _, word in columns]
    whole = sum(widths)
    fitted = tables.roomy(widths, words, whole)
    assert sum(fitted) == whole
    for before, after, word in zip(widths, fitted, words, strict=True):
        least = min(word + tables.MARGINS, whole // tables.MOST_OF_TABLE) if word else 0
        assert after >= min(before, least)


def widths_of(table) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]


def page() -> blocks.Page:
    document = docx.Document()
    look.dress(document)
    return blocks.Page(document)


def filled(on: blocks.Page, *rows: tuple[str, ...]):
    """A table of two columns, the first narrow."""
    table = on.grid(len(rows), [10, 90])
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            blocks.write(cell, text, "Table Text")
    return table


def test_tables_with_the_same_head_keep_their_columns_at_the_same_places():
    on = page()
    one = filled(on, ("Where", "What"), ("here", "words"))
    other = filled(on, ("Where", "What"), ("Administrativement", "words"))
    third = filled(on, ("Who", "What"), ("he", "words"))
    tables.fit(on.document)
    assert widths_of(one) == widths_of(other)
    assert widths_of(one)[0] > widths_of(third)[0] == blocks.PORTRAIT_WIDTH // 10


def test_a_table_with_merged_cells_keeps_the_widths_that_its_template_gave_it():
    on = page()
    table = filled(on, ("Where", "What"), ("Administrativement", "words"))
    before = widths_of(table)
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(1, 1))
    tables.fit(on.document)
    assert widths_of(table) == before


def test_larger_type_asks_for_more_room():
    found = []
    for style in ("Table Text", "Card Value"):
        on = page()
        table = filled(on, ("", "What"))
        blocks.write(table.cell(0, 0), "Administrativement", style)
        tables.fit(on.document)
        found.append(widths_of(docx.Document(_saved(on.document)).tables[0])[0])
    assert found[0] < found[1]


def _saved(document) -> io.BytesIO:
    saved = io.BytesIO()
    document.save(saved)
    return saved
