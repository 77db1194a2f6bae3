"""What the console is built from; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from console.cameras.gateway import CameraGateway
from console.live.feed import Feed
from console.map_tiles import MapTiles
from dispatch.access.accounts import Accounts
from dispatch.access.rights import Rights
from dispatch.advice.ways import Ways
from dispatch.board import Board
from dispatch.calldata import Aml
from dispatch.drafting.drafts import Drafts
from dispatch.journal.callindex import CallIndex
from dispatch.process.leftovers import DemoWatch
from dispatch.room import ControlRoom
from dispatch.settings import Settings
from dispatch.tracking.bus import Bus
from dispatch.tracking.sightings import Sightings
from routing.city.records import City
from routing.location import Location
from routing.places.gazetteer import Gazetteer
from routing.recommendation.covered import Covered


class Audio(Protocol):
    """Brings a browser's audio to the switch."""

    async def place(self, position: str, user: str, sdp: str, peer: str) -> str:
        """The SDP answer. What it raises has a text that may be shown."""

    def end(self, position: str) -> bool:
        """False when this process did not place that position's leg."""


class MessageReader(Protocol):
    """The parsers, which live in telephony."""

    def place(self, body: bytes) -> Location | None: ...

    def aml_form(self, body: bytes) -> Aml: ...

    def aml_is_genuine(self, body: bytes, key: bytes) -> bool: ...

    def aml_message(self, payload: bytes | str, sender: str) -> Aml | None: ...


@dataclass
class Parts:
    settings: Settings
    reactor: Any
    room: ControlRoom
    bus: Bus
    sightings: Sightings
    ways: Ways
    covered: Callable[[Board, float, str], Covered]
    city: City
    accounts: Accounts
    gateway: CameraGateway
    cameras: dict[str, Any]
    audio: Audio
    switch_up: Callable[[], bool]
    switch_stuck: Callable[[], dict[str, float]]
    tell_phones: Callable[[], None]
    index: CallIndex
    reader: MessageReader
    tiles: MapTiles
    feed: Feed = field(init=False)
    drafts: Drafts = field(init=False)
    rights: Rights = field(init=False)
    gazetteer: Gazetteer = field(init=False)

    def __post_init__(self) -> None:
        self.gazetteer = Gazetteer(self.city.places, self.city.network, self.city.boundaries)
        self.feed = Feed(self.reactor, self.room, self.bus, self.switch_up)
        self.drafts = Drafts(self.accounts.engine, self.room, self.reactor)
        self.feed.show(self.drafts)
        self.rights = Rights(self.reactor, self.room, self.accounts)
        self.rights.listen(lambda standing: self.tell_phones())
        self.rights.listen(DemoWatch(self.room, self.settings).look)

    @property
    def recordings(self) -> Path:
        return self.settings.data_folder / "recordings"

    @property
    def catalogues(self) -> Path:
        return self.settings.data_folder / "catalogues"

    @property
    def photos(self) -> Path:
        return self.settings.data_folder / "photos"
