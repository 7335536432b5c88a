"""Catalogues as gettext keeps them: nothing said is lost, what changed is marked, the same text comes out again."""

from __future__ import annotations

import datetime as dt
import gettext
import io
import pathlib
import shutil
import subprocess
import zoneinfo

import msgspec
import pytest
from babel.messages import mofile, pofile
from hypothesis import given
from hypothesis import strategies as st

from flows import locales, translations
from flows import words as wording

ENGLISH = {
    "hello": "Hello {name}",
    "days": ("{n} day", "{n} days"),
    "lines": 'Two "lines"\nwith a \\ and a tab\t',
}
SAID = {"hello": "Bonjour {name}", "days": ("{n} jour", "{n} jours"), "lines": "Deux « lignes »\nici"}


def made(
    english: dict[str, translations.Message] = ENGLISH, **said: translations.Message
) -> translations.Translation:
    """A French catalogue of these English sentences that says these."""
    empty = translations.updated(translations.Translation("fr", {}), english)
    entries = {
        code: msgspec.structs.replace(entry, said=said.get(code, entry.said))
        for code, entry in empty.entries.items()
    }
    return translations.Translation("fr", entries)


def again(translation: translations.Translation) -> translations.Translation:
    """The catalogue as it comes back from its file."""
    return translations.read(translations.written(translation, "French: a test."), translation.language)


def test_a_new_catalogue_has_every_sentence_and_says_nothing() -> None:
    new = again(made())
    assert list(new.entries) == list(ENGLISH)
    assert new.said(ENGLISH) == {}
    assert not new.complete


def test_what_is_said_comes_back_from_the_file() -> None:
    assert again(made(**SAID)).said(ENGLISH) == SAID


def test_updating_an_unchanged_catalogue_gives_the_same_text() -> None:
    text = translations.written(made(**SAID), "French: a test.")
    updated = translations.updated(translations.read(text, "fr"), ENGLISH)
    assert translations.written(updated, "French: a test.") == text


def test_a_changed_sentence_keeps_its_translation_but_is_said_in_english() -> None:
    changed = {**ENGLISH, "hello": "Good day {name}"}
    stale = again(translations.updated(again(made(**SAID)), changed))
    assert stale.entries["hello"].said == SAID["hello"]
    assert stale.entries["hello"].doubtful
    assert "hello" not in stale.said(changed)
    assert '#| msgid "Hello {name}"' in translations.written(stale, "")


def test_a_mended_translation_loses_the_english_it_was_made_of() -> None:
    changed = {**ENGLISH, "hello": "Good day {name}"}
    stale = again(translations.updated(again(made(**SAID)), changed))
    mended = msgspec.structs.replace(stale.entries["hello"], said="Bien le bonjour {name}", doubtful=False)
    after = translations.updated(translations.Translation("fr", {**stale.entries, "hello": mended}), changed)
    assert "#|" not in translations.written(after, "")
    assert after.said(changed)["hello"] == "Bien le bonjour {name}"


def test_a_doubtful_translation_keeps_the_english_it_was_made_of() -> None:
    changed = {**ENGLISH, "hello": "Good day {name}"}
    stale = again(translations.updated(again(made(**SAID)), changed))
    text = translations.written(stale, "")
    assert '#| msgid "Hello {name}"' in text
    assert translations.written(translations.updated(stale, changed), "") == text


def test_a_sentence_under_another_code_keeps_its_translation() -> None:
    moved = {("greeting" if code == "hello" else code): message for code, message in ENGLISH.items()}
    assert translations.updated(made(**SAID), moved).said(moved)["greeting"] == SAID["hello"]


def test_a_sentence_that_is_gone_is_dropped() -> None:
    left = {"days": ENGLISH["days"]}
    assert list(translations.updated(made(**SAID), left).entries) == ["days"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("{n} days", ("{n} day", "{n} days")), (("{n} day", "{n} days"), "{n} days")],
    ids=["one sentence becomes two", "two sentences become one"],
)
def test_a_sentence_that_begins_or_ceases_to_count_keeps_its_words(
    before: translations.Message, after: translations.Message
) -> None:
    said = "{n} jours" if isinstance(before, str) else ("{n} jour", "{n} jours")
    changed = again(translations.updated(made({"days": before}, days=said), {"days": after}))
    assert "{n} jours" in (changed.entries["days"].said, *changed.entries["days"].said)
    assert changed.entries["days"].doubtful


