"""The syntax tree of an expression: frozen values, equal by content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

KEPT_FLAT = frozenset({"or", "and", "+", "*", "|"})
"""Operators whose chains are one operation with many operands: `a and b and c` has three."""

PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
"""How tightly an operator binds; 7 is the unary minus, which stands under the union."""

NEGATION_PRECEDENCE = 7

AXES = (
    "ancestor",
    "ancestor-or-self",
    "attribute",
    "child",
    "descendant",
    "descendant-or-self",
    "following",
    "following-sibling",
    "namespace",
    "parent",
    "preceding",
    "preceding-sibling",
    "self",
)
"""The thirteen directions in which a step may go."""

NODE_TYPES = ("comment", "node", "processing-instruction", "text")
"""Kinds of node that a step may ask for in place of a name."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; never negative, a minus is its own node."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string; it may hold one kind of quotation mark, not both."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """XLSForm's `${name}`: the question of that name, as seen from where the expression stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator between two operands, or more for the operators of `KEPT_FLAT`."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus in front."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class NameTest:
    """A step's name; `*` stands for any, a prefix is written `prefix:name`."""

    name: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class TypeTest:
    """A step's kind of node; `target` is a processing instruction's name."""

    type: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: which way, to what, and which of those."""

    axis: str
    test: NameTest | TypeTest
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from the nodes of `start`, or from the node where one stands."""

    steps: tuple[Step, ...]
    absolute: bool = False
    start: Expression | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression whose nodes are filtered: `instance('towns')[2]`."""

    operand: Expression
    predicates: tuple[Expression, ...]


Expression = Number | Text | Reference | Call | Operation | Negation | Path | Filter

SELF = Step("self", TypeTest("node"))
PARENT = Step("parent", TypeTest("node"))
ANYWHERE_BELOW = Step("descendant-or-self", TypeTest("node"))
"""What `//` stands for."""


def parts(tree: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside, in the order of the text."""
    match tree:
        case Call():
            return tree.arguments
        case Operation():
            return tree.operands
        case Negation():
            return (tree.operand,)
        case Filter():
            return (tree.operand, *tree.predicates)
        case Path():
            start = () if tree.start is None else (tree.start,)
            return start + tuple(predicate for step in tree.steps for predicate in step.predicates)
    return ()


def walk(tree: Expression) -> Iterator[Expression]:
    """The tree and everything inside it, outermost first."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(parts(one)))


def references(tree: Expression) -> frozenset[str]:
    """The names used as `${name}`: what the expression depends on."""
    return frozenset(one.name for one in walk(tree) if isinstance(one, Reference))


def paths(tree: Expression) -> tuple[Path, ...]:
    """Every location path in the tree, outermost first: what a form written in XPath depends on."""
    return tuple(one for one in walk(tree) if isinstance(one, Path))


def calls(tree: Expression) -> tuple[Call, ...]:
    """Every function call in the tree, outermost first."""
    return tuple(one for one in walk(tree) if isinstance(one, Call))
