"""The pages of `docs/reference/`, generated so that they cannot drift: `python -m bot.reference` writes them."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import typer.main

from bot import cli, reference_fields, reference_questions, routing, settings
from flows import lifecycles, nouns, shipped
from flows import words as wording
from planning import nouns as plan_nouns
from planning import outline
from planning import words as plan_words

FOLDER = pathlib.Path(__file__).parent.parent / "docs" / "reference"

FRAMEWORK = (*(f"S{number:02}" for number in range(1, 45)), *(f"X{number:02}" for number in range(1, 9)))
"""Ids of what a deployment involves: S from the Mifos community's framework, X what it lacks."""

GENERATED = "<!-- Written by `python -m bot.reference`; change what it is made from, not this page. -->"


def fields_page() -> str:
    """The page of a template's fields."""
    return _page("Fields of templates", *reference_fields.parts(_table))


def pages() -> Mapping[str, str]:
    """The text of every page by its file name."""
    return {
        "settings.md": _settings(),
        "commands.md": _commands(),
        "lifecycles.md": _lifecycles(),
        "coverage.md": _coverage(),
        "template-fields.md": fields_page(),
        "questions.md": _page("Questions", *reference_questions.parts(_table)),
    }


def write(folder: pathlib.Path = FOLDER) -> None:
    """Write every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", GENERATED, *parts]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


# --- settings --------------------------------------------------------------------------------------


def _settings() -> str:
    meanings = settings.meanings()
    rows = [
        (
            f"`{settings.PREFIX}{field.name.upper()}`",
            meanings[field.name],
            _default(field),
        )
        for field in msgspec.structs.fields(settings.Settings)
    ]
    return _page(
        "Settings",
        "The bot reads them from its environment, then from a file `.env` in the working directory.\n"
        "`groundwork doctor` checks them.",
        _table(("Setting", "Meaning", "If not set"), rows),
        f"Without `{settings.PREFIX}DATABASE_URL` the database is the file `groundwork.db` in the data folder.\n"
        f"Without `{settings.PREFIX}DATA_KEY_FILE` the key lies beside the data folder, under its name with `.key`.",
    )


def _default(field: msgspec.structs.FieldInfo) -> str:
    return f"`{field.default}`" if field.default not in ("", None, ()) else ""


# --- commands --------------------------------------------------------------------------------------


def _commands() -> str:
    words = wording.catalogue("bot", wording.BASE_LANGUAGE)
    chat = [(f"`/{name}`", _chat(name, words)) for name in routing.COMMANDS]
    parts = ["## In chat", _table(("Command", "Does"), chat), "## On the command line"]
    for name, command in _command_line(typer.main.get_command(cli.app), "groundwork"):
        parts.append(f"### `{' '.join([name, *_arguments(command)])}`")
        parts.append(command.help)
        options = [_option(option) for option in command.params if option.param_type_name == "option"]
        if options:
            parts.append(_table(("Option", "Meaning", "If not given"), options))
    return _page("Commands", *parts)


def _chat(name: str, words: wording.Catalogue) -> str:
    if f"command.{name}" in words:
        return words.say(f"command.{name}")
    same = next(
        other
        for other, handler in routing.COMMANDS.items()
        if handler is routing.COMMANDS[name] and f"command.{other}" in words
    )
    return f"the same as `/{same}`"


def _command_line(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with its full name. Typer's commands are click's, whose types it does not tell."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part, inner in command.commands.items():
        yield from _command_line(inner, f"{name} {part}")


def _arguments(command: Any) -> list[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    return [_argument(one) for one in arguments]


def _argument(argument: Any) -> str:
    name = argument.name.upper() + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.required:
        return names, option.help, "must be given"
    if option.is_flag:
        return names, option.help, "yes" if option.default else "no"
    return names, option.help, "" if option.default is None else f"`{option.default}`"


# --- lifecycles ------------------------------------------------------------------------------------


def _lifecycles() -> str:
    parts = ["Which state may follow which, as `flows/lifecycles.py` defines it."]
    for kind in lifecycles.STATES:
        parts += [f"## The {kind}", f"```mermaid\n{lifecycles.diagram(kind)}```"]
    return _page("Lifecycles", *parts)


# --- coverage --------------------------------------------------------------------------------------


def _coverage() -> str:
    rows = [(seed, _asked(seed), _placed(seed)) for seed in FRAMEWORK]
    return _page(
        "Coverage",
        "What the framework “What will a Mifos deployment involve?” wants to know, by its ids S01 to S44;\n"
        "X01 to X08 are what comparable guides have and the framework lacks.",
        _table(("Id", "Asked in (section: questions)", "Answered in the plan's chapter"), rows),
    )


def asked(seed: str) -> Mapping[str, tuple[str, ...]]:
    """The questions that serve an id of the framework: section id -> paths, in the assessment's order."""
    found = {flow.id: tuple(_seeded(flow.children, seed)) for flow in shipped.assessment()}
    return {flow: paths for flow, paths in found.items() if paths}


def _seeded(items: Sequence[nouns.Item], seed: str) -> Iterator[str]:
    for item in items:
        if not isinstance(item, nouns.Group) and seed in item.seed:
            yield item.path
        if not isinstance(item, nouns.Question):
            yield from _seeded(item.children, seed)


def _asked(seed: str) -> str:
    files = {flow.id: flow.file for flow in shipped.assessment()}
    sections = [
        f"[{flow}](../../flows/{files[flow]}): {', '.join(f'`{path}`' for path in paths)}"
        for flow, paths in asked(seed).items()
    ]
    return "<br>".join(sections)


def _placed(seed: str) -> str:
    chapter = outline.place_of(seed)
    return f"{chapter.number} {plan_words.say(plan_nouns.Text(f'chapter.{chapter.key}'))}"


if __name__ == "__main__":
    write()