def test_a_note_of_a_translator_stays() -> None:
    text = translations.written(made(**SAID), "").replace('msgctxt "hello"', '# Formal.\nmsgctxt "hello"')
    assert "# Formal.\nmsgctxt" in translations.written(
        translations.updated(translations.read(text, "fr"), ENGLISH), ""
    )


def test_a_file_that_an_editor_wrote_is_read_and_comes_out_as_ours() -> None:
    ours = translations.written(made(**SAID), "French: a test.")
    dated = ours.replace(
        '"Language: fr\\n"',
        '"PO-Revision-Date: 2027-03-01 10:00+0100\\n"\n"X-Generator: Poedit 3.4\\n"\n"Language: fr\\n"',
    )
    assert dated != ours
    updated = translations.updated(translations.read(dated, "fr"), ENGLISH)
    assert translations.written(updated, "French: a test.") == ours


def test_completeness_is_declared_in_the_header() -> None:
    text = translations.written(made(**SAID), "").replace("X-Complete: no", "X-Complete: yes")
    assert translations.read(text, "fr").complete
    assert "X-Complete: yes" in translations.written(
        translations.updated(translations.read(text, "fr"), ENGLISH), ""
    )


@pytest.mark.parametrize(
    "text", ["<html>", 'msgctxt "a"\nmsgid "b"\n', 'msgid "a"\nmsgid_plural "b"\nmsgstr[7] "c"\n']
)
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    with pytest.raises(translations.TranslationError):
        translations.read(text, "fr")


def test_gettext_itself_reads_what_we_write(tmp_path: pathlib.Path) -> None:
    text = translations.written(made(**SAID), "French: a test.")
    compiled = io.BytesIO()
    mofile.write_mo(compiled, pofile.read_po(io.StringIO(text), locale="fr"))
    compiled.seek(0)
    read = gettext.GNUTranslations(compiled)
    assert read.pgettext("hello", "Hello {name}") == "Bonjour {name}"
    assert read.npgettext("days", "{n} day", "{n} days", 2) == "{n} jours"
    if program := shutil.which("msgfmt"):
        (tmp_path / "fr.po").write_text(text, "utf-8")
        done = subprocess.run(
            [program, "--check", "-o", "/dev/null", tmp_path / "fr.po"], check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr


@given(st.dictionaries(st.text("abc.:/_", min_size=1), st.text(min_size=1), max_size=8), st.data())
def test_any_words_survive_the_file(english: dict[str, str], data: st.DataObject) -> None:
    printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    english = {code: data.draw(printable) for code in english}
    said = {code: data.draw(printable) for code in english}
    assert again(made(english, **{})).said(english) == {}
    entries = {code: translations.Entry(english[code], said[code]) for code in english}
    found = again(translations.Translation("fr", entries))
    assert {code: entry.said for code, entry in found.entries.items()} == said


@pytest.mark.parametrize(
    ("language", "count", "form"),
    [
        ("en", 1, 0), ("en", 0, 1), ("en", 1.5, 1), ("fr", 0, 0), ("fr", 1.5, 0), ("fr", 2, 1), ("es", 1.5, 1),
        ("sw", 1, 0), ("da", 1.5, 0), ("da", 2.5, 1), ("pl", 1, 0), ("pl", 3, 1), ("pl", 5, 2), ("ar", 0, 0),
    ],
)  # fmt: skip
def test_each_language_counts_in_its_own_way(language: str, count: float, form: int) -> None:
    assert wording.plural_form(language)(float(count)) == form


@pytest.mark.parametrize(
    ("written", "language", "means"),
    [
        ("fr", "fr", True), ("fr-CA", "fr", True), ("Français (fr)", "fr", True), ("French", "fr", True),
        ("français", "fr", True), ("English (en)", "fr", False), ("Kiswahili", "sw", True), ("default", "en", False),
    ],
)  # fmt: skip
def test_a_language_is_known_by_code_or_name(written: str, language: str, means: bool) -> None:
    assert locales.means(written, language) is means


@pytest.mark.parametrize(
    ("language", "hour", "said"),
    [
        pytest.param("en", 6, "Monday 15 March, 9:00", id="in the morning"),
        pytest.param("en", 11, "Monday 15 March, 14:00", id="in the afternoon"),
        pytest.param("en", 22, "Tuesday 16 March, 1:00", id="already the next day there"),
        pytest.param("sw", 6, "Jumatatu, 15 Machi, 9:00", id="in Swahili"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_place(language: str, hour: int, said: str) -> None:
    at = dt.datetime(2027, 3, 15, hour, tzinfo=dt.UTC)
    assert locales.moment(at, zoneinfo.ZoneInfo("Africa/Nairobi"), language) == said
