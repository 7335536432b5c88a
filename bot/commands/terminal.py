"""Plays a section in the terminal: the same engine and the same words as in chat, with typed commands for buttons."""

from __future__ import annotations

import datetime as dt
import html
import pathlib
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import typer
import yaml

from bot import translations, views
from bot.asking import drawing
from bot.commands import files
from flows import engine, loading, nouns, shipped
from flows import words as wording

COMMANDS: Mapping[str, nouns.AnyEvent] = {
    ":back": nouns.Back(),
    ":skip": nouns.Skipped(),
    ":unknown": nouns.Unknown(),
    ":pause": nouns.Paused(),
    ":review": nouns.Reviewed(),
    ":done": nouns.Ticked(),
}
"""What may be typed for a button that every question has; `:done` also ends a list and hands in."""

DONE = (nouns.Ticked, nouns.Finished, nouns.Submitted)

_TAG = re.compile(r"<[^>]*>")


class Line(msgspec.Struct, frozen=True):
    """One line of the dialogue: what was typed, the event that it meant, and what was asked before it."""

    asked: str
    typed: str
    event: dict[str, Any]


class Player:
    """One respondent at a keyboard."""

    def __init__(self, flow: nouns.Flow, words: wording.Catalogue) -> None:
        self.flow = flow
        self.session = engine.start(flow)
        self.dialogue: list[Line] = []
        self.prompt = self._advance(nouns.Begin())
        self.page = 0
        self._words = words

    @property
    def is_over(self) -> bool:
        """Whether the section is handed in or paused."""
        return self.prompt.kind in ("submitted", "paused")

    def shown(self) -> str:
        """What stands, as text: the words of the chat, numbered buttons, and the commands that fit."""
        view = drawing.draw(self.prompt, self._words, page=self.page)
        numbered = [f"  {number}. {button.label}" for number, button in enumerate(self._numbered(), 1)]
        commands = " ".join(dict.fromkeys(filter(None, map(self._command, _buttons(view)))))
        return "\n".join(["", _plain(view.text), *numbered, commands])

    def take(self, typed: str) -> str:
        """Do what was typed; returns why not, where it is no command."""
        event: nouns.AnyEvent
        numbered = self._numbered()
        if typed.startswith(":"):
            if typed not in COMMANDS:
                return self._words.say("terminal.command", given=typed, commands=" ".join(COMMANDS))
            event = self._commanded(typed)
        elif typed.isdecimal() and 1 <= int(typed) <= len(numbered):
            match numbered[int(typed) - 1].action:
                case views.Pick(value=page):
                    self.page = int(page)
                    return ""
                case views.Answer(event=picked):
                    event = picked
                case action:
                    raise ValueError(action)
        else:
            event = nouns.Typed(typed)
        keeps_page = isinstance(event, nouns.Picked) and self.prompt.several
        self.page = event.page if isinstance(event, nouns.Reviewed) else self.page if keeps_page else 0
        self.dialogue.append(Line(self.prompt.key or self.prompt.kind, typed, msgspec.to_builtins(event)))
        self.prompt = self._advance(event)
        return ""

    def _advance(self, event: nouns.AnyEvent) -> nouns.Prompt:
        turn = engine.advance(self.flow, self.session, event, now=dt.datetime.now(dt.UTC), by="terminal")
        self.session = turn.session
        [prompt] = [effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show)]
        return prompt

    def _numbered(self) -> list[views.Button]:
        view = drawing.draw(self.prompt, self._words, page=self.page)
        return [button for button in _buttons(view) if not self._command(button) and not self._stays(button)]

    def _stays(self, button: views.Button) -> bool:
        """Whether a button does nothing here: the page that stands, and the sheet, which a terminal cannot send."""
        match button.action:
            case views.Pick(topic=topic, value=page):
                return topic != "choices" or int(page) == self.page
            case views.Answer(event=nouns.Reviewed(page=page)):
                return page == self.page
            case _:
                return False

    def _command(self, button: views.Button) -> str:
        """The command that stands for a button; empty for one that is numbered."""
        event = button.action.event if isinstance(button.action, views.Answer) else None
        if isinstance(event, DONE):
            return ":done"
        if isinstance(event, nouns.Reviewed) and self.prompt.kind == "review":
            return ""  # turns the pages of the list
        return next((command for command, meant in COMMANDS.items() if type(event) is type(meant)), "")

    def _commanded(self, command: str) -> nouns.AnyEvent:
        match command, self.prompt.kind:
            case ":done", "review":
                return nouns.Submitted()
            case ":done", "repeat":
                return nouns.Finished()
            case _:
                return COMMANDS[command]


def play(flow: str, *, repro: pathlib.Path | None = None, language: str = wording.BASE_LANGUAGE) -> None:
    """Play a shipped section or a flow file in a language until it is handed in, paused, or the input ends."""
    spoken = translations.spoken(language)
    words = wording.catalogue("bot", spoken)
    player = Player(shipped.in_language(find(flow), spoken), words)
    typer.echo(player.flow.about or player.flow.title)
    typer.echo(words.say("terminal.how", commands=" ".join(COMMANDS)))
    typer.echo(player.shown())
    for typed in _lines():
        refusal = player.take(typed)
        if player.is_over:
            break
        typer.echo(refusal or player.shown())
    typer.echo(words.say("terminal.handed_in" if player.prompt.kind == "submitted" else "terminal.stopped"))
    if repro is not None:
        files.write(repro, _dialogue(player))
        typer.echo(words.say("terminal.written", file=repro))


def find(flow: str) -> nouns.Flow:
    """A shipped section by its id, or the flow in a file; raises FileError or FlowErrors."""
    known = {section.id: section for section in shipped.assessment()}
    if flow in known:
        return known[flow]
    path = pathlib.Path(flow)
    if not path.suffix and not path.exists():
        raise files.FileError(
            f"There is no section '{flow}'. There are: {', '.join(known)}; or name a YAML file."
        )
    return loading.load(files.read(path).decode("utf-8", "replace"), file=flow)


def _lines() -> Iterator[str]:
    """What is typed, line by line, without the empty ones."""
    while True:
        typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            typer.echo()
            return
        if line.strip():
            yield line.strip()


def _buttons(view: views.View) -> Iterator[views.Button]:
    return (button for row in view.rows for button in row)


def _plain(text: str) -> str:
    """The words of our HTML; its tags are only bold, italic and underline."""
    return html.unescape(_TAG.sub("", text))


def _dialogue(player: Player) -> bytes:
    """The dialogue as YAML: which flow, what was typed and meant, and the answers at the end."""
    content = {
        "flow": player.flow.id,
        "version": player.flow.version,
        "steps": [msgspec.to_builtins(line) for line in player.dialogue],
        "ends": player.prompt.kind,
        "answers": {key: msgspec.to_builtins(answer.value) for key, answer in player.session.answers.items()},
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110).encode()
