"""Every field that a template may use, each with its meaning: the document as plain words, ready to print.

Numbers, dates and money are already formatted for the reader's language; nothing here is blank.
The linter checks templates against these shapes.
"""

from __future__ import annotations

import msgspec


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """A group of fields; a template reaches one by its name and a dot."""


class Tag(Fields, frozen=True):
    """A judgement: sign and word, with a level that a template may colour by."""

    level: str
    """red, amber, green or grey."""
    text: str


class FigureRow(Fields, frozen=True):
    """A computed number with where it comes from."""

    number: str
    """As 6.3: the third figure of chapter 6."""
    label: str
    value: str
    formula: str
    comes_from: str
    """The answers and parameters behind it."""


class GapRow(Fields, frozen=True):
    """Something needed that is not there."""

    number: str
    """Of its figures; a dash where it has none."""
    id: str
    area: str
    what: str
    need: str
    have: str
    missing: str
    tag: Tag
    support: str
    urgency: str
    score: str
    times: str
    use_case: str
    resolution: str
    """With a word where nobody chose it yet."""
    effort: str
    note: str


class AnswerRow(Fields, frozen=True):
    """One answer."""

    label: str
    value: str
    sure: str
    """known, an estimate, not known …"""
    respondent: str
    by: str
    """The respondent, with the sign and word of a doubt where there is one."""
    on: str
    note: str


class Entry(Fields, frozen=True):
    """One entry of a list of answers, as `question: answer` lines."""

    name: str
    details: list[str]


class AnswerList(Fields, frozen=True):
    """The entries of a list: as a table where few questions were asked of each, else as cards."""

    title: str
    columns: list[str]
    """Empty where the list is shown as cards."""
    rows: list[list[str]]
    cards: list[Entry]


class AnswerBlock(Fields, frozen=True):
    """What one respondent said for a chapter."""

    title: str
    state: str
    owner: str
    rows: list[AnswerRow]
    lists: list[AnswerList]


class OpenPointRow(Fields, frozen=True):
    """Something nobody has said yet."""

    number: str
    question: str
    place: str
    """The section, with the branch."""
    why: str
    owner: str
    due: str


class Chapter(Fields, frozen=True):
    """What every chapter has."""

    title: str
    statements: list[str]
    figures: list[FigureRow]
    gaps: list[GapRow]
    answers: list[AnswerBlock]
    open_points: list[OpenPointRow]
    is_empty: bool
    """Whether nothing was computed, answered or left open for it."""


class DocumentFacts(Fields, frozen=True):
    """The document itself."""

    title: str
    version: str
    status: str
    date: str
    completeness: str
    summary_line: str
    """One sentence that says what the document is made of."""
    language: str


class InstitutionFacts(Fields, frozen=True):
    """The institution."""

    name: str
    country: str
    currency: str
    branches: str
    target_date: str


class Card(Fields, frozen=True):
    """A key figure of page one."""

    label: str
    value: str


class Decision(Fields, frozen=True):
    """What is needed, from whom, by when."""

    number: str
    what: str
    owner: str
    due: str
    tag: Tag


class Summary(Fields, frozen=True):
    """Page one."""

    warning: str
    """The sentence about the project manager where none is dedicated; empty otherwise."""
    cards: list[list[Card]]
    """Rows of three."""
    decisions: list[Decision]
    risks: list[RiskRow]
    """The five greatest."""


class LinkRow(Fields, frozen=True):
    """A line of a branch."""

    number: str
    """Of its first figure; the next two follow."""
    name: str
    technology: str
    provider: str
    speed: str
    availability: str
    cost: str


class LoadRow(Fields, frozen=True):
    """Devices that must keep running through a power cut."""

    device: str
    how_many: str
    watts: str
    battery: str
    """Whether they are on the battery."""


class Fact(Fields, frozen=True):
    """A label with its value."""

    label: str
    value: str


class DeviceRow(Fields, frozen=True):
    """Computers or printers: need, have, missing."""

    what: str
    need: str
    have: str
    missing: str
    tag: Tag


class WayRow(Fields, frozen=True):
    """A way to fill a gap."""

    number: str
    gap: str
    way: str
    """With a sign where it is advised."""
    what: str
    cost: str
    """Over the plan's years."""
    days: str
    tag: Tag


class BranchPage(Fields, frozen=True):
    """One branch's page."""

    name: str
    tag: Tag
    """The gravest of its gaps."""
    missing: str
    """What its gaps are, in one line."""
    profile: list[Fact]
    links: list[LinkRow]
    line: list[Fact]
    line_measures: list[str]
    loads: list[LoadRow]
    loads_line: str
    """The same in one sentence; empty where there is none."""
    power: list[Fact]
    power_measures: list[str]
    devices: list[DeviceRow]
    device_measures: list[str]
    environment: list[str]
    gaps: list[GapRow]
    ways: list[WayRow]
    """How the gaps may be filled."""
    advice: list[str]
    """What is advised for each gap, and why."""
    warnings: list[str]


class HostingOptionRow(Fields, frozen=True):
    """A way to run the servers."""

    number: str
    name: str
    tag: Tag
    reasons: str
    cost: str
    wished: str


class Hosting(Fields, frozen=True):
    """The servers."""

    facts: list[Fact]
    options: list[HostingOptionRow]
    gaps: list[GapRow]
    ways: list[WayRow]
    advice: list[str]
    warnings: list[str]


class SecurityRow(Fields, frozen=True):
    """A requirement of security or backup."""

    item: str
    tag: Tag
    measure: str


