"""Where units are, from every kind of tracker; what cannot be true is not used, and said."""

from __future__ import annotations

import base64
import itertools
from datetime import UTC, datetime

import pytest

from dispatch import events as ev
from dispatch.access.devices import add_device
from tests.texts import english

_later = itertools.count(1)
NEARBY = {"DK-01": 0.1, "DK-02": 0.01, "DK-03": 0.001}
UNITS = iter(["POL-01", "POL-02", "POL-03", "POL-05", "POL-06", "AMB-02", "AMB-03", "AMB-04", "AMB-05"])


@pytest.fixture
def unit():
    """A unit that no other test has seen move."""
    return next(UNITS)


def now(desk) -> float:
    """A moment later than each before, in the last minutes."""
    return round(desk.room.now()) - 200 + next(_later)


def known(desk, unit: str) -> ev.Fix:
    return desk.thread.call(desk.bus.fixes)[unit]


def test_osmand_by_get_and_by_post(desk, unit):
    at = now(desk)
    query = f"id={unit}&lat=0.92&lon=104.45&timestamp={at:.0f}&speed=10&bearing=90&accuracy=5"
    assert desk.get(f"/api/v1/fixes?{query}", "gps").json == {"kept": 1, "ignored": []}
    fix = known(desk, unit)
    assert (fix.lat, fix.lon, fix.at, fix.bearing, fix.accuracy) == (0.92, 104.45, at, 90, 5)
    later = f"id={unit}&lat=0.921&lon=104.45&timestamp={(at + 1) * 1000:.0f}"
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert desk.ask("POST", "/api/v1/fixes", "gps", later.encode(), **form).json["kept"] == 1
    assert known(desk, unit).at == at + 1
    assert desk.get(f"/api/v1/fixes?id={unit}&lat=0.92&lon=104.45&timestamp=2026-01-01T00:00:00Z", "gps").status == 200
    assert desk.get(f"/api/v1/fixes?id={unit}&lat=0.92&lon=104.45&timestamp=noon", "gps").status == 400


def test_owntracks(desk, unit):
    at = now(desk)
    told = {"_type": "location", "lat": 0.92, "lon": 104.45, "tst": int(at), "tid": "x1"}
    told |= {"topic": f"owntracks/siaga/{unit}", "vel": 36, "cog": 10, "acc": 7}
    assert desk.post("/api/v1/fixes", "gps", told).json == []
    fix = known(desk, unit)
    assert (fix.speed, fix.bearing, fix.accuracy) == (10.0, 10.0, 7.0)
    assert desk.post("/api/v1/fixes", "gps", {"_type": "waypoint"}).json == []
    # Anything but a list would be sent again for ever, and all newer ones wait behind it.
    assert desk.post("/api/v1/fixes", "gps", {"_type": "location", "lat": "x"}).json == []


def test_a_list_of_fixes(desk, unit):
    at = now(desk)
    fixes = [{"unit": name, "lat": 0.92, "lon": 104.45, "at": at} for name in (unit, "UFO")]
    got = desk.post("/api/v1/fixes", "dina", fixes).json
    assert got["kept"] == 1 and len(got["ignored"]) == 1 and "UFO" in got["ignored"][0]["text"]
    assert desk.post("/api/v1/fixes", "dina", b"not json").status == 400


def test_what_cannot_be_true_is_ignored_and_noted_once_a_minute(desk, unit):
    at = now(desk)
    before = len(desk.events(ev.DiscrepancyNoted))
    for lat, lon, when in ((0, 0, at), (91, 104, at), (0.92, 104.45, at - 100_000), (0.92, 104.45, -1)):
        got = desk.post("/api/v1/fixes", "dina", [{"unit": unit, "lat": lat, "lon": lon, "at": when}]).json
        assert got["kept"] == 0 and len(got["ignored"]) == 1
    assert unit not in desk.thread.call(desk.bus.fixes)
    assert len(desk.events(ev.DiscrepancyNoted)) == before + 1


def test_an_older_fix_never_replaces_a_newer_one(desk, unit):
    at = now(desk)
    assert desk.post("/api/v1/fixes", "dina", [{"unit": unit, "lat": 0.92, "lon": 104.45, "at": at}]).json["kept"] == 1
    late = desk.post("/api/v1/fixes", "dina", [{"unit": unit, "lat": 0.93, "lon": 104.45, "at": at - 5}]).json
    assert late["kept"] == 0 and known(desk, unit).lat == 0.92


def test_numbers_that_are_none_do_no_harm(desk, unit):
    at = now(desk)
    for bad in ("nan", "inf", "1e400"):
        assert desk.get(f"/api/v1/fixes?id={unit}&lat={bad}&lon=104&timestamp={at:.0f}", "gps").status in (200, 400)
        query = f"id={unit}&lat=0.92&lon=104.45&speed={bad}&timestamp={at:.0f}"
        assert desk.get(f"/api/v1/fixes?{query}", "gps").status in (200, 400)
    assert desk.get("/api/v1/board", "dina").status == 200


def test_a_crew_and_a_bound_tracker_speak_for_their_own_unit_only(desk):
    at = now(desk)
    for who in ("rudi", "gps-amb"):
        at = now(desk)
        got = desk.post("/api/v1/fixes", who, [{"unit": "POL-04", "lat": 0.92, "lon": 104.45, "at": at}]).json
        assert got["kept"] == 0, who
        got = desk.post("/api/v1/fixes", who, [{"unit": "AMB-01", "lat": 0.92, "lon": 104.45, "at": at}]).json
        assert got["kept"] == 1, who


