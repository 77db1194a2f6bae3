"""A whole console for the tests: a real room on SQLite, the demo city, the real site on a port of its own."""

from __future__ import annotations

import functools
import http.client
import json
from pathlib import Path
from typing import Any

import msgspec
from twisted.internet import defer

from console.cameras.gateway import CameraGateway
from console.map_tiles import MapTiles
from console.parts import Parts
from console.site import build_site
from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.accounts import Accounts
from dispatch.access.keys import keys_of
from dispatch.advice.lookups import Lookups
from dispatch.advice.ranking import UnitRanking
from dispatch.exchange.centre_post import CentrePost, read_tokens
from dispatch.inputs import Due, Noted, Report, Request
from dispatch.journal.callindex import CallIndex
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.policy.places.location_link import key_of
from dispatch.process.demo import make_demo_subscribers
from dispatch.process.notifiers import Notifier, read_channels
from dispatch.process.outside import resolved_centres
from dispatch.room import ControlRoom
from dispatch.settings import ROOT, Policy, arranged
from dispatch.tracking.bus import MemoryBus
from dispatch.tracking.sightings import Sightings
from dispatch.world import World
from migrations import migrate
from routing.ali.subscribers import read_subscribers
from routing.city.load import load_city
from routing.city.records import City
from routing.places.gazetteer import Gazetteer
from routing.text import Text
from telephony.messages.reader import Reader
from tests.console.described import of_document, request_checked_by

PASSWORD = "benar-sekali-112"
SCENE = {"lat": 0.9209, "lon": 104.4404, "radius": 20.0}
WHO = {
    "ana": (cmd.CALL_TAKER, ""), "dina": (cmd.DISPATCHER, ""), "sari": (cmd.SUPERVISOR, ""),
    "audi": (cmd.AUDITOR, ""), "ade": (cmd.ADMIN, ""), "rudi": (cmd.RESPONDER, "AMB-01"),
    "gps": (cmd.TRACKER, ""), "gps-amb": (cmd.TRACKER, "AMB-01"), "bintan": (cmd.CENTRE, ""),
}  # fmt: skip


CITY = ROOT / "deploy/city/tanjungpinang"


@functools.cache
def demo_city() -> City:
    return load_city(CITY)


class Ear:
    """Audio that only notes what it is asked for."""

    def __init__(self) -> None:
        self.placed, self.ended = [], []

    def place(self, position: str, user: str, sdp: str, peer: str) -> defer.Deferred:
        self.placed.append((position, user))
        return defer.succeed("v=0 answer")

    def end(self, position: str) -> bool:
        self.ended.append(position)
        return any(placed == position for placed, _ in self.placed)


