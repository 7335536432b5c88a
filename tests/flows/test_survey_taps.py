"""How many taps and messages the survey of needs takes three kinds of institution, played through the engine."""

from __future__ import annotations

import msgspec
import pytest

from bot import limits
from flows import engine, nouns
from tests.flows.assessment_asked import FLOWS, NOW

FLOW = FLOWS["operations_needs"]


class Institution(msgspec.Struct, frozen=True):
    """What it needs beyond what is ticked beforehand, and what of that it does not need."""

    modules: str
    must: str
    nice: str = "none"
    without: str = ""


VILLAGE_BANK = Institution(
    modules="groups collections savings",
    must="grp_06 grp_07 grp_03 col_01 cli_05 lpr_04 lpr_07 loa_03 sav_08 org_07 ops_05",
    nice="cli_13 rep_02",
    without="sec_03 loa_09",
)
"""Group loans with small savings, collected at meetings, on paper where there is no network."""

SME_LENDER = Institution(
    modules="collateral teller payments messages bureau mobile fields",
    must="cli_02 cli_04 kyc_03 lpr_05 lpr_06 lpr_14 lpr_17 loa_03 loa_11 loa_14 loa_18 clt_02 acc_10"
    " csh_02 csh_04 pay_04 rep_02 rep_03 rep_08 dat_04 cbr_01 cbr_02 org_07 chg_03 msg_01",
    nice="mob_01 sec_08 acc_13",
)
"""Loans to firms in towns, with security, a credit bureau and a regulator."""

COOPERATIVE = Institution(
    modules="savings deposits shares teller payments messages mobile fields",
    must="cli_02 cli_05 cli_07 kyc_03 sav_04 sav_05 sav_06 sav_08 sav_09 sav_10 dep_02 dep_03 shr_02 loa_11 loa_14 chg_03"
    " acc_08 csh_02 csh_03 csh_04 pay_03 pay_04 rep_02 rep_03 rep_08 mob_02 msg_01 sec_06 org_10",
    nice="mob_03 dep_04 pay_07",
)
"""Savings, deposits and shares of members over many branches, with counters and a regulator."""


def taps(institution: Institution) -> tuple[int, nouns.Session]:
    """Taps and messages until the survey is handed in, with the session at its end."""
    session, events, count = engine.start(FLOW), [nouns.Begin()], -1  # opening the section is no answer
    while True:
        for event in events:
            turn = engine.advance(FLOW, session, event, now=NOW, by="p1")
            session = turn.session
            count += 1
        (prompt,) = (effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
        assert prompt.problem is None, (prompt.key, prompt.problem)
        if prompt.kind == "submitted":
            return count, session
        if prompt.several:
            pages = {
                number // limits.CHOICES_A_PAGE
                for number, _ in enumerate(prompt.options)
                if _differs(prompt, number, institution)
            }
            count += max(pages, default=0)
        events = list(_given(prompt, institution))


def _differs(prompt: nouns.Prompt, number: int, institution: Institution) -> bool:
    option = prompt.options[number]
    return option.chosen != (option.name in _wanted(prompt, institution))


def _wanted(prompt: nouns.Prompt, institution: Institution) -> set[str]:
    ticked = {option.name for option in prompt.options if option.chosen}
    name = prompt.key.rpartition("/")[2]
    if name == "modules":
        return ticked | set(institution.modules.split())
    if name == "nice_to_have":
        return set(institution.nice.split())
    must = ticked | (set(institution.must.split()) & {option.name for option in prompt.options})
    return must - set(institution.without.split()) or {"none"}


def _given(prompt: nouns.Prompt, institution: Institution) -> list[nouns.AnyEvent]:
    if prompt.kind == "review":
        return [nouns.Submitted()]
    if prompt.several:
        chosen = [
            option.name
            for number, option in enumerate(prompt.options)
            if _differs(prompt, number, institution)
        ]
        done = [] if "none" in chosen else [nouns.Ticked()]
        return [*map(nouns.Picked, chosen), *done]
    if prompt.options:
        return [nouns.Picked("no" if prompt.key == "survey_made" else prompt.options[0].name)]
    return [nouns.Typed("120" if prompt.type == "integer" else "Our officers, every week")]


@pytest.mark.parametrize(
    ("institution", "gaps", "described", "most"),
    [
        pytest.param(VILLAGE_BANK, 4, 2, 59, id="village bank with plain group loans"),
        pytest.param(SME_LENDER, 14, 11, 120, id="urban lender to firms"),
        pytest.param(COOPERATIVE, 13, 10, 120, id="savings cooperative"),
    ],
)
def test_the_survey_takes_few_taps(institution: Institution, gaps: int, described: int, most: int) -> None:
    count, session = taps(institution)
    asked = [key.rpartition("/")[2] for key in session.answers]
    assert (asked.count("gap_resolution"), asked.count("gap_use_case")) == (gaps, described)
    assert count <= most
