"""The plan's outline: its chapters in order, and where each question of the framework has its place."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec


class Chapter(msgspec.Struct, frozen=True):
    """One chapter: its number, its key (`chapter.<key>` is its title), and what of the framework it answers."""

    number: str
    key: str
    seeds: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    """Sections whose questions without an id of the framework are printed here."""


CHAPTERS = (
    Chapter("1", "summary"),
    Chapter("2", "basis", ("S44", "X01", "X08"), ()),
    Chapter("3", "profile", ("X02",), ("branch_office",)),
    Chapter("4", "functional_gaps", ("S01", "S04"), ("operations_needs",)),
    Chapter(
        "5",
        "processes",
        ("S05", "S20", "S21", "S22", "S23", "S24", "S25", "S26", "X05"),
        ("operations_processes", "operations_documents", "it_systems", "project_meetings", "branch_work"),
    ),
    Chapter("6", "hosting", ("S03", "S06", "S07", "S08", "S09", "X07"), ("it_hosting", "it_security")),
    Chapter(
        "7",
        "branches",
        ("S10", "S11", "S12", "S13", "S14", "S15", "S16"),
        ("branch_internet", "branch_power", "branch_equipment", "branch_place"),
    ),
    Chapter("8", "administration", ("S17", "S18", "S38"), ("administration",)),
    Chapter("9", "customisation", ("S19", "S27"), ("customisation", "configuration")),
    Chapter("10", "reports", ("S28", "S29"), ("operations_reports",)),
    Chapter("11", "migration", ("S30", "S31", "S32", "S33"), ("migration",)),
    Chapter("12", "roles", ("S02", "S34", "S35", "S36", "S37"), ("project_team",)),
    Chapter("13", "training", ("S39", "S40", "S41"), ("training_needs",)),
    Chapter("14", "schedule", ("S42", "S43")),
    Chapter("15", "budget", ("X03",), ("finance_setup",)),
    Chapter("16", "risks", ("X04", "X06")),
    Chapter("A", "other_answers"),
    Chapter("B", "calendars"),
    Chapter("C", "parameters"),
)
"""Appendix A holds the answers of surveys that were added, which know none of our chapters."""

OTHER = "other_answers"


def home_of(flow: str, chapters: Sequence[str]) -> str:
    """The one of several chapters that prints a section's lists, which are too long to be printed in each."""
    homes = (chapter.key for chapter in CHAPTERS if flow in chapter.flows and chapter.key in chapters)
    return next(homes, chapters[0])


def seeds() -> tuple[str, ...]:
    """Every id of the framework that some chapter answers."""
    return tuple(_by_seed())


@functools.cache
def _by_seed() -> dict[str, Chapter]:
    return {seed: chapter for chapter in CHAPTERS for seed in chapter.seeds}


def place_of(seed: str) -> Chapter:
    """The chapter that answers a question of the framework; raises KeyError for an id that the outline lacks."""
    return _by_seed()[seed]


def chapters_of(flow: str, seeds: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of the chapters where a question is printed: those of its seeds, else its section's, else the appendix."""
    placed = tuple(dict.fromkeys(_by_seed()[seed].key for seed in seeds if seed in _by_seed()))
    if placed:
        return placed
    return tuple(chapter.key for chapter in CHAPTERS if flow in chapter.flows) or (OTHER,)
