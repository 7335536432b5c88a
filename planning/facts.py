"""Reads an assessment's answers: which were given, which apply, who gave them, and what they are in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from flows import book as books
from flows import form, instance, kinds, locales, nouns, shown, units
from flows.reading import nothing
from planning import nouns as plan_nouns

HANDED_IN = frozenset({"submitted", "approved"})
"""States in which a respondent stands behind the section: an empty list then means that there is nothing."""

LEFT_OPEN = frozenset({nouns.Sure.SKIPPED, nouns.Sure.UNKNOWN, nouns.Sure.ASKED})
"""What may be said of an empty list without it meaning that there is nothing."""

SENT = frozenset({"image", "file", "audio"})
"""Types that only prove or illustrate an answer: nothing waits for them."""


class Fact(msgspec.Struct, frozen=True):
    """One question of one section with what was answered."""

    flow: str = ""
    branch: str = ""
    key: str = ""
    question: nouns.Question | None = None
    """None where the flow does not ask it."""
    answer: nouns.Answer | None = None
    value: nouns.Value = None
    """None where nobody knows, or where the question does not apply."""
    respondent: str = ""
    point: str = ""
    """Id of the open point that waits for the answer, or for the one that decides whether it is asked."""
    applies: bool = False
    """Whether it is asked at all, given the other answers."""
    heading: str = ""
    """The label of the group that it stands in."""
    asked: str = ""
    """The question in the words in which it was asked."""
    language: str = "en"
    """The language in which its question is worded, and its answer told."""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def number(self) -> float | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, int | float) else None

    @property
    def text(self) -> str:
        """The value where it is words or a choice's name, else nothing; nothing too of words that say so."""
        if not isinstance(self.value, str):
            return ""
        typed = self.question is not None and self.question.type in kinds.IN_WORDS
        return "" if typed and nothing.is_nothing(self.value) else self.value

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the choices ticked."""
        return tuple(self.value) if isinstance(self.value, list) else ()

    @property
    def date(self) -> dt.date | None:
        """The value where it is a date."""
        try:
            return dt.date.fromisoformat(self.text[:10])
        except ValueError:
            return None

    @property
    def sure(self) -> nouns.Sure:
        """How much the respondent stands behind it."""
        return self.answer.sure if self.answer is not None else nouns.Sure.KNOWN

    @property
    def label(self) -> str:
        """The question as it was asked."""
        return self.asked or self.key

    @property
    def shown(self) -> str:
        """The answer in words; empty where there is none."""
        return in_words(self.question, self.value, self.language) if self.question is not None else ""

    def word(self, name: str) -> str:
        """One of the question's choices as people read it."""
        return _choice(self.question, name) if self.question is not None else name

    @property
    def input(self) -> plan_nouns.Input:
        """The fact as the source of a figure."""
        return plan_nouns.Input(
            label=self.label,
            shown=self.shown,
            respondent=self.respondent,
            at=self.answer.at if self.answer is not None else None,
            sure=self.sure,
            flow=self.flow,
            branch=self.branch,
            key=self.key,
        )


class Entry(msgspec.Struct, frozen=True):
    """One entry of a repeat: its facts by the question's name."""

    key: str
    facts: Mapping[str, Fact]

    def one(self, name: str) -> Fact:
        """The entry's answer to a question; nothing where the flow does not ask it."""
        return self.facts.get(name, Fact(key=name))


