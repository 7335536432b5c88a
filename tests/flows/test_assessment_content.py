"""The shipped assessment: it covers every id, speaks plainly, keeps the names planning reads, and has a sample."""

from __future__ import annotations

import datetime as dt
import itertools
import pathlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest

from flows import form, instance, keys, nouns, shipped

FLOWS = {flow.id: flow for flow in shipped.assessment()}
HOME = pathlib.Path(__file__).parents[2] / "flows"
SAMPLE = HOME / "samples" / "jitegemea.answers.json"
BOOK = msgspec.json.decode(SAMPLE.read_bytes(), type=nouns.AnswerBook)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

COVERED = [f"S{number:02}" for number in range(1, 45)] + [f"X{number:02}" for number in range(1, 9)]
"""The ids of the framework and of what it lacks."""

LONGEST_LABEL, LONGEST_HINT, LONGEST_CHOICE, LONGEST_MESSAGE = 160, 200, 40, 120
"""Characters: what a phone shows without scrolling, and what fits on a button."""

LONGEST_SENTENCE = 22
"""Words of one sentence for readers of English as a second language."""

USUAL_BRANCH = 45
"""Questions that the six sections of a usual branch may ask."""

BRANCH_SECTIONS = (
    "branch_office",
    "branch_internet",
    "branch_power",
    "branch_equipment",
    "branch_place",
    "branch_work",
)

DUTIES = ("upgrades", "database", "daily", "users", "helpdesk", "monitoring", "backups")

CORE = {
    "offices": "org_01 org_03 org_05 org_06 org_07 org_10",
    "clients": "cli_01 cli_02 cli_04 cli_05 cli_07 cli_08 cli_12 cli_13",
    "kyc": "kyc_01 kyc_02 kyc_03 kyc_04",
    "groups": "grp_01 grp_02 grp_06 grp_07 grp_09",
    "collections": "col_01 col_03 col_04",
    "loans": "lpr_01 lpr_03 lpr_04 lpr_05 lpr_06 lpr_07 lpr_09 lpr_10 lpr_14 lpr_16 lpr_17",
    "accounts_of_loans": "loa_01 loa_03 loa_07 loa_09 loa_11 loa_12 loa_14 loa_17 loa_18",
    "collateral": "clt_01",
    "savings": "sav_01 sav_03 sav_05 sav_08 sav_09 sav_10",
    "deposits": "dep_01 dep_03",
    "shares": "shr_01",
    "charges": "chg_01 chg_02",
    "accounting": "acc_01 acc_02 acc_04 acc_05 acc_08 acc_09 acc_10",
    "teller": "csh_01 csh_03 csh_04",
    "payments": "pay_03 pay_04 pay_06",
    "reporting": "rep_02 rep_03 rep_08",
    "messages": "msg_01 msg_04",
    "security": "sec_01 sec_02 sec_03 sec_08",
    "fields": "dat_01 dat_03 dat_04",
    "bureau": "cbr_01 cbr_02",
    "mobile": "mob_01 mob_02 mob_03",
    "currencies": "cur_01 cur_02",
    "running": "ops_04 ops_05",
}
"""Module -> its core capabilities in the catalogue."""

_GAPS = """
cli_12 cli_13 kyc_04 grp_09 col_01 col_03 col_04 lpr_17 sav_09 sav_10 chg_02 acc_08 acc_09 acc_10 csh_03 csh_04
pay_04 pay_06 rep_02 rep_08 msg_01 msg_04 sec_08 dat_03 dat_04 cbr_01 cbr_02 mob_01 mob_02 mob_03 cur_02 ops_05
"""
GAPS = frozenset(_GAPS.split())
"""Core capabilities that do not come ready: support A, P, X or 0 in the catalogue."""

