"""An answer book as a file to read and to compare: one answer a line."""

from __future__ import annotations

from typing import Any

import msgspec

from flows import nouns


def text(book: nouns.AnswerBook) -> str:
    """The book as JSON with one answer, branch or person a line."""
    sections = ",\n".join(_section(section) for section in book.sections)
    return (
        "{\n"
        f'  "institution": {_line(book.institution)},\n'
        f'  "format": {_line(book.format)},\n'
        f'  "branches": [\n{_lines(book.branches)}\n  ],\n'
        f'  "people": [\n{_lines(book.people)}\n  ],\n'
        f'  "made_at": {_line(book.made_at)},\n'
        f'  "note": {_line(book.note)},\n'
        f'  "sections": [\n{sections}\n  ]\n'
        "}\n"
    )


def _section(section: nouns.SectionAnswers) -> str:
    answers = ",\n".join(f"        {_line(key)}: {_line(answer)}" for key, answer in section.answers.items())
    head = msgspec.to_builtins(section)
    head.pop("answers", None)
    fields = [f"      {_line(name)}: {_line(value)}" for name, value in head.items()]
    return "    {\n" + ",\n".join([*fields, f'      "answers": {{\n{answers}\n      }}']) + "\n    }"


def _lines(values: tuple[Any, ...]) -> str:
    return ",\n".join(f"    {_line(value)}" for value in values)


def _line(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode().replace("\n", " ")
