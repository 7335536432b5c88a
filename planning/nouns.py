"""Every noun of a plan, each as a frozen value.

Read this module first: the plan is what the answers of an assessment mean, computed and explained.
Whatever a reader will see is either `Text` (a sentence of the catalogue, said by `planning.words.say`)
or a `str` that somebody else worded: a flow's label, an answer, a name.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping

import msgspec

from flows import nouns


class Noun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value: equal by content, never changed in place."""


YEARS_AHEAD = 20
"""A day further from today than these years is a slip."""

MOST_NAMED = 12
"""Branches that a sentence names; who has more finds the rest in the plan."""

# --- words and figures -----------------------------------------------------------------------------


class Day(Noun, frozen=True, tag_field="is", tag="day"):
    """A date within a sentence, so that each language writes it its own way."""

    day: dt.date


class Amount(Noun, frozen=True, tag_field="is", tag="amount"):
    """A number with its unit within a sentence."""

    value: float
    unit: str = ""


class Text(Noun, frozen=True, tag_field="is", tag="text"):
    """A sentence of the catalogue, by its id, with the values that fill its places."""

    code: str
    values: Mapping[str, Value] = {}
    """Further texts are said in the same language; several are joined by commas."""


Value = str | int | float | None | Text | Day | Amount | tuple[str | Text, ...]
"""What fills a place in a sentence."""

Words = str | Text
"""What a reader sees: a sentence of the catalogue, or words that somebody else wrote."""


class Source(enum.StrEnum):
    """How far a number can be trusted, by where it comes from."""

    MEASURED = "measured"
    STATED = "stated"
    DERIVED = "derived"
    RULE_OF_THUMB = "rule_of_thumb"


class Parameter(Noun, frozen=True):
    """A number that the formulas use and an institution may replace."""

    name: str
    value: float
    unit: str
    source: Source
    origin: str
    """Where the number was found; for a rule of thumb, what it leans on."""
    replaced: bool = False
    """Whether this institution put its own number in the place of ours."""
    least: float | None = None
    """Below it an own number is a slip; None: below a tenth of ours."""
    most: float | None = None
    """Above it an own number is a slip; None: above ten times ours."""
    group: str = ""
    """What it belongs to: internet, power, money …"""
    ours: float | None = None
    """What stands in `parameters.yaml`, where it was replaced."""
    at: dt.datetime | None = None
    """When it was replaced."""

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest number that is believed in its place."""
        least = self.value / 10 if self.least is None else self.least
        return least, self.value * 10 if self.most is None else self.most


class Input(Noun, frozen=True):
    """One answer that a figure was computed from."""

    label: Words
    shown: Words
    """The value in words, with its unit; empty where nobody answered."""
    respondent: str = ""
    """Name of who answered."""
    at: dt.datetime | None = None
    sure: nouns.Sure = nouns.Sure.KNOWN
    flow: str = ""
    branch: str = ""
    """Id of the branch; empty for the organisation's sections."""
    key: str = ""


class Operand(Noun, frozen=True):
    """What entered a formula: an answer, or another figure."""

    label: Words
    value: float | None = None
    unit: str = ""
    shown: Words = ""
    """In words where it is no number; empty, without a value, while nobody knows it."""


class Figure(Noun, frozen=True):
    """A computed number that can say where it comes from; `value` is None while an answer is missing."""

    label: Text
    value: float | None = None
    unit: str = ""
    """kbps, VA, Ah, days, an ISO 4217 currency …; empty for plain counts."""
    formula: Text | None = None
    """The arithmetic in words; None where the figure is an answer itself."""
    operands: tuple[Operand, ...] = ()
    """What the formula was filled with, in its order."""
    inputs: tuple[Input, ...] = ()
    """Every answer behind it, those behind its operands included."""
    parameters: tuple[Parameter, ...] = ()
    source: Source = Source.DERIVED
    low: float | None = None
    high: float | None = None
    """The bounds where inputs are estimates or partly unknown; None where there are none."""
    waits_for: tuple[str, ...] = ()
    """Ids of the open points without which the value is not known."""


