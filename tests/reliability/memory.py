"""What a process holds, as the kernel counts it."""

from __future__ import annotations

import pathlib
import re

MOST, NOW = "VmHWM", "VmRSS"
"""The most that it ever held, and what it holds."""


def megabytes(process: int | str | None, field: str) -> float:
    """One of the kernel's figures of a process, by its number or as `self`."""
    status = pathlib.Path(f"/proc/{process}/status").read_text("ascii")
    return int(re.findall(rf"{field}:\s+(\d+) kB", status)[0]) / 1024


def forget_most() -> None:
    """Let the most that this process ever held be what it holds now."""
    pathlib.Path("/proc/self/clear_refs").write_text("5", "ascii")
