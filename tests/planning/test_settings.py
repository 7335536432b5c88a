"""The configuration workbook: every key of Mifos has a decision, and what it comes with is shown."""

from __future__ import annotations

import re

import pytest

from flows import nouns as flow_nouns
from flows import shipped, words
from planning import nouns, settings
from tests.planning.books import section, work

GLOBAL_KEYS = """
maker-checker enable-same-maker-checker amazon-s3 reschedule-future-repayments reschedule-repayments-on-holidays
allow-transactions-on-holiday allow-transactions-on-non-workingday constraint-approach-for-datatables
penalty-wait-period grace-on-penalty-posting force-password-reset-days savings-interest-posting-current-period-end
financial-year-beginning-month min-clients-in-group max-clients-in-group meetings-mandatory-for-jlg-loans
office-specific-products-enabled restrict-products-to-user-office office-opening-balances-contra-account rounding-mode
backdate-penalties-enabled organisation-start-date paymenttype-applicable-for-disbursement-charges
interest-charged-from-date-same-as-disbursal-date skip-repayment-on-first-day-of-month
change-emi-if-repaymentdate-same-as-disbursementdate daily-tpt-limit enable-address sub-rates
loan-reschedule-is-first-payday-allowed-on-holiday account-mapping-for-payment-type account-mapping-for-charge
fixed-deposit-transfer-interest-next-day-for-period-end-posting allow-backdated-transaction-before-interest-posting
allow-backdated-transaction-before-interest-posting-date-for-days custom-account-number-length random-account-number
is-interest-to-be-recovered-first-when-greater-than-emi is-principal-compounding-disabled-for-overdue-loans
enable-business-date enable-automatic-cob-date-adjustment enable-post-reversal-txns-for-reverse-transactions
purge-external-events-older-than-days purge-processed-commands-older-than-days days-before-repayment-is-due
days-after-repayment-is-overdue enable-auto-generated-external-id enable-cob-bulk-event external-event-batch-size
report-export-s3-folder-name loan-arrears-delinquency-display-data charge-accrual-date
asset-externalization-of-non-active-loans next-payment-due-date enable-payment-hub-integration
"""
"""Fineract's global configuration."""

ASKED = {
    (flow.id, question.name): question
    for flow in shipped.assessment()
    for item in flow.children
    for question in (item.children if isinstance(item, flow_nouns.Group) else (item,))
    if isinstance(question, flow_nouns.Question)
}


@pytest.mark.parametrize("key", GLOBAL_KEYS.split())
def test_each_global_key_of_mifos_is_set_by_one_decision(key: str) -> None:
    assert sum(key in decision.keys.split() for decision in settings.decisions()) == 1


@pytest.mark.parametrize("decision", settings.decisions(), ids=lambda decision: decision.question)
def test_a_decision_is_asked_and_somebody_decides_it(decision: settings.Decision) -> None:
    question = ASKED[decision.flow, decision.question]
    assert (decision.flow, decision.decider) in ASKED
    assert decision.keys or f"setting_at.{decision.place}" in words.catalogue("planning", "en"), (
        "it says where"
    )
    assert question.default in ("", decision.comes), "what is offered first is what Mifos comes with"
    if question.choices and decision.comes:
        assert decision.comes in {choice.name for choice in question.choices}


def test_every_question_about_settings_is_in_the_workbook() -> None:
    asked = {name for flow, name in ASKED if flow == "configuration" and not name.endswith("_decider")}
    in_the_workbook = {decision.question for decision in settings.decisions()}
    assert asked - in_the_workbook == {"others_changed", "kept"}


def test_what_cannot_be_undone_says_so_and_is_not_chosen_beforehand() -> None:
    for name in settings.TRAP_DOORS:
        question = ASKED["finance_setup", name]
        assert re.search("cannot be changed", question.label)
        assert not question.default
    assert settings.decisions()[0].question in settings.TRAP_DOORS


@pytest.mark.parametrize(
    ("answers", "state", "severity", "shown"),
    [
        pytest.param(
            {}, "setting.open", nouns.Severity.AMBER, "", id="nobody decided, though a default stands"
        ),
        pytest.param(
            {"addresses": "no"}, "setting.as_it_comes", nouns.Severity.GREEN, "No", id="as it comes"
        ),
        pytest.param({"addresses": "yes"}, "setting.changed", nouns.Severity.GREEN, "Yes", id="changed"),
    ],
)
def test_a_setting_with_what_was_decided(
    answers: dict[str, str], state: str, severity: nouns.Severity, shown: str
) -> None:
    given = section("configuration", numbers_decider="operations", **answers)
    row = next(row for row in settings.plan(work(given)) if row.key == "addresses")
    assert (row.state.code, row.severity, row.chosen, row.comes) == (state, severity, shown, "No")
    assert row.decider == "Head of operations"


def test_what_cannot_be_undone_is_red_while_it_is_open() -> None:
    first = settings.plan(work(section("finance_setup", decimals=2)))[0]
    assert first.for_ever
    assert first.severity is nouns.Severity.RED
    assert first.comes == "Half to the even number (usual)"
