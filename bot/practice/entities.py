"""Telegram's HTML, read as strictly as Telegram reads it: text in, plain text and entities out.

The grammar and the error texts are those of tdlib's message entity parser; byte offsets in the errors count
UTF-8, offsets and lengths of entities count UTF-16 code units.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.practice import errors, state

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")
_PLAIN = re.compile("[^<&]+")
_SPACE = " \t\r\n\0\v"


class Formatted(NamedTuple):
    """A text and its entities, in the order Telegram lists them."""

    text: str
    entities: list[state.JSON]


class _OpenTag(NamedTuple):
    name: str
    argument: str
    offset: int
    position: int


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Formatted:
    """The text and entities of an HTML message; raises Telegram's refusal where the markup is broken."""
    return _Reader(source).read()


class _Reader:
    """One pass over the source, keeping the tags that are still open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._entities: list[state.JSON] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if self._source[self._at] == "<":
                if self._peek(1) == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif plain := _PLAIN.match(self._source, self._at):
                self._at = plain.end()
                self._append(plain[0])
            else:
                self._append(self._character())
        if self._open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return Formatted("".join(self._text), ordered(self._entities))

    def _peek(self, ahead: int = 0) -> str:
        position = self._at + ahead
        return self._source[position] if position < len(self._source) else ""

    def _append(self, words: str) -> None:
        self._text.append(words)
        self._length += utf16_length(words)

    def _character(self) -> str:
        """One character, a reference decoded; a lone & stands for itself."""
        if self._peek() == "&":
            match = _REFERENCE.match(self._source, self._at)
            decoded = _decoded(match) if match else ""
            if match and decoded:
                self._at = match.end()
                return decoded
        self._at += 1
        return self._source[self._at - 1]

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._peek() and self._peek() not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _start_tag(self) -> None:
        begin = self._at
        offset = _byte_offset(self._source, begin)
        self._at += 1
        name = self._until(_SPACE + ">").lower()
        if not self._peek():
            raise _cannot_parse(f"Unclosed start tag at byte offset {offset}")
        if name not in _ENTITY_OF_TAG:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {offset}')
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            argument = self._attribute(name, offset) or argument
        self._at += 1
        if name == "span" and argument != "spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self._open.append(_OpenTag(name, argument, self._length, len(self._text)))

    def _attribute(self, tag: str, offset: int) -> str:
        """One attribute; gives the tag's argument where the attribute is the one that matters."""
        attribute = self._until(_SPACE + "=>/\"'")
        if not attribute:
            raise _cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        self._skip_space()
        if self._peek() != "=":
            if not self._peek():
                raise _cannot_parse(f'Unclosed start tag "{tag}" at byte offset {offset}')
            return "1" if (tag, attribute) == ("blockquote", "expandable") else ""
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise _cannot_parse(f'Unclosed start tag "{tag}" at byte offset {offset}')
        value = self._attribute_value()
        if not self._peek():
            raise _cannot_parse(f"Unclosed start tag at byte offset {offset}")
        match tag, attribute:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "1"
            case _:
                return ""

    def _attribute_value(self) -> str:
        quote = self._peek()
        if quote not in "'\"":
            begin = self._at
            while self._peek() in (".", "-") or (self._peek().isascii() and self._peek().isalnum()):
                self._at += 1
            if self._peek() and self._peek() not in _SPACE + ">":
                offset = _byte_offset(self._source, begin)
                raise _cannot_parse(f"Unexpected end of name token at byte offset {offset}")
            return self._source[begin : self._at].lower()
        self._at += 1
        value = []
        while self._peek() and self._peek() != quote:
            value.append(self._character())
        self._at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        offset = _byte_offset(self._source, self._at)
        if not self._open:
            raise _cannot_parse(f"Unexpected end tag at byte offset {offset}")
        self._at += 2
        name = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise _cannot_parse(f"Unclosed end tag at byte offset {offset}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise _cannot_parse(
                f'Unmatched end tag at byte offset {offset}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self._length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: state.JSON = {
            "type": _ENTITY_OF_TAG[tag.name],
            "offset": tag.offset,
            "length": self._length - tag.offset,
        }
        last = self._entities[-1] if self._entities else {}
        same_place = all(last.get(key) == entity[key] for key in ("offset", "length"))
        match tag.name:
            case "a":
                url = checked_url(tag.argument or "".join(self._text[tag.position :]))
                if not url:
                    return  # Telegram drops a link it cannot use, and keeps the words
                entity["url"] = url
            case "tg-emoji":
                if not tag.argument.isdecimal() or int(tag.argument) == 0:
                    raise _cannot_parse("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.argument
            case "blockquote" if tag.argument:
                entity["type"] = "expandable_blockquote"
            case "pre" if same_place and last["type"] == "code":
                last["type"] = "pre"
                return
            case "code" if same_place and last["type"] == "pre":
                if tag.argument:
                    last["language"] = tag.argument
                return
            case "code" if tag.argument:
                entity["language"] = tag.argument
        self._entities.append(entity)


def _decoded(match: re.Match[str]) -> str:
    if match["name"] is not None:
        return _CHARACTERS.get(match["name"], "")
    code = int(match["hex"] or "0", 16) if match["hex"] is not None else int(match["decimal"] or "0")
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def _byte_offset(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))


def _cannot_parse(reason: str) -> errors.Refusal:
    return errors.bad_request(f"can't parse entities: {reason}")


def checked_url(url: str) -> str:
    """The address as Telegram keeps it, or nothing where it is none."""
    candidate = url.strip()
    if candidate.startswith("tg://"):
        return candidate
    if "://" not in candidate:
        candidate = f"http://{candidate}"
    try:
        parts = urlsplit(candidate)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or any(sign.isspace() for sign in candidate):
        return ""
    if "." not in host:
        return ""
    return candidate if parts.path or parts.query or parts.fragment else f"{candidate}/"


def ordered(entities: list[state.JSON]) -> list[state.JSON]:
    """Outer before inner, left before right; a language left on a bare code is not part of it."""
    kept = [
        {key: value for key, value in entity.items() if not (key == "language" and entity["type"] == "code")}
        for entity in entities
    ]
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))
