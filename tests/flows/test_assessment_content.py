"""The shipped assessment covers every id, speaks plainly, asks nobody too much, and keeps the names planning reads."""

from __future__ import annotations

import pathlib
import re
import unicodedata

import pytest

from flows import instance, lint, nouns, shipped, shown
from planning import functional_gaps
from tests.flows import playing
from tests.flows.assessment_asked import (
    FLOWS,
    asked,
    items_of,
    kind_of,
    put_to_people,
    questions_of,
    standing,
)
from tests.flows.assessment_names import BRANCH_SECTIONS, CORE, DETAIL, GAPS, READ_BY_PLANNING

HOME = pathlib.Path(__file__).parents[2] / "flows" / "assessment"

COVERED = [f"S{number:02}" for number in range(1, 45)] + [f"X{number:02}" for number in range(1, 9)]
"""The ids of the framework and of what it lacks."""

LONGEST_LABEL, LONGEST_HINT, LONGEST_CHOICE, LONGEST_MESSAGE = 160, 200, 40, 120
"""Characters: what a phone shows without scrolling, and what fits on a button."""

LONGEST_SENTENCE = 22
"""Words of one sentence for readers of English as a second language."""

each_flow = pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?:;])\s+", words) if part]


def asked_with(flow: str, **values: nouns.Value) -> set[str]:
    """Names of the questions asked where these answers were given at the top or in the groups of a flow."""
    path = {item.name: item.path for item in items_of(FLOWS[flow].children)}
    answers = {path[name]: nouns.Answer(value) for name, value in values.items()}
    return {question.name for question in asked(standing(flow, answers, {}).root.parts)}


# --- what is asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", COVERED)
def test_every_id_of_the_framework_has_a_question(code: str) -> None:
    assert any(code in question.seed for flow in FLOWS.values() for question in questions_of(flow))


@each_flow
def test_a_question_says_which_ids_it_serves(flow: nouns.Flow) -> None:
    for question in questions_of(flow):
        assert question.seed, question.path
        assert set(question.seed) <= set(COVERED), question.path


@pytest.mark.parametrize("flow", READ_BY_PLANNING)
def test_the_names_that_planning_reads_are_there(flow: str) -> None:
    paths = {item.path for item in items_of(FLOWS[flow].children)}
    assert set(READ_BY_PLANNING[flow].split()) - paths == set()


def test_the_files_follow_each_other_as_people_answer_them() -> None:
    assert list(FLOWS) == list(READ_BY_PLANNING)
    names = sorted(path.name for path in HOME.glob("*.yaml"))
    assert names == [f"{number:02}_{flow}.yaml" for number, flow in enumerate(FLOWS, 1)]


def test_the_linter_has_nothing_to_say() -> None:
    files = sorted(HOME.glob("*.yaml"))
    assert [
        issue for file in files for issue in lint.text(file.read_text("utf-8"), file=file.name, ids=COVERED)
    ] == []


def test_branch_staff_answer_once_a_branch_and_all_others_once() -> None:
    per_branch = {flow.id for flow in FLOWS.values() if flow.per is nouns.Per.BRANCH}
    by_staff = {flow.id for flow in FLOWS.values() if flow.role is nouns.Role.BRANCH_STAFF}
    assert per_branch == by_staff == set(BRANCH_SECTIONS)


# --- how it is said --------------------------------------------------------------------------------


@each_flow
def test_the_words_of_a_question_are_short_and_calm(flow: nouns.Flow) -> None:
    for question in put_to_people(flow):
        assert len(question.label) <= LONGEST_LABEL, question.path
        assert len(question.hint) <= LONGEST_HINT, question.path
        assert len(question.constraint_message) <= LONGEST_MESSAGE, question.path
        assert question.label.endswith(("?", ".")), f"{question.path}: a label is a whole sentence"
        assert question.label.count("?") <= 1, f"{question.path}: one thing a question"
        for words in (question.label, question.hint, question.constraint_message):
            assert_voice(words)


