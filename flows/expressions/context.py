"""What an evaluation is given: the form around it (`Host`) and the place where it stands (`Context`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.expressions import errors, limits, nodes

if TYPE_CHECKING:
    from flows.expressions import values

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the form gives to its expressions; one value serves every evaluation of a turn.

    Everything is optional: an expression that needs what is not there raises `EvaluationError`.
    """

    now: dt.datetime | None = None
    """The moment of `now()` and `today()`, with a time zone."""
    zone: dt.tzinfo = dt.UTC
    """Where the respondent is: dates without a zone are read and written there."""
    root: nodes.Node | None = None
    """Where absolute paths begin; without it, the top of the tree in which the evaluation stands."""
    reference: Callable[[str, nodes.Node | None], Sequence[nodes.Node]] | None = None
    """`${name}` as seen from a node; from None, that question in every entry of every repeat (`indexed-repeat`)."""
    instances: Mapping[str, nodes.Node] = field(default_factory=dict)
    """What `instance('id')` gives: the node above each secondary instance's root element."""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    """URI by prefix; that of the empty prefix is the namespace of names without one."""
    choice_name: Callable[[str, str, nodes.Node], str] | None = None
    """`jr:choice-name`: the label of a choice, from its name, the question as written, and the current node."""
    itext: Callable[[str], values.Value] | None = None
    """`jr:itext`: the text of that id in the language of the session."""
    random: Callable[[], float] | None = None
    """The next random number, from 0 to below 1."""
    uuid: Callable[[], str] | None = None
    """The next random identifier, as `8e0d94d5-24f2-431b-80fd-2bde33651729`."""
    functions: Mapping[str, Callable[..., values.Value]] = field(default_factory=dict)
    """The host's own functions by name, called with the context and the arguments' values."""
    months: Sequence[str] = MONTHS
    """Short names, January first, for `%b`."""
    weekdays: Sequence[str] = WEEKDAYS
    """Short names, Monday first, for `%a`."""


class Context:
    """Where an expression stands: a node, and inside a predicate its position among how many."""

    __slots__ = ("current", "host", "node", "position", "size", "visits")

    def __init__(
        self,
        host: Host,
        node: nodes.Node,
        *,
        position: int = 1,
        size: int = 1,
        current: nodes.Node | None = None,
        visits: Visits | None = None,
    ) -> None:
        self.host = host
        self.node = node
        self.position = position
        self.size = size
        self.current = node if current is None else current
        self.visits = Visits() if visits is None else visits


class Visits:
    """How much more an evaluation may look at; shared by all the contexts of one evaluation."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = limits.MAX_VISITS

    def spend(self, count: int) -> None:
        """Notes that `count` nodes or states were looked at, and ends an evaluation that looks at too many."""
        self.left -= count
        if self.left < 0:
            message = f"The expression takes more than {limits.MAX_VISITS:,} steps; make its paths or patterns narrower."
            raise errors.EvaluationError(message)