READ_BY_PLANNING = {
    "branch_office": "clients staff_total loan_officers tellers users_at_once opening_hours working_days"
    " growth_percent location",
    "branch_internet": "has_internet links links/technology links/provider links/mbps_morning links/mbps_afternoon"
    " links/cuts_per_week links/longest_cut_hours links/monthly_cost links/shares_mast mobile_signal failover_wish",
    "branch_power": "grid_hours cuts_per_week longest_cut_hours usual_cut_hours voltage_swings earthing backups"
    " ups/va ups/battery_ah ups/minutes generator/kva generator/fuel_cost_month solar/wp meter_photo",
    "branch_equipment": "computers computers/kind computers/how_many computers/age_years computers/memory_gb"
    " computers/works pages_per_day passbooks receipts printers printers/printer_kind printers/printer_how_many"
    " printers/printer_works",
    "branch_place": "conditions road_closed road_closed_from road_closed_to travel_hours delivery_days busy_days photo",
    "branch_work": "ledgers ledgers/name ledgers/kept_on ledgers/entries_per_day ledgers/who paper_when_down"
    " catch_up_hours largest_change offline_collection concerns",
    "operations_needs": "modules survey_comment survey_file "
    + " ".join(f"{module}/{kind}_{module}" for module in CORE for kind in ("must", "should"))
    + " "
    + " ".join(
        f"{module}/{kind}_{module}"
        for module, core in CORE.items()
        if GAPS & set(core.split())
        for kind in ("use_case", "resolution")
    ),
    "operations_processes": "processes processes/name processes/owner processes/today processes/with_mifos"
    " processes/reason processes/map_reference processes/map processes/stops",
    "operations_documents": "documents documents/name documents/used_for documents/per_month documents/fate"
    " documents/sample terms terms/our_word terms/mifos_word terms/shown_in",
    "operations_reports": "reports reports/name reports/priority reports/fields reports/use_case reports/format"
    " reports/frequency reports/stock_report reports/complexity",
    "it_systems": "systems systems/name systems/kind systems/owner systems/holds systems/export systems/fate"
    " offline_procedures",
    "it_hosting": "servers servers/name servers/cores servers/memory_gb servers/disk_gb servers/age_years servers/use"
    " hosting_options server_room data_must_stay hosting_budget_month round_trip_ms hosting_preference clients_total"
    " clients_growth_percent years",
    "it_security": "https default_users password_policy two_factor role_matrix maker_checker patching"
    " private_database branch_access disk_encryption access_log leavers nightly_backup offsite_copy restore_test"
    " rpo_hours rto_hours security_owner",
    "finance_setup": "financial_year_start rounding accounting_method decimals working_days_rule maker_checker"
    " penalty_grace_days backdating decided_by prices/exchange_rate prices/exchange_date prices/price_computer"
    " prices/price_printer prices/price_ups prices/price_battery prices/price_server prices/price_router"
    " prices/hosting_month_price prices/specialist_day_price prices/contingency_percent",
    "training_needs": "trainees_loan_officers trainees_tellers trainees_branch_managers trainees_accountants"
    " trainees_administrators trainees_report_writers trainees_head_office weak_topics trainers trainers/name"
    " trainers/knows_old trainers/knows_new trainers/knows_mifos trainers/days_available venue_head_office"
    " venue_seats venue_branch first_round_by training_not_before",
    "project_team": "sponsor manager_name manager_dedicated manager_percent specialist_name specialist_manager"
    " specialist_manager_experience mfi_duties specialist_duties members members/name members/role members/percent"
    " members/exists start_date target_date closed_periods closed_periods/what closed_periods/from_date"
    " closed_periods/to_date hardware_days server_days line_days objectives",
    "project_meetings": "meetings meetings/process meetings/held_on meetings/who meetings/decisions"
    " meetings/still_open",
    "administration": "admins admins/name admins/percent admins/needs_training_in "
    + " ".join(
        f"{duty}/{duty}_{part}"
        for duty in DUTIES
        for part in ("responsible", "accountable", "how_often", "stand_in")
    ),
    "migration": "strategy entities entities/entity entities/records entities/source entities/from_date"
    " entities/to_date entities/history entities/quality entities/fields challenges dirty_records cleaned_by method"
    " clerks cutover rehearsals no_posting_days",
    "customisation": "customisations customisations/name customisations/description customisations/actors"
    " customisations/rules customisations/screens customisations/reports customisations/effort_days"
    " customisations/before_go_live completed_by completed_as",
}
"""Flow -> the paths that the plan is computed from; a name that goes leaves a hole in the plan."""


# --- helpers ---------------------------------------------------------------------------------------


