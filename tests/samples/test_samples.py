"""The sample institutions: complete, as their profiles say, consistent, illustrative, and with points left open."""

from __future__ import annotations

import datetime as dt
import itertools
import pathlib
from collections import Counter

import msgspec
import pytest
from babel import numbers

from flows import book, nouns
from planning import calendars
from tests.flows.assessment_asked import FLOWS
from tests.samples import made, making, profile

ROOT = pathlib.Path(__file__).parents[2]
NAMES = profile.names()

each = pytest.mark.parametrize("name", NAMES)


def answer(name: str, flow: str, key: str, branch: str = "") -> nouns.Value:
    section = book.section(made.book(name), flow, branch)
    assert section is not None
    return section.answers[key].value


def total(name: str, key: str) -> int:
    values = [answer(name, "branch_office", key, branch.id) for branch in made.book(name).branches]
    return sum(value for value in values if isinstance(value, int))


# --- what the maker makes ---------------------------------------------------------------------------


def test_there_are_the_three_institutions() -> None:
    sizes = {name: len(made.book(name).branches) for name in NAMES}
    assert sizes == {"savings_cooperative": 40, "sme_lender": 12, "village_bank": 4}


@each
def test_the_committed_files_are_what_the_profile_makes(name: str) -> None:
    for path, text in made.files(name).items():
        assert (ROOT / path).read_text("utf-8") == text, "run: python -m tests.samples"


@each
def test_a_file_reads_back_as_the_book(name: str) -> None:
    file = ROOT / f"flows/samples/{name}.answers.json"
    assert book.decode(file.read_bytes()) == made.book(name)


@each
def test_every_section_is_answered_and_fits_its_flow(name: str) -> None:
    found = made.book(name)
    expected = [
        (flow.id, branch.id) for branch in found.branches for flow in FLOWS.values() if flow.per == "branch"
    ]
    expected += [(flow.id, "") for flow in FLOWS.values() if flow.per == "organisation"]
    assert [(section.flow, section.branch) for section in found.sections] == expected
    assert book.validate(found, FLOWS.values()) == []


@each
def test_answers_come_in_order_from_who_owes_them_and_are_illustrative(name: str) -> None:
    found = made.book(name)
    people = {person.id: person for person in found.people}
    assert len(people) == len(found.people)
    assert found.made_at is not None
    for section in found.sections:
        person = people[section.owner]
        assert FLOWS[section.flow].role in person.roles
        assert not section.branch or section.branch in person.branches
        given = list(section.answers.values())
        assert {each.note for each in given} == {"illustrative"}
        assert {each.by for each in given} == {section.owner}
        moments = [each.at for each in given if each.at is not None]
        assert moments == sorted(moments)
        assert len(moments) == len(given)
        assert moments[-1] < found.made_at
    assert found.note.startswith("Illustrative throughout")


@each
def test_nobody_answers_two_sections_at_once_nor_on_a_day_without_work(name: str) -> None:
    found = made.book(name)
    by_person: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    for walk in made.maker(name).walks:
        by_person.setdefault(walk.by, []).append((walk.begins, walk.now))
        assert walk.begins.weekday() not in found.institution.weekend
    for spans in by_person.values():
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


# --- plausible, and one section as the others -------------------------------------------------------


@each
def test_heads_and_trainees_add_up_over_the_branches(name: str) -> None:
    assert answer(name, "it_hosting", "clients_total") == total(name, "clients")
    assert answer(name, "migration", "entities:1/entity") == "clients"
    assert answer(name, "migration", "entities:1/records") == total(name, "clients")
    for job in ("loan_officers", "tellers"):
        assert answer(name, "training_needs", f"trainees_{job}") == total(name, job)
    managers = answer(name, "training_needs", "trainees_branch_managers")
    assert isinstance(managers, int)
    assert managers >= len(made.book(name).branches)


@each
def test_a_branch_has_people_for_its_work(name: str) -> None:
    for branch in made.book(name).branches:
        clients, staff, officers, tellers, at_once = (
            float(str(answer(name, "branch_office", key, branch.id)))
            for key in ("clients", "staff_total", "loan_officers", "tellers", "users_at_once")
        )
        assert officers + tellers < staff, branch.id
        assert at_once <= staff, branch.id
        assert 150 <= clients / officers <= 1500, branch.id


@each
def test_the_money_is_that_of_the_country(name: str) -> None:
    found = made.book(name)
    rate = answer(name, "finance_setup", "prices/exchange_rate")
    computer = answer(name, "finance_setup", "prices/price_computer")
    assert isinstance(rate, int | float)
    assert isinstance(computer, int | float)
    assert 300 <= computer / rate <= 1500, "dollars for a computer"
    countries = {branch.country or found.institution.country for branch in found.branches}
    for country in countries:
        assert found.institution.currency in numbers.get_territory_currencies(country), country


@each
def test_each_branch_has_a_calendar_of_its_country_and_region(name: str) -> None:
    found = made.book(name)
    calendar = {
        (
            branch.country or found.institution.country,
            branch.subdivision or found.institution.subdivision or None,
        )
        for branch in found.branches
    }
    days = {place: calendars.public_holidays(*place, 2027) for place in calendar}
    assert all(len(found) >= 10 for found in days.values())
    several = {"savings_cooperative": 4, "sme_lender": 6, "village_bank": 1}[name]
    assert len({tuple(day.day for day in found) for found in days.values()}) == several


@each
def test_a_sample_leaves_points_open(name: str) -> None:
    sure = Counter(each.sure for section in made.book(name).sections for each in section.answers.values())
    assert sure[nouns.Sure.ESTIMATE] >= 10
    assert sure[nouns.Sure.UNKNOWN] >= 2
    assert sure[nouns.Sure.SKIPPED] >= 2
    assert sure[nouns.Sure.KNOWN] > sum(sure.values()) * 0.8


# --- a profile that does not fit --------------------------------------------------------------------


def changed(**says: object) -> profile.Profile:
    """The village bank with other things said in its training section."""
    given = profile.load("village_bank")
    section = {name: said for name, said in given.says["training_needs"].items() if name not in says}
    section |= {name: said for name, said in says.items() if said is not None}
    return msgspec.structs.replace(given, says={**given.says, "training_needs": section})


@pytest.mark.parametrize(
    ("says", "told"),
    [
        pytest.param({"venue_seats": None}, "venue_seats: nothing is said", id="a question without words"),
        pytest.param(
            {"trainers": None}, "trainers: nothing is said to this list", id="a list without entries"
        ),
        pytest.param(
            {"trainers": [{"name": "Sita"}]}, "trainers:1/knows_old: nothing is said", id="inside a list"
        ),
        pytest.param({"venue_seats": "0"}, "`0` is not taken: Send a whole number", id="a broken constraint"),
        pytest.param({"venue_seats": "many"}, "`many` is not taken: not_a_number", id="no number"),
        pytest.param({"weak_topics": "dancing"}, "`dancing` is not taken", id="no such choice"),
        pytest.param({"venue": "yes"}, "training_needs · venue: no such question", id="a name nobody asks"),
    ],
)
def test_the_maker_names_what_does_not_fit(says: dict[str, object], told: str) -> None:
    with pytest.raises(profile.ProfileError) as caught:
        making.Maker(changed(**says)).make()
    assert told in str(caught.value)


def test_the_maker_names_all_that_is_lacking_at_once() -> None:
    with pytest.raises(profile.ProfileError) as caught:
        making.Maker(changed(venue_seats=None, first_round_by=None)).make()
    assert str(caught.value).count("nothing is said") == 2
