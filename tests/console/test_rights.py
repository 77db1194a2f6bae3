"""A right ends while things are open by it: each kind of open thing, and each way in which a right ends.

The changes are made as another process makes them (`siaga user`, another node): by a second connection to the database,
of which the room is told nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Request

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.accounts import Accounts
from dispatch.journal.sql import open_engine
from tests.console.desk import PASSWORD
from tests.servers import wait_until, within
from tests.texts import english

WITHIN = 15.0
BIG = 40_000_000
WAYS = ("removed", "password", "role", "revoked")


class Open:
    """A connection that stays: what comes is read on, slowly for a download, until the server ends it."""

    def __init__(self, desk, path: str, cookie: str, **headers: str) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
        self._http.connect()
        self._http.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 50_000)
        self._http.request("GET", path, headers={"Cookie": cookie, **headers})
        self.answer, self.read = self._http.getresponse(), 0
        assert self.answer.status in (200, 206), self.answer.read()
        self._http.sock.setblocking(False)

    def ended(self) -> bool:
        try:
            data = self._http.sock.recv(1000)
        except BlockingIOError:
            return False
        except ConnectionError:
            return True
        self.read += len(data)
        return not data

    def close(self) -> None:
        self.answer.close()
        self._http.close()


class Tile:
    """A camera's socket."""

    def __init__(self, desk, cookie: str, camera: str) -> None:
        host = f"127.0.0.1:{desk.port}"
        headers = [(b"Origin", f"http://{host}".encode()), (b"Cookie", cookie.encode())]
        self._wire, self._socket = WSConnection(ConnectionType.CLIENT), socket.create_connection(host.split(":"), 20)
        asked = Request(host=host, target=f"/api/v1/cameras/live?camera={camera}", extra_headers=headers)
        self._socket.sendall(self._wire.send(asked))
        self.code, self.seen = 0, 0
        wait_until(lambda: self._read() or self.seen, what="the socket")
        assert not self.code

    def _read(self) -> bool:
        self._socket.settimeout(0.02)
        try:
            data = self._socket.recv(65_536)
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        self._wire.receive_data(data or None)
        for event in self._wire.events():
            self.seen += isinstance(event, AcceptConnection)
            if isinstance(event, CloseConnection):
                self.code = event.code
        return not data

    def ended(self) -> bool:
        return self._read() or bool(self.code)

    def close(self) -> None:
        self._socket.close()


class Person:
    """Signed in, with everything open that can be: `things` tells of each whether it has ended."""

    def __init__(self, desk, name: str, seat: str) -> None:
        self.desk, self.name, self.seat, self.page = desk, name, seat, f"page-of-{name}"
        desk.accounts.set_password(name, PASSWORD, cmd.SUPERVISOR)
        got = desk.post("/api/v1/session", body={"user": name, "password": PASSWORD})
        self.cookie = got.headers["set-cookie"].partition(";")[0]
        self.secret = self.cookie.partition("=")[2]
        assert self.post("/api/v1/commands", {"command": "SignOn", "position": seat}).status == 200
        assert self.post("/api/v1/audio", {"position": seat, "sdp": "v=0 offer"}).status == 200
        self.beat()
        desk.reported(ev.PositionLegUp(at=desk.room.now(), position=seat, leg=f"leg-{seat}", user=name))
        recording = _recording(desk)
        self.opened = {
            "feed": Open(desk, "/api/v1/events", self.cookie),
            "camera": Tile(desk, self.cookie, "CAM-01"),
            "recording": Open(desk, f"/api/v1/recordings/{recording}", self.cookie, Range="bytes=0-"),
        }
        self.things = {name: one.ended for name, one in self.opened.items()}
        self.things["audio"] = lambda: seat in desk.ear.ended
        self.things["seat"] = lambda: not rings_at(desk, seat)

    def post(self, path: str, body: dict):
        return self.desk.post(path, body=body, Cookie=self.cookie)

    def beat(self, here: bool = True):
        return self.post("/api/v1/presence", {"page": self.page, "here": here})

    def still_open(self, within: float = WITHIN, *but: str) -> dict[str, float]:
        """What has not ended `within` seconds."""
        until, left = time.monotonic() + within, [name for name in self.things if name not in but]
        while left and time.monotonic() < until:
            left = [name for name in left if not self.things[name]()]
        return left

    def close(self) -> None:
        for one in self.opened.values():
            one.close()
        self.desk.ear.ended.clear()


def rings_at(desk, seat: str) -> bool:
    """Whether the seat is one that a waiting call rings at now."""
    found = desk.room.board.positions.get(seat)
    return bool(found and found.ready and found.leg and not getattr(found, "away", ""))


