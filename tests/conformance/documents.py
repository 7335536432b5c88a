"""XML documents as nodes, and the positional paths by which the outside cases name a node."""

from __future__ import annotations

from xml.parsers import expat

from flows.expressions import nodes

TEXT, CDATA, INSTRUCTION, COMMENT = 3, 4, 7, 8
"""The DOM's numbers for kinds of node, which the cases' paths use."""

NUMBERS = {nodes.Kind.TEXT: TEXT, nodes.Kind.INSTRUCTION: INSTRUCTION, nodes.Kind.COMMENT: COMMENT}

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class Document:
    """A parsed document: its nodes, which texts were written as CDATA, and every prefix that it declares."""

    def __init__(self, text: str) -> None:
        self.top = nodes.document()
        self.cdata: set[int] = set()
        self.prefixes: dict[str, str] = {}
        self._open = [self.top]
        self._scopes: list[dict[str, str]] = [{"xml": XML_NAMESPACE}]
        self._text: list[str] = []
        if text.strip():
            self._parse(text)

    def _parse(self, text: str) -> None:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartCdataSectionHandler = self._flush
        parser.EndCdataSectionHandler = lambda: self._flush(cdata=True)
        parser.CommentHandler = lambda text: self._leaf(nodes.PlainNode(nodes.Kind.COMMENT, text=text))
        parser.ProcessingInstructionHandler = lambda target, text: self._leaf(
            nodes.PlainNode(nodes.Kind.INSTRUCTION, target, text=text)
        )
        parser.Parse(text.encode(), True)

    def _flush(self, *, cdata: bool = False) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text and len(self._open) > 1:
            node = self._open[-1].append(nodes.PlainNode(nodes.Kind.TEXT, text=text))
            if cdata:
                self.cdata.add(id(node))

    def _leaf(self, node: nodes.PlainNode) -> None:
        self._flush()
        self._open[-1].append(node)

    def _start(self, name: str, flat: list[str]) -> None:
        self._flush()
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        declared = {
            key.partition(":")[2]: uri for key, uri in pairs if key == "xmlns" or key.startswith("xmlns:")
        }
        scope = {**self._scopes[-1], **declared}
        self._scopes.append(scope)
        for prefix, uri in declared.items():
            self.prefixes.setdefault(prefix, uri)
        element = nodes.PlainNode(nodes.Kind.ELEMENT, name, namespace=scope.get(prefix_of(name), ""))
        self._open[-1].append(element)
        for key, value in pairs:
            if key == "xmlns" or key.startswith("xmlns:"):
                element.attach(nodes.PlainNode(nodes.Kind.NAMESPACE, key.partition(":")[2], text=value))
            else:
                uri = scope.get(prefix_of(key), "") if ":" in key else ""
                element.attach(nodes.attribute(key, value, namespace=uri))
        self._open.append(element)

    def _end(self, name: str) -> None:
        self._flush()
        self._open.pop()
        self._scopes.pop()

    def path(self, node: nodes.Node) -> str:
        """The positional path of a node: `/html[1]/body[1]/@id`, `/data[1]/node()#3` for a text."""
        if node.parent is None:
            return "/"
        above = (
            "" if node.parent.parent is None and node.kind is nodes.Kind.ELEMENT else self.path(node.parent)
        )
        if node.kind is nodes.Kind.ATTRIBUTE:
            return f"{above}/@{node.name}"
        if node.kind is nodes.Kind.NAMESPACE:
            return f"{above}/@xmlns:{node.name}" if node.name else f"{above}/@xmlns"
        if node.kind is nodes.Kind.ELEMENT:
            family = [one for one in node.parent.children if one.kind is node.kind and one.name == node.name]
            return f"{above}/{node.name}[{next(i for i, one in enumerate(family, 1) if one is node)}]"
        number = CDATA if id(node) in self.cdata else NUMBERS[node.kind]
        return f"{above}/node()#{number}"

    def find(self, path: str) -> nodes.PlainNode | None:
        """The first node with this path."""
        if path == "/":
            return self.top
        found = (one for one in with_attributes(self.top) if self.path(one) == path)
        return next(found, None)


def prefix_of(name: str) -> str:
    """The part of a name before the colon."""
    return name.rpartition(":")[0]


def with_attributes(top: nodes.PlainNode) -> list[nodes.PlainNode]:
    """Every node below `top`, attributes too."""
    inside = [top, *nodes.descendants(top)]
    return [one for node in inside for one in (node, *node.attributes)]
