"""What lint finds in a flow: each with its line, what is wrong, and what to do."""

from __future__ import annotations

import textwrap

import msgspec
import pytest

from flows import lint, loading

HEAD = """
flow: sample
title: Sample
choices:
  yes_no:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: "No"}
survey:
"""
"""Eight lines with the first empty one: the survey begins in line 9."""


def found(survey: str, *, ids: tuple[str, ...] = ()) -> list[lint.Issue]:
    return lint.text(
        HEAD + textwrap.indent(textwrap.dedent(survey).strip(), "  "), file="sample.yaml", ids=ids
    )


ASK = "- {type: select_one yes_no, name: line, label: Is there a line?, seed: [S10]}"
FAST = "type: decimal, name: mbps, label: How fast is it?, unit: Mbps"
TOLD = f"{FAST}, hint: Example 4.5, plausible: . < 200"


@pytest.mark.parametrize(
    ("survey", "line", "what", "fix"),
    [
        pytest.param(
            f"{ASK}\n- {{{FAST}, relevant: \"${{lien}} = 'yes'\"}}",
            10, "`${lien}`, which this flow does not have", "`line`", id="unknown name",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?, relevant: \"${b} = 'x'\"}\n"
            "- {type: text, name: b, label: B?, relevant: \"${a} = 'x'\"}",
            9, "in a circle: `a` → `b` → `a`", "Let one of them", id="cycle",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?, relevant: 'false()'}",
            9, "`a` can never be reached", "Remove it", id="never asked",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?, relevant: '1 > 2'}",
            9, "`a` can never be reached", "Remove it", id="never asked, by reckoning",
        ),
        pytest.param(
            f"{ASK}\n- {{{FAST}, relevant: \"${{line}} = 'yes' and ${{line}} = 'no'\"}}",
            10, "want of `line` what no one answer is", "Remove it", id="never asked: two choices at once",
        ),
        pytest.param(
            f"- {{{FAST}}}\n- {{type: text, name: a, label: A?, relevant: '${{mbps}} > 5 and 3 >= ${{mbps}}'}}",
            10, "want of `mbps` what no one answer is", "Remove it", id="never asked: two sizes at once",
        ),
        pytest.param(
            f"- {{{FAST}}}\n- {{type: text, name: a, label: A?, relevant: '${{mbps}} = 5 and ${{mbps}} < 5'}}",
            10, "want of `mbps` what no one answer is", "Remove it", id="never asked: at a bound and below it",
        ),
        pytest.param(
            f"{ASK}\n- {{{FAST}, relevant: \"${{line}} = 'yess'\"}}",
            10, "looks for `yess`, which `line` does not offer", "`yes`", id="never asked: no such choice",
        ),
        pytest.param(
            f"{ASK}\n- {{{FAST}, relevant: \"'yess' != ${{line}}\"}}",
            10, "looks for `yess`, which `line` does not offer", "`yes`", id="no such choice, the other way round",
        ),
        pytest.param(
            f"{ASK}\n- {{{FAST}, relevant: \"selected(${{line}}, 'perhaps')\"}}",
            10, "looks for `perhaps`", "It offers no, yes.", id="never asked: a choice from nowhere",
        ),
        pytest.param(
            f"- {{{FAST}, constraint: . > 0}}",
            9, "`mbps` has a constraint without a message", "`constraint_message`", id="constraint without words",
        ),
        pytest.param(
            f"- {{{FAST}, constraint_message: Send a number.}}",
            9, "`constraint_message` but no `constraint`", "Add `constraint`", id="words without a constraint",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?, required_message: Say it.}",
            9, "`required_message` but no `required`", "Add `required`", id="words without a must",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?}\n- {type: text, name: b, label: A?}",
            10, "`b` asks in the same words as `a`", "Say what is different", id="same words",
        ),
        pytest.param(
            "- {type: text, name: a, label: A?, unit: km}",
            9, "`a` has a unit but is no number", "Remove `unit`", id="unit of words",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_what_to_do(
    survey: str, line: int, what: str, fix: str
) -> None:
    issues = found(survey)
    (issue,) = (issue for issue in issues if what in issue.what)
    assert (issue.file, issue.line) == ("sample.yaml", line)
    assert fix in issue.fix
    assert str(issue).startswith(f"sample.yaml:{line}: {issue.severity}: ")


@pytest.mark.parametrize(
    ("choices", "what"),
    [
        pytest.param(
            [("a", "x" * 65)], "The choice `a` of `q` has 65 characters", id="too long for a button"
        ),
        pytest.param(
            [(f"c{n}", f"Choice {n:03}") for n in range(61)], "`q` offers 61 choices", id="too many"
        ),
        pytest.param([("a", "Same"), ("b", "Same")], "`a` and `b` of `q` read the same", id="alike"),
        pytest.param([("one", "two"), ("two", "one")], "is understood as", id="read as another"),
    ],
)
def test_choices_that_a_phone_or_a_reader_cannot_take(choices: list[tuple[str, str]], what: str) -> None:
    rows = "\n".join(f"    - {{name: {name}, label: {label}}}" for name, label in choices)
    for read_only, seen in (("", True), ("read_only: 'yes', calculation: \"'a'\", ", False)):
        question = f"{{type: select_one given, name: q, {read_only}label: Which?}}"
        text = f"flow: sample\ntitle: Sample\nchoices:\n  given:\n{rows}\nsurvey:\n  - {question}\n"
        issues = [issue for issue in lint.text(text) if what in issue.what]
        assert bool(issues) == seen, "what nobody can tap is no button"


@pytest.mark.parametrize(
    ("seed", "what"),
    [
        pytest.param("", "`mbps` serves no id", id="serves nothing"),
        pytest.param(
            ", seed: [S99]", "serves `S99`, for which the plan has no place", id="an id the plan lacks"
        ),
        pytest.param(", seed: [S10]", "", id="serves one"),
    ],
)
def test_a_question_serves_an_id_that_the_plan_has_a_place_for(seed: str, what: str) -> None:
    issues = found(f"- {{{TOLD}{seed}}}", ids=("S10", "S11"))
    assert [what in issue.what for issue in issues] == ([True] if what else [])
    assert found(f"- {{{TOLD}{seed}}}") == [], "a survey of one's own serves nobody's ids"


@pytest.mark.parametrize(
    ("of_list", "around", "what"),
    [
        pytest.param("S10", "", "", id="its list serves one"),
        pytest.param("", "S10", "", id="the list around its list does"),
        pytest.param("", "", "`a` serves no id", id="none of them does"),
    ],
)
def test_a_question_in_a_list_may_serve_what_the_list_serves(of_list: str, around: str, what: str) -> None:
    issues = found(
        f"""
        - type: repeat
          name: outer
          label: Outer
          seed: [{around}]
          children:
            - {{type: repeat, name: inner, label: Inner, seed: [{of_list}], children: [{{type: image, name: a, label: A?}}]}}
        """,
        ids=("S10",),
    )
    assert [what in issue.what for issue in issues] == ([True] if what else [])


@pytest.mark.parametrize("relevant", ["1 = 1", "2 > 1 or false()", "yes"])
def test_what_is_always_asked_is_no_fault(relevant: str) -> None:
    assert found(f"- {{type: text, name: a, label: A?, relevant: '{relevant}'}}") == []


@pytest.mark.parametrize(
    ("question", "what"),
    [
        pytest.param("type: decimal, hint: Look at it. Example 4.5", "", id="a number with its example"),
        pytest.param("type: decimal, hint: Usual numbers are 4 and 8.", "shows no example", id="numbers, and none of them an example"),
        pytest.param("type: decimal", "shows no example", id="no hint"),
        pytest.param("type: text, hint: The name on the bill.", "shows no example", id="words without one"),
        pytest.param("type: text, hint: The name on the bill. Example Safaricom", "", id="words with one"),
        pytest.param("type: integer, hint: Example 4.5", "would not take “4.5”", id="half a person"),
        pytest.param("type: integer, hint: Example 4. Count all.", "would not take “4. Count all.”", id="not at the end"),
        pytest.param("type: date, hint: Example 12 March 2027", "", id="a day"),
        pytest.param("type: date, hint: Example next spring", "would not take “next spring”", id="no day"),
        pytest.param("type: date, hint: Example 03/04/2027", "would not take", id="a day that could be another"),
        pytest.param("type: select_one yes_no", "", id="choices show themselves"),
        pytest.param("type: image", "", id="a photo is sent"),
    ],
)  # fmt: skip
def test_what_is_typed_has_an_example_that_is_an_answer(question: str, what: str) -> None:
    item = f"- {{name: q, label: Q?, seed: [S10], plausible: '. != 7', {question}}}"
    issues = found(item, ids=("S10",))
    assert [what in issue.what for issue in issues] == ([True] if what else [])
    assert found(item) == [], "a survey of one's own is asked as its author likes"


def test_a_number_says_what_is_usual() -> None:
    assert [
        issue.what
        for issue in found(
            "- {type: integer, name: n, label: N?, hint: Example 3, seed: [S10]}", ids=("S10",)
        )
    ] == ["`n` takes every number alike."]


@pytest.mark.parametrize(
    ("language", "hint", "what"),
    [
        pytest.param("fr", "Exemple 4,5", "", id="as it is written there"),
        pytest.param("fr", "Example 4,5", "shows no example", id="the word of another language"),
        pytest.param("es", "Ejemplo 4,5", "", id="Spanish"),
        pytest.param("sw", "Mfano 4.5", "", id="Swahili"),
        pytest.param("ne", "Example 4.5", "", id="a language that we do not speak"),
        pytest.param(
            "fr", "Exemple quatre et demi", "would not take “quatre et demi”", id="words for a number"
        ),
    ],
)
def test_a_translation_keeps_the_example_and_it_is_read_in_its_language(
    language: str, hint: str, what: str
) -> None:
    flow = loading.load(f"{HEAD}  - {{{FAST}, hint: '{hint}'}}")
    issues = lint.of_words(msgspec.structs.replace(flow, language=language))
    assert [what in issue.what for issue in issues] == ([True] if what else [])


def test_a_flow_without_faults_has_no_issues() -> None:
    assert found(f"{ASK}\n- {{{TOLD}, relevant: \"${{line}} = 'yes'\", seed: [S10]}}", ids=("S10",)) == []
