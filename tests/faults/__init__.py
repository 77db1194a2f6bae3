"""What tests do to real processes of ours: their clock is set, their disk hangs, one of their threads stops."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent
_DETACH, _SEIZE, _INTERRUPT = 17, 0x4206, 0x4207
_WALL = 0x40000000
"""<sys/ptrace.h>, <sys/wait.h>."""
_ptrace = ctypes.CDLL(None, use_errno=True).ptrace
_ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_ptrace.restype = ctypes.c_long


class Hold:
    """Put `env` into the environment of the processes; hold.c says how it works."""

    def __init__(self, folder: Path) -> None:
        library, file = folder / "hold.so", folder / "hold"
        line = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, _HERE / "hold.c", "-lm"]
        subprocess.run(line, check=True)
        file.write_bytes(bytes(24))
        with file.open("r+b") as opened:
            self._told = mmap.mmap(opened.fileno(), 24)
        self.env = {"LD_PRELOAD": str(library), "HOLD_FILE": str(file)}

    def _write(self, place: int, value: float) -> None:
        self._told[8 * place : 8 * place + 8] = struct.pack("d", value)

    def set_clock(self, seconds: float) -> None:
        """Their wall clock is so far ahead of the machine's; negative: behind."""
        self._write(0, seconds)

    @contextlib.contextmanager
    def syncing(self, pid: int) -> Iterator[None]:
        """Meanwhile nothing that this process writes gets to the disk: its fsync does not return."""
        self._write(1, pid)
        try:
            yield
        finally:
            self._write(1, 0)


@contextlib.contextmanager
def thread_stopped(thread: int) -> Iterator[None]:
    """Meanwhile this one thread (its number in /proc/PID/task) of a descendant does not run, and all others do."""

    def do(request: int) -> None:
        if _ptrace(request, thread, None, None) != 0:
            raise OSError(ctypes.get_errno(), f"ptrace {request:#x} of thread {thread}")

    do(_SEIZE)
    do(_INTERRUPT)
    os.waitpid(thread, _WALL)  # it has stopped
    try:
        yield
    finally:
        do(_DETACH)
