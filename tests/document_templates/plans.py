"""Plans made by hand: a full one, a half-empty one, an empty one. The figures are inventions; only their shapes matter."""

from __future__ import annotations

import datetime as dt

import msgspec

from flows import nouns as answers
from planning import nouns, outline

RED, AMBER, GREEN = nouns.Severity.RED, nouns.Severity.AMBER, nouns.Severity.GREEN
START = dt.date(2027, 1, 4)


def text(words: str) -> str:
    """Plans hold `Text`s of the planning catalogue; here plain words stand for them, as `Words` allows."""
    return words


def figure(label: str, value: float | None, unit: str = "", **more: object) -> nouns.Figure:
    return nouns.Figure(label=text(label), value=value, unit=unit, **more)  # type: ignore[arg-type]


def full(branches: int = 3) -> nouns.Plan:
    """Everything answered but a few points, with `branches` branches."""
    names = [
        "Machakos",
        "Kitui",
        "Wote",
        "Mwingi",
        "Tala",
        "Kangundo",
        "Emali",
        "Matuu",
        "Sultan Hamud",
        "Masii",
        "Kibwezi",
        "Mutomo",
    ]
    branch_values = [answers.Branch(id=f"b{n}", name=names[n], country="KE") for n in range(branches)]
    points = open_points()
    return nouns.Plan(
        institution=institution(),
        made_on=dt.date(2026, 11, 23),
        target=dt.date(2027, 6, 1),
        completeness=nouns.Completeness(answered=181, applicable=203),
        summary=(
            figure("Investment", 4_812_000, "KES"),
            figure("Total over five years", 11_930_000, "KES"),
            figure("Records to move", 13_275),
            figure("Trainer-days", 42, "days", low=38, high=51),
        ),
        sections=tuple(
            section(number, key, points)
            for number, key in ((one.number, one.key) for one in outline.CHAPTERS)
        ),
        branches=tuple(branch_plan(branch) for branch in branch_values),
        needs=(figure("Needs named", 3),),
        functional_gaps=(
            functional("LPR-17", "Loan products", "Grace period on penalties by meeting", AMBER),
            functional("GRP-04", "Groups", "Collection sheet typed without network", RED),
            functional("REP-02", "Reporting", "Portfolio at risk by loan officer", GREEN),
        ),
        hosting=hosting(),
        security=(
            nouns.SecurityRow(
                item="Traffic only over HTTPS",
                state=text("met"),
                severity=GREEN,
                measure=text("Renew the certificate every year"),
            ),
            nouns.SecurityRow(
                item="Seeded users disabled",
                state=text("not met"),
                severity=RED,
                measure=text("Disable mifos and interopUser before go-live"),
            ),
            nouns.SecurityRow(
                item="A restore has been tested",
                state=text("not known"),
                severity=AMBER,
                measure=text("Test a restore each quarter"),
            ),
        ),
        migration=migration(),
        reports=(
            nouns.ReportRow(
                name="Portfolio at risk",
                priority=text("critical"),
                rank=1,
                use_case="Weekly credit meeting",
                fields="officer, balance, days late",
                format="pdf",
                frequency="weekly",
                stock=text("Stock report “Portfolio at Risk”"),
                effort=figure("Effort", 0.5, "days"),
                before_acceptance=True,
            ),
            nouns.ReportRow(
                name="SASRA return 4",
                priority=text("highly desirable"),
                rank=2,
                use_case="",
                fields="",
                format="excel",
                frequency="monthly",
                stock=text("has to be built"),
                effort=figure("Effort", 6, "days"),
            ),
        ),
        people=people(),
        training=training(),
        schedule=schedule(),
        costs=costs(),
        readiness=readiness([branch.name for branch in branch_values]),
        risks=(
            nouns.Risk(
                id="R1",
                what=text("The project manager has other duties"),
                response=text("Name a manager who does nothing else"),
                likelihood=4,
                impact=5,
                severity=RED,
                owner="Grace Wanjiru",
            ),
            nouns.Risk(
                id="R2",
                what=text("Both lines of Kitui hang on one mast"),
                response=text("Take the second line from another operator"),
                likelihood=3,
                impact=4,
                severity=AMBER,
            ),
            nouns.Risk(
                id="R3",
                what=text("Holidays fall into the training"),
                response=text("Train one week earlier"),
                likelihood=2,
                impact=2,
                severity=GREEN,
                owner="Joseph Mutua",
            ),
        ),
        open_points=points,
        warnings=(text("Wote states more tellers than staff."),),
        parameters=(
            nouns.Parameter(
                name="ups_headroom",
                value=1.25,
                unit="",
                source=nouns.Source.STATED,
                origin="UPS makers' sizing guides",
            ),
            nouns.Parameter(
                name="spare_percent",
                value=10,
                unit="%",
                source=nouns.Source.RULE_OF_THUMB,
                origin="one in ten fails at a bad time",
                replaced=True,
            ),
        ),
    )


