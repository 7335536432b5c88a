"""Which answers cannot all be true: for each rule a case that breaks it and its nearest neighbour that does not."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns, shipped
from planning import conflicts, facts, plan, words
from tests.planning import books

NAIROBI = nouns.Point(-1.2921, 36.8219)
BESIDE = nouns.Point(-1.2921, 36.8222)
"""33 m from there."""
ACROSS = nouns.Point(-1.2921, 36.8319)

TOO_MANY = 50.0


def two(first: dict[str, Any], second: dict[str, Any], *others: nouns.SectionAnswers) -> nouns.AnswerBook:
    """A book of two branches, with what each says of itself."""
    return books.book(
        books.section("branch_office", "b", **first),
        books.section("branch_office", "c", **second),
        *others,
        branches=(nouns.Branch("b", "Busia"), nouns.Branch("c", "Chepalungu")),
    )


def servers(claimed: tuple[int, int], listed: list[str], works: str = "yes") -> nouns.AnswerBook:
    """Two branches with so many servers each, and head office's list."""
    return two(
        {},
        {},
        *(
            books.section(
                "branch_equipment", branch, computers=[{"kind": "server", "how_many": many, "works": works}]
            )
            for branch, many in zip("bc", claimed, strict=True)
        ),
        books.section("it_hosting", servers=[{"name": name} for name in listed]),
    )


def clients(first: int | None, second: int | None, total: int) -> nouns.AnswerBook:
    """What two branches and head office count."""
    return two({"clients": first}, {"clients": second}, books.section("it_hosting", clients_total=total))


def trained(officers: int, first: int | None = 4) -> nouns.AnswerBook:
    """Head office trains so many loan officers; the branches have `first` and 3."""
    of = books.section("training_needs", trainees_loan_officers=officers)
    return two({"loan_officers": first}, {"loan_officers": 3}, of)


def moved(records: int, total: int = 1000, entity: str = "clients") -> nouns.AnswerBook:
    """So many records move, of so many clients."""
    return books.book(
        books.section("it_hosting", clients_total=total),
        books.section(
            "migration", strategy="full_history", entities=[{"entity": entity, "records": records}]
        ),
    )


def dirty(records: int, wrong: int) -> nouns.AnswerBook:
    """So many records, so many of them wrong."""
    entities = [{"entity": "loans", "records": records}]
    return books.book(
        books.section("migration", strategy="full_history", entities=entities, dirty_records=wrong)
    )


def dates(training: str, target: str) -> nouns.AnswerBook:
    """When training may begin, and when all should be live."""
    return books.book(
        books.section("training_needs", training_not_before=training),
        books.section("project_team", target_date=target),
    )


def branch(**given: Any) -> nouns.AnswerBook:
    """One branch and its people."""
    return books.book(books.section("branch_office", "b", **given))


def desks(staff: int, kind: str = "desktop") -> nouns.AnswerBook:
    """A branch with 60 computers."""
    return books.book(
        books.section("branch_office", "b", staff_total=staff),
        books.section("branch_equipment", "b", computers=[{"kind": kind, "how_many": 60}]),
    )


def hours(grid: float, opening: float) -> nouns.AnswerBook:
    """Hours with power among the opening hours."""
    return books.book(
        books.section("branch_office", "b", opening_hours=opening),
        books.section("branch_power", "b", grid_hours=grid),
    )


CASES = {
    "branches count more clients": (clients(600, 500, 1000), ["more_clients"]),
    "as many": (clients(600, 400, 1000), []),
    "head office counts more": (clients(600, 399, 1000), ["fewer_clients"]),
    "a branch has not counted, so the rest may be there": (clients(600, None, 1000), []),
    "one branch alone has more than all": (clients(1100, None, 1000), ["more_clients"]),
    "more are trained than there are": (trained(8), ["more_trainees_loan_officers"]),
    "all are trained": (trained(7), []),
    "a branch has not said how many it has": (trained(8, None), []),
    "two branches count the one server": (servers((1, 1), ["Nairobi"]), ["servers_claimed"]),
    "each has its own": (servers((1, 1), ["Nairobi", "Busia"]), []),
    "they are broken and nobody lists them": (servers((1, 1), [], "no"), []),
    "nobody lists any": (servers((1, 0), []), ["servers_claimed"]),
    "one server stands in the list twice": (
        servers((0, 0), ["File server", "file  Server"]),
        ["server_twice"],
    ),
    "two branches sent one place": (two({"location": NAIROBI}, {"location": BESIDE}), ["same_place"]),
    "they are a walk apart": (two({"location": NAIROBI}, {"location": ACROSS}), []),
    "fewer records than clients": (moved(900), ["fewer_client_records"]),
    "nearly as many": (moved(960), []),
    "records of groups": (moved(90, entity="groups"), []),
    "more to correct than there are": (dirty(100, 101), ["more_dirty"]),
    "all to correct": (dirty(100, 100), []),
    "training after the first day": (dates("2027-09-01", "2027-08-31"), ["training_after_target"]),
    "training before it": (dates("2027-08-31", "2027-08-31"), []),
    "more at work than work there": (branch(staff_total=5, loan_officers=4, tellers=2), ["more_than_staff"]),
    "just as many": (branch(staff_total=6, loan_officers=4, tellers=2), []),
    "more grid than opening hours": (hours(9, 8), ["more_grid"]),
    "grid all day": (hours(8, 8), []),
    "a slip of the finger in computers": (desks(9), ["many_computers"]),
    "many people": (desks(10), []),
    "phones need no desk": (desks(1, "phone"), []),
}


@pytest.mark.parametrize(("book", "expected"), CASES.values(), ids=CASES)
def test_conflicts(book: nouns.AnswerBook, expected: list[str]) -> None:
    found = find(book)
    assert [one.said.code for one in found] == [f"warning.{code}" for code in expected]


@pytest.mark.parametrize("book", [book for book, expected in CASES.values() if expected])
def test_a_conflict_names_answers_of_which_each_has_a_value(book: nouns.AnswerBook) -> None:
    known = facts.Facts(book, shipped.assessment(), books.TODAY)
    by_place = {(section.flow.id, section.branch_id): section for section in known.sections}
    for one in find(book):
        assert one.places
        for place in one.places:
            assert place.key in by_place[place.flow, place.branch].answers.answers


@pytest.mark.parametrize("book", [book for book, expected in CASES.values() if expected])
def test_the_plan_says_each_in_words(book: nouns.AnswerBook) -> None:
    said = [
        words.say(warning)
        for warning in plan.make_plan(book, shipped.assessment(), today=books.TODAY).warnings
    ]
    for one in find(book):
        assert [line for line in said if words.say(one.said) in line]


def find(book: nouns.AnswerBook) -> list[conflicts.Conflict]:
    """Every conflict of a book, the branches' first."""
    known = facts.Facts(book, shipped.assessment(), books.TODAY)
    of_branches = [one for b in book.branches for one in conflicts.of_branch(known, b.id, too_many=TOO_MANY)]
    return [*of_branches, *conflicts.of_institution(known)]
