"""The names that the assessment and the plan agree on: capabilities by module, and the paths that planning reads."""

from __future__ import annotations

BRANCH_SECTIONS = (
    "branch_office",
    "branch_internet",
    "branch_power",
    "branch_equipment",
    "branch_place",
    "branch_work",
)

DUTIES = ("upgrades", "database", "daily", "users", "helpdesk", "monitoring", "backups")

CORE = {
    "offices": "org_01 org_03 org_05 org_06 org_07 org_10",
    "clients": "cli_01 cli_02 cli_04 cli_05 cli_07 cli_08 cli_12 cli_13",
    "kyc": "kyc_01 kyc_02 kyc_03 kyc_04",
    "groups": "grp_01 grp_02 grp_06 grp_07 grp_09",
    "collections": "col_01 col_03 col_04",
    "loans": "lpr_01 lpr_03 lpr_04 lpr_05 lpr_06 lpr_07 lpr_09 lpr_10 lpr_14 lpr_16 lpr_17",
    "accounts_of_loans": "loa_01 loa_03 loa_07 loa_09 loa_11 loa_12 loa_14 loa_17 loa_18",
    "collateral": "clt_01",
    "savings": "sav_01 sav_03 sav_05 sav_08 sav_09 sav_10",
    "deposits": "dep_01 dep_03",
    "shares": "shr_01",
    "charges": "chg_01 chg_02",
    "accounting": "acc_01 acc_02 acc_04 acc_05 acc_08 acc_09 acc_10",
    "teller": "csh_01 csh_03 csh_04",
    "payments": "pay_03 pay_04 pay_06",
    "reporting": "rep_02 rep_03 rep_08",
    "messages": "msg_01 msg_04",
    "security": "sec_01 sec_02 sec_03 sec_08",
    "fields": "dat_01 dat_03 dat_04",
    "bureau": "cbr_01 cbr_02",
    "mobile": "mob_01 mob_02 mob_03",
    "currencies": "cur_01 cur_02",
    "running": "ops_04 ops_05",
}
"""Module -> its core capabilities in the catalogue."""

DETAIL = {
    "offices": "org_02 org_04 org_08 org_09",
    "clients": "cli_03 cli_06 cli_09 cli_10 cli_11",
    "kyc": "kyc_05",
    "groups": "grp_03 grp_04 grp_05 grp_08",
    "collections": "col_02",
    "loans": "lpr_02 lpr_08 lpr_11 lpr_12 lpr_13 lpr_15 lpr_18",
    "accounts_of_loans": "loa_02 loa_04 loa_05 loa_06 loa_08 loa_10 loa_13 loa_15 loa_16 loa_19",
    "collateral": "clt_02",
    "savings": "sav_02 sav_04 sav_06 sav_07 sav_11",
    "deposits": "dep_02 dep_04",
    "shares": "shr_02",
    "charges": "chg_03",
    "accounting": "acc_03 acc_06 acc_07 acc_11 acc_12 acc_13",
    "teller": "csh_02",
    "payments": "pay_01 pay_02 pay_05 pay_07",
    "reporting": "rep_01 rep_04 rep_05 rep_06 rep_07",
    "messages": "msg_02 msg_03",
    "security": "sec_04 sec_05 sec_06 sec_07",
    "fields": "dat_02",
    "mobile": "mob_04",
    "running": "ops_01 ops_02 ops_03 ops_06",
}
"""Module -> what the survey offers behind the core."""

_GAPS = """
org_02 cli_12 cli_13 kyc_04 kyc_05 grp_09 col_01 col_03 col_04 lpr_17 loa_15 clt_02 sav_09 sav_10 dep_04 chg_02
acc_08 acc_09 acc_10 acc_12 acc_13 csh_03 csh_04 pay_04 pay_05 pay_06 pay_07 rep_02 rep_04 rep_06 rep_08 msg_01
msg_02 msg_04 sec_08 dat_03 dat_04 cbr_01 cbr_02 mob_01 mob_02 mob_03 cur_02 ops_05
"""
GAPS = tuple(_GAPS.split())
"""What does not come ready, support A, P, X or 0 in the catalogue, by the number of its entry: an order for ever."""

