"""What may be asked: a flow with its questions, groups, repeats, tables and actions."""

from __future__ import annotations

from flows.nouns.base import Noun
from flows.nouns.roles import Per, Role


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
    follow_up: str = ""
    """Of a date: the question that is asked again when the day has come, as whether the line is repaired."""
    together: tuple[str, ...] = ()
    """Of a number: the numbers behind it that the same message may give."""
    short: str = ""
    """What a number of such a message is, in few words."""
    example: str = ""
    """Such a number."""
    agenda: str = ""
    """Of a meeting's date: the question with the names of those who get an agenda the day before. Of a text:
    the question by which it finds the next meeting, on whose agenda it is put."""
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
