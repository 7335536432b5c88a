"""Office files as zip archives, judged by their directory and their XML before anything is unpacked or opened."""

from __future__ import annotations

import codecs
import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

import msgspec

from flows import tags

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram hands bots files of at most 20 MB; a template or a form with pictures is far below."""
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
"""Six times the largest file: pictures hardly shrink, and what is read is held in memory."""
MAX_XML_BYTES = 32 * 1024 * 1024
"""Of all XML together, which is read while everybody else chats: the largest forms that a bot keeps have 20 MB."""
MAX_LISTS_BYTES = 1024 * 1024
"""Of all lists of parts together, each of which is held as a tree; those of two thousand parts have two thirds."""
MAX_MEMBERS = 2_000
"""Parts of an archive; a document with hundreds of pictures has fewer."""
MAX_RATIO = 200
"""Unpacked to packed; the XML of office programs stays under 30."""
RATIO_MATTERS_FROM = 1024 * 1024
"""Bytes unpacked below which a high ratio is harmless."""

_MACROS = re.compile(r"vba(Project|Data)|activeX/|embeddings/.*\.(bin|exe)$", re.IGNORECASE)
_EMBEDDED = frozenset(
    {"oleObject", "vbaProject", "wordVbaData", "control", "activeXControlBinary", "aFChunk", "subDocument"}
)
"""Last words of the relationships by which a program, or another document, stands in a part of any name."""
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_PIECE = 1 << 20
"""Bytes of a part that are held at a time."""
_LONGEST = max(map(len, _ENTITIES)) - 1
"""Bytes looked at again with the next piece."""
_HEAD = 64
"""Bytes by which XML is known that is not called so."""
_DECLARED = 200
"""Bytes in which XML says how it is written."""
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
"""In these a tag begins with the same byte; in UTF-7 none would be seen."""
_DRAWING = ".svg"
"""A drawing has a document type where the program that made it wrote one."""
_XML, _RELATIONSHIPS, _TYPES = (".xml", ".rels"), ".rels", "[Content_Types].xml"
_LISTS = (_RELATIONSHIPS, _TYPES.lower())
"""What says which part is what."""

_WORD = "word/"
"""Parts of a Word document: whoever reads them is a process of its own, which may take so much and no more."""
_IN_PIECES = frozenset(
    f"{names}/{kind}"
    for names in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    for kind in ("worksheet", "sharedStrings")
)
"""Relationships of a workbook to the parts that are read one row, or text, after the other."""
_IN_PIECES_TYPES = (".worksheet+xml", ".sharedStrings+xml")
_BY_NAME = frozenset(
    {_TYPES, "xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/custom.xml"}
)
"""Parts that readers of workbooks hold as a whole, whatever the lists call them."""


class ArchiveError(Exception):
    """The archive is not opened; the message is one clear sentence, the code and its values say the same."""

    def __init__(self, said: str, code: str, **values: str) -> None:
        super().__init__(said)
        self.code = code
        self.values = values


class Contents(msgspec.Struct, frozen=True):
    """What an archive that may be opened holds beside plain parts."""

    macros: tuple[str, ...] = ()
    """Names of the parts that hold macros or embedded programs."""
    outside: tuple[str, ...] = ()
    """Names of the parts that fetch something from outside when an office program opens the file."""


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
"""What reading a damaged archive raises."""


def inspect(data: bytes, *, main: str, what: str) -> Contents:
    """Judge an archive whose main part is `main`; `what` is its kind in words, as “Word document”.

    Reads the directory first; parts are read only after their announced sizes are accepted.
    Raises `ArchiveError` for what is too big, unpacks to too much, is damaged, or defines entities.
    """
    if len(data) > MAX_FILE_BYTES:
        raise ArchiveError(
            f"The file is {len(data) // 1_000_000} MB; at most {MAX_FILE_BYTES // 1_000_000} MB are taken. "
            "Make its pictures smaller.",
            "too_big",
            size=str(len(data) // 1_000_000),
            most=str(MAX_FILE_BYTES // 1_000_000),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _sound(archive.infolist(), main, what)
            embedded, outside = _look_through(archive, main, what)
    except DAMAGE as problem:
        raise ArchiveError(
            f"The file is not a {what}, or it is damaged. Save it anew.", "no_archive"
        ) from problem
    macros = (*(name for name in names if _MACROS.search(name)), *embedded)
    return Contents(tuple(dict.fromkeys(macros)), outside)


def _sound(members: list[zipfile.ZipInfo], main: str, what: str) -> list[str]:
    """The names of the parts, once nothing in the directory speaks against opening them."""
    names = [member.filename for member in members]
    if main not in names:
        raise ArchiveError(
            f"The file is not a {what}: it has no part {main}. Save it anew.", "no_main_part", part=main
        )
    too_many = len(names) > MAX_MEMBERS or _unpacked(members, _LISTS) > MAX_LISTS_BYTES
    if too_many or len(set(names)) != len(names):
        raise ArchiveError(
            f"The archive's list of parts is not that of a {what}. Save it anew.", "list_of_parts"
        )
    if _unpacked(members) > MAX_UNPACKED_BYTES:
        raise ArchiveError(
            f"The file unpacks to more than a {what} ever needs, as a zip bomb does; it was not opened.",
            "bomb",
        )
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
            raise ArchiveError(
                f"The part {member.filename} unpacks to {ratio:.0f} times its size, as a zip bomb does; it was not opened.",
                "bomb_part",
                part=member.filename,
                ratio=f"{ratio:.0f}",
            )
    return names


def _too_much(what: str) -> ArchiveError:
    return ArchiveError(
        f"The cells, text and formats of the file are more than a {what} needs; it was not opened.",
        "too_much",
    )


def _unpacked(members: Sequence[zipfile.ZipInfo], ending: str | tuple[str, ...] = "") -> int:
    """What the parts whose names end so announce together, in bytes."""
    # Word takes a name for the same in capitals
    return sum(member.file_size for member in members if member.filename.lower().endswith(ending))


def _look_through(archive: zipfile.ZipFile, main: str, what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Judge all that an office program reads as XML, whatever its name: a list of relationships may call it anything.

    Returns the parts that hold a program or another document, and the lists of relationships that lead outside.
    """
    texts = [member for member in archive.infolist() if _is_xml(archive, member)]
    if _unpacked(texts) > MAX_XML_BYTES:
        raise _too_much(what)
    # the lists say how the others are read
    lists = [member for member in texts if member.filename.lower().endswith(_LISTS)]
    for member in lists:
        _look_through_part(archive, member, what, tags.Tags())
    related = list(_related(archive))
    is_word = main.startswith(_WORD)
    in_pieces = frozenset() if is_word else _in_pieces(archive, main, related)
    for member in texts:
        if member in lists:
            continue
        is_bound = is_word and member.filename.startswith(_WORD)
        counted = None if is_bound else tags.Tags(in_pieces=member.filename in in_pieces)
        _look_through_part(archive, member, what, counted)
    return _risks(related)


