"""Everything a template may say."""

from __future__ import annotations

from document_templates.fields.answers import LogRow, OpenPointRow
from document_templates.fields.base import Fields
from document_templates.fields.basis import Basis, GoLive, TermRow
from document_templates.fields.branches import BranchPage
from document_templates.fields.chapters import Chapter
from document_templates.fields.costs import Costs
from document_templates.fields.cover import DocumentFacts, InstitutionFacts
from document_templates.fields.figures import FormulaRow, ParameterGroup, ParameterRow
from document_templates.fields.gaps import GapRow
from document_templates.fields.history import HistoryRow
from document_templates.fields.hosting import Hosting, SecurityRow, SettingRow
from document_templates.fields.migration import Migration
from document_templates.fields.people import People
from document_templates.fields.photos import Photos
from document_templates.fields.reports import ReportRow
from document_templates.fields.risks import ReadyRow, RiskRow
from document_templates.fields.schedule import CalendarRow, Chart, HolidayRow, Schedule
from document_templates.fields.summary import Summary
from document_templates.fields.training import Training


class Document(Fields, frozen=True):
    """What a template may use."""

    word: dict[str, str]
    """The document's own words, from the catalogue of its language."""
    document: DocumentFacts
    institution: InstitutionFacts
    chapter: dict[str, Chapter]
    """By key, as `chapter.hosting`."""
    summary: Summary
    basis: Basis
    branches: list[BranchPage]
    photos: Photos
    """Those that belong to no branch."""
    functional_gaps: list[GapRow]
    functional_uses: list[str]
    """What the needs of these gaps are for and how often, each in a sentence."""
    functional_settings: list[GapRow]
    """What Mifos does after settings."""
    hosting: Hosting
    security: list[SecurityRow]
    settings: list[SettingRow]
    migration: Migration
    reports: list[ReportRow]
    people: People
    training: Training
    schedule: Schedule
    costs: Costs
    risks: list[RiskRow]
    go_live: GoLive
    readiness: list[ReadyRow]
    readiness_charts: list[Chart]
    """A bar a place; empty where there is no branch."""
    open_points: list[OpenPointRow]
    warnings: list[str]
    answer_log: list[LogRow]
    noted_everywhere: list[str]
    """What is noted beside answers of every section; the rows of the log leave it out."""
    parameters: list[ParameterRow]
    parameter_groups: list[ParameterGroup]
    """The same numbers under what they are about."""
    formulas: list[FormulaRow]
    calendars: list[CalendarRow]
    holidays: list[HolidayRow]
    glossary: list[TermRow]
    """The words of the trade that this plan uses."""
    history: list[HistoryRow]
    """The versions that were issued, this one last."""