def half_empty() -> nouns.Plan:
    """Some answers, hardly a price, no schedule."""
    plan = full(2)
    unknown = {"value": None, "waits_for": ("b:hosting:clients", "b:internet")}
    return msgspec.structs.replace(
        plan,
        completeness=nouns.Completeness(answered=40, applicable=203),
        summary=tuple(msgspec.structs.replace(one, **unknown) for one in plan.summary),
        functional_gaps=(),
        security=(),
        reports=(),
        schedule=None,
        risks=(),
        readiness=readiness(),
        people=msgspec.structs.replace(plan.people, dedicated=None, raci=(), team=(), administrators=()),
    )


def empty() -> nouns.Plan:
    """An institution's name and nothing else."""
    nothing = figure("Not computed", None)
    return nouns.Plan(
        institution=answers.Institution(
            name="Upya", country="TZ", currency="TZS", timezone="Africa/Dar_es_Salaam"
        ),
        made_on=dt.date(2026, 11, 23),
        target=None,
        completeness=nouns.Completeness(answered=0, applicable=0),
        summary=(),
        sections=tuple(
            nouns.PlanSection(number=number, key=key, title=text(key.title()), seeds=())
            for number, key in ((one.number, one.key) for one in outline.CHAPTERS)
        ),
        branches=(),
        functional_gaps=(),
        needs=(),
        hosting=nouns.Hosting(
            size="",
            why=text("?"),
            application=text("?"),
            database=text("?"),
            clients_now=nothing,
            clients=nothing,
            users_at_once=nothing,
            disk=nothing,
            memory=nothing,
            cores=nothing,
            options=(),
        ),
        security=(),
        migration=nouns.Migration(
            strategy=text("Nobody said what moves."),
            rows=(),
            records=nothing,
            by_hand=nothing,
            by_template=nothing,
            break_even=nothing,
            method=text("No method can be advised."),
            working_days=nothing,
            rehearsals=nothing,
            steps=(),
            challenges=(),
            not_carried=(),
        ),
        reports=(),
        people=nouns.People(
            manager="",
            dedicated=None,
            verdict=text("Nobody said who manages the project."),
            specialist=text("Nobody said who the specialist is."),
            team=(),
            administrators=(),
            raci=(),
            administrators_needed=nothing,
        ),
        training=nouns.Training(
            courses=(),
            first_round=text("Nobody said who trains."),
            trainer_days=nothing,
            trainer_days_available=nothing,
        ),
        schedule=None,
        costs=nouns.Costs(
            currency="TZS",
            rows=(),
            years=(),
            once=nothing,
            contingency=nothing,
            total=nothing,
            per_client=nothing,
            rate=nothing,
        ),
        risks=(),
        readiness=readiness(),
        open_points=(),
        warnings=(),
        parameters=(),
    )


def institution() -> answers.Institution:
    return answers.Institution(
        name="Ukulima Credit Scheme",
        country="KE",
        currency="KES",
        timezone="Africa/Nairobi",
        target_date=dt.date(2027, 6, 1),
    )


