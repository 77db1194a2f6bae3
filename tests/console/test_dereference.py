"""Locations by reference, against a real location server: HTTP and HELD, slow, hostile, forbidden and gone ones."""

from __future__ import annotations

import itertools
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import events as ev
from dispatch.policy.places.references import MOST_TRIES, addresses_in, is_listed, next_try
from dispatch.records import Reference
from telephony.room.dereference import Dereferencer
from tests.lis import HELD, held, location_server, presence
from tests.texts import english

names = (f"ref-{n}" for n in itertools.count())


@pytest.fixture(scope="module")
def lis():
    with location_server() as made:
        yield made


@pytest.fixture(scope="module")
def room(desk, lis):
    """The desk with a dereferencer that may ask this server."""
    thread = desk.thread
    made = Dereferencer(thread.reactor, desk.room, (lis.host,), desk.settings.data_folder)
    thread.call(made.startService)
    yield desk
    thread.call(made.stopService)


def referenced(room, uri, kind="location"):
    call = next(names)
    room.incoming(call)
    room.reported(ev.LocationReferenced(at=room.room.now(), call=call, uri=uri, kind=kind))
    return call


def outcome(room, call):
    """The first ReferenceTried of a call."""
    return room.thread.until(lambda: next(iter(room.tried.get(call, [])), None))


@pytest.fixture(scope="module", autouse=True)
def heard(room):
    """Collects what was tried, as a listener of the room does."""
    room.tried = {}

    class Ear:
        def committed(self, batch):
            for one in batch:
                if isinstance(one.event, ev.ReferenceTried):
                    room.tried.setdefault(one.event.call, []).append(one.event)

    room.thread.call(room.room.listen, Ear())


def the_call(room, call):
    return room.thread.call(lambda: room.room.board.calls[call])


def test_a_reference_is_asked_by_get_and_again_while_the_call_lasts(room, lis):
    steps = itertools.count()
    lis.answers["/get"] = lambda method, headers, body: (
        200, {"Content-Type": "application/pidf+xml"}, presence(0.92 + next(steps) / 1e4, 104.45).encode()
    )  # fmt: skip
    call = referenced(room, lis.url("/get"))
    first = outcome(room, call)
    assert not first.why and 10 < first.again - room.room.now() <= 15
    (place,) = the_call(room, call).locations
    assert (place.source, place.method, place.radius) == ("reference", "GPS", 30.0)
    assert the_call(room, call).best == 0
    (asked,) = [one for one in lis.asked if one[1] == "/get"]
    assert "application/pidf+xml" in asked[2]["Accept"]
    kept = list((room.settings.data_folder / "messages").glob("*.xml"))
    assert any(b"104.45" in file.read_bytes() for file in kept)


def test_a_server_that_takes_no_get_is_asked_by_held(room, lis):
    def answer(method, headers, body):
        if method == "GET":
            return 405, {}, b""
        assert b"locationRequest" in body and headers["Content-Type"] == "application/held+xml"
        return 200, {"Content-Type": "application/held+xml"}, held(presence(0.93, 104.46, 55.0))

    lis.answers["/held"] = answer
    call = referenced(room, lis.url("/held"))
    assert not outcome(room, call).why
    (place,) = the_call(room, call).locations
    assert (place.source, place.radius) == ("held", 55.0)


def test_additional_data_is_fetched_once(room, lis):
    block = b"""<ad:ProviderInfo xmlns:ad="urn:ietf:params:xml:ns:EmergencyCallData:ProviderInfo">
        <ad:DataProviderString>Operator Contoh</ad:DataProviderString></ad:ProviderInfo>"""
    lis.answers["/provider"] = lambda method, headers, body: (200, {}, block)
    call = referenced(room, lis.url("/provider"), "ProviderInfo")
    assert outcome(room, call).again == 0
    (data,) = the_call(room, call).additional
    assert data.kind == "ProviderInfo" and data.data == {"DataProviderString": "Operator Contoh"} and data.digest


@pytest.mark.parametrize(
    ("path", "status", "headers", "body", "why"),
    [
        ("/gone", 404, {}, b"", "HTTP 404"),
        ("/large", 200, {}, b"<presence>" + b" " * 70_000, "more than 64000 bytes"),
        ("/odd", 200, {}, b"<html/>", "cannot be used"),
        ("/unknown", 200, {}, b'<error xmlns="%b" code="locationUnknown"/>' % HELD.encode(), "locationUnknown"),
        ("/entities", 200, {}, b'<!DOCTYPE x [<!ENTITY a "b">]><presence>&a;</presence>', "cannot be used"),
        ("/away", 302, {"Location": "http://169.254.169.254/latest"}, b"", "not in location_servers"),
        ("/loop", 302, {"Location": "/loop"}, b"", "redirects more than twice"),
    ],
)  # fmt: skip
def test_what_gives_nothing_is_told_and_tried_again_later(room, lis, path, status, headers, body, why):
    lis.answers[path] = lambda *given: (status, headers, body)
    call = referenced(room, lis.url(path))
    made = outcome(room, call)
    assert why in english(made.why) and made.again > room.room.now()
    assert not the_call(room, call).locations
    assert the_call(room, call).references[0].tries == 1


