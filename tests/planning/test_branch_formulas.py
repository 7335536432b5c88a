"""Each formula of a branch against its arithmetic, written out."""

from __future__ import annotations

import pytest

from flows import nouns as flow_nouns
from planning import (
    computers,
    connectivity,
    environment,
    nouns,
    offline,
    parameters,
    power,
    printing,
    profile,
    words,
)
from tests.planning import books
from tests.planning.books import estimate, office, section, work

DESKTOPS = [{"kind": "desktop", "how_many": 2, "age_years": 1, "memory_gb": 8, "works": "yes"}]


def internet(*links, **more):
    return section("branch_internet", "b", links=list(links), **more)


def line(**changes):
    usual = {
        "technology": "fibre", "provider": "A", "mbps_morning": 4, "mbps_afternoon": 2.5, "cuts_per_week": 0,
        "monthly_cost": 6500, "shares_mast": "no",
    }  # fmt: skip
    return usual | changes


@pytest.mark.parametrize(
    ("users", "kbps"),
    [
        pytest.param(5, 1000, id="5 × 100 × 1.5 = 750, below the floor of 1,000"),
        pytest.param(10, 1500, id="10 × 100 × 1.5 = 1,500"),
    ],
)
def test_speed_needed(users, kbps):
    assert connectivity.need(work(office(users_at_once=users, staff_total=20)), "b").value == kbps


def test_speed_there_is_the_fastest_line_at_its_worse_hour():
    # min(4, 2.5) × 1000 = 2,500; min(1, 8) × 1000 = 1,000; the greater is 2,500
    found = books.lines(work(office(), internet(line(), line(mbps_morning=1, mbps_afternoon=8))))
    assert found.have.value == 2500


STEADY = section("branch_power", "b", grid_hours=8, cuts_per_week=0, backups=["none"])
"""Power without a cut."""


@pytest.mark.parametrize(
    ("cuts", "usual", "longest", "percent"),
    [
        # 13 cuts in 13 weeks of 40 hours: 12 × 2 + 8 of the 9 h (no day is open longer) = 32 of 520: 93.846 %
        pytest.param(1, 2, 9, 93.8462, id="one a week, the longest a day long"),
        # 78 cuts: 77 × 1 + (52 h = 2 days × 8 + 4) 20 = 97 of 520
        pytest.param(6, 1, 52, 81.3462, id="six a week of an hour, the longest two days"),
        # 91 cuts: 90 × 1 + (72 h = 3 days × 8) 24 = 114 of 520
        pytest.param(7, 1, 72, 78.0769, id="one a day, the longest three days"),
        # 0.05 × 13 = 0.65 counts as the longest alone: 8 of 520
        pytest.param(0.05, 1, 12, 98.4615, id="less than one in three months"),
        # 1 h is the longest, so each is taken to be as long: 26 × 0.1 = 2.6 of 520, but 99.7 % at most
        pytest.param(2, None, 0.1, 99.5, id="hardly any"),
        pytest.param(0.1, None, 0.1, 99.7, id="what fibre reaches at most"),
        pytest.param(200, 8, 2200, 0, id="always down"),
    ],
)
def test_working_time_of_a_line_from_its_cuts(cuts, usual, longest, percent):
    given = {} if usual is None else {"usual_cut_hours": usual}
    changed = line(cuts_per_week=cuts, longest_cut_hours=longest, technology="fibre", **given)
    found = books.lines(work(office(), internet(changed), STEADY))
    assert found.availability.value == pytest.approx(percent, abs=1e-3)
    # 8 × 5 × 4.35 = 174 working hours a month
    assert found.lost_hours.value == pytest.approx(174 * (1 - percent / 100), abs=1e-2)


def test_while_the_usual_cut_is_not_known_the_longest_is_the_bound():
    found = books.lines(work(office(), internet(line(cuts_per_week=1, longest_cut_hours=4)), STEADY))
    share = found.links[0].availability
    # at best the longest alone: 4 of 520 h; at worst all 13 as long: 52 of 520
    assert (share.value, share.low, share.high) == (None, pytest.approx(90), pytest.approx(99.2308, abs=1e-3))
    assert share.waits_for == ("branch_internet:b:links:1/usual_cut_hours",)
    assert found.availability.value is None
    assert found.availability.high == pytest.approx(99.2308, abs=1e-3)


