"""The process that renders one document: a request on standard input, the document on standard output.

It limits itself before it reads anything, because the template may be a stranger's:
processor time, memory, and no writing of files. Exit codes: `DONE`, `REFUSED` (one sentence on
standard error), anything else is a fault of ours or a limit reached.
"""

from __future__ import annotations

import resource
import sys

import msgspec

DONE = 0
REFUSED = 2


class Request(msgspec.Struct, frozen=True):
    """What to render."""

    plan: msgspec.Raw
    """A `planning.nouns.Plan` as JSON."""
    template: bytes
    """The .docx template."""
    language: str
    version: str = ""
    """Empty for a draft."""
    pages: tuple[int, ...] | None = None
    """Page of each heading of the contents list; empty prints stand-ins to measure with, None prints none."""


def limit(processor_seconds: int, memory_bytes: int) -> None:
    """Bind this process: processor time, address space, no core dump, no byte written to any file."""
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(arguments: list[str]) -> int:
    """Render the request on standard input; `arguments` are the limits in seconds and bytes."""
    sys.dont_write_bytecode = True
    limit(int(arguments[0]), int(arguments[1]))
    # the heavy imports come under the limits too
    from document_templates import document, errors
    from planning import nouns

    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    try:
        plan = msgspec.json.decode(request.plan, type=nouns.Plan)
        made = document.make(
            plan,
            template=request.template,
            language=request.language,
            version=request.version,
            pages=request.pages,
        )
    except errors.TemplateError as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    except MemoryError:
        sys.stderr.write(
            "The template needs more memory than a document may take; look for text that grows in a loop."
        )
        return REFUSED
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
