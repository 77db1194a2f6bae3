"""Who asks: the session cookie of a person or the bearer token of a program; from where; and may it change things."""

from __future__ import annotations

import time
from collections import defaultdict
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from twisted.internet import threads
from twisted.web.server import Request

from console.web import Problem
from dispatch.accounts import Accounts
from dispatch.commands import Actor

COOKIE = "siaga_session"
_WINDOW = 300.0


def client_address(request: Request) -> str:
    """The person's address; a proxy on this machine may speak for somebody else (X-Forwarded-For, last entry)."""
    direct = getattr(request.getClientAddress(), "host", "") or ""
    forwarded = request.getHeader("x-forwarded-for")
    if forwarded and (direct.startswith("127.") or direct == "::1"):
        return forwarded.split(",")[-1].strip()[:60]
    return direct


def secure(request: Request) -> bool:
    direct = getattr(request.getClientAddress(), "host", "") or ""
    behind_proxy = direct.startswith("127.") and request.getHeader("x-forwarded-proto") == "https"
    return bool(request.isSecure() or behind_proxy)


def cookie(request: Request, name: str) -> str:
    try:
        jar = SimpleCookie(request.getHeader("cookie") or "")
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def same_origin(request: Request) -> bool:
    """Whether the page that asks is ours; programs send no Origin."""
    origin = request.getHeader("origin")
    return origin is None or urlsplit(origin).netloc.lower() == (request.getHeader("host") or "").lower()


class Access:
    """`who` for the API: an Actor, None, or a Deferred of either."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._tries: dict[tuple[str, str], list[float]] = defaultdict(list)

    def who(self, request: Request):
        bearer = request.getHeader("authorization") or ""
        if bearer.lower().startswith("bearer "):
            return self._find(bearer[7:].strip(), "token")
        secret = cookie(request, COOKIE)
        if not secret:
            return None
        if request.method not in (b"GET", b"HEAD"):
            kind = (request.getHeader("content-type") or "").split(";")[0].strip().lower()
            if not same_origin(request) or (kind != "application/json" and request.method != b"DELETE"):
                raise Problem(
                    403,
                    "Permintaan ini tidak datang dari halaman kami.",
                    "This request does not come from our page; send application/json from the same origin.",
                )
        return self._find(secret, "session")

    def who_now(self, request: Request) -> Actor | None:
        """As `who`, for the one place that can not wait: the opening of a WebSocket (a session is one row)."""
        secret = cookie(request, COOKIE)
        if not same_origin(request) or not secret:
            return None
        return self._accounts.known(secret, "session") or self._accounts.actor(secret, "session")

    def _find(self, secret: str, kind: str):
        known = self._accounts.known(secret, kind)
        return known or threads.deferToThread(self._accounts.actor, secret, kind)

    def count_try(self, user: str, address: str, allowed: int) -> None:
        """Raises Problem(429) after `allowed` tries in five minutes."""
        now = time.monotonic()
        if len(self._tries) > 10_000:
            self._tries.clear()
        tries = self._tries[user, address]
        tries[:] = [at for at in tries if now - at < _WINDOW]
        if len(tries) >= allowed:
            raise Problem(
                429,
                "Terlalu banyak percobaan. Tunggu lima menit, atau minta sandi baru kepada admin.",
                "Too many tries. Wait five minutes, or ask the admin for a new password.",
            )
        tries.append(now)

    def forgive(self, user: str, address: str) -> None:
        self._tries.pop((user, address), None)
