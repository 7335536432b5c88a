"""Answer books: one assessment's answers in a JSON file, read with errors that say where and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from flows import form, instance, keys, nouns, shown, stops, values

FORMAT = "groundwork-answers/1"
"""The format that this program reads and writes."""

MAX_BYTES = 50_000_000
"""Size of a file; an assessment of 200 branches has about 10 MB."""

MAX_BRANCHES = 1_000
"""Branches of one book; more would keep somebody waiting for minutes, and no institution deploys so many at once."""

MAX_BITS = 1_000
"""Of a whole number: longer ones are no numbers to compute with."""

YEARS = range(2000, 2200)
"""When a book can have been made: dates are counted from that day, and calendars end."""

MAX_QUOTED = 60
"""Characters of a wrong value that a message repeats: enough to find it."""

_BYTE_ORDER_MARK = "\ufeff".encode()

_DECODER = msgspec.json.Decoder(nouns.AnswerBook)

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands for now in a book that does not say when it was made."""


FACTS = ("version", "answers", "values", "entries", "begun")
"""Fields that a section's answers share with its session: what is known of it, not where anybody stands."""


class BookError(ValueError):
    """The text is no answer book: says where and what."""


class BookProblem(msgspec.Struct, frozen=True):
    """One answer that the flows do not take: where it stands, what is wrong, and what to do."""

    flow: str
    branch: str
    key: str
    what: str
    fix: str

    def __str__(self) -> str:
        place = " · ".join(_quoted(part) for part in (self.flow, self.branch, self.key) if part)
        return f"{place}: {self.what} {self.fix}"


def encode(book: nouns.AnswerBook) -> bytes:
    """The book as indented JSON, ending with a line break."""
    return msgspec.json.format(msgspec.json.encode(book), indent=1) + b"\n"


