"""Archives are judged by their list of parts and their relationships before anybody opens them."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from flows import archives, tags
from tests.flows.xlsform import forms

RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/></Relationships>'
)
OUTSIDE = ' TargetMode="External"'

NOISE = random.Random(1).randbytes(15_000).hex()
"""What does not pack, so that the ratio is no bomb's."""


MAIN = "xl/workbook.xml"
LIST = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def zipped(*parts: tuple[str, str], main: str = "main.xml") -> bytes:
    """An archive with a main part, and these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(main, "<main/>")
        for name, content in parts:
            target.writestr(name, content)
    return made.getvalue()


def related(kind: str, target: str = "x.bin", mode: str = "") -> bytes:
    return zipped(("word/_rels/main.xml.rels", RELATION.format(kind, target, mode)))


def inspected(data: bytes) -> archives.Contents:
    return archives.inspect(data, main="main.xml", what="document")


@pytest.mark.parametrize(
    ("data", "macros", "outside"),
    [
        pytest.param(zipped(), (), (), id="nothing else"),
        pytest.param(zipped(("media/a.png", "x")), (), (), id="a picture"),
        pytest.param(zipped(("xl/vbaProject.bin", "x")), ("xl/vbaProject.bin",), (), id="macros by their name"),
        pytest.param(related("vbaProject", "media/a.dat"), ("word/media/a.dat",), (), id="macros under another name"),
        pytest.param(related("oleObject", "/b/a.dat"), ("b/a.dat",), (), id="an object, by a path from the top"),
        pytest.param(related("image", "media/a.png"), (), (), id="a relationship to a picture"),
        pytest.param(related("hyperlink", "https://x.example/", OUTSIDE), (), (), id="a link to a page"),
        pytest.param(related("image", "https://x.example/", OUTSIDE), (), ("word/_rels/main.xml.rels",), id="a picture from outside"),
        pytest.param(related("oleObject", "https://x.example/", OUTSIDE), (), ("word/_rels/main.xml.rels",), id="an object from outside"),
    ],
)  # fmt: skip
def test_what_an_archive_holds_is_told(
    data: bytes, macros: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    assert inspected(data) == archives.Contents(macros, outside)


def understated() -> bytes:
    """An archive whose list says that a part is shorter than it is."""
    data = zipped(("a.xml", "<a/>" + " " * 1_000))
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    return data[: directory + 24] + (4).to_bytes(4, "little") + data[directory + 28 :]


def announced(unpacked: int) -> bytes:
    """An archive whose list says that a picture is so long, and packed no smaller."""
    data = zipped(("media/a.png", "x"))
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    return data[: directory + 20] + 2 * unpacked.to_bytes(4, "little") + data[directory + 28 :]


def test_an_archive_may_unpack_to_so_much_and_no_more() -> None:
    most = archives.MAX_UNPACKED_BYTES - len("<main/>")
    assert inspected(announced(most)) == archives.Contents()
    with pytest.raises(archives.ArchiveError) as caught:
        inspected(announced(most + 1))
    assert caught.value.code == "bomb"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        pytest.param(
            "xl/media/a.svg",
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>',
            id="a drawing",
        ),
        pytest.param("xl/media/a.dat", "BM" + "<!ENTITY" * 9, id="no XML by its beginning"),
        pytest.param("xl/a.xml", "<a/>" * tags.MAX_TREE_TAGS, id="held as a whole"),
        pytest.param(
            "xl/a.xml",
            "<?xml version='1.0' encoding='utf-8' standalone='yes'?><a b='encoding=\"x\"'/>",
            id="written as usual",
        ),
    ],
)
def test_so_many_tags_are_taken(part: str, content: str) -> None:
    assert inspected(zipped((part, content + NOISE))) == archives.Contents()


MANY = "<a/>" * tags.MAX_TREE_TAGS + "<a/>"
ROWS, TEXTS = "<row>" + "<c/>" * 900 + "</row>", "<si>" + "<r/>" * 900 + "</si>"


def workbook(*parts: tuple[str, str], related: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A workbook with these parts, and what its list says of some."""
    ones = "".join(f'<Relationship Type="{kind}" Target="{target}"/>' for kind, target in related)
    return zipped((LIST, f"<Relationships>{ones}</Relationships>"), *parts, main=MAIN)


def overridden(part: str, kind: str) -> tuple[str, str]:
    return "[Content_Types].xml", f'<Types><Override PartName="/{part}" ContentType="{kind}"/></Types>'


def of_workbook(data: bytes) -> str:
    """Why a workbook is not taken, if it is not."""
    try:
        archives.inspect(data, main=MAIN, what="workbook")
    except archives.ArchiveError as problem:
        return problem.code
    return ""


