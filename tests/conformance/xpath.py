"""Runs expression cases: `documents` (XML by id) and `cases` of expression, place and expected result."""

from __future__ import annotations

import datetime as dt
import json
import math
import pathlib
import random
import re
import uuid
import zoneinfo
from collections.abc import Iterator, Sequence
from typing import Any

from flows import expressions
from flows.expressions import nodes, steps
from tests.conformance import documents, exclusions
from tests.conformance.report import Report

Case = dict[str, Any]

XFORMS = "http://www.w3.org/2002/xforms"
PREFIXES = {"xhtml": "http://www.w3.org/1999/xhtml"}
"""Prefixes that the cases use without their document declaring them."""

DRAWN = re.compile(r"\b(?:random|uuid)\(|\bnow\(")
"""Expressions whose result is drawn or moves with the clock: compared by shape."""

SINGLE_NODE = {8, 9}
"""DOM's result types of one node."""
UNORDERED = {6, "evaluateUnorderedNodeSet"}
"""Result types whose nodes come in any order."""

RECORDED_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}")

Outcome = tuple[str, Any]
"""Kind and value: number, string, boolean, nodeset or error."""


def run(path: pathlib.Path) -> Report:
    """Every case of the file."""
    return judge(json.loads(path.read_text()))


def judge(data: dict[str, Any], *, only_scalar: bool = False) -> Report:
    """Every case of the data, or those that expect a scalar, use no named axis and do not depend on the clock."""
    report = Report()
    clock = recorded_clock(data["cases"])
    for case in data["cases"]:
        if only_scalar and not is_scalar(case):
            continue
        line = f"{case['source']}\n    {case['expr']}"
        why = exclusions.reason(case)
        if why:
            report.excluded.append(f"LEFT OUT {line}\n    {why}")
            continue
        outcomes = list(attempts(case, data["documents"], clock))
        if any(agrees(case, outcome) for outcome in outcomes):
            report.passed += 1
        else:
            report.failures.append(f"FAILED {line}\n    expected {case['expected']}, got {outcomes[0]}")
    return report


def is_scalar(case: Case) -> bool:
    """Whether the case is about values: the kind of case that forms consist of."""
    return (
        case["expected"]["t"] in {"number", "string", "boolean"}
        and not case["context"].get("volatile")
        and "::" not in case["expr"]
    )


def recorded_clock(cases: Sequence[Case]) -> dt.datetime:
    """The moment at which the cases were recorded, read from a case that expects `now()`."""
    for case in cases:
        if case["expr"].strip() == "now()" and RECORDED_CLOCK.fullmatch(str(case["expected"]["v"])):
            return dt.datetime.fromisoformat(case["expected"]["v"])
    return dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def attempts(case: Case, texts: dict[str, str], clock: dt.datetime) -> Iterator[Outcome]:
    """The result, or for a document in several languages the result in each: the case does not say which."""
    place = case["context"]
    document = documents.Document(texts.get(place["document"] or "", ""))
    languages = translations(document) if "itext" in case["expr"] else []
    for language in languages or [None]:
        yield evaluate(case, document, clock, language)


def evaluate(
    case: Case, document: documents.Document, clock: dt.datetime, language: nodes.PlainNode | None
) -> Outcome:
    """The result of the case's expression, as the kind of value that it expects."""
    node = document.find(case["context"]["node"] or "/")
    if node is None:
        return "error", "the case's context node is not in its document"
    host = host_of(document, zoneinfo.ZoneInfo(case["context"]["tz"]), clock, language)
    at = expressions.Context(host, node)
    try:
        value = expressions.compile(expressions.parse(case["expr"], checked=False))(at)
        match case["expected"]["t"]:
            case "number":
                return "number", expressions.to_number(value, at)
            case "boolean":
                return "boolean", expressions.to_boolean(value)
            case "nodeset":
                if not isinstance(value, list):
                    return "error", f"no nodes but {value!r}"
                return "nodeset", [document.path(one) for one in value]
        return "string", expressions.to_string(value)
    except (expressions.ExpressionError, expressions.EvaluationError) as error:
        return "error", str(error)


def host_of(
    document: documents.Document, zone: dt.tzinfo, clock: dt.datetime, language: nodes.PlainNode | None
) -> expressions.Host:
    """The host for a document: in an XForm, absolute paths begin in the primary instance."""
    instances = [one for one in nodes.descendants(document.top) if steps.local_name(one) == "instance"]
    is_form = bool(instances) and any(one.name.endswith(":html") for one in document.top.children)
    drawing = random.Random(0)
    return expressions.Host(
        now=clock,
        zone=zone,
        root=instances[0] if is_form else None,
        instances={
            one.text: instance for instance in instances for one in instance.attributes if one.name == "id"
        },
        namespaces={**PREFIXES, **document.prefixes, "": XFORMS if is_form else ""},
        itext=lambda identifier: translated(language, identifier),
        random=drawing.random,
        uuid=lambda: str(uuid.UUID(int=drawing.getrandbits(128), version=4)),
    )


def translations(document: documents.Document) -> list[nodes.PlainNode]:
    """The document's translations."""
    return [one for one in nodes.descendants(document.top) if steps.local_name(one) == "translation"]


def translated(language: nodes.PlainNode | None, identifier: str) -> nodes.NodeSet:
    """The value without a form of the text of this id."""
    texts = language.children if language is not None else []
    return [
        value
        for text in texts
        if any(one.name == "id" and one.text == identifier for one in text.attributes)
        for value in text.children
        if value.kind is nodes.Kind.ELEMENT and not value.attributes
    ]


def agrees(case: Case, outcome: Outcome) -> bool:
    """Whether the result is the expected one."""
    expected = case["expected"]
    kind, value = outcome
    if kind != expected["t"]:
        return kind == "string" and expected["t"] == "date" and value == expected["v"]
    if kind == "error":
        return True
    if DRAWN.search(case["expr"]) and kind in {"number", "string"}:
        return same_shape(value, expected["v"])
    if kind == "number":
        return same_number(value, float(expected["v"]))
    if kind == "nodeset":
        return same_nodes(case, value)
    return value == expected["v"]


def same_number(ours: float, theirs: float) -> bool:
    """Equal up to the last digits, in which mathematical libraries differ."""
    return (math.isnan(ours) and math.isnan(theirs)) or math.isclose(
        ours, theirs, rel_tol=1e-12, abs_tol=1e-12
    )


def same_shape(ours: float | str, theirs: float | str) -> bool:
    """Drawn numbers lie between 0 and 1; drawn texts have the same length and digits where the other has."""
    if isinstance(ours, float):
        return 0 <= ours < 1 and 0 <= float(theirs) < 1
    return len(ours) == len(str(theirs)) or (ours.startswith("0.") and str(theirs).startswith("0."))


def same_nodes(case: Case, paths: list[str]) -> bool:
    """The expected nodes, in the expected order where the case asks for one."""
    wanted = case["expected"]["v"]
    asked = case["context"]["result_type"]
    if asked in SINGLE_NODE:
        return paths[:1] == wanted
    if asked in UNORDERED and "randomize" not in case["expr"]:
        return sorted(paths) == sorted(wanted)
    return paths == wanted