READ_BY_PLANNING = {
    "branch_office": "clients staff_total loan_officers tellers users_at_once opening_hours working_days"
    " location",
    "branch_internet": "links links/technology links/provider links/mbps_morning links/mbps_afternoon"
    " links/cuts_per_week links/longest_cut_hours links/monthly_cost links/shares_mast mobile_signal",
    "branch_power": "grid_hours cuts_per_week longest_cut_hours usual_cut_hours voltage_swings earthing backups"
    " ups/va ups/battery_ah ups/minutes generator/kva generator/fuel_cost_month solar/wp",
    "branch_equipment": "computers computers/kind computers/how_many computers/age_years computers/memory_gb"
    " computers/works pages_per_day printers printers/printer_kind printers/printer_how_many",
    "branch_place": "conditions road_closed_from road_closed_to travel_hours delivery_days",
    "branch_work": "paper_when_down offline_collection concerns",
    "operations_needs": "modules nice_to_have survey_comment survey_file gaps gaps/gap gaps/closing/gap_use_case"
    " gaps/closing/gap_volume gaps/closing/gap_urgency gaps/closing/gap_resolution "
    + " ".join(f"{module}/must_{module}" for module in CORE),
    "operations_processes": "processes processes/name processes/owner processes/today processes/with_mifos"
    " processes/reason processes/map_reference processes/map processes/stops",
    "operations_documents": "ledgers ledgers/ledger ledgers/kept_on ledgers/entries_per_day ledgers/written_by"
    " passbooks receipts documents documents/name documents/used_for documents/per_month documents/fate"
    " documents/sample terms terms/our_word terms/mifos_word terms/shown_in",
    "operations_reports": "reports reports/name reports/priority reports/fields reports/use_case reports/format"
    " reports/frequency reports/stock_report reports/complexity",
    "it_systems": "systems systems/name systems/kind systems/owner systems/holds systems/export systems/fate"
    " failover_wish",
    "it_hosting": "servers servers/name servers/cores servers/memory_gb servers/disk_gb servers/age_years servers/use"
    " hosting_options server_room data_must_stay hosting_budget_month round_trip_ms hosting_preference clients_total"
    " clients_growth_percent years",
    "it_security": "https default_users password_policy two_factor role_matrix maker_checker patching"
    " private_database branch_access disk_encryption access_log leavers nightly_backup offsite_copy backup_scope restore_test"
    " rpo_hours rto_hours security_owner",
    "finance_setup": "financial_year_start rounding accounting_method decimals working_days_rule maker_checker"
    " penalty_grace_days backdating decided_by prices/exchange_rate prices/exchange_date prices/price_computer"
    " prices/price_printer prices/price_ups prices/price_battery prices/price_server prices/price_router"
    " prices/hosting_month_price prices/specialist_day_price prices/contingency_percent",
    "training_needs": "trainees_loan_officers trainees_tellers trainees_branch_managers trainees_accountants"
    " trainees_administrators trainees_report_writers trainees_head_office weak_topics trainers trainers/name"
    " trainers/knows_old trainers/knows_new trainers/knows_mifos trainers/days_available venue_head_office"
    " venue_seats venue_branch first_round_by busy_days training_not_before",
    "project_team": "sponsor manager_name manager_dedicated manager_percent specialist_name specialist_manager"
    " specialist_manager_experience mfi_duties specialist_duties members members/name members/role members/percent"
    " members/exists start_date target_date closed_periods closed_periods/what closed_periods/from_date"
    " closed_periods/to_date hardware_days server_days line_days objectives dangers dangers/danger"
    " dangers/danger_likelihood dangers/danger_impact dangers/danger_response dangers/danger_owner",
    "project_meetings": "meetings meetings/process meetings/held_on meetings/who meetings/decisions"
    " meetings/still_open",
    "administration": "admins admins/name admins/percent admins/needs_training_in "
    + " ".join(
        f"{duty}/{duty}_{part}"
        for duty in DUTIES
        for part in ("responsible", "accountable", "how_often", "stand_in")
    ),
    "migration": "strategy entities entities/entity entities/records entities/source entities/from_date"
    " entities/to_date entities/history entities/quality entities/fields challenges dirty_records cleaned_by method"
    " clerks cutover rehearsals no_posting_days",
    "customisation": "customisations customisations/name customisations/description customisations/actors"
    " customisations/rules customisations/screens customisations/reports customisations/effort_days"
    " customisations/before_go_live completed_by completed_as",
    "configuration": "holidays/holiday_moves holidays/later_dates_move holidays/entries_on_days_off holidays/holidays_decider"
    " loan_rules/interest_starts loan_rules/late_payout_day loan_rules/new_instalment loan_rules/penalty_starts"
    " loan_rules/fee_accrual loan_rules/reminder_days loan_rules/loan_rules_decider group_rules/group_least"
    " group_rules/group_most group_rules/meeting_needed group_rules/group_rules_decider"
    " savings_rules/interest_posting savings_rules/before_posting savings_rules/savings_rules_decider"
    " books/currencies books/opening_account books/account_by_payment books/account_by_fee books/payment_ways"
    " books/funds books/product_places books/organisation_start books/books_decider numbers/account_numbers"
    " numbers/addresses numbers/lists numbers/numbers_decider safety/same_person safety/passwords"
    " safety/password_days safety/sign_in safety/safety_decider technical/mifos_version technical/database"
    " technical/time_zone technical/documents_kept technical/business_date technical/others_stay"
    " technical/technical_decider",
}
"""Flow -> the paths that the plan is computed from; a name that goes leaves a hole in the plan."""