def open_points() -> tuple[nouns.OpenPoint, ...]:
    return (
        nouns.OpenPoint(
            id="b:hosting:clients",
            question="How many clients have you?",
            flow="hosting",
            section="Servers and hosting",
            key="clients",
            reason=nouns.Reason.UNKNOWN,
            owner="Joseph Mutua",
            due=dt.date(2026, 12, 4),
        ),
        nouns.OpenPoint(
            id="b:internet",
            question="Internet",
            flow="internet",
            section="Internet",
            branch="b1",
            branch_name="Kitui",
            reason=nouns.Reason.NOT_HANDED_IN,
            owner_role="branch_staff",
            questions=12,
        ),
        nouns.OpenPoint(
            id="b:power:kva",
            question="How strong is the generator?",
            flow="power",
            section="Power",
            branch="b0",
            branch_name="Machakos",
            key="generator/kva",
            reason=nouns.Reason.SKIPPED,
            owner="Mary Nduku",
            due=dt.date(2026, 12, 1),
            remark="ask the caretaker",
        ),
    )


def section(number: str, key: str, points: tuple[nouns.OpenPoint, ...]) -> nouns.PlanSection:
    titles = {
        "functional_gaps": "What Mifos must do",
        "branches": "Branches",
        "summary": "Executive summary",
        "basis": "Basis of this plan",
        "schedule": "Project plan",
        "risks": "Risks and sign-off",
    }
    clients = nouns.Input(label="Clients today", shown="5,446", respondent="Joseph Mutua")
    rich = key in {"profile", "hosting", "migration"}
    return nouns.PlanSection(
        number=number,
        key=key,
        title=text(titles.get(key, key.capitalize())),
        seeds=("S01",),
        statements=(
            text(
                "The work takes until 11 May 2027, eight days before the wished date. Two branches need a second line, and one critical function is missing."
            ),
        )
        if key in {"summary", "functional_gaps", "processes"}
        else (),
        figures=(
            figure(
                "Clients at the end of the horizon",
                9_410,
                inputs=(clients,),
                formula=text("clients × (1 + growth) ^ years"),
                source=nouns.Source.RULE_OF_THUMB,
            ),
            figure("Clients of Kitui", None, waits_for=("b:internet",)),
        )
        if rich
        else (),
        gaps=(
            nouns.Gap(
                kind=nouns.GapKind.INFRASTRUCTURE,
                what="Server memory",
                severity=AMBER,
                need=figure("n", 16, "GB"),
                have=figure("h", 8, "GB"),
                gap=figure("g", 8, "GB"),
                resolution=text("buy"),
            ),
        )
        if key == "profile"
        else (),
        answers=(answer_block(),) if key in {"processes", "hosting"} else (),
        open_points=points[:2] if key == "hosting" else (),
    )


def answer_block() -> nouns.AnswerBlock:
    when = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)

    def said(label: str, shown: str, **more: object) -> nouns.Answered:
        return nouns.Answered(
            label=label, shown=shown, respondent="Joseph Mutua", at=when, key=f"{label}", **more
        )  # type: ignore[arg-type]

    servers = ("Name", "Cores", "Memory")
    reports = ("Name", "Priority", "Fields", "Use", "Format", "How often", "Stock report")
    return nouns.AnswerBlock(
        flow="hosting",
        title="Servers and hosting",
        state="submitted",
        owner="Joseph Mutua",
        answered=(
            said("How many clients have you?", "", open=True, sure=answers.Sure.UNKNOWN),
            said(
                "Have you a server room?",
                "Yes, with air conditioning",
                sure=answers.Sure.ESTIMATE,
                evidence=(answers.Attachment(kind="image", file_id="1", name="room.jpg"),),
                note="door does not lock",
            ),
            said("Must the data stay in the country?", "No"),
        ),
        tables=(
            nouns.AnswerTable(
                title="Servers there today",
                columns=servers,
                rows=(
                    tuple(said(c, v) for c, v in zip(servers, ("Dell T40", "4", "8 GB"), strict=True)),
                    (said("Name", "Old tower"), said("Cores", ""), said("Memory", "", open=True)),
                ),
            ),
            nouns.AnswerTable(
                title="Reports wanted",
                columns=reports,
                rows=(
                    tuple(
                        said(c, v)
                        for c, v in zip(
                            reports,
                            (
                                "Arrears by officer",
                                "Critical",
                                "officer, client, days late, balance, phone",
                                "Monday meeting",
                                "PDF",
                                "Weekly",
                                "",
                            ),
                            strict=True,
                        )
                    ),
                ),
            ),
        ),
    )


