"""What the linter lets pass, what it heals, and how it says a finding; the corpus of bad templates has what it refuses."""

from __future__ import annotations

import pytest

from document_templates import findings, lint, rendering
from flows import words
from tests.document_templates import templates


def said(template: bytes) -> list[str]:
    return [finding.say() for finding in lint.lint(template)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{% for b in branches %}{% for m in b.power_measures %}{{ m }}{% endfor %}{% endfor %}", id="a list of the loop around"),
        pytest.param("{% for c in chapter.hosting.answers %}{% for l in c.lists %}{% for r in l.rows %}{% for v in r %}{{ v }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}", id="deep, each within the last"),
        pytest.param("{% set s = schedule %}{{ s.verdict|upper }}", id="a name set"),
        pytest.param("{{ risks|length }} {{ (risks|first).what }}", id="filters"),
        pytest.param("{% if risks and not branches or institution.name == 'X' %}y{% elif 1 < 2 %}n{% endif %}", id="conditions"),
        pytest.param("“{{ institution.name }}” is a « text »{# “so” #}", id="smart quotes beside the tags"),
        pytest.param("{%p for b in branches %}\n{{ b.name }}\n{%p endfor %}", id="paragraphs in a loop"),
        pytest.param("{# a remark with {{ nothing }} #}{{ institution.name }}", id="a remark"),
        pytest.param("a } b { c {x} %", id="single braces in a sentence"),
        pytest.param("See {annex.three} of {our.file}.", id="single braces around words of one's own"),
    ],
)  # fmt: skip
def test_what_is_right_passes(body):
    assert said(templates.made(body)) == []


def test_our_own_template_passes():
    assert said(rendering.STANDARD_TEMPLATE.read_bytes()) == []


def test_a_row_may_be_repeated():
    row = ("{%tr for r in risks %}", "{{ r.what }}", "{%tr endfor %}")
    assert said(templates.made(row=row)) == []


def test_every_mistake_is_said_once_and_all_of_them():
    found = said(
        templates.made(
            "{{ institution.nmae }}\n{% if risks %}\n{{ institution. }}\n{{ institution.nmae }}",
            header="{{ zzz }}",
        )
    )
    assert [one.partition(":")[0] for one in found] == [
        "Text, in “{{ institution.nmae }}”", "Text, in “{% if risks %}”", "Text, in “{{ institution. }}”",
        "Header, in “{{ zzz }}”",
    ]  # fmt: skip


def test_an_opening_that_cannot_be_read_hides_nothing_behind_it():
    found = said(
        templates.made("{% for b of branches %}{{ b.anything }}{{ loop.index }}{{ riskss }}{% endfor %}")
    )
    assert len(found) == 2
    assert "cannot be read" in found[0]
    assert "Did you mean risks?" in found[1]


def test_findings_are_capped():
    body = "\n".join(f"{{{{ nothing_{number} }}}}" for number in range(findings.MOST + 20))
    assert len(said(templates.made(body))) == findings.MOST


def test_a_long_sentence_is_cut():
    (one,) = lint.lint(templates.made("x" * 300 + "{{ zzz }}"))
    assert len(one.text) == findings.LONGEST_TEXT
    assert one.text.endswith("…")


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        pytest.param(
            "mfi.nmae", "there is no field mfi.nmae. Did you mean institution.name?", id="a typo too"
        ),
        pytest.param(
            "mfi.name", "there is no field mfi.name. Did you mean institution.name?", id="field's words"
        ),
        pytest.param("instituton.name", "there is no field instituton. Did you mean institution?", id="near"),
        pytest.param("zzz.qqqq", "there is no field zzz. See the list of fields.", id="nothing near"),
    ],
)
def test_an_unknown_first_word_is_told_with_what_was_meant(tag, said):
    (one,) = lint.lint(templates.made(f"Dear {{{{ {tag} }}}},"))
    assert one.say().endswith(said)


@pytest.mark.parametrize("language", ["fr", "es", "sw"])
def test_a_finding_is_said_in_the_language_of_who_sent_it(language):
    (one,) = lint.lint(templates.made("Dear {{ institution.nmae }},"))
    assert "institution.name" in one.say(language)
    assert one.say(language) != one.say()
    assert words.catalogue("document_templates", language).say("place.text") != "text"