PRAISE_AND_FILLER = re.compile(
    r"\b(please|great|awesome|perfect|well done|thank|simply|just|easy)\b", re.IGNORECASE
)


def assert_voice(words: str, longest: int = LONGEST_SENTENCE) -> None:
    assert "!" not in words, words
    assert "—" not in words, words
    assert "  " not in words, words
    assert not PRAISE_AND_FILLER.search(words), words
    assert "So" not in {unicodedata.category(sign) for sign in words}, f"an emoji in {words}"
    for sentence in sentences(words):
        assert len(sentence.split()) <= longest, sentence


@each_flow
def test_titles_and_headings_are_short(flow: nouns.Flow) -> None:
    holders = [item for item in items_of(flow.children) if not isinstance(item, nouns.Question)]
    # a group within the entries of a list needs no heading beside theirs
    headings = [item.label for item in holders if item.label or ("/" not in item.path)]
    for heading in (flow.title, *headings):
        assert 0 < len(heading) <= LONGEST_CHOICE
        assert_voice(heading)
    assert flow.about.endswith(".")
    assert_voice(flow.about, longest=LONGEST_SENTENCE + 2)


def test_a_list_says_what_one_entry_is() -> None:
    for flow in FLOWS.values():
        for item in items_of(flow.children):
            if isinstance(item, nouns.Repeat):
                assert item.hint, item.path
                assert_voice(item.hint)


@each_flow
def test_choices_fit_on_buttons_and_differ(flow: nouns.Flow) -> None:
    for question in put_to_people(flow):
        labels = [choice.label for choice in question.choices]
        for label in labels:
            assert 0 < len(label) <= LONGEST_CHOICE, label
            assert_voice(label)
        assert len(set(labels)) == len(labels)


@each_flow
def test_what_must_be_typed_has_a_hint(flow: nouns.Flow) -> None:
    for question in put_to_people(flow):
        if kind_of(question) not in ("select_one", "select_multiple"):
            assert question.hint, question.path


@each_flow
def test_a_number_has_a_unit_and_bounds_and_the_bounds_say_what_to_send(flow: nouns.Flow) -> None:
    for question in put_to_people(flow):
        if kind_of(question) in ("integer", "decimal"):
            assert question.unit, question.path
            assert re.search(r"\d", question.hint), f"{question.path}: a number has an example"
            assert question.constraint, question.path
        assert bool(question.constraint) == bool(question.constraint_message), question.path
        if question.constraint:
            assert re.match(r"(Send|Choose|A day has 24 hours\. Send) ", question.constraint_message)


@each_flow
def test_hours_are_not_asked_in_swahili_as_the_time_of_day(flow: nouns.Flow) -> None:
    """`Saa ngapi` alone asks what time it is; `ya saa ngapi` asks for how many hours."""
    hours = {question.path for question in put_to_people(flow) if question.unit == "hours"}
    for question in put_to_people(shipped.in_language(flow, "sw")):
        if question.path in hours:
            assert not re.search(r"(?<!ya )(?<!wa )saa ngapi", question.label), question.label


def test_an_institution_that_moves_no_old_account_may_begin_its_entries_after_today() -> None:
    lender = playing.begun(FLOWS["configuration"])
    lender.do(nouns.Reviewed(), nouns.Changed("books/organisation_start"))
    prompt = lender.do("1 March 2027")
    assert (prompt.key, prompt.doubted, prompt.problem) == ("books/organisation_start", True, None)


@each_flow
def test_several_choices_can_say_none(flow: nouns.Flow) -> None:
    for question in questions_of(flow):
        if kind_of(question) == "select_multiple" and any(
            choice.name == "none" for choice in question.choices
        ):
            assert "selected(., 'none')" in question.constraint, question.path


