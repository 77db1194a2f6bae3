"""Asks the network where a caller is: the addresses that came with a call (RFC 6442, 6753; HELD, RFC 5985).

Theory of operation. The board knows which address is due, so a restart forgets none. Each try is one GET, or a HELD
request by POST where the server does not take GET; its outcome is journaled, with what it gave. Nothing here is on the
way of a call: it rings and is answered meanwhile. Only hosts in the setting `location_servers` are asked, at the
address that their name resolved to; this machine and link-local addresses only when they are listed as such.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import msgspec
from cachetools import LRUCache
from twisted.application import service
from twisted.internet import defer, task, threads
from twisted.logger import Logger
from twisted.web.client import Agent, FileBodyProducer, HTTPConnectionPool
from twisted.web.http_headers import Headers

from dispatch import events as ev
from dispatch.fetching.fetch import Body, DiscardBody, Pinned, checked_address
from dispatch.fetching.reasons import NotFetched
from dispatch.inputs import Noted
from dispatch.journal.recordings import keep_message
from dispatch.policy.places.references import addresses_in, is_listed, next_try
from dispatch.records import Call, Reference
from dispatch.room import ControlRoom
from dispatch.timing.reactor import IReactor
from routing.text import Text, text
from telephony.messages.additional import read_block
from telephony.messages.held import ACCEPT, CONTENT_TYPE, MalformedBody, read_answer
from telephony.messages.held import request as held_request

log = Logger()
LOOK_EVERY = 0.5
AT_ONCE = 20
"""Requests under way; the others wait their turn."""
WITHIN = 3.0
MAX_BODY = 64_000
_REDIRECTS = 2
_MOST_REFERENCES = 10
_NO_GET = (400, 405, 406, 415, 501)


def _too_late(result: object, seconds: float) -> NoReturn:
    raise NotFetched("too-late", seconds=round(seconds))


class Dereferencer(service.Service):
    """Runs beside the room. `servers`: the setting `location_servers`; `data`: the data folder."""

    def __init__(self, reactor: IReactor, room: ControlRoom, servers: tuple[str, ...], data: Path) -> None:
        self._reactor, self._room, self._servers, self._data = reactor, room, servers, data
        self._networks = addresses_in(servers)
        self._asking: set[tuple[str, str]] = set()
        self._last: LRUCache[tuple[str, str], bytes] = LRUCache(10_000)
        self._loop = task.LoopingCall(self._look)
        self._loop.clock = reactor

    def startService(self) -> None:
        super().startService()
        self._loop.start(LOOK_EVERY, now=False)

    def stopService(self) -> None:
        super().stopService()
        self._loop.stop()

    def _look(self) -> None:
        if self._room.trouble:
            return  # what could not be journaled would be asked for again at once
        board, now = self._room.board, self._room.now()
        for name, due in list(board.tables["references"].items()):
            call = board.calls.get(name)
            if call is None:
                self._note(ev.ReferenceTried(at=now, call=name, uri=""))
            elif due <= now:
                for reference in [one for one in call.references if one.due and one.due <= now]:
                    self._begin(call, reference, now)

    def _begin(self, call: Call, reference: Reference, now: float) -> None:
        key = call.id, reference.uri
        if key in self._asking or len(self._asking) >= AT_ONCE:
            return
        self._asking.add(key)
        if call.state == "ended":
            self._last.pop(key, None)
            trying = self._over(call, reference, now)
        else:
            trying = self._try(call, reference)
        done = defer.Deferred.fromCoroutine(trying)
        done.addErrback(lambda failure: log.failure("asking for a caller's place", failure))
        done.addBoth(lambda _: self._asking.discard(key))

    async def _over(self, call: Call, reference: Reference, now: float) -> None:
        await self._note(ev.ReferenceTried(at=now, call=call.id, uri=reference.uri))

    async def _try(self, call: Call, reference: Reference) -> None:
        why = None
        try:
            if not is_listed(reference.uri, self._servers):
                host = urlsplit(reference.uri).netloc.rpartition("@")[2][:100]
                what = text("discrepancy.server-not-listed", host=host)
                await self._note(ev.DiscrepancyNoted(at=self._room.now(), about=call.id, what=what))
                await self._tried(call, reference, text("reference.not-listed"), again=0.0)
                return
            fetching = defer.Deferred.fromCoroutine(self._fetched(reference))
            fetching.addTimeout(WITHIN, self._reactor, _too_late)
            body, posted = await fetching
            await self._told(call, reference, body, "held" if posted else "reference")
        except NotFetched as wrong:
            why = wrong.of("reference")
        except ValueError as wrong:
            why = text("reference.unusable", detail=str(wrong)[:200])
        except Exception as wrong:  # what Twisted's client says of the network
            why = text("reference.not-reached", detail=type(wrong).__name__)
        now = self._room.now()
        await self._tried(call, reference, why, next_try(reference, call.received, now, why is not None))

    def _tried(self, call: Call, reference: Reference, why: Text | None, again: float) -> defer.Deferred[int]:
        now = self._room.now()
        return self._note(ev.ReferenceTried(at=now, call=call.id, uri=reference.uri, why=why, again=again))

    def _note(self, event: ev.Event) -> defer.Deferred[int]:
        return self._room.submit(Noted(event))

    # -- what came
    async def _told(self, call: Call, reference: Reference, body: bytes, source: str) -> None:
        key, digest = (call.id, reference.uri), hashlib.sha256(body).digest()
        if self._last.get(key) == digest:
            return  # the same document is no new observation
        try:
            kept = await threads.deferToThread(keep_message, body, self._data, "xml")
        except OSError as wrong:  # where somebody is counts more than what it was read from
            log.error("a location server's answer is not kept: {wrong}", wrong=wrong.strerror)
            kept = ""
        now = self._room.now()
        if reference.kind != "location":
            data = read_block(body, reference.kind).fields
            await self._note(
                ev.AdditionalDataReceived(at=now, call=call.id, kind=reference.kind, data=data, digest=kept)
            )
            return
        answer = read_answer(body)
        if answer.error:
            raise MalformedBody(f"{answer.error} {answer.message}".strip())
        self._last[key] = digest
        for place in answer.places.locations if answer.places else ():
            place = msgspec.structs.replace(place, source=source)
            await self._note(ev.LocationReceived(at=now, call=call.id, location=place))
        for address in answer.places.civic if answer.places else ():
            await self._note(
                ev.CivicReceived(at=now, call=call.id, parts=address.parts, text=address.text, method=address.method)
            )
        known = {one.uri for one in self._room.board.calls[call.id].references}
        for uri in answer.references:
            if uri not in known and len(known) < _MOST_REFERENCES and not answer.places:
                await self._note(ev.LocationReferenced(at=now, call=call.id, uri=uri))

    # -- asking
    async def _fetched(self, reference: Reference) -> tuple[bytes, bool]:
        """(body, whether it was a HELD request that gave it)."""
        accept = ACCEPT if reference.kind == "location" else "*/*"
        code, body = await self._asked(b"GET", reference.uri, accept)
        posted = code in _NO_GET and reference.kind == "location"
        if posted:
            code, body = await self._asked(b"POST", reference.uri, accept)
        if code != 200:
            raise NotFetched("http", code=code)
        return body, posted

    async def _asked(self, method: bytes, uri: str, accept: str) -> tuple[int, bytes]:
        """(HTTP status, body)."""
        for _ in range(_REDIRECTS + 1):
            if not is_listed(uri, self._servers):
                raise NotFetched("elsewhere")
            address = await checked_address(uri, ("http", "https"), self._networks)
            headers = Headers({"User-Agent": ["siaga112"], "Accept": [accept]})
            producer = None
            if method == b"POST":
                headers.addRawHeader("Content-Type", CONTENT_TYPE)
                producer = FileBodyProducer(io.BytesIO(held_request()))
            pool = HTTPConnectionPool(self._reactor, persistent=False)
            agent = Agent.usingEndpointFactory(self._reactor, Pinned(self._reactor, address), pool)
            asked = urlsplit(uri)._replace(fragment="").geturl().encode()
            answer = await agent.request(method, asked, headers, producer)
            moved = answer.headers.getRawHeaders("location", [""])[0]
            if answer.code in (301, 302, 303, 307, 308) and moved:
                answer.deliverBody(DiscardBody())
                uri = urljoin(uri, moved)
                continue
            if answer.code != 200:
                answer.deliverBody(DiscardBody())
                return answer.code, b""
            got = bytearray()

            def keep(piece: bytes, got: bytearray = got) -> None:
                got.extend(piece)
                if len(got) > MAX_BODY:
                    raise NotFetched("too-big", limit=MAX_BODY)

            body = Body(keep)
            answer.deliverBody(body)
            try:
                await body.done
            finally:
                if body.transport is not None:
                    body.transport.loseConnection()  # also of one that was given up
            return 200, bytes(got)
        raise NotFetched("redirects")
