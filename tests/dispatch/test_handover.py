"""What a transferred call takes along, read back by the same parsers that read a caller's INVITE."""

from __future__ import annotations

import stat
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.keys import keys_of, make_keys
from dispatch.exchange.handover import CONTENT_ID, carried_for, digest_of, reference_to
from routing.ali.pidflo_out import write_pidflo
from routing.city.contacts import Contact
from routing.location import Location, distance_m
from telephony.messages.pidflo import read_pidflo
from telephony.messages.sip import read_invite
from tests.dispatch.story import PLACE, Story
from tests.texts import english

NEXT = Contact(id="next", name="Next", number="sip:119@next", kind="centre", receives=True)


def carried(story: Story, call: str) -> tuple[dict, str, str]:
    given = reference_to(story.board, call, "A1", NEXT, story.now, story.world)
    made = carried_for(story.board, given, story.world)
    return made.headers, made.body, made.body_type


def a_call(story: Story, **fields) -> str:
    story.reported(ev.CallReceived(at=story.now, call="b1-7", caller="+628117701122", **fields))
    return "b1-7"


def test_a_call_of_unknown_place_carries_its_identifier_and_a_reference():
    story = Story()
    call = a_call(story)
    headers, body, kind = carried(story, call)
    assert (body, kind) == ("", "") and "Geolocation" not in headers
    uid = "<urn:emergency:uid:callid:b17:112.example.go.id>;purpose=emergency-CallId, "
    assert headers["Call-Info"].startswith(uid)


def test_the_next_centre_reads_incident_reference_and_best_location():
    story = Story()
    call = a_call(story)
    for radius in (900.0, 15.0, 80.0):
        place = Location(lat=0.92, lon=104.45, radius=radius, method="GPS", at=1_764_000_000.0, source="aml")
        story.reported(ev.LocationReceived(at=story.now, call=call, location=place))
    story.ask("ana", "call-taker", cmd.OpenIncident(type="fire", call=call, location=PLACE))
    incident = story.board.calls[call].incident
    headers, body, kind = carried(story, call)
    assert ";purpose=emergency-IncidentId" in headers["Call-Info"]
    reference = headers["Call-Info"].split("<")[-1].split(">")[0]
    asked = parse_qs(urlsplit(reference).query)
    assert urlsplit(reference).path == f"/api/v1/eido/{incident}"
    given = reference_to(story.board, call, "A1", NEXT, story.now, story.world)
    assert [digest_of(key) for key in asked["key"]] == [given.digest] and given.until > story.now
    lines = [f"{name}: {value}" for name, value in headers.items()]
    part = f"--x\r\nContent-Type: {kind}\r\nContent-ID: <{CONTENT_ID}>\r\n\r\n{body}\r\n--x--\r\n"
    lines += ["From: <sip:112@centre>", "Content-Type: multipart/mixed;boundary=x"]
    raw = "INVITE sip:119@next SIP/2.0\r\n" + "\r\n".join(lines) + "\r\n\r\n" + part
    read = read_invite(raw.encode())
    assert [one.radius for one in read.locations] == [15.0]
    assert not [line for line in read.discrepancies if "location" in english(line).lower()]


text = st.text(max_size=30)


@given(
    st.floats(-89.9, 89.9), st.floats(-179.9, 179.9), st.floats(0, 50_000), st.floats(1, 100), text,
    st.dictionaries(st.sampled_from(["country", "A1", "A6", "RD", "HNO", "LOC"]), st.text(min_size=1, max_size=20)),
    text,
)  # fmt: skip
def test_whatever_place_is_written_reads_as_the_same_place(lat, lon, radius, confidence, method, civic, entity):
    given_ = Location(lat=lat, lon=lon, radius=radius, confidence=confidence, method=method, civic=civic, at=1e9)
    if abs(lat) < 1e-6 and abs(lon) < 1e-6:
        return  # read as the null fix of a receiver without one
    (read,) = read_pidflo(write_pidflo(given_, entity).encode()).locations
    assert distance_m(lat, lon, read.lat, read.lon) < 0.05
    assert abs(read.radius - radius) < 0.01 and abs(read.confidence - confidence) < 1e-6
    assert read.at == 1e9


def test_a_polygon_keeps_its_corners():
    ring = ((0.90, 104.40), (0.90, 104.41), (0.91, 104.41))
    (read,) = read_pidflo(write_pidflo(Location(lat=0.905, lon=104.405, ring=ring, shape="Polygon")).encode()).locations
    assert set(read.ring) == set(ring)


def test_keys_last_as_long_as_their_folder_and_open_one_thing(tmp_path):
    key = keys_of(tmp_path)
    assert keys_of(tmp_path)("link/1") == key("link/1") and len(key("link/1")) == 22
    assert key("link/1") != key("link/2") and make_keys(b"another")("link/1") != key("link/1")
    assert stat.S_IMODE((tmp_path / "keys.secret").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys.secret"]
