"""Every field that a template may use, each with its meaning: the document as plain words, ready to print.

Numbers, dates and money are already formatted for the reader's language; nothing here is blank.
The linter checks templates against these shapes.
"""

from __future__ import annotations

from document_templates.fields.answers import AnswerBlock, AnswerList, AnswerRow, Entry, LogRow, OpenPointRow
from document_templates.fields.base import Fields, Tag
from document_templates.fields.basis import Basis, ConditionRow, GoLive, Signer, TermRow
from document_templates.fields.branches import BranchPage, DeviceRow, Fact, LinkRow, LoadRow
from document_templates.fields.chapters import Chapter
from document_templates.fields.costs import CostRow, Costs, YearRow
from document_templates.fields.cover import DocumentFacts, InstitutionFacts
from document_templates.fields.document import Document
from document_templates.fields.figures import FigureRow, FormulaRow, ParameterGroup, ParameterRow
from document_templates.fields.gaps import GapRow, WayRow
from document_templates.fields.history import HistoryRow
from document_templates.fields.hosting import Hosting, HostingOptionRow, SecurityRow, SettingRow
from document_templates.fields.migration import Migration, MigrationRow
from document_templates.fields.people import People, PersonRow, RaciRow, RoleLoadRow
from document_templates.fields.photos import Photo, Photos
from document_templates.fields.reports import ReportRow
from document_templates.fields.risks import ReadyRow, RiskRow
from document_templates.fields.schedule import (
    Bar,
    CalendarRow,
    Chart,
    HolidayRow,
    OrderRow,
    Schedule,
    TaskRow,
)
from document_templates.fields.summary import Card, Decision, Summary
from document_templates.fields.training import CourseRow, Training

__all__ = [
    "AnswerBlock",
    "AnswerList",
    "AnswerRow",
    "Bar",
    "Basis",
    "BranchPage",
    "CalendarRow",
    "Card",
    "Chapter",
    "Chart",
    "ConditionRow",
    "CostRow",
    "Costs",
    "CourseRow",
    "Decision",
    "DeviceRow",
    "Document",
    "DocumentFacts",
    "Entry",
    "Fact",
    "Fields",
    "FigureRow",
    "FormulaRow",
    "GapRow",
    "GoLive",
    "HistoryRow",
    "HolidayRow",
    "Hosting",
    "HostingOptionRow",
    "InstitutionFacts",
    "LinkRow",
    "LoadRow",
    "LogRow",
    "Migration",
    "MigrationRow",
    "OpenPointRow",
    "OrderRow",
    "ParameterGroup",
    "ParameterRow",
    "People",
    "PersonRow",
    "Photo",
    "Photos",
    "RaciRow",
    "ReadyRow",
    "ReportRow",
    "RiskRow",
    "RoleLoadRow",
    "Schedule",
    "SecurityRow",
    "SettingRow",
    "Signer",
    "Summary",
    "Tag",
    "TaskRow",
    "TermRow",
    "Training",
    "WayRow",
    "YearRow",
]
