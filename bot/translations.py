"""The catalogues of every language: where they lie, brought up to date with the English, and looked over."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping, Sequence

import babel.localedata
import msgspec

import flows
from bot import limits
from flows import lint, locales, shipped, translating, translation_lint, translations
from flows import words as wording
from planning import parameter_words

ROOT = pathlib.Path(flows.__file__).parent.parent

PACKAGES: Mapping[str, str] = {
    "bot": "what the bot says",
    "planning": "what the plan says",
    "document_templates": "the words of the Word document",
    "flows": "the units in which is counted",
}
"""Packages with sentences of their own -> what these are."""

BUTTONS = (
    "archive.close", "archive.erase", "archive.keep", "archive.open", "asked.open", "asked.take_back",
    "assume.all", "assume.back", "branches.add", "branches.close", "branches.label",
    "branches.label.closed", "branches.label.empty", "branches.open", "branches.rename", "button.",
    "filling.button", "forget.yes", "group.add", "group.private", "group.unlink", "hand.question", "hand.section", "hello.start",
    "invite.all", "invite.link", "invite.paper", "invite.self",
    "language.name", "lead.", "leave.leader", "leave.yes", "links.button", "links.revoke", "list.button",
    "list.messages", "list.sheet", "new.again", "new.create", "new.date.none", "people.add",
    "people.change", "people.free", "people.give", "people.label", "people.label.more", "people.move",
    "people.nobody", "people.remove", "people.yes", "plan.as.", "plan.earlier", "plan.make",
    "plan.version_again", "plan.what_changed", "remind.all", "remind.chosen", "remind.late", "remind.one",
    "reminder.answer", "reminder.go", "reminder.silent.look", "reminder.tomorrow", "reminder.week",
    "reminders.again", "reminders.digest.", "reminders.escalate", "reminders.first", "reminders.hours",
    "reminders.open", "reminders.turn_", "review.approve", "review.approve.plain", "review.decide", "review.look",
    "review.propose", "review.return", "review.whole", "sheet.button", "sign.button", "sign.look",
    "sign.open", "sign.withdraw", "sign.yes", "status.by.", "survey.add", "survey.begin",
    "survey.often.branch", "survey.often.organisation", "survey.publish", "survey.remove", "table.back",
    "table.good", "tasks.asked.button", "template.leave", "template.use", "why.all", "why.up",
)  # fmt: skip
"""The codes of buttons; one that ends with a dot stands for all that begin so."""

CROWDED = (
    "button.back", "button.review", "button.pause", "button.unknown", "button.skip",
    "plan.as.xlsx", "plan.as.pdf", "plan.as.json",
)  # fmt: skip
"""Buttons that share a row with others."""


class LanguageError(Exception):
    """A language cannot be spoken or begun; the message says why."""


class Source(msgspec.Struct, frozen=True):
    """English sentences that are translated together, and where a language keeps them."""

    about: str
    place: str
    """The file under the program's folder, with `{}` for the language."""
    english: Mapping[str, translations.Message]
    longest: Mapping[str, int] = {}
    """Code -> characters that its button has room for."""

    def file(self, language: str) -> pathlib.Path:
        """The catalogue's file in a language."""
        return ROOT / self.place.format(language)

    def read(self, language: str) -> translations.Translation:
        """The catalogue as it lies there; one without entries where there is none."""
        file = self.file(language)
        if not file.exists():
            return translations.Translation(language, {})
        try:
            return translations.read(file.read_text("utf-8"), language)
        except translations.TranslationError as problem:
            raise LanguageError(f"{self.place.format(language)}: {problem}") from None

    def text(self, translation: translations.Translation) -> str:
        """The catalogue's file brought up to date with the English."""
        current = translations.updated(translation, self.english)
        name = str(locales.of(translation.language).english_name).partition(" (")[0]
        return translations.written(current, f"{name}: {self.about}.")


def sources() -> Iterator[Source]:
    """Everything that is translated: the packages' sentences, and each section's questions."""
    for package, about in PACKAGES.items():
        english = wording.english(package)
        longest = {code: _room(code) for code in english} if package == "bot" else {}
        yield Source(about, f"{package}/words/{{}}.po", english, longest)
    numbers = parameter_words.english()
    longest = dict.fromkeys(
        (code for code in numbers if code.startswith(parameter_words.NAME)), limits.WIDE_BUTTON
    )
    place = f"planning/{parameter_words.FOLDER}/{{}}.po"
    yield Source("the numbers that the plan assumes", place, numbers, longest)
    for flow in shipped.assessment():
        texts = translating.texts(flow)
        choices = dict.fromkeys(translating.choices(flow), lint.LONGEST_CHOICE)
        place = f"flows/{shipped.FOLDER}/{shipped.TRANSLATED}/{{}}/{flow.id}.po"
        yield Source(f"the section “{flow.title}”", place, texts, choices)


def _room(code: str) -> int:
    if code in CROWDED:
        return limits.CROWDED_BUTTON
    is_button = any(code == known or (known.endswith(".") and code.startswith(known)) for known in BUTTONS)
    return limits.WIDE_BUTTON if is_button else 0


def spoken(language: str) -> str:
    """A language that somebody typed, as catalogues are named: `fr` of fr-CA; raises LanguageError if it is none."""
    plain = locales.plain(language)
    if not babel.localedata.exists(plain):
        raise LanguageError(f"'{language}' is no language; write its code, as fr or sw.")
    return plain


def languages() -> tuple[str, ...]:
    """The languages that anybody has begun, and those that are promised."""
    return tuple(dict.fromkeys((*locales.PROMISED[1:], *wording.languages("bot")[1:])))


def update(wanted: Sequence[str] = ()) -> Iterator[str]:
    """Bring the catalogues up to date with the English; yields the files that changed.

    Languages that are named get those files too that they do not have yet.
    """
    for language in wanted or languages():
        if language == wording.BASE_LANGUAGE or not babel.localedata.exists(language):
            raise LanguageError(
                f"'{language}' is no language to translate into; write its code, as fr or pt."
            )
        for source in sources():
            file = source.file(language)
            if not (wanted or file.exists()):
                continue
            before = file.read_text("utf-8") if file.exists() else ""
            text = source.text(source.read(language))
            if text != before:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                yield source.place.format(language)


def issues() -> Iterator[lint.Issue]:
    """What is wrong with the catalogues; one that nobody has begun is counted as missing."""
    unbegun = dict.fromkeys(languages(), 0)
    for source in sources():
        for language in languages():
            if not source.file(language).exists():
                unbegun[language] += len(source.english)
                continue
            translation = source.read(language)
            place = source.place.format(language)
            yield from translation_lint.issues(
                translation, source.english, file=place, longest=source.longest
            )
    for language, count in unbegun.items():
        if count:
            what = f"{count} sentences have no catalogue yet; they are said in English."
            fix = f"Run `groundwork words {language}` and translate them."
            yield lint.Issue(f"words in {language}", 1, what, fix, lint.Severity.WARNING)
    for flow in shipped.assessment():
        for language in languages():
            told = shipped.in_language(flow, language)
            place = f"flows/{shipped.FOLDER}/{shipped.TRANSLATED}/{language}/{flow.id}.po"
            for issue in lint.of_words(told):
                yield msgspec.structs.replace(issue, file=place, line=1)