# --- what concerns whom ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "values", "there", "gone"),
    [
        pytest.param(
            "branch_power", {"backups": ["none"]}, set(), {"va", "minutes", "kva", "wp"}, id="no backup"
        ),
        pytest.param(
            "branch_power", {"backups": ["ups"]}, {"va", "minutes"}, {"battery_ah", "kva"}, id="ups"
        ),
        pytest.param(
            "branch_power",
            {"backups": ["inverter"]},
            {"battery_ah", "earthing"},
            {"kva", "minutes"},
            id="inverter",
        ),
        pytest.param(
            "branch_power", {"cuts_per_week": 0}, set(), {"longest_cut_hours"}, id="power never cut"
        ),
        pytest.param("branch_power", {"cuts_per_week": 2}, {"longest_cut_hours"}, set(), id="power cut"),
        pytest.param("branch_place", {"travel_hours": 0}, set(), {"delivery_days"}, id="head office"),
        pytest.param("branch_place", {"travel_hours": None}, {"delivery_days"}, set(), id="distance unknown"),
        pytest.param("branch_place", {"road_closed_from": "mar"}, {"road_closed_to"}, set(), id="rains"),
        pytest.param(
            "branch_place", {"road_closed_from": "none"}, set(), {"road_closed_to"}, id="open all year"
        ),
        pytest.param("branch_place", {}, {"road_closed_from"}, {"road_closed_to"}, id="road not told"),
        pytest.param(
            "project_team", {"manager_dedicated": "yes"}, set(), {"manager_percent"}, id="dedicated"
        ),
        pytest.param(
            "project_team", {"manager_dedicated": "no"}, {"manager_percent"}, set(), id="half a manager"
        ),
        pytest.param(
            "it_hosting", {"hosting_options": ["cloud"]}, {"round_trip_ms"}, {"server_room"}, id="cloud"
        ),
        pytest.param(
            "it_hosting", {"hosting_options": ["own_room"]}, {"server_room"}, {"round_trip_ms"}, id="own"
        ),
        pytest.param("training_needs", {"venue_head_office": "no"}, set(), {"venue_seats"}, id="no room"),
        pytest.param("operations_needs", {"survey_made": "no"}, set(), {"survey_file"}, id="no survey"),
    ],
)
def test_nobody_is_asked_what_does_not_concern_them(
    flow: str, values: dict[str, nouns.Value], there: set[str], gone: set[str]
) -> None:
    names = asked_with(flow, **values)
    assert there <= names
    assert not gone & names


@pytest.mark.parametrize(
    ("flow", "entries", "given", "there", "gone"),
    [
        pytest.param(
            "migration", "entities", {"strategy": "opening_balances"}, {"records"},
            {"history", "from_date", "to_date"}, id="balances alone have no past",
        ),
        pytest.param(
            "migration", "entities", {"strategy": "opening_balances", "entities:1/history": "all"}, set(),
            {"history", "from_date", "to_date"}, id="not even where it was wished before",
        ),
        pytest.param(
            "migration", "entities", {"strategy": "full_history", "entities:1/history": "all"},
            {"history", "from_date", "to_date"}, set(), id="history has its dates",
        ),
        pytest.param(
            "operations_reports", "reports",
            {"reports:1/priority": "critical", "reports:1/area": "clients", "reports:1/stock_report": "client_listing"},
            {"use_case"}, {"fields", "complexity", "format", "frequency"}, id="a report that Mifos brings",
        ),
        pytest.param(
            "operations_reports", "reports",
            {"reports:1/priority": "critical", "reports:1/area": "clients", "reports:1/stock_report": "none"},
            {"use_case", "fields", "complexity", "format", "frequency"}, set(), id="a report to be made",
        ),
        pytest.param(
            "operations_documents", "documents", {"documents:1/fate": "drop"}, {"name"},
            {"used_for", "per_month", "sample"}, id="a form that goes",
        ),
        pytest.param(
            "operations_documents", "documents", {"documents:1/fate": "keep"}, {"used_for", "sample"},
            {"per_month"}, id="a form that stays on paper",
        ),
        pytest.param(
            "operations_documents", "documents", {"documents:1/fate": "replace"},
            {"used_for", "per_month", "sample"}, set(), id="a form that Mifos prints",
        ),
    ],
)  # fmt: skip
def test_an_entry_is_asked_only_what_concerns_it(
    flow: str, entries: str, given: dict[str, nouns.Value], there: set[str], gone: set[str]
) -> None:
    answers = {key: nouns.Answer(value) for key, value in given.items()}
    names = {question.name for question in asked(standing(flow, answers, {entries: (1,)}).root.parts)}
    assert there <= names
    assert not gone & names


