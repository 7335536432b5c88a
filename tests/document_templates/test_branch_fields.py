"""The judgement of a branch: covered is only what somebody could judge."""

from __future__ import annotations

import msgspec
import pytest

from document_templates import branch_fields, fields, teller
from planning import nouns
from tests.document_templates import plans

LACKS = nouns.Gap(nouns.GapKind.INFRASTRUCTURE, nouns.Text("gap.computers"), nouns.Severity.AMBER)
THERE = msgspec.structs.replace(LACKS, severity=nouns.Severity.GREEN)
POWER = nouns.Text("gap.power")


@pytest.mark.parametrize(
    ("gaps", "unjudged", "tag", "missing"),
    [
        pytest.param((THERE,), (), "● covered", "none", id="all is there"),
        pytest.param((LACKS,), (), "▲ gap", "Computers", id="something is missing"),
        pytest.param((), (POWER,), "▲ not known yet", "not known yet: Power through cuts", id="nobody knows"),
        pytest.param(
            (THERE,), (POWER,), "▲ not known yet", "not known yet: Power through cuts", id="one is there, one not known"
        ),
        pytest.param(
            (LACKS,), (POWER,), "▲ gap", "Computers; not known yet: Power through cuts", id="one is missing, one not known"
        ),
    ],
)  # fmt: skip
def test_what_nobody_could_judge_is_not_covered(gaps, unjudged, tag, missing):
    plan = plans.full(1)
    one = msgspec.structs.replace(plan.branches[0], gaps=gaps, unjudged=unjudged)
    tell = teller.Teller(msgspec.structs.replace(plan, branches=(one,)), "en")
    page = branch_fields.branch(tell, one, 0, fields.Photos([], ""))
    assert (page.tag.text.replace("\N{NO-BREAK SPACE}", " "), page.missing) == (tag, missing)
