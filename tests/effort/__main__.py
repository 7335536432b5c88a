"""`python -m tests.effort`: prints for each role how much is asked, and what it takes in each sample institution."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from flows import form, nouns, shipped
from tests.effort import bounds, measuring, pace
from tests.samples import profile

HEAD = (
    f"{'role':<17}{'least':>6}{'most':>6}{'alone':>7}   "
    f"{'sample':<22}{'asked':>6}{'alone':>6}{'taps':>6}{'messages':>10}{'minutes':>9}"
)


def main() -> None:
    """Print the table."""
    print(
        f"Reading {pace.WORDS_A_MINUTE} words a minute, typing {pace.CHARACTERS_A_MINUTE} characters a minute, "
        f"{pace.TAP.total_seconds()} s a tap; looking things up is not counted.\n"
        "least and most: by the logic of the flows, a list with no entry and with one. "
        "Branch staff: one branch, the median of all.\n"
        "Numbers that one message gives are one question; under “alone” each counts by itself.\n"
    )
    print(HEAD)
    for role in dict.fromkeys(flow.role for flow in shipped.assessment()):
        _print_role(role)
    _print_branches()
    _print_answered()
    print("\nThe capability survey:\n")
    for name in profile.names():
        survey = measuring.of_section(name, "operations_needs")
        print(f"{name:<21}{survey.questions:>5} questions{survey.taps:>5} taps{survey.minutes:>7.1f} minutes")


def _print_role(role: nouns.Role) -> None:
    flows = [flow for flow in shipped.assessment() if flow.role is role]
    found = [bounds.of(flow) for flow in flows]
    least, most = sum(each.least for each in found), sum(each.most for each in found)
    alone = sum(
        bounds.of(flow, alone=True).most if _has_several_in_one(flow) else each.most
        for flow, each in zip(flows, found, strict=True)
    )
    head = f"{role:<17}{least:>6}{most:>6}{alone:>7}   "
    for name in profile.names():
        effort = measuring.of_role(name, role)
        print(
            f"{head}{name:<22}{effort.questions:>6}{effort.answers:>6}"
            f"{effort.taps:>6}{effort.messages:>10}{effort.minutes:>9.1f}"
        )
        head = " " * len(head)


def _has_several_in_one(flow: nouns.Flow) -> bool:
    """Whether any message of the flow may give several numbers: where none does, both counts are the same."""
    return any(getattr(place.item, "together", ()) for place in form.of(flow).by_path.values())


def _print_branches() -> None:
    """The branch that takes most, and taps a question of each section: the median of all branches, and the most."""
    print("\nBranches: the most of any, and taps a question (median, most).\n")
    flows = [flow for flow in shipped.assessment() if flow.per is nouns.Per.BRANCH]
    print(f"{'sample':<21}{'branches':>9}{'questions':>10}{'alone':>6}{'minutes':>8}{'a branch':>13}", end="")
    print("".join(f"{flow.id.removeprefix('branch_'):>13}" for flow in flows))
    for name in profile.names():
        branches = measuring.of_branches(name)
        most = max(each.questions for each in branches)
        alone = max(each.answers for each in branches)
        minutes = max(each.minutes for each in branches)
        taps = [branches, *(measuring.of_branches(name, flow.id) for flow in flows)]
        print(f"{name:<21}{len(branches):>9}{most:>10}{alone:>6}{minutes:>8.1f}" + "".join(map(_taps, taps)))


def _print_answered() -> None:
    """What an answered question takes, each number of a message being one."""
    print("\nOne answered question, each of several numbers in a message being one: the median.\n")
    print(f"{'sample':<21}{'answers':>9}{'taps':>6}{'seconds':>9}{'branches':>10}{'taps':>6}{'seconds':>9}")
    for name in profile.names():
        print(f"{name:<21}", end="")
        for width, given in ((9, measuring.of_sample(name)), (10, measuring.of_sample(name, branches=True))):
            taps = statistics.median(each.taps for each in given)
            seconds = statistics.median(each.seconds for each in given)
            print(f"{len(given):>{width}}{taps:>6.2f}{seconds:>9.1f}", end="")
        print()
    print("\nTaps of a branch's sections by answered question, all taps counted (median, most).\n")
    flows = [flow for flow in shipped.assessment() if flow.per is nouns.Per.BRANCH]
    print(
        f"{'sample':<21}{'a branch':>13}"
        + "".join(f"{flow.id.removeprefix('branch_'):>13}" for flow in flows)
    )
    for name in profile.names():
        found = [measuring.of_branches(name), *(measuring.of_branches(name, flow.id) for flow in flows)]
        each = [[effort.taps_an_answer for effort in efforts] for efforts in found]
        print(f"{name:<21}" + "".join(map(_median_and_most, each)))


def _median_and_most(taps: Sequence[float]) -> str:
    return f"{f'{statistics.median(taps):.2f}, {max(taps):.2f}':>13}"


def _taps(efforts: Sequence[measuring.Effort]) -> str:
    return _median_and_most([effort.taps_a_question for effort in efforts])


if __name__ == "__main__":
    main()