def items_of(children: tuple[nouns.Item, ...]) -> Iterator[nouns.Item]:
    """Every item below, holders before what they hold."""
    for item in children:
        yield item
        if not isinstance(item, nouns.Question):
            yield from items_of(item.children)


def kind_of(question: nouns.Question) -> str:
    return question.type.partition(" ")[0]


def questions_of(flow: nouns.Flow) -> Iterator[nouns.Question]:
    return (item for item in items_of(flow.children) if isinstance(item, nouns.Question))


each_flow = pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?:;])\s+", words) if part]


def standing(
    flow: str, answers: dict[str, nouns.Answer], entries: dict[str, tuple[int, ...]]
) -> instance.Instance:
    """The flow with these answers, as the engine sees it."""
    session = nouns.Session(flow=flow, version=FLOWS[flow].version, answers=answers, entries=entries)
    return instance.Instance(form.of(FLOWS[flow]), session, NOW)


def asked(parts: tuple[instance.Part, ...]) -> Iterator[instance.Question]:
    """The questions that these answers make the flow ask."""
    for part in parts:
        if isinstance(part, instance.Question):
            if part.relevant and part.asked:
                yield part
        elif isinstance(part, instance.Series):
            yield from itertools.chain.from_iterable(asked(entry.parts) for entry in part.entries)
        elif part.relevant:
            yield from asked(part.parts)


def asked_with(flow: str, **values: nouns.Value) -> set[str]:
    """Names of the questions asked where these answers were given at the top or in the groups of a flow."""
    path = {item.name: item.path for item in items_of(FLOWS[flow].children)}
    answers = {path[name]: nouns.Answer(value) for name, value in values.items()}
    return {question.name for question in asked(standing(flow, answers, {}).root.parts)}


def asked_of(section: nouns.SectionAnswers) -> dict[str, instance.Question]:
    living = standing(section.flow, section.answers, section.entries)
    return {question.key: question for question in asked(living.root.parts)}


SECTIONS = [
    pytest.param(section, id=f"{section.flow}-{section.branch or 'organisation'}")
    for section in BOOK.sections
]


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
    names = sorted(path.name for path in (HOME / "assessment").iterdir())
    assert names == [f"{number:02}_{flow}.yaml" for number, flow in enumerate(FLOWS, 1)]


def test_branch_staff_answer_once_a_branch_and_all_others_once() -> None:
    per_branch = {flow.id for flow in FLOWS.values() if flow.per is nouns.Per.BRANCH}
    by_staff = {flow.id for flow in FLOWS.values() if flow.role is nouns.Role.BRANCH_STAFF}
    assert per_branch == by_staff == set(BRANCH_SECTIONS)


# --- how it is said --------------------------------------------------------------------------------


@each_flow
def test_the_words_of_a_question_are_short_and_calm(flow: nouns.Flow) -> None:
    for question in questions_of(flow):
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
    headings = [item.label for item in items_of(flow.children) if not isinstance(item, nouns.Question)]
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
    for question in questions_of(flow):
        labels = [choice.label for choice in question.choices]
        for label in labels:
            assert 0 < len(label) <= LONGEST_CHOICE, label
            assert_voice(label)
        assert len(set(labels)) == len(labels)


@each_flow
def test_what_must_be_typed_has_a_hint(flow: nouns.Flow) -> None:
    for question in questions_of(flow):
        if kind_of(question) not in ("select_one", "select_multiple"):
            assert question.hint, question.path


