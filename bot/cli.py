"""The command line: each command imports only what it needs, so that `--help` is quick."""

from __future__ import annotations

import pathlib
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

import typer

app = typer.Typer(
    name="groundwork",
    help="Finds out in chat what a Mifos deployment will involve, and writes the plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, without loading what colours it
)
template_app = typer.Typer(help="Word templates: build ours, check yours.", no_args_is_help=True)
app.add_typer(template_app, name="template")
key_app = typer.Typer(
    help="The key that seals what is kept: a new one, and the end of old ones.", no_args_is_help=True
)
app.add_typer(key_app, name="key")

T = TypeVar("T")

WRONG = 1
"""Exit code where the input, a setting or the surroundings are wrong; the reason is one sentence on stderr."""

MAX_PORT = 65_535
"""TCP counts ports in sixteen bits."""


def main() -> None:
    """Run a command; what a person can mend is said in one sentence, never as a traceback."""
    try:
        app()
    except Exception as problem:
        from bot import complaints

        if not isinstance(problem, complaints.known()):
            raise
        typer.echo(str(problem), err=True)
        raise SystemExit(WRONG) from None


def _run(work: Coroutine[Any, Any, T]) -> T:
    import asyncio  # half of what `--help` would load

    return asyncio.run(work)


@app.command()
def run(
    webhook: Annotated[bool, typer.Option(help="Let Telegram call us instead of polling.")] = False,
) -> None:
    """Run the bot on Telegram (or on the Bot API server that the settings name)."""
    from bot import application, settings
    from bot.operations import logs, warming
    from storage import preparing

    given = settings.read()
    settings.need_token(given)
    logs.set_up()
    preparing.prepare(given.database, given.key_file)
    service = application.Service(given)
    warming.up()
    _run(service.run(webhooks=webhook))


@app.command()
def health() -> None:
    """Ask the running bot whether it is well: 0 when it is, 1 with a sentence when not; for health checks."""
    from bot import settings
    from bot.operations import health as checks

    if trouble := _run(checks.ask(settings.read())):
        typer.echo(trouble, err=True)
        raise SystemExit(WRONG)


@app.command()
def practice(
    port: Annotated[
        int, typer.Option(min=0, max=MAX_PORT, help="Port on 127.0.0.1; 0 takes any free one.")
    ] = 8081,
    data: Annotated[pathlib.Path | None, typer.Option(help="Folder that remembers the chats.")] = None,
    clock_file: Annotated[
        pathlib.Path | None, typer.Option(help="File to write the jumped seconds into.")
    ] = None,
) -> None:
    """Run the local Telegram alone: Bot API, files and a chat page."""
    from bot.practice import server

    server.run(
        port,
        data_dir=data,
        clock_file=clock_file,
        ready=lambda url: typer.echo(f"The local Telegram is at {url} (stop with Ctrl-C)."),
    )


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=MAX_PORT, help="Port of the chat page; 0 takes any free one.")
    ] = 8080,
    data: Annotated[pathlib.Path, typer.Option(help="Folder for the demo's data.")] = pathlib.Path(
        "demo-data"
    ),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: forget the demo's data.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the chat page in the browser.")] = True,
    play: Annotated[
        pathlib.Path | None, typer.Option(help="Play a recorded conversation, report, and exit.")
    ] = None,
) -> None:
    """Run the real bot against the local Telegram with a sample institution; no token, no server."""
    if play is not None:
        from bot.rehearsal import playing

        raise SystemExit(_run(playing.play(play)))
    from bot.rehearsal import demo as demonstration

    _run(demonstration.run(port, data, fresh=fresh, browser=browser))


@app.command()
def plan(
    answers: Annotated[
        pathlib.Path, typer.Argument(help="An answers file, as `groundwork export` writes it.")
    ],
    output: Annotated[
        pathlib.Path,
        typer.Option(
            "-o",
            "--output",
            help="The file to write: .docx for Word, .pdf, .xlsx for the annex, .json; .xml or .ics for the dates alone.",
        ),
    ],
    template: Annotated[pathlib.Path | None, typer.Option(help="Your own Word template.")] = None,
    language: Annotated[str, typer.Option(help="Language of the plan.")] = "en",
    prove: Annotated[
        bool, typer.Option(help="Look a few seconds for proof that no schedule ends earlier.")
    ] = True,
) -> None:
    """Make the plan of an answers file, without any chat: Word, PDF, an annex for Excel, JSON with every figure's trace, or the dates alone."""
    from bot.commands import files

    files.write_plan(answers, output, template=template, language=language, prove=prove)
    typer.echo(f"Written: {output}")


