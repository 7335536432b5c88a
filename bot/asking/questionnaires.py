"""Files of questionnaires: by the ending of its name each is read to a flow, or to what is wrong with it.

A small file can ask for gigabytes, or for minutes: the bot has it read by a process of its own, within bounds.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from bot import limits
from bot.asking import form_remarks
from document_templates import apart
from flows import errors, form, kinds, loading, nouns, xforms
from flows import words as wording
from flows.reading import text


class Questionnaire(msgspec.Struct, frozen=True, tag=True):
    """A file that can be asked, and what is worth knowing before it is."""

    flow: nouns.Flow
    notes: tuple[str, ...] = ()
    """What chat does otherwise than the form's author may expect, a sentence each."""
    missing: tuple[str, ...] = ()
    """Names of the files that it reads and that were not sent with it."""


class Complaints(msgspec.Struct, frozen=True, tag=True):
    """What is wrong with a file, a sentence each, with its place."""

    said: tuple[str, ...]


class Read(msgspec.Struct, frozen=True):
    """The job of reading a file: a `Questionnaire` comes back as MessagePack, or `Complaints`."""

    content: bytes
    name: str
    files: dict[str, bytes]
    """Those sent with it, by name."""
    language: str

    def done(self) -> bytes:
        """What was read."""
        words = wording.catalogue("bot", self.language)
        try:
            return msgspec.msgpack.encode(read(self.content, self.name, self.files, words))
        except errors.FlowErrors as problem:
            return msgspec.msgpack.encode(
                Complaints(tuple(map(str, problem.errors[: limits.COMPLAINTS_COUNTED])))
            )


READING = apart.Limits(processor_seconds=20, memory_bytes=800_000_000)
"""Of the longest forms that are kept, twice the memory and four times the time."""


async def read_apart(job: Read) -> Questionnaire | Complaints:
    """What comes of a file; raises `document_templates.errors.TemplateError` where it takes more than it may."""
    return msgspec.msgpack.decode(await apart.do(job, READING), type=Questionnaire | Complaints)


Reader = Callable[[bytes, str, Mapping[str, bytes], wording.Catalogue], Questionnaire]
"""Takes the file, its name, the files sent with it by name, and the language; raises FlowErrors."""


def _flow_file(
    content: bytes, name: str, files: Mapping[str, bytes], words: wording.Catalogue
) -> Questionnaire:
    del files, words
    return Questionnaire(loading.load(_text(content, name), file=name))


def _xform(content: bytes, name: str, files: Mapping[str, bytes], words: wording.Catalogue) -> Questionnaire:
    """An XForm as ODK's tools write it; a table of which nothing was read is in a file that is missing."""
    read = xforms.read(_text(content, name), files=files, file=name)
    read_from = dict.fromkeys(table.file for table in read.flow.tables.values() if table.file)
    missing = tuple(file for file in read_from if file not in files)
    return Questionnaire(read.flow, tuple(form_remarks.report(read.remarks, words)), missing)


def _xlsform(
    content: bytes, name: str, files: Mapping[str, bytes], words: wording.Catalogue
) -> Questionnaire:
    """An XLSForm, as spreadsheet or text."""
    # pyxform is needed by few turns: the bot starts without waiting for it.
    from flows.xlsform import importing

    read = importing.load(content, name, files=files)
    of_code = {
        code: [remark for remark in read.remarks if remark.code == code] for code in form_remarks.LACKING
    }
    missing = tuple(dict.fromkeys(remark.name for remark in of_code.pop("file.missing")))
    wrong = [
        errors.FlowError(name, remark.row, said, "", remark.sheet or "survey")
        for remarks in of_code.values()
        for remark in remarks
        for said in form_remarks.report([remark], words)
    ]
    if wrong:
        raise errors.FlowErrors(wrong)
    notes = form_remarks.report(
        (remark for remark in read.remarks if remark.code not in form_remarks.LACKING), words
    )
    return Questionnaire(read.flow, tuple(notes), missing)


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        error = errors.FlowError(name, 1, "This is no text.", "Save it as UTF-8.")
        raise errors.FlowErrors([error]) from problem