@pytest.mark.parametrize(
    ("down", "said"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["A"], ["The line of A is down for more than an hour in twenty: ask for a repair, or change it."], id="one"),
        pytest.param(["A", "B"], ["The lines of A, B are each down for more than an hour in twenty: ask for repairs, or change them."], id="two at once"),
        pytest.param(["A", "A"], ["The line of A is down for more than an hour in twenty: ask for a repair, or change it."], id="of one company"),
    ],
)  # fmt: skip
def test_lines_that_are_down_too_long_are_said_at_once(down, said):
    steady = line(provider="C")
    often = [line(provider=name, cuts_per_week=6, usual_cut_hours=1, longest_cut_hours=8) for name in down]
    found = books.lines(work(office(), internet(steady, *often), STEADY))
    assert [words.say(one) for one in found.measures] == said


def test_a_line_measured_once():
    # above 20 Mbps in the morning nobody measures again: 25 × 1,000
    fast = line(mbps_morning=25)
    fast.pop("mbps_afternoon")
    assert books.lines(work(office(), internet(fast))).have.value == 25_000


@pytest.mark.parametrize(
    ("second", "percent"),
    [
        # fibre 99.7 and mobile 97: 1 − 0.003 × 0.03 = 99.991 %
        pytest.param({"provider": "B", "technology": "mobile"}, 99.991, id="two ways of their own"),
        pytest.param({"provider": "a ", "technology": "mobile"}, 97, id="one company: the worse of the two"),
        pytest.param({"provider": "B", "technology": "mobile", "shares_mast": "yes"}, 97, id="one mast"),
        pytest.param(
            {"provider": "B", "technology": "mobile", "shares_mast": "unknown"}, 97, id="nobody is sure"
        ),
    ],
)
def test_two_lines_together(second, percent):
    found = books.lines(work(office(), internet(line(), line(**second)), STEADY))
    assert found.availability.value == pytest.approx(percent)


def test_three_lines_of_which_two_share_a_mast():
    # the two together are worth the worse, 97; with the satellite 98.75: 1 − 0.03 × 0.0125 = 99.9625 %
    lines = [
        line(technology="mobile", provider="A"), line(technology="mobile", provider="B", shares_mast="yes"),
        line(technology="satellite", provider="C"),
    ]  # fmt: skip
    found = books.lines(work(office(), internet(*lines), STEADY))
    assert found.availability.value == pytest.approx(99.9625)


