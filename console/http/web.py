"""The little that the API needs on top of Twisted's web server: routes, JSON, and problems by their codes.

A route is (method, path pattern, roles, function). Deny by default: a route without `PUBLIC` asks for a session or a
token, and one with roles asks for one of them. A GET that `changes` something is for tokens only. Whatever goes wrong
inside answers 500 with a sentence, and the trace goes to the log only.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Awaitable, Callable
from typing import IO, Any, Protocol, TypeVar, cast, get_type_hints
from urllib.parse import unquote

import msgspec
from twisted.internet import defer
from twisted.internet.interfaces import ITCPTransport, ITransport
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web import resource
from twisted.web.http import HTTPChannel
from twisted.web.server import NOT_DONE_YET, Request

from console.http.answers import NotDone, Raw, Worded
from console.http.asker import language_of
from dispatch.access.account_records import AccountsUnavailable
from dispatch.board import Board
from dispatch.catalogue import say
from dispatch.commands import PROGRAMS, ROLES, Actor
from routing.bad_field import bad_body
from routing.text import CodedError, Param, Text

log = Logger()
PUBLIC = frozenset({"*"})
BAD_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What msgspec raises on bytes from strangers."""
PEOPLE = frozenset(ROLES) - PROGRAMS
MAX_BODY = 256_000
_GZIP_FROM = 1500
_KEY = re.compile(r"[\w.~:-]{8,100}", re.ASCII)


class Problem(Exception):
    """An answer other than 200: HTTP status, and `text` for the person who can mend it."""

    def __init__(self, status: int, code: str | Text, /, **params: Param) -> None:
        super().__init__(status, code, params)
        self.status = status
        self.text = code if isinstance(code, Text) else Text(code, params)

    @classmethod
    def of(cls, status: int, wrong: CodedError) -> Problem:
        """What is said of something that was given is a phrase (family `wrong`), of all else a sentence."""
        phrase = wrong.text.code.startswith("wrong.")
        return cls(status, "problem.malformed", detail=wrong.text) if phrase else cls(status, wrong.text)

    def body(self, language: str) -> bytes:
        """`code` and `params` for pages, which have the words; `text` for programs and for what they log."""
        said = Worded(self.text.code, self.text.params, say(self.text, language))
        return msgspec.json.encode(NotDone(said))


T = TypeVar("T", bound=msgspec.Struct)
_LONGEST_PARAMETER = 300
_ON_THE_WAY = 120.0
"""Seconds that a request may be on its way; what claims more has another clock."""


class Ask:
    """One request, and who makes it."""

    def __init__(self, request: Request, actor: Actor | None, path: dict[str, str]) -> None:
        self.request, self._actor, self.path = request, actor, path
        self.gone = False
        request.notifyFinish().addErrback(lambda failure: setattr(self, "gone", True))

    @property
    def actor(self) -> Actor:
        assert self._actor is not None, "the route is not public"
        return self._actor

    def text(self, name: str, default: str = "", limit: int = 200) -> str:
        """A query parameter."""
        values = self.request.args.get(name.encode())
        return values[0].decode("utf-8", "replace")[:limit] if values else default

    def worded(self, said: Text) -> Worded:
        return Worded(said.code, said.params, say(said, language_of(self.request)))

    def query(self, kind: type[T]) -> T:
        """The query parameters that are fields of `kind`; an empty one is as one that is left out. Raises Problem(400)
        that names the parameter."""
        names = [one.encode_name for one in msgspec.structs.fields(kind)]
        given = {name: said for name in names if (said := self.text(name, limit=_LONGEST_PARAMETER))}
        try:
            return msgspec.convert(given, kind, strict=False)
        except msgspec.ValidationError as wrong:
            raise Problem(400, bad_body(wrong)) from None

    def entry(self, told: str | None, board: Board) -> int | None:
        """The number of the entry that a parameter names: by its mark (dispatch/board.py), or as a person types it.
        None without one, and for the mark of another journal."""
        return None if told is None else board.marked(told) if ":" in told else int(told)

    def ago(self, now: float) -> float:
        """Seconds since what is told happened, 0 where nothing is said of it. The header `Happened-Ago` is its age when
        it was sent, which is right whatever the telephone's clock says; `Happened-At` when it was by our own clock, as
        the page has it from the feed, which knows how long it was on its way in a bad network."""
        age, at = self._seconds("happened-ago"), self._seconds("happened-at")
        return max(age, min(now - at, age + _ON_THE_WAY)) if at else age

    def _seconds(self, header: str) -> float:
        told = self.request.getHeader(header) or ""
        return float(told) if re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,6})?", told) else 0.0

    def body(self, limit: int = MAX_BODY) -> bytes:
        content: IO[bytes] | None = self.request.content
        return content.read(limit + 1) if content is not None else b""

    def asked(self, who: str, content: bytes, blind: Callable[[bytes], str]) -> tuple[str, str, str] | None:
        """What makes this request of `who` recognisable when it is sent again: its header `Idempotency-Key`. None
        without one; raises Problem(400). `blind`: a digest of which nobody can guess what it is of, for it stays in the
        journal when the words of the request are erased."""
        key = (self.request.getHeader("idempotency-key") or "").strip().strip('"')
        if key and not _KEY.fullmatch(key):
            raise Problem(400, "problem.bad-key")
        return (who, key, blind(content)[:16]) if key else None

    def json(self, kind: Any) -> Any:
        """The body as `kind`. Raises Problem(400) that names the field."""
        try:
            return msgspec.json.decode(self.body() or b"{}", type=kind)
        except BAD_JSON as wrong:
            raise Problem(400, bad_body(wrong)) from None


