"""The document's look: palette, styles and numbering; change it here, or in Word's style gallery, and all follows."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

INK = "1F2A37"
TEAL = "0F5E63"
MIST = "E6F0F0"
GREY = "5B6673"
LINE = "CBD3DA"
WHITE = "FFFFFF"
FONT = "Calibri"


class Tint(NamedTuple):
    """Dark words on a light ground: contrast above 4.5 to 1, legible in mono print."""

    words: str
    ground: str


TINTS = {
    "red": Tint("8C1D18", "FBE4E2"),
    "amber": Tint("7A4B00", "FFF0CC"),
    "green": Tint("135C36", "DFF2E6"),
    "grey": Tint("48525E", "EDF0F3"),
}

HEADING_LIST = 1
APPENDIX_LIST = 2
BULLET_LIST = 3


def dress(document: Document) -> None:
    """Give the document its styles and lists; what python-docx's default template brought is restyled or removed."""
    _defaults(document)
    _numbering(document)
    _paragraph_styles(document)
    _character_styles(document)
    _table_style(document)


def _defaults(document: Document) -> None:
    styles = document.styles.element
    fonts = f'<w:rFonts {nsdecls("w")} w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    language = f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    run = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    run.append(parse_xml(fonts))
    run.append(parse_xml(f'<w:color {nsdecls("w")} w:val="{INK}"/>'))
    run.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="20"/>'))
    run.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="20"/>'))
    run.append(parse_xml(language))
    paragraph = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(parse_xml(f'<w:spacing {nsdecls("w")} w:after="0" w:line="259" w:lineRule="auto"/>'))
    kept = {"Normal", "Header", "Footer", "Title", "Caption", "ListBullet", "TableNormal", "NoList"}
    kept |= {"DefaultParagraphFont", "Heading1", "Heading2", "Heading3"}
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in kept:
            styles.remove(style)


def _style(
    document: Document,
    name: str,
    *,
    size: float,
    based_on: str = "Normal",
    color: str = INK,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    keep_with_next: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    following: str = "",
) -> Any:
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    element = style.element
    for tag in ("w:pPr", "w:rPr", "w:link", "w:next"):
        for child in element.findall(qn(tag)):
            element.remove(child)
    style.base_style = styles[based_on] if name != based_on else None
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    style.font.bold = bold
    style.font.italic = italic
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.keep_with_next = keep_with_next
    if align is not None:
        style.paragraph_format.alignment = align
    if following:
        style.next_paragraph_style = styles[following]
    style.quick_style = True
    style.hidden = False
    return style


def _paragraph_styles(document: Document) -> None:
    right = WD_ALIGN_PARAGRAPH.RIGHT
    _style(document, "Normal", size=10)
    _style(document, "Body", size=10, after=6)
    for level, size, before, after in ((1, 18, 24, 8), (2, 13, 16, 5), (3, 11, 11, 3)):
        heading = _style(
            document, f"Heading {level}", size=size, color=TEAL, bold=True,
            before=before, after=after, keep_with_next=True, following="Body",
        )  # fmt: skip
        heading.paragraph_format.keep_together = True
        _properties(
            heading, _numbered(HEADING_LIST, level - 1), f'<w:outlineLvl {nsdecls("w")} w:val="{level - 1}"/>'
        )
    _properties(document.styles["Heading 1"], _border("top", TEAL, size=12, space=6))
    appendix = _style(document, "Appendix", size=18, based_on="Heading 1", color=TEAL, bold=True,
                      before=24, after=8, keep_with_next=True, following="Body")  # fmt: skip
    _properties(appendix, _numbered(APPENDIX_LIST, 0))
    _style(document, "Title", size=32, color=WHITE, bold=True, after=6)
    _style(document, "Cover Institution", size=16, color=WHITE, before=150, after=6)
    _style(document, "Cover Subtitle", size=13, color=MIST, after=100)
    _style(document, "Cover Label", size=10, color=GREY, before=3, after=3)
    _style(document, "Cover Fact", size=11, bold=True, before=3, after=3)
    _style(
        document, "Contents Heading", size=18, color=TEAL, bold=True, before=0, after=10, keep_with_next=True
    )
    _style(document, "Subheading", size=13, color=TEAL, bold=True, before=12, after=4, keep_with_next=True)
    _style(document, "Lead", size=10, color=INK, after=3)
    _style(document, "Note", size=9, color=GREY, before=4, after=6)
    _style(document, "Table Text", size=9, before=1.5, after=1.5)
    _style(document, "Table Number", size=9, based_on="Table Text", before=1.5, after=1.5, align=right)
    _style(
        document, "Table Heading", size=9, color=WHITE, bold=True, before=2.5, after=2.5, keep_with_next=True
    )
    _style(document, "Table Heading Number", size=9, based_on="Table Heading", color=WHITE, bold=True,
           before=2.5, after=2.5, keep_with_next=True, align=right)  # fmt: skip
    _style(document, "Table Label", size=9, color=GREY, before=1.5, after=1.5)
    _style(document, "Fact Label", size=8, color=GREY, before=0, after=0)
    _style(document, "Fact Value", size=8.5, before=0, after=0)
    _style(document, "Entry Name", size=9.5, color=TEAL, bold=True, before=5, after=2, keep_with_next=True)
    _style(document, "Card Value", size=16, color=TEAL, bold=True, before=3, after=0, keep_with_next=True)
    _style(document, "Card Label", size=9, color=GREY, after=3)
    _style(document, "Chart Text", size=7.5, before=0, after=0)
    _style(document, "Chart Week", size=6.5, color=GREY, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document, "Caption", size=9, color=GREY, bold=True, before=7, after=3, keep_with_next=True)
    _style(document, "Spacer", size=5, after=0).paragraph_format.line_spacing = Pt(4)
    bullet = _style(document, "List Bullet", size=10, after=2)
    _properties(bullet, _numbered(BULLET_LIST, 0))
    _style(document, "Measure", size=8.5, after=2)
    _style(document, "Header", size=8.5, color=GREY)
    _style(document, "Footer", size=8.5, color=GREY)
    _box(document, "Warning", "red")
    _box(document, "Remark", "amber")
    for level in (1, 2):
        entry = _style(
            document, f"TOC {level}", size=9.5, bold=level == 1, before=3 if level == 1 else 0, after=0.5
        )
        entry.paragraph_format.left_indent = Pt(0 if level == 1 else 22)
        tabs = (
            f'<w:tabs {nsdecls("w")}><w:tab w:val="left" w:pos="{440 if level == 1 else 1000}"/>'
            '<w:tab w:val="right" w:leader="dot" w:pos="9600"/></w:tabs>'
        )
        _properties(entry, tabs)
        # Word knows these styles as TOC1 and TOC2
        entry.element.set(qn("w:styleId"), f"TOC{level}")


