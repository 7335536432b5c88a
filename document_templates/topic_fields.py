"""The computed tables of hosting, migration, reports, people, training, money and risks, as fields."""

from __future__ import annotations

import datetime as dt

from document_templates import bar_fields, fields
from document_templates.chapter_fields import advice, gap_rows, way_rows
from document_templates.teller import DASH, Teller
from planning import figures, nouns, words


def hosting(tell: Teller) -> fields.Hosting:
    """The servers and where they may stand."""
    plan = tell.plan.hosting
    named = (("server_class", plan.size or tell.word("not_known")),)
    described = (("application_servers", plan.application), ("database_server", plan.database))
    facts = [fields.Fact(label=tell.word(code), value=value) for code, value in named]
    facts += [fields.Fact(label=tell.word(code), value=tell.say(text)) for code, text in described]
    facts += [
        tell.fact(one)
        for one in (plan.clients_now, plan.clients, plan.users_at_once, plan.cores, plan.memory, plan.disk)
    ]
    options = [
        fields.HostingOptionRow(
            number=tell.row_number("hosting", place),
            name=tell.say(option.name),
            tag=tell.tag(option.fits, tell.word(f"fits_{option.fits.value}")),
            reasons=" ".join(tell.all((*option.reasons, option.recovery.verdict))),
            cost=tell.figure(option.monthly_cost),
            wished=tell.word("wished") if option.wished else "",
        )
        for place, option in enumerate(plan.options)
    ]
    ways = sum(len(gap.options) for gap in plan.ways)
    first = len(figures.rows(tell.plan, "hosting")) - ways
    return fields.Hosting(
        facts=facts,
        options=options,
        gaps=gap_rows(tell, "hosting", plan.gaps),
        ways=way_rows(tell, plan.ways, [tell.row_number("hosting", first + place) for place in range(ways)]),
        advice=advice(tell, plan.ways),
        warnings=tell.all(plan.warnings),
    )


def security(tell: Teller) -> list[fields.SecurityRow]:
    """Requirement by requirement."""
    return [
        fields.SecurityRow(
            item=tell.say(row.item),
            tag=tell.tag(row.severity, tell.say(row.state)),
            measure=tell.say(row.measure),
        )
        for row in tell.plan.security
    ]


def settings(tell: Teller) -> list[fields.SettingRow]:
    """Decision by decision."""
    return [
        fields.SettingRow(
            what=tell.word("for_ever", what=row.what) if row.for_ever else row.what,
            places=[*([tell.say(row.place)] if row.place else []), *row.keys.split()],
            comes=row.comes or DASH,
            chosen=row.chosen or DASH,
            tag=tell.tag(row.severity, tell.say(row.state)),
            decider=row.decider or DASH,
        )
        for row in tell.plan.settings
    ]


def migration(tell: Teller) -> fields.Migration:
    """The data to move."""
    plan = tell.plan.migration
    figures = (
        plan.records,
        plan.by_hand,
        plan.by_template,
        plan.break_even,
        plan.working_days,
        plan.rehearsals,
    )
    rows = [
        fields.MigrationRow(
            number=tell.row_number("migration", place),
            order=str(row.order or DASH),
            entity=row.entity,
            records=tell.figure(row.records),
            source=tell.given(row.source),
            period=tell.given(", ".join(part for part in (row.period, row.history) if part)),
            quality=tell.given(row.quality),
            by_hand=tell.figure(row.by_hand),
            template=tell.say(row.template),
        )
        for place, row in enumerate(plan.rows)
    ]
    return fields.Migration(
        strategy=tell.say(plan.strategy),
        method=tell.say(plan.method),
        facts=[tell.fact(figure) for figure in figures],
        rows=rows,
        steps=tell.all(plan.steps),
        challenges=tell.all(plan.challenges),
        not_carried=tell.all(plan.not_carried),
        warnings=tell.all(plan.warnings),
    )


def reports(tell: Teller) -> list[fields.ReportRow]:
    """The reports in the order of building."""
    return [
        fields.ReportRow(
            number=tell.row_number("reports", place),
            rank=str(row.rank),
            name=row.name,
            priority=tell.say(row.priority),
            use_case=tell.given(row.use_case),
            contents=tell.given(row.fields),
            format=tell.given(", ".join(part for part in (row.format, row.frequency) if part)),
            stock=tell.say(row.stock),
            effort=tell.figure(row.effort),
            when=tell.word("before_acceptance" if row.before_acceptance else "after_acceptance"),
        )
        for place, row in enumerate(tell.plan.reports)
    ]


