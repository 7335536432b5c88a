"""Every noun of an assessment, each as a frozen value that msgspec turns into JSON and back.

Read this module first: the rest of the program passes these values around.
A definition (`Flow`) says what may be asked; a `Session` says where one respondent stands in it;
an `Event` is what a person did; a `Turn` is what comes of it.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import msgspec


class Noun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value: equal by content, never changed in place (`msgspec.structs.replace` makes the next one)."""


class Role(enum.StrEnum):
    """What a person answers for in one assessment."""

    BRANCH_STAFF = "branch_staff"
    IT = "it"
    FINANCE = "finance"
    OPERATIONS = "operations"
    TRAINING = "training"
    PROJECT_MANAGER = "project_manager"
    SPECIALIST = "specialist"


PROCESS_OWNERS = frozenset({Role.IT, Role.FINANCE, Role.OPERATIONS, Role.TRAINING})
"""The head-office roles that answer a section for the whole organisation."""


class Per(enum.StrEnum):
    """How often a section is answered."""

    ORGANISATION = "organisation"
    BRANCH = "branch"


class Sure(enum.StrEnum):
    """How much a respondent stands behind an answer."""

    KNOWN = "known"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
    ASKED = "asked"
    """Does not know, and asks a colleague."""
    NOT_APPLICABLE = "not_applicable"
    """Says that the question does not concern them: nobody owes an answer."""
    SKIPPED = "skipped"


# --- definitions -----------------------------------------------------------------------------------


class Choice(Noun, frozen=True):
    """One option of a choice list; `extra` holds further columns that a choice filter may use."""

    name: str
    label: str
    extra: dict[str, str] = {}


class Itemset(Noun, frozen=True):
    """Choices that are nodes: rows of a table, or the entries of a repeat; they take the place of a list."""

    nodes: str
    """The expression that finds them, as `instance('towns')/root/item`."""
    value: str = "name"
    """The path from one of them to its name."""
    label: str = "label"
    """The expression that gives its label, seen from it."""


class Question(Noun, frozen=True, tag_field="is", tag="question"):
    """One thing to ask (or to compute, for `calculate`), in XLSForm's vocabulary."""

    type: str
    """A type of `flows.kinds`; behind that of a select or a rank the name of its choice list."""
    name: str
    path: str
    """Its place in the flow: names of its groups and itself joined by `/`, as `site/power/grid_hours`."""
    label: str = ""
    hint: str = ""
    guidance_hint: str = ""
    choices: tuple[Choice, ...] = ()
    or_other: bool = False
    """Whether the last choice is `other`, and the question behind this one asks which."""
    itemset: Itemset | None = None
    relevant: str = ""
    required: str = ""
    required_message: str = ""
    constraint: str = ""
    constraint_message: str = ""
    calculation: str = ""
    default: str = ""
    trigger: tuple[str, ...] = ()
    """Names or paths of questions: when one of these changes, the calculation is evaluated and set as the value."""
    choice_filter: str = ""
    read_only: str = ""
    appearance: str = ""
    parameters: dict[str, str] = {}
    data_type: str = ""
    """The type of the value where the question's own does not say it: of what is hidden or computed."""
    attributes: dict[str, str] = {}
    """What paths find behind an `@`."""
    preload: str = ""
    """What the device fills in by itself, as `date today` or `timestamp start`."""
    save_to: str = ""
    """The property of the flow's entity that the answer is kept as."""
    # Groundwork's own columns
    seed: tuple[str, ...] = ()
    """Ids of `product.md` that this question serves."""
    unit: str = ""
    plausible: str = ""
    """What holds for usual answers: others are asked back, and taken where the respondent stands by them."""
    evidence: tuple[str, ...] = ()
    """Kinds of proof that are welcome beside the answer: photo, file, voice, location."""
    line: int = 0


class Group(Noun, frozen=True, tag_field="is", tag="group"):
    """Questions that share a heading and a condition."""

    name: str
    path: str
    children: tuple[Question | Group | Repeat, ...]
    label: str = ""
    relevant: str = ""
    read_only: str = ""
    appearance: str = ""
    line: int = 0


class Repeat(Noun, frozen=True, tag_field="is", tag="repeat"):
    """A list: the same questions for each entry, with add, edit and remove."""

    name: str
    path: str
    children: tuple[Question | Group | Repeat, ...]
    label: str = ""
    hint: str = ""
    relevant: str = ""
    read_only: str = ""
    repeat_count: str = ""
    is_fixed: bool = False
    """Whether nobody can add or remove entries, though no `repeat_count` says how many there are."""
    appearance: str = ""
    seed: tuple[str, ...] = ()
    line: int = 0


Item = Question | Group | Repeat


