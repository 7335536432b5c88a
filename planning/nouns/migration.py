"""The data to be moved, and when."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text


class MigrationRow(Noun, frozen=True):
    """One kind of record to move."""

    entity: str
    records: Figure
    source: str
    period: str
    history: str
    quality: str
    by_hand: Figure
    """Person-days to type it."""
    template: Text
    """The import template that carries it, or that none does."""
    order: int = 0
    """Its place in the order of loading; 0 where nothing of it is loaded."""


class CutOver(Noun, frozen=True):
    """The time in which a branch posts nothing, because its data move."""

    figures: tuple[Figure, ...]
    statements: tuple[Text, ...]


class Migration(Noun, frozen=True):
    """What moves, how, and how long it takes."""

    strategy: Text
    rows: tuple[MigrationRow, ...]
    """In the order of loading."""
    records: Figure
    by_hand: Figure
    by_template: Figure
    break_even: Figure
    """Records above which the template is quicker than typing."""
    method: Text
    """What is advised, and whether the institution chose otherwise."""
    working_days: Figure
    """Days on the calendar for the people there are."""
    rehearsals: Figure
    steps: tuple[Text, ...]
    """The procedure with reconciliation and way back."""
    challenges: tuple[Text, ...]
    not_carried: tuple[Text, ...]
    """What no import template carries."""
    warnings: tuple[Text, ...] = ()
    cut_over: CutOver | None = None
    """None where nothing moves."""
