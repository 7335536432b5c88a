"""A plan told as the fields that a template prints: every number formatted, nothing blank, nothing unsafe."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import msgspec

from document_templates import (
    appendix_fields,
    bar_fields,
    basis_fields,
    branch_fields,
    chapter_fields,
    cleaning,
    fields,
    glossary,
    go_live_fields,
    history_fields,
    holding,
    people_fields,
    photo_fields,
    pictures,
    schedule_fields,
    summary_fields,
    topic_fields,
)
from document_templates.teller import Teller
from planning import nouns, versions
from planning import photos as planned


def plain(
    plan: nouns.Plan, language: str, *, version: str = "", photos: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """The fields as plain dicts and lists of cleaned text: what the sandbox lets a template reach."""
    told: dict[str, Any] = cleaning.tree(
        msgspec.to_builtins(tell(plan, language, version=version, photos=photos)),
        functools.partial(holding.text, language=language),
    )
    for group in _photos(told):
        group["shown"] = [pictures.marked(photo) for photo in group["shown"]]
    return told


def descriptions(told: dict[str, Any]) -> dict[str, str]:
    """What is read out in the place of each picture, by the picture's mark."""
    return {photo["picture"]: photo["description"] for group in _photos(told) for photo in group["shown"]}


def _photos(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [told["photos"], *(branch["photos"] for branch in told["branches"])]


def tell(
    plan: nouns.Plan, language: str, *, version: str = "", photos: Mapping[str, bytes] | None = None
) -> fields.Document:
    """The fields of `plan` in `language`; `version` is empty for a draft, `photos` are contents by file id."""
    teller = Teller(plan, language)
    found = photo_fields.by_place(teller, photos or {})
    told = fields.Document(
        word=teller.plain_words(),
        document=_document(teller, version),
        institution=_institution(teller),
        chapter={
            section.key: chapter_fields.chapter(teller, section, has_more=_has_more(plan, section.key))
            for section in plan.sections
        },
        summary=summary_fields.summary(teller),
        basis=basis_fields.basis(teller),
        branches=[
            branch_fields.branch(teller, one, place, found.get(one.branch.id, photo_fields.NONE))
            for place, one in enumerate(plan.branches)
        ],
        photos=found.get(planned.INSTITUTION, photo_fields.NONE),
        functional_gaps=[
            chapter_fields.gap_row(teller, gap)
            for gap in plan.functional_gaps
            if gap.severity is not nouns.Severity.GREEN
        ],
        functional_uses=chapter_fields.uses(
            teller, [gap for gap in plan.functional_gaps if gap.severity is not nouns.Severity.GREEN]
        ),
        functional_settings=[
            chapter_fields.gap_row(teller, gap)
            for gap in plan.functional_gaps
            if gap.severity is nouns.Severity.GREEN
        ],
        hosting=topic_fields.hosting(teller),
        security=topic_fields.security(teller),
        settings=topic_fields.settings(teller),
        migration=topic_fields.migration(teller),
        reports=topic_fields.reports(teller),
        people=people_fields.people(teller),
        training=topic_fields.training(teller),
        schedule=schedule_fields.schedule(teller),
        costs=topic_fields.costs(teller),
        risks=[topic_fields.risk(teller, risk) for risk in sorted(plan.risks, key=lambda risk: -risk.score)],
        go_live=go_live_fields.go_live(teller),
        readiness_charts=bar_fields.readiness(teller),
        readiness=people_fields.readiness(teller),
        open_points=[chapter_fields.open_point_row(teller, point) for point in plan.open_points],
        warnings=teller.all(plan.warnings),
        answer_log=appendix_fields.answer_log(teller),
        noted_everywhere=appendix_fields.noted_everywhere(teller),
        parameters=appendix_fields.parameters(teller),
        parameter_groups=appendix_fields.parameter_groups(teller),
        formulas=appendix_fields.formulas(teller),
        calendars=appendix_fields.calendars(teller),
        holidays=appendix_fields.holidays(teller),
        glossary=[],
        history=history_fields.history(teller),
    )
    return msgspec.structs.replace(told, glossary=glossary.of(teller, told))


def _has_more(plan: nouns.Plan, key: str) -> bool:
    """Whether the standard template has something of its own to print in that chapter."""
    lists = {
        "functional_gaps": (plan.functional_gaps,),
        "branches": (plan.branches,),
        "reports": (plan.reports,),
        "customisation": (plan.settings,),
    }
    always = {
        "summary", "basis", "hosting", "administration", "migration", "roles", "training", "schedule", "budget", "risks",
        "calendars", "parameters",
    }  # fmt: skip
    return key in always or any(lists.get(key, ()))


def _document(teller: Teller, version: str) -> fields.DocumentFacts:
    plan = teller.plan
    made_on = teller.formats.long_date(plan.made_on)
    done = plan.completeness
    return fields.DocumentFacts(
        title=teller.word("document_title"),
        version=teller.word("version_shown", version=version)
        if version
        else teller.word("draft_version", date=teller.date(plan.made_on)),
        # 1.0 is what was signed
        status=teller.word("issued" if versions.is_signed(version) else "draft"),
        date=made_on,
        completeness=teller.word(
            "completeness_shown",
            percent=teller.amount(done.percent, "%"),
            answered=teller.formats.number(done.answered),
            n=done.applicable,
        ),
        classification=_classification(teller),
        summary_line=teller.word("summary_line", name=plan.institution.name),
        language=str(teller.locale).replace("_", "-"),
    )


def _classification(teller: Teller) -> str:
    """Confidential, since it names people and prices; weaknesses that are open are a reason more."""
    open_to_attack = sum(row.severity is nouns.Severity.RED for row in teller.plan.security)
    if open_to_attack:
        return teller.word("confidential_open", n=open_to_attack)
    return teller.word("confidential")


def _institution(teller: Teller) -> fields.InstitutionFacts:
    institution = teller.plan.institution
    return fields.InstitutionFacts(
        name=institution.name,
        country=teller.formats.country(institution.country),
        currency=teller.formats.currency(institution.currency),
        branches=", ".join(page.branch.name for page in teller.plan.branches) or teller.word("none"),
        target_date=teller.formats.long_date(teller.plan.target)
        if teller.plan.target
        else teller.word("no_target_date"),
    )
