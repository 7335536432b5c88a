"""Where Mifos runs, how it is secured, and how it is set up."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.gaps import Gap, GapOptions, Severity
from planning.nouns.words import Text, Words


class Recovery(Noun, frozen=True):
    """How a server that fails is brought back, and what that costs in work and hours."""

    arrangement: str
    """nightly, log or follower."""
    loss: Figure
    """Hours of work that may be lost."""
    down: Figure
    """Hours until it works again."""
    enough: Severity
    """Green: no more than can be borne; amber: nobody said what can; red: more."""
    verdict: Text


class HostingOption(Noun, frozen=True):
    """One way to run the servers, compared with the others."""

    name: Text
    fits: Severity
    """Green: can be done as it stands; amber: with work; red: not advised."""
    reasons: tuple[Text, ...]
    monthly_cost: Figure
    recovery: Recovery
    wished: bool = False


class Hosting(Noun, frozen=True):
    """The server class that the institution needs, and where it may stand."""

    size: str
    """XS, S, M, L or XL; empty while the clients are not known."""
    why: Text
    application: Text
    """What the application servers need."""
    database: Text
    """What the database server needs."""
    clients_now: Figure
    clients: Figure
    """At the end of the planning horizon."""
    users_at_once: Figure
    disk: Figure
    """GB at the end of the planning horizon, copies included."""
    memory: Figure
    cores: Figure
    options: tuple[HostingOption, ...]
    gaps: tuple[Gap, ...] = ()
    ways: tuple[GapOptions, ...] = ()
    """Ways to fill the gaps."""
    warnings: tuple[Text, ...] = ()


class SecurityRow(Noun, frozen=True):
    """One requirement of security or backup against what is proposed."""

    item: Words
    state: Text
    """Met, partly, not met or not known."""
    severity: Severity
    measure: Text
    key: str = ""


class Setting(Noun, frozen=True):
    """One decision of the configuration workbook."""

    what: str
    """The question as it was asked."""
    place: Words
    """Where it is set, in words; empty where the names say it."""
    keys: str
    """Mifos's own names of what it sets; empty where it has none."""
    comes: str
    """What Mifos comes with, in words; empty where it comes without any."""
    chosen: str
    """The decision in words; empty while it is open."""
    state: Text
    """Open, as it comes, changed, or given where Mifos comes without any."""
    severity: Severity = Severity.GREEN
    """Red where it is open and cannot be changed later."""
    decider: str = ""
    for_ever: bool = False
    """Whether it cannot be changed after the first day."""
    key: str = ""
