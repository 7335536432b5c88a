"""A flow in another language: other words, the same questions; what is not translated stays as it was."""

from __future__ import annotations

import datetime as dt

from flows import engine, form, loading, nouns, shipped, translating, translations

NOW = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)

SURVEY = """
flow: survey
title: Survey
language: English (en)
choices:
  days:
    - {name: mon, label: Monday, "label::Français (fr)": Lundi}
    - {name: tue, label: Tuesday, "label::Français (fr)": Mardi}
survey:
  - {type: select_one days, name: day, label: Which day?, "label::Français (fr)": Quel jour ?}
  - type: group
    name: money
    label: Money
    children:
      - type: decimal
        name: cost
        label: How much?
        "label::Français (fr)": Combien ?
        unit: hours
        constraint: . > 0
        constraint_message: More than 0.
        "constraint_message::Français (fr)": Plus que 0.
"""


def prompt(flow: nouns.Flow, *events: nouns.AnyEvent) -> nouns.Prompt:
    """What stands after these events."""
    session = engine.start(flow)
    shown = None
    for event in (nouns.Begin(), *events):
        turn = engine.advance(flow, session, event, now=NOW)
        session = turn.session
        shown = next(effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
    assert shown is not None
    return shown


def test_a_form_with_french_of_its_own_is_asked_in_french() -> None:
    flow = shipped.in_language(loading.load(SURVEY), "fr")
    first = prompt(flow)
    assert first.label == "Quel jour ?"
    assert [option.label for option in first.options] == ["Lundi", "Mardi"]
    second = prompt(flow, nouns.Typed("mardi"))
    assert (second.group, second.label, second.unit) == ("Money", "Combien ?", "heures")
    refused = prompt(flow, nouns.Typed("mardi"), nouns.Typed("-1"))
    assert refused.problem is not None
    assert refused.problem.text == "Plus que 0."


def test_numbers_are_read_and_said_as_the_language_writes_them() -> None:
    french = shipped.in_language(loading.load(SURVEY), "fr")
    review = prompt(french, nouns.Picked("mon"), nouns.Typed("1 500,5"))
    assert [line.shown for line in review.lines if line.key.endswith("cost")] == ["1\u202f500,5 heures"]


def test_a_language_that_the_form_lacks_leaves_its_words() -> None:
    flow = shipped.in_language(loading.load(SURVEY), "sw")
    assert prompt(flow).label == "Which day?"
    assert flow.language == "sw"


def test_a_form_is_put_into_a_language_once_as_long_as_it_is_in_use() -> None:
    flow = loading.load(SURVEY)
    french = shipped.in_language(flow, "fr")
    assert shipped.in_language(flow, "fr") is french
    assert shipped.in_language(flow, "sw") is not french
    for _ in range(form.KEPT):
        shipped.in_language(loading.load(SURVEY), "fr")
    assert shipped.in_language(flow, "fr") is not french, "what was used long ago is forgotten"
    assert shipped.in_language(flow, "fr") == french


def test_the_forms_own_language_is_the_form_itself() -> None:
    flow = loading.load(SURVEY)
    assert shipped.in_language(flow, "en") is flow


def test_every_text_of_the_shipped_flows_has_an_id_of_its_own() -> None:
    for flow in shipped.assessment():
        words = {code: f"«{text}»" for code, text in translating.texts(flow).items()}
        told = translating.told(flow, words, "fr")
        assert translating.texts(told) == words


def test_a_translated_flow_asks_the_same_questions() -> None:
    for flow in shipped.assessment():
        told = shipped.in_language(flow, "fr")
        ours, theirs = form.of(flow), form.of(told)
        assert list(ours.by_path) == list(theirs.by_path)
        for place in ours.by_path.values():
            assert place.formulas.keys() == theirs.by_path[place.path].formulas.keys()


def test_a_stale_translation_is_said_in_english() -> None:
    flow = loading.load(SURVEY)
    english = translating.texts(flow)
    entries = {"day:label": translations.Entry("Which day was it?", "Quel jour était-ce ?")}
    said = translations.Translation("fr", entries).said(english)
    assert translating.told(flow, said, "fr").children[0].label == "Which day?"


def test_choices_that_are_only_shown_need_no_room_on_a_button() -> None:
    asked = loading.load(SURVEY)
    assert translating.choices(asked) == {"days:mon", "days:tue"}
    shown = SURVEY.replace("name: day,", "name: day, read_only: 'yes', calculation: \"'mon'\",")
    assert translating.choices(loading.load(shown)) == frozenset()
