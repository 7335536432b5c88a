"""A section played in the terminal: what is printed, what may be typed, and the dialogue that is written."""

from __future__ import annotations

import datetime as dt
import pathlib
import textwrap

import msgspec
import pytest
import yaml
from typer import testing

from bot import cli, translations
from bot.commands import files, terminal
from flows import engine, errors, nouns, shipped

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

FLOW = """\
flow: trial
version: "1"
title: Trial
about: A flow for this test.
choices:
  fuel:
    - {name: diesel, label: Diesel & petrol}
    - {name: sun, label: Sun}
  town:
TOWNS
survey:
  - {type: text, name: called, label: What is it called?, hint: Its usual name., required: "yes"}
  - {type: integer, name: staff, label: How many people work there?, unit: people}
  - {type: select_one fuel, name: fuel, label: What does it burn?}
  - {type: select_multiple fuel, name: spare, label: What is kept as a spare?}
  - {type: select_one town, name: town, label: Which town?}
  - type: repeat
    name: lines
    label: Line
    children:
      - {type: text, name: provider, label: Who provides it?}
"""


@pytest.fixture
def flow(tmp_path: pathlib.Path) -> pathlib.Path:
    towns = "\n".join(f"    - {{name: t{number}, label: Town {number}}}" for number in range(1, 31))
    path = tmp_path / "trial.yaml"
    path.write_text(FLOW.replace("TOWNS", towns))
    return path


def played(
    flow: pathlib.Path | str, *typed: str, repro: pathlib.Path | None = None, language: str = ""
) -> str:
    """What the terminal shows while this is typed, line by line."""
    arguments = ["try", str(flow), *(["--repro", str(repro)] if repro else [])]
    arguments += ["--language", language] if language else []
    result = testing.CliRunner().invoke(cli.app, arguments, input="\n".join([*typed, ""]))
    if result.exception is not None:
        raise result.exception
    return result.output


def test_a_list_offers_no_sheet_that_a_terminal_cannot_send(flow: pathlib.Path) -> None:
    output = played(flow, "Depot", *[":skip"] * 4)
    assert "+ Add Line" in output
    assert "Fill in Excel" not in output


def test_the_first_prompt_tells_what_it_asks_and_how_to_go_on(flow: pathlib.Path) -> None:
    output = played(flow)
    assert "A flow for this test." in output
    assert "Trial · 1 of 7" in output
    assert "What is it called?\nIts usual name." in output
    assert all(command in output for command in terminal.COMMANDS)
    assert output.rstrip().endswith("Stopped. Nothing of this is kept."), "the input ended"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param(["Depot"], "How many people work there?", id="words are an answer"),
        pytest.param(
            ["Depot", "12"], "1. Diesel & petrol", id="a number is an answer where nothing is chosen"
        ),
        pytest.param(["Depot", "many"], "I could not read “many” as a number", id="a problem in plain words"),
        pytest.param(["Depot", ":skip"], "What does it burn?", id="skip"),
        pytest.param(["Depot", ":unknown"], "What does it burn?", id="nobody knows"),
        pytest.param(["Depot", ":back"], "Now: Depot", id="back shows the answer"),
        pytest.param(["Depot", ":done"], "How many people work there?", id="done where nothing is ticked"),
        pytest.param(["Depot", "3", "1"], "What is kept as a spare?", id="the number of a choice"),
        pytest.param(["Depot", "3", "sun"], "What is kept as a spare?", id="the words of a choice"),
        pytest.param(["Depot", "3", "1", "2"], "2. ☑ Sun", id="a tick"),
        pytest.param(["Depot", "3", "1", "2", ":done"], "Which town?", id="ticks are done"),
        pytest.param(
            ["Depot", "3", "1", ":skip", "13"],
            "12. Town 24\n  13. ‹ Earlier\n  14. More ›",
            id="another page of a long list",
        ),
        pytest.param(["Depot", ":review"], "1. What is it called? Depot", id="the list of answers"),
        pytest.param(["Depot", ":review", "1", "Shed"], "1. What is it called? Shed", id="a change"),
        pytest.param(["Depot", ":pause"], "Stopped.", id="pause ends it"),
        pytest.param([":fly"], "There is no command :fly", id="no such command"),
        pytest.param([":skip"], "This one is needed", id="what is required cannot be skipped"),
        pytest.param(["", "   ", "Depot"], "How many people work there?", id="empty lines are nothing"),
    ],
)
def test_what_is_typed_is_done(flow: pathlib.Path, typed: list[str], shown: str) -> None:
    last = played(flow, *typed).split("> ")[len([line for line in typed if line.strip()]) :]
    assert shown in "".join(last)


