"""What phones tell by themselves: the form, the short messages, and every wrapping a gateway puts around them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages.aml import MAX_BYTES, is_genuine, read_https, read_sms

SMS = (
    'A"ML=1;lt=+00.91840;lg=+104.46030;rd=14;top=20261125031500;lc=68;pm=W;si=510100000000000;ei=350000000000017;'
    "mcc=510;mnc=10;ml=129"
)
AT = datetime(2026, 11, 25, 3, 15, tzinfo=UTC).timestamp()
FORM = (
    "v=1&emergency_number=112&source=CALL&time=1795576500123&location_latitude=0.9184&location_longitude=104.4603"
    "&location_time=1795576499000&location_accuracy=12.5&location_vertical_accuracy=3&location_confidence=0.68"
    "&location_altitude=20.5&location_floor=3&location_bearing=90&location_speed=1.5&location_source=wifi"
    "&device_number=%2B628117000112&device_imei=350000000000017&device_imsi=510100000000000&device_model=Telepon+Uji"
    "&device_languages=id-ID%2Cen&cell_home_mcc=510&cell_home_mnc=01&cell_network_mcc=510&cell_network_mnc=10&adr_x=y"
)


def packed(text: str, fill: int = 0) -> bytes:
    bits = 0
    for n, letter in enumerate(text):
        bits |= ord(letter) << (7 * n + fill)
    return bits.to_bytes(-(-(7 * len(text) + fill) // 8), "little")


def test_the_form_of_a_phone_with_everything():
    read = read_https(FORM.encode())
    assert (read.number, read.imei, read.imsi) == ("+628117000112", "350000000000017", "510100000000000")
    place = read.location
    assert (place.lat, place.lon, place.radius, place.confidence) == (0.9184, 104.4603, 12.5, 68.0)
    assert (place.at, place.method, place.altitude, place.source) == (1795576499.0, "802.11", 20.5, "aml")
    assert (read.dialled, read.called_at, read.floor, read.vertical) == ("112", 1795576500.123, "3", 3.0)
    assert (read.bearing, read.speed, read.device, read.language) == (90.0, 1.5, "Telepon Uji", "id-ID,en")
    assert (read.cell.mcc, read.cell.mnc, read.home_mcc, read.home_mnc) == ("510", "10", "510", "01")
    assert read.more == {"source": "CALL", "adr_x": "y"} and read.discrepancies == ()


@pytest.mark.parametrize("field", [pair.split("=")[0] for pair in FORM.split("&")])
def test_every_field_may_be_missing(field):
    pairs = [pair for pair in FORM.split("&") if pair.split("=")[0] != field]
    read = read_https("&".join(pairs))
    assert (read.location is None) == (field in ("location_latitude", "location_longitude"))


def test_confidence_comes_as_a_share_or_in_percent_and_time_in_milliseconds_or_seconds():
    for share in ("0.83", "83", "83.0"):
        assert read_https(FORM.replace("confidence=0.68", f"certainty={share}")).location.confidence == 83.0
    assert read_https(FORM.replace("1795576499000", "1795576499")).location.at == 1795576499.0


def test_an_empty_form_and_one_of_nonsense_are_answered_with_what_is_known():
    assert read_https(b"").location is None
    read = read_https(b"location_latitude=north&location_longitude=east&location_time=soon&device_number=%00\xff")
    assert read.location is None and len(read.discrepancies) == 2
    assert "cut" in read_https(b"a=" + b"x" * MAX_BYTES).discrepancies[0]
    assert "not read" in read_https("a=1&" * 200).discrepancies[0]


@pytest.mark.parametrize("digest", [hashlib.sha1, hashlib.sha256])
@pytest.mark.parametrize("end", ["", "&"])
def test_a_form_is_genuine_when_its_last_field_says_so(digest, end):
    made = hmac.new(b"kunci", (FORM + end).encode(), digest)
    for told in (
        made.hexdigest(),
        made.hexdigest().upper(),
        base64.b64encode(made.digest()).decode().replace("+", "%2B"),
    ):
        assert is_genuine(f"{FORM}&hmac={told}".encode(), b"kunci")
        assert not is_genuine(f"{FORM}&hmac={told}".encode(), b"lain")
        assert not is_genuine(f"{FORM}&hmac={told}".replace("0.9184", "0.9185").encode(), b"kunci")
    assert not is_genuine(FORM.encode(), b"kunci") and not is_genuine(f"{FORM}&hmac=".encode(), b"kunci")


def test_version_one_by_sms():
    read = read_sms(SMS, "08117000112")
    place = read.location
    assert (place.lat, place.lon, place.radius, place.confidence) == (0.9184, 104.4603, 14.0, 68.0)
    assert (place.at, place.method) == (AT, "802.11")  # top is in UTC
    assert (read.number, read.imei, read.cell.key) == ("+628117000112", "350000000000017", "510-10-*-*")
    assert read.discrepancies == () and read.more == {}


@pytest.mark.parametrize("length", ["", ";ml=1", ";ml=x", ";ml=-1"])
def test_nothing_is_refused_for_the_length_it_claims(length):
    assert read_sms(SMS.replace(";ml=129", length)).location.lat == 0.9184


def test_the_null_fix_is_no_place():
    read = read_sms(
        'A"ML=1;lt=+00.00000;lg=+000.00000;rd=N;top=20261125031500;lc=0;pm=N;si=5101;ei=3500;mcc=510;mnc=10'
    )
    assert read.location is None and read.imei == "3500" and read.discrepancies == ()


def test_version_two_gives_the_same_names_other_meanings():
    read = read_sms('A"ML=2;en=112;et=1795576500;lo=0.91840,104.46030,20.5;lt=-5;lc=90;lz=12.5,3.0;ls=F;'
                    "ei=350000000000017;nc=51010;hc=51001;lg=id-ID")  # fmt: skip
    place = read.location
    assert (place.lat, place.lon, place.radius, place.confidence) == (0.9184, 104.4603, 20.5, 90.0)
    assert (place.at, place.altitude, read.vertical, read.called_at) == (1795576495.0, 12.5, 3.0, 1795576500.0)
    assert (read.language, read.dialled, read.cell.mnc, read.home_mnc) == ("id-ID", "112", "10", "01")
    unknown = read_sms('A"ML=2;lo=0.9184,104.4603,0;et=1795576500')
    assert unknown.location.radius == 0.0 and unknown.discrepancies == ("without an accuracy",)


def test_version_two_with_the_fields_of_version_one_is_read_by_what_it_has():
    assert read_sms(SMS.replace("=1;", "=2;", 1)).location == read_sms(SMS).location


HEADER = bytes.fromhex("0605040b840000")  # a data SMS: application port addressing
FORMS = {
    "text": SMS,
    "bytes": SMS.encode(),
    "with words around it": f"Pesan: {SMS}\r\nterima kasih",
    "no quotation mark": SMS.replace('"', ""),
    "a mark of HTML": SMS.replace('"', "&quot;"),
    "hexadecimal text": SMS.encode().hex(),
    "hexadecimal in pairs": SMS.encode().hex(" ").upper(),
    "base64 text": base64.b64encode(SMS.encode()).decode(),
    "packed": packed(SMS),
    "packed in hexadecimal": packed(SMS).hex(),
    "packed in base64": base64.b64encode(packed(SMS)).decode(),
    "packed in base64 for addresses": base64.urlsafe_b64encode(packed(SMS)).decode().rstrip("="),
    "packed behind a header": HEADER + packed(SMS),
    "packed behind a concatenation header": bytes.fromhex("0500030a0101") + packed(SMS, fill=1),
    "8-bit behind a header": HEADER + SMS.encode(),
    "UCS-2": SMS.encode("utf-16-be"),
    "UCS-2 in hexadecimal": SMS.encode("utf-16-be").hex(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_message_in_every_form_a_gateway_hands_on(form):
    assert read_sms(FORMS[form], "08117000112") == read_sms(SMS, "08117000112")


@pytest.mark.parametrize("text", ["", "Tolong, ada kebakaran", "AML", b"\0" * 140, "ff" * 70, b"\xff" * 5000])
def test_other_messages_are_not_taken_for_one(text):
    assert read_sms(text) is None


@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=200), st.text(alphabet='A"ML=12;ltgordpmcenz+-.,N0', max_size=200)
    )
)
@settings(max_examples=200, deadline=None)
def test_any_payload_is_read_without_an_error(payload):
    read_sms(payload)
    read_sms(b'A"ML=1;' + payload if isinstance(payload, bytes) else 'A"ML=2;' + payload)
    read_https(payload)
    is_genuine(payload if isinstance(payload, bytes) else payload.encode(), b"k")
