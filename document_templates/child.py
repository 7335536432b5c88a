"""The process that computes apart: a job after the other on standard input, what came of each on the output.

It binds itself before it reads anything, because a job may hold a stranger's template: memory, and no writing
of files; and with each job, processor time. It ends when its input ends, in the middle of a job too: whoever
asked is gone then, even where nobody could say so.
"""

from __future__ import annotations

import contextlib
import enum
import faulthandler
import importlib
import math
import os
import pathlib
import queue
import resource
import struct
import sys
import threading
from typing import BinaryIO, Protocol

import msgspec

NICENESS = 10
"""Who waits for a plan waits seconds anyway; who answers a question waits for the bot."""

_STATUS = pathlib.Path("/proc/self/status")

LENGTH = struct.Struct(">I")
"""Before each frame, how many bytes it has."""


class Job(Protocol):
    """A frozen msgspec struct that holds all it needs and can be done anywhere; its result is bytes."""

    def done(self) -> bytes:
        """Do it; raises what `Outcome` names."""


class Call(msgspec.Struct, frozen=True):
    """A job on its way: what it is called, what it may use, and what it holds."""

    module: str
    name: str
    processor_seconds: int
    job: bytes
    """The struct as MessagePack."""


class Outcome(enum.Enum):
    """How a job ended."""

    DONE = "done"
    REFUSED = "refused"
    """A finding as JSON says why."""
    TOO_HEAVY = "too_heavy"
    """The form of that title computes too much."""
    FAULT = "fault"
    """Ours; the places that led to it are for the log."""


class Answer(msgspec.Struct, frozen=True):
    """What came of a job."""

    outcome: Outcome
    body: bytes
    memory_bytes: int = 0
    """The most that the process took so far."""


def call(job: Job, processor_seconds: int) -> Call:
    """A job made ready for its way."""
    kind = type(job)
    return Call(kind.__module__, kind.__qualname__, processor_seconds, msgspec.msgpack.encode(job))


def do(asked: Call) -> bytes:
    """Do what is asked for; raises what the job raises."""
    kind: type[Job] = getattr(importlib.import_module(asked.module), asked.name)
    return msgspec.msgpack.decode(asked.job, type=kind).done()


def framed(value: Call | Answer) -> bytes:
    """A call or an answer as it goes through a pipe."""
    made = msgspec.msgpack.encode(value)
    return LENGTH.pack(len(made)) + made


def bind(memory_bytes: int, written_bytes: int = 0) -> None:
    """Bind this process: address space, no core dump, so many bytes in any file, and behind everybody else."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written_bytes, written_bytes))
    os.nice(NICENESS)


def bind_processor(seconds: int) -> None:
    """Let this process compute for so many seconds from now; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def main(memory_bytes: int, written_bytes: int) -> None:
    """Do jobs until there are no more."""
    sys.dont_write_bytecode = True
    bind(memory_bytes, written_bytes)
    answers = os.fdopen(os.dup(1), "wb")
    _hush()
    frames: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, frames), daemon=True).start()
    while True:
        answers.write(framed(_answer(msgspec.msgpack.decode(frames.get(), type=Call))))
        answers.flush()


def _hush() -> None:
    """Let nobody print: between the answers it would do harm, and in the bot's log it might be somebody's answer.

    Only what ends this process says so on the standard error that was given, by place and kind.
    """
    last_words = os.fdopen(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for printed in (1, 2):
        os.dup2(nowhere, printed)

    def told(fault: BaseException | None) -> None:
        from flows import faults

        last_words.write(faults.places(fault))
        last_words.flush()

    faulthandler.enable(last_words)
    sys.excepthook = lambda _kind, fault, _trace: told(fault)
    threading.excepthook = lambda raised: told(raised.exc_value)


def _read(source: BinaryIO, frames: queue.SimpleQueue[bytes]) -> None:
    while head := source.read(LENGTH.size):
        frames.put(source.read(LENGTH.unpack(head)[0]))
    os._exit(0)


def _answer(asked: Call) -> Answer:
    bind_processor(asked.processor_seconds)
    # the heavy imports come under the limits too
    from document_templates import errors, findings
    from flows import expressions, faults

    try:
        outcome, body = Outcome.DONE, do(asked)
    except errors.TemplateError as refusal:
        outcome, body = Outcome.REFUSED, msgspec.json.encode(refusal.finding)
    except MemoryError:
        outcome, body = Outcome.REFUSED, msgspec.json.encode(findings.Finding("memory"))
    except expressions.TooHeavyError as problem:
        outcome, body = Outcome.TOO_HEAVY, problem.form.encode()
    except Exception as fault:
        outcome, body = Outcome.FAULT, faults.places(fault).encode()
    return Answer(outcome, body, _most_memory())


def _most_memory() -> int:
    """The most bytes that this process has held; getrusage would count those of whoever began it, too."""
    with contextlib.suppress(OSError):
        for line in _STATUS.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
