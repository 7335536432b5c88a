"""What every part of an XForm is read with: elements by name, attributes, and paths made absolute."""

from __future__ import annotations

from collections.abc import Iterator

from flows.expressions import nodes, steps

XFORMS = "http://www.w3.org/2002/xforms"


def inside(element: nodes.PlainNode, *names: str) -> Iterator[nodes.PlainNode]:
    """The elements directly inside, of these names where some are given, whatever their prefix."""
    for child in element.children:
        if child.kind is nodes.Kind.ELEMENT and (not names or steps.local_name(child) in names):
            yield child


def first(element: nodes.PlainNode, name: str) -> nodes.PlainNode | None:
    """The first element of a name directly inside."""
    return next(inside(element, name), None)


def below(element: nodes.PlainNode, *names: str) -> Iterator[nodes.PlainNode]:
    """The elements of these names anywhere inside."""
    for child in nodes.descendants(element):
        if child.kind is nodes.Kind.ELEMENT and steps.local_name(child) in names:
            yield child


def attribute(element: nodes.PlainNode, name: str) -> str:
    """An attribute's text, whatever its prefix; empty where it is not there."""
    for found in element.attributes:
        if found.kind is nodes.Kind.ATTRIBUTE and found.name.rpartition(":")[2] == name:
            return found.text
    return ""


def has(element: nodes.PlainNode, name: str) -> bool:
    """Whether the attribute is there, if only empty."""
    return any(
        found.kind is nodes.Kind.ATTRIBUTE and found.name.rpartition(":")[2] == name
        for found in element.attributes
    )


def reference(element: nodes.PlainNode, binds: dict[str, str]) -> str:
    """The path that an element names by `ref` or `nodeset`, or by the id of a bind."""
    named = attribute(element, "ref") or attribute(element, "nodeset")
    return (named or binds.get(attribute(element, "bind"), "")).strip().removeprefix("current()/")


def absolute(path: str, around: str) -> str:
    """A plain path from the top, for one that may begin where `around` stands."""
    if not path or path.startswith("/"):
        return path.rstrip("/")
    parts = around.split("/")
    for step in path.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def literal(text: str) -> str:
    """An expression that is worth a text."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ", ".join(f"'{part}'" for part in text.split("'"))
    return "concat(" + parts.replace(", ", ', "\'", ') + ")"