@app.command("what-if")
def what_if(
    answers: Annotated[
        pathlib.Path, typer.Argument(help="An answers file, as `groundwork export` writes it.")
    ],
    changes: Annotated[str, typer.Argument(help='As "start 1 March, without branch Lodwar, inflation 8".')],
    language: Annotated[str, typer.Option(help="Language of the comparison.")] = "en",
) -> None:
    """Plan anew with something changed, and put it beside the plan as it stands."""
    from bot.commands import files

    files.what_if(answers, changes, language=language)


@app.command()
def why(
    answers: Annotated[
        pathlib.Path, typer.Argument(help="An answers file, as `groundwork export` writes it.")
    ],
    number: Annotated[
        str, typer.Argument(help="A figure's number as the plan prints it, as 6.2; or a chapter's.")
    ] = "",
    language: Annotated[str, typer.Option(help="Language of the trace.")] = "en",
) -> None:
    """Say where a figure of the plan comes from: formula, answers, numbers assumed, what it waits for."""
    from bot.commands import files

    files.why(answers, number, language=language)


@app.command()
def export(
    assessment: Annotated[str, typer.Argument(help="The assessment's id or the institution's name.")],
    output: Annotated[
        pathlib.Path,
        typer.Option(
            "-o", "--output", help=".json for `plan`; .xlsx with a sheet a table; .csv with a file a table."
        ),
    ],
    labels: Annotated[
        bool, typer.Option("--labels", help="In tables: the words of choices, not their names.")
    ] = False,
    split: Annotated[
        bool, typer.Option("--split", help="In tables: a column for each choice of several.")
    ] = False,
) -> None:
    """Write an assessment's answers to a file, or as tables in the manner of ODK Central."""
    from bot import settings
    from bot.commands import files
    from flows import responses

    async def work() -> None:
        how = responses.Wanted(labels=labels, split=split)
        for path in await files.export(settings.read(), assessment, output, how):
            typer.echo(f"Written: {path}")

    _run(work())


@app.command()
def schedule(
    project: Annotated[pathlib.Path, typer.Argument(help="The project file: JSON, or .sm of PSPLIB.")],
    method: Annotated[str, typer.Option(help="fast, or optimal: with proof, within ten seconds")] = "fast",
    output: Annotated[
        pathlib.Path | None,
        typer.Option("-o", "--output", help="Where to write the dates; stdout if not given."),
    ] = None,
) -> None:
    """Give every task of a project its dates."""
    from bot.commands import files

    files.write_schedule(project, method, output)


@app.command()
def lint(
    flows: Annotated[
        list[pathlib.Path] | None, typer.Argument(help="Flow files; the shipped assessment if none is given.")
    ] = None,
) -> None:
    """Check flow files: file, line, what is wrong, what to do."""
    from bot.commands import files

    raise SystemExit(files.lint(flows or []))


@app.command("import")
def import_(
    form: Annotated[
        pathlib.Path,
        typer.Argument(
            help="An XLSForm (.xlsx, .xls, .csv or .md) or XForm (.xml), with its files of data beside it."
        ),
    ],
    output: Annotated[pathlib.Path, typer.Option("-o", "--output", help="The flow file to write (.yaml).")],
) -> None:
    """Take in a form of ODK or KoboToolbox, and say what chat does differently."""
    from bot.commands import forms

    forms.import_form(form, output)


@app.command()
def export_form(
    flow: Annotated[str, typer.Argument(help="A flow file, or the id of a shipped section.")],
    output: Annotated[pathlib.Path, typer.Option("-o", "--output", help="The XLSForm to write (.xlsx).")],
) -> None:
    """Write a flow as an XLSForm for ODK or KoboToolbox."""
    from bot.commands import forms

    forms.export_form(flow, output)


@app.command()
def words(
    languages: Annotated[
        list[str] | None, typer.Argument(help="Codes of languages, as fr; one not there yet is begun.")
    ] = None,
) -> None:
    """Bring the translations up to date with the English: new sentences empty, changed ones marked."""
    from bot import translations

    for changed in translations.update(languages or []):
        typer.echo(changed)


@app.command("try")
def try_(
    flow: Annotated[str, typer.Argument(help="A flow file, or the id of a shipped section.")],
    repro: Annotated[
        pathlib.Path | None, typer.Option(help="Write the dialogue to this file (YAML) at the end.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language in which it is asked.")] = "en",
) -> None:
    """Play a section in the terminal."""
    from bot.commands import terminal

    terminal.play(flow, repro=repro, language=language)


