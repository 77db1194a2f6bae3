"""A location server for the tests: HTTP GET and HELD POST on a port of its own, answering as each path says."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HELD = "urn:ietf:params:xml:ns:geopriv:held"


class Lis:
    """`answers`: path -> function(method, headers, body) giving (status, headers, body); `asked`: what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        lis = self

        class Door(BaseHTTPRequestHandler):
            def _any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                lis.asked.append((self.command, self.path, dict(self.headers), body))
                status, headers, answer = lis.answers[self.path](self.command, dict(self.headers), body)
                with contextlib.suppress(OSError):  # whoever asked may have given up
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(answer)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer)

            do_GET = do_POST = _any

            def log_message(self, *words) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def count(self, path: str) -> int:
        return sum(one[1] == path for one in self.asked)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def location_server() -> Iterator[Lis]:
    made = Lis()
    try:
        yield made
    finally:
        made.stop()


def presence(lat: float, lon: float, radius: float = 30.0, method: str = "GPS", at: float | None = None) -> str:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at if at is not None else time.time()))
    return (
        '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
        'xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0" entity="pres:x@lis">'
        '<tuple id="t"><status><gp:geopriv><gp:location-info><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">'
        f'<gml:pos>{lat} {lon}</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">{radius}</gs:radius></gs:Circle>'
        f"</gp:location-info><gp:usage-rules/><gp:method>{method}</gp:method></gp:geopriv></status>"
        f"<timestamp>{stamp}</timestamp></tuple></presence>"
    )


def held(inside: str) -> bytes:
    return f'<locationResponse xmlns="{HELD}">{inside}</locationResponse>'.encode()
