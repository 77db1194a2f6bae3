"""What the console is made of; put together in one place, by twistd.tac."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from twisted.internet import defer

from console.cameras import CameraGateway
from dispatch.accounts import Accounts
from dispatch.bus import Bus
from dispatch.room import ControlRoom
from dispatch.settings import Settings
from routing.city import City


class Audio(Protocol):
    """The switch's ear for browsers."""

    def place(self, position: str, user: str, sdp: str, peer_host: str) -> defer.Deferred:
        """A Deferred of the SDP answer to the browser's offer."""

    def end(self, position: str) -> Any: ...


@dataclasses.dataclass(kw_only=True)
class Parts:
    """`cameras`: id → anything with `kind` and a resolved `url`; `switch_up()`: is the switch connected;
    `recordings`: the folder of <digest>.wav; `demo_accounts`: shown on the sign-in page of the demo, each with
    user, password, role and unit; `folder`: where templates, static, locale and node_modules are."""

    settings: Settings
    room: ControlRoom
    bus: Bus
    city: City
    accounts: Accounts
    gateway: CameraGateway
    cameras: Mapping[str, Any]
    audio: Audio
    switch_up: Callable[[], bool]
    recordings: Path
    demo_accounts: tuple[Mapping[str, str], ...] = ()
    version: str = "0.1.0"
    folder: Path = Path(__file__).resolve().parent
