"""A questionnaire on its way in: its file is read, who answers it is asked, and what it becomes is shown."""

from __future__ import annotations

from typing import Any

import msgspec

from bot import limits, views
from bot.asking import questionnaires, surveys
from bot.handlers import common, moving, survey_parts, wrongs
from bot.people import access, team
from bot.receiving import fetching
from bot.work import Work
from document_templates import errors as template_errors
from flows import nouns, versions
from storage import records

DATA = (".csv", ".xml", ".geojson")
"""Endings of files that a questionnaire may read from."""


async def sent(work: Work, attachment: nouns.Attachment) -> None:
    """Take a file: the questionnaire, or one that it reads from; a refusal leaves all as it stands."""
    found = await common.allowed_team(work, access.Deed.SURVEY)
    if found is None or not common.is_open_to_change(work, found):
        return
    given = msgspec.to_builtins(attachment)
    waiting = work.conversation.draft
    missing = waiting.get("missing", ())
    refusal = _refused(work, attachment, missing)
    if refusal:
        work.say(views.View(refusal))
    elif attachment.name in missing:
        await _read(work, found, waiting["sent"], [*waiting["files"], given])
    else:
        await _read(work, found, given, [])


async def said(work: Work) -> None:
    """Words are no file and no button: say what is waited for."""
    code = "survey.send" if work.conversation.topic == "survey.file" else "survey.tap"
    work.say(views.View(work.words.html(code, endings=survey_parts.endings())))


async def picked(work: Work, found: team.Team, topic: str, value: str) -> None:
    """A button under a questionnaire that was read: who answers, how often, another page, yes."""
    if topic == "survey.who":
        _who(work, found, nouns.Role(value))
    elif topic == "survey.often":
        _often(work, found, nouns.Per(value))
    elif topic == "survey.page":
        _confirm(work, found, page=int(value))
    else:
        await _confirmed(work, found)


# --- the files -------------------------------------------------------------------------------------


def _refused(work: Work, attachment: nouns.Attachment, missing: list[str] | tuple[str, ...]) -> str:
    """Why a file is not even looked at; empty where it is."""
    words = work.words
    ending = questionnaires.ending(attachment.name)
    if attachment.name in missing:
        return ""
    if missing and ending in DATA:
        return words.html("survey.other_file", name=attachment.name, missing=", ".join(missing))
    if ending not in questionnaires.READERS:
        return words.html("survey.other_kind", endings=survey_parts.endings())
    return ""


async def _read(work: Work, found: team.Team, form: dict[str, Any], files: list[dict[str, Any]]) -> None:
    """Fetch and read a questionnaire with the files beside it."""
    words = work.words
    try:
        content, *others = [
            await work.fetch(msgspec.convert(file, nouns.Attachment)) for file in (form, *files)
        ]
    except fetching.FetchError as problem:
        work.say(views.View(words.html(problem.code)))
        return
    beside = {surveys.REGISTER: surveys.register(found)}
    beside |= {file["name"]: other for file, other in zip(files, others, strict=True)}
    try:
        read = await questionnaires.read_apart(
            questionnaires.Read(content, form["name"], beside, words.language)
        )
    except template_errors.TemplateError as problem:
        if problem.finding.code == "fault":
            raise  # ours, and not the file's
        work.say(views.View(words.html("survey.too_heavy", name=form["name"])))
        return
    if isinstance(read, questionnaires.Complaints):
        work.say(views.View(wrongs.told(work, "survey.wrong", form["name"], list(read.said))))
    elif len(files) + len(read.missing) > limits.SURVEY_FILES:
        work.say(views.View(words.html("survey.too_many_files", limit=limits.SURVEY_FILES)))
    elif read.missing:
        told = words.html("survey.missing", n=len(read.missing), missing=", ".join(read.missing))
        work.now_talking(
            topic="survey.file", draft={"sent": form, "files": files, "missing": list(read.missing)}
        )
        work.show(views.View(told, (survey_parts.cancel(work),)))
    else:
        await _understood(work, found, read)


async def _understood(work: Work, found: team.Team, read: questionnaires.Questionnaire) -> None:
    """A file that can be asked: a new version of a survey that is there, or a new survey."""
    kept = await surveys.kept(work.storage, found.assessment.id)
    same = next((each for each in kept if each.form == read.flow.id), None)
    title, version = (
        moving.label(read.flow.title or read.flow.id),
        read.flow.version[: limits.VERSION_CHARACTERS],
    )
    flow = msgspec.structs.replace(read.flow, title=title, version=version, file="")
    notes = [note[: limits.COMPLAINT_CHARACTERS] for note in read.notes[: limits.COMPLAINTS_SHOWN]]
    if same is None and len(kept) >= limits.SURVEYS:
        work.say(views.View(work.words.html("survey.too_many", limit=limits.SURVEYS)))
    elif same is None:
        work.now_talking(topic="survey.who", draft=_draft(flow, read.flow.id, notes=notes))
        _ask_who(work, flow, notes)
    else:
        await _new_version(work, found, same, flow, notes)