@pytest.mark.parametrize(
    ("lines", "supply", "percent"),
    [
        # 2 cuts of 2 h in 40 h, no battery: the router is off 4 of 40 h, 10 %; the fibre's own 0.3 % are part of them
        pytest.param([{}], {"backups": ["none"]}, 90, id="the router stops with the grid"),
        # a UPS for 30 minutes: 2 × 1.5 = 3 of 40 h, 7.5 %
        pytest.param([{}], {"backups": ["ups"], "va": 1000, "minutes": 30}, 92.5, id="a UPS for half an hour"),
        pytest.param([{}], {"backups": ["generator"], "kva": 3}, 99.7, id="a generator keeps it on"),
        # 340 W take 0.5525 kVA: a smaller one runs the computers no more than none does
        pytest.param([{}], {"backups": ["generator"], "kva": 0.5}, 90, id="a generator too weak for the branch"),
        # 200 Ah and 68 Wp: (1,020 + 68 × 5 × 0.7) / 340 = 3.7 h, more than the cut of 2 h
        pytest.param(
            [{}], {"backups": ["inverter", "solar"], "va": 1000, "battery_ah": 200, "wp": 68}, 99.7, id="panels keep it on"
        ),
        # 10 Ah and 68 Wp: (51 + 238) / 340 = 0.85 h: 2 × 1.15 = 2.3 of 40 h, 5.75 %
        pytest.param(
            [{}], {"backups": ["inverter", "solar"], "va": 1000, "battery_ah": 10, "wp": 68}, 94.25, id="panels too weak for it"
        ),
        # both lines stop with the router: the second one helps nothing against the 10 %
        pytest.param(
            [{}, {"technology": "mobile", "provider": "B"}], {"backups": ["none"]}, 90, id="two lines, one box"
        ),
        # cuts of 6 h: a generator keeps the router on, a mast's batteries end after 4 h: 2 × (6 − 4) = 4 of 40 h = 10 %
        pytest.param(
            [{"technology": "mobile"}], {"usual_cut_hours": 6, "longest_cut_hours": 6, "backups": ["generator"], "kva": 3},
            90, id="the mast stops with the grid",
        ),
        # beside it a fibre: down 0.3 %; in the 10 % it is alone: 0.1 × 0.003; else 0.9 × 0.003 × 0: the mobile's own
        # 3 % are part of the 10 % → 0.03 %
        pytest.param(
            [{"technology": "mobile"}, {"provider": "B"}],
            {"usual_cut_hours": 6, "longest_cut_hours": 6, "backups": ["generator"], "kva": 3}, 99.97,
            id="a line that needs no mast is there while the mast is off",
        ),
    ],
)  # fmt: skip
def test_lines_stop_with_the_power(lines, supply, percent):
    usual = {"grid_hours": 8, "cuts_per_week": 2, "longest_cut_hours": 2, "usual_cut_hours": 2}
    parts = [
        office(), internet(*(line(**one) for one in lines)), section("branch_power", "b", **(usual | supply)),
        section("branch_equipment", "b", computers=DESKTOPS), section("operations_documents", receipts="no"),
    ]  # fmt: skip
    assert books.lines(work(*parts)).availability.value == pytest.approx(percent, abs=1e-3)


def test_a_generator_that_nobody_measured_promises_nothing():
    supply = {
        "grid_hours": 8,
        "cuts_per_week": 2,
        "longest_cut_hours": 2,
        "usual_cut_hours": 2,
        "backups": ["generator"],
    }
    parts = [
        office(), internet(line()), section("branch_power", "b", **supply),
        section("branch_equipment", "b", computers=DESKTOPS), section("operations_documents", receipts="no"),
    ]  # fmt: skip
    found = books.lines(work(*parts)).availability
    assert found.value is None
    assert found.high == pytest.approx(99.7)
    assert [point for point in found.waits_for if point.endswith("kva")]


@pytest.mark.parametrize(
    ("clients", "share", "procedure"),
    [
        # 1,000 × 70 / (5 × 52) = 269.23 entries of a minute, at 5 computers: 0.897 h
        pytest.param(1000, 99, "offline.seldom", id="hardly ever down"),
        pytest.param(1000, 90, "offline.paper", id="7.2 hours with a line for 0.9 of work"),
        # 10,000 clients: 8.97 h of typing; 8 × 90 % = 7.2 h, and 2 in the evening
        pytest.param(10_000, 90, "offline.evening", id="evenings are needed"),
        # 8 × 50 % = 4 h + 2 < 8.97
        pytest.param(10_000, 50, "offline.elsewhere", id="the line cannot carry the work"),
    ],
)
def test_what_a_branch_does_without_a_line(clients, share, procedure):
    at = work(office(clients=clients))
    found = offline.plan(at, "b", at.counted("availability", share, "%"))
    assert found.entries.value == pytest.approx(clients * 70 / 260)
    assert found.hours.value == pytest.approx(clients * 70 / 260 / 60 / 5)
    assert found.line.value == pytest.approx(8 * share / 100)
    assert found.late.value == pytest.approx(clients * 70 / 260 * (1 - share / 100))
    assert found.procedure.code == procedure


