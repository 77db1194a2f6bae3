"""How much a request may be: its body by its path, its first line and headers, whatever comes behind it."""

from __future__ import annotations

import re
import socket

import pytest

from dispatch import commands as cmd


def raw(desk, sent: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as connection:
        connection.sendall(sent)
        got = b""
        while piece := connection.recv(65536):
            got += piece
    return got


def test_each_request_of_a_connection_has_the_limit_of_its_own_path(desk):
    desk.incoming("bounded", "+628117701122")
    desk.asks("ana", cmd.SendLocationLink(call="bounded"))
    path = f"/l/{desk.page_key('bounded')}"
    photo = f"POST {path}/photo HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n".encode() + b"x" * 300_000
    line = f"POST {path}/line HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n".encode()
    statuses = re.findall(rb"HTTP/1.1 (\d+)", raw(desk, photo + line))
    assert statuses[-1] == b"413" and b"413" not in statuses[:-1]
    assert re.findall(rb"HTTP/1.1 (\d+)", raw(desk, line + photo)) == [b"413"], "and nothing behind it is taken"


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: aaaaaaaaaa\r\n" * 2_000 + b"\r\n",
        b"GET\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        b"POST  /l/x/photo HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n",
        b" / HTTP/1.1\r\nContent-Length: 300000\r\n\r\n",
        b"\r\n\r\n\r\n",
    ],
    ids=("long line", "long header", "many headers", "no path", "two blanks", "no method", "nothing"),
)
def test_a_request_that_is_too_long_or_none_ends_its_connection_and_nothing_else(desk, sent):
    assert b" 200 " not in raw(desk, sent)[:40]
    assert desk.get("/healthz").status in (200, 503)
