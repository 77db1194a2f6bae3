"""The demo's neighbour: another 112 centre that takes what it is told, thinks for a moment, and answers like people do.

    told of                                it answers
    units of its own that are asked for    that it sends them; they acknowledge, drive, arrive
    an incident in its area                that it sends BTN-AMB-1
    an incident near the border            that the city keeps it

`curl -X POST http://127.0.0.1:8115/tell` makes it tell the city of an accident on its side of the border. `siaga run`
starts it when `demo` is set. Standard library only: it is a small process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_BY, _OWN = "Siti (demo)", "BTN-AMB-1"
_PATIENCE = 6.0
_STEPS = ("acknowledged", "en_route", "on_scene")
_BETWEEN = 20.0
_MAX_BODY = 256_000
Answer = tuple[float, str, dict[str, Any]]


class Neighbour:
    """Pure of network: alerts go in, answers come due. Times in seconds of any one clock."""

    def __init__(self) -> None:
        self._due: list[Answer] = []
        self._versions: dict[str, int] = {}
        self._done: dict[str, str] = {}

    def told(self, body: dict[str, Any], now: float) -> None:
        """`body` as dispatch/exchange/alerts.py makes it. Raises KeyError or TypeError for anything else."""
        siaga = body["siaga"]
        alert, asks = str(siaga["alert"]), tuple(str(one) for one in siaga["asks"])
        self._due = [one for one in self._due if one[1] != alert or siaga["state"] == "open"]
        said = "" if siaga["state"] != "open" else f"{siaga['why'] == 'near'} {asks}"
        if not said or self._done.get(alert) == said:
            return
        self._done[alert] = said
        self._due = [one for one in self._due if one[1] != alert]
        units = asks or ((_OWN,) if siaga["why"] != "near" else ())
        if not units:
            self._plan(now + _PATIENCE, alert, "keep", ())
        for step, state in enumerate(_STEPS if units else ()):
            self._plan(now + _PATIENCE + step * _BETWEEN, alert, "send", [{"id": u, "state": state} for u in units])

    def _plan(self, at: float, alert: str, answer: str, units: Any) -> None:
        version = self._versions[alert] = self._versions.get(alert, 0) + 1
        self._due.append((at, alert, {"answer": answer, "version": version, "units": list(units), "by": _BY}))

    def due(self, now: float) -> list[Answer]:
        """Those whose time has come; each is given once."""
        ready = [one for one in self._due if one[0] <= now]
        self._due = [one for one in self._due if one[0] > now]
        return ready


def accident(number: int, at: float) -> dict[str, Any]:
    """An EIDO of an accident beyond the demo city's border."""
    place = (
        '<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:unknown@invalid">'
        '<tuple id="a"><status><geopriv xmlns="urn:ietf:params:xml:ns:pidf:geopriv10"><location-info>'
        '<Circle xmlns="http://www.opengis.net/pidflo/1.0" srsName="urn:ogc:def:crs:EPSG::4326">'
        '<pos xmlns="http://www.opengis.net/gml">0.8748 104.6016</pos>'
        '<radius uom="urn:ogc:def:uom:EPSG::9001">40</radius></Circle>'
        "</location-info><usage-rules/></geopriv></status></tuple></presence>"
    )
    siaga = {"alert": f"demo-{number}.{at:.0f}", "version": 1, "why": "near", "metres": 180.0}
    return {
        "$id": f"urn:emergency:uid:incidentid:demo{number}:bintan.invalid",
        "incidentComponent": {
            "internalIncidentId": f"BTN-{number:03}",
            "incidentTypeInternalText": "traffic-injury",
            "locationReference": [{"$ref": "place"}],
        },
        "locationComponent": [{"$id": "place", "locationByValue": place}],
        "notesComponent": [{"$id": "note", "notesActionComments": "Dua sepeda motor, satu korban tidak sadar (demo)."}],
        "siaga": siaga | {"address": "Jl. Raya Kijang, dekat batas kota", "asks": []},
    }


def post(url: str, token: str, body: object) -> int:
    """HTTP status; 0 when nobody is there."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as wrong:
        return wrong.code
    except OSError:
        return 0


def serve(listen: str, url: str, token: str, expects: str) -> None:
    """For ever. `token` opens the city's door, `expects` is what the city has to show at ours."""
    neighbour, lock = Neighbour(), threading.Lock()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path == "/tell":
                self._end(post(f"{url}/api/v1/alerts", token, accident(int(time.time()) % 1000, time.time())) or 502)
                return
            good = expects and self.headers.get("Authorization") == f"Bearer {expects}"
            status = 401 if not good else 413 if not length.isdecimal() or int(length) > _MAX_BODY else 200
            if status == 200 and not re.fullmatch(r"/api/v1/alerts(/[^/]+/answer)?", self.path):
                status = 404
            if status == 200 and self.path.endswith("/alerts"):
                try:
                    body = json.loads(self.rfile.read(int(length)))
                    with lock:
                        neighbour.told(body, time.monotonic())
                except (KeyError, TypeError, ValueError):
                    status = 400
            self._end(status)

        def _end(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    host, _, port = listen.rpartition(":")
    server = ThreadingHTTPServer((host, int(port)), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    waiting: deque[Answer] = deque()
    while True:
        with lock:
            waiting.extend(neighbour.due(time.monotonic()))
        while waiting and post(f"{url}/api/v1/alerts/{waiting[0][1]}/answer", token, waiting[0][2]) != 0:
            waiting.popleft()
        time.sleep(0.5)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m console.demo.centre", description=__doc__.splitlines()[0])
    parser.add_argument("--listen", default="127.0.0.1:8115", help="HOST:PORT")
    parser.add_argument("--url", default="http://127.0.0.1:8112", help="address of the city's console")
    given = parser.parse_args()
    token = os.environ.get("SIAGA_TOKEN", "")
    if not token:
        print("democentre: SIAGA_TOKEN is not set: siaga token create --role centre --name bintan", file=sys.stderr)
        return 2
    serve(given.listen, given.url, token, os.environ.get("SIAGA_EXPECTS", ""))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        pass