class Entries(msgspec.Struct, frozen=True):
    """A repeat of one section: what was entered, and whether the list may be counted."""

    entries: tuple[Entry, ...] = ()
    stated: bool = False
    """Whether somebody stands behind the list: entries are there, or it was handed in without any."""
    point: str = ""
    """Id of the open point that waits for the list."""

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class Section:
    """One section as the plan reads it: its flow, its branch, and its answers, empty where none came."""

    def __init__(
        self, flow: nouns.Flow, answers: nouns.SectionAnswers, branch: nouns.Branch | None, now: dt.datetime
    ) -> None:
        self.flow = flow
        self.answers = answers
        self.branch = branch
        self.instance = books.living(answers, flow, now=now)

    @property
    def branch_id(self) -> str:
        """Id of its branch; empty for the organisation."""
        return self.branch.id if self.branch is not None else ""

    @property
    def begun(self) -> bool:
        """Whether anybody answered anything."""
        return bool(self.answers.answers)

    @property
    def handed_in(self) -> bool:
        """Whether its respondent stands behind it."""
        return self.answers.state in HANDED_IN

    def stated(self, series: instance.Series) -> bool:
        """Whether an empty list means that there is nothing: its respondent says so, or stands behind the section."""
        said = self.answers.answers.get(series.key)
        return self.handed_in if said is None else said.sure not in LEFT_OPEN

    def point(self, key: str) -> str:
        """Id of the open point that stands for a key: the whole section's while nobody began it."""
        return f"{self.flow.id}:{self.branch_id}:{key if self.begun else ''}"

    def undecided(self, part: instance.Part) -> str:
        """Id of the open point that must be answered before anybody knows whether a part applies; empty if all is."""
        place: form.Place | None = part.place
        while place is not None:
            formula = place.formulas.get("relevant")
            for name in sorted(formula.names) if formula is not None else ():
                for node in self.instance.named(name, None):
                    if isinstance(node, instance.Question) and owed(node) and node.value is None:
                        return self.point(node.key)
            place = place.parent
        return ""

    def parts(self) -> Iterator[tuple[str, instance.Question | instance.Series]]:
        """Every question outside repeats and every repeat that applies, with its group's label, in order."""
        yield from walk(self.instance.root.parts, "")


class Facts:
    """One assessment's answers, by flow, question name and branch."""

    def __init__(self, book: nouns.AnswerBook, flows: Sequence[nouns.Flow], today: dt.date) -> None:
        self.book = book
        self.today = today
        self.people = {person.id: person for person in book.people}
        self.not_asked: set[tuple[str, str]] = set()
        """(flow, name) of what planning looked for in a flow that does not ask it."""
        now = dt.datetime.combine(today, dt.time.min, dt.UTC)
        self.sections = tuple(
            Section(flow, answers, branch, now) for flow, answers, branch in _sections(book, flows)
        )
        self._by_place = {(section.flow.id, section.branch_id): section for section in self.sections}
        self._facts: dict[tuple[instance.Question, str], Fact] = {}

    def one(self, flow: str, name: str, branch: str = "") -> Fact:
        """The answer to a question outside repeats, by its name, which is unique in its flow."""
        section = self._by_place.get((flow, branch))
        if section is None:
            return Fact(flow, branch, name)
        found = section.instance.named(name, None)
        if not found or not isinstance(found[0], instance.Question):
            self.not_asked.add((flow, name))
            return Fact(flow, branch, name)
        return self.fact(section, found[0])

    def asks(self, flow: str, name: str, branch: str = "") -> bool:
        """Whether the flow, as it was answered, has a question or a list of that name."""
        section = self._by_place.get((flow, branch))
        return section is not None and section.instance.form.place(name) is not None

    def entries(self, flow: str, name: str, branch: str = "") -> Entries:
        """The entries of a repeat, in order."""
        section = self._by_place.get((flow, branch))
        if section is None:
            return Entries()
        place = section.instance.form.place(name)
        series = section.instance.find(place.path) if place is not None else None
        if not isinstance(series, instance.Series):
            self.not_asked.add((flow, name))
            return Entries()
        if not series.relevant:
            undecided = section.undecided(series)
            return Entries(stated=not undecided, point=undecided)
        return self.listed(section, series)

    def listed(self, section: Section, series: instance.Series) -> Entries:
        """The entries of a repeat of a section; of a counted one those in which anything is asked."""
        entries = tuple(
            Entry(
                entry.key,
                {
                    node.name: self.fact(section, node, heading)
                    for heading, node in walk(entry.parts, "", applying=False)
                    if isinstance(node, instance.Question)
                },
            )
            for entry in series.entries
            if series.fixed is None or any(_is_asked(node) for _, node in walk(entry.parts, ""))
        )
        stated = bool(entries) or section.stated(series)
        return Entries(entries, stated, section.point(series.key))

    def fact(self, section: Section, node: instance.Question, heading: str = "") -> Fact:
        """The fact of a question of a section; many figures ask for the same, so each is made once."""
        found = self._facts.get((node, heading))
        if found is None:
            found = self._facts[node, heading] = self._fact(section, node, heading)
        return found

    def _fact(self, section: Section, node: instance.Question, heading: str) -> Fact:
        answer = node.answer if node.relevant else None
        return Fact(
            flow=section.flow.id,
            branch=section.branch_id,
            key=node.key,
            question=_with_choices(node),
            answer=answer,
            value=node.value if said(node) or not node.asked else None,
            respondent=self.name(answer.by) if answer is not None else "",
            point=section.point(node.key) if owed(node) else section.undecided(node),
            applies=node.relevant and not waived(node),
            heading=heading,
            asked=shown.words(node, "label"),
            language=section.flow.language,
        )

    def name(self, person: str) -> str:
        """The name of a person by id; the id itself where nobody has it."""
        return self.people[person].name if person in self.people else person

    def with_role(self, role: nouns.Role, branch: str = "") -> str:
        """The name of the first person of a role, at a branch where one is given; empty where there is none."""
        for person in self.book.people:
            if role in person.roles and (not branch or branch in person.branches):
                return person.name
        return ""


