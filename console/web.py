"""What every answer over HTTP shares: the asking, the refusing, the sending; sizes, headers, compression.

A route's `answer(ask)` is a coroutine. What it returns is sent as JSON; a `Refusal` becomes its status and an
`{"error": {"id", "en"}}` that says what to do; anything else that goes wrong becomes a 500 and a line in the log.
"""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from twisted.internet import defer
from twisted.logger import Logger
from twisted.web import resource, server

from dispatch.commands import Actor

log = Logger()
MAX_BODY = 256 * 1024
_GZIP_FROM = 1400
CSP = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; script-src 'self'; "
    "style-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(self)",
}


class Refusal(Exception):
    """Why something is not answered, in both languages, with what to do; `status` is the HTTP status."""

    def __init__(self, status: int, text_id: str, text_en: str) -> None:
        super().__init__(text_en)
        self.status, self.text_id, self.text_en = status, text_id, text_en


class Sent:
    """Returned by a route that has written its answer itself, or will."""


SENT = Sent()


class Body(msgspec.Struct, frozen=True):
    """An answer that is not plain JSON, or is compressed already (`packed`, gzip)."""

    data: bytes
    kind: str = "application/json"
    packed: bytes = b""
    status: int = 200


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table of routes. `roles` None: answered without asking who. `takes` and `gives` are the
    types of the bodies, for the description in /openapi.json; `query` names the parameters."""

    method: str
    path: str
    answer: Callable[[Ask], Awaitable[Any]]
    about: str
    roles: frozenset[str] | None
    query: tuple[str, ...] = ()
    takes: Any = None
    gives: Any = None


class Ask:
    """One request. `actor` who asks (None on open routes); `names` what the path's braces stood for."""

    def __init__(self, request: server.Request, names: dict[str, str]) -> None:
        self.request, self.names = request, names
        self._actor: Actor | None = None
        self.gone = False
        request.notifyFinish().addErrback(self._went)

    def _went(self, failure) -> None:
        self.gone = True

    @property
    def actor(self) -> Actor:
        if self._actor is None:
            raise Refusal(401, "Silakan masuk terlebih dahulu.", "Please sign in first.")
        return self._actor

    @actor.setter
    def actor(self, actor: Actor | None) -> None:
        self._actor = actor

    @property
    def known(self) -> Actor | None:
        return self._actor

    def header(self, name: str) -> str:
        return self.request.getHeader(name) or ""

    def cookie(self, name: str) -> str:
        return (self.request.getCookie(name.encode()) or b"").decode("latin-1")

    def text(self, name: str, default: str | None = None, limit: int = 300) -> str:
        """A query parameter. Raises Refusal 400 when it is missing and has no default, or is too long."""
        given = self.request.args.get(name.encode())
        value = given[0].decode("utf-8", "replace").strip() if given else ""
        if len(value) > limit:
            raise malformed(name, f"paling banyak {limit} huruf", f"at most {limit} letters")
        if not value and default is None:
            raise malformed(name, "wajib diisi", "must be given")
        return value or default or ""

    def number(self, name: str, default: float | None = None, low: float = -1e15, high: float = 1e15) -> float:
        """A query parameter between `low` and `high`. Raises Refusal 400."""
        text = self.text(name, "" if default is not None else None)
        if not text:
            return default  # type: ignore[return-value]
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise malformed(name, f"harus angka dari {low:g} sampai {high:g}", f"must be {low:g} to {high:g}")
        return value

    def whole(self, name: str, default: int, low: int = 0, high: int = 2**53) -> int:
        return int(self.number(name, default, low, high))

    @property
    def body(self) -> bytes:
        self.request.content.seek(0)
        return self.request.content.read()

    def json(self, kind: type) -> Any:
        """The body as `kind`. Raises Refusal 400 that names the field."""
        try:
            return msgspec.json.decode(self.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            raise not_understood(wrong) from None


def malformed(field: str, wrong_id: str, wrong_en: str) -> Refusal:
    return Refusal(400, f"Isian '{field}' {wrong_id}.", f"The field '{field}' {wrong_en}.")


def not_understood(wrong: Exception) -> Refusal:
    said = str(wrong)[:300]
    return Refusal(
        400, f"Isi permintaan tidak dipahami: {said}. Perbaiki lalu kirim lagi.",
        f"The body was not understood: {said}. Correct it and send it again.",
    )  # fmt: skip


def not_found(what_id: str, what_en: str) -> Refusal:
    return Refusal(404, f"{what_id} tidak ditemukan; periksa lagi.", f"{what_en} was not found; check it.")


def encoded(answer: Any) -> bytes:
    return msgspec.json.encode(answer)


def dress(request: server.Request) -> None:
    """The headers that every answer has."""
    for name, value in _HEADERS.items():
        request.setHeader(name, value)
    request.setHeader("Cache-Control", "no-store")


def send(ask: Ask, body: Body) -> None:
    """Writes an answer and ends it, unless the one who asked has left."""
    if ask.gone:
        return
    request, data = ask.request, body.data
    request.setResponseCode(body.status)
    request.setHeader("Content-Type", body.kind)
    request.setHeader("Vary", "Accept-Encoding, Cookie")
    if len(data) >= _GZIP_FROM and _takes_gzip(request):
        data = body.packed or gzip.compress(data, 1)
        request.setHeader("Content-Encoding", "gzip")
    if not _carries_no_body(body.status):
        request.setHeader("Content-Length", str(len(data)))
    if request.method != b"HEAD":
        request.write(data)
    request.finish()


def _carries_no_body(status: int) -> bool:
    return status in (204, 304)


def _takes_gzip(request: server.Request) -> bool:
    offered = (request.getHeader("accept-encoding") or "").replace(" ", "").lower()
    return any(part == "gzip" or (part.startswith("gzip;q=") and part[7:] != "0") for part in offered.split(","))


def refuse(ask: Ask, refusal: Refusal) -> None:
    """Sends a refusal as JSON."""
    error = {"error": {"id": refusal.text_id, "en": refusal.text_en}}
    send(ask, Body(encoded(error), status=refusal.status))


async def _answered(ask: Ask, answer: Callable[[Ask], Awaitable[Any]]) -> None:
    try:
        found = await answer(ask)
    except Refusal as refusal:
        refuse(ask, refusal)
    except Exception:
        # The path only: what follows the question mark may hold a token.
        log.failure("answering {method} {path} failed", method=ask.request.method, path=ask.request.path)
        refuse(
            ask,
            Refusal(
                500, "Kesalahan pada program kami; tercatat. Coba lagi, atau hubungi teknisi.",
                "A fault in our program; it is logged. Try again, or call the technician.",
            ),
        )  # fmt: skip
    else:
        if isinstance(found, Body):
            send(ask, found)
        elif found is not SENT:
            send(ask, Body(encoded(found)))


def answer_with(ask: Ask, answer: Callable[[Ask], Awaitable[Any]]) -> int:
    """Runs the coroutine and sends what it gives; for `render` of a resource."""
    dress(ask.request)
    done = defer.ensureDeferred(_answered(ask, answer))
    done.addErrback(lambda failure: log.failure("an answer could not be sent", failure))
    return server.NOT_DONE_YET


class Answering(resource.Resource):
    """A leaf that answers with one coroutine."""

    isLeaf = True

    def __init__(self, answer: Callable[[Ask], Awaitable[Any]]) -> None:
        super().__init__()
        self._answer = answer

    def render(self, request: server.Request) -> int:
        return answer_with(Ask(request, {}), self._answer)


class BoundedRequest(server.Request):
    """A request whose body may have MAX_BODY bytes, however it is sent."""

    _taken = 0

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if length is not None and length > MAX_BODY:
            self._too_large()

    def handleContentChunk(self, data: bytes) -> None:
        self._taken += len(data)
        if self._taken <= MAX_BODY:
            super().handleContentChunk(data)
        elif self._taken - len(data) <= MAX_BODY:
            self._too_large()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if self._taken <= MAX_BODY:
            super().requestReceived(command, path, version)

    def _too_large(self) -> None:
        self._taken = MAX_BODY + 1
        error = encoded({"error": {"id": "Isi permintaan terlalu besar.", "en": "The body is too large."}})
        self.channel.transport.write(
            b"HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(error), error)
        )
        self.channel.loseConnection()
