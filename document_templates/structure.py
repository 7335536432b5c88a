"""The tags of a part, one by one: each must be whole and readable, and what opens must close in its place.

What is wrong is reported once and mended in the source that is handed on, so that the rest can be judged too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import jinja2

from document_templates import findings, passages, sandbox, shapes, tags

DEEPEST = 20
"""Conditions and loops open within one another; nobody can read more, and Python takes no hundred."""
MOST_TAGS = 20_000
"""In one part; the standard template has a tenth of that."""

_BRACE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_CLOSING = {"{{": "}}", "{%": "%}"}
_SPLIT = re.compile(r"\{\s+[{%]|[%}]\s+\}")
_SINGLE = re.compile(r"(?<![{\w])\{\s*([a-z_]+(?:\.\w+)+)\s*\}(?!\})")
_PREFIX = re.compile(r"\s*(tr|tc|p|r)\s")
_KEYWORD = re.compile(r"\s*[-+]?\s*([A-Za-z_]\w*)")
_VARIABLE = re.compile(r"\s*[-+]?\s*(?:for|set)\s+([A-Za-z_]\w*)")
_END = re.compile(r"\{%\s*t[rc]\s+[-+]?\s*end")
_WORD_TAGS = frozenset({"cellbg", "colspan", "hm", "vm"})
_OPENING = frozenset({"if", "for"})
_MIDDLE = frozenset({"elif", "else"})
_PLAIN = frozenset({"set"})
_JINJA = frozenset(
    {"include", "import", "from", "extends", "block", "macro", "call", "filter", "with", "raw", "autoescape"}
    | {"do", "debug", "trans", "break", "continue"}
)
"""Jinja's statements that no template needs; each is named as such, with what closes it."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′", "'"))
_GUILLEMETS = re.compile("(?<=«)[ \u00a0\u202f]|[ \u00a0\u202f](?=»)")


class _Open(NamedTuple):
    """A block that waits for its end."""

    name: str
    tag: str
    line: int
    level: str
    """tr, tc, p or r where it takes its row, cell, paragraph or run away; else empty."""
    around: Any
    written: str = ""
    """What stands for it in the source, where it could not be read."""


def healed(tag: str) -> str:
    """A tag with the quotes that Word makes smart made plain again."""
    return _GUILLEMETS.sub("", tag).translate(_QUOTES)


@functools.lru_cache(maxsize=1_000)
def _parses(source: str) -> bool:
    """Whether Jinja can read it; templates say the same thing again and again."""
    try:
        sandbox.Environment().parse(source)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return False
    return True


