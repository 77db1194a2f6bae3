"""Who asks: the session cookie of a person or the bearer token of a program; from where; and may it change things."""

from __future__ import annotations

import base64
import time
from typing import IO
from urllib.parse import urlsplit

import msgspec
from twisted.internet import defer, threads
from twisted.logger import Logger
from twisted.web.server import Request

from console.http.asker import cookie
from console.http.limits import Window
from console.http.web import BAD_JSON, Problem
from console.parts import Parts
from dispatch.access.account_records import Account, Key, key_of
from dispatch.commands import TRACKER, Actor
from dispatch.events import ClockStepped
from dispatch.room import Committed

log = Logger()
COOKIE = "siaga_session"
_WINDOW = 300.0
_DEVICE_BODY = 64_000
_SLIDES = 0.1
"""Of a session's time: what has gone before its new end is written."""


def same_origin(request: Request) -> bool:
    """Whether the page that asks is ours; programs send no Origin."""
    origin = request.getHeader("origin")
    return origin is None or urlsplit(origin).netloc.lower() == (request.getHeader("host") or "").lower()


def is_foreign(request: Request) -> bool:
    """Whether a page that is not ours asks: by Sec-Fetch-Site (W3C Fetch Metadata), which browsers add also to pictures
    and links of a neighbouring site, where the cookie goes along; by Origin for those that do not."""
    site = (request.getHeader("sec-fetch-site") or "none").lower()
    return site not in ("same-origin", "none") or not same_origin(request)


def is_visit(request: Request) -> bool:
    """Whether a person is on the way to a page, in a window of its own; not a picture, a frame or a script of one.
    Browsers that say nothing of it are believed."""
    sought = [(request.getHeader(name) or "").lower() for name in ("sec-fetch-mode", "sec-fetch-dest")]
    return request.method == b"GET" and all(
        said in ("", right) for said, right in zip(sought, ("navigate", "document"), strict=True)
    )


def check_page(request: Request) -> None:
    """Only our own pages may use what a browser adds by itself, or leaves behind. Raises Problem(403)."""
    kind = (request.getHeader("content-type") or "").split(";")[0].strip().lower()
    if is_foreign(request) or (kind != "application/json" and request.method != b"DELETE"):
        raise Problem(403, "problem.not-our-page")


