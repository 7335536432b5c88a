"""What somebody would change: read from words as `start 1 March, without branch Lodwar`, said, and made in the answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

import flows.words
from flows import nouns as flow_nouns
from flows.reading import dates, outcome, text
from planning import assumptions, nouns, parameter_words, parameters

TEAM = "project_team"

YEARS_BACK = 1
"""A project under way may be planned anew; one that began long before is another project."""


class Start(msgspec.Struct, frozen=True):
    """The project begins on another day."""

    day: dt.date


class Without(msgspec.Struct, frozen=True):
    """A branch stays out of it."""

    branch: flow_nouns.Branch


class Assuming(msgspec.Struct, frozen=True):
    """A number of the formulas is another."""

    name: str
    value: float


Change = Start | Without | Assuming


class ChangeError(Exception):
    """The words say no change that can be planned; `text` says what to write."""

    def __init__(self, text: nouns.Text) -> None:
        super().__init__(text.code)
        self.text = text


class _Asked(msgspec.Struct, frozen=True):
    """Whose words they are, and when."""

    book: flow_nouns.AnswerBook
    today: dt.date
    language: str

    def forms(self, word: str) -> str:
        """A pattern of all forms of one of our words, in English and in the language; the longest first."""
        said = [
            flows.words.catalogue("planning", language).say(f"change.{word}")
            for language in (flows.words.BASE_LANGUAGE, self.language)
        ]
        forms = {text.plain(form) for forms in said for form in forms.split(",")}
        return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


def read(
    words: str, book: flow_nouns.AnswerBook, *, today: dt.date, language: str = flows.words.BASE_LANGUAGE
) -> tuple[Change, ...]:
    """The changes that the words ask for; raises ChangeError."""
    asked = _Asked(book, today, language)
    found: list[Change] = []
    for part in re.split(r"[;\n]|,(?!\d)", words):
        if part.strip():
            found += _read_whole_or_apart(part.strip(), asked, found)
    if not found:
        raise ChangeError(nouns.Text("what_if.how"))
    return _together(tuple(dict.fromkeys(found)), book)


def _read_whole_or_apart(part: str, asked: _Asked, before: Sequence[Change]) -> list[Change]:
    """One change; where the words make none, the changes between which “and” stands: a name may hold that word."""
    try:
        return [_read(part, asked, before)]
    except ChangeError:
        pieces = re.split(rf"\s+(?:{asked.forms('and')})\s+", part, flags=re.IGNORECASE)
        if len(pieces) == 1:
            raise
    found: list[Change] = []
    for piece in pieces:
        found.append(_read(piece, asked, [*before, *found]))
    return found


def _read(words: str, asked: _Asked, before: Sequence[Change]) -> Change:
    words = " ".join(words.split())
    for word, read_rest in (("start", _start), ("without", _without)):
        begun = re.match(rf"(?:{asked.forms(word)})(?:\s+|$)", _bare(words))
        if begun is not None:
            return read_rest(words[begun.end() :], asked)
    if before and isinstance(before[-1], Without) and (also := _alike(words, asked.book)):
        # “without Lodwar and Machakos”
        return _one_of(also, words, asked.book)
    return _assuming(words, asked.language)


def _bare(words: str) -> str:
    """The words as our own are compared: each letter keeps its place."""
    bare = "".join(text.plain(letter)[:1] or letter for letter in words)
    return bare if len(bare) == len(words) else words.casefold()


def _start(words: str, asked: _Asked) -> Start:
    found = dates.date(words, today=asked.today)
    if isinstance(found, flow_nouns.Problem) and found.code == "date_too_far":
        raise ChangeError(nouns.Text("what_if.far", {"day": words}))
    if not isinstance(found, outcome.Reading) or not isinstance(found.value, str):
        raise ChangeError(nouns.Text("what_if.no_date", {"words": words}))
    day = dt.date.fromisoformat(found.value)
    if not asked.today.year - YEARS_BACK <= day.year <= asked.today.year + nouns.YEARS_AHEAD:
        raise ChangeError(nouns.Text("what_if.far", {"day": nouns.Day(day)}))
    return Start(day)


def _without(words: str, asked: _Asked) -> Without:
    begun = re.match(rf"(?:{asked.forms('branch')})\s+", _bare(words))
    name = words[begun.end() :] if begun is not None else words
    if not name:
        raise ChangeError(nouns.Text("what_if.how"))
    return _one_of(_alike(name, asked.book), name, asked.book)


def _alike(words: str, book: flow_nouns.AnswerBook) -> list[flow_nouns.Branch]:
    """The branch of that name, else those whose names hold the words."""
    wanted = text.plain(words)
    exact = [branch for branch in book.branches if wanted in (text.plain(branch.name), branch.id.casefold())]
    return exact or [branch for branch in book.branches if wanted and wanted in text.plain(branch.name)]


def _one_of(alike: Sequence[flow_nouns.Branch], words: str, book: flow_nouns.AnswerBook) -> Without:
    if len(alike) != 1:
        names = ", ".join(branch.name for branch in (alike or book.branches)[: nouns.MOST_NAMED])
        several = "what_if.several" if alike else "what_if.no_branch"
        raise ChangeError(nouns.Text(several, {"words": words, "names": names}))
    return Without(alike[0])


def _assuming(words: str, language: str) -> Assuming:
    """A number by its name, as `/assume` reads it; `ours` puts back what stands in the file."""
    try:
        wish = assumptions.read(words, language)
    except assumptions.AssumptionError as problem:
        # words without any number ask for help rather than for a name
        numbered = any(character.isdigit() for character in words)
        raise ChangeError(problem.text if numbered else nouns.Text("what_if.how")) from None
    if wish.value is None and not wish.back:
        raise ChangeError(nouns.Text("what_if.how"))
    return Assuming(wish.name, parameters.default().value(wish.name) if wish.value is None else wish.value)


def _together(changes: tuple[Change, ...], book: flow_nouns.AnswerBook) -> tuple[Change, ...]:
    """The changes themselves; raises ChangeError where two contradict each other or nothing is left to plan for."""
    starts = [one for one in changes if isinstance(one, Start)]
    numbers = [one for one in changes if isinstance(one, Assuming)]
    names = [one.name for one in numbers]
    twice: list[Change] = [*starts[1:], *(one for one in numbers if names.count(one.name) > 1)]
    if twice:
        raise ChangeError(nouns.Text("what_if.twice", {"what": said(twice[0])}))
    gone = [one.branch for one in changes if isinstance(one, Without)]
    if gone and len(gone) == len(book.branches):
        all_named = tuple(branch.name for branch in gone[: nouns.MOST_NAMED])
        raise ChangeError(nouns.Text("what_if.last_branch", {"branch": all_named}))
    return changes


def changed(book: flow_nouns.AnswerBook, changes: tuple[Change, ...]) -> flow_nouns.AnswerBook:
    """The book as it would be."""
    for change in changes:
        match change:
            case Start(day=day):
                book = _starting(book, day)
            case Without(branch=branch):
                book = _smaller(book, branch.id)
            case Assuming(name=name, value=value):
                kept = tuple(one for one in book.assumptions if one.name != name)
                own = (*kept, flow_nouns.Assumption(name, value))
                book = msgspec.structs.replace(book, assumptions=own)
    return book


def _starting(book: flow_nouns.AnswerBook, day: dt.date) -> flow_nouns.AnswerBook:
    institution = msgspec.structs.replace(book.institution, start_date=day)
    sections = tuple(
        _without_start(section) if section.flow == TEAM else section for section in book.sections
    )
    return msgspec.structs.replace(book, institution=institution, sections=sections)


def _without_start(section: flow_nouns.SectionAnswers) -> flow_nouns.SectionAnswers:
    """The day that the team gave would win over the institution's."""
    answers = {key: answer for key, answer in section.answers.items() if key != "start_date"}
    return msgspec.structs.replace(section, answers=answers)


def _smaller(book: flow_nouns.AnswerBook, branch: str) -> flow_nouns.AnswerBook:
    return msgspec.structs.replace(
        book,
        branches=tuple(one for one in book.branches if one.id != branch),
        sections=tuple(one for one in book.sections if one.branch != branch),
    )


def said(change: Change) -> nouns.Text:
    """A change in words."""
    match change:
        case Start(day=day):
            return nouns.Text("what_if.start", {"day": nouns.Day(day)})
        case Without(branch=branch):
            return nouns.Text("what_if.without", {"branch": branch.name})
        case Assuming(name=name, value=value):
            values: dict[str, nouns.Value] = {"name": parameter_words.name(name), "value": value}
            return nouns.Text("what_if.assuming", values)
