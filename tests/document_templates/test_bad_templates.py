"""The corpus of bad templates: each is refused with the sentence that a consultant needs, and said once."""

from __future__ import annotations

import pytest

from document_templates import lint, rendering
from tests.document_templates import bad_templates

CORPUS = [pytest.param(bad.make, bad.said, id=bad.name) for bad in bad_templates.ALL]


def test_the_corpus_is_as_large_as_promised():
    assert len({bad.name for bad in bad_templates.ALL}) == len(bad_templates.ALL) >= 60


@pytest.mark.parametrize(("make", "said"), CORPUS)
def test_a_bad_template_is_refused_with_its_sentence(make, said):
    assert [finding.say() for finding in lint.lint(make())] == [said]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(bad, id=bad.name)
        for bad in (*bad_templates.CODE[:4], bad_templates.HOGS[0], *bad_templates.FILES[6:8])
    ],
)
async def test_the_process_of_its_own_says_the_same(bad):
    assert bad.said in [finding.say() for finding in await rendering.check(bad.make())]
