"""Word files as zip archives: judged before anything is unpacked, and packed so that equal parts give equal bytes."""

from __future__ import annotations

import io
import re
import zipfile

from document_templates import errors, findings
from flows import archives

MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office 97 begin, and new ones behind a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def check(data: bytes) -> None:
    """Refuse an archive that is not a Word document, is too big, unpacks to too much, or carries active content.

    Raises `errors.TemplateError`.
    """
    if not data:
        raise errors.TemplateError(findings.Finding("nothing"))
    if data.startswith(COMPOUND):
        # both a document behind a password and one of Word 97 begin so
        raise errors.TemplateError(findings.Finding("password" if _ENCRYPTED in data else "old_word"))
    try:
        contents = archives.inspect(data, main=MAIN, what="Word document (.docx)")
    except archives.ArchiveError as problem:
        raise errors.TemplateError(findings.Finding(problem.code, problem.values)) from problem
    for code, names in (("macros", contents.macros), ("outside", contents.outside)):
        if names:
            raise errors.TemplateError(findings.Finding(code, {"part": names[0]}))
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        types = source.read(_TYPES) if _TYPES in source.namelist() else b""
    kinds = re.findall(rb"<Override\b[^>]*>", types)
    if not any(b"/" + MAIN.encode() in kind and _DOCUMENT in kind for kind in kinds):
        macros = any(b"macroEnabled" in kind for kind in kinds)
        raise errors.TemplateError(findings.Finding("macro_enabled" if macros else "other_kind"))


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