def functional(code: str, area: str, what: str, severity: nouns.Severity) -> nouns.Gap:
    return nouns.Gap(
        kind=nouns.GapKind.FUNCTIONAL, id=code, area=area, what=what, severity=severity,
        support=text("by a plug-in"), urgency=text("must have"), resolution=text("workaround"),
        use_case="Officers meet 14 groups a week out of reach of any network." if severity is RED else "",
        effort=figure("Effort", 6, "days"),
    )  # fmt: skip


def recovery() -> nouns.Recovery:
    """What a failure of the server costs."""
    return nouns.Recovery(
        "nightly", figure("loss", 24, "h"), figure("down", 10, "h"), GREEN, text("A copy each night")
    )


def branch_plan(branch: answers.Branch) -> nouns.BranchPlan:
    kitui = branch.name == "Kitui"
    waiting: dict[str, object] = {"waits_for": ("b:internet",)}
    return nouns.BranchPlan(
        branch=branch,
        profile=(
            figure("Clients", 1_815),
            figure("Staff", 14),
            figure("People at a computer at the busiest hour", 6),
        ),
        connectivity=nouns.Connectivity(
            links=()
            if kitui
            else (
                nouns.Link(
                    name="Main line",
                    technology="mobile",
                    provider="Safaricom",
                    speed=figure("s", 2_100, "kbps"),
                    availability=figure("a", 97.4, "%"),
                    monthly_cost=figure("c", 6_500, "KES"),
                ),
            ),
            need=figure("Speed needed", 830, "kbps"),
            have=figure("Speed there", None if kitui else 2_100, "kbps", **(waiting if kitui else {})),
            availability=figure(
                "Working time with a line", None if kitui else 95.1, "%", **(waiting if kitui else {})
            ),
            lost_hours=figure(
                "Hours lost a month", None if kitui else 8.6, "hours", **(waiting if kitui else {})
            ),
            monthly_cost=figure(
                "Cost a month", None if kitui else 6_500, "KES", **(waiting if kitui else {})
            ),
            failover=text(
                "When the line is down the branch writes on paper; a second SIM of another operator is advised."
            ),
        ),
        offline=nouns.Offline(
            entries=figure("Entries a day", 140),
            hours=figure("Hours of typing", 2.3, "hours"),
            line=figure("Hours with a line", 7.6, "hours"),
            late=figure("Entries that wait", 7),
            procedure=text("Entries wait on paper until the line is back."),
        ),
        power=nouns.Power(
            supply=text("Inverter with batteries"),
            loads=(
                nouns.Load(device=text("Desktop computer"), how_many=5, watts=65),
                nouns.Load(device=text("Laser printer"), how_many=1, watts=400, on_battery=False),
            ),
            watts=figure("Load on the battery", 355, "W"),
            autonomy=figure("Battery must last", 3, "hours"),
            ups=figure("Size of the UPS", 740, "VA"),
            battery=figure("Battery", 224, "Ah"),
            runtime=figure("Batteries there would last", 0.4, "hours"),
            measures=(text("Earth the board before the inverter is fitted."),),
        ),
        computers=nouns.Devices(
            need=figure("Computers", 7),
            have=figure("Computers", 5),
            gap=figure("Computers", 2),
            severity=AMBER,
            measures=(text("Two computers have less than 4 GB and are replaced."),),
        ),
        printing=nouns.Devices(
            need=figure("Printers", 1), have=figure("Printers", 1), gap=figure("Printers", 0), severity=GREEN
        ),
        receipts=nouns.Devices(
            need=figure("Receipt printers", 2),
            have=figure("Receipt printers", 0),
            gap=figure("Receipt printers", 2),
            severity=AMBER,
        ),
        environment=(
            text("Heat above 30 °C: leave a hand's width behind each device."),
            text("The road is closed from March to May: deliver before."),
        ),
        gaps=(
            nouns.Gap(
                kind=nouns.GapKind.INFRASTRUCTURE,
                what="Second line",
                severity=RED,
                need=figure("n", 1),
                have=figure("h", 0),
                gap=figure("g", 1),
                resolution=text("SIM of another operator"),
            ),
        ),
    )


