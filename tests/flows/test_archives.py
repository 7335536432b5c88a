"""Archives are judged by their list of parts and their relationships before anybody opens them."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from flows import archives, tags

RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/></Relationships>'
)
OUTSIDE = ' TargetMode="External"'

NOISE = random.Random(1).randbytes(15_000).hex()
"""What does not pack, so that the ratio is no bomb's."""


def zipped(*parts: tuple[str, str]) -> bytes:
    """An archive with a main part, and these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("main.xml", "<main/>")
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
        pytest.param("xl/sharedStrings.xml", "<a/>" * tags.MAX_TREE_TAGS * 2, id="read text by text"),
        pytest.param(
            "xl/worksheets/a.xml", ("<row>" + "<c/>" * 900 + "</row>") * 1_000, id="read row by row"
        ),
        pytest.param("word/a.xml", "<a/>" * tags.MAX_TREE_TAGS * 2, id="of a Word document"),
    ],
)
def test_so_many_tags_are_taken(part: str, content: str) -> None:
    assert inspected(zipped((part, content + NOISE))) == archives.Contents()


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
        pytest.param(understated(), "no_archive", id="a part longer than its list says"),
        pytest.param(zipped(("a.xml", " " * 2_000_000)), "bomb_part", id="a part that grows"),
        pytest.param(zipped(("a.xml", "<!ENTITY")), "entities", id="entities"),
        pytest.param(zipped(("a.xml", NOISE + " " * ((1 << 20) - len(NOISE) - 3) + "<!ENTITY")), "entities", id="entities across two pieces"),
        pytest.param(zipped(("xl/a.xml", NOISE + "<a/>" * (tags.MAX_TREE_TAGS + 1))), "bomb", id="a tag too much"),
        pytest.param(zipped(("xl/a.dat", "  <x>" + NOISE + "<a/>" * (tags.MAX_TREE_TAGS + 1))), "bomb", id="a tag too much under another name"),
        pytest.param(zipped(("xl/a.svg", "<svg>" + NOISE + "<a/>" * tags.MAX_TREE_TAGS)), "bomb", id="a drawing too dense"),
        pytest.param(zipped(("xl/a.dat", " " * 100 + "<!ENTITY")), "entities", id="entities under another name"),
        pytest.param(zipped(("xl/a.dat", "\ufeff<!ENTITY")), "entities", id="entities behind a mark of their encoding"),
        pytest.param(zipped(("xl/worksheets/a.xml", "<row><c/></row>" + "<row>" + "<c/>" * tags.MAX_ROW_TAGS)), "bomb", id="a row too long"),
        pytest.param(zipped(("_rels/a.rels", NOISE + " " * (archives.MAX_RELATIONSHIPS_BYTES + 1))), "list_of_parts", id="relationships without end"),
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