def _recording(desk) -> str:
    name = "ab" * 32
    file: Path = desk.parts.recordings / f"{name}.wav"
    if not file.exists():
        with wave.open(str(file), "wb") as wav:
            wav.setparams((1, 2, 8000, 0, "NONE", ""))
            wav.writeframes(bytes(BIG))
    return name


@pytest.fixture
def elsewhere(desk):
    """Accounts as another process has them."""
    engine = open_engine(str(desk.engine.url))
    yield Accounts(engine)
    engine.dispose()


def end_right(accounts: Accounts, person: Person, how: str) -> None:
    if how == "removed":
        accounts.remove(person.name)
    elif how == "revoked":
        accounts.close_session(person.secret)
    else:
        accounts.set_password(person.name, PASSWORD + how, cmd.SUPERVISOR if how == "password" else cmd.AUDITOR)


@pytest.mark.fault(11, 10)
@pytest.mark.parametrize("how", WAYS)
def test_whatever_is_open_ends_with_the_right_to_it(desk, elsewhere, record_property, how):
    person = Person(desk, f"rina-{how}", f"R-{how}")
    assert not [name for name, ended in person.things.items() if ended()], "all of it is open"
    began = time.monotonic()
    end_right(elsewhere, person, how)
    left = person.still_open()
    took = time.monotonic() - began
    record_property("figure", f"open after {WITHIN:.0f} s: {', '.join(left)}" if left else f"all ended in {took:.1f} s")
    person.close()
    assert not left
    seat = desk.room.board.positions.get(person.seat)
    assert (seat is None) is (how in ("removed", "role")), "who may sit nowhere gives the position back"


@pytest.mark.fault(11, 10)
def test_siaga_user_remove_in_another_process_ends_it_and_is_journaled(desk, record_property):
    person = Person(desk, "rina-cli", "R-cli")
    line = [Path(sys.executable).parent / "siaga", "user", "remove", person.name]
    env = {"SIAGA_DATA": str(desk.settings.data_folder), "PATH": "/usr/bin:/bin"}
    subprocess.run(line, env=env, check=True, capture_output=True, timeout=120)
    began = time.monotonic()
    left = person.still_open()
    record_property("figure", f"open after {WITHIN:.0f} s: {', '.join(left)}" if left else
                    f"all ended {time.monotonic() - began:.1f} s after the command")  # fmt: skip
    person.close()
    assert not left
    told = [(e.user, e.by, e.removed) for e in desk.events(ev.AccountChanged)]
    assert told[-1] == (person.name, "siaga user", True)


@pytest.mark.fault(11, 10)
@pytest.mark.parametrize("how", ["removed", "password"])
def test_a_talk_is_never_cut_but_no_new_caller_comes_and_the_supervisors_are_told(
    desk, elsewhere, record_property, how
):
    person, call = Person(desk, f"tuti-{how}", f"T-{how}"), f"talk-{how}"
    desk.incoming(call, "+628110099")
    desk.asks("sari", cmd.SignOn(position="S-other", ready=False))
    answer = {"command": "AnswerCall", "call": call, "position": person.seat}
    assert person.post("/api/v1/commands", answer).status == 200
    desk.reported(ev.CallBridged(at=desk.room.now(), call=call, position=person.seat))
    end_right(elsewhere, person, how)
    left = person.still_open(WITHIN, "audio")
    record_property("figure", f"open after {WITHIN:.0f} s: {', '.join(left) or 'only the sound of the talk'}")
    assert not left and person.seat not in desk.ear.ended
    assert desk.room.board.calls[call].state == "talking"
    alarm = wait_until(lambda: desk.room.board.alarms.get(f"rights-{person.seat}"), what="the alarm")
    assert "628110099" in english(alarm) and "take the call over" in english(alarm)
    desk.incoming(f"next-{how}")
    desk.events(ev.CallOffered)
    assert person.seat not in desk.room.board.calls[f"next-{how}"].offered_all
    desk.reported(ev.CallEnded(at=desk.room.now(), call=call, by="caller"))
    wait_until(lambda: person.seat in desk.ear.ended, what="the sound to end after the talk")
    wait_until(lambda: f"rights-{person.seat}" not in desk.room.board.alarms, what="the alarm to go")
    desk.reported(ev.CallEnded(at=desk.room.now(), call=f"next-{how}", by="caller"))
    person.close()