def hosting() -> nouns.Hosting:
    return nouns.Hosting(
        size="S", why=text("up to 20,000 clients"),
        application=text("4 cores, 8 GB"), database=text("4 cores, 8 GB, SSD"),
        clients_now=figure("Clients today", 5_446),
        clients=figure("Clients at the end of the horizon", 9_410),
        users_at_once=figure("Users at once", 24), disk=figure("Disk", 150, "GB"),
        memory=figure("Memory", 16, "GB"), cores=figure("Cores", 8),
        options=(
            nouns.HostingOption(name=text("Own room"), fits=RED, reasons=(text("no second power supply"), text("nobody on call")), monthly_cost=figure("c", 22_000, "KES"), recovery=recovery()),
            nouns.HostingOption(name=text("Cloud"), fits=GREEN, reasons=(text("186 ms round trip is acceptable"),), monthly_cost=figure("c", 31_000, "KES"), recovery=recovery(), wished=True),
        ),
        warnings=(text("The law on data in the country is not known."),),
    )  # fmt: skip


def migration() -> nouns.Migration:
    return nouns.Migration(
        strategy=text("Opening balances move; the history stays in the old books."),
        rows=(
            nouns.MigrationRow(entity="Clients", records=figure("r", 5_446), source="spreadsheet", period="all", history="active only", quality="mixed", by_hand=figure("d", 10, "days"), template=text("clients.xls"), order=1),
            nouns.MigrationRow(entity="Guarantors", records=figure("r", None, waits_for=("b:power:kva",)), source="", period="", history="", quality="", by_hand=figure("d", None, waits_for=("b:power:kva",)), template=text("none")),
        ),
        records=figure("Records", 13_275), by_hand=figure("By hand", 53, "days"), by_template=figure("By template", 31, "days"),
        break_even=figure("Break-even", 7_750, "records"), method=text("The import template is advised."),
        working_days=figure("Working days", 27, "days"), rehearsals=figure("Rehearsals", 2),
        steps=(text("Freeze the old books on a Friday evening."), text("Load, reconcile against the trial balance, sign.")),
        challenges=(text("212 clients share a phone number."),), not_carried=(text("Guarantors' photos."),),
    )  # fmt: skip


def people() -> nouns.People:
    return nouns.People(
        manager="Grace Wanjiru", dedicated=False,
        verdict=text("Grace Wanjiru manages the project with 40 % of her time; without a manager who does nothing else the dates below do not hold."),
        specialist=text("The specialist's own project manager has led two deployments."),
        team=(nouns.PersonLoad(name="Grace Wanjiru", role="Project manager", share=figure("s", 40, "%")), nouns.PersonLoad(name="", role="Report writer", share=figure("s", 50, "%"), exists=False)),
        administrators=(nouns.PersonLoad(name="Joseph Mutua", role="Administrator", share=figure("s", 30, "%"), needs_training_in="Linux, database"),),
        raci=(nouns.RaciRow(duty=text("Backups"), phase=text("after deployment"), responsible="Joseph Mutua", accountable="", stand_in="", how_often="daily", defects=(text("nobody answers for it"),)),),
        administrators_needed=figure("a", 1.5),
    )  # fmt: skip


def training() -> nouns.Training:
    return nouns.Training(
        courses=(nouns.TrainingCourse(title=text("Loans in the branch"), role=text("Loan officers"), learners=figure("l", 21), groups=figure("g", 2), days=figure("d", 3, "days"), trainer_days=figure("t", 6, "days"), where="Head office", trainer="Mary Nduku", start=dt.date(2027, 4, 12), end=dt.date(2027, 4, 14)),),
        first_round=text("Mary Nduku knows the old process, the new one and Mifos."),
        trainer_days=figure("Trainer-days", 42, "days"), trainer_days_available=figure("Trainer-days available", 30, "days"),
    )  # fmt: skip