def _box(document: Document, name: str, level: str) -> None:
    """A paragraph with a bar on its left and a tinted ground."""
    words, ground = TINTS[level]
    style = _style(document, name, size=10.5, color=words, bold=name == "Warning", before=6, after=8)
    style.paragraph_format.left_indent = Pt(11)
    style.paragraph_format.right_indent = Pt(7)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="5" w:color="{color}"/>'
        for side, size, color in (
            ("top", 4, ground),
            ("left", 36, words),
            ("bottom", 4, ground),
            ("right", 4, ground),
        )
    )
    _properties(
        style,
        f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>",
        f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>',
    )


def _character_styles(document: Document) -> None:
    for level, (words, ground) in TINTS.items():
        style: Any = document.styles.add_style(f"Tag {level.title()}", WD_STYLE_TYPE.CHARACTER)
        style.font.bold = True
        style.font.color.rgb = RGBColor.from_string(words)
        style.element.rPr.append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>')
        )
    strong: Any = document.styles.add_style("Strong", WD_STYLE_TYPE.CHARACTER)
    strong.font.bold = True


def _table_style(document: Document) -> None:
    """Thin lines between rows, a dark first row, nothing upright."""
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PlanTable">'
            '<w:name w:val="Plan Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
            '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
            + "".join(
                f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'
                for side, size, color in (("top", 8, TEAL), ("bottom", 8, TEAL), ("insideH", 4, LINE))
            )
            + '</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{TEAL}"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )


def _numbering(document: Document) -> None:
    """Chapters 1, 1.1, 1.1.1; appendices A, B; and one bullet."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)

    def level(depth: int, form: str, text: str, style: str, indent: int, *, symbol: str = "") -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>{symbol}</w:lvl>'
        )

    bullet = f'<w:rPr><w:color w:val="{TEAL}"/></w:rPr>'
    abstract = {
        HEADING_LIST: level(0, "decimal", "%1", "Heading1", 737)
        + level(1, "decimal", "%1.%2", "Heading2", 794)
        + level(2, "decimal", "%1.%2.%3", "Heading3", 964),
        APPENDIX_LIST: level(0, "upperLetter", "%1", "Appendix", 737),
        BULLET_LIST: level(0, "bullet", "•", "ListBullet", 284, symbol=bullet),
    }
    for number, levels in abstract.items():
        root.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    for number in abstract:
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _numbered(list_id: int, level: int) -> str:
    return f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def _border(side: str, color: str, *, size: int, space: int) -> str:
    return f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/></w:pBdr>'


_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
]
"""The schema's order of paragraph properties; Word calls a file damaged that keeps another."""


def _properties(style: Any, *fragments: str) -> None:
    """Add paragraph properties to a style, each at the place the schema gives it."""
    properties = style.element.get_or_add_pPr()
    for fragment in fragments:
        properties.append(parse_xml(fragment))
    ordered = sorted(properties, key=lambda child: _ORDER.index(child.tag.rpartition("}")[2]))
    for child in ordered:
        properties.append(child)