def test_a_list_is_filled_and_the_section_handed_in(flow: pathlib.Path) -> None:
    output = played(flow, "Depot", ":skip", ":skip", ":skip", ":skip", "1", "Safaricom", ":done", ":done")
    assert "1. Safaricom" in output
    assert output.rstrip().endswith("Handed in.")


def test_no_tag_reaches_the_terminal(flow: pathlib.Path) -> None:
    output = played(flow, "<b>&amp;", ":review")
    assert "1. What is it called? <b>&amp;" in output, "the respondent's own words stay as they are"
    assert "<b>What" not in output
    assert "Diesel &amp;" not in output


def test_the_dialogue_plays_again_to_the_same_answers(flow: pathlib.Path, tmp_path: pathlib.Path) -> None:
    repro = tmp_path / "dialogue.yaml"
    played(flow, "Depot", "about 12", "2", "1", ":done", ":review", ":done", repro=repro)
    written = yaml.safe_load(repro.read_text("utf-8"))
    assert written["flow"] == "trial"
    assert [step["typed"] for step in written["steps"]][:2] == ["Depot", "about 12"]
    assert written["steps"][1]["asked"] == "staff"
    assert written["ends"] == "submitted"
    again = terminal.find(str(flow))
    session = engine.advance(again, engine.start(again), nouns.Begin(), now=NOW).session
    for step in written["steps"]:
        event = msgspec.convert(step["event"], nouns.AnyEvent)
        session = engine.advance(again, session, event, now=NOW).session
    assert written["answers"] == {key: answer.value for key, answer in session.answers.items()}
    assert written["answers"]["staff"] == 12


@pytest.mark.parametrize("section", [flow.id for flow in shipped.assessment()])
def test_every_shipped_section_can_be_played(section: str) -> None:
    output = played(section, *[":unknown"] * 3, ":review")
    assert "check your answers" in output


@pytest.mark.parametrize("language", ["fr", "fr-SN"])
def test_a_section_is_played_in_another_language(language: str) -> None:
    output = played("it_hosting", "environ 5 400", "beaucoup", language=language)
    assert "Combien de clients actifs toute l'institution a-t-elle ?" in output
    assert "De combien de pour cent le nombre de clients augmentera-t-il par an ?" in output
    assert "Je n'ai pas pu lire « beaucoup » comme un nombre." in output
    assert output.rstrip().endswith("Arrêté. Rien n'en est gardé.")


def test_a_language_that_is_none_is_said_in_a_sentence(flow: pathlib.Path) -> None:
    with pytest.raises(translations.LanguageError, match="'xx' is no language; write its code, as fr or sw"):
        played(flow, language="xx")


def test_what_cannot_be_played_is_said_in_a_sentence(tmp_path: pathlib.Path) -> None:
    with pytest.raises(files.FileError, match=r"There is no section 'branch_ofice'.*branch_office"):
        played("branch_ofice")
    with pytest.raises(files.FileError, match="cannot be read"):
        played(tmp_path / "missing.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text(textwrap.dedent("flow: x\ntitle: X\nsurvey:\n  - {type: txt, name: a, label: A}\n"))
    with pytest.raises(errors.FlowErrors, match=r"broken\.yaml:4: There is no type `txt`"):
        played(broken)
