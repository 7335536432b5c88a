"""What a branch needs and has: lines, power, devices, days without a line."""

from __future__ import annotations

from flows import nouns
from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.gaps import Gap, GapOptions, Severity
from planning.nouns.words import Text


class Link(Noun, frozen=True):
    """One internet line or SIM of a branch."""

    name: str
    technology: str
    provider: str
    speed: Figure
    """The slower of the two measurements, kbps."""
    availability: Figure
    """Share of the working time, in %."""
    monthly_cost: Figure


class Connectivity(Noun, frozen=True):
    """A branch's lines against what its people need."""

    links: tuple[Link, ...]
    need: Figure
    have: Figure
    availability: Figure
    """All lines together, in %."""
    lost_hours: Figure
    """Working hours a month without a line."""
    monthly_cost: Figure
    failover: Text
    """What happens when the first line is down, and what is advised."""
    measures: tuple[Text, ...] = ()


class Offline(Noun, frozen=True):
    """A branch's entries against the hours in which it has a line."""

    entries: Figure
    """A day."""
    hours: Figure
    """Hours that typing them takes, all computers together."""
    line: Figure
    """Hours of a day with a line."""
    late: Figure
    """Entries of a day that wait for the line."""
    procedure: Text
    measures: tuple[Text, ...] = ()


class Load(Noun, frozen=True):
    """One kind of device that must keep running through a cut."""

    device: Text
    how_many: float
    watts: float
    """Each."""
    on_battery: bool = True


class Power(Noun, frozen=True):
    """How a branch stays on through a power cut."""

    supply: Text
    """The class of supply advised: UPS, inverter with batteries, with solar or generator, or solar hybrid."""
    loads: tuple[Load, ...]
    watts: Figure
    autonomy: Figure
    """Hours that the battery must last."""
    ups: Figure
    """VA."""
    battery: Figure
    """Ah at the battery voltage of the parameters."""
    runtime: Figure
    """Hours that the batteries there now would last: an upper bound."""
    generator: Figure | None = None
    """kVA; only where the supply advised has one."""
    solar: Figure | None = None
    """Wp; only where the supply advised has panels."""
    outage: Figure | None = None
    """Hours of a day without the grid, where a generator that is there shortens what the battery must last."""
    measures: tuple[Text, ...] = ()


class Devices(Noun, frozen=True):
    """Computers or printers of one branch: need, usable, missing."""

    need: Figure
    have: Figure
    gap: Figure
    severity: Severity
    measures: tuple[Text, ...] = ()


class BranchPlan(Noun, frozen=True):
    """One branch's page."""

    branch: nouns.Branch
    profile: tuple[Figure, ...]
    connectivity: Connectivity
    offline: Offline
    power: Power
    computers: Devices
    printing: Devices
    receipts: Devices
    """Receipt printers at the counter."""
    environment: tuple[Text, ...]
    """Measures against heat, dust, lightning …, road and distance."""
    gaps: tuple[Gap, ...]
    unjudged: tuple[Text, ...] = ()
    """What nobody can say yet whether it is there: an answer is missing, or not known."""
    options: tuple[GapOptions, ...] = ()
    """Ways to fill the gaps."""
    warnings: tuple[Text, ...] = ()
    """Answers that contradict each other."""