@pytest.mark.parametrize("language", ["en", "fr", "es", "sw"])
def test_a_process_that_is_written_down_nowhere_has_no_map_to_send(language: str) -> None:
    told = shipped.in_language(FLOWS["operations_processes"], language)
    hint = {item.path: item.hint for item in items_of(told.children)}["processes/map_reference"]
    offered = [word for word in ("none", "aucun", "ninguno", "hakuna") if word in hint]
    assert len(offered) == 1
    for said, sends in ((offered[0], False), (offered[0].capitalize(), False), ("Manual, page 14", True)):
        given = {"processes:1/map_reference": nouns.Answer(said)}
        stands = standing("operations_processes", given, {"processes": (1,)})
        assert ("map" in {question.name for question in asked(stands.root.parts)}) is sends


def test_the_survey_offers_each_capability_once_and_the_core_first() -> None:
    path = {item.path: item for item in items_of(FLOWS["operations_needs"].children)}
    modules = path["modules"]
    assert isinstance(modules, nouns.Question)
    assert [choice.name for choice in modules.choices] == list(CORE)
    for module, core in CORE.items():
        question = path[f"{module}/must_{module}"]
        assert isinstance(question, nouns.Question)
        offered = [*core.split(), *DETAIL.get(module, "").split(), "none"]
        assert [choice.name for choice in question.choices] == offered
    assert sum(len(core.split()) for core in CORE.values()) == 92
    assert sum(len(detail.split()) for detail in DETAIL.values()) == 70


def test_only_what_needs_no_extra_work_is_ticked_beforehand() -> None:
    for question in questions_of(FLOWS["operations_needs"]):
        assert not set(question.default.split()) & set(GAPS), question.path


def gap_questions(**values: nouns.Value) -> dict[str, set[str]]:
    """What is asked of each gap where these answers were given."""
    flow = "operations_needs"
    path = {item.name: item.path for item in items_of(FLOWS[flow].children)}
    answers = {path[name]: nouns.Answer(value) for name, value in values.items()}
    living = standing(flow, answers, {})
    found: dict[str, set[str]] = {}
    for question in asked(living.root.parts):
        if question.name.startswith("gap_"):
            gap = living.find(question.key.partition("/")[0] + "/gap")
            assert isinstance(gap, instance.Question)
            found.setdefault(str(gap.value), set()).add(question.name)
    return found


def _advised(capability: str) -> str:
    return functional_gaps.capabilities()[capability].advise


@pytest.mark.parametrize(
    ("module", "capability"),
    [
        pytest.param(module, code, id=code)
        for module, core in CORE.items()
        for code in (*core.split(), *DETAIL.get(module, "").split())
    ],
)
def test_use_case_volume_urgency_and_a_way_are_asked_for_each_gap_only(module: str, capability: str) -> None:
    """Of what is nice to have only where something is bought or built for it."""
    all_four = {"gap_use_case", "gap_volume", "gap_urgency", "gap_resolution"}
    given_up = {"gap_use_case", "gap_resolution"}
    of_a_must = given_up if capability in GAPS and _advised(capability) == "live_with_it" else all_four
    wanted = {capability: of_a_must} if capability in GAPS else {}
    none = {"nice_to_have": ["none"]}
    assert gap_questions(modules=[module], **{f"must_{module}": [capability]}, **none) == wanted
    if capability in GAPS:
        costs = _advised(capability) in {"plugin", "customise"}
        nice = {f"must_{module}": ["none"], "nice_to_have": [capability]}
        asked_then = all_four if costs else {"gap_resolution"}
        assert gap_questions(modules=[module], **nice) == {capability: asked_then}


