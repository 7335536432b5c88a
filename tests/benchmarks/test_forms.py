"""The forms that are measured are what is said of them; their times are nobody's test."""

from __future__ import annotations

import pytest

from benchmarks import forms, made_forms, webforms
from flows import form, nouns, xforms


@pytest.mark.parametrize("nodes", [90, 300])
def test_a_third_of_the_nodes_are_calculations_and_answers_have_equally_many_dependants(nodes: int) -> None:
    made = form.of(xforms.load(made_forms.made(nodes)))
    computed = [place for place in made.by_path.values() if "calculation" in place.formulas]
    asked = [place for place in made.by_path.values() if place.kind == "integer"]
    assert (len(computed), len(asked)) == (nodes // 3, nodes * 2 // 3)
    answered = {made.by_path[path] for path, _ in made_forms.answers(nodes, 20)}
    assert {sum(place in one.formulas["calculation"].behind for one in computed) for place in answered} == {2}


def test_every_answer_differs_from_the_one_before_it() -> None:
    assert len({number for _, number in made_forms.answers(300, 50)}) == 50


def test_answers_are_followed_by_what_depends_on_them() -> None:
    living = forms._living(made_forms.made(90))
    for path, number in (("g0/n0", 3), ("g0/n1", 4)):
        living.answer(forms._question(living, path), nouns.Answer(number))
    assert forms._question(living, "g0/n2").text == "10"


def test_without_node_the_peer_is_missing_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(webforms.Missing, match="Node is not installed"):
        webforms.Peer().run("", [])
