"""Every noun of a plan, each as a frozen value.

Read this module first: the plan is what the answers of an assessment mean, computed and explained.
Whatever a reader will see is either `Text` (a sentence of the catalogue, said by `planning.words.say`)
or a `str` that somebody else worded: a flow's label, an answer, a name.
"""

from __future__ import annotations

from planning.nouns.answers import AnswerBlock, Answered, AnswerTable
from planning.nouns.base import MOST_NAMED, YEARS_AHEAD, Noun
from planning.nouns.branches import BranchPlan, Connectivity, Devices, Link, Load, Offline, Power
from planning.nouns.changes import Change, Issue, Topic
from planning.nouns.costs import CostRow, Costs, Rate, YearCost
from planning.nouns.figures import Figure, Input, Operand, Parameter, Source
from planning.nouns.gaps import Gap, GapKind, GapOptions, Option, Purchase, Severity
from planning.nouns.hosting import Hosting, HostingOption, Recovery, SecurityRow, Setting
from planning.nouns.migration import CutOver, Migration, MigrationRow
from planning.nouns.open_points import OpenPoint, Reason
from planning.nouns.people import People, PersonLoad, RaciRow, RoleLoad
from planning.nouns.plans import Completeness, Plan, PlanSection
from planning.nouns.readiness import Aspect, Readiness, Ready, Step
from planning.nouns.reports import ReportRow
from planning.nouns.risks import Risk
from planning.nouns.schedule import CalendarUsed, Holiday, Likely, Order, Schedule, ScheduledTask
from planning.nouns.signing import Opened, Signature, SignOff, Signs
from planning.nouns.training import Training, TrainingCourse
from planning.nouns.words import Amount, Day, Text, Value, Words

__all__ = [
    "MOST_NAMED",
    "YEARS_AHEAD",
    "Amount",
    "AnswerBlock",
    "AnswerTable",
    "Answered",
    "Aspect",
    "BranchPlan",
    "CalendarUsed",
    "Change",
    "Completeness",
    "Connectivity",
    "CostRow",
    "Costs",
    "CutOver",
    "Day",
    "Devices",
    "Figure",
    "Gap",
    "GapKind",
    "GapOptions",
    "Holiday",
    "Hosting",
    "HostingOption",
    "Input",
    "Issue",
    "Likely",
    "Link",
    "Load",
    "Migration",
    "MigrationRow",
    "Noun",
    "Offline",
    "OpenPoint",
    "Opened",
    "Operand",
    "Option",
    "Order",
    "Parameter",
    "People",
    "PersonLoad",
    "Plan",
    "PlanSection",
    "Power",
    "Purchase",
    "RaciRow",
    "Rate",
    "Readiness",
    "Ready",
    "Reason",
    "Recovery",
    "ReportRow",
    "Risk",
    "RoleLoad",
    "Schedule",
    "ScheduledTask",
    "SecurityRow",
    "Setting",
    "Severity",
    "SignOff",
    "Signature",
    "Signs",
    "Source",
    "Step",
    "Text",
    "Topic",
    "Training",
    "TrainingCourse",
    "Value",
    "Words",
    "YearCost",
]
