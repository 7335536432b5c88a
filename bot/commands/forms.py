"""The commands that take XLSForms in and out."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping

import typer

from bot.asking import form_remarks
from bot.commands import files, terminal
from flows import kinds, loading, nouns, tables, writing, xforms
from flows import words as wording
from flows.xlsform import importing, workbook


def import_form(form: pathlib.Path, output: pathlib.Path) -> None:
    """Write an XLSForm or XForm as a flow file, and say what chat does differently."""
    words = wording.catalogue("bot", wording.BASE_LANGUAGE)
    found = _read(form, _Beside(form.parent))
    lacking = [remark for remark in found.remarks if remark.code in form_remarks.LACKING]
    if lacking:
        raise files.FileError("\n".join(f"{form}: {line}" for line in form_remarks.report(lacking, words)))
    text = writing.text(found.flow)
    asked = loading.load(text, file=str(output))
    files.write(output, text.encode())
    typer.echo(words.say("import.written", file=output, n=_count(asked.children)))
    for line in form_remarks.report(found.remarks, words):
        typer.echo(f"- {line}")


def _read(form: pathlib.Path, beside: Mapping[str, bytes]) -> importing.Imported | xforms.Read:
    if form.suffix.casefold() != ".xml":
        return importing.load(files.read(form), form.name, files=beside)
    found = xforms.read(_text(form), files=beside, file=form.name)
    missing = {
        table.file: None for table in found.flow.tables.values() if table.file and table.file not in beside
    }
    if missing:
        raise files.FileError(f"{form}: the form reads {', '.join(missing)}; put that beside it.")
    return found


def _text(form: pathlib.Path) -> str:
    try:
        return files.read(form).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise files.FileError(f"{form}: this is no text; save it as UTF-8.") from None


def export_form(flow: str, output: pathlib.Path) -> None:
    """Write a flow file or a shipped section as an XLSForm."""
    if output.suffix != ".xlsx":
        raise files.FileError(f"{output}: forms are written as .xlsx; name the file so.")
    found = terminal.find(flow)
    beside = {output.parent / name: content for name, content in workbook.files(found).items()}
    for path, content in {output: workbook.write(found), **beside}.items():
        files.write(path, content)
    typer.echo(f"Written: {', '.join(map(str, (output, *beside)))}")


def _count(items: Iterable[nouns.Item]) -> int:
    """How many questions people are asked."""
    return sum(
        item.type.partition(" ")[0] not in kinds.SILENT
        if isinstance(item, nouns.Question)
        else _count(item.children)
        for item in items
    )


class _Beside(Mapping[str, bytes]):
    """The files of data in a form's folder, read when they are asked for."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        path = self._folder / name
        if pathlib.PurePath(name).name != name or not path.is_file():
            raise KeyError(name)
        with path.open("rb") as stream:
            return stream.read(tables.MAX_BYTES + 1)

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in self._folder.iterdir() if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)
