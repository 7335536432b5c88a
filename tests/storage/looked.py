"""As a program: what the doctor's look says of a database, and then what its start says."""

from __future__ import annotations

import asyncio
import pathlib
import sys

from storage import looking, opening, port, preparing


async def _main(url: str, key_file: pathlib.Path) -> None:
    try:
        sys.stdout.write(f"OK: {await looking.look(url, key_file)}\n")
    except port.StorageError as problem:
        sys.stdout.write(f"WRONG: {problem}\n")
    try:
        preparing.prepare(url, key_file)
        storage = opening.open_storage(url, key_file)
        try:
            await storage.open()
            await storage.enlist(alone=True)
        finally:
            await storage.close()
        sys.stdout.write("STARTED\n")
    except port.StorageError as problem:
        sys.stdout.write(f"REFUSED: {problem}\n")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], pathlib.Path(sys.argv[2])))