def decode(text: bytes | str) -> nouns.AnswerBook:
    """The book that a JSON text holds; raises BookError naming the path of what is wrong."""
    if len(text) > MAX_BYTES:
        raise BookError(f"The file has more than {MAX_BYTES:,} bytes; an answer book is far smaller.")
    text = text.encode() if isinstance(text, str) else text
    # Windows editors begin a file with a byte order mark
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if not text.strip():
        raise BookError("The file is empty. Export the answers again.")
    try:
        book = _DECODER.decode(text)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        place = where.strip("`").removeprefix("$.") or "the top"
        raise BookError(f"At {place}: {what[:1].lower()}{what[1:]}. Correct it and try again.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = str(error).removeprefix("JSON is malformed: ")
        raise BookError(f"This is not a JSON file: {what}. Export the answers again.") from None
    if book.format != FORMAT:
        raise BookError(
            f"At format: this is `{_quoted(book.format)}`, not `{FORMAT}`. Export it again with this version."
        )
    if len(book.branches) > MAX_BRANCHES:
        raise BookError(
            f"At branches: there are {len(book.branches):,}; at most {MAX_BRANCHES:,} are taken. Plan them in parts."
        )
    for part in book.sections:
        given = {key: answer.value for key, answer in part.answers.items()}
        for key, value in (*given.items(), *part.values.items()):
            if isinstance(value, int) and value.bit_length() > MAX_BITS:
                raise BookError(
                    f"At {part.flow} {_quoted(key)}: this number has more digits than anybody counts. Correct it."
                )
    if book.made_at is not None and book.made_at.year not in YEARS:
        raise BookError(
            f"At made_at: {book.made_at.date()} is not between {YEARS.start} and {YEARS.stop - 1}. Correct it."
        )
    return book


def section(book: nouns.AnswerBook, flow: str, branch: str = "") -> nouns.SectionAnswers | None:
    """The section answered for a flow, for one branch or for the organisation; None where there is none."""
    return next((each for each in book.sections if each.flow == flow and each.branch == branch), None)


def flows_of(book: nouns.AnswerBook, shipped: Iterable[nouns.Flow]) -> tuple[nouns.Flow, ...]:
    """The flows of an assessment: the shipped ones, and behind them its surveys, each in its newest version."""
    return tuple({flow.id: flow for flow in (*shipped, *book.surveys)}.values())


def flow_of(book: nouns.AnswerBook, flow: nouns.Flow, answers: nouns.SectionAnswers) -> nouns.Flow:
    """The flow that a section was answered in: the survey's version of that time where the book has it."""
    versions = (old for old in book.surveys if (old.id, old.version) == (flow.id, answers.version))
    return next(versions, flow)


def session(answers: nouns.SectionAnswers) -> nouns.Session:
    """The section's answers as a session in which nothing stands."""
    known = {field: getattr(answers, field) for field in FACTS}
    return nouns.Session(answers.flow, closed=tuple(answers.entries), **known)


def with_session(answers: nouns.SectionAnswers, kept: nouns.Session) -> nouns.SectionAnswers:
    """The section with all that its session knows."""
    known = {field: getattr(kept, field) for field in FACTS}
    disputes = {key: dispute.proposed for key, dispute in kept.disputes.items()}
    return msgspec.structs.replace(answers, disputes=disputes, **known)


def living(
    answers: nouns.SectionAnswers, flow: nouns.Flow, *, now: dt.datetime | None = None
) -> instance.Instance:
    """The section's answers brought to life: what applies, and what is computed from them.

    A formula that looks at the clock sees the moment of the last answer, as it did then; `now` stands for that
    where no answer says when it was given.
    """
    made = form.of(flow)
    known = msgspec.structs.replace(
        answers, values={key: value for key, value in answers.values.items() if made.may_set(key)}
    )
    return instance.Instance(made, session(known), _answered_at(answers) or now or _EPOCH)


def _answered_at(answers: nouns.SectionAnswers) -> dt.datetime | None:
    said = (answer.at for answer in answers.answers.values())
    return max((at for at in said if at is not None and at.tzinfo and at.year in YEARS), default=None)


def applying(book: nouns.AnswerBook, flows: Iterable[nouns.Flow]) -> nouns.AnswerBook:
    """The book with just what its flows take: answers that apply, as their questions have them, and lists."""
    known = {flow.id: flow for flow in flows}
    sections = (_applying(book, known[each.flow], each) for each in book.sections if each.flow in known)
    return msgspec.structs.replace(book, sections=tuple(sections))


def _applying(
    book: nouns.AnswerBook, flow: nouns.Flow, answers: nouns.SectionAnswers
) -> nouns.SectionAnswers:
    alive = living(answers, flow_of(book, flow, answers), now=book.made_at)
    found = {}
    for stop in stops.Way(alive).stops:
        answer = answers.answers.get(stop.key)
        value = stop.node.value if isinstance(stop.node, instance.Question) else None
        if answer is not None and answer.value is not None and value is not None:
            answer = msgspec.structs.replace(answer, value=value)
        if answer is not None and (answer.value is None or value is not None):
            found[stop.key] = answer
    lists = {
        key: numbers
        for key, numbers in answers.entries.items()
        if isinstance(alive.find(key), instance.Series)
    }
    set_ = {
        key: value
        for key, value in answers.values.items()
        if alive.form.may_set(key) and isinstance(alive.find(key), instance.Question)
    }
    return msgspec.structs.replace(answers, answers=found, values=set_, entries=lists)


def validate(book: nouns.AnswerBook, flows: Iterable[nouns.Flow]) -> list[BookProblem]:
    """Everything in the book that its flows do not take: sections, branches, owners, keys and values.

    Raises FlowErrors where one of its surveys cannot be used.
    """
    shipped = tuple(flows)
    found = list(_surveys(book, shipped))
    if found:
        return found
    known = {flow.id: flow for flow in flows_of(book, shipped)}
    branches = {branch.id for branch in book.branches}
    people = {person.id for person in book.people}
    seen: set[tuple[str, str]] = set()
    for answers in book.sections:
        found += _placed(answers, known, branches, seen)
        if answers.owner and answers.owner not in people:
            found.append(
                _problem(
                    answers, "", f"Its owner `{_quoted(answers.owner)}` is nobody of `people`.", "Add them."
                )
            )
        if (flow := known.get(answers.flow)) is not None:
            found += _answers(answers, flow_of(book, flow, answers), book.made_at or _EPOCH)
    return found


def _surveys(book: nouns.AnswerBook, shipped: Iterable[nouns.Flow]) -> Iterator[BookProblem]:
    taken = {flow.id for flow in shipped}
    for flow in book.surveys:
        if flow.id in taken:
            what = "This survey has the id of a section of Groundwork's own."
            yield BookProblem(flow.id, "", "", what, "Give it, and its sections, another `id`.")
        for item, above in _items(flow.children, ""):
            path = keys.inside(above, item.name)
            if item.path != path:
                what = f"`path` says `{_quoted(item.path)}` of what stands at `{_quoted(path)}`."
                yield BookProblem(flow.id, "", item.name, what, "Export the answers again.")


def _items(items: Iterable[nouns.Item], above: str) -> Iterator[tuple[nouns.Item, str]]:
    """Every item, each with the path of what it stands in."""
    for item in items:
        yield item, above
        if not isinstance(item, nouns.Question):
            yield from _items(item.children, keys.inside(above, item.name))


def _placed(
    answers: nouns.SectionAnswers,
    known: Mapping[str, nouns.Flow],
    branches: set[str],
    seen: set[tuple[str, str]],
) -> Iterator[BookProblem]:
    flow = known.get(answers.flow)
    if flow is None:
        yield _problem(answers, "", "There is no such flow.", "Correct `flow`, or remove the section.")
        return
    if (answers.flow, answers.branch) in seen:
        yield _problem(answers, "", "This section stands twice.", "Remove one.")
    seen.add((answers.flow, answers.branch))
    if flow.per is nouns.Per.ORGANISATION and answers.branch:
        yield _problem(answers, "", "This section is answered once for all branches.", "Remove `branch`.")
    if flow.per is nouns.Per.BRANCH and answers.branch not in branches:
        yield _problem(
            answers, "", "Its branch is none of `branches`.", "Correct `branch`, or add the branch."
        )


def _answers(answers: nouns.SectionAnswers, flow: nouns.Flow, now: dt.datetime) -> Iterator[BookProblem]:
    alive = living(answers, flow, now=now)
    wrong = list(_set(answers, alive))
    if wrong:  # what follows from them would be blamed in their place
        yield from wrong
        return
    way = stops.Way(alive)
    for key, answer in answers.answers.items():
        node = alive.find(key)
        if node is None:
            yield _problem(answers, key, "The flow has no such question or entry.", "Correct the key.")
        elif way.at(key) is None:
            yield _problem(
                answers, key, "This is not asked with these answers.", "Remove it, or change the others."
            )
        elif isinstance(node, instance.Question) and answer.value is not None:
            yield from _value(answers, node, answer.value)
    for key in answers.entries:
        if not isinstance(alive.find(key), instance.Series):
            yield _problem(answers, key, "`entries` names no repeat of the flow.", "Correct or remove it.")


def _set(answers: nouns.SectionAnswers, alive: instance.Instance) -> Iterator[BookProblem]:
    """What stands under `values` that no form set."""
    for key, value in answers.values.items():
        node = alive.find(key)
        if not isinstance(node, instance.Question):
            yield _problem(answers, key, "`values` names no question of the flow.", "Correct or remove it.")
        elif not alive.form.may_set(key):
            what = "`values` holds what the form sets by itself, and this it never does."
            yield _problem(answers, key, what, "Remove it from `values`.")
        elif value is not None and values.fitting(value, node.place.kind, None) is None:
            what = (
                f"`{_quoted(values.written(value))}` under `values` is no value of type `{node.item.type}`."
            )
            yield _problem(answers, key, what, "Correct or remove it.")


def _value(
    answers: nouns.SectionAnswers, node: instance.Question, value: nouns.Value
) -> Iterator[BookProblem]:
    fitting = values.fitting(value, node.place.kind, node.choices)
    if not _same(fitting, value):
        what = f"`{_quoted(values.written(value))}` is no answer of a question of type `{node.item.type}`."
        yield _problem(answers, node.key, what, "Correct the value.")
    elif not node.instance.holds(node, "constraint", otherwise=True):
        message = (
            shown.phrase(node.item.constraint_message, node) or f"It must hold that {node.item.constraint}."
        )
        yield _problem(answers, node.key, f"`{_quoted(values.written(value))}` is not accepted.", message)


def _same(fitting: nouns.Value, value: nouns.Value) -> bool:
    """Whether a value is as its type has it; the order of several choices says nothing."""
    if isinstance(fitting, list) and isinstance(value, list):
        return sorted(fitting) == sorted(value)
    return fitting == value


def _quoted(text: str) -> str:
    """A word of the file as one short line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= MAX_QUOTED else line[: MAX_QUOTED - 1] + "…"


def _problem(answers: nouns.SectionAnswers, key: str, what: str, fix: str) -> BookProblem:
    return BookProblem(answers.flow, answers.branch, key, what, fix)
