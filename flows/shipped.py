"""The flows that come with Groundwork, read from the package itself once."""

from __future__ import annotations

import functools
import importlib.resources

from flows import loading, nouns

FOLDER = "assessment"
"""The folder of the Mifos assessment, one file a section, in the order of their numbers."""


@functools.cache
def assessment() -> tuple[nouns.Flow, ...]:
    """The flows of the Mifos assessment, in order; raises FlowErrors where one is broken."""
    files = importlib.resources.files("flows") / FOLDER
    names = sorted(file.name for file in files.iterdir() if file.name.endswith(".yaml"))
    return tuple(loading.load((files / name).read_text("utf-8"), file=f"{FOLDER}/{name}") for name in names)
