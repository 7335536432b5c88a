"""YAML as text with line numbers: safe, limited, and without YAML's guesses at what a word means.

Every word stays the text that was written: `no` is a name here, not false, and `1.0` is a version.
"""

from __future__ import annotations

from typing import Any

import yaml

from flows import errors

MAX_BYTES = 2_000_000
"""Characters of one file; the largest shipped flow has about 60,000."""

MAX_DEPTH = 40
"""Levels of lists and keys; groups in groups need two a level, and nobody follows more than a few."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node:
    """A part of a YAML text: a text, a list, or keys with values, each knowing its line."""

    __slots__ = ("is_mapping", "is_sequence", "is_text", "line", "members", "pairs", "text")

    def __init__(self, node: yaml.Node) -> None:
        self.line = node.start_mark.line + 1
        self.is_mapping = isinstance(node, yaml.MappingNode)
        self.is_sequence = isinstance(node, yaml.SequenceNode)
        self.is_text = isinstance(node, yaml.ScalarNode)
        self.text: str = node.value.strip() if self.is_text else ""
        self.members: tuple[Node, ...] = ()
        self.pairs: tuple[tuple[Node, Node], ...] = ()
        if isinstance(node, yaml.SequenceNode):
            self.members = tuple(Node(member) for member in node.value)
        if isinstance(node, yaml.MappingNode):
            self.pairs = tuple((Node(key), Node(value)) for key, value in node.value)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)


def compose(text: str, file: str) -> Node:
    """The YAML text as nodes; raises FlowErrors where it is too large, too deep, uses aliases, or is no YAML."""
    if len(text) > MAX_BYTES:
        what = f"The file has more than {MAX_BYTES:,} characters."
        raise errors.FlowErrors([errors.FlowError(file, 1, what, "Split it into several flows.")])
    try:
        _refuse(text, file)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise errors.FlowErrors([_unreadable(error, file)]) from None
    if node is None:
        raise errors.FlowErrors([errors.FlowError(file, 1, "The file is empty.", "Begin with `flow: …`.")])
    return Node(node)


def _refuse(text: str, file: str) -> None:
    """Refuse what could grow without end, before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        line = mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            fix = "Write the part out again."
            raise errors.FlowErrors([errors.FlowError(file, line, "Aliases (`*name`) are not allowed.", fix)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            what = f"This stands more than {MAX_DEPTH} levels deep."
            raise errors.FlowErrors([errors.FlowError(file, line, what, "Put fewer groups inside groups.")])


def _unreadable(error: yaml.YAMLError, file: str) -> errors.FlowError:
    mark: Any = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    fix = "Check the indentation, and put texts with `: ` or `#` in quotation marks."
    return errors.FlowError(file, mark.line + 1 if mark else 1, f"This is no YAML: {problem}.", fix)