@pytest.mark.parametrize(
    ("wish", "way", "expected"),
    [
        pytest.param("must", "workaround", "use_case volume urgency", id="a must"),
        pytest.param("must", "live_with_it", "use_case", id="a must that they go without"),
        pytest.param("nice", "customise", "use_case volume urgency", id="nice, and built"),
        pytest.param("nice", "workaround", "", id="nice, and done outside"),
        pytest.param("nice", "advise", "", id="nice, and advised to do outside"),
    ],
)
def test_more_is_asked_of_a_gap_where_work_depends_on_it(wish: str, way: str, expected: str) -> None:
    number = GAPS.index("kyc_04") + 1
    answers = {
        "modules": nouns.Answer(["kyc"]),
        "kyc/must_kyc": nouns.Answer(["kyc_04"] if wish == "must" else ["none"]),
        "nice_to_have": nouns.Answer(["none"] if wish == "must" else ["kyc_04"]),
        f"gaps:{number}/closing/gap_resolution": nouns.Answer(way),
    }
    living = standing("operations_needs", answers, {})
    found = {question.name for question in asked(living.root.parts) if question.name.startswith("gap_")}
    assert found == {"gap_resolution", *(f"gap_{name}" for name in expected.split())}


def test_every_entry_of_the_gaps_is_one_gap_for_ever() -> None:
    living = standing("operations_needs", {}, {})
    numbered = [living.find(f"gaps:{number}/gap") for number in range(1, len(GAPS) + 1)]
    assert [gap.value for gap in numbered if isinstance(gap, instance.Question)] == list(GAPS)


def test_a_way_is_proposed_with_its_reason() -> None:
    for number, code in enumerate(GAPS, 1):
        answers = {"nice_to_have": nouns.Answer([code])}
        module = next(m for m in CORE if code in f"{CORE[m]} {DETAIL.get(m, '')}".split())
        answers |= {"modules": nouns.Answer([module])}
        living = standing("operations_needs", answers, {})
        way, reason = (living.find(f"gaps:{number}/closing/gap_{name}") for name in ("proposal", "reason"))
        assert isinstance(way, instance.Question)
        assert isinstance(reason, instance.Question)
        capability = functional_gaps.capabilities()[code]
        assert way.value == capability.advise, code
        assert shown.in_words(reason) == capability.note, code
        asked_about = living.find(f"gaps:{number}/closing/gap_resolution")
        assert isinstance(asked_about, instance.Question)
        hint = shown.phrase(asked_about.item.hint, asked_about)
        assert hint == f"We propose: {shown.in_words(way)}. {capability.note}"


def test_a_module_that_was_not_chosen_is_not_asked() -> None:
    names = asked_with("operations_needs", modules=["savings"])
    assert "must_savings" in names
    assert not {"must_loans", "must_offices"} & names


def test_what_must_be_is_not_offered_again_and_what_is_there_anyway_is_not_nice_to_have() -> None:
    answers = {"modules": nouns.Answer(["kyc"]), "kyc/must_kyc": nouns.Answer(["kyc_01", "kyc_05"])}
    living = standing("operations_needs", answers, {})
    (question,) = (found for found in asked(living.root.parts) if found.name == "nice_to_have")
    assert [choice.name for choice in question.choices] == ["kyc_04", "none"]


def test_stock_reports_are_offered_by_what_the_report_is_about() -> None:
    answers = {"reports:1/priority": nouns.Answer("critical"), "reports:1/area": nouns.Answer("clients")}
    living = standing("operations_reports", answers, {"reports": (1,)})
    (question,) = (found for found in asked(living.root.parts) if found.name == "stock_report")
    assert [choice.name for choice in question.choices] == ["none", "client_listing", "client_loans_listing"]
