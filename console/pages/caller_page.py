"""The page on a caller's telephone: /l/KEY. The first browser that opens it reaches this one call, and nothing else of
the room; another one with the same key waits until a call-taker lets it in (dispatch/policy/places/location_link.py).

What it tells goes to the room as Posted, which takes only what was agreed to. What it shows is what was written on it
and whether it is open, never who works here or what else is known. Nobody signs in: the cookie only tells browsers
apart, and nothing is done for it without the key, which a request of another site's page cannot name.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import jinja2
import msgspec
from twisted.internet import defer, task, threads
from twisted.logger import Logger
from twisted.web.server import NOT_DONE_YET, Request

from console.http.access import check_page, is_foreign
from console.http.answers import Done, Media, Messages, Raw
from console.http.asker import browser_language, client_address, cookie, secure
from console.http.limits import Tokens
from console.http.web import MAX_BODY, PUBLIC, Ask, Problem, Reply, Route
from console.http.written import written
from console.live.event_stream import EventStream, frame
from console.pages.pages import HERE, offered
from console.pages.photos import MAX_BYTES, NoPhoto, keep_photo
from console.parts import Parts
from dispatch import events as ev
from dispatch.catalogue import languages, named, words
from dispatch.exchange.handover import digest_of
from dispatch.inputs import Posted, Refused
from dispatch.policy.places.location_link import (
    MAX_LETTERS,
    MAX_PHOTOS,
    NOT_LET_IN,
    PLACE_EVERY,
    let_in,
    link_of,
)
from dispatch.records import Link
from dispatch.room import Committed
from dispatch.states import Consent
from routing.location import Malformed, make_location

log = Logger()
_SHOWN_LINES = 40
_STREAMS = 3
_BEAT = 2.0
"""Seconds between two words of the centre; a page that hears none for six says so."""
_LATE, _EARLY = 900.0, 5.0
_COOKIE = "siaga_page"
_CLOSED = Problem(410, "problem.link-over")


class Agreed(msgspec.Struct, frozen=True):
    """What the caller agrees to, or takes back."""

    what: Consent
    given: bool = True


class PhoneFix(msgspec.Struct, frozen=True):
    """What the browser's Geolocation gives: degrees, `accuracy` in metres at 95 %, `at` in seconds since 1970."""

    lat: float
    lon: float
    accuracy: float
    at: float
    altitude: float | None = None


class Written(msgspec.Struct, frozen=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_LETTERS)]


class PhotoKept(msgspec.Struct, frozen=True):
    """SHA-256 of the picture, in hexadecimal digits."""

    digest: str


class PageLine(msgspec.Struct, frozen=True):
    """`at`: seconds since 1970; `mine`: written by the caller."""

    at: float
    text: str
    mine: bool


