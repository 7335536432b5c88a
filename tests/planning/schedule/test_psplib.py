"""PSPLIB's format, by a file of our own with the arithmetic beside it."""

from __future__ import annotations

import pytest

from planning.schedule import check, optimal, project, psplib, scheduler

# Two workers (R 1), one machine (R 2). Job 2: 3 days, one worker; 3: 2 days, both workers; 4: 4 days, one worker and
# the machine, after 2; 5: 2 days, the machine, after 3.
FILE = """\
************************************************************************
file with basedata            : own.bas
initial value random generator: 1
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  6
horizon                       :  11
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      4      0        9        0        7
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           6
   5        1          1           6
   6        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       1    0
  3      1     2       2    0
  4      1     4       1    1
  5      1     2       0    1
  6      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    1
************************************************************************
"""


def test_a_file_is_read() -> None:
    found = psplib.read(FILE)
    assert [task.days for task in found.tasks] == [0, 3, 2, 4, 2, 0]
    assert found.resources == {"R1": 2, "R2": 1}
    assert found.tasks[3].after == ("2",)
    assert found.tasks[3].needs == {"R1": 1, "R2": 1}
    assert found.tasks[5].after == ("4", "5")


@pytest.mark.parametrize("method", ["fast", "optimal"])
def test_its_shortest_makespan_is_found(method: str) -> None:
    # Job 3 stands alone with the workers: before 2 (2 + 3 + 4 = 9, and 5 fits beside 2), or after 2 (3 + 2, then the
    # machine for 4 and 2: 11), or after 4 (3 + 4 + 2 + 2 = 11). Workers: 3 + 4 + 4 = 11 days of 2, so no less than 6.
    found = scheduler.schedule(psplib.read(FILE), method=method)
    assert check.violations(psplib.read(FILE), found) == ()
    assert psplib.makespan(found) == 9


def test_the_proof_says_so() -> None:
    assert optimal.solve(psplib.read(FILE)).status == "optimal"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("   5        1          1           6", "   5        1          2           6", "Line 23", id="a follower less"),
        pytest.param("   5        1          1           6", "   5        2          1           6", "2 modes", id="two modes"),
        pytest.param("  4      1     4       1    1", "  4      1     4       1", "Line 32", id="a request less"),
        pytest.param("  4      1     4       1    1", "  4", "Line 32", id="a cut line"),
        pytest.param("RESOURCEAVAILABILITIES", "RESOURCES THERE", "no PSPLIB file", id="a part less"),
        pytest.param(FILE, "", "no PSPLIB file", id="an empty file"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_said_in_one_sentence(old: str, new: str, says: str) -> None:
    with pytest.raises(project.ScheduleError, match=says) as problem:
        psplib.read(FILE.replace(old, new))
    assert "\n" not in str(problem.value)