def token_of(request: Request) -> str:
    """The token of a program; OwnTracks can send it only as the password of HTTP Basic."""
    scheme, _, rest = (request.getHeader("authorization") or "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""


def device_secret(request: Request) -> str:
    """The token of a device whose app can send it only as `token` or as its identifier, in the address or the body."""
    if request.path != b"/api/v1/fixes":
        return ""
    for name in (b"token", b"id", b"deviceid"):
        given: list[bytes] = request.args.get(name) or []
        if given:
            return given[0].decode("utf-8", "replace")[:200]
    content: IO[bytes] | None = request.content
    if content is None:
        return ""
    try:
        return msgspec.json.decode(content.read(_DEVICE_BODY), type=_Device).device_id[:200]
    except BAD_JSON:
        return ""
    finally:
        content.seek(0)


def key_held(request: Request) -> str:
    """Names the session or token that a request carries, valid or not; "" when it carries none."""
    secret = cookie(request, COOKIE)
    if secret and not request.getHeader("authorization"):
        return key_of(secret, "session")
    secret = token_of(request) or device_secret(request)
    return key_of(secret, "token") if secret else ""


class _Device(msgspec.Struct, frozen=True):
    """What Traccar Client calls itself."""

    device_id: str = ""


def _tracker_only(actor: Actor | None) -> Actor | None:
    """Addresses are written down in more places than headers, so nothing of weight may stand in one."""
    return actor if actor is not None and actor.role == TRACKER else None


Who = Actor | None | defer.Deferred[Actor | None]
"""Who asks, None for nobody that is known, at once or when it has been looked up."""


class Access:
    """`who` for the API: an Actor, None, or a Deferred of either. A listener of the room: sessions last as long as they
    would have when the clock is set."""

    key_held = staticmethod(key_held)

    def __init__(self, parts: Parts) -> None:
        self._parts, self._accounts = parts, parts.accounts
        # A hash takes a fifth of a second and 64 MiB: two at once, however many try to come in.
        self._hashing = defer.DeferredSemaphore(2)
        self._tries = Window(_WINDOW)

    def committed(self, batch: list[Committed]) -> None:
        for one in batch:
            if isinstance(one.event, ClockStepped) and one.event.of == "room":
                moved = threads.deferToThread(self._accounts.clock_set, one.event.seconds)
                moved.addErrback(lambda failure: log.failure("sessions by the new clock", failure))

    def who(self, request: Request) -> Who:
        """Raises Problem(403) when the cookie goes along with a request of somebody else's page."""
        secret = cookie(request, COOKIE)
        if secret and not request.getHeader("authorization"):
            if is_foreign(request):
                raise Problem(403, "problem.other-site")
            if request.method not in (b"GET", b"HEAD"):
                check_page(request)
            return self._by_cookie(request)
        return self.who_holds_a_token(request)

    def who_holds_a_token(self, request: Request) -> Who:
        """For a GET that changes something: a browser sends its cookie with every picture, a token only when told."""
        if request.getHeader("authorization"):
            token = token_of(request)
            return self._find(token, "token") if token else None
        device = device_secret(request)
        found = self._find(device, "token") if device else None
        return found.addCallback(_tracker_only) if isinstance(found, defer.Deferred) else _tracker_only(found)

    def who_visits(self, request: Request) -> Who:
        """For pages: a link on another site may lead to one."""
        return None if is_foreign(request) and not is_visit(request) else self._by_cookie(request)

    def _by_cookie(self, request: Request) -> Who:
        secret = cookie(request, COOKIE)
        return self._find(secret, "session") if secret else None

    def who_now(self, request: Request) -> Actor | None:
        """As `who`, for the one place that can not wait: the opening of a WebSocket (a session is one row)."""
        secret = cookie(request, COOKIE)
        if is_foreign(request) or not secret:
            return None
        return self._used(self._accounts.key(secret, "session"), secret)

    def _find(self, secret: str, kind: str) -> Who:
        held = secret if kind == "session" else ""
        known = self._accounts.known(secret, kind)
        if known is not None:
            return self._used(known, held)
        return threads.deferToThread(self._accounts.key, secret, kind).addCallback(self._used, held)

    # -- sessions last while they are used
    def open_session(self, account: Account, unit: str) -> defer.Deferred[str]:
        """A Deferred of the cookie's secret."""
        hours = min(self._parts.settings.people.session_hours, self._parts.settings.people.session_hours_at_most)
        return threads.deferToThread(self._accounts.open_session, account, hours, unit)

    def _used(self, key: Key | None, secret: str) -> Actor | None:
        """`secret`: of a session, which is good for as long again, and never ends while its user has a position or a
        crew has a job."""
        if key is None or not key.opened:
            return key.actor if key else None
        now, idle = time.time(), self._parts.settings.people.session_hours * 3600
        expires = now + idle
        if not self._at_work(key.actor):
            expires = min(expires, key.opened + self._parts.settings.people.session_hours_at_most * 3600)
        if expires <= now:
            return None
        if expires - key.expires > idle * _SLIDES:
            self._accounts.slid(secret, expires)
            sliding = threads.deferToThread(self._accounts.slide, secret, expires)
            # Remembered all the same: it is written again when a tenth of the time is over.
            sliding.addErrback(lambda failure: log.warn("a session: {why}", why=failure.getErrorMessage()[:200]))
        return key.actor

    def _at_work(self, actor: Actor) -> bool:
        board = self._parts.room.board
        unit = board.units.get(actor.unit)
        return bool(unit and unit.assignment) or any(seat.user == actor.user for seat in board.positions.values())

    def check_password(self, user: str, password: str) -> defer.Deferred[Account | None]:
        """A Deferred of the Account, or None."""
        return self._hashing.run(threads.deferToThread, self._accounts.check, user, password)

    def count_try(self, user: str, address: str, allowed: int) -> None:
        """Raises Problem(429) after `allowed` tries in five minutes for a name from an address, and after twenty
        times as many from an address for whatever names: a shift may sit behind one address."""
        now = time.monotonic()
        for key, limit in (((user, address), allowed), (("", address), 20 * allowed)):
            if not self._tries.take(key, limit, now):
                raise Problem(429, "problem.too-many-tries")

    def forgive(self, user: str, address: str) -> None:
        self._tries.forget((user, address))
