"""How long from an INVITE on the wire until the call is in the feed of a console that is open."""

from __future__ import annotations

import http.client
import threading
import time

import msgspec

from bench import table
from bench.callers import call_many
from bench.capture import can_capture
from bench.centre import Centre, centre, scratch
from tests.servers import wait_until

_RATE, _TARGET = 20, 0.250


class Reader(threading.Thread):
    """A console's connection to the feed. `shown`: SIP Call-ID -> seconds since 1970 when its CallReceived came;
    `ringing` the same for its CallQueued, with which a desk begins to ring."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(daemon=True)
        self.shown: dict[str, float] = {}
        self.ringing: dict[str, float] = {}
        self.joined = threading.Event()
        self._sip_id: dict[str, str] = {}
        self._connection = http.client.HTTPConnection(centre.url.removeprefix("http://"), timeout=30)
        self._connection.request("GET", "/api/v1/events", headers={"Authorization": f"Bearer {centre.token()}"})

    def run(self) -> None:
        answer = self._connection.getresponse()
        try:
            for line in iter(answer.readline, b""):
                if line.startswith(b"data: {"):
                    self._take(line[6:], time.time())
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # the connection was closed under it: the run is over

    def _take(self, data: bytes, now: float) -> None:
        self.joined.set()
        event = msgspec.json.decode(data).get("event", {})
        if event.get("event") == "CallReceived":
            self.shown[event["sip_call_id"]] = now
            self._sip_id[event["call"]] = event["sip_call_id"]
        elif event.get("event") == "CallQueued" and event["call"] in self._sip_id:
            self.ringing.setdefault(self._sip_id[event["call"]], now)

    def close(self) -> None:
        self._connection.close()


def run(quick: bool) -> None:
    seconds = 3.0 if quick else 15.0
    table.title(f"Feed: INVITE on the wire -> on the console's feed, {_RATE} calls/s")
    if not can_capture():
        print("  Not measured: it needs a packet capture (tcpdump as root).")
        return
    with scratch() as folder, centre() as ours:
        reader = Reader(ours)
        reader.start()
        wait_until(reader.joined.is_set, 10, "the feed")
        called = call_many(ours.sip, _RATE, seconds, folder)
        reader.close()
    rows = []
    for name, frames in (("CallReceived", reader.shown), ("CallQueued", reader.ringing)):
        took = [frames[call] - at for call, at in called.seen.invited.items() if call in frames]
        p50, p99 = table.median(took), table.percentile(took, 0.99)
        longest = max(took, default=0.0)
        rows.append((name, f"{len(took)} of {called.made}", table.ms(p50), table.ms(p99), table.ms(longest)))
    table.table(("frame", "calls", "p50", "p99", "longest"), rows)
    good = len(took) == called.made and p99 < _TARGET
    table.target(f"INVITE to feed p99 < {table.ms(_TARGET)} at {_RATE} calls/s", good, table.ms(p99))
