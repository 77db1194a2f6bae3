"""Notices leave through a real HTTP gateway, and come back as facts."""

from __future__ import annotations

import http.server
import json
import os
import threading

import pytest
from twisted.internet import task

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.exchange.centre_post import CentrePost
from dispatch.inputs import Noted
from dispatch.policy.incidents.notices import order
from dispatch.process.notifiers import Channels, Notifier, read_channels
from dispatch.settings import arranged
from routing.text import text
from tests.console.desk import Desk
from tests.texts import english, indonesian


class Gateway:
    """An SMS gateway that takes JSON; `refuse` so many first."""

    def __init__(self, refuse: int = 0) -> None:
        self.got: list[dict] = []
        gateway = self

        class Taking(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                gateway.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(500 if len(gateway.got) <= refuse else 200)
                self.end_headers()

            def log_message(self, *words):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self.url = f"json://127.0.0.1:{self._server.server_port}/send?:number={{to}}&:message=text"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def gateway():
    made = Gateway()
    yield made
    made.close()


@pytest.fixture
def make_desk(reactor_thread, tmp_path):
    made = []

    def make(**settings) -> Desk:
        made.append(Desk(reactor_thread, tmp_path, public_url="https://112.example.go.id/", **settings))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def test_a_link_reaches_the_gateway_with_its_address_and_the_journal_says_so(gateway, make_desk, tmp_path):
    desk = make_desk(notify_sms=(gateway.url,))
    desk.incoming("c1", "+628117701122")
    desk.asks("ana", cmd.SendLocationLink(call="c1"))
    desk.thread.until(lambda: any(one.state == "sent" for one in desk.room.board.notices.values()))
    assert not desk.room.board.notices["N-00001"].demo
    (got,) = gateway.got
    assert got["number"] == "+628117701122"
    assert got["text"].endswith(f"https://112.example.go.id/l/{desk.page_key('c1')}")
    assert [type(e).__name__ for e in (*desk.events(ev.NoticeSent), *desk.events(ev.LinkSent))]
    assert desk.page_key("c1").encode() not in (tmp_path / "journal.db").read_bytes()


def test_the_second_gateway_is_asked_when_the_first_is_down(gateway, make_desk):
    desk = make_desk(notify_sms=("json://127.0.0.1:9/", gateway.url))
    assert desk.channels.send("N-1", "sms", "+62811", "halo") is None and len(gateway.got) == 1
    down, _ = read_channels(arranged({"notify_sms": ("json://127.0.0.1:9/",)}))
    assert "gateway 1 of sms" in english(down.send("N", "sms", "", "x"))


def test_a_room_that_begins_anew_sends_what_was_waiting(gateway, make_desk):
    desk = make_desk(notify_sms=(gateway.url,))
    desk.thread.call(desk.notifier.stop)
    desk.notifier.committed = lambda batch: None  # the room dies between the commit and the sending
    said = text("notice.location-link")
    ordered = order(desk.room.board, desk.room.now(), "sms", "+62811", said, 60.0)
    desk.thread.call(lambda: desk.room.submit(Noted(ordered)))
    desk.thread.until(lambda: desk.room.board.notices)
    desk.notifier = Notifier(desk.thread.reactor, desk.room, desk.channels, CentrePost({}, {}))
    desk.thread.call(desk.notifier.start)
    desk.thread.until(lambda: desk.room.board.notices["N-00001"].state == "sent")
    assert len(gateway.got) == 1


def test_the_demo_writes_a_file_that_says_it_was_not_sent(make_desk, tmp_path):
    desk = make_desk()
    desk.incoming("c1", "+628117701122")
    desk.asks("ana", cmd.SendLocationLink(call="c1", channel="whatsapp"))
    desk.thread.until(lambda: any(one.state == "sent" for one in desk.room.board.notices.values()))
    assert desk.room.board.notices["N-00001"].demo
    written = (tmp_path / "outbox" / "N-00001.txt").read_text("utf-8")
    assert "not sent" in written and desk.page_key("c1") in written


def test_secrets_come_from_a_file_that_nobody_else_reads(tmp_path):
    file = tmp_path / "notify.toml"
    file.write_text('sms = ["json://user:geheim@gateway/{to}"]\ntechnician = ["nonsense"]\n', "utf-8")
    os.chmod(file, 0o644)
    settings = arranged({"data": str(tmp_path), "notify_file": "notify.toml", "demo": False})
    channels, complaints = read_channels(settings)
    assert not channels.names and "chmod 600" in english(complaints[0])
    os.chmod(file, 0o600)
    channels, complaints = read_channels(settings)
    assert channels.names == {"sms"}
    said = "Setting notify_technician: address number 1 is not understood; see docs/notices.md."
    assert english(complaints[0]) == said
    file.write_text("sms = [1]\nother = 3\n", "utf-8")
    channels, complaints = read_channels(settings)
    assert not channels.names and "geheim" not in str(complaints) and "notify_file" in indonesian(complaints[0])


class Hand(task.Clock):
    """Time by hand, with threads that are waited for."""

    def callFromThread(self, function, *args, **kwargs):
        function(*args, **kwargs)


DISK_FULL = text("journal.not-written", detail="disk full")


class Stuck:
    """A room whose journal cannot be written."""

    def __init__(self) -> None:
        self.trouble, self.board = DISK_FULL, Board()

    def listen(self, listener) -> None:
        pass


def test_a_journal_that_cannot_be_written_is_told_past_it(gateway):
    clock, room = Hand(), Stuck()
    notifier = Notifier(clock, room, Channels({"technician": (gateway.url,)}), CentrePost({}, {}))
    notifier.start()
    clock.advance(9)
    room.trouble = None
    clock.pump([1] * 3)
    room.trouble = DISK_FULL
    clock.pump([1] * 1799)
    notifier.stop()  # waits for what is on its way
    assert [("disk full" in one["text"]) for one in gateway.got] == [True]