class PageState(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser is shown: whether the page is `open`; `asks`: it waits to be let in; what was agreed to; how many
    photos were `sent`; the newest lines."""

    open: bool
    asks: bool = False
    consents: tuple[Consent, ...] = ()
    sent: int = 0
    lines: tuple[PageLine, ...] = ()


class _PageStream(EventStream):
    """One open page. A telephone that does not read gets the newest state when it reads again; nothing is kept for it
    but that."""

    def __init__(self, request: Request, page: str, browser: str) -> None:
        super().__init__(request)
        self._waits, self._told = b"", b""
        self.page, self.browser, self.asks = page, browser, False
        self.begin()

    def tell(self, message: bytes) -> None:
        """Most of what happens in a call changes nothing here, and the network is slow."""
        if message == self._told:
            return
        self._told = message
        if self.is_open:
            self._request.write(message)
        else:
            self._waits = message

    def beat(self) -> None:
        if self.is_open:
            self._request.write(frame("beat", Done()))

    def end(self) -> None:
        if self._waits:
            self._request.write(self._waits)
        self._request.unregisterProducer()
        self._request.finish()

    def resumed(self) -> None:
        message, self._waits = self._waits, b""
        if message:
            self._request.write(message)


class CallerPages:
    """The routes' functions, and a listener of the room that keeps open pages up to date."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        loader = jinja2.FileSystemLoader(HERE / "templates")
        self._jinja = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
        self._acts = Tokens(at_once=30.0, a_second=3.0)
        self._misses = Tokens(at_once=60.0, a_second=0.2)
        self._photos = defer.DeferredSemaphore(2)  # a picture takes a hundred megabytes while it is decoded
        self._streams: dict[str, list[_PageStream]] = {}
        self._beat = task.LoopingCall(self._alive)
        self._beat.clock = parts.reactor
        parts.room.listen(self)

    def start(self) -> None:
        self._beat.start(_BEAT, now=False)

    def stop(self) -> None:
        self._beat.stop()

    def body_limit(self, path: bytes) -> int:
        """Only a page that is open may send as much as a photo has."""
        words = path.split(b"/")
        if len(words) == 4 and words[1] == b"l" and words[3] == b"photo":
            key = words[2].decode("ascii", "replace")
            return MAX_BYTES if link_of(self._parts.room.board, digest_of(key)) else MAX_BODY
        return MAX_BODY

    # -- what the browser asks for
    def page(self, parts: Parts, ask: Ask) -> Reply:
        """HTML; with an unknown or closed key one that says to call 112."""
        link = self._found(ask)
        if link is None:
            ask.request.setResponseCode(404)
        elif not cookie(ask.request, _COOKIE):
            ask.request.addCookie(
                _COOKIE, secrets.token_urlsafe(16), path="/l/", httpOnly=True, sameSite="lax",
                secure=secure(ask.request), max_age=str(int(parts.settings.policy.link_hours * 3600)),
            )  # fmt: skip
        lang = browser_language(ask.request)
        city = parts.city
        given = {
            "lang": lang,
            "texts": words(lang),
            "open": link is not None,
            "city": named(city.names, lang),
            "page": {
                "lang": lang,
                "languages": offered(),
                "base": f"/l/{ask.path['key']}",
                "city": {one: named(city.names, one) for one in languages()},
                "texts": {one: words(one).templates("link") for one in languages()},
                "photos": MAX_PHOTOS,
                **(msgspec.to_builtins(self._state(link, _browser(ask))) if link else {}),
            },
        }
        ask.request.setHeader("X-Robots-Tag", "noindex")
        return Raw(self._jinja.get_template("caller_page.html").render(**given).encode(), "text/html; charset=utf-8")

    def events(self, parts: Parts, ask: Ask) -> Reply:
        """Server-sent events: `state` whenever something of it changes."""
        link, request = self._open(ask), ask.request
        for oldest in self._streams.get(link.call, [])[: 1 - _STREAMS]:
            oldest.end()
        stream = _PageStream(request, _page(ask), _browser(ask))
        stream.asks = not let_in(link, stream.browser)
        self._streams.setdefault(link.call, []).append(stream)
        request.notifyFinish().addBoth(lambda _: self._gone(link.call, stream))
        stream.tell(frame("state", self._state(link, stream.browser)))
        return NOT_DONE_YET

    async def opened(self, parts: Parts, ask: Ask) -> Done:
        link = self._acting(ask, opens=True)
        agent = "".join(c for c in ask.request.getHeader("user-agent") or "" if c.isprintable())[:200]
        return await self._tell(ask, ev.LinkOpened(at=parts.room.now(), call=link.call, agent=agent))

    async def consent(self, parts: Parts, ask: Ask) -> Done:
        link, given = self._acting(ask), ask.json(Agreed)
        if (given.what in link.consents) == given.given:
            return Done()
        said = ev.LinkConsented(at=parts.room.now(), call=link.call, what=given.what, withdrawn=not given.given)
        return await self._tell(ask, said, given)

    async def place(self, parts: Parts, ask: Ask) -> Done:
        link, given, now = self._acting(ask), ask.json(PhoneFix), parts.room.now()
        if now - link.last_place < PLACE_EVERY:
            raise Problem(429, "problem.places-too-often")
        at = given.at if now - _LATE <= given.at <= now + _EARLY else now
        if ask.ago(now):  # whatever the telephone's clock says
            at = _then(ask, now)
        known = {"method": "GPS", "source": "link", "shape": "Circle", "confidence": 95.0, "at": at}
        try:
            found = make_location(lat=given.lat, lon=given.lon, radius=given.accuracy, altitude=given.altitude, **known)
        except Malformed as wrong:
            raise Problem.of(400, wrong) from None
        return await self._tell(ask, ev.LocationReceived(at=now, call=link.call, location=found), given)

    async def line(self, parts: Parts, ask: Ask) -> Done:
        link = self._acting(ask)
        text = "".join(c for c in ask.json(Written).text if c.isprintable() or c == "\n").strip()
        if not text:
            raise Problem(400, "problem.line-empty")
        at = _then(ask, parts.room.now())
        return await self._tell(ask, ev.TextReceived(at=at, call=link.call, text=text, via="link"), text)

    async def photo(self, parts: Parts, ask: Ask) -> PhotoKept:
        link = self._acting(ask, json_only=False)
        if "photos" not in link.consents or len(link.photos) >= MAX_PHOTOS:
            raise Problem(409, "problem.no-more-photos")
        try:
            folder, body = parts.photos, ask.body(MAX_BYTES)
            kept = await self._photos.run(threads.deferToThread, keep_photo, folder, body)
        except NoPhoto as wrong:
            raise Problem(415, wrong.text) from None
        except OSError as wrong:
            log.error("a photo of a caller is not kept: {why}; make room on the disk", why=wrong.strerror)
            raise Problem(503, "problem.photo-not-kept") from None
        at = _then(ask, parts.room.now())
        event = ev.PhotoReceived(at=at, call=link.call, **msgspec.structs.asdict(kept))
        await self._tell(ask, event, kept)
        return PhotoKept(kept.digest)

    # -- one call's page
    def _found(self, ask: Ask) -> Link | None:
        link = link_of(self._parts.room.board, _page(ask))
        if link is None and not self._misses.take(client_address(ask.request), self._now()):
            raise Problem(429, "problem.caller-too-often")
        return link

    def _now(self) -> float:
        seconds: float = self._parts.reactor.seconds()
        return seconds

    def _open(self, ask: Ask) -> Link:
        link = self._found(ask)
        if link is None:
            raise _CLOSED
        return link

    def _acting(self, ask: Ask, json_only: bool = True, opens: bool = False) -> Link:
        if json_only:
            check_page(ask.request)
        elif is_foreign(ask.request):
            raise Problem(403, "problem.not-our-page")
        link = self._open(ask)
        if not opens and not let_in(link, _browser(ask)):
            raise Problem(403, NOT_LET_IN)
        if not self._acts.take(link.call, self._now()):
            raise Problem(429, "problem.too-often")
        return link

    async def _tell(self, ask: Ask, event: ev.Event, given: Any = None) -> Done:
        """Answers when it is in the journal; what a page sends again because it heard no answer is in it once."""
        asked = ask.asked(f"link:{_page(ask)[:16]}", msgspec.json.encode(given), self._parts.room.journal.keys.blind)
        try:
            posted = Posted(event, _page(ask), _browser(ask), asked)
            await written(self._parts, posted, "problem.not-kept")
        except Refused as refused:
            raise Problem.of(409, refused) from None
        return Done()

    def _state(self, link: Link, browser: str) -> PageState:
        if not let_in(link, browser):
            return PageState(open=not link.closed, asks=True)
        call = self._parts.room.board.calls.get(link.call)
        lines = [line for line in (call.lines if call else ()) if line.via == "link" and line.at >= link.since]
        lines = lines[-_SHOWN_LINES:]
        return PageState(
            open=not link.closed,
            consents=link.consents,
            sent=sum(photo.at >= link.since for photo in link.photos),
            lines=tuple(PageLine(line.at, line.text, mine=not line.by) for line in lines),
        )

    # -- the room's news
    def committed(self, batch: list[Committed]) -> None:
        if not self._streams:
            return
        board = self._parts.room.board
        for call in {getattr(one.event, "call", "") for one in batch} & self._streams.keys():
            for stream in list(self._streams.get(call, ())):
                link = link_of(board, stream.page)
                if link is not None:
                    stream.asks = not let_in(link, stream.browser)
                    stream.tell(frame("state", self._state(link, stream.browser)))
                    continue
                known = board.links.get(call)  # closed, with the last lines for who saw them, or somebody else's by now
                stays = known is not None and known.closed and not stream.asks
                shown = self._state(known, stream.browser) if known is not None and stays else _OVER
                stream.tell(frame("state", shown))
                stream.end()

    def _alive(self) -> None:
        """Tells open pages that they are heard, and keeps networks from cutting a stream that says nothing."""
        for streams in list(self._streams.values()):
            for stream in list(streams):
                stream.beat()

    def _gone(self, call: str, stream: _PageStream) -> None:
        streams = self._streams.get(call, [])
        if stream in streams:
            streams.remove(stream)
        if not streams:
            self._streams.pop(call, None)


_OVER = PageState(open=False)


def _then(ask: Ask, now: float) -> float:
    """When it was written, taken or measured: a telephone in a tunnel sends it later."""
    return now - min(ask.ago(now), _LATE)


def _page(ask: Ask) -> str:
    return digest_of(ask.path["key"])


def _browser(ask: Ask) -> str:
    """Digest of its cookie, "" before it has one."""
    told = cookie(ask.request, _COOKIE)
    return digest_of(told) if told else ""


def routes(pages: CallerPages) -> list[Route]:
    feed = Messages({"state": PageState, "beat": Done})
    refuses, keyed = (403, 409, 410, 429, 503), ("Idempotency-Key",)
    late = (*keyed, "Happened-Ago", "Happened-At")
    picture = Media(("image/jpeg", "image/png", "image/webp"), f"At most {MAX_BYTES} bytes.")
    return [
        Route(
            "GET", "/l/{key}", PUBLIC, pages.page, "The page on a caller's telephone.",
            gives=Media(("text/html",), "The page."), refuses=(429,), name="caller_page",
        ),
        Route(
            "GET", "/l/{key}/events", PUBLIC, pages.events, "What the page shows, as server-sent events.", gives=feed,
            refuses=(410, 429), name="caller_page_events",
        ),
        Route(
            "POST", "/l/{key}/opened", PUBLIC, pages.opened, "The page was opened.", refuses=refuses, headers=keyed,
            name="caller_page_opened",
        ),
        Route(
            "POST", "/l/{key}/consent", PUBLIC, pages.consent, "The caller agrees to something, or takes it back.",
            Agreed, refuses=refuses, headers=keyed, name="caller_page_consent",
        ),
        Route(
            "POST", "/l/{key}/place", PUBLIC, pages.place, "Where the telephone is.", PhoneFix, refuses=refuses,
            headers=late, name="caller_page_place",
        ),
        Route(
            "POST", "/l/{key}/line", PUBLIC, pages.line, "A line that the caller wrote.", Written, refuses=refuses,
            headers=late, name="caller_page_line",
        ),
        Route(
            "POST", "/l/{key}/photo", PUBLIC, pages.photo, "A photo.", picture, refuses=(*refuses, 415), headers=late,
            name="caller_page_photo",
        ),
    ]  # fmt: skip