Reply = object
"""Of a route: what msgspec can encode, Raw, or NOT_DONE_YET; a coroutine of one where it has to wait."""
Function = Callable[[Any, Ask], Reply]


class Route(msgspec.Struct, frozen=True):
    """`path` with {names}; `roles` empty: PEOPLE. `says`: what it is for, one line. `takes`: the type of the JSON body,
    a tuple where there are several forms, or Media. `gives`: what is answered where the function's own return type
    does not say it. `query`: its parameters. `refuses`: statuses of the function itself, besides those that its roles,
    body and parameters bring about. `headers`: those that it heeds, see openapi.py. `changes`: a GET of programs that
    can send nothing else; no cookie opens it, and HEAD does not do it. `name`: its operationId, "" for the
    function's."""

    method: str
    path: str
    roles: frozenset[str]
    does: Function
    says: str
    takes: Any = None
    gives: Any = None
    query: type[msgspec.Struct] | None = None
    refuses: tuple[int, ...] = ()
    headers: tuple[str, ...] = ()
    changes: bool = False
    name: str = ""

    @property
    def answer(self) -> Any:
        """The type of its answer: JSON of a type of ours, Media, Lines or Messages."""
        return self.gives or get_type_hints(self.does)["return"]

    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]{1,200})", self.path) + "$")


