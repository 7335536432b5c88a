"""/template: the Word template that plans are made with; one that is sent is checked, shown, and only then taken."""

from __future__ import annotations

import base64
import hashlib

import msgspec

from bot import views
from bot.documents import templates
from bot.handlers import common, moving, wrongs
from bot.people import access, team
from bot.work import Work
from document_templates import rendering
from flows import nouns
from storage import port, records

TOPIC = "template.file"
ENDING = ".docx"
OURS = "groundwork-template.docx"
"""The name under which our own template is handed out."""


async def template(work: Work, argument: str = "") -> None:
    """Which template is in use, and what the buttons under it ask for."""
    found = await common.allowed_team(work, access.Deed.TEMPLATE)
    if found is None:
        return
    common.leave_topic(work)
    do, _, digest = argument.partition(" ")
    match do:
        case "use":
            await _use(work, found, digest)
        case "leave":
            await _leave(work, found, digest)
        case "ours":
            await _show(work, found)
            _hand_out(work)
        case "back":
            await _back(work, found)
        case _:
            await _show(work, found)


async def sent(work: Work, attachment: nouns.Attachment) -> None:
    """Check a template that was sent; what passes is kept as proposed until its preview was seen."""
    found = await common.allowed_team(work, access.Deed.TEMPLATE)
    if found is None:
        return
    words = work.words
    if not attachment.name.casefold().endswith(ENDING):
        work.say(views.View(words.html("template.other_kind")))
        return
    content = await common.fetched(work, attachment)
    if content is None:
        return
    wrong = await rendering.check(content)
    if wrong:
        complaints = [finding.say(work.person.language) for finding in wrong]
        work.say(views.View(wrongs.told(work, "template.wrong", attachment.name, complaints)))
        return
    proposed = records.Template(
        assessment=found.assessment.id,
        state=templates.PROPOSED,
        sent_at=work.now,
        sent_by=work.person.id,
        sha256=hashlib.sha256(content).hexdigest(),
        name=moving.label(attachment.name),
        body=content,
    )
    work.put(proposed)
    work.say(views.View(words.html("template.checked", name=proposed.name)))
    language = work.person.language
    work.send(
        work.person.id, "preview", assessment=proposed.assessment, sha256=proposed.sha256, language=language
    )


async def said(work: Work) -> None:
    """Words are no file: say what is waited for."""
    work.say(views.View(work.words.html("template.send")))


async def _show(work: Work, found: team.Team) -> None:
    words = work.words
    used = await work.storage.template(found.assessment.id, templates.USED)
    work.now_talking(topic=TOPIC)
    ours = common.go(work, "template.ours", "template", "ours")
    if used is None:
        stands = words.html("template.none")
    else:
        sender = found.people.get(used.sent_by)
        stands = words.html(
            "template.theirs" if sender is not None else "template.theirs_left",
            name=used.name,
            who=sender.name if sender is not None else "",
            day=common.day(work, used.sent_at.date()),
        )
    back = common.go(work, "template.back", "template", "back")
    first = ((back,),) if used is not None else ()
    rows = (*first, (ours,), (common.go(work, "button.cancel", "cancel"),))
    title = words.html("template.title", institution=found.institution)
    work.show(views.View(views.text(title, stands, words.html("template.send")), rows))


async def _use(work: Work, found: team.Team, digest: str) -> None:
    proposed = await _proposed(work, found, digest)
    if proposed is None:
        return
    work.changes += [port.Unchanged(proposed), port.Remove(proposed)]
    work.put(msgspec.structs.replace(proposed, state=templates.USED))
    row = (common.go(work, "lead.plan", "plan"), common.go(work, "lead.template", "template"))
    work.show(views.View(work.words.html("template.used", name=proposed.name), (row,)))


async def _leave(work: Work, found: team.Team, digest: str) -> None:
    proposed = await _proposed(work, found, digest)
    if proposed is not None:
        work.changes.append(port.Remove(proposed))
        row = (common.go(work, "lead.template", "template"),)
        work.show(views.View(work.words.html("template.left"), (row,)))


async def _proposed(work: Work, found: team.Team, digest: str) -> records.Template | None:
    """The template whose preview a button stands under; where another came since, which is in use is shown."""
    proposed = await work.storage.template(found.assessment.id, templates.PROPOSED)
    if proposed is None or proposed.sha256 != digest or not proposed.previewed:
        work.toast = work.words.say("problem.stale")
        await _show(work, found)
        return None
    return proposed


async def _back(work: Work, found: team.Team) -> None:
    used = await work.storage.template(found.assessment.id, templates.USED)
    if used is not None:
        work.changes.append(port.Remove(used))
    row = (common.go(work, "lead.plan", "plan"), common.go(work, "lead.template", "template"))
    work.show(views.View(work.words.html("template.ours_again"), (row,)))


def _hand_out(work: Work) -> None:
    """Our template as a file: what somebody changes is theirs."""
    content = base64.b64encode(rendering.STANDARD_TEMPLATE.read_bytes()).decode()
    caption = views.View(work.words.html("template.ours_caption", tags="{{ … }}, {% … %}")).text
    work.send(work.person.id, "document", content=content, name=OURS, caption=caption)
