"""What is asked of the answers of an assessment, as values that can be sent to where planning is done.

Each question has a `done`: what comes back is MessagePack of the type that the question names.
Planning itself is imported where it is done: who only asks does without.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence

import msgspec

from flows import nouns as flow_nouns
from flows import shipped
from planning import figures, nouns, parameter_words, trace, versions, what_if
from planning.comparison import compare

PLANS_KEPT = 4
"""Plans kept in memory: whoever goes from figure to figure asks for the same one again and again."""


class Answers(msgspec.Struct, frozen=True):
    """The answers as they stand on a day, read in a language."""

    book: bytes
    """JSON of a `flows.nouns.AnswerBook`; without the moment it was written, which changes nothing in the plan."""
    language: str
    today: dt.date

    @classmethod
    def of(cls, book: flow_nouns.AnswerBook, language: str, today: dt.date) -> Answers:
        """These answers."""
        return cls(msgspec.json.encode(msgspec.structs.replace(book, made_at=None)), language, today)

    def read(self) -> flow_nouns.AnswerBook:
        """The book, its surveys in the language."""
        found = msgspec.json.decode(self.book, type=flow_nouns.AnswerBook)
        return shipped.book_in_language(found, self.language)

    def flows(self) -> Sequence[flow_nouns.Flow]:
        """The shipped flows in the language; surveys come with the book."""
        return [shipped.in_language(flow, self.language) for flow in shipped.assessment()]

    def plan(self) -> nouns.Plan:
        """What they come to."""
        return _plan(self)


@functools.lru_cache(maxsize=PLANS_KEPT)
def _plan(answers: Answers) -> nouns.Plan:
    from planning import plan as planning

    return planning.make_plan(answers.read(), answers.flows(), today=answers.today)


class Draft(msgspec.Struct, frozen=True):
    """What a plan is before it is a document."""

    content: str
    """SHA-256 of what it says."""
    kept: bytes
    """Its data, packed."""
    history: tuple[nouns.Issue, ...]
    """The versions up to this one, without names."""
    photos: tuple[flow_nouns.Attachment, ...]
    """What it prints."""
    open_points: int
    promise: nouns.Text | None
    """The day to promise; None where there are no dates."""


class Drafted(msgspec.Struct, frozen=True):
    """The plan as the next version: a `Draft`."""

    answers: Answers
    version: str
    before: bytes
    """The data of the version before, packed; empty where there is none."""

    def done(self) -> bytes:
        """The draft."""
        from planning import photos, promises

        plan = self.answers.plan()
        kept = versions.issued(self.version, plan, versions.unpack(self.before))
        dates = plan.schedule
        return _packed(
            Draft(
                content=versions.content(plan),
                kept=versions.pack(kept),
                history=kept.history,
                photos=photos.printed(plan),
                open_points=len(plan.open_points),
                promise=promises.said(dates)[0] if dates is not None else None,
            )
        )


class Difference(msgspec.Struct, frozen=True):
    """What differs between a version and the plan of today; None for groups where no data were kept of the version."""

    changes: int = 0
    groups: tuple[compare.Group, ...] | None = None


class Compared(msgspec.Struct, frozen=True):
    """What changed since a version: a `Difference`, at most so many changes of a topic."""

    answers: Answers
    before: bytes
    most: int

    def done(self) -> bytes:
        """The difference."""
        kept = versions.unpack(self.before)
        if kept is None:
            return _packed(Difference())
        found = compare.compare(kept.plan, self.answers.plan())
        return _packed(Difference(len(found), tuple(compare.grouped(found, self.most))))


class Outcome(msgspec.Struct, frozen=True):
    """A wish beside the plan as it stands: what it was understood as, or why it was not."""

    wish: tuple[nouns.Text, ...] = ()
    rows: tuple[what_if.Row, ...] = ()
    misunderstood: nouns.Text | None = None


class Wished(msgspec.Struct, frozen=True):
    """What if, in somebody's words: an `Outcome`."""

    answers: Answers
    words: str

    def done(self) -> bytes:
        """The outcome."""
        from planning import changes

        book, language, today = self.answers.read(), self.answers.language, self.answers.today
        try:
            wishes = changes.read(self.words, book, today=today, language=language)
        except changes.ChangeError as problem:
            return _packed(Outcome(misunderstood=problem.text))
        other = Answers.of(changes.changed(book, wishes), language, today)
        rows = what_if.compare(self.answers.plan(), other.plan())
        return _packed(Outcome(tuple(changes.said(wish) for wish in wishes), tuple(rows)))


class Dates(msgspec.Struct, frozen=True):
    """The dates as a file, or why there are none."""

    content: bytes = b""
    reason: str = ""


class Dated(msgspec.Struct, frozen=True):
    """The dates for another program, by the ending of its files: `Dates`."""

    answers: Answers
    ending: str

    def done(self) -> bytes:
        """The dates."""
        from planning.exports import formats

        try:
            return _packed(Dates(formats.write(self.answers.plan(), self.ending, self.answers.language)))
        except formats.NoDatesError as problem:
            return _packed(Dates(reason=str(problem)))


class Figure(msgspec.Struct, frozen=True):
    """One figure with what it is made of."""

    trace: trace.Trace
    earlier: str
    """The number of the figure before it; empty for the first."""
    later: str
    assumed: tuple[tuple[str, nouns.Words], ...]
    """The numbers assumed in it: each by its id and its name."""


class Line(msgspec.Struct, frozen=True):
    """What stands below a number: a figure with its value, or a place without."""

    number: str
    title: nouns.Words
    value: nouns.Words | None = None


class Found(msgspec.Struct, frozen=True):
    """A figure, or what stands one level below the number; neither where there is no such number."""

    figure: Figure | None = None
    below: tuple[Line, ...] = ()


class Why(msgspec.Struct, frozen=True):
    """Where the figure of a number comes from: a `Found`."""

    answers: Answers
    number: str

    def done(self) -> bytes:
        """What was found."""
        plan = self.answers.plan()
        every = tuple(figures.numbered(plan))
        place = next((place for place, one in enumerate(every) if one.number == self.number), None)
        if place is not None:
            return _packed(Found(_figure(plan, every, place)))
        return _packed(Found(below=tuple(map(_line, figures.below(plan, self.number)))))


def _figure(plan: nouns.Plan, every: Sequence[figures.Numbered], place: int) -> Figure:
    found = every[place]
    return Figure(
        trace.of(plan, found),
        every[place - 1].number if place else "",
        every[place + 1].number if place + 1 < len(every) else "",
        tuple((one.name, parameter_words.name(one.name)) for one in found.figure.parameters),
    )


def _line(entry: figures.Entry) -> Line:
    return Line(entry.number, entry.title, trace.value(entry.figure) if entry.figure is not None else None)


class Beside(msgspec.Struct, frozen=True):
    """A version's data in another form: the file; nothing where no data were kept."""

    kept: bytes
    form: str
    """.xlsx for the annex, .json for everything."""
    language: str

    def done(self) -> bytes:
        """The file."""
        from planning import whole
        from planning.exports import annex

        kept = versions.unpack(self.kept)
        write: Callable[[nouns.Plan, str], bytes] = annex.write if self.form == ".xlsx" else whole.encode
        return write(kept.plan, self.language) if kept is not None else b""


def _packed(answer: msgspec.Struct) -> bytes:
    return msgspec.msgpack.encode(answer)
