"""What must hold whatever the numbers: more need never gives less."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planning import connectivity, hosting, power
from planning.schedule import scheduler
from tests.planning import books
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


LINE = {"technology": "mobile", "provider": "A", "mbps_morning": 2, "mbps_afternoon": 2, "monthly_cost": 1}
STEADY = {"grid_hours": 8, "cuts_per_week": 0, "backups": ["none"]}


def with_a_line(*lines: dict, **power_changes) -> float:
    """The share of the time in which a branch has a line."""
    part = section("branch_internet", "b", links=[LINE | line for line in lines])
    parts = [
        office(), part, section("branch_power", "b", **(STEADY | power_changes)),
        section("branch_equipment", "b", computers=[]), section("operations_documents", receipts="no"),
    ]  # fmt: skip
    return books.lines(work(*parts)).availability.value


@settings(max_examples=60, deadline=None)
@given(
    cuts=st.floats(0.1, 40, allow_nan=False),
    more=CUTS,
    usual=HOURS,
    longer=HOURS,
    longest=st.floats(1.1, 200),
)
def test_more_or_longer_cuts_never_make_a_line_better(cuts, more, usual, longer, longest):
    def share(cuts: float, usual: float, longest: float) -> float:
        return with_a_line({"cuts_per_week": cuts, "usual_cut_hours": usual, "longest_cut_hours": longest})

    usual = min(usual, longest)
    found = share(cuts, usual, longest)
    assert 0 <= found <= 97
    assert share(cuts + more, usual, longest) <= found
    assert share(cuts, min(usual + longer, longest), longest) <= found
    assert share(cuts, usual, longest + longer) <= found


@settings(max_examples=40, deadline=None)
@given(
    first=st.floats(0.1, 40, allow_nan=False), second=st.floats(0.1, 40, allow_nan=False),
    power_cuts=st.floats(0.1, 20), usual=st.floats(0.1, 24), minutes=st.integers(0, 600),
)  # fmt: skip
def test_a_second_line_and_a_longer_battery_never_make_it_worse(first, second, power_cuts, usual, minutes):
    lines = [
        {
            "provider": name,
            "cuts_per_week": cuts,
            "longest_cut_hours": 2,
            "usual_cut_hours": 1,
            "shares_mast": "no",
        }
        for name, cuts in (("A", first), ("B", second))
    ]
    supply = {
        "cuts_per_week": power_cuts, "usual_cut_hours": usual, "longest_cut_hours": 24, "backups": ["ups"], "va": 1000,
    }  # fmt: skip
    alone = with_a_line(lines[0], **supply, minutes=minutes)
    assert with_a_line(*lines, **supply, minutes=minutes) >= alone - 1e-9
    longer = with_a_line(*lines, **supply, minutes=minutes + 60)
    assert longer >= with_a_line(*lines, **supply, minutes=minutes) - 1e-9
    # what shares a mast is never better than what does not
    together = [lines[0], lines[1] | {"shares_mast": "yes"}]
    assert (
        with_a_line(*together, **supply, minutes=minutes)
        <= with_a_line(*lines, **supply, minutes=minutes) + 1e-9
    )


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