def in_words(question: nouns.Question, value: nouns.Value, language: str) -> str:
    """An answer as people read it: the choice's label, the number with its unit, the place in degrees."""
    match value:
        case None:
            return ""
        case nouns.Attachment():
            return value.name or value.kind
        case nouns.Point():
            return f"{value.latitude:.5f}, {value.longitude:.5f}"
        case list():
            return ", ".join(_choice(question, name) for name in value)
        case str():
            return shown.told(_choice(question, value), question.type.partition(" ")[0], language)
    number = locales.number(value, language, "#,##0.##")
    return units.amount(number, value, question.unit, language)


def _with_choices(node: instance.Question) -> nouns.Question:
    """The question with the choices that it offers, where other answers or a table decide which."""
    if node.item.itemset is None:
        return node.item
    offered = tuple(msgspec.structs.replace(choice, label=node.words(choice)) for choice in node.choices)
    return msgspec.structs.replace(node.item, choices=offered)


def _is_asked(node: instance.Question | instance.Series) -> bool:
    return isinstance(node, instance.Series) or node.asked


def said(node: instance.Question) -> bool:
    """Whether somebody gave it a value: what stands by default was not said by anybody, what is refused says nothing."""
    return node.answer is not None and node.value is not None and not refused(node)


def refused(node: instance.Question) -> bool:
    """Whether its own question would not take the answer: a choice that is none, a number out of all bounds."""
    if node.answer is None or node.answer.value is None or not (node.relevant and node.asked):
        return False
    return node.value is None or not node.instance.holds(node, "constraint", otherwise=True)


def owed(node: instance.Question) -> bool:
    """Whether the plan misses something without this answer."""
    is_wanted = node.place.kind not in SENT and node.item.required != "no"
    return node.relevant and node.asked and is_wanted and not waived(node)


def waived(node: instance.Question) -> bool:
    """Whether its respondent says that it does not concern them."""
    return node.answer is not None and node.answer.sure is nouns.Sure.NOT_APPLICABLE


def walk(
    parts: Sequence[instance.Part], heading: str, *, applying: bool = True
) -> Iterator[tuple[str, instance.Question | instance.Series]]:
    """Questions and repeats in order with their group's label; groups are entered, repeats are not."""
    for part in parts:
        if applying and not part.relevant:
            continue
        if isinstance(part, instance.Group):
            label = part.place.item.label or heading
            yield from walk(part.parts, label, applying=applying)
        else:
            yield heading, part


def _choice(question: nouns.Question, name: str) -> str:
    return next((choice.label for choice in question.choices if choice.name == name), name)


def _sections(
    book: nouns.AnswerBook, flows: Sequence[nouns.Flow]
) -> Iterator[tuple[nouns.Flow, nouns.SectionAnswers, nouns.Branch | None]]:
    """Every section that the assessment has, answered or not, in the flows' order."""
    given = {(section.flow, section.branch): section for section in book.sections}
    for flow in books.flows_of(book, flows):
        places = book.branches if flow.per is nouns.Per.BRANCH else (None,)
        for branch in places:
            place = (flow.id, branch.id if branch is not None else "")
            answers = given.get(place, nouns.SectionAnswers(flow.id, flow.version))
            yield books.flow_of(book, flow, answers), answers, branch
