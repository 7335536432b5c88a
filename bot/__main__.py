"""`python -m bot`: the command line without the installed script."""

from __future__ import annotations

from bot import cli

cli.main()