@app.command()
def backup(output: Annotated[pathlib.Path, typer.Argument(help="The file to write.")]) -> None:
    """Copy the database to a file while the bot runs, and check the copy."""
    from bot import settings
    from storage import backup as storage_backup
    from storage import files, sealing

    given = settings.read()
    seal = sealing.Seal(*sealing.load_keys(given.key_file)) if files.exists(given.key_file) else None
    _run(storage_backup.backup(given.database, output, seal))
    if seal is None:
        typer.echo(
            f"The key file {given.key_file} is missing, so nobody could see whether the copy opens.", err=True
        )
    typer.echo(f"Backed up to {output}. Keep the key file elsewhere: without it a backup cannot be read.")


@app.command()
def restore(source: Annotated[pathlib.Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Put a backup in the place of the database, or into an empty PostgreSQL database; stop the bot first."""
    from bot import settings
    from storage import backup as storage_backup
    from storage import sealing

    given = settings.read()
    seal = sealing.Seal(*sealing.load_keys(given.key_file))
    aside = _run(storage_backup.restore(source, given.database, seal))
    typer.echo(f"Restored from {source}.")
    if aside:
        typer.echo(f"What was there is now {aside}; delete it when nobody needs it any more.")


@app.command()
def migrate(
    source: Annotated[str, typer.Option("--from", help="The database to move, as GROUNDWORK_DATABASE_URL.")],
    target: Annotated[str, typer.Option("--to", help="An empty database; a SQLite file is made.")],
) -> None:
    """Move everything from one database to another, as from SQLite to PostgreSQL or back; stop the bot first."""
    from storage import moving

    async def work() -> None:
        moved = await moving.move(source, target)
        typer.echo(f"Moved {moved.rows} rows, compared by SHA-256 {moved.digest}.")
        typer.echo("Set GROUNDWORK_DATABASE_URL to the new database and keep the key file: it opens both.")

    _run(work())


@app.command()
def audit(
    institution: Annotated[str, typer.Argument(help="Id of an assessment, or the institution's name.")],
    head: Annotated[
        str, typer.Option(help="A head that was told in chat, to see that nothing after it is gone.")
    ] = "",
) -> None:
    """Print an assessment's record of deeds, and check that no line of it was changed, moved or taken out."""
    from bot import settings
    from bot.commands import deeds

    _run(deeds.audit(settings.read(), institution, head))


@app.command()
def erase(
    user: Annotated[
        str, typer.Argument(help="The person's number in Telegram, or their name as the bot knows it.")
    ],
) -> None:
    """Erase somebody as their own /forget would: their answers stay without a name, their open work is handed on."""
    from bot import settings
    from bot.commands import erasing

    _run(erasing.erase(settings.read(), user))


@app.command()
def doctor() -> None:
    """Check token, Bot API, database, key, clock, templates and flows; say what to do."""
    from bot.commands import doctor as checks

    raise SystemExit(_run(checks.run()))


@app.command("rotate-key")
@key_app.command("rotate")
def key_rotate() -> None:
    """Seal everything kept with a new key; stop the bot first. The old key stays in the file for the backups."""
    from bot import settings
    from storage import rotating

    given = settings.read()

    async def work() -> None:
        count = await rotating.rotate(given.database, given.key_file)
        typer.echo(
            f"Sealed anew: {count:,}. Keep a copy of {given.key_file} where the backups are not, as before."
        )
        typer.echo(
            "Make a backup now. When no older one is wanted any more, run: groundwork key retire. "
            "Nobody can read older backups from then on, nor whoever was erased since."
        )

    _run(work())


@key_app.command("retire")
def key_retire() -> None:
    """Take old keys out of the key file, where nothing kept needs them; older backups cannot be read from then on."""
    from bot import settings
    from storage import rotating

    given = settings.read()

    async def work() -> None:
        count = await rotating.retire(given.database, given.key_file)
        typer.echo(
            f"Keys taken out of {given.key_file}: {count}. Destroy the copies of that file from before, too."
        )

    _run(work())


@template_app.command("build")
def template_build(
    output: Annotated[
        pathlib.Path | None, typer.Argument(help="Where to; the shipped one if not given.")
    ] = None,
) -> None:
    """Build the Word template from its script."""
    from bot.commands import files
    from document_templates import build, rendering

    target = output or rendering.STANDARD_TEMPLATE
    files.write(target, build.template())
    typer.echo(f"Written: {target}")


@template_app.command("fields")
def template_fields() -> None:
    """Print every field that a template may use, with its meaning and what it says for the sample."""
    from bot import reference

    typer.echo(reference.fields_page())


@template_app.command("lint")
def template_lint(template: Annotated[pathlib.Path, typer.Argument(help="Your Word template.")]) -> None:
    """Check a Word template without executing it."""
    from bot.commands import files

    raise SystemExit(files.lint_template(template))