@pytest.mark.parametrize(
    ("content", "kind", "target", "more"),
    [
        pytest.param(ROWS, f"{OFFICE}/worksheet", "worksheets/a.xml", (), id="a sheet"),
        pytest.param(ROWS, f"{OFFICE}/worksheet", "/xl/worksheets/a.xml", (), id="by a path from the top"),
        pytest.param(ROWS, f"{STRICT}/worksheet", "worksheets/a.xml", (), id="of the strict kind"),
        pytest.param(TEXTS, f"{OFFICE}/sharedStrings", "worksheets/a.xml", (), id="the texts of all"),
        pytest.param(ROWS, f"{OFFICE}/worksheet", "worksheets/a.xml", (overridden("xl/worksheets/a.xml", SHEET),), id="called a sheet twice"),
    ],
)  # fmt: skip
def test_what_a_workbook_reads_in_pieces_may_be_long(
    content: str, kind: str, target: str, more: tuple[tuple[str, str], ...]
) -> None:
    part = ("xl/worksheets/a.xml", NOISE + content * 1_000)
    assert of_workbook(workbook(part, *more, related=((kind, target),))) == ""


SHEETS = f"{OFFICE}/worksheet"


@pytest.mark.parametrize(
    ("part", "related", "more"),
    [
        pytest.param("xl/worksheets/a.xml", (), (), id="by its name alone"),
        pytest.param("xl/sharedStrings.xml", (), (), id="texts by their name alone"),
        pytest.param("xl/worksheets/a.xml", ((f"{OFFICE}/externalLink", "worksheets/a.xml"),), (), id="what another workbook held"),
        pytest.param("xl/worksheets/a.xml", ((SHEETS, "worksheets/a.xml"), (f"{OFFICE}/externalLink", "/xl/worksheets/a.xml")), (), id="a sheet and something else"),
        pytest.param("xl/worksheets/a.xml", ((SHEETS, "worksheets/a.xml"),), (("xl/_rels/b.xml.rels", '<x><y Type="z" Target="worksheets/a.xml"/></x>'),), id="something else in another list"),
        pytest.param("xl/worksheets/a.xml", ((SHEETS, "worksheets/a.xml"),), (("xl/_rels/b.xml.rels", f'<x><y Type="{SHEETS}" Target="worksheets/a.xml"/></x>'),), id="a sheet of another list"),
        pytest.param("xl/worksheets/a.xml", ((SHEETS, "worksheets/a.xml"),), (overridden("xl/worksheets/a.xml", STYLES),), id="formats by the list of kinds"),
        pytest.param("xl/worksheets/a.xml", (("http://x.example/chartsheet/worksheet", "worksheets/a.xml"),), (), id="a chart called a sheet"),
        pytest.param("xl/styles.xml", ((SHEETS, "styles.xml"),), (), id="formats called a sheet"),
        pytest.param("xl/workbook.xml", ((SHEETS, "workbook.xml"),), (), id="the list of sheets called a sheet"),
        pytest.param("word/sheet1.xml", (), (), id="called as a Word document's parts are"),
    ],
)  # fmt: skip
def test_what_may_be_held_as_a_whole_may_not_be_long(
    part: str, related: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...]
) -> None:
    content = NOISE + ROWS * 1_000
    data = workbook((part, content), *more, related=related) if part != MAIN else main_of(content, related)
    assert of_workbook(data) == "too_much"


def main_of(content: str, related: tuple[tuple[str, str], ...]) -> bytes:
    """A workbook whose main part is this."""
    return forms.with_part(workbook(related=related), MAIN, content.encode())


@pytest.mark.parametrize("kind", ["worksheet", "sharedStrings"])
@pytest.mark.parametrize("piece", ["row", "si"])
def test_a_piece_may_not_be_long(kind: str, piece: str) -> None:
    crowd = f"<{piece}><c/></{piece}><{piece}>" + "<c/>" * tags.MAX_PIECE_TAGS
    data = workbook(("xl/a.xml", crowd), related=((f"{OFFICE}/{kind}", "a.xml"),))
    assert of_workbook(data) == "too_much"


@pytest.mark.parametrize(
    ("main", "part", "taken"),
    [
        pytest.param("word/document.xml", "word/a.xml", True, id="of a Word document"),
        pytest.param("word/document.xml", "customXml/a.xml", False, id="beside its own"),
        pytest.param("xl/workbook.xml", "word/a.xml", False, id="of a workbook"),
    ],
)
def test_a_word_document_has_as_many_tags_as_it_likes(main: str, part: str, taken: bool) -> None:
    data = zipped((part, NOISE + MANY), main=main)
    if taken:
        assert archives.inspect(data, main=main, what="file") == archives.Contents()
        return
    with pytest.raises(archives.ArchiveError) as caught:
        archives.inspect(data, main=main, what="file")
    assert caught.value.code == "too_much"


