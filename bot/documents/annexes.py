"""What stands beside a version of the plan: the annex for Excel, the plan as PDF, everything as JSON."""

from __future__ import annotations

import msgspec

from bot import library as libraries
from bot import limits, views
from bot.documents import versions
from bot.people import team
from document_templates import apart, errors, office
from flows import words as wording
from planning import asked
from storage import port, records


class Made(msgspec.Struct, frozen=True):
    """A file with its name and caption; without content, what is said in its place."""

    said: str
    content: bytes = b""
    name: str = ""


class AnnexMaker:
    """Makes files from a version as it was issued, so that they say what its Word file says."""

    def __init__(self, storage: port.Storage, library: libraries.Library) -> None:
        self._storage = storage
        self._library = library

    async def make(self, message: records.Outgoing) -> Made:
        """The file that an outgoing message asks for."""
        body = message.body
        words = wording.catalogue("bot", body["language"])
        found = await team.load(self._storage, self._library, body["assessment"])
        file = await self._storage.plan_file(body["assessment"], body["version"])
        if found is None or file is None:
            return Made(words.html("plan.no_such", version=body["version"]))
        form = body["form"]
        try:
            content = await (_printed(file) if form == ".pdf" else _written(file, form))
        except office.OfficeError as problem:
            return Made(words.html("plan.failed", reason=str(problem)))
        except errors.TemplateError as problem:
            return Made(words.html("plan.failed", reason=problem.finding.say(words.language)))
        if not content:
            return Made(words.html("plan.no_data", version=file.version))
        if len(content) > limits.SENT_BYTES:
            return Made(words.html("plan.too_large", version=file.version))
        caption = words.html(f"plan.caption{form}", institution=found.institution, version=file.version)
        return Made(views.View(caption).text, content, versions.name(found, file.version, words) + form)


async def _printed(file: records.PlanFile) -> bytes:
    async with apart.place():
        return await office.to_pdf(file.body)


async def _written(file: records.PlanFile, form: str) -> bytes:
    """The data of a version in a form, in its language; nothing where none were kept."""
    return await apart.do(asked.Beside(file.plan, form, file.language), kept=True)