def test_a_jump_is_shown_as_a_doubt_about_the_last_good_place_until_the_next_ones_agree(desk, unit):
    start = desk.room.now() - 100

    def sent(seconds: float, lat: float) -> ev.Fix:
        fix = {"unit": unit, "lat": lat, "lon": 104.45, "at": start + seconds}
        desk.post("/api/v1/fixes", "dina", [fix])
        return known(desk, unit)

    assert sent(0, 0.92).doubt == ""
    assert (sent(10, 1.2).lat, sent(12, 1.2).doubt) == (0.92, "jump")
    board = desk.get("/api/v1/board", "dina").json
    assert board["fixes"][unit]["doubt"] == "jump" and board["fixes"][unit]["device"] == "dina"
    moved = sent(24, 1.2)
    assert (moved.lat, moved.doubt) == (1.2, "")


def test_a_device_of_the_unit_goes_before_a_program_that_speaks_for_many(desk):
    start = desk.room.now() - 50
    east = {"dina": 104.45, "rudi": 104.47}

    def sent(who: str, seconds: float) -> str:
        fix = {"unit": "AMB-01", "lat": 0.93, "lon": east[who], "at": start + seconds}
        desk.post("/api/v1/fixes", who, [fix])
        return known(desk, "AMB-01").device

    before = len(desk.events(ev.DiscrepancyNoted))
    sent("dina", 0)
    assert sent("rudi", 40) == "rudi"
    assert sent("dina", 45) == "rudi"
    told = desk.events(ev.DiscrepancyNoted)[before:]
    assert len(told) == 1 and "from where rudi is" in english(told[0].what)


def test_each_app_brings_the_secret_of_its_device_its_own_way_until_the_device_is_removed(desk):
    _, secret = add_device(desk.accounts, ["AMB-07"], "AMB-07", "phone of crew 7")
    spec = {"agency": "ambulance", "kind": "ambulance", "name": "Ambulans 7", "lat": 0.92, "lon": 104.45}
    desk.note(ev.UnitRegistered(at=1.0, unit="AMB-07", capabilities=("ambulance",), profile="car", station="", **spec))
    coords = {"latitude": 0.9201, "longitude": 104.45, "accuracy": 5, "speed": 7.0, "heading": -1, "altitude": 3}
    background = {"location": {"timestamp": "2026-01-01T00:00:00.000Z", "coords": coords}, "device_id": secret}

    def time_of(seconds: float) -> str:
        return datetime.fromtimestamp(desk.room.now() + seconds, UTC).isoformat()

    query = "lat=0.92&lon=104.45&mps=12&valid=true"
    assert desk.get(f"/api/v1/fixes?token={secret}&{query}&timestamp={time_of(-30)[:19]}").json["kept"] == 1
    assert (known(desk, "AMB-07").speed, known(desk, "AMB-07").device) == (12.0, "phone of crew 7")
    assert desk.get(f"/api/v1/fixes?id={secret}&{query}&timestamp={time_of(-20)[:19]}").json["kept"] == 1
    background["location"]["timestamp"] = time_of(-10)
    assert desk.post("/api/v1/fixes", body=background).json["kept"] == 1
    assert (known(desk, "AMB-07").speed, known(desk, "AMB-07").bearing) == (7.0, 0.0)
    # A person's or a program's token opens nothing in an address, and an address opens nothing else.
    for name in ("dina", "ade"):
        assert desk.get(f"/api/v1/fixes?token={desk.tokens[name]}&{query}&id=AMB-01").status == 401
    assert desk.get(f"/api/v1/board?token={secret}").status == 401
    desk.accounts.revoke_token("phone of crew 7")
    assert desk.get(f"/api/v1/fixes?token={secret}&{query}").status == 401
    assert desk.post("/api/v1/fixes", body=background).status == 401
    assert desk.post("/api/v1/fixes", body=b"[" * 5000).status == 401


def test_a_phone_that_encrypts_is_told_what_to_do(desk):
    _, secret = add_device(desk.accounts, ["POL-12"], "POL-12")
    basic = base64.b64encode(f"POL-12:{secret}".encode()).decode()
    sent = {"_type": "encrypted", "data": "abc"}
    assert desk.post("/api/v1/fixes", body=sent, Authorization=f"Basic {basic}").json == []
    assert "take the key out" in english(desk.events(ev.DiscrepancyNoted)[-1].what)


def test_who_is_near_a_place_is_told_whatever_they_do(desk):
    fixes = [{"unit": name, "lat": -6.2 + away, "lon": 106.8, "at": now(desk)} for name, away in NEARBY.items()]
    assert desk.post("/api/v1/fixes", "dina", fixes).json["kept"] == len(fixes)
    got = desk.get("/api/v1/units/near?lat=-6.2&lon=106.8&metres=3000", "ana").json
    assert [(one["unit"], round(one["metres"], -2)) for one in got] == [("DK-03", 100), ("DK-02", 1100)]
    assert desk.get("/api/v1/units/near?lat=-6.2&lon=206.8", "ana").status == 400
    for who in ("gps", "rudi", "audi"):
        assert desk.get("/api/v1/units/near?lat=-6.2&lon=106.8", who).status == 403