@pytest.mark.parametrize(
    ("rows", "words", "code"),
    [
        pytest.param(24_000, "v{row}", "", id="as many as a sheet holds"),
        pytest.param(24_000, "v{row} " + "the name of a village in the hills " * 2, "too_much", id="with long labels"),
        pytest.param(50_000, "v{row}", "too_much", id="more than are read"),
    ],
)  # fmt: skip
def test_long_lists_of_choices_are_opened_or_called_too_much(rows: int, words: str, code: str) -> None:
    """A dozen columns, as an office program writes them: each text once, and its number in its cell."""
    cells = range(rows * 12)
    texts = "".join(f'<si><t xml:space="preserve">{words.format(row=cell)}</t></si>' for cell in cells)
    sheet = "".join(
        f'<row r="{row + 1}" customFormat="false" ht="12.8" hidden="false">'
        + "".join(f'<c r="{"ABCDEFGHIJKL"[n]}{row + 1}" s="0" t="s"><v>{row * 12 + n}</v></c>' for n in range(12))
        + "</row>"
        for row in range(rows)
    )  # fmt: skip
    data = workbook(
        ("xl/worksheets/sheet1.xml", f"<sheetData>{sheet}</sheetData>"),
        ("xl/sharedStrings.xml", f"<sst>{texts}</sst>"),
        related=(
            (f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
            (f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
        ),
    )
    assert of_workbook(data) == code


def test_a_file_that_is_too_big_is_told_its_size() -> None:
    with pytest.raises(archives.ArchiveError) as caught:
        inspected(b"\0" * 25_000_000)
    assert caught.value.values == {"size": "25", "most": "20"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "no_archive", id="nothing"),
        pytest.param(zipped()[:-30], "no_archive", id="cut off"),
        pytest.param(b"\0" * (archives.MAX_FILE_BYTES + 1), "too_big", id="a byte too much"),
        pytest.param(zipped(*((f"{number}.txt", "") for number in range(archives.MAX_MEMBERS))), "list_of_parts", id="a part too much"),
        pytest.param(zipped(("a.xml", "<?xml version='1.0' encoding='UTF-7'?><a/>")), "no_archive", id="an encoding that hides tags"),
        pytest.param(zipped(("a.xml", "<?xml version='1.0'" + " " * 999 + "encoding='UTF-7'?><a/>")), "no_archive", id="an encoding far from its beginning"),
        pytest.param(understated(), "no_archive", id="a part longer than its list says"),
        pytest.param(zipped(("a.xml", " " * 2_000_000)), "bomb_part", id="a part that grows"),
        pytest.param(zipped(("a.xml", "<!ENTITY")), "entities", id="entities"),
        pytest.param(zipped(("a.xml", NOISE + " " * ((1 << 20) - len(NOISE) - 3) + "<!ENTITY")), "entities", id="entities across two pieces"),
        pytest.param(zipped(("xl/a.xml", NOISE + "<a/>" * (tags.MAX_TREE_TAGS + 1))), "too_much", id="a tag too much"),
        pytest.param(zipped(("xl/a.dat", "  <x>" + NOISE + "<a/>" * (tags.MAX_TREE_TAGS + 1))), "too_much", id="a tag too much under another name"),
        pytest.param(zipped(("xl/a.svg", "<svg>" + NOISE + "<a/>" * tags.MAX_TREE_TAGS)), "too_much", id="a drawing too dense"),
        pytest.param(zipped(("xl/a.dat", " " * 100 + "<!ENTITY")), "entities", id="entities under another name"),
        pytest.param(zipped(("xl/a.dat", "\ufeff<!ENTITY")), "entities", id="entities behind a mark of their encoding"),
        pytest.param(zipped(("_rels/a.rels", NOISE + " " * (archives.MAX_LISTS_BYTES + 1))), "list_of_parts", id="relationships without end"),
        pytest.param(zipped(("[Content_Types].xml", NOISE + " " * (archives.MAX_LISTS_BYTES + 1))), "list_of_parts", id="kinds of parts without end"),
        pytest.param(zipped(("[Content_Types].xml", "<Types")), "no_archive", id="kinds of parts in pieces"),
        pytest.param(zipped(("_rels/a.rels", "<Relationships")), "no_archive", id="relationships in pieces"),
        pytest.param(zipped(("_rels/a.rels", "<?xml version='1.0' encoding='UTF-8null'?><Relationships/>")), "no_archive", id="an encoding that nobody knows"),
    ],
)  # fmt: skip
def test_what_is_not_opened_is_told(data: bytes, code: str) -> None:
    with pytest.raises(archives.ArchiveError) as caught:
        inspected(data)
    assert caught.value.code == code


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("put", [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"])
@pytest.mark.parametrize("behind", [0, 4, 8])
def test_a_part_whose_bytes_are_damaged_is_told(method: int, put: bytes, behind: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        target.writestr("a.xml", "<a>" + "many words " * 50 + "</a>")
        target.writestr("main.xml", "<main/>")
    data = made.getvalue()
    start = data.index(b"a.xml") + len("a.xml") + behind
    with pytest.raises(archives.ArchiveError) as refused:
        inspected(data[:start] + put + data[start + len(put) :])
    assert refused.value.code == "no_archive"


def test_a_name_may_stand_once_only() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("main.xml", "<other/>"))
    with pytest.raises(archives.ArchiveError) as caught:
        inspected(data)
    assert caught.value.code == "list_of_parts"


def test_an_archive_needs_its_main_part() -> None:
    with pytest.raises(archives.ArchiveError) as caught:
        archives.inspect(zipped(), main="word/document.xml", what="Word document")
    assert caught.value.code == "no_main_part"
    assert caught.value.values == {"part": "word/document.xml"}
