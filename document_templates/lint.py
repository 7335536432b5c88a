"""Checks a Word template without filling it: unknown fields, unclosed tags, what a template must not do.

Each finding says where it stands (the part and the sentence), what is wrong, and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

import docxtpl
import jinja2
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from document_templates import archive, errors, sandbox, tags

LONGEST_SENTENCE = 100
"""Letters of the template quoted in a finding."""

_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml$")
_NOT_FILLED = re.compile(r"word/(endnotes|comments)\.xml$")
_PROPERTIES = "docProps/core.xml"
_FILLED_PROPERTIES = {"title", "subject", "creator", "description", "identifier", "language"}
_NAMES = {"word/document.xml": "text", "word/footnotes.xml": "footnotes", _PROPERTIES: "properties"}
_TAG = re.compile(r"\{\{|\{%")
_WORD_TAGS = re.compile(r"\{%-?\s*(cellbg|colspan|hm|vm)\b")


class Issue(NamedTuple):
    """One finding."""

    part: str
    """Where: text, header1, footnotes, properties, or file for the archive itself."""
    text: str
    """The sentence in which it stands."""
    what: str
    what_to_do: str

    def __str__(self) -> str:
        """One line for a terminal or a chat."""
        place = f" (in “{self.text}”)" if self.text else ""
        return f"{self.part}: {self.what}{place}. {self.what_to_do}"


def lint(data: bytes) -> list[Issue]:
    """Everything found in the .docx `data`, in the order of its parts; empty where it may be used."""
    try:
        archive.check(data)
    except errors.TemplateError as refusal:
        what, _, to_do = str(refusal).partition(". ")
        return [Issue("file", "", what.rstrip("."), to_do or "Save it anew in Word as .docx.")]
    found: list[Issue] = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in sorted(parts.namelist(), key=lambda name: (name != "word/document.xml", name)):
            part = _NAMES.get(name, name.rpartition("/")[2].removesuffix(".xml"))
            try:
                found += _part(part, name, parts.read(name))
            except SyntaxError:  # what lxml raises for damaged XML
                found.append(Issue(part, "", "this part is damaged", "Save the template anew in Word."))
    return list(dict.fromkeys(found))


def _part(part: str, name: str, content: bytes) -> Iterator[Issue]:
    if _FILLED.match(name):
        # docxtpl's own reading of the part, so that the linter sees the tags that will be filled
        source = docxtpl.DocxTemplate.patch_xml(None, _parsed(content))
        yield from _source(part, re.sub(r"<w:p([ >])", r"\n<w:p\1", source))
    elif name == _PROPERTIES:
        for element in parse_xml(content):
            if element.tag.rpartition("}")[2] in _FILLED_PROPERTIES and element.text:
                yield from _source(part, element.text)
    elif _NOT_FILLED.match(name) and _TAG.search(_words(_parsed(content))):
        yield Issue(
            part,
            "",
            f"tags in {part} are not filled",
            "Move them into the text, a header, footer or footnote.",
        )


def _source(part: str, source: str) -> Iterator[Issue]:
    lines = source.splitlines()

    def sentence(line: int) -> str:
        words = _words(lines[line - 1]) if 0 < line <= len(lines) else ""
        return words if len(words) <= LONGEST_SENTENCE else words[: LONGEST_SENTENCE - 1] + "…"

    for number, line in enumerate(lines, 1):
        if found := _WORD_TAGS.search(line):
            yield Issue(
                part,
                sentence(number),
                f"“{{% {found[1]} %}}” is not available",
                "Format the cell itself in Word.",
            )
            return
    try:
        tree = sandbox.Environment().parse(source)
    except jinja2.TemplateSyntaxError as problem:
        what, to_do = _explained(problem)
        yield Issue(part, sentence(problem.lineno), what, to_do)
        return
    for finding in tags.check(tree):
        yield Issue(part, sentence(finding.line), finding.what, finding.what_to_do)


def _explained(problem: jinja2.TemplateSyntaxError) -> tuple[str, str]:
    """Jinja's message in a consultant's words."""
    message = str(problem.message)
    if "end of template" in message or "Unexpected end" in message:
        opened = re.search(r"innermost block that needs to be closed is '(\w+)'", message)
        if opened:
            return (
                f"“{{% {opened[1]} %}}” is never closed",
                f"Add {{% end{opened[1]} %}} where it should end.",
            )
    if "unknown tag" in message:
        tag = re.search(r"unknown tag '(\w+)'", message)
        name = tag[1] if tag else "?"
        if name.startswith("end") or name in {"else", "elif"}:
            return f"“{{% {name} %}}” closes nothing", "Remove it, or open what it should close."
        return f"“{{% {name} %}}” is not a tag", "Use if, elif, else, endif, for or endfor."
    return (
        f"the tag cannot be read: {message.rstrip('.')}",
        "Type the whole tag anew, with both braces on each side.",
    )


def _parsed(content: bytes) -> str:
    return str(serialize_part_xml(parse_xml(content)).decode())


def _words(xml: str) -> str:
    """What a reader sees of a piece of Word's XML."""
    return " ".join(re.sub(r"<[^>]*>", "", re.sub(r"</w:tc>", " ", xml)).split())
