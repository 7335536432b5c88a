"""`python -m tests.conformance xpath PATH`: prints each failure and ends with `N passed, M failed`."""

from __future__ import annotations

import importlib
import pathlib
import sys

SUITES = ("xpath", "scenarios", "xlsforms")
"""Each is a module of this package with `run(path) -> Report`."""


def main(arguments: list[str]) -> int:
    """Runs one suite on one file or folder; 0 when nothing failed, 2 when it was asked wrongly."""
    if len(arguments) != 2 or arguments[0] not in SUITES:
        print(f"usage: python -m tests.conformance {'|'.join(SUITES)} PATH", file=sys.stderr)
        return 2
    suite, path = arguments[0], pathlib.Path(arguments[1])
    if not path.exists():
        print(f"{path}: there is no such file; give the path of the cases.", file=sys.stderr)
        return 2
    report = importlib.import_module(f"tests.conformance.{suite}").run(path)
    print(report)
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
