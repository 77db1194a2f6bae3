"""Disks for the tests that can be filled, made read-only and given back: small file systems in memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path


class Disk:
    """A tmpfs mounted at `folder`."""

    def __init__(self, folder: Path, megabytes: int = 8) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder))

    def read_only(self, to: bool = True) -> None:
        """Nothing may have a file open for writing there."""
        _run("mount", "-o", f"remount,{'ro' if to else 'rw'}", str(self.folder))

    def fill(self, leave: int = 0) -> None:
        """To the last byte, but for `leave`."""
        with contextlib.suppress(OSError), (self.folder / "filling").open("ab", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        with (self.folder / "filling").open("r+b") as file:
            file.truncate(max(0, os.fstat(file.fileno()).st_size - leave))

    def empty(self) -> None:
        (self.folder / "filling").unlink()


def _run(*line: str) -> None:
    subprocess.run(line, check=True, capture_output=True)


@contextlib.contextmanager
def disk(folder: Path, megabytes: int = 8) -> Iterator[Disk]:
    made = Disk(folder, megabytes)
    try:
        yield made
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)