class Table(Noun, frozen=True):
    """A secondary instance: what expressions find by `instance('id')`."""

    file: str = ""
    """The attached file it was read from, as `towns.csv`; empty for one that the form holds itself."""
    rows: tuple[dict[str, str], ...] = ()
    """Its items, column by column, seen as `root/item/column`."""
    xml: str = ""
    """Its XML, where it is no such table."""


class Action(Noun, frozen=True):
    """Sets the value of a question, its target by path, when something happens."""

    events: tuple[str, ...]
    """`odk-instance-first-load`, `odk-instance-load`, `odk-new-repeat` or `xforms-value-changed`."""
    target: str
    value: str = ""
    """The expression whose value it takes; empty to clear it."""
    source: str = ""
    """Path of the question whose change, or the repeat whose new entry, sets it off; empty for the form's start."""


class Entity(Noun, frozen=True):
    """What the answers create or update in a register, as a branch in the register of branches."""

    dataset: str
    label: str = ""
    entity_id: str = ""
    create_if: str = ""
    update_if: str = ""
    within: str = ""
    """Path of the group or repeat that makes it, a repeat one with each entry; empty for the whole form."""
    line: int = 0


class Flow(Noun, frozen=True):
    """A versioned definition of questions; answered as one section."""

    id: str
    version: str
    title: str
    children: tuple[Item, ...]
    role: Role = Role.SPECIALIST
    per: Per = Per.ORGANISATION
    about: str = ""
    """One sentence that tells the respondent what this section is for."""
    language: str = "en"
    """The language of the words in this definition; in XLSForm's manner a name with its code, or either."""
    translations: dict[str, dict[str, str]] = {}
    """Language -> id of a text -> its words; ids are a path and a field, as `site/power:label`, or what
    `jr:itext` names. The words of a choice are `list:choice`."""
    tables: dict[str, Table] = {}
    """Id -> secondary instance; choice lists are found by their names without standing here."""
    actions: tuple[Action, ...] = ()
    entities: tuple[Entity, ...] = ()
    root: str = "data"
    """Name of the element above all, where absolute paths begin."""
    namespaces: dict[str, str] = {}
    """Prefix -> URI, of names such as `orx:meta`."""
    entries: dict[str, tuple[int, ...]] = {}
    """Key of a repeat -> the entries it begins with."""
    values: dict[str, str] = {}
    """Key -> value before anyone answers, where those entries differ from what a new one begins with."""
    settings: dict[str, str] = {}
    """What XLSForm's settings sheet says besides, as `instance_name`."""
    file: str = ""


# --- answers ---------------------------------------------------------------------------------------


class Attachment(Noun, frozen=True, tag_field="is", tag="attachment"):
    """A photo, file or voice note that a person sent: where it lies and what it is."""

    kind: str
    """image, file or audio."""
    file_id: str
    name: str = ""
    mime: str = ""
    size: int = 0
    """Bytes."""


class Point(Noun, frozen=True, tag_field="is", tag="point"):
    """A location in decimal degrees, altitude and accuracy in metres."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0


Value = str | int | float | list[str] | Point | Attachment | None
"""text, select_one, date and time (ISO 8601), traces and shapes as `str`; select_multiple and rank as
`list[str]`; None where nobody knows."""


class Answer(Noun, frozen=True):
    """A value with who gave it, when, how sure, and what proves it."""

    value: Value = None
    by: str = ""
    """Who gave it: the id of a person within the assessment; empty for the sample files' unnamed staff."""
    at: dt.datetime | None = None
    sure: Sure = Sure.KNOWN
    evidence: tuple[Attachment, ...] = ()
    note: str = ""
    """Where a figure comes from, when that is not a person: `published` or `illustrative` in the samples."""


# --- sessions --------------------------------------------------------------------------------------


class Mode(enum.StrEnum):
    """The conversation's states; `flows.lifecycles` says which follow which."""

    IDLE = "idle"
    ASKING = "asking"
    CONFIRMING = "confirming"
    REVIEWING = "reviewing"
    EDITING = "editing"
    PAUSED = "paused"


