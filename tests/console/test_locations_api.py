"""Places by the API: phones' own messages by HTTPS and SMS, what is taken from whom, and the trail of a call."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import time
from urllib.parse import urlencode

import pytest

from console.api.locations import Rate
from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import Location
from tests.console.desk import Desk
from tests.texts import english

SMS = 'A"ML=1;lt=+0.92000;lg=+104.45000;rd=14;top={top};lc=68;pm=G;ei=490154203237518;mcc=510;mnc=01;ml=120'
numbers = (f"+62811770{n:04d}" for n in itertools.count(1))
KEY = b"rahasia bersama operator"


def form(number: str, lat: float = 0.92, lon: float = 104.45, **more: object) -> bytes:
    now = int(time.time() * 1000)
    fields = {"v": 1, "device_number": number, "location_latitude": lat, "location_longitude": lon,
              "location_accuracy": 20, "location_confidence": 0.83, "location_time": now,
              "location_source": "GPS", **more}  # fmt: skip
    return urlencode(fields).encode()


def post(desk, body: bytes, **headers: str):
    return desk.ask("POST", "/api/v1/aml", body=body, Content_Type="application/x-www-form-urlencoded", **headers)


def places(desk, call: str) -> list[dict]:
    return desk.get(f"/api/v1/calls/{call}/locations", "dina").json["observations"]


def settled(desk) -> None:
    desk.events(ev.AmlReceived)  # waits until what was decided is written and shown


@pytest.fixture
def signed(reactor_thread, tmp_path):
    """A console that has a key for phones' messages, and lists one network."""
    (tmp_path / "aml.key").write_bytes(KEY + b"\n")
    made = Desk(reactor_thread, tmp_path, aml_from=("198.51.100.0/24",))
    yield made
    made.close()


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_a_phones_message_by_https_finds_its_call(desk, when):
    number, call = next(numbers), f"aml-{when}"
    body = form(number)
    if when == "before":
        assert post(desk, body).status == 200
    desk.incoming(call, number)
    if when == "after":
        desk.reported(ev.CallEnded(at=desk.room.now(), call=call))
    if when != "before":
        assert post(desk, body).status == 200
    settled(desk)
    (one,) = places(desk, call)
    assert one["kind"] == "device" and one["location"]["source"] == "aml" and one["location"]["radius"] == 20
    assert 24 < one["radius95"] < 28, "20 m with 83 %"
    raw = [e for e in desk.events(ev.AmlReceived) if e.number == number][0].raw
    assert (desk.settings.data_folder / "messages" / f"{raw}.aml").read_bytes() == body


def test_every_one_of_many_messages_is_kept(desk):
    number = next(numbers)
    desk.incoming("aml-many", number)
    for n in range(6):
        assert post(desk, form(number, lat=0.92 + n / 10_000, location_time=int(time.time() * 1000) + n)).status == 200
    settled(desk)
    known = desk.get("/api/v1/calls/aml-many/locations", "dina").json
    assert len(known["observations"]) == 6 == len(known["trail"]["aml"])
    assert [one[2] for one in known["trail"]["aml"]] == sorted(one[2] for one in known["trail"]["aml"])


def test_a_message_by_sms_comes_through_a_gateway_with_a_token(desk):
    number = next(numbers)
    desk.incoming("aml-sms", number)
    text = SMS.format(top=time.strftime("%Y%m%d%H%M%S", time.gmtime()))
    got = desk.post("/api/v1/aml/sms", "gps", {"from": number, "text": text})
    assert got.status == 200 and got.json == {"read": True}
    as_hex = text.encode().hex()
    assert desk.post("/api/v1/aml/sms", "gps", {"from": number, "text": as_hex}).json == {"read": True}
    settled(desk)
    assert [one["location"]["method"] for one in places(desk, "aml-sms")] == ["GPS", "GPS"]
    assert desk.room.board.calls["aml-sms"].imei == "490154203237518"
    assert desk.post("/api/v1/aml/sms", "gps", {"from": number, "text": "halo"}).json == {"read": False}
    assert desk.post("/api/v1/aml/sms", "gps-amb", {"from": number, "text": text}).status == 403
    assert desk.post("/api/v1/aml/sms", "gps", {"text": text}).status == 400


