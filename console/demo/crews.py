"""The demo's crews: moves units that have no GPS of their own and sends their fixes, as trackers in vehicles would.

Theory of operation. Once a second everything is worked out anew from what the server says, so a restart of either
side forgets nothing that matters:

    unit                                  moves
    free                                  slowly round its station
    assigned or acknowledged              stays where it is: the crew has not said that it goes
    en_route                              along the route that the server gives, at the speed of that route
    on_scene                              stays at the incident
    free again, far from its station      back along the way it came, then round the station

It never acknowledges or reports anything: those are a crew's words. A unit that somebody else sends fixes for (a
phone that plays the crew) is left alone while those are newer than a minute.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

from routing.location import distance_m, offset
from routing.what_if.drive import Drive

_ROUND_M = 90.0
_ROUND_MS = 3.0
_HOME_MS = 9.0
_SLOWEST_MS, _QUICKEST_MS = 2.0, 25.0
_NEAR_M = 400.0
_STRANGER_S = 60.0
_ACTIVE = ("assigned", "acknowledged", "en_route", "on_scene")

Point = tuple[float, float]
Way = Callable[[str], dict[str, Any] | None]


class SimulatedCrew:
    """One unit on its rounds; points are (lat, lon) in degrees, times seconds since 1970."""

    def __init__(self, unit: str, home: Point, here: Point) -> None:
        self.unit, self.home, self.here = unit, home, here
        self._errand = ""
        self._drive: Drive | None = None
        self._way: tuple[Point, ...] = ()
        # Each begins its round elsewhere, so that a station's units do not drive as one.
        self._begin = sum(unit.encode()) % 360
        self.seen = 0.0

    def move(self, now: float, state: str, assignment: str, way: Way) -> dict[str, Any]:
        """Moves on and returns the fix. `way(assignment)` is asked once for each drive."""
        before = self.here
        if state == "en_route":
            self._set_out(now, assignment, way)
        elif state in _ACTIVE:
            self._drive = None
        elif self._errand:
            self._errand = ""
            back = tuple(reversed(self._way)) or (self.here, self.home)
            self._drive = Drive((self.here, *back, self.home), now, _HOME_MS)
        if self._drive is not None:
            lat, lon, done = self._drive.position(now)
            self.here = (lat, lon)
            if done:
                self._drive = None
        elif not state:
            self._round(now)
        metres, seconds = distance_m(*before, *self.here), max(0.5, now - self.seen) if self.seen else 1.0
        self.seen = now
        return {
            "unit": self.unit, "lat": round(self.here[0], 6), "lon": round(self.here[1], 6), "at": now,
            "speed": round(min(metres / seconds, 60.0), 1), "bearing": round(_bearing(before, self.here), 1),
            "accuracy": 8.0,
        }  # fmt: skip

    def _set_out(self, now: float, assignment: str, way: Way) -> None:
        if self._errand == assignment:
            return
        found = way(assignment)
        if not found or len(found.get("path", ())) < 2:
            return  # asked again in the next second
        self._errand = assignment
        self._way = tuple((lat, lon) for lat, lon in found["path"])
        speed = found["metres"] / found["seconds"] if found.get("seconds") else _HOME_MS
        self._drive = Drive(self._way, now, min(_QUICKEST_MS, max(_SLOWEST_MS, speed)))

    def _round(self, now: float) -> None:
        """A place on the circle round the station; from afar, a step towards it."""
        turned = self._begin + math.degrees(now * _ROUND_MS / _ROUND_M)
        there = offset(*self.home, turned % 360, _ROUND_M)
        away = distance_m(*self.here, *there)
        step = _ROUND_MS * 2 if away < _NEAR_M else _HOME_MS
        if away <= step:
            self.here = there
        else:
            share = step / away
            (lat, lon), (to_lat, to_lon) = self.here, there
            self.here = lat + (to_lat - lat) * share, lon + (to_lon - lon) * share


def _bearing(a: Point, b: Point) -> float:
    return math.degrees(math.atan2((b[1] - a[1]) * math.cos(math.radians(a[0])), b[0] - a[0])) % 360


class SimulatedFleet:
    """All crews. Pure: what the server says comes in, fixes go out."""

    def __init__(self, stations: Iterable[dict[str, Any]] = ()) -> None:
        self._stations = {one["id"]: (one["lat"], one["lon"]) for one in stations}
        self._crews: dict[str, SimulatedCrew] = {}
        self._sent: dict[str, float] = {}
        self._me = ""

    def fixes(self, told: dict[str, Any], now: float, way: Way) -> list[dict[str, Any]]:
        """`told`: the answer of GET /api/v1/board. No fixes are sent of units that are off duty or a
        neighbouring centre's."""
        board, known = told["board"], told.get("fixes", {})
        made = []
        for name, unit in board["units"].items():
            if unit.get("status") == "off_duty" or unit.get("centre"):
                continue
            last = known.get(name)
            if last and self._is_strangers(name, last) and now - last["at"] < _STRANGER_S:
                if name in self._crews:  # somebody else speaks for this unit; go on from there if they stop
                    self._crews[name].here = (last["lat"], last["lon"])
                    continue
            crew = self._crews.get(name)
            if crew is None:
                here = (last["lat"], last["lon"]) if last else (unit["lat"], unit["lon"])
                home = self._stations.get(unit.get("station", ""), (unit["lat"], unit["lon"]))
                crew = self._crews[name] = SimulatedCrew(name, home, here)
            job = board["assignments"].get(unit.get("assignment") or "", {})
            state = job.get("state", "") if job.get("state") in _ACTIVE else ""
            made.append(crew.move(now, state, job.get("id", ""), way))
            self._sent[name] = now
        return made

    def _is_strangers(self, name: str, last: dict[str, Any]) -> bool:
        """A phone's fix may be a little older than what was sent from here: then its sender tells."""
        sent = self._sent.get(name, 0.0)
        if last["at"] == sent:
            self._me = last.get("device", "")
        return last["at"] > sent + 0.001 or bool(self._me) and last.get("device", "") != self._me