class Session(Noun, frozen=True):
    """One respondent's place in one section: a value that survives any restart as JSON.

    An answer's key is its question's path with the entry number behind each repeat's name:
    `servers:2/memory` is the memory of the entry numbered 2. Numbers are never given twice,
    so removing an entry leaves the others' keys alone; `entries` holds their order.
    """

    flow: str
    version: str
    mode: Mode = Mode.IDLE
    cursor: str = ""
    """Key of the question (or repeat) that stands; empty before the first and at the review."""
    answers: dict[str, Answer] = {}
    values: dict[str, Value] = {}
    """Key -> what the form itself set where nobody answered: dynamic defaults, and values set by actions."""
    language: str = ""
    """The language the respondent chose; empty for that of the flow."""
    begun: dt.datetime | None = None
    """When it was first opened; what is drawn at random follows from it."""
    entries: dict[str, tuple[int, ...]] = {}
    """Key of a repeat -> the numbers of its entries, in order."""
    numbered: dict[str, int] = {}
    """Key of a repeat -> the highest number given to an entry, so that a removed entry's is not given again."""
    closed: tuple[str, ...] = ()
    """Keys of the repeats whose respondent said that nothing is left to add."""
    ticked: tuple[str, ...] = ()
    """Choices ticked so far where several may be chosen and Done is not yet pressed."""
    proposed: Answer | None = None
    """A reading of typed words, or an unusual answer, that waits for yes or no."""
    doubted: bool = False
    """Whether it waits because it is unusual."""
    resume: Mode = Mode.ASKING
    """The mode to return to after a pause or a confirmation."""
    comments: dict[str, str] = {}
    """Key -> the reviewer's remark on an answer that came back."""
    revision: int = 0
    """Grows with every turn; a button made at another revision is stale."""


# --- events: what a person did ---------------------------------------------------------------------


class Event(Noun, frozen=True, tag_field="event"):
    """What a person did; each subclass is one kind of act."""


class Begin(Event, frozen=True, tag="begin"):
    """Open the section, or come back to it: show what stands."""


class Typed(Event, frozen=True, tag="typed"):
    """Sent words."""

    text: str


class Picked(Event, frozen=True, tag="picked"):
    """Pressed a choice: the answer of a select_one, a tick or untick of a select_multiple."""

    choice: str


class Ticked(Event, frozen=True, tag="ticked"):
    """Pressed Done under a list of ticks."""


class Located(Event, frozen=True, tag="located"):
    """Sent a location."""

    point: Point


class Attached(Event, frozen=True, tag="attached"):
    """Sent a photo, file or voice note: the answer of such a question, evidence beside any other."""

    attachment: Attachment


class Back(Event, frozen=True, tag="back"):
    """Go to the question before."""


class Skipped(Event, frozen=True, tag="skipped"):
    """Leave the question open for now."""


class Unknown(Event, frozen=True, tag="unknown"):
    """Say "I don't know": an answer, and an open point."""


class Estimated(Event, frozen=True, tag="estimated"):
    """Mark the last answer given as an estimate."""

    key: str


class Meant(Event, frozen=True, tag="meant"):
    """Say what an answer without a value means: that a colleague is asked, or that it does not concern them."""

    key: str
    sure: Sure


class Confirmed(Event, frozen=True, tag="confirmed"):
    """Answer yes or no to "did you mean …?"."""

    yes: bool


class Added(Event, frozen=True, tag="added"):
    """Add an entry to the repeat that stands."""


class TableRow(Noun, frozen=True):
    """One entry of a repeat as a row of a table that was filled in."""

    number: int = 0
    """The entry that it changes; 0 for a new one."""
    answers: dict[str, Answer] = {}
    """By the question's path below its repeat; an answer that is not here stays as it is."""


class Filled(Event, frozen=True, tag="filled"):
    """Sent back the repeat that stands as a table: these rows of it are taken."""

    key: str
    rows: tuple[TableRow, ...]


class Finished(Event, frozen=True, tag="finished"):
    """Say that the repeat that stands is complete."""


class Opened(Event, frozen=True, tag="opened"):
    """Open one entry of the repeat that stands, to change it."""

    key: str


class Removed(Event, frozen=True, tag="removed"):
    """Remove one entry of the repeat that stands."""

    key: str


class Reviewed(Event, frozen=True, tag="reviewed"):
    """Ask for the list of one's answers."""

    page: int = 0


class Changed(Event, frozen=True, tag="changed"):
    """Go to one question, from the review or from anywhere, to answer it again."""

    key: str


class Paused(Event, frozen=True, tag="paused"):
    """Stop for now."""


class Submitted(Event, frozen=True, tag="submitted"):
    """Hand the section in."""


AnyEvent = (
    Begin | Typed | Picked | Ticked | Located | Attached | Back | Skipped | Unknown | Estimated | Meant
    | Confirmed | Added | Filled | Finished | Opened | Removed | Reviewed | Changed | Paused | Submitted
)  # fmt: skip


# --- turns: what comes of it -----------------------------------------------------------------------


class Problem(Noun, frozen=True):
    """Why an act was not taken, as a message id of the catalogue with its values, or in the flow's own words."""

    code: str
    values: dict[str, Any] = {}
    text: str = ""
    """The flow author's constraint_message; shown instead of the catalogue's words when there is one."""


class Option(Noun, frozen=True):
    """A choice as it is offered now."""

    name: str
    label: str
    chosen: bool = False


class ReviewLine(Noun, frozen=True):
    """One answer in the list at a section's end."""

    key: str
    label: str
    shown: str
    """The answer in words: choice labels, number with unit; empty where nothing is answered."""
    sure: Sure
    kind: str = "question"
    """question, entry (a heading for one entry of a repeat), or repeat (`shown` is how many entries it has)."""
    comment: str = ""