class Reason(enum.StrEnum):
    """Why a point is open."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    ASKED = "asked"
    """Its respondent asks a colleague."""
    SKIPPED = "skipped"
    RETURNED = "returned"
    REFUSED = "refused"
    """Answered with what the question does not take."""
    NOT_HANDED_IN = "not_handed_in"


class OpenPoint(Noun, frozen=True):
    """Something that nobody has said yet, with who owes it and by when."""

    id: str
    """Stable: flow, branch and key joined by `:`; the key is empty where a whole section is owed."""
    question: str
    """The question's label, or the section's title where the whole section is owed."""
    flow: str
    reason: Reason
    section: str = ""
    """The section's title."""
    branch: str = ""
    branch_name: str = ""
    key: str = ""
    owner: str = ""
    """Name of who owes it: the section's owner, else the project manager; empty where neither is named."""
    owner_role: str = ""
    """The role that owes it, for where no name is known."""
    due: dt.date | None = None
    questions: int = 1
    """How many questions the point stands for."""
    remark: str = ""
    """What the respondent noted beside it."""
    seeds: tuple[str, ...] = ()
    """Ids of the framework that it serves."""


# --- what was answered ------------------------------------------------------------------------------


class Answered(Noun, frozen=True):
    """One answer as the plan prints it."""

    label: str
    shown: str
    """In words: choice labels, number with unit; empty where the question stands open."""
    respondent: str = ""
    at: dt.datetime | None = None
    sure: nouns.Sure = nouns.Sure.KNOWN
    group: str = ""
    """The heading of the group that the question stands in."""
    evidence: tuple[nouns.Attachment, ...] = ()
    note: str = ""
    key: str = ""
    seeds: tuple[str, ...] = ()
    open: bool = False
    """Whether nobody could say: the cell shows why instead of a value."""


class AnswerTable(Noun, frozen=True):
    """A repeat's entries as a table: questions across, entries down."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Answered, ...], ...]
    """As long as `columns` each; a question that does not apply to an entry shows an empty cell."""
    group: str = ""
    seeds: tuple[str, ...] = ()


class AnswerBlock(Noun, frozen=True):
    """What one section's respondent said, as far as it belongs into one chapter of the plan."""

    flow: str
    title: str
    state: str
    branch: str = ""
    branch_name: str = ""
    owner: str = ""
    answered: tuple[Answered, ...] = ()
    tables: tuple[AnswerTable, ...] = ()


# --- gaps -------------------------------------------------------------------------------------------


class Severity(enum.StrEnum):
    """How bad a gap or risk is; shown as sign and word (`severity.red` …), the colour is only a third."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def sign(self) -> str:
        """A sign that differs in shape, for print and colour-blind readers, and that office fonts have."""
        return {"red": "■", "amber": "▲", "green": "●"}[self.value]


class GapKind(enum.StrEnum):
    """What is missing."""

    FUNCTIONAL = "functional"
    PEOPLE = "people"
    INFRASTRUCTURE = "infrastructure"
    SECURITY = "security"


class Gap(Noun, frozen=True):
    """Something needed that is not there, and what is to be done about it."""

    kind: GapKind
    what: Words
    severity: Severity
    id: str = ""
    """The capability's or item's id, as `LPR-17`."""
    area: Words = ""
    """The module, branch or place that it belongs to."""
    branch: str = ""
    need: Figure | None = None
    have: Figure | None = None
    gap: Figure | None = None
    support: Text | None = None
    """Functional gaps: how far Mifos serves it."""
    note: Words = ""
    use_case: str = ""
    urgency: Text | None = None
    """must have, or nice to have, and from when."""
    times: Figure | None = None
    """Functional gaps: how many times a month it is used."""
    score: Figure | None = None
    """Functional gaps: impact times urgency, the order in which they are closed."""
    resolution: Text | None = None
    """What the institution chose, or what is proposed."""
    proposed: bool = False
    """Whether nobody chose the resolution yet."""
    effort: Figure | None = None
    """Days of a specialist."""


class Purchase(Noun, frozen=True):
    """What a way to fill a gap puts into the budget."""

    item: str
    """`cost.<item>` says it."""
    quantity: Figure
    price: Figure
    """Of one piece; of one piece and month where `monthly`."""
    life: str = ""
    """The parameter that holds the years after which it is bought again; empty where it is not."""
    monthly: bool = False


class Option(Noun, frozen=True):
    """One way to fill a gap of infrastructure."""

    way: Text
    """Reuse, repair, buy, rent, or do without."""
    what: Text
    cost: Figure
    """Over the plan's years, at today's prices."""
    days: Figure
    """Until it is there."""
    fit: Severity
    """Green: fills it; amber: fills it badly, or with work; red: not advised."""
    covers: float | None = None
    """How many pieces it fills; None where it fills the whole gap."""
    advised: bool = False
    """Whether it is taken: advised, or chosen by the project manager."""
    buys: tuple[Purchase, ...] = ()


class GapOptions(Noun, frozen=True):
    """The ways to fill one gap, the best first, with those that are taken: the one place where that is decided."""

    gap: str
    """The gap's id."""
    what: Words
    options: tuple[Option, ...]
    """None while nobody knows whether anything is missing."""
    advice: Text
    branch: str = ""
    buys: tuple[Purchase, ...] = ()
    """What the ways taken put into the budget."""

    @property
    def taken(self) -> tuple[Option, ...]:
        """The ways that fill the gap."""
        return tuple(one for one in self.options if one.advised)