READERS: Mapping[str, Reader] = {
    ".xlsx": _xlsform,
    ".xls": _xlsform,
    ".csv": _xlsform,
    ".md": _xlsform,
    ".yaml": _flow_file,
    ".yml": _flow_file,
    ".xml": _xform,
}
"""How files are read, by the endings of their names."""


def ending(name: str) -> str:
    """The ending by which a reader is found."""
    return pathlib.PurePath(name).suffix.lower()


def read(content: bytes, name: str, files: Mapping[str, bytes], words: wording.Catalogue) -> Questionnaire:
    """The questionnaire in a file whose ending has a reader; raises FlowErrors with all that is wrong."""
    found = READERS[ending(name)](content, name, files, words)
    flow = _legible(found.flow)
    _refuse_heavy(flow, name)
    return msgspec.structs.replace(found, flow=flow)


def _legible(flow: nouns.Flow) -> nouns.Flow:
    """The same, without the signs in its words that nobody sees or that turn round what stands beside them."""
    said = msgspec.msgpack.encode(flow)
    if len(said) > limits.SURVEY_KEPT_BYTES:
        return flow
    cleaned = msgspec.convert(_clean(msgspec.msgpack.decode(said)), nouns.Flow)
    translated = {  # without what is left with no word: there the flow's own language is shown
        language: {text_id: words for text_id, words in texts.items() if words}
        for language, texts in cleaned.translations.items()
    }
    return msgspec.structs.replace(cleaned, translations=translated)


def _clean(value: object) -> object:
    match value:
        case str():
            return value if value.isascii() and value.isprintable() else text.clean(value)
        case list():
            return [_clean(each) for each in value]
        case dict():
            cleaned = {_clean(key): _clean(each) for key, each in value.items()}
            if value.get("label") and not cleaned["label"]:  # its name, as where none was written
                cleaned["label"] = cleaned.get("name", "")
            return cleaned
    return value


def _refuse_heavy(flow: nouns.Flow, name: str) -> None:
    """Raise FlowErrors where a flow is more than is kept, or would hold everybody up whenever it is opened."""
    what = ""
    if len(msgspec.msgpack.encode(flow)) > limits.SURVEY_KEPT_BYTES:
        what = f"All its questions and choices come to more than {limits.SURVEY_KEPT_BYTES // 1_000_000} MB."
    elif sum(map(len, _expressions(flow))) > limits.SURVEY_COMPUTED_CHARACTERS:
        what = f"Its conditions and calculations have more than {limits.SURVEY_COMPUTED_CHARACTERS:,} characters."
    if what:
        raise errors.FlowErrors(
            [errors.FlowError(name, 1, what, "Split it, or shorten its lists and conditions.")]
        )


def _all(items: Iterable[nouns.Item]) -> Iterator[nouns.Item]:
    for item in items:
        yield item
        if not isinstance(item, nouns.Question):
            yield from _all(item.children)


def _expressions(flow: nouns.Flow) -> Iterator[str]:
    """All that is read as an expression whenever the flow is opened."""
    fields = (*form.VALUE_FIELDS, *form.CHECK_FIELDS, "default")
    for item in _all(flow.children):
        for field in fields:
            match getattr(item, field, ""):
                case str() as said:
                    yield said
                case nouns.Itemset(nodes, value, label):
                    yield from (nodes, value, label)
    for action in flow.actions:
        yield from (action.target, action.value)
    for entity in flow.entities:
        yield from (entity.label, entity.entity_id, entity.create_if, entity.update_if)


def asked(flow: nouns.Flow) -> list[nouns.Question | nouns.Repeat]:
    """What people answer or add to, in order: what a preview lists."""
    return list(_asked(flow.children))


def _asked(items: Iterable[nouns.Item]) -> Iterator[nouns.Question | nouns.Repeat]:
    for item in items:
        if isinstance(item, nouns.Question):
            if item.type.partition(" ")[0] not in kinds.SILENT:
                yield item
            continue
        if isinstance(item, nouns.Repeat):
            yield item
        yield from _asked(item.children)
