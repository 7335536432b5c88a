"""The log: structured lines to stderr, without contents, names or tokens, whoever writes them.

Libraries say what they were given: an address with the token in it, a message as it was sent, a value that could not
be read. Of their lines only the place is told, at whatever level, and of a fault only its kind and where it arose.
"""

from __future__ import annotations

import logging
import sys

import structlog
from aiohttp import http_exceptions
from structlog.typing import ExcInfo

from flows import faults

log = structlog.get_logger()


def set_up() -> None:
    """Write lines to stderr; libraries' from WARNING on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(places),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[Libraries()])


class Libraries(logging.Handler):
    """Tells that a library said something, and where; never its words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, but for what strangers bring about."""
        kind = record.exc_info[0] if record.exc_info else None
        if kind and issubclass(kind, http_exceptions.BadHttpMessage):
            # a stranger's bytes at an open port: with a line for each, anybody could fill the disk
            return
        log.log(
            min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL),
            "library",
            of=record.name,
            at=f"{record.module}:{record.lineno}",
            **({"problem": kind.__name__} if kind else {}),
        )


def places(exc_info: ExcInfo) -> str:
    """What structlog writes of a fault."""
    return faults.places(exc_info[1])