class Api(resource.Resource):
    """All routes below one path. `access.who(request)` gives the actor, None, or a Deferred of either."""

    isLeaf = True

    def __init__(self, parts: Any, routes: list[Route], access: Any) -> None:
        super().__init__()
        self._parts, self._access = parts, access
        self._routes = [(route, route.pattern()) for route in routes]

    def render(self, request: Request) -> int:
        try:
            gone: list[Failure] = []
            request.notifyFinish().addErrback(gone.append)
            answering = defer.Deferred.fromCoroutine(self._answer(request, gone))
            answering.addErrback(self._failed, request, gone)
        except Exception:
            log.failure("answering {path}", path=_logged(request))
        return NOT_DONE_YET

    async def _answer(self, request: Request, gone: list[Failure]) -> None:
        path = unquote(request.path.decode("ascii", "replace"))
        method = "GET" if request.method == b"HEAD" else request.method.decode("ascii", "replace")
        found = [(route, match) for route, pattern in self._routes if (match := pattern.match(path))]
        fits = next(((r, m) for r, m in found if r.method == method), None)
        try:
            if fits is None and found:
                raise Problem(405, "problem.wrong-method", methods=tuple(r.method for r, _ in found))
            if fits is None:
                raise Problem(404, "problem.no-such-address")
            route, match = fits
            if route.changes and request.method == b"HEAD":
                raise Problem(405, "problem.head-changes-nothing")
            actor = None
            if route.roles is not PUBLIC:
                who = self._access.who_holds_a_token if route.changes else self._access.who
                actor = await defer.maybeDeferred(who, request)
                if actor is None and route.changes:
                    raise Problem(401, "problem.token-or-post")
                if actor is None and self._parts.rights.why(self._access.key_held(request)):
                    raise Problem(401, "problem.session-ended")
                if actor is None and request.getHeader("cookie"):
                    raise Problem(401, "problem.session-over")
                if actor is None:
                    raise Problem(401, "problem.sign-in-first")
                if actor.role not in (route.roles or PEOPLE):
                    allowed = tuple(Text(f"role.{role}") for role in sorted(route.roles or PEOPLE))
                    raise Problem(403, "problem.other-role", roles=allowed)
                self._hold(route, request, actor)
            given = route.does(self._parts, Ask(request, actor, match.groupdict()))
            if isinstance(given, Awaitable):
                given = await given
        except AccountsUnavailable:
            given = _told(Problem(503, "problem.accounts-away"), request)
        except Problem as problem:
            given = _told(problem, request)
        if given is NOT_DONE_YET or gone:
            return
        answer = given if isinstance(given, Raw) else Raw(msgspec.json.encode(given))
        request.setHeader("Content-Type", answer.type)
        request.setHeader("Cache-Control", "no-store")
        body = answer.body
        request.setHeader("Vary", "Accept-Encoding")
        if len(body) > _GZIP_FROM and _takes_gzip(request):
            body = answer.packed or gzip.compress(body, 1, mtime=0)
            request.setHeader("Content-Encoding", "gzip")
        request.setHeader("Content-Length", str(len(body)))
        request.write(b"" if request.method == b"HEAD" else body)
        request.finish()

    def _hold(self, route: Route, request: Request, actor: Actor) -> None:
        """Whatever of the answer is still flowing when the asker's rights end is cut off."""

        def end(why: str) -> bool:
            if not request.startedWriting:
                return False  # it is answered in a moment, and is looked at again should the answer be a long one
            if request.channel is not None:
                cast(ITCPTransport, request.channel.transport).abortConnection()
            return True

        rights = self._parts.rights
        held = rights.hold(f"{route.method} {route.path}", actor, self._access.key_held(request), end)
        request.notifyFinish().addBoth(lambda _: rights.release(held))

    def _failed(self, failure: Failure, request: Request, gone: list[Failure]) -> None:
        log.failure("answering {path}", failure, path=_logged(request))
        if request.finished or gone or request.startedWriting:
            return
        request.setHeader("Content-Type", "application/json")
        request.write(_told(Problem(500, "problem.our-fault"), request).body)
        request.finish()


def _told(problem: Problem, request: Request) -> Raw:
    request.setResponseCode(problem.status)
    return Raw(problem.body(language_of(request)))


def _logged(request: Request) -> str:
    """The path without the secret of a caller's page."""
    return re.sub(r"^/l/[^/]*", "/l/…", request.path.decode("ascii", "replace"))


def _takes_gzip(request: Request) -> bool:
    offered = (request.getHeader("accept-encoding") or "").replace(" ", "").lower()
    return any(one == "gzip" or (one.startswith("gzip;q=") and one[7:] != "0") for one in offered.split(","))


class Bounded(Protocol):
    """A site that says how many bytes the body of a request for this path may have."""

    def body_limit(self, path: bytes) -> int: ...


class BoundedChannel(HTTPChannel):
    """A connection that knows for which path the headers are that it reads: Twisted tells that only with the body."""

    path = b""
    site: Bounded

    def lineReceived(self, line: bytes) -> None:
        begun = len(self.requests)
        super().lineReceived(line)
        if len(self.requests) > begun:  # the first line of another one; one that is none of HTTP is answered already
            self.path = (line.split(b" ") + [b""])[1]


class BoundedRequest(Request):
    """A request whose body may have as many bytes as the site's `body_limit(path)` says, with its length told before
    or in chunks."""

    _taken, _limit = 0, MAX_BODY

    def gotLength(self, length: int | None) -> None:
        # The request is not parsed yet, and its body must not be taken before its path is known: the channel has it.
        channel = cast(BoundedChannel, self.channel)
        self._limit = channel.site.body_limit(channel.path)
        super().gotLength(length)
        if length is not None and length > self._limit:
            self._too_large()

    def handleContentChunk(self, data: bytes) -> None:
        before, self._taken = self._taken, self._taken + len(data)
        if self._taken <= self._limit:
            super().handleContentChunk(data)
        elif before <= self._limit:
            self._too_large()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if self._taken <= self._limit:
            super().requestReceived(command, path, version)

    def _too_large(self) -> None:
        self._taken = self._limit + 1
        problem = Problem(413, "problem.body-too-large", most=self._limit).body(language_of(self))
        # Nothing has been decided about this request yet, so it is answered past all that would decide.
        cast(ITransport, self.channel.transport).write(
            b"HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(problem), problem)
        )
        self.channel.loseConnection()
