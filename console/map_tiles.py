"""The base map's tiles: found, or made beside the running room, and served by ranges of bytes.

The room waits for none of it. Until the archive is there, or when it cannot be made, pages draw the city's GeoJSON.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import msgspec
from twisted.application import service
from twisted.internet import defer, protocol, threads
from twisted.internet.error import ProcessDone
from twisted.internet.interfaces import IProcessTransport
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web.static import File

from dispatch import events as ev
from dispatch.catalogue import say
from dispatch.inputs import Noted
from dispatch.room import ControlRoom
from dispatch.settings import ROOT
from dispatch.timing.reactor import IReactor
from routing.city.files import CityError
from routing.text import Param, Text, said_by, text
from routing.tiles.archive import digest_in, find_map

log = Logger()
_KEPT = 4


class MapTiles(service.Service):
    """`file` is the archive, None while there is none; `digest` names what it was made of.

    An archive is kept in `kept` by the digest of the city's files, so a second start finds it. One that `siaga
    import-osm` made is used where it is, as long as the files are as they were."""

    def __init__(self, reactor: IReactor, room: ControlRoom, folder: Path, kept: Path) -> None:
        self._reactor, self._room, self._folder, self._kept = reactor, room, folder, kept
        self._maker: _Maker | None = None
        self.file: Path | None = None
        self.digest = ""

    def startService(self) -> None:
        super().startService()
        self._reactor.callWhenRunning(lambda: defer.Deferred.fromCoroutine(self._find()))

    def stopService(self) -> None:
        super().stopService()
        if self._maker is not None:
            self._maker.stop()

    async def _find(self) -> None:
        try:
            file, place = await threads.deferToThread(find_map, self._folder, self._kept)
            if file is None and self.running:
                self._maker = _Maker()
                line = [sys.executable, "-m", "routing.tiles", str(self._folder), str(place)]
                self._reactor.spawnProcess(self._maker, sys.executable, line, env=None, path=str(ROOT))
                await self._maker.ended
                file = place
                await threads.deferToThread(_tidy, self._kept)
            if not self.running or file is None:
                return
            digest = await threads.deferToThread(digest_in, file)
            if not digest:
                raise CityError("city.map-unreadable", file=str(file))
        except Exception as wrong:
            if self.running:
                self._missing(said_by(wrong))
            return
        self.file, self.digest = file, digest
        if "map" in self._room.board.alarms:
            self._room.submit(Noted(ev.AlarmCleared(at=self._room.now(), alarm="map")))

    def _missing(self, why: Param) -> None:
        said = text("alarm.no-map", why=why)
        log.error("{said}", said=say(said, "en"))
        self._room.submit(Noted(ev.AlarmRaised(at=self._room.now(), alarm="map", level="warning", text=said)))


class _Maker(protocol.ProcessProtocol):
    """`ended` fires when the map is made, and fails with what the maker said."""

    def __init__(self) -> None:
        self.ended: defer.Deferred[None] = defer.Deferred()
        self._said = b""

    def errReceived(self, data: bytes) -> None:
        self._said = (self._said + data)[-600:]

    def processEnded(self, reason: Failure) -> None:
        if reason.check(ProcessDone):
            self.ended.callback(None)
        else:
            self.ended.errback(_told(self._said.strip().rpartition(b"\n")[2], str(reason.value)))

    def stop(self) -> None:
        if not self.ended.called:
            cast(IProcessTransport, self.transport).signalProcess("KILL")


def _told(line: bytes, ending: str) -> Exception:
    """What the maker said last (routing/tiles/__main__.py), or how it ended."""
    try:
        return CityError(msgspec.json.decode(line, type=Text))
    except msgspec.MsgspecError:
        return OSError(line.decode("utf-8", "replace") or ending)


def _tidy(kept: Path) -> None:
    """Leaves the newest few: a page that is open may still read one of before."""
    files = sorted(kept.iterdir(), key=lambda file: file.stat().st_mtime)
    for file in files[:-_KEPT]:
        file.unlink(missing_ok=True)


class Archive(File):
    """The archive as a browser reads it, range by range."""

    contentTypes = {".pmtiles": "application/vnd.pmtiles"}
    contentEncodings: dict[str, str] = {}