def training(tell: Teller) -> fields.Training:
    """Who is taught what by whom."""
    plan = tell.plan.training
    courses = [
        fields.CourseRow(
            number=tell.row_number("training", place),
            title=tell.say(course.title),
            role=tell.say(course.role),
            learners=tell.figure(course.learners),
            groups=tell.figure(course.groups),
            trainer_days=tell.figure(course.trainer_days),
            where=tell.say(course.where),
            trainer=course.trainer or tell.word("nobody"),
            dates=tell.word("date_range", start=tell.date(course.start), end=tell.date(course.end))
            if course.start and course.end
            else tell.word("no_dates"),
        )
        for place, course in enumerate(plan.courses)
    ]
    return fields.Training(
        first_round=tell.say(plan.first_round),
        facts=[tell.fact(plan.trainer_days), tell.fact(plan.trainer_days_available)],
        courses=courses,
        warnings=tell.all(plan.warnings),
    )


def costs(tell: Teller) -> fields.Costs:
    """Five years of money."""
    plan = tell.plan.costs
    rates = [
        nouns.Rate("USD", plan.rate, on=dt.date.fromisoformat(plan.rate_date) if plan.rate_date else None)
    ]
    facts = [
        fields.Fact(label=tell.word("once"), value=tell.figure(plan.once)),
        fields.Fact(label=tell.word("contingency"), value=tell.figure(plan.contingency)),
        fields.Fact(label=tell.word("total_all_years"), value=tell.figure(plan.total)),
        fields.Fact(label=tell.word("per_client"), value=tell.figure(plan.per_client)),
        *([tell.fact(plan.budget)] if plan.budget is not None else []),
        *(_rate(tell, one) for one in (*rates, *plan.rates)),
    ]
    return fields.Costs(
        facts=facts,
        rows=[
            fields.CostRow(
                number=tell.row_number("budget", place),
                what=tell.say(row.what),
                quantity=tell.figure(row.quantity),
                unit_price=_price(tell, row.unit_price),
                amount=tell.figure(row.amount),
                when=_when(tell, row),
            )
            for place, row in enumerate(plan.rows, len(plan.years))
        ],
        years=[
            fields.YearRow(
                number=tell.row_number("budget", place),
                year=str(year.year),
                once=tell.figure(year.once),
                running=tell.figure(year.running),
                total=tell.figure(year.total),
            )
            for place, year in enumerate(plan.years)
        ],
        charts=bar_fields.costs(tell),
        warnings=tell.all(plan.warnings),
    )


def _rate(tell: Teller, one: nouns.Rate) -> fields.Fact:
    """What a currency is worth at home, of which day, and which branches pay in it."""
    label = tell.word("exchange_rate")
    if one.branches:
        label = tell.word("exchange_rate_of", currency=one.currency, branches=", ".join(one.branches))
    if one.rate.value is None:
        return fields.Fact(label=label, value=tell.figure(one.rate))
    home = one.rate.unit.partition("/")[0]
    values = {"value": f"{home} {words.number(one.rate.value, tell.language)}", "currency": one.currency}
    if one.on is None:
        return fields.Fact(label=label, value=tell.word("exchange_shown", **values))
    return fields.Fact(label=label, value=tell.word("exchange_shown_on", date=tell.date(one.on), **values))


def _price(tell: Teller, figure: nouns.Figure) -> str:
    """A price; beside one that was turned from other money, what was given and the rate."""
    told = tell.figure(figure)
    if figure.formula is None or figure.formula.code != "formula.converted":
        return told
    given, rate = figure.operands
    if given.value is None:
        return told
    offered = tell.amount(given.value, given.unit)
    if rate.value is None:
        return tell.word("offered", price=told, offered=offered)
    return tell.word("offered_at", price=told, offered=offered, rate=words.number(rate.value, tell.language))


def _when(tell: Teller, row: nouns.CostRow) -> str:
    if row.yearly:
        return tell.word("cost_yearly")
    if row.first > 1:
        return tell.word("cost_in_year", year=row.first)
    return tell.word("cost_again", n=row.every) if row.every else tell.word("cost_once")


def risk(tell: Teller, one: nouns.Risk) -> fields.RiskRow:
    """A risk."""
    return fields.RiskRow(
        id=one.id,
        what=tell.say(one.what),
        response=tell.say(one.response),
        likelihood=str(one.likelihood),
        impact=str(one.impact),
        score=str(one.score),
        tag=tell.tag(one.severity, tell.word(f"risk_{one.severity.value}", score=one.score)),
        owner=one.owner or tell.word("nobody"),
        because="; ".join(tell.input(cause) for cause in one.because) or DASH,
    )
