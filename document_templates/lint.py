"""Checks a Word template without filling it: unknown fields, torn tags, what a template must not do, what Word must not.

Each mistake is found once, with where it stands and what to do about it.
"""

from __future__ import annotations

import collections
import html
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib import parse

import jinja2
from docx.document import Document
from docx.opc import exceptions
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from document_templates import (
    archive,
    errors,
    findings,
    parts,
    passages,
    sandbox,
    structure,
    tags,
    word_template,
)
from flows import archives

_FETCHING = re.compile(
    rf"^\s*({passages.NESTED}|DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|MACROBUTTON|AUTOTEXT)(?!\w)",
    re.IGNORECASE,
)
"""Fields by which Word fetches, starts or calls something, and those whose name another field spells."""

_NOT_BARE = re.compile(r"(?<=^\{[{%])(?:p|tr|tc|r)\s|\s")


def lint(data: bytes) -> list[findings.Finding]:
    """Everything found in the .docx `data`, in the order of its parts; empty where it may be used."""
    try:
        archive.check(data)
        document = parts.opened(data)
    except errors.TemplateError as refusal:
        return [refusal.finding]
    except (
        *archives.DAMAGE,
        exceptions.PackageNotFoundError,
        KeyError,
        TypeError,
        SyntaxError,
        AttributeError,
    ):
        return [findings.Finding("not_opened")]
    found: dict[str, findings.Finding] = {}
    for one in _document(document):
        found.setdefault(repr(one), one)
        if len(found) >= findings.MOST:
            break
    return list(found.values())


def _document(document: Document) -> Iterator[findings.Finding]:
    for part in parts.every(document):
        yield from _addresses(part)
        kind = parts.kind(part)
        if not kind and not str(part.partname).endswith(".xml"):
            continue
        try:
            tree = parts.tree(part)
        except SyntaxError:
            yield findings.Finding("damaged", {"part": str(part.partname).lstrip("/")})
            continue
        if kind == "property":
            for passage in passages.of_properties(tree):
                yield from _tags([passage])
        elif kind:
            yield from _fields(tree, kind)
            yield from _filled(tree, kind)
        elif tree.find(qn("w:mailMerge")) is not None:
            yield findings.Finding("mail_merge")
        elif passages.has_tags(tree):
            yield findings.Finding("not_filled", {"part": str(part.partname).lstrip("/")})


def _addresses(part: Part) -> Iterator[findings.Finding]:
    """Addresses of links, which Word keeps beside the text."""
    for relation in part.rels.values():
        address = parse.unquote(relation.target_ref) if relation.is_external else ""
        if passages.is_tag(address):
            yield findings.Finding("link_tag", {"address": findings.shortened(address)})


def _fields(tree: Any, kind: str) -> Iterator[findings.Finding]:
    for code in passages.field_codes(tree):
        if field := _FETCHING.match(code):
            if field[1] == passages.NESTED:
                yield findings.Finding("spelled_field", {}, (kind,))
            else:
                yield findings.Finding("fetching_field", {"name": field[1].upper()}, (kind,))


def _filled(tree: Any, kind: str) -> Iterator[findings.Finding]:
    read = list(passages.of(tree, kind))
    wrong = list(_tags(read))
    yield from wrong
    if wrong:
        return
    # what docxtpl will hand to Jinja is judged too where it sees a tag that we did not see
    source = word_template.Template(None).patch_xml(etree.tostring(tree, encoding="unicode"))
    if _bare(source) - _bare("\n".join(structure.healed(passage.text) for passage in read)):
        yield from (one.finding.at((kind,), "") for one in _judged(source))


def _bare(source: str) -> collections.Counter[str]:
    """The tags of a source without what docxtpl changes in them."""
    return collections.Counter(
        _NOT_BARE.sub("", html.unescape(tag)) for tag in word_template.TAG.findall(source)
    )


def _tags(read: Sequence[passages.Passage]) -> Iterator[findings.Finding]:
    source = structure.Source(read)
    found = sorted((*source.found, *_judged(source.text)), key=lambda one: one.line)
    yield from (source.at(one.line, one.finding) for one in found)


def _judged(source: str) -> list[tags.Found]:
    try:
        return list(tags.check(sandbox.Environment().parse(source)))
    except (jinja2.TemplateSyntaxError, RecursionError):
        return [tags.Found(1, findings.Finding("unreadable_part"))]