# --- branches ---------------------------------------------------------------------------------------


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
    options: tuple[GapOptions, ...] = ()
    """Ways to fill the gaps."""
    warnings: tuple[Text, ...] = ()
    """Answers that contradict each other."""


# --- hosting and security ---------------------------------------------------------------------------


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
    keys: str
    """Mifos's own names of what it sets."""
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


# --- migration, reports, people, training -----------------------------------------------------------


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


class ReportRow(Noun, frozen=True):
    """One report that the institution needs."""

    name: str
    priority: Text
    """Critical, highly desirable, not required."""
    rank: int
    """1 is built first."""
    use_case: str
    fields: str
    format: str
    frequency: str
    stock: Text
    """The stock report that serves it, or that one has to be built."""
    effort: Figure
    before_acceptance: bool = False


class RaciRow(Noun, frozen=True):
    """Who does and who answers for one duty."""

    duty: Text
    phase: Text
    """During or after deployment."""
    responsible: str
    accountable: str
    stand_in: str
    how_often: str
    defects: tuple[Text, ...] = ()


class PersonLoad(Noun, frozen=True):
    """One person of the project with the share of time that is given."""

    name: str
    role: str
    share: Figure
    """Percent of a working week."""
    exists: bool = True
    needs_training_in: str = ""


class RoleLoad(Noun, frozen=True):
    """What the project asks of a role against what its people give."""

    role: Text
    who: Words
    needed: Figure
    """Days on which tasks hold it."""
    given: Figure
    """Days that its people give between the first of them and the last."""
    load: Figure
    """Percent of the days given."""
    severity: Severity


class People(Noun, frozen=True):
    """Who runs the project, and the system after it."""

    manager: str
    dedicated: bool | None
    """Whether the project manager does nothing else; None while nobody said."""
    verdict: Text
    """The sentence about the project manager that stands on page one."""
    specialist: Text
    """The sentence about the specialist's own project management."""
    team: tuple[PersonLoad, ...]
    administrators: tuple[PersonLoad, ...]
    raci: tuple[RaciRow, ...]
    administrators_needed: Figure
    gaps: tuple[Gap, ...] = ()
    loads: tuple[RoleLoad, ...] = ()


class TrainingCourse(Noun, frozen=True):
    """One course for one role at one place."""

    title: Text
    role: Text
    learners: Figure
    groups: Figure
    days: Figure
    """Days of one group."""
    trainer_days: Figure
    where: Words
    trainer: str
    start: dt.date | None = None
    end: dt.date | None = None


