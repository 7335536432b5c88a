"""What looks as if it told who a client is, is asked back and hidden."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import book, nouns, private
from tests.flows import playing

SAMPLES = pathlib.Path(__file__).parents[2] / "flows" / "samples"

FLOW = """
survey:
  - {type: text, name: reason, label: Why?}
  - {type: text, name: last, label: Anything else?}
"""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("call 0712 345 678", "call ••••••••78", id="a phone number as people write it"),
        pytest.param("+254712345678", "••••••••••78", id="with its country"),
        pytest.param("(020) 123-4567 now", "••••••••67 now", id="with brackets and a dash"),
        pytest.param("A/c 01-234-5678901", "A/c ••••••••••01", id="an account"),
        pytest.param("ID 23456781", "ID ••••••81", id="an identity number"),
        pytest.param("passport BN1234567.", "passport •••••67.", id="a passport"),
        pytest.param("4111 1111 1111 1111", "••••••••••••••11", id="a card"),
        pytest.param("٠٧١٢٣٤٥٦٧٨", "••••••••٧٨", id="in Arabic digits"),
        pytest.param("client John Otieno never paid", "client J. O. never paid", id="a name in English"),
        pytest.param("la socia María Pérez Ruiz", "la socia M. P. R.", id="a name in Spanish"),
        pytest.param("le membre Mme Awa Diop", "le membre M. A. D.", id="a name in French"),
        pytest.param("mteja Amina Hassan", "mteja A. H.", id="a name in Swahili"),
    ],
)  # fmt: skip
def test_what_leads_to_a_client_is_hidden(written: str, kept: str) -> None:
    assert private.hidden(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("about 1 250 000 shillings", id="an amount in groups"),
        pytest.param("1,250,000.50", id="an amount with cents"),
        pytest.param("15000000 in all", id="a round amount"),
        pytest.param("since 2026-11-26", id="a day"),
        pytest.param("26.11.2026, 31/12/2026", id="days"),
        pytest.param("2012-2026", id="years"),
        pytest.param("08.00-16.30", id="hours"),
        pytest.param("router at 192.168.100.20", id="an address"),
        pytest.param("-1.2920659, 36.8219462", id="a place"),
        pytest.param("rooms 12, 14, 16, 18", id="several numbers"),
        pytest.param("40000 rows, 12 sheets", id="small numbers"),
        pytest.param("client data and Member Register", id="no name"),
        pytest.param("The client John", id="one word is no name yet"),
        pytest.param("Form F-12/2020 rev 3", id="a form"),
    ],
)
def test_what_branches_say_stays(written: str) -> None:
    assert private.hidden(written) == written


@given(st.text(max_size=200))
def test_what_is_hidden_stays_hidden_and_nothing_breaks(words: str) -> None:
    once = private.hidden(words)
    assert private.hidden(once) == once


def test_no_sample_is_asked_back() -> None:
    for path in SAMPLES.glob("*.answers.json"):
        for section in book.decode(path.read_bytes()).sections:
            for key, answer in section.answers.items():
                if isinstance(answer.value, str):
                    assert private.hidden(answer.value) == answer.value, key


def test_the_hidden_words_are_proposed_and_kept() -> None:
    player = playing.begun(FLOW)
    prompt = player.do("ask 0712345678")
    assert (prompt.kind, prompt.hidden, prompt.proposed) == ("confirm", True, "ask ••••••••78")
    assert player.session.answers == {}
    assert player.do(nouns.Confirmed(True)).key == "last"
    assert player.value("reason") == "ask ••••••••78"
    assert player.session.written is None


def test_whoever_knows_better_keeps_what_was_written() -> None:
    player = playing.begun(FLOW)
    player.do("help desk 0712345678")
    assert player.do(nouns.AsWritten()).key == "last"
    assert player.value("reason") == "help desk 0712345678"
    assert (player.session.written, player.session.proposed) == (None, None)


@pytest.mark.parametrize("then", [nouns.Confirmed(False), nouns.Back(), "no"])
def test_no_leads_back_to_the_question_and_forgets_the_words(then: nouns.AnyEvent | str) -> None:
    player = playing.begun(FLOW)
    player.do("ask 0712345678")
    prompt = player.do(then)
    assert (prompt.kind, prompt.key, player.session.answers) == ("question", "reason", {})
    assert "0712345678" not in repr(player.session)


def test_other_words_in_place_of_a_decision_are_the_answer() -> None:
    player = playing.begun(FLOW)
    assert player.do("ask 0712345678", "ask the branch").key == "last"
    assert player.value("reason") == "ask the branch"
    assert "0712345678" not in repr(player.session)


def test_it_survives_a_pause() -> None:
    player = playing.begun(FLOW)
    player.do("ask 0712345678", nouns.Paused())
    prompt = player.do(nouns.Begin())
    assert (prompt.kind, prompt.hidden) == ("confirm", True)
    assert player.do(nouns.AsWritten()).key == "last"


def test_nothing_waits_for_it_elsewhere() -> None:
    player = playing.begun(FLOW)
    prompt = player.do(nouns.AsWritten())
    assert prompt.problem is not None
    assert prompt.problem.code == "stale"
