"""XML texts as nodes, read safely: no document types, no entities, and no more than a form needs."""

from __future__ import annotations

from xml.parsers import expat
from xml.sax import saxutils

from flows import errors
from flows.expressions import nodes

MAX_CHARACTERS = 30_000_000
"""Of one text: the largest forms with their tables have a tenth of that."""

MAX_NODES = 1_000_000
"""Elements and attributes of one text; each takes some hundred bytes of memory."""

MAX_DEPTH = 200
"""Elements inside elements: forms stay under 30."""

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


def parse(text: str, *, file: str = "") -> nodes.PlainNode:
    """The document that a text holds; raises FlowErrors."""
    return _Reader(text, file).top


class _Reader:
    """Builds the tree while the text is read."""

    def __init__(self, text: str, file: str) -> None:
        self.top = nodes.document()
        self._file = file
        self._open = [self.top]
        self._scopes: list[dict[str, str]] = [{"xml": XML_NAMESPACE}]
        self._text: list[str] = []
        self._count = 0
        self._above = text[: len(text) - len(text.lstrip())].count("\n")
        """Empty lines before the XML, which its parser does not see."""
        if len(text) > MAX_CHARACTERS:
            raise self._wrong(f"The text has more than {MAX_CHARACTERS:,} characters.", "Split the form.", 0)
        # counted roughly before: a million nodes are not built to find out that they are too many
        if text.count("<") - text.count("</") + text.count("=") > MAX_NODES:
            raise self._too_many(0)
        self._parser = expat.ParserCreate()
        self._parser.ordered_attributes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        try:
            self._parser.Parse(text.strip().encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            what = f"This is no well-formed XML: {expat.errors.messages.get(error.code, str(error))}."
            raise self._wrong(
                what, "Write the form again with the tool that made it.", self._above + error.lineno
            ) from None

    @property
    def _line(self) -> int:
        """Where the parser is, in the text as it was given."""
        return self._above + self._parser.CurrentLineNumber

    def _refuse(self, *_: object) -> None:
        what = "The XML declares a document type or an entity, which forms never need."
        raise self._wrong(what, "Remove the <!DOCTYPE …> at its beginning.", self._line)

    def _too_many(self, line: int) -> errors.FlowErrors:
        what = f"The XML has more than {MAX_NODES:,} elements, or more than {MAX_DEPTH} inside each other."
        return self._wrong(what, "Split the form.", line)

    def _start(self, name: str, flat: list[str]) -> None:
        self._flush()
        self._count += 1 + len(flat) // 2
        if self._count > MAX_NODES or len(self._open) > MAX_DEPTH:
            raise self._too_many(self._line)
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        declared = {
            key.partition(":")[2]: uri for key, uri in pairs if key == "xmlns" or key.startswith("xmlns:")
        }
        scope = {**self._scopes[-1], **declared} if declared else self._scopes[-1]
        self._scopes.append(scope)
        prefix = name.rpartition(":")[0]
        element = nodes.PlainNode(nodes.Kind.ELEMENT, name, namespace=scope.get(prefix, "") if prefix else "")
        element.line = self._line
        self._open[-1].append(element)
        for key, value in pairs:
            if key == "xmlns" or key.startswith("xmlns:"):
                element.attach(nodes.PlainNode(nodes.Kind.NAMESPACE, key.partition(":")[2], text=value))
            else:
                uri = scope.get(key.rpartition(":")[0], "") if ":" in key else ""
                element.attach(nodes.attribute(key, value, namespace=uri))
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._flush()
        self._open.pop()
        self._scopes.pop()

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text and len(self._open) > 1:
            self._open[-1].append(nodes.PlainNode(nodes.Kind.TEXT, text=text))

    def _wrong(self, what: str, fix: str, line: int) -> errors.FlowErrors:
        return errors.FlowErrors([errors.FlowError(self._file, line, what, fix)])


def written(node: nodes.PlainNode) -> str:
    """An element as text again, without its namespaces."""
    if node.kind is nodes.Kind.TEXT:
        return saxutils.escape(node.text)
    if node.kind is not nodes.Kind.ELEMENT:
        return ""
    attributes = "".join(
        f" {one.name}={saxutils.quoteattr(one.text)}"
        for one in node.attributes
        if one.kind is nodes.Kind.ATTRIBUTE and ":" not in one.name
    )
    name = node.name.rpartition(":")[2]
    return f"<{name}{attributes}>{''.join(map(written, node.children))}</{name}>"
