"""Word files as zip archives: judged before anything is unpacked, and packed so that equal parts give equal bytes."""

from __future__ import annotations

import io
import re
import zipfile

from document_templates import errors

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram hands bots files of at most 20 MB; a Word template with pictures is far below."""
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 200
"""Unpacked to packed; Word's own XML stays under 30."""
RATIO_MATTERS_FROM = 1024 * 1024
"""Bytes unpacked below which a high ratio is harmless."""

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MACROS = re.compile(r"vba(Project|Data)|activeX/|embeddings/.*\.(bin|exe)$", re.IGNORECASE)
_ACTIVE_RELATIONSHIP = re.compile(
    rb"<Relationship\b(?=[^>]*\bTargetMode\s*=\s*[\"']External[\"'])(?![^>]*/relationships/hyperlink[\"'])[^>]*>"
)


def check(data: bytes) -> None:
    """Refuse an archive that is not a Word document, is too big, unpacks to too much, or carries active content.

    Reads the directory first; parts are read only after their announced sizes are accepted.
    Raises `errors.TemplateError`.
    """
    if len(data) > MAX_FILE_BYTES:
        raise errors.TemplateError(
            f"The template is {len(data) // 1_000_000} MB; at most {MAX_FILE_BYTES // 1_000_000} MB are taken. "
            "Make its pictures smaller."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise errors.TemplateError(
            "The file is not a Word document (.docx), or it is damaged. Save it anew in Word as .docx."
        ) from problem


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if "word/document.xml" not in names:
        raise errors.TemplateError(
            "The file holds no Word text (word/document.xml). Save it in Word as .docx, not .doc or .odt."
        )
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise errors.TemplateError(
            "The archive's list of parts is not that of a Word document. Save it anew in Word as .docx."
        )
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise errors.TemplateError(
            "The file unpacks to more than a Word document ever needs, as a zip bomb does; it was not opened."
        )
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
            raise errors.TemplateError(
                f"The part {member.filename} unpacks to {ratio:.0f} times its size, as a zip bomb does; it was not opened."
            )
        if _MACROS.search(member.filename):
            raise errors.TemplateError(
                f"The file holds a macro or an embedded program ({member.filename}). Save it as .docx without macros."
            )


def _check_parts(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        # a directory may understate a size: read no more than it announces
        with archive.open(member) as stream:
            content = stream.read(member.file_size + 1)
        if len(content) > member.file_size:
            raise errors.TemplateError(
                f"The part {member.filename} is larger than it announces; it was not opened."
            )
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise errors.TemplateError(
                f"The part {member.filename} defines XML entities, which no Word document needs. Save it anew in Word."
            )
        if member.filename.endswith(".rels") and _ACTIVE_RELATIONSHIP.search(content):
            raise errors.TemplateError(
                f"The file fetches something from outside when opened ({member.filename}): a linked picture, "
                "template or object. Embed it instead."
            )


def pack(data: bytes) -> bytes:
    """The same archive with fixed dates, attributes and order, so that equal parts give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        # readers expect the content types first
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _FIXED_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name), compresslevel=9)
    return packed.getvalue()
