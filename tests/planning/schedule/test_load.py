"""The profile of a resource agrees with counting its days one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planning.schedule import load

DAYS = range(1, 40)

holds = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 8), st.integers(1, 3)), max_size=12)


@given(holds, st.integers(1, 30), st.integers(0, 8), st.integers(0, 4))
def test_first_day_worth_a_try(made: list[tuple[int, int, int]], first: int, more: int, room: int) -> None:
    profile, counted = load.Load(), dict.fromkeys(range(1, 60), 0)
    for begin, length, count in made:
        profile.hold(begin, begin + length, count)
        for day in range(begin, begin + length + 1):
            counted[day] += count
    full = [day for day in range(first, first + more + 1) if counted[day] > room]
    found = profile.free_after(first, first + more, room)
    if not full:
        assert found is None
        return
    assert found is not None
    assert found > full[-1], "the last full day of the range is left behind"
    assert all(counted[day] > room for day in range(full[-1], found)), "and only full days with it"


@given(holds)
def test_equal_neighbours_are_one_step(made: list[tuple[int, int, int]]) -> None:
    profile = load.Load()
    for begin, length, count in made:
        profile.hold(begin, begin + length, count)
    assert profile.edges == sorted(set(profile.edges))
    assert all(one != other for one, other in zip(profile.levels, profile.levels[1:], strict=False))
    assert profile.levels[-1] == 0, "every hold ends"