@each_flow
def test_a_number_has_a_unit_and_bounds_and_the_bounds_say_what_to_send(flow: nouns.Flow) -> None:
    for question in questions_of(flow):
        if kind_of(question) in ("integer", "decimal"):
            assert question.unit, question.path
            assert question.constraint, question.path
        assert bool(question.constraint) == bool(question.constraint_message), question.path
        if question.constraint:
            assert re.match(r"(Send|Choose|A day has 24 hours\. Send) ", question.constraint_message)


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
            "branch_internet", {"has_internet": "no"}, {"mobile_signal"}, {"failover_wish"}, id="no line"
        ),
        pytest.param(
            "branch_power", {"backups": ["none"]}, set(), {"va", "minutes", "kva", "wp"}, id="no backup"
        ),
        pytest.param(
            "branch_power", {"backups": ["ups"]}, {"va", "minutes"}, {"battery_ah", "kva"}, id="ups"
        ),
        pytest.param(
            "branch_power", {"backups": ["inverter"]}, {"battery_ah", "earthing"}, {"kva"}, id="inverter"
        ),
        pytest.param(
            "branch_power", {"cuts_per_week": 0}, set(), {"longest_cut_hours"}, id="power never cut"
        ),
        pytest.param("branch_power", {"cuts_per_week": 2}, {"longest_cut_hours"}, set(), id="power cut"),
        pytest.param(
            "branch_place", {"travel_hours": 0}, set(), {"road_closed", "delivery_days"}, id="head office"
        ),
        pytest.param("branch_place", {"travel_hours": None}, {"road_closed"}, set(), id="distance unknown"),
        pytest.param(
            "branch_place", {"road_closed": "yes", "travel_hours": 9}, {"road_closed_to"}, set(), id="rains"
        ),
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


def test_the_survey_offers_each_core_capability_once() -> None:
    path = {item.path: item for item in items_of(FLOWS["operations_needs"].children)}
    modules = path["modules"]
    assert isinstance(modules, nouns.Question)
    assert [choice.name for choice in modules.choices] == list(CORE)
    for module, core in CORE.items():
        for kind in ("must", "should"):
            question = path[f"{module}/{kind}_{module}"]
            assert isinstance(question, nouns.Question)
            assert [choice.name for choice in question.choices] == [*core.split(), "none"]
    assert sum(len(core.split()) for core in CORE.values()) == 92


@pytest.mark.parametrize(
    ("module", "capability"),
    [pytest.param(module, code, id=code) for module, core in CORE.items() for code in core.split()],
)
@pytest.mark.parametrize("kind", ["must", "should"])
def test_a_use_case_is_asked_only_for_gaps(module: str, capability: str, kind: str) -> None:
    other = {"must": "should", "should": "must"}[kind]
    given = {"modules": [module], f"{kind}_{module}": [capability], f"{other}_{module}": ["none"]}
    names = asked_with("operations_needs", **given)
    assert (f"use_case_{module}" in names) == (capability in GAPS)
    assert (f"resolution_{module}" in names) == (capability in GAPS)


def test_a_module_that_was_not_chosen_is_not_asked() -> None:
    names = asked_with("operations_needs", modules=["savings"])
    assert {"must_savings", "should_savings"} <= names
    assert not {"must_loans", "must_offices"} & names


def test_what_must_be_is_not_offered_again_as_nice_to_have() -> None:
    answers = {"modules": nouns.Answer(["kyc"]), "kyc/must_kyc": nouns.Answer(["kyc_01", "kyc_03"])}
    living = standing("operations_needs", answers, {})
    (question,) = (found for found in asked(living.root.parts) if found.name == "should_kyc")
    assert [choice.name for choice in question.choices] == ["kyc_02", "kyc_04", "none"]


def test_stock_reports_are_offered_by_what_the_report_is_about() -> None:
    answers = {"reports:1/priority": nouns.Answer("critical"), "reports:1/area": nouns.Answer("clients")}
    living = standing("operations_reports", answers, {"reports": (1,)})
    (question,) = (found for found in asked(living.root.parts) if found.name == "stock_report")
    assert [choice.name for choice in question.choices] == ["none", "client_listing", "client_loans_listing"]


# --- the sample ------------------------------------------------------------------------------------


def test_the_sample_answers_every_section() -> None:
    expected = [
        (flow.id, branch.id) for branch in BOOK.branches for flow in FLOWS.values() if flow.per == "branch"
    ]
    expected += [(flow.id, "") for flow in FLOWS.values() if flow.per == "organisation"]
    assert [(section.flow, section.branch) for section in BOOK.sections] == expected
    assert {section.state for section in BOOK.sections} == {"approved"}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_answers_what_is_asked_and_nothing_else(section: nouns.SectionAnswers) -> None:
    assert list(section.answers) == list(asked_of(section)), "in the order in which the questions come"
    assert section.version == FLOWS[section.flow].version


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_lists_the_entries_of_each_list(section: nouns.SectionAnswers) -> None:
    used: dict[str, list[int]] = {}
    for key in section.answers:
        for name, number in keys.steps(key):
            if number is not None and number not in used.setdefault(name, []):
                used[name].append(number)
    assert {name: list(numbers) for name, numbers in section.entries.items() if numbers} == used


