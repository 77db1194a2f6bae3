"""A disk whose syncs fail on command, and what a power cut would leave: a shim between a process and its C library.

It copies each file at each sync. From the copies `durable` works out what the disk has: after a sync that failed the
kernel takes the pages for clean, so a later sync that succeeds writes only what was changed again since (fsyncgate).
"""

from __future__ import annotations

import subprocess
from pathlib import Path

_PAGE = 4096
_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int number;

static int synced(int fd, const char *name) {
    const char *copies = getenv("SYNCS");
    char link[64], path[4096], to[8192];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    struct stat about;
    if (!copies || length < 0 || fstat(fd, &about) || !S_ISREG(about.st_mode)) return 0;
    path[length] = 0;
    const char *base = strrchr(path, '/') + 1;
    snprintf(to, sizeof to, "%s/fails", copies);
    int bad = access(to, F_OK) == 0;
    snprintf(to, sizeof to, "%s/%06d-%s-%lu-%s", copies, __sync_fetch_and_add(&number, 1), bad ? "bad" : "ok",
             (unsigned long)about.st_ino, base);
    int in = open(path, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    char buffer[65536];
    ssize_t got;
    while (in >= 0 && (got = read(in, buffer, sizeof buffer)) > 0) if (write(out, buffer, got) != got) abort();
    if (in >= 0) close(in);
    close(out);
    if (bad) errno = EIO;
    return bad ? -1 : 0;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }
"""


class Syncs:
    """`environment` for the process; `fail` and `heal` its syncs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "syncs"
        self.folder.mkdir()
        source, library = folder / "syncs.c", folder / "syncs.so"
        source.write_text(_SOURCE)
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        self.environment = {"LD_PRELOAD": str(library), "SYNCS": str(self.folder)}

    def fail(self) -> None:
        (self.folder / "fails").touch()

    def heal(self) -> None:
        (self.folder / "fails").unlink()

    def durable(self, to: Path) -> None:
        """Writes into `to` what a power cut now would leave."""
        disk: dict[str, bytes] = {}
        inodes: dict[str, str] = {}
        taken_for_clean: dict[str, dict[int, bytes]] = {}
        for copy in sorted(self.folder.glob("*-*-*-*")):
            _, how, inode, name = copy.name.split("-", 3)
            before = disk.get(name, b"") if inodes.get(name) == inode else b""  # another file has taken its place
            now, clean = copy.read_bytes(), taken_for_clean.setdefault(inode, {})
            for at in [at for at in clean if at >= len(now)]:
                del clean[at]  # the kernel forgets what was cut off: written again, it is new, whatever it says
            made = []
            for at in range(0, len(now), _PAGE):
                page, old = now[at : at + _PAGE], before[at : at + _PAGE]
                if how == "bad" and page != old:
                    clean[at] = page
                made.append(old.ljust(len(page), b"\0") if clean.get(at) == page else page)
                if how == "ok" and clean.get(at) != page:
                    clean.pop(at, None)
            if how == "ok":
                disk[name], inodes[name] = b"".join(made), inode
        for name, content in disk.items():
            if name.endswith("-journal"):
                continue  # taken away, and its folder synced, when its transaction was through
            (to / name).write_bytes(content)
