"""One owner for what only one process may write: a lock file beside it, held for as long as the process lives.

The kernel lets go of it when the process ends, however it ends, so one that was killed leaves nothing in the way. A
child that is started does not inherit it.
"""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from routing.text import CodedError, Text, text

_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What file systems say that know no locks, some NFS among them."""


class AlreadyTaken(CodedError):
    """Another process owns it. `who`: which, with its number where that is known."""

    def __init__(self, file: Path, who: Text) -> None:
        super().__init__("claim.taken", file=str(file), who=who)
        self.who = who


class Claim:
    """`unguarded`: why nobody else can be kept out although it is taken; None when all is well. `known`: it was taken
    before, by us or by an earlier process."""

    def __init__(self, file: Path) -> None:
        self._file, self._fd = file, -1
        self.unguarded: Text | None = None
        self.known = False

    def take(self) -> None:
        """Makes it ours, or sees that it still is: a deleted lock file keeps nobody out. Raises AlreadyTaken, and
        OSError where there is no such file and none can be made."""
        while self._fd < 0 or not self._there():
            self.drop()
            fd = self._open()
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                number = os.read(fd, 20).decode("ascii", "replace").strip()
                os.close(fd)
                who = text("claim.process", number=number) if number.isdigit() else text("claim.another")
                raise AlreadyTaken(self._file, who) from None
            except OSError as wrong:
                if wrong.errno not in _NO_LOCKS:
                    os.close(fd)
                    raise
                self.unguarded = text("claim.no-locks", file=str(self._file))
            self._fd = fd
            self.known = self.known or os.fstat(fd).st_size > 0
            self._sign()

    def _open(self) -> int:
        try:
            return os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        except OSError:
            return os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)  # of a disk that cannot be written

    def _there(self) -> bool:
        ours = os.fstat(self._fd)
        try:
            found = os.stat(self._file)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)

    def _sign(self) -> None:
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, b"%d\n" % os.getpid(), 0)
        except OSError:
            pass  # a full disk: whoever finds it taken is not told by whom

    def drop(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
