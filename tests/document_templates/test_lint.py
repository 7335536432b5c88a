"""The linter's findings: where, what, and what to do, without filling anything."""

from __future__ import annotations

import pytest

from document_templates import lint
from tests.document_templates import templates


def only(template: bytes) -> lint.Issue:
    issues = lint.lint(template)
    assert len(issues) == 1, issues
    return issues[0]


@pytest.mark.parametrize(
    ("body", "what", "what_to_do"),
    [
        pytest.param("Dear {{ institution.nmae }},", "unknown field “institution.nmae”", "Did you mean institution.name?", id="a typo in a field"),
        pytest.param("{{ institutoin.name }}", "unknown field “institutoin”", "Did you mean institution?", id="a typo at the beginning"),
        pytest.param("{{ chapter.hostin.title }}", "unknown field “chapter.hostin”", "Did you mean chapter.hosting?", id="a typo in a chapter"),
        pytest.param("{{ word.tabel }}", "unknown field “word.tabel”", "Did you mean word.table?", id="a typo in a word"),
        pytest.param("{{ institution.name.first }}", "“institution.name” is a text and has no field “first”", "Print it", id="a field of a text"),
        pytest.param("{{ branches.name }}", "“branches” is a list and has no field “name”", "loop over it", id="a field of a list"),
        pytest.param("{% for x in institution %}{{ x }}{% endfor %}", "“institution” is not a list", "needs a list", id="a loop over no list"),
        pytest.param("{% for b in branches %}{{ b.nam }}{% endfor %}", "unknown field “b.nam”", "Did you mean b.name?", id="a typo within a loop that may be empty"),
        pytest.param("{% for b in branches %}{{ loop.indx }}{% endfor %}", "a loop has no “indx”", "Did you mean index?", id="a typo in loop"),
        pytest.param("{% if institution.name %}x", "“{% if %}” is never closed", "Add {% endif %}", id="an open if"),
        pytest.param("x{% endfor %}", "“{% endfor %}” closes nothing", "Remove it", id="an end without beginning"),
        pytest.param("{% fro x in branches %}", "“{% fro %}” is not a tag", "Use if", id="a tag that is none"),
        pytest.param("{{ institution. }}", "the tag cannot be read", "Type the whole tag anew", id="half a tag"),
        pytest.param("{{ institution.name|uper }}", "the filter “uper” is not available", "Did you mean upper?", id="a typo in a filter"),
        pytest.param("{{ institution.name.upper() }}", "calling something is not available", "use a filter", id="a call"),
        pytest.param("{{ institution.__class__ }}", "“__class__” is not a field", "never available", id="an attribute of Python"),
        pytest.param("{{ 'x' * 9 }}", "multiplying is not available", "Print a field", id="multiplying"),
        pytest.param("{% for x in [1,2,3] %}{{ x }}{% endfor %}", "this loop does not run over a field", "Loop over", id="a loop over a literal"),
        pytest.param("{% for a in risks %}{% for b in risks %}{% for c in risks %}x{% endfor %}{% endfor %}{% endfor %}", "loops stand too deep", "Within two loops", id="loops that multiply"),
        pytest.param("{% cellbg risks %}", "“{% cellbg %}” is not available", "in Word", id="a tag that breaks the file"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_what_to_do(body, what, what_to_do):
    issue = only(templates.made(body))
    assert issue.part == "text"
    assert what in issue.what
    assert what_to_do in issue.what_to_do
    assert issue.text == body


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{% for b in branches %}{% for m in b.power_measures %}{{ m }}{% endfor %}{% endfor %}", id="a list of the loop around"),
        pytest.param("{% for c in chapter.hosting.answers %}{% for l in c.lists %}{% for r in l.rows %}{% for v in r %}{{ v }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}", id="deep, each within the last"),
        pytest.param("{% set s = schedule %}{{ s.verdict|upper }}", id="a name set"),
        pytest.param("{{ risks|length }} {{ (risks|first).what }}", id="filters"),
        pytest.param("{% if risks and not branches or institution.name == “X” %}y{% elif 1 < 2 %}n{% endif %}", id="smart quotes and conditions"),
    ],
)  # fmt: skip
def test_what_is_right_passes(body):
    assert lint.lint(templates.made(body)) == []


@pytest.mark.parametrize(("part", "name"), [("header", "header1"), ("title", "properties"), ("body", "text")])
def test_every_part_that_is_filled_is_checked(part, name):
    assert only(templates.made(**{part: "{{ nothing_such }}"})).part == name


def test_a_finding_is_one_line():
    issue = only(templates.made("Dear {{ institution.nmae }},"))
    assert str(issue) == (
        "text: unknown field “institution.nmae” (in “Dear {{ institution.nmae }},”). Did you mean institution.name?"
    )


def test_tags_in_footnotes_are_checked_and_in_comments_reported():
    xml = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{{{{ nothing_such }}}}</w:t></w:r></w:p></w:{0}>'
    footnotes = templates.with_part("word/footnotes.xml", xml.format("footnotes").encode())
    assert only(footnotes).what == "unknown field “nothing_such”"
    comments = templates.with_part("word/comments.xml", xml.format("comments").encode())
    assert "not filled" in only(comments).what


def test_a_damaged_part_is_named():
    assert only(templates.with_part("word/document.xml", b"<w:document")).what == "this part is damaged"