class Prompt(Noun, frozen=True):
    """What the respondent should see now; the shell words and draws it."""

    kind: str
    """question, repeat, confirm, review, submitted or paused."""
    title: str
    """The section's title."""
    key: str = ""
    group: str = ""
    """The heading of the group or entry that the question stands in."""
    type: str = ""
    label: str = ""
    hint: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    several: bool = False
    current: str = ""
    """The answer already there, in words."""
    proposed: str = ""
    """For confirm: the reading, in words."""
    doubted: bool = False
    """For confirm: whether it was read without doubt, but is unusual."""
    evidence: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """Acts that may be offered as buttons: tags of the events, such as back, skipped, unknown, paused."""
    position: int = 0
    total: int = 0
    """The question's place among those that apply now, and how many there are."""
    problem: Problem | None = None
    comment: str = ""
    """What the reviewer said of the answer that came back."""
    lines: tuple[ReviewLine, ...] = ()
    """For review: every answer that applies; for repeat: one line an entry."""
    missing: int = 0
    """For review: how many questions are still open."""


class Effect(Noun, frozen=True, tag_field="effect"):
    """Something the shell must do after a turn."""


class Show(Effect, frozen=True, tag="show"):
    """Show this prompt."""

    prompt: Prompt


class Stored(Effect, frozen=True, tag="stored"):
    """An answer was given or changed."""

    key: str
    answer: Answer


class Erased(Effect, frozen=True, tag="erased"):
    """An answer is gone, because its entry was removed."""

    key: str


class HandedIn(Effect, frozen=True, tag="handed_in"):
    """The section is submitted: it leaves the respondent for review."""


class Stopped(Effect, frozen=True, tag="stopped"):
    """The respondent paused."""


AnyEffect = Show | Stored | Erased | HandedIn | Stopped


class Turn(Noun, frozen=True):
    """What comes of one event: the next session and what to do."""

    session: Session
    effects: tuple[AnyEffect, ...] = ()


# --- one assessment's answers ----------------------------------------------------------------------


class Branch(Noun, frozen=True):
    """A branch of the institution, with what its calendar needs."""

    id: str
    name: str
    country: str = ""
    """ISO 3166-1 alpha-2; empty means the institution's."""
    subdivision: str = ""
    """ISO 3166-2 part behind the dash where public holidays differ by region."""
    timezone: str = ""
    """IANA name; empty means the institution's."""
    weekend: tuple[int, ...] | None = None
    """Days without work, Monday is 0; None means the institution's."""
    head_office: bool = False
    properties: dict[str, str] = {}
    """What surveys keep of it besides, by the name of the property."""

    def __hash__(self) -> int:
        # the properties have no hash, and the id tells branches apart
        return hash(self.id)


class Institution(Noun, frozen=True):
    """The MFI being assessed."""

    name: str
    country: str
    currency: str
    """ISO 4217."""
    timezone: str
    languages: tuple[str, ...] = ("en",)
    subdivision: str = ""
    weekend: tuple[int, ...] = (5, 6)
    target_date: dt.date | None = None
    """When the institution wishes to be live."""
    start_date: dt.date | None = None
    """When the project can begin; None means the day the plan is made."""


class Respondent(Noun, frozen=True):
    """A person of the assessment, as the plan names them."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    branches: tuple[str, ...] = ()
    """Ids of the branches they answer for."""


class SectionAnswers(Noun, frozen=True):
    """The answers of one section: a flow answered for the organisation or for one branch."""

    flow: str
    version: str = "1"
    branch: str = ""
    state: str = "not_started"
    """not_started, in_progress, submitted, returned or approved."""
    owner: str = ""
    """Id of the respondent who owes it."""
    answers: dict[str, Answer] = {}
    entries: dict[str, tuple[int, ...]] = {}


class Assumption(Noun, frozen=True):
    """A number of the formulas that the institution knows better than we do."""

    name: str
    """The parameter, as in `planning/parameters.yaml`."""
    value: float
    by: str = ""
    """Id of who gave it."""
    at: dt.datetime | None = None


class AnswerBook(Noun, frozen=True):
    """One assessment's answers as a value: what `groundwork export` writes and `groundwork plan` reads."""

    institution: Institution
    format: str = "groundwork-answers/1"
    branches: tuple[Branch, ...] = ()
    people: tuple[Respondent, ...] = ()
    sections: tuple[SectionAnswers, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    """The institution's own numbers in the place of ours."""
    surveys: tuple[Flow, ...] = ()
    """Flows that were added to the assessment: every version that a section was answered in, and the newest
    of each last."""
    made_at: dt.datetime | None = None
    """When the book was written; the plan's date of record."""
    note: str = ""