def test_collecting_without_a_network_is_named():
    at = work(office(), section("branch_work", "b", offline_collection="yes"))
    found = offline.plan(at, "b", at.unknown("availability"))
    assert [text.code for text in found.measures] == ["offline.app"]
    assert found.procedure.code == "offline.unknown"


def test_no_line_is_no_time_with_a_line_but_nobody_asked_is_not_known():
    none = books.lines(work(office(), section("branch_internet", "b", links=[], state="approved")))
    assert none.availability.value == 0
    unasked = books.lines(work(office()))
    assert unasked.availability.value is None
    assert unasked.availability.waits_for == ("branch_internet:b:",)


def power_section(**changes):
    usual = {
        "grid_hours": 7, "cuts_per_week": 3, "longest_cut_hours": 4, "usual_cut_hours": 2, "voltage_swings": "no",
        "backups": ["none"],
    }  # fmt: skip
    return section("branch_power", "b", **(usual | changes))


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        pytest.param({}, 2, id="usual cut 2 h, more than 8 − 7 = 1 h"),
        pytest.param({"cuts_per_week": 10}, 4, id="10 cuts in 5 days: 2 a day × 2 h = 4 h"),
        pytest.param({"grid_hours": 3}, 5, id="8 − 3 = 5 h without grid"),
        pytest.param(
            {"grid_hours": 0, "cuts_per_week": 40, "usual_cut_hours": 3}, 8, id="never more than 8 h open"
        ),
        pytest.param({"longest_cut_hours": 1}, 1, id="the usual cut is not asked when the longest is 1 h"),
        pytest.param(
            {"cuts_per_week": 0, "grid_hours": 8}, 0.25, id="no cuts: a quarter of an hour to switch off"
        ),
    ],
)
def test_hours_that_the_battery_must_last(changes, hours):
    assert power.autonomy(work(office(), power_section(**changes)), "b").value == hours


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        # a month has 4.35 weeks
        pytest.param({}, 26.1, id="3 cuts × 2 h a week, more than 5 days × 1 h without grid"),
        pytest.param({"cuts_per_week": 10, "longest_cut_hours": 1}, 43.5, id="10 cuts, none longer than 1 h"),
        pytest.param({"cuts_per_week": 0}, 21.75, id="no cuts, and 5 days × 1 h without grid"),
        pytest.param({"cuts_per_week": 0, "grid_hours": 8}, 0, id="no cuts, and grid as long as it is open"),
    ],
)
def test_hours_a_month_without_the_grid(changes, hours):
    assert power.dark(work(office(), power_section(**changes)), "b").value == pytest.approx(hours)


def test_sizes_from_the_loads():
    # in use: max(5, 2 + ⌈4/3⌉ + 1) = 5: 2 desktops × 90 + 3 laptops × 40 = 300; + network 20 + light 20 = 340 W
    found = power.plan(
        work(
            office(),
            power_section(),
            section("branch_equipment", "b", computers=DESKTOPS),
            section("operations_documents", receipts="no"),
        ),
        "b",
    )
    assert found.watts.value == 340
    assert found.ups.value == pytest.approx(708.33, abs=0.01)  # 340 / 0.6 × 1.25
    assert found.battery.value == pytest.approx(166.67, abs=0.01)  # 340 × 2 / (12 × 0.5 × 0.85 × 0.8)
    assert found.supply.code == "supply.middle"


@pytest.mark.parametrize(
    ("there", "supply"),
    [
        pytest.param(
            {"va": 3000, "minutes": 15}, "supply.middle", id="large enough, and out after a quarter"
        ),
        pytest.param({"va": 3000, "minutes": 60}, "supply.short", id="large enough, and lasts"),
        pytest.param({"va": 500, "minutes": 15}, "supply.short", id="too small: a larger one may last"),
        pytest.param({}, "supply.short", id="nobody knows how large"),
    ],
)
def test_where_a_large_ups_goes_out_too_soon_another_one_is_no_help(there, supply):
    # 1 h of cuts, 708 VA needed
    cuts = power_section(longest_cut_hours=1, backups=["ups"], **there)
    computers = section("branch_equipment", "b", computers=DESKTOPS)
    found = power.plan(work(office(), cuts, computers, section("operations_documents", receipts="no")), "b")
    assert (found.autonomy.value, found.supply.code) == (1, supply)


