"""Risks of branches: each danger once, with the branches that run it, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from planning import environment, facts, nouns, power, workbook


class Raised(msgspec.Struct, frozen=True):
    """A risk before it is scored: what it is, what raised it, and what its sentence says."""

    kind: str
    likelihood: int
    impact: int
    because: Sequence[facts.Fact] = ()
    values: dict[str, nouns.Value] = {}
    branches: tuple[str, ...] = ()
    """Ids of the branches that run it; none of a risk of the whole institution."""
    number: int = 0
    """Of several of a kind, which."""

    @property
    def id(self) -> str:
        """What tells it apart from plan to plan, whichever branches run it."""
        return f"{self.kind}:{self.number}" if self.number else self.kind


class _Run(msgspec.Struct, frozen=True):
    """A branch that runs a danger: how bad it is there, in the numbers that the sentence names."""

    page: nouns.BranchPlan
    numbers: tuple[float, ...] = ()
    """The first one orders the branches, the worst first."""
    because: tuple[facts.Fact, ...] = ()


def of(work: workbook.Workbook, pages: Sequence[nouns.BranchPlan]) -> Iterator[Raised]:
    """Every danger that a branch runs."""
    cut_off = [page for page in pages if not page.connectivity.links and page.connectivity.have.value == 0]
    yield from _raised("no_line", 5, 4, [_Run(page) for page in cut_off])
    shared = [page for page in pages if page.connectivity.failover.code == "failover.shared"]
    yield from _raised("shared_failover", 3, 4, [_Run(page) for page in shared])
    yield from _lines(work, [page for page in pages if page not in cut_off])
    yield from _cuts(work, pages)
    roads = [page for page in pages if environment.road(work, page.branch.id)]
    asked = [work.facts.one(environment.FLOW, "road_closed_from", page.branch.id) for page in roads]
    runs = [_Run(page, because=(fact,)) for page, fact in zip(roads, asked, strict=True)]
    yield from _raised("road", 3, 3, runs)
    yield from _worries(work, pages)


def _lines(work: workbook.Workbook, pages: Sequence[nouns.BranchPlan]) -> Iterator[Raised]:
    """Lines that are away too often, and those that are away now and then."""
    good, poor = work.parameter("good_availability"), work.parameter("poor_availability")
    shares = [(page, page.connectivity.availability.value) for page in pages]
    known = [_Run(page, (share,)) for page, share in shares if share is not None and share < good]
    yield from _raised("line_down", 4, 4, [run for run in known if run.numbers[0] < poor], "share")
    yield from _raised("line_weak", 3, 4, [run for run in known if run.numbers[0] >= poor], "share")


def _cuts(work: workbook.Workbook, pages: Sequence[nouns.BranchPlan]) -> Iterator[Raised]:
    """Cuts for which today's batteries are too weak: the usual ones, or just the longest."""
    usual: list[_Run] = []
    rare: list[_Run] = []
    for page in pages:
        longest = work.facts.one(power.FLOW, "longest_cut_hours", page.branch.id)
        runtime = page.power.runtime.value
        if longest.number is None or runtime is None or page.power.supply.code == "supply.generator":
            continue
        if runtime < longest.number:
            carried = power.missing(work, page.power).value == 0
            (rare if carried else usual).append(_Run(page, (runtime, longest.number), (longest,)))
    yield from _raised("power_cut", 4, 3, usual, "runtime", "longest")
    yield from _raised("long_cut", 2, 3, rare, "runtime", "longest")


def _worries(work: workbook.Workbook, pages: Sequence[nouns.BranchPlan]) -> Iterator[Raised]:
    """What staff fear; the same words of several branches once."""
    said: dict[str, list[str]] = {}
    asked = {page.branch: work.facts.one("branch_work", "concerns", page.branch.id) for page in pages}
    worried = {branch: fact for branch, fact in asked.items() if fact.text}
    for branch, fact in worried.items():
        said.setdefault(fact.text, []).append(branch.name)
    if said:
        words = tuple(
            nouns.Text("risk.worry", {"words": text.rstrip(". "), "branches": tuple(names)})
            for text, names in said.items()
        )
        ids = tuple(branch.id for branch in worried)
        yield Raised("concerns", 3, 3, list(worried.values()), {"words": words}, ids)


def _raised(kind: str, likelihood: int, impact: int, runs: Sequence[_Run], *names: str) -> Iterator[Raised]:
    """One risk of all these branches; `names` are the places of their numbers in its sentence."""
    if not runs:
        return
    ordered = sorted(runs, key=lambda run: run.numbers[:1])
    values: dict[str, nouns.Value] = {
        "n": len(ordered), "branches": tuple(run.page.branch.name for run in ordered),
    }  # fmt: skip
    for name, numbers in zip(names, zip(*(run.numbers for run in ordered), strict=True), strict=True):
        values[name] = _span(round(min(numbers), 1), round(max(numbers), 1))
    because = [fact for run in ordered for fact in run.because]
    yield Raised(kind, likelihood, impact, because, values, tuple(run.page.branch.id for run in ordered))


def _span(least: float, most: float) -> nouns.Value:
    return least if least == most else nouns.Text("risk.span", {"least": least, "most": most})
