"""The building blocks of a template: paragraphs, conditions, loops and tables, as docxtpl reads them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm

from document_templates import look

PORTRAIT_WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page: 170 mm."""
LANDSCAPE_WIDTH = 14570
"""257 mm."""
_MARGIN_MM = 20
TWIP = 635
"""English metric units in a twentieth of a point."""


class Column(NamedTuple):
    """A column of a table whose rows are a list of fields."""

    share: int
    """Of the table's width, in percent."""
    heading: str
    """Id in the catalogue; empty for a table without a header row."""
    cell: str
    """What the cell prints, as `{{ gap.what }}`; for a tag its name alone, as `gap.tag`."""
    style: str = "Table Text"
    lines: str = ""
    """A list of texts that stand below that or in its place, a line each, as `row.places`."""


class Page:
    """A document under construction."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = PORTRAIT_WIDTH

    def paragraph(self, text: str, style: str = "Body") -> Any:
        """A paragraph; `text` may hold `{{ }}`."""
        return self.document.add_paragraph(text, style=style)

    def leading(self, text: str) -> Any:
        """A paragraph that stays on one page with the table that it leads to."""
        paragraph = self.paragraph(text)
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def heading(self, text: str, level: int = 1) -> Any:
        """A numbered heading."""
        return self.document.add_paragraph(text, style=f"Heading {level}")

    @contextlib.contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What is added inside is printed only where `condition` holds."""
        self.paragraph(f"{{%p if {condition} %}}", "Note")
        yield
        self.paragraph("{%p endif %}", "Note")

    @contextlib.contextmanager
    def each(self, name: str, items: str) -> Iterator[None]:
        """What is added inside is printed for each of `items`."""
        self.paragraph(f"{{%p for {name} in {items} %}}", "Note")
        yield
        self.paragraph("{%p endfor %}", "Note")

    def every(self, items: str, style: str = "Body") -> None:
        """A paragraph for each text of `items`."""
        with self.each("line", items):
            self.paragraph("{{ line }}", style)

    def caption(self, text: str) -> Any:
        """“Table n: text”; the numbers are set after rendering."""
        paragraph = self.paragraph("{{ word.table }} ", "Caption")
        field(paragraph, " SEQ Table \\* ARABIC ", "1")
        paragraph.add_run(f"{{{{ word.colon }}}} {text}")
        return paragraph

    def table(
        self, name: str, items: str, columns: Sequence[Column], *, caption: str = "", together: bool = False
    ) -> None:
        """A table with a row for each of `items`, its header row repeated; nothing at all where there is none.

        Rows that stand `together` are not parted by the end of a page, as long as a page can hold them.
        """
        with self.when(items):
            if caption:
                self.caption(caption)
            has_header = any(column.heading for column in columns)
            table = self.grid(3 + has_header, [column.share for column in columns], has_header=has_header)
            rows = iter(table.rows)
            if has_header:
                header = next(rows)
                repeat(header)
                for cell, column in zip(header.cells, columns, strict=True):
                    style = "Table Heading Number" if column.style == "Table Number" else "Table Heading"
                    write(cell, f"{{{{ word.{column.heading} }}}}", style)
            write(next(rows).cells[0], f"{{%tr for {name} in {items} %}}", "Table Text")
            body = next(rows)
            whole(body)
            for cell, column in zip(body.cells, columns, strict=True):
                if "{" in column.cell:
                    write(cell, column.cell, column.style)
                elif column.cell:
                    tag(cell.paragraphs[0], column.cell)
                if column.lines:
                    every(cell, column.lines, "Table Label" if column.cell else column.style)
                if together:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
            write(next(rows).cells[0], "{%tr endfor %}", "Table Text")
            self.paragraph("", "Spacer")

    def facts(self, items: str, *, caption: str = "", share: int = 58) -> None:
        """Labels with their values, two columns; the labels take `share` percent of the width."""
        self.table(
            "fact", items,
            [Column(share, "", "{{ fact.label }}", "Table Label"), Column(100 - share, "", "{{ fact.value }}")],
            caption=caption,
        )  # fmt: skip

    def threes(self, items: str, *, caption: str) -> None:
        """Labels with their values, three of each a row: a third as high as `facts`."""
        with self.when(items):
            self.caption(caption)
            # values with their ranges decide how high a row is
            table = self.grid(3, [17, 17, 17, 16, 17, 16])
            opening, body, closing = table.rows
            write(opening.cells[0], f"{{%tr for three in {items}|batch(3) %}}", "Table Text")
            whole(body)
            for place in range(3):
                label, value = body.cells[2 * place : 2 * place + 2]
                for cell, name, style in ((label, "label", "Fact Label"), (value, "value", "Fact Value")):
                    write(
                        cell,
                        f"{{% if three|length > {place} %}}{{{{ three[{place}].{name} }}}}{{% endif %}}",
                        style,
                    )
            # no room below: behind a full page it would make an empty one
            write(closing.cells[0], "{%tr endfor %}", "Table Text")

    def grid(self, rows: int, shares: Sequence[int], *, has_header: bool = False) -> Any:
        """An empty table as wide as the page; columns of less than `tables.NARROW` share what the others leave."""
        table = self.document.add_table(rows=rows, cols=len(shares))
        set_up(table, [self.width * share // 100 for share in shares], self.width, has_header=has_header)
        return table

    def new_section(self, *, landscape: bool) -> Any:
        """Begin a new page of the other orientation, with header and footer of its own width."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        # the break hangs on a paragraph of its own: a high one behind a full page would make an empty page
        self.document.paragraphs[-1].style = "Spacer"
        self.width = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
        size(section, landscape=landscape)
        furnish(section, self.width)
        return section


def size(section: Any, *, landscape: bool) -> None:
    """A4 with even margins."""
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.header_distance, section.footer_distance = Mm(11), Mm(9)


def furnish(section: Any, width: int) -> None:
    """Header with institution and version, footer with status and page x of y, each to the page's width."""
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    section.different_first_page_header_footer = False
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph, side in ((header, "bottom"), (footer, "top")):
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="4" w:space="4" w:color="{look.LINE}"/></w:pBdr>'
            )
        )
        properties.append(
            parse_xml(f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:pos="{width}"/></w:tabs>')
        )
    header.add_run("{{ institution.name }} · {{ document.title }}\t{{ document.version }}")
    footer.add_run("{{ document.status }} · {{ document.date }}\t{{ word.page }} ")
    field(footer, " PAGE ", "1")
    footer.add_run(" {{ word.of }} ")
    field(footer, " NUMPAGES ", "1")


def set_up(table: Any, widths: Sequence[int], width: int, *, has_header: bool = False) -> None:
    """Fixed widths in grid and cells: Word obeys the cells, LibreOffice the grid."""
    table.style = table.part.document.styles["Plan Table"]
    table.autofit = False
    properties = table._tbl.tblPr
    for child in properties.findall(qn("w:tblW")):
        properties.remove(child)
    whole_width = parse_xml(f'<w:tblW {nsdecls("w")} w:w="{width}" w:type="dxa"/>')
    properties.find(qn("w:tblStyle")).addnext(whole_width)
    for child in properties.findall(qn("w:tblLook")):
        properties.remove(child)
    properties.append(
        parse_xml(
            f'<w:tblLook {nsdecls("w")} w:val="{"0420" if has_header else "0400"}" w:firstRow="{int(has_header)}" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        )
    )
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Emu(share * TWIP)
        for cell in column.cells:
            cell.width = Emu(share * TWIP)


def write(cell: Any, text: str, style: str) -> Any:
    """Put `text` into the cell's first paragraph."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)
    return paragraph


def every(cell: Any, items: str, style: str) -> None:
    """A paragraph for each text of `items`, below what the cell already says."""
    opening = f"{{%p for line in {items} %}}"
    if cell.text:
        cell.add_paragraph(opening, style=style)
    else:
        write(cell, opening, style)
    for text in ("{{ line }}", "{%p endfor %}"):
        cell.add_paragraph(text, style=style)


def tag(paragraph: Any, name: str) -> None:
    """Sign and word of a judgement, coloured by its level through the styles “Tag Red” …"""
    paragraph.style = "Table Text"
    for number, level in enumerate(look.TINTS):
        paragraph.add_run(f'{{% {"elif" if number else "if"} {name}.level == "{level}" %}}')
        # spaces that do not break keep sign and word on one line
        paragraph.add_run(f"\u00a0{{{{ {name}.text }}}}\u00a0", style=f"Tag {level.title()}")
    paragraph.add_run("{% endif %}")


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A Word field with the result that readers see before it is updated."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("result", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "result" else "")
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)


def repeat(row: Any) -> None:
    """Print this row again on each page of its table."""
    whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def whole(row: Any) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, fill: str, pattern: str = "clear", color: str = "auto") -> None:
    """Give the cell a ground; patterns tell bars apart in mono print."""
    properties = cell._tc.get_or_add_tcPr()
    properties.append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="{pattern}" w:color="{color}" w:fill="{fill}"/>')
    )


def upright(row: Any, cell: Any) -> None:
    """Write the cell from bottom to top, in a row high enough for a date with its year."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="btLr"/>'))
    row.height = Mm(15)


def tight(table: Any) -> None:
    """No space above and below the words: a chart's bars stand close."""
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:top w:w="0" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def tall(row: Any) -> None:
    """Leave room for a signature."""
    row.height = Mm(14)


def on_new_page(heading: Any) -> None:
    """Begin a page with it, without the space that parts it from what came before."""
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.space_before = Emu(0)


def together(table: Any) -> None:
    """Keep the rows of a short table on one page."""
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