def _in_pieces(archive: zipfile.ZipFile, main: str, related: Sequence[Related]) -> frozenset[str]:
    """The parts that nobody holds as a whole: the sheets and texts of a workbook that nothing calls anything else."""
    folder, name = posixpath.split(main)
    own = posixpath.join(folder, "_rels", name + _RELATIONSHIPS)
    pieces, whole = set(), {main, *_BY_NAME}
    for one in related:
        if one.source == own and one.kind in _IN_PIECES and not one.is_outside:
            pieces.add(one.part)
        else:
            # some readers take a target as it stands
            whole |= {one.part, one.target, one.target[1:]}
    if _TYPES in archive.namelist():
        for override in _elements(archive.read(_TYPES)):
            if not override.get("ContentType", "").endswith(_IN_PIECES_TYPES):
                whole.add(override.get("PartName", "")[1:])
    return frozenset(pieces - whole)


def _is_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part is XML, by its name or by how it begins."""
    if member.filename.lower().endswith(_XML):
        return True
    with archive.open(member) as stream:
        head = stream.read(_HEAD)
    # UTF-16 puts a zero byte beside each letter
    begins = head.removeprefix(codecs.BOM_UTF8).strip(b"\0\xfe\xff \t\r\n")
    return bool(head) and (not begins or begins.startswith(b"<"))


class Related(msgspec.Struct, frozen=True):
    """What a list of relationships says of a part, or of something outside."""

    source: str
    """The part that is the list."""
    kind: str
    target: str
    is_outside: bool

    @property
    def part(self) -> str:
        """The part that is meant."""
        folder = posixpath.dirname(posixpath.dirname(self.source))
        return posixpath.normpath(posixpath.join("/", folder, self.target))[1:]


def _related(archive: zipfile.ZipFile) -> Iterator[Related]:
    """What all lists of relationships say."""
    for member in archive.infolist():
        if not member.filename.lower().endswith(_RELATIONSHIPS):
            continue
        for one in _elements(archive.read(member)):
            # whatever the element is called: some readers do not ask
            if "Type" in one or "Target" in one:
                is_outside = one.get("TargetMode", "").lower() == "external"
                yield Related(member.filename, one.get("Type", ""), one.get("Target", ""), is_outside)


def _risks(related: Sequence[Related]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts that hold a program or another document, and the lists of relationships that lead outside."""
    embedded, outside = [], []
    for one in related:
        kind = one.kind.rpartition("/")[2]
        if one.is_outside:
            if kind != "hyperlink":
                outside.append(one.source)
        elif kind in _EMBEDDED:
            embedded.append(one.part)
    return tuple(embedded), tuple(outside)