FITTING: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "decimal": (int, float),
    "date": str,
    "select_one": str,
    "select_multiple": list,
    "geopoint": nouns.Point,
    "image": nouns.Attachment,
    "file": nouns.Attachment,
}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_fits_its_questions(section: nouns.SectionAnswers) -> None:
    for key, question in asked_of(section).items():
        answer = section.answers[key]
        if answer.value is None:
            assert answer.sure in (nouns.Sure.UNKNOWN, nouns.Sure.SKIPPED), key
            continue
        assert answer.sure in (nouns.Sure.KNOWN, nouns.Sure.ESTIMATE), key
        kind = kind_of(question.item)
        assert isinstance(answer.value, FITTING[kind]), key
        if kind == "date":
            dt.date.fromisoformat(str(answer.value))
        if kind in ("select_one", "select_multiple"):
            ticked = answer.value if isinstance(answer.value, list) else [answer.value]
            assert set(ticked) <= {choice.name for choice in question.choices}, key
        if bound := question.place.formulas.get("constraint"):
            assert question.instance.truth(bound, question, otherwise=False), key


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_says_who_answered_when_and_where_it_comes_from(section: nouns.SectionAnswers) -> None:
    person = next(person for person in BOOK.people if person.id == section.owner)
    assert FLOWS[section.flow].role in person.roles
    assert not section.branch or section.branch in person.branches
    moments = [answer.at for answer in section.answers.values() if answer.at]
    assert moments == sorted(moments)
    for answer in section.answers.values():
        assert answer.by == section.owner
        assert answer.at is not None
        assert (answer.at.year, answer.at.month, answer.at.utcoffset()) == (2026, 11, dt.timedelta())
        assert answer.note in ("published", "illustrative")


def answer_of(flow: str, key: str, branch: str = "") -> nouns.Answer:
    return next(s for s in BOOK.sections if (s.flow, s.branch) == (flow, branch)).answers[key]


def test_the_published_figures_are_marked_and_nothing_else_is() -> None:
    published = {
        (section.flow, key): answer.value
        for section in BOOK.sections
        for key, answer in section.answers.items()
        if answer.note == "published"
    }
    assert published == {
        ("it_hosting", "clients_total"): 5446,
        ("migration", "strategy"): "opening_balances",
        ("migration", "entities:1/records"): 5446,
        ("migration", "entities:4/records"): 5100,
        ("migration", "entities:5/records"): 2729,
    }
    moved = [answer_of("migration", f"entities:{number}/entity").value for number in (1, 4, 5)]
    assert moved == ["clients", "savings", "loans"]
    for figure in ("5,446", "5,100", "2,729", "sources"):
        assert figure in BOOK.note


def test_the_clients_of_the_branches_are_all_clients() -> None:
    clients = [answer_of("branch_office", "clients", branch.id).value for branch in BOOK.branches]
    assert sum(value for value in clients if isinstance(value, int)) == 5446


def test_staff_to_be_trained_are_staff_of_the_branches() -> None:
    for job in ("loan_officers", "tellers"):
        counted = [answer_of("branch_office", job, branch.id).value for branch in BOOK.branches]
        trained = answer_of("training_needs", f"trainees_{job}").value
        assert sum(value for value in counted if isinstance(value, int)) == trained


def test_a_usual_branch_is_not_asked_too_much() -> None:
    counted = Counter({s.flow: len(asked_of(s)) for s in BOOK.sections if s.branch == "machakos"})
    assert set(counted) == set(BRANCH_SECTIONS)
    assert counted.total() <= USUAL_BRANCH, counted


def test_the_sample_leaves_points_open() -> None:
    sure = Counter(answer.sure for section in BOOK.sections for answer in section.answers.values())
    assert sure[nouns.Sure.ESTIMATE] >= 10
    assert 3 <= sure[nouns.Sure.UNKNOWN] <= 8
    assert 1 <= sure[nouns.Sure.SKIPPED] <= 2
