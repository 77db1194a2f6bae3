"""Where units are: OsmAnd (query), OwnTracks and plain JSON in; what cannot be true is ignored and said."""

from __future__ import annotations

import re
import time
from datetime import datetime

import msgspec

from console.parts import Parts
from console.web import BAD_JSON, Ask, Problem, Route
from dispatch import events as ev
from dispatch.commands import ADMIN, AUDITOR, DISPATCHER, RESPONDER, SUPERVISOR, TRACKER
from dispatch.inputs import Noted
from routing.location import Malformed, check_point, distance_m

_FUTURE_S = 60.0
_FASTEST_MS = 90.0
"""Metres a second; a fix that would need more, from one less than 10 minutes old, is a jump of the receiver."""
_NOTE_EVERY = 60.0


class OwnTracks(msgspec.Struct, frozen=True):
    """The location message of owntracks.org; `vel` km/h, `tst` seconds since 1970."""

    lat: float
    lon: float
    tst: float = 0.0
    tid: str = ""
    topic: str = ""
    vel: float = 0.0
    cog: float = 0.0
    acc: float = 0.0


class Fixes:
    """`take` is the route's function."""

    def __init__(self) -> None:
        self._noted: dict[str, float] = {}

    def take(self, parts: Parts, ask: Ask):
        given = self._read(parts, ask)
        kept, ignored = 0, []
        for fix in given:
            why = self._wrong(parts, ask, fix)
            if not why and not parts.bus.sight(fix):
                why = "older than what is known"
            if why:
                ignored.append(f"{fix.unit}: {why}")
                self._note(parts, fix, why)
            else:
                kept += 1
        return {"kept": kept, "ignored": ignored}

    def _read(self, parts: Parts, ask: Ask) -> list[ev.Fix]:
        if ask.request.args.get(b"lat"):
            return [self._osmand(parts, ask)]
        body = ask.body()
        try:
            if b'"_type"' in body[:4000]:
                if msgspec.json.decode(body, type=dict).get("_type") != "location":
                    return []  # OwnTracks also sends its settings and waypoints; they are none of ours
                said = msgspec.json.decode(body, type=OwnTracks)
                unit = ask.actor.unit or self._unit(parts, said.tid, said.topic.rsplit("/", 1)[-1])
                motion = {"speed": said.vel / 3.6, "bearing": said.cog, "accuracy": said.acc}
                return [ev.Fix(unit=unit, lat=said.lat, lon=said.lon, at=said.tst or parts.room.now(), **motion)]
            many = msgspec.json.decode(body, type=list[ev.Fix] | ev.Fix)
        except BAD_JSON as wrong:
            raise Problem(400, f"Posisi tidak terbaca: {wrong}", f"The position is not readable: {wrong}") from None
        return (many if isinstance(many, list) else [many])[:500]

    def _osmand(self, parts: Parts, ask: Ask) -> ev.Fix:
        stamp = ask.text("timestamp")
        if re.fullmatch(r"\d{9,10}(\.\d+)?", stamp):
            at = float(stamp)
        elif re.fullmatch(r"\d{12,13}", stamp):
            at = float(stamp) / 1000
        else:
            try:
                at = datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp() if stamp else parts.room.now()
            except ValueError:
                raise Problem(
                    400, "Waktu tidak terbaca.", "timestamp must be seconds since 1970 or ISO 8601."
                ) from None
        knots = ask.number("speed", 0.0)
        return ev.Fix(
            unit=ask.actor.unit or self._unit(parts, ask.text("id"), ask.text("deviceid")),
            lat=ask.number("lat"),
            lon=ask.number("lon"),
            at=at,
            speed=knots * 0.514444,
            bearing=ask.number("bearing", 0.0),
            accuracy=ask.number("accuracy", ask.number("hdop", 0.0)),
        )

    @staticmethod
    def _unit(parts: Parts, *names: str) -> str:
        return next((name for name in names if name in parts.room.board.units), names[0] or names[-1])

    def _wrong(self, parts: Parts, ask: Ask, fix: ev.Fix) -> str:
        if ask.actor.role == RESPONDER and fix.unit != ask.actor.unit:
            return "not your unit"
        if ask.actor.role == TRACKER and ask.actor.unit and fix.unit != ask.actor.unit:
            return "not the unit of this token"
        if fix.unit not in parts.room.board.units:
            return "no such unit"
        try:
            check_point(fix.lat, fix.lon)
        except Malformed as wrong:
            return str(wrong)
        if not 0 < fix.at <= parts.room.now() + _FUTURE_S:
            return "its time is in the future; set the clock of the device"
        before = parts.feed.fixes().get(fix.unit)
        if before is not None and 0 < fix.at - before.at < 600:
            metres = distance_m(before.lat, before.lon, fix.lat, fix.lon)
            if metres > 500 and metres / (fix.at - before.at) > _FASTEST_MS:
                return f"{metres:.0f} m in {fix.at - before.at:.0f} s is not possible"
        return ""

    def _note(self, parts: Parts, fix: ev.Fix, why: str) -> None:
        now = time.monotonic()
        if why.startswith("older") or now - self._noted.get(fix.unit, -_NOTE_EVERY) < _NOTE_EVERY:
            return
        if len(self._noted) > 5000:
            self._noted.clear()
        self._noted[fix.unit] = now
        noted = ev.DiscrepancyNoted(at=parts.room.now(), about=fix.unit[:80], what=f"fix not used: {why}")
        parts.room.submit(Noted(noted))


def routes() -> list[Route]:
    may = frozenset({TRACKER, RESPONDER, DISPATCHER, SUPERVISOR, ADMIN}) - {AUDITOR}
    fixes = Fixes()
    says = "Positions: OsmAnd query, OwnTracks JSON, or a list of fixes."
    query = ("lat", "lon", "timestamp", "id", "speed", "bearing", "accuracy")
    return [
        Route("POST", "/api/v1/fixes", may, fixes.take, says, list[ev.Fix], query=query),
        Route("GET", "/api/v1/fixes", may, fixes.take, "The same, for trackers that only send GET.", query=query),
    ]
