"""Another program on a leash: it ends when it is done, or when whoever asked for it is gone.

A process that is killed cannot tell its children, and LibreOffice is a script that starts a program that starts
another, which no signal of a parent's death reaches. But the pipe that the asker holds is closed by the kernel: then
all of them end together. This file runs by itself, without the packages around it, so that it is there at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading


def main(command: list[str]) -> int:
    """Run a program, with all that it starts in this process's group, which is its own; returns its exit code."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # our own code alone says what is run
    threading.Thread(target=_hold, daemon=True).start()
    return process.wait()


def _hold() -> None:
    """Wait for the end of the input, on which nobody writes, and end the group."""
    os.read(sys.stdin.fileno(), 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
