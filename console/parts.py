"""What the console is built from; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from console.cameras import CameraGateway
from console.feed import Feed
from dispatch.accounts import Accounts
from dispatch.bus import Bus
from dispatch.callindex import CallIndex
from dispatch.room import ControlRoom
from dispatch.settings import Settings
from routing.city import City
from routing.gazetteer import Gazetteer


class Audio(Protocol):
    """Brings a browser's audio to the switch."""

    def place(self, position: str, user: str, sdp: str, peer: str) -> Any:
        """Deferred SDP answer; its failure has a text that may be shown."""

    def end(self, position: str) -> bool:
        """False when this process did not place that position's leg."""


@dataclass
class Parts:
    settings: Settings
    reactor: Any
    room: ControlRoom
    bus: Bus
    city: City
    accounts: Accounts
    gateway: CameraGateway
    cameras: dict[str, Any]
    audio: Audio
    switch_up: Callable[[], bool]
    tell_phones: Callable[[], None]
    index: CallIndex
    feed: Feed = field(init=False)
    gazetteer: Gazetteer = field(init=False)

    def __post_init__(self) -> None:
        self.gazetteer = Gazetteer(self.city.places, self.city.network)
        self.feed = Feed(self.reactor, self.room, self.bus, self.switch_up)

    @property
    def recordings(self) -> Path:
        return self.settings.data_folder / "recordings"
