"""Real servers for the tests, each in a folder of its own, on a port of its own, ended with the test run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(check, seconds: float = 20.0, what: str = "") -> object:
    """The first true value of `check()`; fails after `seconds`. Exceptions of connecting count as not yet."""
    until = time.monotonic() + seconds
    wrong: Exception | None = None
    while time.monotonic() < until:
        try:
            if found := check():
                return found
        except (OSError, ConnectionError) as e:
            wrong = e
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain for {what or check}: {wrong}")


def within(check, seconds: float = 15.0) -> bool:
    """Whether `check()` becomes true in time: for a figure that is told before it is judged."""
    try:
        return bool(wait_until(check, seconds))
    except AssertionError:
        return False


def answers(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def end(process: subprocess.Popen, how: int = signal.SIGTERM) -> None:
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Redis:
    """A redis-server that can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        wait_until(lambda: answers(self.port), what="redis-server")

    def kill(self) -> None:
        end(self.process, signal.SIGKILL)


@contextlib.contextmanager
def redis_server() -> Iterator[Redis]:
    folder = Path(tempfile.mkdtemp(prefix="siaga-redis-"))
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        end(server.process)
        shutil.rmtree(folder)


class Mosquitto:
    """A broker that can be killed and started again on the same port: `users` by name, and what each may write or read.
    With `tls` (certificate, key) it speaks TLS."""

    def __init__(self, folder: Path, users: dict[str, tuple[str, str]], tls: tuple[Path, Path] | None = None) -> None:
        self.port = free_port()
        passwords, access, self._config = (folder / name for name in ("passwords", "access", "mosquitto.conf"))
        passwords.touch()
        for name, (password, _) in users.items():
            subprocess.run(["mosquitto_passwd", "-b", passwords, name, password], check=True, stderr=subprocess.DEVNULL)
        access.write_text("".join(f"user {name}\ntopic {may}\n" for name, (_, may) in users.items()))
        lines = [f"listener {self.port} 127.0.0.1", "allow_anonymous false", "persistence false", "log_type none"]
        lines += [f"password_file {passwords}", f"acl_file {access}"]
        if os.geteuid() == 0:
            lines.append("user root")
        if tls:
            lines += [f"certfile {tls[0]}", f"keyfile {tls[1]}"]
        self._config.write_text("\n".join(lines) + "\n")

    def start(self) -> None:
        self.process = subprocess.Popen(["mosquitto", "-c", self._config])
        wait_until(lambda: answers(self.port), what="mosquitto")

    def kill(self) -> None:
        end(self.process, signal.SIGKILL)


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL is missing; run `make setup`")
    return found[-1].parent


class Postgres:
    """A PostgreSQL cluster; it refuses to run as root, so it runs as its own user when we are."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"postgresql+psycopg://siaga@127.0.0.1:{self.port}/postgres"
        self._user: dict = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
            self._user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        made = ["-A", "trust", "-U", "siaga", "-E", "UTF8", "--no-locale", "-N", "-D", str(folder / "db")]
        subprocess.run(
            [_postgres_bin() / "initdb", *made], check=True, stdout=subprocess.DEVNULL, cwd=folder, **self._user
        )

    def start(self) -> None:
        place = ["-D", str(self.folder / "db"), "-p", str(self.port), "-k", str(self.folder), "-h", "127.0.0.1"]
        self.process = subprocess.Popen(
            [_postgres_bin() / "postgres", *place], stderr=subprocess.DEVNULL, cwd=self.folder, **self._user
        )
        wait_until(self._serves, what="postgres")

    def _serves(self) -> bool:
        """An open port is not enough: it answers "starting up" for a while."""
        try:
            with psycopg.connect(f"postgresql://siaga@127.0.0.1:{self.port}/postgres", connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def database(self, name: str) -> str:
        """The URL of a new, empty database in this cluster."""
        with psycopg.connect(f"postgresql://siaga@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return f"postgresql+psycopg://siaga@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        end(self.process, signal.SIGINT)


@contextlib.contextmanager
def postgres_server() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="siaga-pg-"))
    server = Postgres(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