class Answer(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> Text | None:
        """What an answer other than 200 says."""
        error = self.json["error"]
        return msgspec.convert(error, Text) if "code" in error else None


class Desk:
    """`tokens`: one for each of WHO. Everything that touches the room runs in the reactor's thread."""

    def __init__(self, thread, folder: Path, **settings: Any) -> None:
        self.thread, self._report = thread, 0
        self.settings = arranged({"data": str(folder), **settings})
        (folder / "recordings").mkdir()
        self.engine = open_engine(f"sqlite:///{folder}/journal.db")
        migrate(self.engine)
        self.accounts, self.bus, self.ear, self.up = Accounts(self.engine), MemoryBus(), Ear(), True
        self.tokens = {name: self.accounts.create_token(name, role, unit) for name, (role, unit) in WHO.items()}
        city = demo_city()
        self.journal = SqlJournal(self.engine, Masters(folder))
        make_demo_subscribers(self.settings.subscribers_file)
        subscribers, _ = read_subscribers(self.settings.subscribers_file)
        lookups = Lookups(city, subscribers, Gazetteer(city.places, city.network))
        self.channels, self.complaints = read_channels(self.settings)
        ranking = UnitRanking(city, self.bus, 120.0)
        self.ways, self.covered = ranking.ways, ranking.covered
        centres = resolved_centres(city, self.settings)
        tokens, _ = read_tokens(folder, centres)
        self.centre_post = CentrePost(centres, tokens)
        world = World(
            policy=Policy(), incident_types={kind.id for kind in city.incident_types},
            cameras={one.id for one in city.cameras}, recommender=ranking, streets=ranking.ways,
            key=keys_of(folder), public_url=self.settings.web.public_address,
            channels=self.channels.names,
            contacts={one.id: one for one in city.contacts},
            places=lookups, neighbourhood=lookups, called=city.names["id"], centres=centres,
        )  # fmt: skip
        self.room = ControlRoom(self.journal, world, thread.reactor)
        thread.call(self._open, city)
        self.note(
            *(ev.UnitRegistered(at=1.0, unit=u.id, agency=u.agency, kind=u.kind, name=u.name, lat=u.lat, lon=u.lon,
                                capabilities=u.capabilities, profile=u.profile, station=u.station,
                                centre=city.centre_of(u.agency))
              for u in city.units)
        )  # fmt: skip

    def _open(self, city: City) -> None:
        cameras = {one.id: one for one in city.cameras}
        self.tiles = MapTiles(self.thread.reactor, self.room, CITY, self.settings.data_folder.parent / "maps")
        self.gateway = CameraGateway(self.thread.reactor, cameras)
        self.parts = Parts(
            settings=self.settings, reactor=self.thread.reactor, room=self.room, bus=self.bus,
            sightings=Sightings(self.room, self.bus), ways=self.ways, covered=self.covered,
            city=city, accounts=self.accounts, gateway=self.gateway, cameras=cameras,
            audio=self.ear, switch_up=lambda: self.up, switch_stuck=dict, tell_phones=lambda: None,
            index=CallIndex(self.journal),
            reader=Reader(), tiles=self.tiles,
        )  # fmt: skip
        self.tiles.startService()
        self.notifier = Notifier(self.thread.reactor, self.room, self.channels, self.centre_post)
        self.room.start()
        self.notifier.start()
        site = build_site(self.parts)
        document = site.resource.children[b"openapi.json"].document
        site.requestFactory = request_checked_by(of_document(document))
        self._listening = self.thread.reactor.listenTCP(0, site, interface="127.0.0.1")
        self.port = self._listening.getHost().port

    def close(self) -> None:
        self.thread.call(self._listening.stopListening)
        self.thread.call(self.gateway.stop)
        self.thread.call(self.notifier.stop)
        self.thread.call(self.tiles.stopService)
        self.thread.call(self.room.stop)
        self.engine.dispose()

    # -- what happens outside the console
    def note(self, *events: ev.Event) -> int:
        """Journals facts; the seq of the last."""
        return self.thread.call(lambda: defer.gatherResults([self.room.submit(Noted(e)) for e in events]))[-1]

    def reported(self, event: ev.Event) -> int:
        self._report += 1
        return self.thread.call(self.room.submit, Report(msgspec.structs.replace(event, src=("boot", self._report))))

    def page_key(self, call: str) -> str:
        """Of the page that was sent last for this call."""
        link = self.room.board.links[call]
        return key_of(link.notice, link.to, self.room.world)

    def incoming(self, call: str, caller: str = "+628111") -> int:
        return self.reported(ev.CallReceived(at=self.room.now(), call=call, caller=caller))

    def asks(self, user: str, command: cmd.Command) -> int:
        role, unit = WHO[user]
        return self.thread.call(self.room.submit, Request(command, cmd.Actor(user=user, role=role, unit=unit)))

    def events(self, kind: type[ev.Event]) -> list[ev.Event]:
        """All journaled events of a kind, with those that are decided and on their way to the disk."""
        decided = self.thread.call(self.room.submit, Due("none"))
        self.thread.until(lambda: self.room.board.seq >= decided)
        return [e.event for e in self.journal.read(0, 1_000_000) if isinstance(e.event, kind)]

    # -- what a browser or a program does
    def ask(self, method: str, path: str, user: str = "", body: Any = None, **headers: str) -> Answer:
        """One request; `body` is sent as JSON unless it is bytes; `user` one of WHO, by token."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if user:
            given["Authorization"] = f"Bearer {self.tokens[user]}"
        if body is not None and not isinstance(body, bytes):
            body = msgspec.json.encode(body)
            given.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, given)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, user: str = "", **headers: str) -> Answer:
        return self.ask("GET", path, user, **headers)

    def post(self, path: str, user: str = "", body: Any = None, **headers: str) -> Answer:
        return self.ask("POST", path, user, {} if body is None else body, **headers)

    def stream(self, user: str, after: int | None = None) -> Stream:
        board = self.room.board
        mark = None if after is None else f"{board.journal_at(board.seq)}:{after}"
        return Stream(self.port, self.tokens[user], after, mark)


class Stream:
    """An open feed, from entry `after` on, which the room knows by its mark. `next` reads one event of the stream."""

    def __init__(self, port: int, token: str, after: int | None, mark: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Authorization": f"Bearer {token}"}
        if after is not None:
            headers["Last-Event-ID"] = mark or ""
        self._connection.request("GET", "/api/v1/events", headers=headers)
        self.answer = self._connection.getresponse()
        self.last, self.mark = after, mark

    def next(self, *kinds: str) -> tuple[str, Any]:
        """(kind, data) of the next event that is one of `kinds` (any, when none is named)."""
        while True:
            kind, data = "", b""
            while line := self.answer.readline().rstrip(b"\n"):
                name, _, value = line.partition(b": ")
                if name == b"event":
                    kind = value.decode()
                elif name == b"data":
                    data = value
                elif name == b"id":
                    self.mark = value.decode()
                    self.last = int(self.mark.rpartition(":")[2])
            if data and (not kinds or kind in kinds):
                return kind, json.loads(data)

    def close(self) -> None:
        self.answer.close()
        self._connection.close()
