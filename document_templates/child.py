"""The process that checks a template or renders a document: a request on standard input, what came of it on the output.

It limits itself before it reads anything, because the template may be a stranger's:
processor time, memory, and no writing of files. Exit codes: `DONE`, `REFUSED` (a finding as JSON on
standard error), anything else is a fault of ours or a limit reached.
"""

from __future__ import annotations

import os
import resource
import sys

import msgspec

DONE = 0
REFUSED = 2

NICENESS = 10
"""Who waits for a plan waits seconds anyway; who answers a question waits for the bot."""


class Request(msgspec.Struct, frozen=True, tag_field="do"):
    """What is asked of the process."""


class Check(Request, frozen=True, tag="check"):
    """Find what is wrong with the template: a list of findings as JSON comes back."""

    template: bytes
    """The .docx template."""


class Render(Request, frozen=True, tag="render", kw_only=True):
    """Fill the template: the document comes back."""

    template: bytes
    plan: msgspec.Raw
    """A `planning.nouns.Plan` as JSON."""
    language: str
    version: str = ""
    """Empty for a draft."""
    pages: tuple[int, ...] | None = None
    """Page of each heading of the contents list; empty prints stand-ins to measure with, None prints none."""
    photos: dict[str, bytes] = {}
    """Contents by file id, made by `Shrink`; empty where it is no picture."""


class Shrink(Request, frozen=True, tag="shrink"):
    """Make a photo small: a JPEG comes back, or nothing where it cannot be shown."""

    photo: bytes


def limit(processor_seconds: int, memory_bytes: int) -> None:
    """Bind this process: processor time, address space, no core dump, no byte written to any file."""
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(arguments: list[str]) -> int:
    """Do the request on standard input; `arguments` are the limits in seconds and bytes."""
    sys.dont_write_bytecode = True
    limit(int(arguments[0]), int(arguments[1]))
    # the heavy imports come under the limits too
    from document_templates import errors, findings

    try:
        made = _done(msgspec.json.decode(sys.stdin.buffer.read(), type=Check | Render | Shrink))
    except errors.TemplateError as refusal:
        sys.stderr.buffer.write(msgspec.json.encode(refusal.finding))
        return REFUSED
    except MemoryError:
        sys.stderr.buffer.write(msgspec.json.encode(findings.Finding("memory")))
        return REFUSED
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return DONE


def _done(request: Check | Render | Shrink) -> bytes:
    if isinstance(request, Check):
        from document_templates import lint

        return msgspec.json.encode(lint.lint(request.template))
    os.nice(NICENESS)
    if isinstance(request, Shrink):
        from document_templates import shrinking

        return shrinking.shrunk(request.photo)
    from document_templates import document
    from planning import nouns

    return document.make(
        msgspec.json.decode(request.plan, type=nouns.Plan),
        template=request.template,
        language=request.language,
        version=request.version,
        pages=request.pages,
        photos=request.photos,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
