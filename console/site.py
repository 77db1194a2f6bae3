"""The web site: pages, API, cameras, scripts, and the headers that every answer carries."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import msgspec
from cachetools import TTLCache
from twisted.web import http, resource, server
from twisted.web.static import File

from console.api import (
    attendance,
    audit,
    board,
    city,
    coverage,
    drafts,
    erasures,
    fixes,
    location_link,
    locations,
    neighbours,
    people,
    queues,
    streets,
)
from console.cameras.socket import Watch, camera_resource
from console.http.access import Access
from console.http.openapi import describe
from console.http.web import Api, BoundedChannel, BoundedRequest, Route
from console.pages import caller_page
from console.pages.pages import HERE, Page
from console.parts import Parts
from dispatch import events as ev
from dispatch.catalogue import languages, source_of
from dispatch.commands import DESK
from dispatch.inputs import Noted
from dispatch.settings import Settings
from dispatch.timing.rounds import Rounds

_NPM = {
    "fluent/esm": "@fluent/bundle/esm", "htm/preact": "htm/preact", "leaflet/dist": "leaflet/dist",
    "protomaps-leaflet/dist": "protomaps-leaflet/dist",
}  # fmt: skip
"""Below /npm: the folders of packages that pages load from; node_modules has many more, and they have other files."""
_LOADED = {".js", ".css", ".png"}
_CSP = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; script-src 'self'; "
    "style-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), geolocation=(self), camera=()",
    "Server": "Siaga 112",
}
_TYPES = {".mjs": "text/javascript; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class _Root(resource.Resource):
    """Sets the headers before anything else is decided."""

    def getChildWithDefault(self, path: bytes, request: server.Request) -> resource.IResource:
        for name, value in _HEADERS.items():
            request.setHeader(name, value)
        found: resource.IResource = super().getChildWithDefault(path, request)
        return found


class _Files(File):
    """Files of one folder, without listings; the browser asks each time whether they changed."""

    contentTypes = {**File.contentTypes, **_TYPES}

    def directoryListing(self) -> resource.IResource:
        return self.childNotFound

    def render_GET(self, request: server.Request) -> bytes | int:
        request.setHeader("Cache-Control", "no-cache")
        body: bytes | int = super().render_GET(request)
        return body


class _Package(_Files):
    """Of a package, what a browser loads."""

    def getChild(self, path: bytes, request: server.Request) -> resource.IResource:
        found: resource.IResource = super().getChild(path, request)
        if isinstance(found, File) and not found.isdir() and Path(found.path).suffix not in _LOADED:
            return self.childNotFound
        return found


class _Static(resource.Resource):
    isLeaf = True

    def __init__(self, body: bytes, kind: str) -> None:
        super().__init__()
        self._body, self._kind = body, kind

    def render_GET(self, request: server.Request) -> bytes:
        request.setHeader("Content-Type", self._kind)
        request.setHeader("Cache-Control", "no-cache")
        return self._body


class _Document(resource.Resource):
    """/openapi.json, made when it is asked for first: it takes a quarter of a second."""

    isLeaf = True

    def __init__(self, routes: list[Route]) -> None:
        super().__init__()
        self.document = functools.cache(lambda: msgspec.json.encode(describe(routes)))

    def render_GET(self, request: server.Request) -> bytes:
        request.setHeader("Content-Type", "application/json")
        request.setHeader("Cache-Control", "no-cache")
        return self.document()


class _Console(server.Site):
    """Runs the feed while it listens. No access log: addresses and query strings of people are none of a log's
    business; the journal has the acts."""

    protocol = BoundedChannel  # type: ignore[assignment]  # Twisted names its own wrapper of a channel here

    def __init__(
        self,
        root: resource.Resource,
        parts: Parts,
        legs: board.AudioLegs,
        seats: attendance.Attendance,
        pages: caller_page.CallerPages,
    ) -> None:
        super().__init__(root, requestFactory=BoundedRequest)
        self._feed, self._drafts = parts.feed, parts.drafts
        self._pages, self.body_limit = pages, pages.body_limit
        self._rights = parts.rights
        self._looking = Rounds(parts.reactor, 3.0, functools.partial(legs.look, parts))
        self._sitting = Rounds(parts.reactor, 1.0, functools.partial(seats.look, parts))

    def acceptableProtocols(self) -> list[bytes]:
        """By TLS (ALPN): what a BoundedChannel speaks, whatever else is installed."""
        return [b"http/1.1"]

    def startFactory(self) -> None:
        super().startFactory()
        self._feed.start()
        self._drafts.start()
        self._pages.start()
        self._rights.start()
        self._looking.start()
        self._sitting.start(now=True)

    def stopFactory(self) -> None:
        self._sitting.stop()
        self._looking.stop()
        self._rights.stop()
        self._pages.stop()
        self._feed.stop()
        self._drafts.stop()
        super().stopFactory()

    def log(self, request: http.Request) -> None:
        pass


def api_routes(access: Access, legs: board.AudioLegs, seats: attendance.Attendance, settings: Settings) -> list[Route]:
    """All below /api, and /healthz."""
    return [
        *board.routes(access, legs),
        *city.routes(),
        *streets.routes(),
        *coverage.routes(),
        *fixes.routes(),
        *locations.routes(settings),
        *audit.routes(),
        *erasures.routes(),
        *people.routes(),
        *queues.routes(),
        *location_link.routes(),
        *neighbours.routes(),
        *drafts.routes(),
        *attendance.routes(seats),
    ]


def build_site(parts: Parts) -> server.Site:
    """Everything below the console's address."""
    access = Access(parts)
    parts.room.listen(access)
    legs = board.AudioLegs(access.who)
    seats = attendance.Attendance(legs)
    routes = api_routes(access, legs, seats, parts.settings)
    pages = caller_page.CallerPages(parts)
    root = _Root()
    callers = caller_page.routes(pages)
    api = Api(parts, routes, access)
    below = resource.Resource()
    versions = _Versions(api, camera_resource(parts.gateway, parts.cameras, _may_watch(parts, access)))
    below.putChild(b"v1", versions)
    root.putChild(b"api", below)
    root.putChild(b"healthz", api)
    root.putChild(b"l", Api(parts, callers, access))
    root.putChild(b"openapi.json", _Document([*routes, *callers]))
    for path, template in ((b"", ""), (b"sign-in", "sign_in"), (b"console", "console"), (b"unit", "unit")):
        root.putChild(path, Page(parts, access, template))
    for name in ("audit", "admin", "supervisor"):
        root.putChild(name.encode(), Page(parts, access, name))
    root.putChild(b"static", _Files(str(HERE / "static")))
    texts = resource.Resource()
    for lang in languages():
        texts.putChild(f"{lang}.ftl".encode(), _Static(source_of(lang).encode(), "text/plain; charset=utf-8"))
    root.putChild(b"texts", texts)
    npm = resource.Resource()
    for address, folder in _NPM.items():
        package, _, within = address.partition("/")
        named = resource.Resource()
        named.putChild(within.encode(), _Package(str(HERE / "node_modules" / folder)))
        npm.putChild(package.encode(), named)
    root.putChild(b"npm", npm)
    return _Console(root, parts, legs, seats, pages)