class SettingRow(Fields, frozen=True):
    """A decision of the configuration workbook."""

    what: str
    """With a word where it cannot be changed later."""
    keys: str
    comes: str
    chosen: str
    tag: Tag
    decider: str


class MigrationRow(Fields, frozen=True):
    """A kind of record to move."""

    number: str
    order: str
    entity: str
    records: str
    source: str
    period: str
    quality: str
    by_hand: str
    template: str


class Migration(Fields, frozen=True):
    """The data to move."""

    strategy: str
    method: str
    facts: list[Fact]
    rows: list[MigrationRow]
    steps: list[str]
    challenges: list[str]
    not_carried: list[str]
    warnings: list[str]


class ReportRow(Fields, frozen=True):
    """A report the institution needs."""

    number: str
    rank: str
    name: str
    priority: str
    use_case: str
    contents: str
    format: str
    stock: str
    effort: str
    when: str
    """Whether it is due before acceptance testing."""


class PersonRow(Fields, frozen=True):
    """A person and the time they give."""

    number: str
    name: str
    role: str
    share: str
    note: str


class RaciRow(Fields, frozen=True):
    """A duty, who does it and who answers for it."""

    duty: str
    phase: str
    responsible: str
    accountable: str
    stand_in: str
    how_often: str
    defects: str


class People(Fields, frozen=True):
    """The people."""

    verdict: str
    specialist: str
    team: list[PersonRow]
    administrators: list[PersonRow]
    needed: list[Fact]
    raci: list[RaciRow]
    gaps: list[GapRow]
    loads: list[RoleLoadRow]


class CourseRow(Fields, frozen=True):
    """A course."""

    number: str
    title: str
    role: str
    learners: str
    groups: str
    trainer_days: str
    where: str
    trainer: str
    dates: str


class Training(Fields, frozen=True):
    """The training."""

    first_round: str
    facts: list[Fact]
    courses: list[CourseRow]
    warnings: list[str]


class TaskRow(Fields, frozen=True):
    """A task with its dates."""

    number: str
    id: str
    name: str
    phase: str
    who: str
    start: str
    end: str
    days: str
    why: str
    driving: bool


class OrderRow(Fields, frozen=True):
    """Something that has to be ordered in time."""

    number: str
    what: str
    days: str
    """Until it is there."""
    planned: str
    latest: str
    """Ordered later, it delays the whole project."""
    tag: Tag


class Bar(Fields, frozen=True):
    """A task on the chart: one mark a week."""

    name: str
    weeks: list[str]
    """task, driving, milestone or empty."""


class Chart(Fields, frozen=True):
    """A page of bars under the same weeks."""

    title: str
    weeks: list[str]
    """The first day of each column."""
    bars: list[Bar]


class Schedule(Fields, frozen=True):
    """The dates; `tasks` is empty where no schedule can exist."""

    verdict: str
    facts: list[Fact]
    orders: list[OrderRow]
    chain: list[TaskRow]
    """The tasks that set the finish date, in order, each with what it waits for."""
    charts: list[Chart]
    column: str
    """How long one column of the charts is."""
    tasks: list[TaskRow]
    warnings: list[str]


class CostRow(Fields, frozen=True):
    """A line of the budget."""

    number: str
    what: str
    quantity: str
    unit_price: str
    amount: str
    when: str
    """Once, yearly, or every so many years."""


class YearRow(Fields, frozen=True):
    """The money of one year."""

    number: str
    year: str
    once: str
    running: str
    total: str


class Costs(Fields, frozen=True):
    """The money."""

    facts: list[Fact]
    rows: list[CostRow]
    years: list[YearRow]
    warnings: list[str]


class ReadyRow(Fields, frozen=True):
    """How ready one place is, and what would raise the whole score most."""

    number: str
    place: str
    score: str
    missing: str


class RoleLoadRow(Fields, frozen=True):
    """What the project asks of a role against what its people give."""

    number: str
    role: str
    who: str
    needed: str
    given: str
    tag: Tag


class RiskRow(Fields, frozen=True):
    """A risk."""

    id: str
    what: str
    response: str
    likelihood: str
    impact: str
    score: str
    tag: Tag
    owner: str
    because: str


class LogRow(Fields, frozen=True):
    """Who answered one section."""

    section: str
    state: str
    who: str
    on: str
    """From the first day to the last."""
    known: str
    estimates: str
    open: str
    """How many answers are known, estimated, still owed."""
    remarks: str
    """Notes and evidence beside the answers."""


class ParameterRow(Fields, frozen=True):
    """A number the formulas use."""

    name: str
    value: str
    source: str
    origin: str


class FormulaRow(Fields, frozen=True):
    """A figure of the plan and its arithmetic."""

    number: str
    label: str
    formula: str


class CalendarRow(Fields, frozen=True):
    """A working calendar."""

    name: str
    weekend: str
    holidays: str
    closed: str


class Document(Fields, frozen=True):
    """What a template may use."""

    word: dict[str, str]
    """The document's own words, from the catalogue of its language."""
    document: DocumentFacts
    institution: InstitutionFacts
    chapter: dict[str, Chapter]
    """By key, as `chapter.hosting`."""
    summary: Summary
    branches: list[BranchPage]
    functional_gaps: list[GapRow]
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
    readiness: list[ReadyRow]
    open_points: list[OpenPointRow]
    warnings: list[str]
    answer_log: list[LogRow]
    parameters: list[ParameterRow]
    formulas: list[FormulaRow]
    calendars: list[CalendarRow]