@pytest.mark.fault(11, 10)
def test_a_page_that_is_closed_gives_its_ringing_call_to_the_next_and_a_reload_keeps_the_seat(desk, record_property):
    person = Person(desk, "wulan", "W1")
    desk.asks("dina", cmd.SignOn(position="W2"))
    desk.reported(ev.PositionLegUp(at=desk.room.now(), position="W2", leg="leg-W2", user="dina"))
    desk.incoming("closing")
    rung = lambda: desk.room.board.calls["closing"].offered_to  # noqa: E731
    if rung() != "W1":
        desk.thread.until(lambda: rung() == "W1")
    began = time.monotonic()
    person.beat(here=False)
    moved = within(lambda: rung() == "W2", WITHIN)
    took = time.monotonic() - began
    record_property("figure", f"rings at the next after {took:.1f} s" if moved else f"rings there after {WITHIN:.0f} s")
    assert moved and not rings_at(desk, "W1") and "W1" in desk.ear.ended
    person.page = "the-same-page-loaded-again"
    assert person.beat().status == 200
    desk.thread.until(lambda: not desk.room.board.positions["W1"].away)
    assert desk.room.board.positions["W1"].ready, "ready as before"
    desk.reported(ev.CallEnded(at=desk.room.now(), call="closing", by="caller"))
    desk.asks("dina", cmd.SignOff(position="W2"))
    person.close()


@pytest.mark.fault(11, 10)
def test_a_page_that_hangs_is_found_by_the_age_of_its_last_answer(desk, record_property, monkeypatch):
    with contextlib.suppress(ImportError):
        monkeypatch.setattr("console.api.attendance.SILENT", 3.0)
    person = Person(desk, "hana", "H1")
    began = time.monotonic()
    gone = within(lambda: not rings_at(desk, "H1"), WITHIN)
    took = time.monotonic() - began
    record_property("figure", f"not ready after {took:.0f} s" if gone else f"ready after {WITHIN:.0f} s")
    assert gone and desk.room.board.positions["H1"].away == "page"
    person.beat()
    desk.thread.until(lambda: rings_at(desk, "H1"))
    person.close()


def test_a_program_without_a_page_stays_where_it_signed_on(desk):
    desk.asks("dina", cmd.SignOn(position="D1"))
    seats = desk.thread.call(lambda: dict(desk.room.board.positions))
    assert not seats["D1"].attended
    time.sleep(1.5)  # two looks
    assert not desk.room.board.positions["D1"].away
    desk.asks("dina", cmd.SignOff(position="D1"))


LASTING = {"/api/v1/events", "/api/v1/recordings/{digest}", "/api/v1/photos/{digest}"}
"""Routes whose answer may flow on after the question; whoever adds one sees to its end (dispatch/access/rights.py)."""


def test_whatever_stays_open_is_held_with_its_right(desk):
    """All that the site answers is an API route (held while it is answered), a page, a file, or the cameras' sockets;
    another kind of resource has to be held with `Rights.hold`, and then to be named here."""
    known = {"_Root", "Resource", "Api", "Page", "_Static", "_Document", "_Files", "_Package", "_Versions", "File"}
    site = desk._listening.factory.resource
    met, left = set(), [site]
    while left:
        one = left.pop()
        met.add(type(one).__name__)
        left += one.children.values()
    assert met <= known
    person = Person(desk, "semua", "A1")
    held = {(one.what, one.actor.user) for one in desk.thread.call(desk.parts.rights.things)}
    wanted = {"GET /api/v1/events", "GET /api/v1/recordings/{digest}", "camera CAM-01", "audio", "page"}
    assert {what for what, user in held if user == "semua"} == wanted
    person.close()
    desk.thread.until(lambda: not {one.what for one in desk.parts.rights.things() if one.actor.user == "semua"} - {
        "audio", "page"})  # fmt: skip


def test_a_database_that_is_away_ends_nothing(desk, monkeypatch):
    person = Person(desk, "putus", "D9")

    def away():
        raise OSError("no database")

    monkeypatch.setattr(desk.accounts, "last_change", away)
    monkeypatch.setattr(desk.accounts, "standing", away)
    desk.thread.call(desk.parts.rights.look)
    assert len(person.still_open(1.5)) == len(person.things)
    monkeypatch.undo()
    person.close()


def test_what_was_changed_while_no_room_ran_is_journaled_when_it_starts(desk, elsewhere):
    elsewhere.set_password("baru", PASSWORD, cmd.AUDITOR, by="siaga user")
    desk.thread.call(desk.parts.rights.look)
    told = [json.loads(ev.encode(e)) for e in desk.events(ev.AccountChanged) if e.user == "baru"]
    assert len(told) == 1 and told[0]["by"] == "siaga user" and told[0]["role"] == "auditor"
    numbers = [e.number for e in desk.events(ev.AccountChanged)]
    assert numbers == sorted(set(numbers)), "each once, in order"
    assert desk.room.board.counter("account_changes") == numbers[-1]