def test_the_published_battery_example():
    # 200 W for 4 h: 200 × 4 / (12 × 0.5 × 0.85) = 157 Ah (dossier 7.2), without ageing
    formula = work().computed
    found = formula(
        "battery",
        lambda volts, depth, yields: 200 * 4 / (volts * depth * yields),
        uses=("battery_volts", "battery_depth", "battery_efficiency"),
    )
    assert round(found.value) == 157


def test_generator_and_panels_for_long_cuts():
    parts = [
        office(),
        power_section(grid_hours=2),
        section("branch_equipment", "b", computers=DESKTOPS),
        section("operations_documents", receipts="no"),
    ]
    found = power.plan(work(*parts), "b")
    assert found.supply.code == "supply.long"  # 8 − 2 = 6 h
    assert found.generator.value == pytest.approx(0.5525)  # 340 × 1.3 / 0.8 / 1000
    assert found.solar.value == pytest.approx(582.86, abs=0.01)  # 340 × 6 / (5 × 0.7)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        pytest.param({}, 0, id="nothing there"),
        pytest.param({"backups": ["ups"], "va": 1000, "minutes": 90}, 1.5, id="90 minutes seen"),
        # 200 × 12 × 0.5 × 0.85 / 340 = 3
        pytest.param({"backups": ["inverter"], "battery_ah": 200}, 3, id="200 Ah of batteries"),
        # and 340 Wp × 5 h of sun × 0.7 / 340 W = 3.5
        pytest.param({"backups": ["inverter", "solar"], "battery_ah": 200, "wp": 340}, 6.5, id="and panels"),
    ],
)
def test_hours_that_todays_batteries_last(changes, hours):
    parts = [
        office(),
        power_section(**changes),
        section("branch_equipment", "b", computers=DESKTOPS),
        section("operations_documents", receipts="no"),
    ]
    assert power.plan(work(*parts), "b").runtime.value == pytest.approx(hours)


def test_computers():
    # in use 5; spare ⌈5 × 10 %⌉ = 1: 6. Two young desktops count; old, weak, broken ones and tablets do not.
    kinds = [
        *DESKTOPS,
        {"kind": "laptop", "how_many": 3, "age_years": 6, "works": "yes"},
        {"kind": "laptop", "how_many": 1, "age_years": 4, "memory_gb": 2, "works": "yes"},
        {"kind": "desktop", "how_many": 1, "age_years": 2, "memory_gb": 8, "works": "no"},
        {"kind": "tablet", "how_many": 4, "age_years": 1, "works": "yes"},
    ]
    found = computers.plan(work(office(), section("branch_equipment", "b", computers=kinds)), "b")
    assert (found.need.value, found.have.value, found.gap.value) == (6, 2, 4)
    assert found.severity is nouns.Severity.RED
    assert [text.code for text in found.measures] == [
        "measure.replace_old", "measure.add_memory", "measure.replace_broken",
    ]  # fmt: skip


def test_a_computer_of_unknown_age_is_neither_there_nor_missing():
    kinds = [*DESKTOPS, {"kind": "desktop", "how_many": 3, "memory_gb": 8, "works": "yes"}]
    found = computers.plan(work(office(), section("branch_equipment", "b", computers=kinds)), "b")
    assert found.have.value is None
    assert found.have.low == 2
    assert found.have.waits_for == ("branch_equipment:b:computers:2/age_years",)
    assert found.gap.value is None


@pytest.mark.parametrize(
    ("pages", "printers"),
    [
        pytest.param(0, 1, id="one at least, for agreements"),
        pytest.param(136, 1, id="136 × 22 / 3000 = 0.997"),
        pytest.param(137, 2, id="137 × 22 / 3000 = 1.005"),
    ],
)
def test_office_printers(pages, printers):
    equipment = section("branch_equipment", "b", pages_per_day=pages)
    papers = section("operations_documents", passbooks="yes", receipts="yes")
    assert printing.plan(work(office(), equipment, papers), "b").need.value == printers
    assert printing.receipts(work(office(), equipment, papers), "b").need.value == 2  # one a teller