class Server:
    """The room's API over HTTP. Raises OSError or ValueError when it cannot be reached or understood."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url.rstrip("/"), token
        host = urllib.parse.urlsplit(url).hostname
        # On this machine the certificate names the city and not the host; elsewhere it is checked.
        own = host in ("127.0.0.1", "localhost", "::1")
        self._tls = ssl._create_unverified_context() if own else ssl.create_default_context()

    def get(self, path: str, **query: str) -> dict[str, Any]:
        return self._ask(path + ("?" + urllib.parse.urlencode(query) if query else ""), None)

    def post(self, path: str, body: object) -> dict[str, Any]:
        return self._ask(path, json.dumps(body).encode())

    def way(self, assignment: str) -> dict[str, Any] | None:
        """The route of an assignment, or None when there is none."""
        try:
            return self.get("/api/v1/route", assignment=assignment)
        except urllib.error.HTTPError:
            return None

    def _ask(self, path: str, body: bytes | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=5, context=self._tls) as answer:
            told: dict[str, Any] = json.load(answer)
            return told


def run(server: Server, once: bool = False) -> None:
    """Sends fixes each second, for ever; waits for a server that is away."""
    fleet, away = None, ""
    while True:
        began = time.monotonic()
        try:
            if fleet is None:
                fleet = SimulatedFleet(server.get("/api/v1/city")["stations"])
            made = fleet.fixes(server.get("/api/v1/board"), time.time(), server.way)
            if made:
                server.post("/api/v1/fixes", made)
            if away:
                print("simulator: the server is back", flush=True)
            away = ""
        except (OSError, ValueError, KeyError) as wrong:
            if not away:
                print(f"simulator: waiting for the server ({wrong})", flush=True)
            away = str(wrong) or "away"
        if once:
            return
        time.sleep(max(0.1, (2.0 if away else 1.0) - (time.monotonic() - began)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m console.demo.crews", description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8112", help="address of the console")
    given = parser.parse_args(arguments)
    token = os.environ.get("SIAGA_TOKEN", "")
    if not token:
        print("simulator: SIAGA_TOKEN is not set; make one with `siaga token add`", file=sys.stderr)
        return 2
    try:
        run(Server(given.url, token))
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
