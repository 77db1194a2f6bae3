"""Takes units' positions in, by whatever way they came: judges them, puts them on the bus, tells what is wrong.

A unit follows one device at a time. Another takes over when that one has been silent for a minute, and at once when it
is a device of the unit itself and the other speaks for many (a simulator, a gateway).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from cachetools import TTLCache
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.room import ControlRoom
from dispatch.tracking.bus import Bus, BusUnavailable, moved
from dispatch.tracking.fixes import Judged, Track, far_apart, judge
from dispatch.tracking.trackers import Reading
from routing.text import Text, text

log = Logger()
_SILENT_S = 60.0
_NOTE_EVERY_S = 60.0
_DEVICES_A_UNIT = 8
_MOST_SAID = 10


class Sender(msgspec.Struct, frozen=True):
    """The `name` of a device, person or program; `unit` is the only one that it may speak for, "" for any."""

    name: str
    unit: str = ""


class FixesUsed(msgspec.Struct, frozen=True):
    """`ignored` says why, one text for each fix that is not used."""

    kept: int
    ignored: tuple[Text, ...]


class _Followed(msgspec.Struct):
    sender: Sender
    heard: float


class Sightings:
    """`take` is called on the reactor's thread."""

    def __init__(self, room: ControlRoom, bus: Bus) -> None:
        self._room, self._bus = room, bus
        self._tracks: dict[str, dict[str, Track]] = {}
        self._followed: dict[str, _Followed] = {}
        self._noted: TTLCache[str, bool] = TTLCache(5000, ttl=_NOTE_EVERY_S)

    def take(self, sender: Sender, readings: Iterable[Reading]) -> FixesUsed:
        units = self._room.board.units
        given: dict[str, list[ev.Fix]] = {}
        for one in readings:
            own = one.fix.unit or sender.unit
            unit = own or next((name for name in one.names if name in units), one.names[0] if one.names else "")
            given.setdefault(unit, []).append(msgspec.structs.replace(one.fix, unit=unit, device=sender.name[:80]))
        kept, ignored = 0, list[Text]()
        for unit, fixes in given.items():
            if sender.unit and unit != sender.unit:
                why = (text("fix.not-its-unit"),) * len(fixes)
            elif unit not in units:
                why = (text("fix.no-such-unit"),) * len(fixes)
            else:
                judged = self._judged(sender, unit, fixes)
                kept += judged.kept
                why = judged.ignored
            ignored += [text("fix.of-unit", unit=unit, why=one) for one in why]
        return FixesUsed(kept, tuple(ignored))

    def clock_set(self, step: float, now: float) -> None:
        """What is believed of each device was said by the old clock, and must not be newer than all that comes."""
        for tracks in self._tracks.values():
            for name, track in tracks.items():
                tracks[name] = msgspec.structs.replace(
                    track,
                    last=track.last and moved(track.last, step, now),
                    held=tuple(moved(fix, step, now) for fix in track.held),
                    late=(),
                    still_since=min(track.still_since + step, now),
                )
        for leader in self._followed.values():
            leader.heard = min(leader.heard + step, now)

    def wrong(self, sender: Sender, why: Text, topic: str = "") -> None:
        """Tells of a message that cannot be read; `topic`: of MQTT."""
        said = text("fix.unreadable", device=sender.name, what=why)
        if topic:
            said = text("fix.unreadable-topic", device=sender.name, topic=topic, what=why)
        self._note(sender.unit or sender.name, [said])

    def _judged(self, sender: Sender, unit: str, fixes: list[ev.Fix]) -> Judged:
        now, tracks = self._room.now(), self._tracks.setdefault(unit, {})
        track = tracks.pop(sender.name, None) or Track(last=self._beginning(sender, unit), still_since=now)
        judged = judge(track, fixes, now, self._under_way(unit))
        tracks[sender.name] = judged.track
        while len(tracks) > _DEVICES_A_UNIT:
            del tracks[next(iter(tracks))]
        told = list(judged.told)
        if judged.live is not None:
            if self._is_followed(sender, unit, now, bool(judged.kept)):
                self._bus.sight(judged.live)
            elif (live := self._live(unit)) and (metres := far_apart(judged.live, live)):
                told.append(text("fix.far-from-other", metres=round(metres), other=live.device))
        if told:
            self._note(unit, [text("fix.by-device", device=sender.name, what=one) for one in told])
        return judged

    def _beginning(self, sender: Sender, unit: str) -> ev.Fix | None:
        """A device that is new to a unit begins where the unit is known to be, unless only a program has said so."""
        leader = self._followed.get(unit)
        return None if sender.unit and leader and not leader.sender.unit else self._live(unit)

    def _is_followed(self, sender: Sender, unit: str, now: float, useful: bool) -> bool:
        """`useful`: its fixes were believed; nobody takes over with others."""
        leader = self._followed.get(unit)
        mine = leader is not None and leader.sender.name == sender.name
        if useful and (
            leader is None or mine or now - leader.heard > _SILENT_S or bool(sender.unit and not leader.sender.unit)
        ):
            self._followed[unit] = _Followed(sender, now)
            return True
        return mine

    def _live(self, unit: str) -> ev.Fix | None:
        try:
            return self._bus.fixes().get(unit)
        except BusUnavailable:
            return None

    def _under_way(self, unit: str) -> float:
        board = self._room.board
        job = board.assignments.get(board.units[unit].assignment)
        return job.en_route if job is not None and job.state == "en_route" else 0.0

    def _note(self, unit: str, told: list[Text]) -> None:
        if unit in self._noted:
            return
        self._noted[unit] = True
        each = tuple(one for number, one in enumerate(told[:_MOST_SAID]) if one not in told[:number])
        what = text("fix.faults", told=each)
        if len(told) > _MOST_SAID:
            what = text("fix.faults-and-more", told=each, more=len(told) - _MOST_SAID)
        noted = ev.DiscrepancyNoted(at=self._room.now(), about=unit[:80], what=what)
        self._room.submit(Noted(noted)).addErrback(lambda failure: log.failure("a position's fault", failure))
