"""What must hold whatever the numbers: more need never gives less."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planning import connectivity, hosting, power
from planning.schedule import scheduler
from tests.planning.books import budget, office, section, work
from tests.planning.schedule.projects import made, task

HOURS = st.floats(0, 24, allow_nan=False)
CUTS = st.floats(0, 60, allow_nan=False)


def battery(cuts, usual, grid):
    supply = section(
        "branch_power", "b", grid_hours=grid, cuts_per_week=cuts, longest_cut_hours=48, usual_cut_hours=usual,
        backups=["none"],
    )  # fmt: skip
    kinds = section("branch_equipment", "b", computers=[])
    return power.plan(
        work(office(), supply, kinds, section("operations_documents", receipts="no")), "b"
    ).battery.value


@settings(max_examples=60, deadline=None)
@given(cuts=CUTS, more=CUTS, usual=HOURS, grid=st.floats(0, 8, allow_nan=False))
def test_more_cuts_never_need_less_battery(cuts, more, usual, grid):
    assert battery(cuts + more, usual, grid) >= battery(cuts, usual, grid)


@settings(max_examples=60, deadline=None)
@given(usual=HOURS, longer=HOURS, grid=st.floats(0, 8, allow_nan=False))
def test_longer_cuts_never_need_less_battery(usual, longer, grid):
    assert battery(3, usual + longer, grid) >= battery(3, usual, grid)


@settings(max_examples=60, deadline=None)
@given(clients=st.integers(0, 600_000), users=st.integers(0, 600), growth=st.integers(0, 50))
def test_one_more_client_or_user_never_gives_a_smaller_server(clients, users, growth):
    def size(clients: int, users: int) -> int:
        part = section("it_hosting", clients_total=clients, clients_growth_percent=growth, years=3)
        found = hosting.plan(work(part, office(users_at_once=users, staff_total=2000)))
        return hosting.CLASSES.index(found.size.lower())

    assert size(clients + 1, users) >= size(clients, users)
    assert size(clients, users + 1) >= size(clients, users)


@settings(max_examples=60, deadline=None)
@given(cuts=st.floats(0.1, 40, allow_nan=False), more=CUTS, longest=HOURS)
def test_more_cuts_never_make_a_line_better(cuts, more, longest):
    def share(cuts: float) -> float:
        line = {
            "technology": "mobile", "provider": "A", "mbps_morning": 2, "mbps_afternoon": 2, "cuts_per_week": cuts,
            "longest_cut_hours": longest, "monthly_cost": 1,
        }  # fmt: skip
        part = section("branch_internet", "b", links=[line])
        return connectivity.plan(work(office(), part), "b").availability.value

    assert 0 <= share(cuts + more) <= share(cuts) <= 100


@settings(max_examples=60, deadline=None)
@given(days=st.lists(st.integers(0, 15), min_size=1, max_size=8), longer=st.integers(0, 10))
def test_a_longer_task_in_a_chain_never_ends_it_earlier(days, longer):
    def finish(first: int):
        names = [f"T{number}" for number in range(len(days))]
        chain = [
            task(name, length, after=(names[number - 1],) if number else ())
            for number, (name, length) in enumerate(zip(names, [first, *days[1:]], strict=True))
        ]
        return scheduler.schedule(made(*chain)).finish

    assert finish(days[0] + longer) >= finish(days[0])


@settings(max_examples=60, deadline=None)
@given(users=st.integers(0, 2000), more=st.integers(0, 50))
def test_more_users_never_need_less_bandwidth(users, more):
    def need(users: int) -> float:
        return connectivity.need(work(office(users_at_once=users, staff_total=5000)), "b").value

    assert need(users + more) >= need(users)


PRICE = st.integers(0, 1_000_000)


def certain(**prices: int) -> float:
    """What is certain of the cost of all years, with these prices."""
    kinds = section("branch_equipment", "b", computers=[], state="approved")
    papers = section("operations_documents", receipts="no")
    total = budget(work(office(), kinds, papers, section("finance_setup", **prices))).total
    return total.low if total.value is None else total.value


@settings(max_examples=15, deadline=None)
@given(price=PRICE, more=PRICE, name=st.sampled_from(["price_computer", "price_ups", "hosting_month_price"]))
def test_a_higher_price_never_makes_less_of_what_is_certain(price, more, name):
    assert certain(**{name: price + more}) >= certain(**{name: price})


@settings(max_examples=15, deadline=None)
@given(price=PRICE)
def test_one_more_price_known_never_makes_less_of_what_is_certain(price):
    assert certain(price_router=10, price_computer=price) >= certain(price_router=10)