class _Versions(resource.Resource):
    """/api/v1: the cameras' sockets, and the API for all the rest."""

    def __init__(self, api: Api, sockets: resource.Resource) -> None:
        super().__init__()
        self._api, self._sockets = api, sockets

    def getChild(self, path: bytes, request: server.Request) -> resource.IResource:
        rest = list(request.postpath or ())
        if path == b"cameras" and rest[-1:] == [b"live"] and len(rest) <= 2:
            if len(rest) == 2:  # /cameras/ID/live, else /cameras/live?camera=ID
                request.args[b"camera"] = [rest[0]]
            request.postpath = []
            return self._sockets
        return self._api


def _may_watch(parts: Parts, access: Access) -> Callable[[server.Request, str], Watch | None]:
    seen: TTLCache[tuple[str, str], bool] = TTLCache(5000, ttl=60.0, timer=parts.reactor.seconds)

    def may_watch(request: server.Request, camera: str) -> Watch | None:
        actor, key = access.who_now(request), access.key_held(request)
        if actor is None or actor.role not in DESK:
            return None

        def watch(end: Callable[[str], None]) -> Callable[[], None]:
            held = parts.rights.hold(f"camera {camera[:80]}", actor, key, end)
            return lambda: parts.rights.release(held)

        if camera in parts.cameras and (actor.user, camera) not in seen:
            seen[actor.user, camera] = True
            parts.room.submit(Noted(ev.CameraViewed(at=parts.room.now(), camera=camera[:80], by=actor.user)))
        return watch

    return may_watch


def endpoint_of(settings: Settings) -> str:
    """Twisted's description of where to listen: HTTPS with a certificate, else HTTP on loopback (browsers give the
    microphone to nothing else). Raises FileNotFoundError that says what is expected."""
    host, port = settings.web.address
    interface = host.replace(":", r"\:")
    if not settings.web.tls_folder:
        return f"tcp:{port}:interface={interface}"
    chain, key = (Path(settings.web.tls_folder) / name for name in ("fullchain.pem", "privkey.pem"))
    for file in (chain, key):
        if not file.is_file():
            raise FileNotFoundError(f"{file} is missing; put fullchain.pem and privkey.pem into the folder tls_folder")
    return f"ssl:{port}:interface={interface}:privateKey={key}:certKey={chain}:extraCertChain={chain}"