class Training(Noun, frozen=True):
    """Who is taught what by whom."""

    courses: tuple[TrainingCourse, ...]
    first_round: Text
    """Whether the first round's trainer knows the old process, the new one and Mifos."""
    trainer_days: Figure
    trainer_days_available: Figure
    warnings: tuple[Text, ...] = ()


# --- money and risks --------------------------------------------------------------------------------


class CostRow(Noun, frozen=True):
    """One line of the budget."""

    what: Text
    quantity: Figure
    unit_price: Figure
    amount: Figure
    """Once, or a year, in the institution's currency."""
    yearly: bool = False
    every: int = 0
    """Years after which it is bought again; 0 means never."""


class YearCost(Noun, frozen=True):
    """The money of one year."""

    year: int
    """1 is the year of the deployment."""
    once: Figure
    running: Figure
    total: Figure


class Rate(Noun, frozen=True):
    """What other money is worth at home, and who pays in it."""

    currency: str
    rate: Figure
    branches: tuple[str, ...] = ()
    """Names of the branches that pay in it."""
    on: dt.date | None = None


class Costs(Noun, frozen=True):
    """Five years of money; where a price is unknown the value is None and `low` holds the known part."""

    currency: str
    rows: tuple[CostRow, ...]
    years: tuple[YearCost, ...]
    once: Figure
    contingency: Figure
    total: Figure
    """Of all years."""
    per_client: Figure
    """A year and active client."""
    rate: Figure
    """Units of the currency for one US dollar."""
    rate_date: str = ""
    rates: tuple[Rate, ...] = ()
    """Of the currencies that branches abroad pay in."""
    budget: Figure | None = None
    """What there is for the whole project; None where the flow does not ask."""
    warnings: tuple[Text, ...] = ()


class Risk(Noun, frozen=True):
    """Something that may go wrong: raised by a rule from the answers, or named by the project manager."""

    id: str
    what: Words
    response: Words
    likelihood: int
    """1 to 5."""
    impact: int
    """1 to 5."""
    severity: Severity
    owner: str = ""
    because: tuple[Input, ...] = ()

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact


class Aspect(Noun, frozen=True):
    """One thing that must be there before a place can begin."""

    what: Text
    figure: Figure
    """100 % where it is there, 0 where it is missing or nobody knows."""
    weight: float
    name: str = ""

    @property
    def percent(self) -> float:
        """How far it is there."""
        return self.figure.value or 0.0


class Ready(Noun, frozen=True):
    """How ready one branch, or the project, is."""

    branch: str
    """Empty for the project."""
    place: Words
    score: Figure
    aspects: tuple[Aspect, ...]
    steps: tuple[Step, ...] = ()
    """What of it would raise the whole score most."""


class Step(Noun, frozen=True):
    """Something to put right, with what that adds to the whole score."""

    place: Words
    what: Text
    points: float


class Readiness(Noun, frozen=True):
    """How ready the institution is to begin with Mifos, of 100."""

    score: Figure
    project: Ready
    branches: tuple[Ready, ...] = ()
    steps: tuple[Step, ...] = ()
    """What raises the score most, the most first."""


# --- schedule ---------------------------------------------------------------------------------------


class Holiday(Noun, frozen=True):
    """A public holiday; `estimated` where its date hangs on the sight of the moon."""

    day: dt.date
    name: str
    estimated: bool = False


class CalendarUsed(Noun, frozen=True):
    """The calendar that a place's tasks follow."""

    id: str
    name: str
    weekend: tuple[int, ...]
    """Days without work, Monday is 0."""
    holidays: tuple[Holiday, ...]
    closed: tuple[tuple[dt.date, dt.date], ...]
    """Inclusive ranges in which nobody can work in the field."""
    country: str = ""
    subdivision: str = ""
    busy: tuple[tuple[dt.date, dt.date], ...] = ()
    """Inclusive ranges in which nobody of the institution is free."""