def schedule(tasks: int = 52) -> nouns.Schedule:
    made = []
    for number in range(tasks):
        start = START + dt.timedelta(days=number * 2 // 7 * 7 // 2 + number * 2)
        days = 0 if number % 13 == 12 else 5 + number % 4 * 3
        made.append(
            nouns.ScheduledTask(
                id=f"T{number + 1}", name=f"Task of Machakos with a rather long name, {number + 1}", start=start,
                end=start + dt.timedelta(days=max(0, days - 1)), days=days, phase=text("Preparation"), who=("Joseph Mutua",),
                why=text("waits for the server, which takes 45 days to come") if number else None, driving=number % 3 == 0,
                elapsed=number % 5 == 1,
            )
        )  # fmt: skip
    return nouns.Schedule(
        start=START, finish=max(task.end for task in made), status="optimal", tasks=tuple(made), chain=tuple(task.id for task in made if task.driving),
        calendars=(nouns.CalendarUsed(id="HQ", name="Head office", weekend=(5, 6), holidays=(nouns.Holiday(day=dt.date(2027, 3, 10), name="Idd-ul-Fitr", estimated=True),), closed=((dt.date(2027, 3, 15), dt.date(2027, 5, 31)),), country="KE"),),
        target=dt.date(2027, 6, 1), verdict=text("The work ends before the wished date."),
        likely=nouns.Likely(400, dt.date(2027, 7, 9), dt.date(2027, 8, 6), 3),
        live=dt.date(2027, 5, 8), live_likely=nouns.Likely(400, dt.date(2027, 6, 11), dt.date(2027, 7, 2), 40),
        orders=(nouns.Order(text("Wait for the server"), 45, START, START), nouns.Order(text("Wait for computers"), 35, START, dt.date(2027, 1, 17)), nouns.Order(text("Wait for internet lines"), 20, START, dt.date(2027, 1, 18))),
    )  # fmt: skip


def costs() -> nouns.Costs:
    return nouns.Costs(
        currency="KES",
        rows=(
            nouns.CostRow(what=text("Computers"), quantity=figure("q", 6), unit_price=figure("p", 65_000, "KES"), amount=figure("a", 390_000, "KES"), every=4),
            nouns.CostRow(what=text("Hosting"), quantity=figure("q", 12), unit_price=figure("p", 31_000, "KES"), amount=figure("a", 372_000, "KES"), yearly=True),
            nouns.CostRow(what=text("Batteries"), quantity=figure("q", 3), unit_price=figure("p", None, "KES", waits_for=("b:power:kva",)), amount=figure("a", None, "KES", waits_for=("b:power:kva",)), every=3),
        ),
        years=tuple(nouns.YearCost(year=year, once=figure("o", 4_100_000 if year == 1 else 0, "KES"), running=figure("r", 1_310_000 + 60_000 * year, "KES"), total=figure("t", None, "KES", low=1_370_000, waits_for=("b:power:kva",))) for year in range(1, 6)),
        once=figure("o", 4_812_000, "KES"), contingency=figure("c", 620_000, "KES"), total=figure("t", 11_930_000, "KES"),
        per_client=figure("p", 338, "KES"), rate=figure("x", 129.4, "KES"), rate_date="2026-11-20",
    )  # fmt: skip


def readiness(names: list[str] | None = None) -> nouns.Readiness:
    branches = tuple(ready(f"b{n}", name, 35.0 + n) for n, name in enumerate(names or []))
    return nouns.Readiness(
        figure("Readiness", 41, "%"),
        ready("", "the project", 47.5),
        branches,
        (nouns.Step("the project", nouns.Text("ready.manager"), 12.5),) if names else (),
    )


def ready(branch: str, place: str, score: float) -> nouns.Ready:
    aspects = (
        nouns.Aspect(nouns.Text("ready.answers"), figure("Answers", 100, "%"), 15, "answers"),
        nouns.Aspect(nouns.Text("ready.manager"), figure("Manager", 0, "%"), 25, "manager"),
    )
    return nouns.Ready(branch, place, figure("Readiness", score, "%"), aspects)