def test_a_redirect_within_the_list_is_followed(room, lis):
    lis.answers["/old"] = lambda *given: (307, {"Location": "/new"}, b"")
    lis.answers["/new"] = lambda *given: (200, {}, presence(0.92, 104.45).encode())
    call = referenced(room, lis.url("/old"))
    assert not outcome(room, call).why and len(the_call(room, call).locations) == 1


def test_a_server_that_does_not_answer_holds_nobody_up(room, lis):
    slow = threading.Event()
    lis.answers["/slow"] = lambda *given: (slow.wait(20), (200, {}, b""))[1]
    call = referenced(room, lis.url("/slow"))
    assert room.get("/healthz").json["ok"]
    assert "no answer within 3 s" in english(outcome(room, call).why)
    slow.set()


@pytest.mark.parametrize("host", ["169.254.169.254", "lis.example", "127.0.0.1:1", "localhost"])
def test_a_host_that_is_not_listed_is_not_asked_and_the_setting_is_named(room, host):
    call = referenced(room, f"http://{host}/secret")
    assert outcome(room, call).again == 0
    room.thread.until(lambda: room.room.board.calls[call].discrepancies)
    assert "location_servers" in english(the_call(room, call).discrepancies[0])


def test_a_name_that_leads_to_this_machine_is_refused_unless_the_address_is_listed(desk, lis, heard):
    port = lis.host.rpartition(":")[2]
    lis.answers["/inside"] = lambda *given: (200, {}, presence(0.92, 104.45).encode())
    made = Dereferencer(desk.thread.reactor, desk.room, (f"localhost:{port}",), desk.settings.data_folder)
    desk.incoming("by-name")
    reference = Reference(uri=f"http://localhost:{port}/inside", kind="location", due=1.0)
    call = the_call(desk, "by-name")
    desk.thread.call(made._try, call, reference)
    assert "leads to this machine" in english(outcome(desk, "by-name").why) and lis.count("/inside") == 0


def test_nothing_is_asked_any_more_when_the_call_has_ended(room, lis):
    lis.answers["/ended"] = lambda *given: (404, {}, b"")
    call = referenced(room, lis.url("/ended"))
    outcome(room, call)
    room.reported(ev.CallEnded(at=room.room.now(), call=call))
    room.thread.until(lambda: call not in room.room.board.tables["references"])
    assert lis.count("/ended") == 1 and the_call(room, call).references[0].due == 0


def test_the_same_document_is_no_new_observation(desk, lis, heard):
    document = presence(0.92, 104.45).encode()
    lis.answers["/same"] = lambda *given: (200, {}, document)
    made = Dereferencer(desk.thread.reactor, desk.room, (lis.host,), desk.settings.data_folder)
    desk.incoming("same")
    reference = Reference(uri=lis.url("/same"), kind="location", due=1.0)
    for _ in range(3):
        desk.thread.call(made._try, the_call(desk, "same"), reference)
    assert lis.count("/same") == 3 and len(the_call(desk, "same").locations) == 1


@given(st.integers(0, 20), st.integers(0, 4000), st.booleans())
def test_the_next_try_is_never_at_once_and_failures_come_to_an_end(tries, since, failed):
    reference = Reference(uri="http://x/", kind="location", due=1.0, tries=tries)
    again = next_try(reference, 1000.0, 1000.0 + since, failed)
    assert again == 0.0 or 2.0 <= again - 1000.0 - since <= 60.0
    assert (again == 0.0) == (failed and tries + 1 >= MOST_TRIES)


@pytest.mark.parametrize(
    ("uri", "listed"),
    [
        ("https://lis.id/x", True), ("https://LIS.id:443/x", True), ("http://lis.id:8080/", True),
        ("https://lis.id.evil.example/", False), ("https://user@lis.id/", False), ("ftp://lis.id/", False),
        ("http://10.1.2.3:80/", True), ("http://10.1.2.3:81/", False), ("http://[::1]:9/", True),
        ("http://[::1/", False), ("http://lis.id:99999/", False), ("//lis.id/", False), ("", False),
    ],
)  # fmt: skip
def test_only_listed_hosts(uri, listed):
    servers = ("lis.id", "10.1.2.3:80", "[::1]:9")
    assert is_listed(uri, servers) == listed
    assert addresses_in(servers) == ("10.1.2.3/32", "::1/128")
