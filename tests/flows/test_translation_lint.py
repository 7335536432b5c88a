"""What lint finds in a catalogue, each with the sentence that a translator needs."""

from __future__ import annotations

import pytest

from flows import lint, translation_lint, translations

CASES = [
    ("another name", "Ask {who}.", "Demandez à {qui}.", "has other names than the English: {qui} {who}."),
    ("a name left out", "Ask {who}.", "Demandez.", "has other names than the English: {who}."),
    ("an answer left out", "How old is ${name}?", "Quel âge ?", "has other names than the English: ${name}."),
    ("a brace alone", "Ask {who}.", "Demandez à {who} {.", "has a brace without its partner."),
    ("a tag left open", "<b>Now</b>", "<b>Maintenant", "has other tags than the English."),
    ("a command translated", "Say /help.", "Dites /aide.", "names other commands than the English."),
    ("a line too many", "One line", "Une\nligne", "has other line breaks than the English."),
    ("an exclamation mark", "Done.", "Fini !", "has an exclamation mark."),
    ("a space too many", "Done.", "Fini  donc.", "has stray spaces."),
    ("a space in front", "Done.", " Fini.", "has stray spaces."),
    ("too long for its button", "Next", "Passer à la question suivante", "has 29 characters."),
]


@pytest.mark.parametrize(
    ("english", "said", "what"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_lint_finds(english: str, said: str, what: str) -> None:
    entries = {"code": translations.Entry(english, said)}
    found = translation_lint.issues(
        translations.Translation("fr", entries), {"code": english}, file="fr.po", longest={"code": 28}
    )
    assert f"`code` {what}" in [issue.what for issue in found]
    assert all(issue.fix and issue.severity is lint.Severity.ERROR for issue in found)


def test_a_button_may_be_full() -> None:
    said = "Suivante"
    found = translation_lint.issues(
        translations.Translation("fr", {"code": translations.Entry("Next", said)}),
        {"code": "Next"}, file="fr.po", longest={"code": len(said)},
    )  # fmt: skip
    assert not list(found)


def test_a_french_colon_has_its_space() -> None:
    entries = {"code": translations.Entry(":", "\u00a0:")}
    assert not list(
        translation_lint.issues(
            translations.Translation("fr", entries), {"code": ":"}, file="fr.po", longest={}
        )
    )


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (("{n} section", "{n} sections"), ("une rubrique", "{n} rubriques")),
        (("one section", "{n} sections"), ("{n} rubrique", "{n} rubriques")),
    ],
    ids=["the number said by a word", "the number said by a number"],
)
def test_a_singular_may_say_its_number_as_it_likes(
    english: translations.Message, said: translations.Message
) -> None:
    entries = {"code": translations.Entry(english, said)}
    translation = translations.Translation("fr", entries)
    assert translation_lint.issues(translation, {"code": english}, file="fr.po", longest={}) == []


UNSAID = {
    "missing": None,
    "not translated": translations.Entry("Hello", ""),
    "stale": translations.Entry("Good day", "Bonjour"),
    "doubtful": translations.Entry("Hello", "Bonjour", doubtful=True),
    "one form of two": translations.Entry("Hello", ("Bonjour", "")),
}


@pytest.mark.parametrize("entry", UNSAID.values(), ids=UNSAID)
@pytest.mark.parametrize("complete", [True, False], ids=["declared complete", "in progress"])
def test_what_is_not_said_fails_only_a_catalogue_that_is_declared_complete(
    entry: translations.Entry | None, complete: bool
) -> None:
    entries = {} if entry is None else {"code": entry}
    translation = translations.Translation("fr", entries, complete)
    (issue,) = translation_lint.issues(translation, {"code": "Hello"}, file="fr.po", longest={})
    assert issue.severity is (lint.Severity.ERROR if complete else lint.Severity.WARNING)
    assert ("0 of 1 sentences are said" in issue.what) is not complete