async def _new_version(
    work: Work, found: team.Team, same: records.Survey, flow: nouns.Flow, notes: list[str]
) -> None:
    before = same.definition
    assert before is not None  # noqa: S101  # it was read with its definition
    flow = msgspec.structs.replace(flow, id=same.flow, role=before.role, per=before.per)
    if flow.version == same.version and flow == before:
        work.say(views.View(work.words.html("survey.same", title=flow.title, version=flow.version)))
    elif found.library.known(flow.id, flow.version) is not None:
        work.say(views.View(work.words.html("survey.same_version", title=flow.title, version=flow.version)))
    else:
        work.now_talking(topic="survey.confirm", draft=_draft(flow, same.form, notes=notes))
        _confirm(work, found)


def _draft(flow: nouns.Flow, form: str, *, notes: list[str]) -> dict[str, Any]:
    return {"flow": msgspec.to_builtins(flow), "form": form, "notes": notes}


def _flow(work: Work) -> nouns.Flow:
    return msgspec.convert(work.conversation.draft["flow"], nouns.Flow)


# --- who answers it, and how often -----------------------------------------------------------------


def _ask_who(work: Work, flow: nouns.Flow, notes: list[str]) -> None:
    words = work.words
    buttons = [views.Button(words.say(f"role.{role}"), views.Pick("survey.who", role)) for role in nouns.Role]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    text = views.text(
        survey_parts.head(work, flow), survey_parts.notes(work, notes), words.html("survey.who")
    )
    work.show(views.View(text, (*rows, survey_parts.cancel(work))))


def _who(work: Work, found: team.Team, role: nouns.Role) -> None:
    flow = msgspec.structs.replace(_flow(work), role=role)
    several = len(found.assessment.branches) > 1
    if role is nouns.Role.BRANCH_STAFF:
        _choose(work, found, msgspec.structs.replace(flow, per=nouns.Per.BRANCH))
    elif not several:
        _choose(work, found, msgspec.structs.replace(flow, per=nouns.Per.ORGANISATION))
    else:
        work.now_talking(
            topic="survey.often", draft={**work.conversation.draft, "flow": msgspec.to_builtins(flow)}
        )
        words = work.words
        rows = tuple(
            (views.Button(words.say(f"survey.often.{per}"), views.Pick("survey.often", per)),)
            for per in nouns.Per
        )
        asked = words.html("survey.often", who=words.say(f"role.{role}"))
        work.show(views.View(asked, (*rows, survey_parts.cancel(work))))


def _often(work: Work, found: team.Team, per: nouns.Per) -> None:
    _choose(work, found, msgspec.structs.replace(_flow(work), per=per))


def _choose(work: Work, found: team.Team, flow: nouns.Flow) -> None:
    draft = {**work.conversation.draft, "flow": msgspec.to_builtins(flow)}
    work.now_talking(topic="survey.confirm", draft=draft)
    _confirm(work, found)


# --- a last look -----------------------------------------------------------------------------------


def _confirm(work: Work, found: team.Team, page: int = 0) -> None:
    """What will be asked of whom, and for a new version what it changes."""
    words, flow = work.words, _flow(work)
    before = found.library.flow(flow.id) if flow.id in {each.id for each in found.library.surveys()} else None
    parts = [
        survey_parts.head(work, flow),
        words.html("survey.answered_by", who=survey_parts.answered_by(work, found, flow)),
        survey_parts.registers(work, found, flow),
    ]
    code = "survey.add"
    if before is not None:
        code = "survey.publish"
        changes = moving.in_words(versions.compare(before, flow), words) or words.say("survey.no_change")
        parts.append(words.html("survey.changes", before=before.version, changes=changes))
        parts.append(survey_parts.notes(work, work.conversation.draft["notes"]))
    lines, turn = survey_parts.questions(work, flow, page, lambda at: views.Pick("survey.page", str(at)))
    go = views.Button(words.say(code), views.Pick("survey.confirm"), style="success")
    rows = (turn, (go,), survey_parts.cancel(work))
    work.show(views.View(views.text(*parts, lines), tuple(row for row in rows if row)))


async def _confirmed(work: Work, found: team.Team) -> None:
    draft = work.conversation.draft
    flow, form = _flow(work), draft["form"]
    words = work.words
    common.leave_topic(work)
    kept = await surveys.kept(work.storage, found.assessment.id)
    same = next((each for each in kept if each.form == form), None)
    if same is not None and (same.flow != flow.id or found.library.known(flow.id, flow.version) is not None):
        # somebody else was quicker: what they published stands
        await _new_version(work, found, same, flow, draft["notes"])
        return
    work.close(views.bold(flow.title))
    rows = ((common.go(work, "lead.status", "status"), common.go(work, "button.tasks", "tasks")),)
    if any(flow.id == each.id for each in found.library.surveys()):
        published = await surveys.publish(work, found, flow, form)
        done = words.html("survey.published", title=flow.title, version=flow.version)
        met = [words.html(f"survey.met.{name}", n=n) for name, n in published._asdict().items() if n]
        work.show(views.View(views.text(done, *met), rows))
        return
    made = surveys.add(work, found, flow, form)
    people = len({section.owner for section in made if section.owner is not None})
    done = words.html("survey.added", title=flow.title, n=len(made))
    empty = sum(section.owner is None for section in made)
    told = words.html("survey.told", n=people) if people else ""
    waits = words.html("survey.waits", n=empty) if empty else ""
    work.show(views.View(views.text(done, told, waits), rows))
