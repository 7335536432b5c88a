"""Outside cases that count neither as passed nor as failed, each kind with its reason."""

from __future__ import annotations

import dataclasses
import re
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases whose expression and source match, and why they are left out."""

    reason: str
    expression: str
    """A regular expression that the whole expression matches."""
    source: str = ""
    """A part of the case's source."""
    expected: str = ""
    """A regular expression that is found in the expected value, as text."""
    kind: str = ""
    """The kind of value that is expected."""

    def covers(self, case: dict[str, Any]) -> bool:
        """Whether the case is one of these."""
        return (
            self.source in case["source"]
            and self.kind in {"", case["expected"]["t"]}
            and re.fullmatch(self.expression, case["expr"].strip(), re.DOTALL) is not None
            and re.search(self.expected, str(case["expected"]["v"])) is not None
        )


XPATH: tuple[Exclusion, ...] = (
    Exclusion(
        reason="The function is not of the language: the test registers it with its own engine.",
        expression=r"[\w-]+\(.*\)",
        source="custom.spec",
        expected=r"^(?!Function)",
    ),
    Exclusion(
        reason="A date as JavaScript prints it; the specification knows `2026-11-23` and ISO date-times only.",
        expression=r"format-date(-time)?\('\w{3} \w{3} .* GMT.*\)",
    ),
    Exclusion(
        reason="ODK Web Forms expects 0 for the same expression, as for every other shape that encloses nothing.",
        expression=r"area\(\"a?\"\)",
        source="openrosa-xpath-evaluator",
        expected="NaN",
    ),
    Exclusion(
        reason="ODK Web Forms expects an empty answer for the same expression: NaN is never stored.",
        expression=r"once\(.*\)",
        source="openrosa-xpath-evaluator",
        expected="^NaN$",
    ),
    Exclusion(
        reason="ODK takes text as a seed by its hash since randomize() was extended; the older engine refused it.",
        expression=r"randomize\(.*, 'a'\)",
        source="openrosa-xpath-evaluator",
    ),
    Exclusion(
        reason="As a number the same engine gives the fraction for the same text, and XPath 1.0 (4.2) writes a "
        "number as it is; the time zone's part of a day cannot be there and not there.",
        expression=r"number\(\"\d{4}-\d\d-\d\d.*\"\)",
        source="xforms/number.test",
        expected=r"^-?\d+$",
        kind="string",
    ),
    Exclusion(
        reason="A document fragment is a node of the DOM, but none of XPath's data model (XPath 1.0, 5).",
        expression=r"self::node\(\)",
        expected=r"node\(\)#11",
    ),
    Exclusion(
        reason="A document type declaration is a node of the DOM, but none of XPath's data model (XPath 1.0, 5).",
        expression=r".*",
        expected=r"node\(\)#10",
    ),
)


def reason(case: dict[str, Any]) -> str | None:
    """Why this case is left out, or None for one that counts."""
    if case["context"].get("needs_host_functions_or_instance"):
        return "It needs functions or an instance of the engine on which it was recorded."
    return next((exclusion.reason for exclusion in XPATH if exclusion.covers(case)), None)


@dataclasses.dataclass(frozen=True, slots=True)
class TraceExclusion:
    """Traces that are left out: by a part of their source, or by what one of their forms holds."""

    reason: str
    source: str = ""
    """A regular expression that is found in the source."""
    form: str = ""
    """A regular expression that is found in a form."""


SCENARIOS: tuple[TraceExclusion, ...] = (
    TraceExclusion(
        reason="Its form reads a file that is attached to it; the trace does not hold the file.",
        form=r'<instance[^>]*\ssrc="jr://',
    ),
    TraceExclusion(
        reason="It opens the form with an instance that was saved; the trace does not hold the instance.",
        source=r"(?i)instance-edit\.test|:: .*\bediting\b",
    ),
    TraceExclusion(
        reason="After the change of language it expects the old words until another answer is given; `jr:itext` is "
        "the text in the current language (XForms of ODK, Languages).",
        source="should retrieve the correct itext value",
    ),
    TraceExclusion(
        reason="`odk:setgeopoint` asks the device where it is; the test's device is not in the trace.",
        form=r"<odk:setgeopoint",
    ),
)


def trace_reason(trace: dict[str, Any], forms: dict[str, str]) -> str | None:
    """Why this trace is left out, or None for one that counts."""
    texts = [forms[name] for name in trace["forms"].values() if name in forms]
    for exclusion in SCENARIOS:
        if exclusion.source and re.search(exclusion.source, trace["source"]):
            return exclusion.reason
        if exclusion.form and any(re.search(exclusion.form, text) for text in texts):
            return exclusion.reason
    return None


XLSFORMS = {
    "test_name__from_file__invalid_characters__error": "The name of the form's file is wrong, and the case does not hold it.",
}
"""Tables that cannot be judged -> why."""


def xlsform_reason(case: dict[str, Any]) -> str | None:
    """Why this table is left out, or None for one that counts."""
    return XLSFORMS.get(case["test"].rpartition(".")[2])
