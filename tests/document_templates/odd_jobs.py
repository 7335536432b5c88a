"""Jobs that behave in ways that plans do not."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import warnings

import msgspec

from flows import expressions


class Double(msgspec.Struct, frozen=True):
    """Twice the words, however much a library prints meanwhile."""

    words: str
    pause: float = 0.0

    def done(self) -> bytes:
        """The words twice."""
        print("a library's greeting")
        sys.stderr.write("." * 300_000)
        time.sleep(self.pause)
        return (self.words * 2).encode()


class Who(msgspec.Struct, frozen=True):
    """The number of the process, and how far it stands back."""

    def done(self) -> bytes:
        """Both."""
        return f"{os.getpid()} {os.nice(0)}".encode()


class Spin(msgspec.Struct, frozen=True):
    """Never done."""

    def done(self) -> bytes:
        """Nothing."""
        while True:
            pass


class Stumble(msgspec.Struct, frozen=True):
    """Goes wrong in the named way, having printed what it was given."""

    way: str
    given: str = ""

    def done(self) -> bytes:
        """Nothing."""
        print(self.given)
        print(self.given, file=sys.stderr, flush=True)
        os.write(2, self.given.encode())
        warnings.warn(self.given, stacklevel=1)
        if self.way == "exit":
            raise SystemExit(self.given)
        if self.way == "interrupt":
            raise KeyboardInterrupt(self.given)
        if self.way == "crash":
            os.abort()
        if self.way == "too heavy":
            raise expressions.TooHeavyError("Cooling")
        if self.way == "memory":
            bytearray(10**11)
        if self.way == "death":
            os._exit(3)
        if self.way == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ZeroDivisionError(self.given)


class Jot(msgspec.Struct, frozen=True):
    """Writes to a file for a moment, as openpyxl does."""

    def done(self) -> bytes:
        """What it read again."""
        with tempfile.TemporaryFile() as file:
            file.write(b"a sheet")
            file.flush()
            file.seek(0)
            return file.read()