def _elements(content: bytes) -> Iterator[Mapping[str, str]]:
    """What the elements of a list say, read as XML: written in many ways, it says the same."""
    try:
        listed = ElementTree.fromstring(content)  # noqa: S314 (it has no entities: somebody looked)
    except (ElementTree.ParseError, LookupError) as problem:  # an encoding that nobody knows
        raise ValueError(str(problem)) from problem
    return (one.attrib for one in listed.iter())


def _refuse_unreadable(letters: bytes) -> None:
    """Raise `ValueError` where XML says that it is written so that its tags cannot be seen."""
    start = letters.find(b"<?xml", 0, _HEAD)
    if start < 0:
        return
    end = letters.find(b"?>", start, start + _DECLARED)
    said = _ENCODING.search(letters, start, max(start, end))
    if end < 0 or (said and said[1].lower() not in _ENCODINGS):
        raise ValueError("an encoding in which no tags are seen")


def _look_through_part(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, what: str, counted: tags.Tags | None
) -> None:
    """Refuse entities and too many tags in an XML part, of which a piece is held after the other."""
    # a directory may understate a size: read no more than it announces
    drawn = member.filename.lower().endswith(_DRAWING)
    left, before = member.file_size, b""
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise ArchiveError(
                    f"The part {member.filename} is larger than it announces; it was not opened.",
                    "larger_than_announced",
                    part=member.filename,
                )
            # UTF-16 puts a zero byte beside each letter; a word may stand across two pieces
            letters = piece.replace(b"\0", b"")
            if not before:
                _refuse_unreadable(letters)
            plain = before + letters
            if not drawn and any(entity in plain for entity in _ENTITIES):
                raise ArchiveError(
                    f"The part {member.filename} defines XML entities, which no {what} needs. Save it anew.",
                    "entities",
                    part=member.filename,
                )
            if counted and counted.too_many(letters):
                raise _too_much(what)
            before = plain[-_LONGEST:]