class ScheduledTask(Noun, frozen=True):
    """One task with its dates and the reason why it does not begin earlier."""

    id: str
    name: Words
    start: dt.date
    end: dt.date
    """The last day, inclusive."""
    days: int
    """Working days, or calendar days where `elapsed`; 0 is a milestone."""
    phase: Text
    who: tuple[Words, ...] = ()
    roles: tuple[str, ...] = ()
    """Ids of whom it holds, as `manager`."""
    after: tuple[str, ...] = ()
    waits_for: str = ""
    """Id of the task that holds it back; empty where none does."""
    why: Text | None = None
    calendar: str = ""
    branch: str = ""
    elapsed: bool = False
    field_work: bool = False
    driving: bool = False
    """Whether it lies on the chain that sets the finish."""
    inputs: tuple[Input, ...] = ()
    """The answers that gave the task or its length."""
    assumption: Text | None = None
    """What was assumed for its length where no answer gave it."""


class Order(Noun, frozen=True):
    """Something to be ordered, and the last day to do it."""

    what: Words
    days: int
    """Calendar days until it is there."""
    planned: dt.date
    latest: dt.date
    """From the next day on the whole project ends later."""


class Likely(Noun, frozen=True):
    """When the project ends if lengths stray as they usually do: counted over many runs of the same order of work."""

    runs: int
    even: dt.date
    """As many runs ended later as earlier."""
    safe: dt.date
    """Four of five runs had ended."""
    on_target: int | None = None
    """Of a hundred runs, how many ended by the wished date; None where none was given."""


class Schedule(Noun, frozen=True):
    """The dates of the project."""

    start: dt.date
    finish: dt.date
    status: str
    """optimal or feasible."""
    tasks: tuple[ScheduledTask, ...]
    calendars: tuple[CalendarUsed, ...]
    chain: tuple[str, ...]
    """Ids of the tasks that set the finish, first to last."""
    target: dt.date | None = None
    verdict: Text | None = None
    """How the finish compares with the wished date."""
    likely: Likely | None = None
    orders: tuple[Order, ...] = ()
    """What has to be ordered, the most urgent first."""
    bound: dt.date | None = None
    """No schedule of these tasks in this order of waves ends before this day."""
    warnings: tuple[Text, ...] = ()

    @property
    def promise(self) -> dt.date:
        """The day to promise: lengths stray, and by the planned finish few projects have ended."""
        return self.likely.safe if self.likely is not None else self.finish


# --- the plan ---------------------------------------------------------------------------------------


class PlanSection(Noun, frozen=True):
    """One chapter of the plan: what was computed, what was answered, what is open."""

    number: str
    """1 to 16, or a capital letter for an appendix."""
    key: str
    title: Text
    seeds: tuple[str, ...]
    """Ids of the framework's questions that the chapter answers."""
    statements: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    """The n-th one's number is `6.n`."""
    gaps: tuple[Gap, ...] = ()
    answers: tuple[AnswerBlock, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()


class Completeness(Noun, frozen=True):
    """How much of what applies has been answered."""

    answered: int
    applicable: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return 100 if not self.applicable else self.answered * 100 // self.applicable


class Plan(Noun, frozen=True):
    """What an assessment's answers come to: the value that the Word plan is made of."""

    institution: nouns.Institution
    made_on: dt.date
    completeness: Completeness
    summary: tuple[Figure, ...]
    """The decision table of page one."""
    sections: tuple[PlanSection, ...]
    branches: tuple[BranchPlan, ...]
    functional_gaps: tuple[Gap, ...]
    needs: tuple[Figure, ...]
    """How many needs there are, how many are served, how many are not, and what those take."""
    hosting: Hosting
    security: tuple[SecurityRow, ...]
    migration: Migration
    reports: tuple[ReportRow, ...]
    people: People
    training: Training
    schedule: Schedule | None
    """None only where no schedule can exist; `warnings` then says why."""
    costs: Costs
    risks: tuple[Risk, ...]
    readiness: Readiness
    open_points: tuple[OpenPoint, ...]
    warnings: tuple[Text, ...]
    """Contradictions and everything that could not be computed, named."""
    parameters: tuple[Parameter, ...]
    settings: tuple[Setting, ...] = ()
    """The configuration workbook; what cannot be undone comes first."""
