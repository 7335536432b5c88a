"""The SQL, by name: each file holds queries under lines that say `-- name: …`."""

from __future__ import annotations

import pathlib
import re

HERE = pathlib.Path(__file__).parent
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def load(path: pathlib.Path) -> dict[str, str]:
    """The queries of one file."""
    parts = _NAME.split(path.read_text("utf-8"))
    return dict(zip(parts[1::2], (query.strip() for query in parts[2::2]), strict=True))


READ = load(HERE / "reading.sql")
WRITE = load(HERE / "writing.sql")