def test_a_closed_road_over_new_year():
    place = section("branch_place", "b", travel_hours=5, road_closed_from="nov", road_closed_to="feb")
    ranges = environment.closed_ranges(work(place), "b", 2027, 2027)
    assert [(str(first), str(last)) for first, last in ranges] == [
        ("2026-11-01", "2027-02-28"), ("2027-11-01", "2028-02-29"),
    ]  # fmt: skip


def test_estimates_give_bounds():
    # 20 ± 25 %: 15 × 150 = 2,250 to 25 × 150 = 3,750
    found = connectivity.need(work(office(users_at_once=estimate(20), staff_total=40)), "b")
    assert (found.low, found.value, found.high) == (2250, 3000, 3750)


def test_a_figure_names_who_said_what_when_and_what_was_assumed():
    found = connectivity.need(work(office()), "b")
    (given,) = found.inputs
    assert (given.respondent, given.shown, given.key) == ("Ann Achieng", "5 people", "users_at_once")
    assert given.at is not None
    assert {one.name for one in found.parameters} == {"kbps_per_user", "kbps_reserve", "kbps_floor"}
    assert found.source is nouns.Source.RULE_OF_THUMB


def replaced(*own: flow_nouns.Assumption) -> tuple[parameters.Parameters, tuple[nouns.Text, ...]]:
    book = flow_nouns.AnswerBook(
        flow_nouns.Institution("Jitegemea", "KE", "KES", "Africa/Nairobi"),
        people=(flow_nouns.Respondent("p1", "Wanjiku"),),
        assumptions=own,
    )
    return parameters.of(book)


def test_an_institution_may_replace_a_parameter():
    numbers, doubts = replaced(flow_nouns.Assumption("kbps_floor", 512, by="p1"))
    one = numbers["kbps_floor"]
    assert (one.value, one.replaced, one.source, one.origin) == (512, True, nouns.Source.STATED, "Wanjiku")
    assert not doubts
    assert parameters.default()["kbps_floor"].value == 1000


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("kbps_flor", 1, "assumption.unknown"),  # a slip in the name
        ("inflation", -1, "assumption.beyond"),  # below its least
        ("inflation", 501, "assumption.beyond"),  # above its most
        ("kbps_per_user", 1001, "assumption.beyond"),  # over ten times ours
        ("kbps_per_user", float("nan"), "assumption.beyond"),  # no number
    ],
)
def test_a_number_that_cannot_be_believed_is_named_and_ours_stays(name: str, value: float, code: str):
    numbers, doubts = replaced(flow_nouns.Assumption(name, value))
    assert [doubt.code for doubt in doubts] == [code]
    assert [one for one in numbers if one.replaced] == []


def test_what_nobody_knows_waits_for_its_open_point():
    unknown = flow_nouns.Answer(None, sure=flow_nouns.Sure.UNKNOWN)
    found = connectivity.need(work(office(users_at_once=unknown)), "b")
    assert found.value is None
    assert found.waits_for == ("branch_office:b:users_at_once",)


def test_the_week_counts_the_days_chosen():
    assert profile.days_a_week(work(office(working_days=["sat", "sun"])), "b").value == 2


def test_the_published_runtime_of_a_ups():
    # 12 V × 7 Ah × 0.85 / 300 W = 0.238 h = 14 minutes, whole charge (industry-electronics.com, UPS sizing);
    # ours lets half the charge in, so that the battery lives: 7 minutes
    supply = power_section(backups=["inverter"], battery_ah=7)
    (found,) = [power.runtime(at, "b", at.counted("watts", 300)) for at in [work(office(), supply)]]
    depth = parameters.default().value("battery_depth")
    assert round(found.value * 60 / depth) == 14
    assert round(found.value * 60) == 7