class Source:
    """The tags of a part's passages as one Jinja source, a line a passage, and what was wrong with them."""

    def __init__(self, read: Sequence[passages.Passage]) -> None:
        self.passages = read
        self.found: list[tags.Found] = []
        self._open: list[_Open] = []
        self._tags = 0
        self._line = 0
        lines = [self._passage(number, passage) for number, passage in enumerate(read)]
        for left in reversed(self._open):
            self._never_closed(left)
            lines.append(_end_of(left))
        self.text = "\n".join(lines)

    def at(self, line: int, finding: findings.Finding) -> findings.Finding:
        """A finding in the passage of this line, counted from one."""
        passage = self.passages[max(0, min(line, len(self.passages)) - 1)]
        return finding.at(passage.place, passage.text)

    def _report(self, code: str, line: int | None = None, **values: str) -> None:
        at = self._line if line is None else line
        if "tag" in values:
            values["tag"] = findings.shortened(values["tag"])
        self.found.append(tags.Found(at + 1, findings.Finding(code, values)))

    def _never_closed(self, block: _Open) -> None:
        end = f"{{% end{block.name} %}}"
        self._report("never_closed", block.line, tag=block.tag, end=end)

    # --- one passage ---

    def _passage(self, number: int, passage: passages.Passage) -> str:
        self._line = number
        text, place = passage.text, 0
        kept: list[str] = []
        levels: list[tuple[str, str]] = []
        if _SPLIT.search(text):
            self._report("split_braces", example="{{ institution.name }}")
            text = _SPLIT.sub(lambda braces: "".join(braces[0].split()), text)
        for single in _SINGLE.finditer(text):
            if single[1].partition(".")[0] in shapes.root():
                self._report("single_braces", tag=single[0], plain=f"{{{{ {single[1]} }}}}")
        while mark := _BRACE.search(text, place):
            place = mark.end()
            if len(self.found) >= findings.MOST:
                # nobody reads more, and a million open braces would take minutes
                break
            if mark[0] not in _CLOSING:
                place = self._comment(text, mark)
                continue
            end = _BRACE.search(text, place)
            if end is None or end[0] != _CLOSING[mark[0]]:
                self._torn(text, mark, end)
                place = end.end() if end is not None and end[0] in _CLOSING.values() else place
                continue
            place = end.end()
            self._tags += 1
            if self._tags > MOST_TAGS:
                if self._tags == MOST_TAGS + 1:
                    self._report("too_many_tags", most=str(MOST_TAGS))
                break
            tag = text[mark.start() : place]
            inner = self._plain_quotes(tag, text[mark.end() : end.start()])
            prefix = _PREFIX.match(inner)
            if prefix:
                levels.append((prefix[1], tag))
                inner = inner[prefix.end() :]
            kept.append(
                self._print(tag, inner, prefix) if mark[0] == "{{" else self._statement(tag, inner, prefix)
            )
        self._alone(passage, levels)
        return "".join(kept).replace("\n", " ")

    def _comment(self, text: str, mark: re.Match[str]) -> int:
        """Past a `{# remark #}`; what closes without having been opened is reported."""
        if mark[0] != "{#":
            self._report("closes_no_tag", tag=mark[0])
            return mark.end()
        end = text.find("#}", mark.end())
        if end < 0:
            self._report("torn", tag=text[mark.start() :], end="#}")
        return end + 2 if end >= 0 else len(text)

    def _plain_quotes(self, tag: str, inner: str) -> str:
        """What stands between the braces, with the quotes that Word bent made straight; that it bent them is reported."""
        mended = healed(inner)
        if mended != inner:
            plain = " ".join(tag.replace(inner, mended).split())
            self._report("smart_quotes", tag=tag, plain=findings.shortened(plain))
        return mended

    def _torn(self, text: str, mark: re.Match[str], end: re.Match[str] | None) -> None:
        stop = len(text) if end is None else end.end() if end[0] in _CLOSING.values() else end.start()
        self._report("torn", tag=text[mark.start() : stop], end=_CLOSING[mark[0]])

    def _alone(self, passage: passages.Passage, levels: list[tuple[str, str]]) -> None:
        """Tags that take their paragraph, cell or row away with them stand there alone."""
        for level, tag in levels:
            around = passages.text_around(passage, level)
            if around is None:
                # what closes it stands outside as well, and is moved with it
                if not _END.match(tag):
                    self._report("outside_row", tag=tag)
            elif level != "r" and "".join(around.split()) != "".join(tag.split()):
                self._report(f"alone_{level}", tag=tag)
                return

    # --- one tag ---

    def _print(self, tag: str, inner: str, prefix: re.Match[str] | None) -> str:
        if prefix:
            self._report("raw", tag=tag, plain=f"{{{{ {inner.strip()} }}}}")
        elif not inner.strip(" -+"):
            self._report("empty", tag=tag)
        elif not _parses(whole := f"{{{{{inner}}}}}"):
            self._report("unreadable", tag=tag)
        else:
            return whole
        return ""

    def _statement(self, tag: str, inner: str, prefix: re.Match[str] | None) -> str:
        keyword = _KEYWORD.match(inner)
        name = keyword[1] if keyword else ""
        whole = f"{{%{inner}%}}"
        passage = self.passages[self._line]
        level = prefix[1] if prefix else ""
        if name in _OPENING:
            self._open.append(_Open(name, tag, self._line, level, _around(passage, level)))
            if len(self._open) == DEEPEST + 1:
                self._report("nested_deep", most=str(DEEPEST))
            if _parses(f"{whole}{{% end{name} %}}"):
                return whole
            self._report("unreadable", tag=tag)
            return self._stand_in(name, inner)
        if name.startswith("end") and name[3:] in _OPENING:
            return self._end(tag, name[3:], level)
        if name in _MIDDLE:
            return self._middle(tag, whole, name)
        if name in _PLAIN:
            if _parses(whole):
                return whole
            self._report("unreadable", tag=tag)
            variable = _VARIABLE.match(inner)
            return f"{{% set {variable[1]} = none %}}" if variable else ""
        self._unknown(tag, name)
        return ""

    def _stand_in(self, name: str, inner: str) -> str:
        """In the place of an opening that cannot be read: its variable is there, and nothing is known of it."""
        variable = _VARIABLE.match(inner) if name == "for" else None
        self._open[-1] = self._open[-1]._replace(written="if")
        given = f"{{% set {variable[1]} = none %}}{{% set loop = none %}}" if variable else ""
        return f"{{% if true %}}{given}"

    def _end(self, tag: str, name: str, level: str) -> str:
        if name not in [block.name for block in self._open]:
            self._report("closes_nothing", tag=tag)
            return ""
        closed = ""
        while self._open[-1].name != name:
            left = self._open.pop()
            self._never_closed(left)
            closed += _end_of(left)
        block = self._open.pop()
        passage = self.passages[self._line]
        same_paragraph = not level and block.line == self._line
        if not same_paragraph and (block.level != level or block.around is not _around(passage, level)):
            self._report("torn_block", tag=tag, opening=findings.shortened(block.tag))
        return closed + _end_of(block)

    def _middle(self, tag: str, whole: str, name: str) -> str:
        if not self._open or (name == "elif" and self._open[-1].name != "if"):
            self._report("closes_nothing", tag=tag)
            return ""
        test = whole if name == "else" else re.sub(r"elif", "if", whole, count=1)
        if name == "elif" and not _parses(f"{test}{{% endif %}}"):
            self._report("unreadable", tag=tag)
            return "{% elif true %}"
        return whole

    def _unknown(self, tag: str, name: str) -> None:
        if name in _WORD_TAGS:
            self._report("word_tag", tag=tag)
        elif name in _JINJA or (name.startswith("end") and name[3:] in _JINJA):
            # what closes it is gone with it
            if not name.startswith("end"):
                self._report("statement", tag=tag)
        else:
            known = (*_OPENING, *_MIDDLE, *_PLAIN, "endif", "endfor")
            meant = shapes.nearest(name, known)
            self._report("no_tag_near" if meant else "no_tag", tag=tag, meant=meant)


def _around(passage: passages.Passage, level: str) -> Any:
    """What a block must open and close in: rows in one table, cells in one row, paragraphs side by side."""
    element = passages.holder(passage, level)
    return None if element is None else element.getparent()


def _end_of(block: _Open) -> str:
    return f"{{% end{block.written or block.name} %}}"