def test_a_phone_without_a_fix_says_so_and_draws_nothing(desk):
    number = next(numbers)
    desk.incoming("aml-null", number)
    assert post(desk, form(number, lat=0, lon=0)).status == 200
    settled(desk)
    assert places(desk, "aml-null") == []
    assert "without a position" in english(desk.room.board.calls["aml-null"].discrepancies[0])


def test_what_is_no_message_is_told_and_odd_fields_are_not_held_against_it(desk):
    assert post(desk, b"").status == 400 == post(desk, b"\xff\x00=1&&&").status
    number = next(numbers)
    assert post(desk, form(number, location_accuracy="dekat", nonsense="x" * 5000)).status == 200


def test_from_outside_only_a_signed_message_is_taken(desk, signed):
    outside = {"X_Forwarded_For": "203.0.113.9"}
    assert post(desk, form("+628119"), **outside).status == 403, "without a key only this machine may send"
    assert any("aml_from" in english(e.what) for e in desk.events(ev.DiscrepancyNoted))
    listed = {"X_Forwarded_For": "198.51.100.7"}
    assert post(signed, form("+628119"), **outside).status == 403
    assert post(signed, form("+628119"), **listed).status == 200, "a phone is never told why"
    assert not signed.events(ev.AmlReceived)
    assert any("no valid signature" in english(e.what) for e in signed.events(ev.DiscrepancyNoted))
    body = form("+628119")
    body += b"&hmac=" + hmac.new(KEY, body, hashlib.sha1).hexdigest().encode()
    assert post(signed, body, **listed).status == 200
    assert [e.number for e in signed.events(ev.AmlReceived)] == ["+628119"]


def test_a_flood_from_one_address_is_slowed_down_and_others_get_through():
    rate = Rate()
    taken = sum(rate.allows("203.0.113.9", 5.0) for _ in range(500))
    assert taken == 100 and rate.allows("203.0.113.10", 5.0)
    assert [rate.allows("203.0.113.9", 5.25) for _ in range(3)] == [True, True, False]
    many = sum(rate.allows(f"198.51.{n // 250}.{n % 250}", 5.0) for n in range(5000))
    assert many <= 1000


def test_the_trail_tells_who_verified_what_and_which_is_the_best(desk):
    number, now = next(numbers), desk.room.now()
    desk.incoming("trail", number)
    for n, (source, radius) in enumerate((("pidf-lo", 400.0), ("aml", 15.0), ("aml", 15.0))):
        place = Location(lat=0.92 + n / 5000, lon=104.45, radius=radius, source=source, at=now + n)
        desk.reported(ev.LocationReceived(at=now + n, call="trail", location=place))
    desk.asks("dina", cmd.VerifyLocation(call="trail", observation=1))
    desk.asks("dina", cmd.ObserveLocation(call="trail", text="Batu 10"))
    known = desk.get("/api/v1/calls/trail/locations", "audi").json
    assert (known["best"], known["verified"], known["verified_by"]) == (1, 1, "dina")
    assert english(known["why"]) == "verified by dina" and known["why"]["text"] == "diverifikasi dina"
    assert known["observations"][3]["by"] == "dina"
    assert [one["number"] for one in known["observations"]] == [0, 1, 2, 3]
    assert {source: len(way) for source, way in known["trail"].items()} == {"pidf-lo": 1, "aml": 2, "operator": 1}
    assert desk.get("/api/v1/calls/nobody/locations", "dina").status == 404


def test_a_landline_and_a_cell_have_a_place_at_once(desk):
    desk.incoming("landline", "+62771555001")
    (one,) = places(desk, "landline")
    assert one["kind"] == "subscriber" and "Toko Rekaan" in one["location"]["text"]
    access = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=5100110051882801"
    desk.reported(ev.CallReceived(at=desk.room.now(), call="cell", caller=next(numbers), access=access))
    (one,) = places(desk, "cell")
    assert one["kind"] == "cell" and one["location"]["shape"] == "ArcBand"
