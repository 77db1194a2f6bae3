"""Advanced Mobile Location: what a phone tells by itself when it calls 112 (ETSI TS 103 625). Pure; never raises.

By HTTPS it posts a form, by SMS a line `A"ML=1;lt=…`, which a gateway hands on as text, as bytes, or packed in 7 bits,
in hexadecimal digits or base64. Every field is optional, and what cannot be used becomes a line in `discrepancies`.
The standard's text was not at hand: names and meanings are those of Google's ELS reference (HTTPS and SMS
specification), which follows it, and of messages seen. Where these leave room, both readings are taken.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac as mac
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote_to_bytes

from dispatch.calldata import Aml
from routing.ali.cells import make_cell
from routing.location import DEGREE_M, Location, Malformed, make_location
from routing.numbers import e164

__all__ = ["Aml", "MAX_BYTES", "is_genuine", "read_https", "read_sms"]
MAX_BYTES = 20_000
MAX_FIELDS = 100
_MAX_VALUE = 200
_MOST_OFF = 0.1
"""Degrees: of a number with no decimal left nothing is drawn."""
_MAX_PACKED = 500
"""Octets of packed text that are read; a short message has 140."""
# How a location was found -> as PIDF-LO calls it (IANA's method tokens)
_METHODS = {"G": "GPS", "GPS": "GPS", "GNSS": "GPS", "W": "802.11", "WIFI": "802.11", "C": "Cell", "CELL": "Cell",
            "F": "fused", "FUSED": "fused"}  # fmt: skip


def read_https(body: bytes | str) -> Aml:
    """The form that a phone posts (application/x-www-form-urlencoded)."""
    noted: list[str] = []
    raw = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    if len(raw) > MAX_BYTES:
        noted.append(f"form of {len(raw)} bytes cut at {MAX_BYTES}")
        raw = raw[:MAX_BYTES].rpartition(b"&")[0]
    try:
        pairs = parse_qsl(raw.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    except ValueError:
        return Aml(via="https", discrepancies=(*noted, f"a form of more than {MAX_FIELDS} fields is not read"))
    given: dict[str, str] = {}
    for name, value in pairs:
        given.setdefault(name.strip().lower()[:60], value.strip()[:_MAX_VALUE])

    def take(*names: str) -> str:
        return next((value for name in names if (value := given.pop(name, ""))), "")

    confidence = _number(take("location_confidence", "location_certainty"), "location_confidence", noted)
    if confidence is not None and 0 < confidence <= 1:
        confidence *= 100  # sent as a share by some phones, in percent by others
    altitude = _number(take("location_altitude"), "location_altitude", noted)
    return Aml(
        via="https",
        version=take("v"),
        number=e164(take("device_number")),
        imei=_digits(take("device_imei", "imei")),
        imsi=_digits(take("device_imsi", "imsi")),
        dialled=take("emergency_number"),
        called_at=_milliseconds(take("time"), "time", noted),
        location=_location(
            take("location_latitude"), take("location_longitude"), take("location_accuracy"), confidence,
            _milliseconds(take("location_time"), "location_time", noted), take("location_source"), altitude, noted
        ),
        vertical=_number(take("location_vertical_accuracy"), "location_vertical_accuracy", noted),
        floor=take("location_floor"),
        bearing=_number(take("location_bearing"), "location_bearing", noted),
        speed=_number(take("location_speed"), "location_speed", noted),
        cell=make_cell("", take("cell_network_mcc"), take("cell_network_mnc"), cell=_whole(take("cell_id"))),
        home_mcc=take("cell_home_mcc"),
        home_mnc=take("cell_home_mnc"),
        language=take("device_languages"),
        device=take("device_model"),
        hmac=take("hmac"),
        more=given,
        discrepancies=tuple(noted),
    )  # fmt: skip


def is_genuine(body: bytes, key: bytes) -> bool:
    """Whether the form's last field `hmac` is the HMAC of all that stands before it, by SHA-1 or SHA-256, in
    hexadecimal digits or base64. Senders differ in whether the & before it is counted: either is taken."""
    before, found, told = body.rpartition(b"hmac=")
    if not found or not before.endswith(b"&") or b"&" in told:
        return False
    sent = unquote_to_bytes(told[:300].strip())
    for digest in (hashlib.sha1, hashlib.sha256):
        for covered in (before[:-1], before):
            made = mac.new(key, covered, digest).digest()
            if mac.compare_digest(sent.lower(), made.hex().encode()) or mac.compare_digest(
                sent, base64.b64encode(made)
            ):
                return True
    return False


def read_sms(payload: bytes | str, sender: str = "") -> Aml | None:
    """The AML message in a short message from `sender`, in whatever form a gateway hands it on; None when there is
    none, so that other messages can go elsewhere."""
    text = _found(payload)
    if text is None:
        return None
    noted: list[str] = []
    version, *rest = text.split(";")
    given: dict[str, str] = {}
    for part in rest[:MAX_FIELDS]:
        name, _, value = part.partition("=")
        if value.strip():
            given.setdefault(name.strip().lower()[:20], value.strip()[:_MAX_VALUE])
    version = version.strip()[:20]
    first = version != "2" or ("lo" not in given and "rd" in given)
    read = _version_one if first else _version_two
    given.pop("ml", None)
    return read(given, version, e164(sender), _cut_in(text, first), noted)


def _cut_in(text: str, first: bool) -> str | None:
    """The name of the field in which the message was cut off, "" for one that has lost something further up; None for
    a whole one.

    `ml` is the length of the whole message, `A"ML=` and itself included, and the last field of version one. Some count
    it otherwise and gateways change it, so that nothing is refused for it."""
    parts = [part.strip() for part in text.rstrip().split(";")]
    last, equals, value = parts[-1].partition("=")
    told = next((found[1] for part in parts if (found := re.match(r"(?i)ml\s*=\s*([0-9]{1,4})(?![0-9])", part))), "")
    if told:
        return "" if len(_HEAD) + len(text.rstrip()) < int(told) else None
    if not first and equals and value and last.lower() != "lo":
        return None  # version two has no last field by which to know
    return last.strip().lower()


def _version_one(given: dict[str, str], version: str, number: str, cut: str | None, noted: list[str]) -> Aml:
    # lt, lg degrees; rd metres or N; top yyyyMMddHHmmss in UTC; lc percent; pm W G C N; si IMSI; ei IMEI; mcc, mnc
    at = 0.0
    if stamp := given.pop("top", ""):
        try:
            at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
        except ValueError:
            noted.append(f"top is {stamp!r}, not yyyyMMddHHmmss")
    confidence = _number(given.pop("lc", ""), "lc", noted)
    place = _location(given.pop("lt", ""), given.pop("lg", ""), given.pop("rd", ""), confidence, at,
                      given.pop("pm", ""), None, noted, cut)  # fmt: skip
    return Aml(
        via="sms",
        version=version,
        number=number,
        imsi=_digits(given.pop("si", "")),
        imei=_digits(given.pop("ei", "")),
        location=place,
        cell=make_cell("", given.pop("mcc", ""), given.pop("mnc", "")),
        more=given,
        discrepancies=tuple(noted),
    )


def _version_two(given: dict[str, str], version: str, number: str, cut: str | None, noted: list[str]) -> Aml:
    # en number dialled; et start of call, epoch seconds; lo latitude,longitude,accuracy (0 unknown); lt seconds from et
    # to the fix; lc percent; lz altitude,accuracy; ls G W C F U; ei IMEI; nc, hc MCC and MNC of network and home;
    # lg languages
    called = _number(given.pop("et", ""), "et", noted) or 0.0
    after = _number(given.pop("lt", ""), "lt", noted)
    lat, lon, accuracy = [*given.pop("lo", "").split(","), "", "", ""][:3]
    high, vertical = [*given.pop("lz", "").split(","), "", ""][:2]
    if accuracy and not (_plain(accuracy) or 0.0):
        accuracy = ""
    at = called + after if called and after is not None else called
    network, home = given.pop("nc", ""), given.pop("hc", "")
    place = _location(lat, lon, accuracy, _number(given.pop("lc", ""), "lc", noted), at, given.pop("ls", ""),
                      _number(high, "lz", noted), noted, cut)  # fmt: skip
    return Aml(
        via="sms",
        version=version,
        number=number,
        dialled=given.pop("en", ""),
        called_at=called if 0 <= called < 1e11 else 0.0,
        location=place,
        vertical=_number(vertical, "lz", noted) or None,
        imei=_digits(given.pop("ei", "")),
        imsi=_digits(given.pop("si", "")),
        cell=make_cell("", network[:3], network[3:]),
        home_mcc=home[:3],
        home_mnc=home[3:6],
        language=given.pop("lg", ""),
        more=given,
        discrepancies=tuple(noted),
    )


def _location(lat: str, lon: str, accuracy: str, confidence: float | None, at: float, method: str,
              altitude: float | None, noted: list[str], cut: str | None = None) -> Location | None:  # fmt: skip
    """None without a fix: no numbers, or the null fix (0, 0) that phones send when they have found nothing. `cut` as
    `_cut_in` says: the place is marked, and at least as vague as its numbers are short."""
    north, east = _plain(lat), _plain(lon)
    if north is None or east is None:
        if lat or lon:
            noted.append(f"no place: latitude {lat!r}, longitude {lon!r}")
        return None
    if north == 0.0 and east == 0.0:
        return None
    radius = _plain(accuracy)
    flags: tuple[str, ...] = ()
    if cut is not None:
        off = max(_may_go_on(lat), _may_go_on(lon)) if cut in ("lt", "lg", "lo", "") else 0.0
        if off > _MOST_OFF:
            noted.append(f"no place: the message is cut off in latitude {lat!r}, longitude {lon!r}")
            return None
        radius, flags = max(radius or 0.0, off * DEGREE_M), ("cut",)
    elif radius is None or radius < 0:
        noted.append(f"accuracy {accuracy!r} is not known" if accuracy else "without an accuracy")
        radius = 0.0
    if abs(north) > 90 and abs(east) <= 90:  # all of Indonesia lies beyond 90° east
        north, east, flags = east, north, (*flags, "swapped")
    fields: dict[str, object] = {
              "lat": north, "lon": east, "radius": radius, "source": "aml", "shape": "Circle", "flags": flags,
              "method": _METHODS.get(method.upper().replace("-", ""), method[:40]), "at": at if 0 < at < 1e11 else 0.0,
              }  # fmt: skip
    if confidence is not None and 0 < confidence <= 100:
        fields["confidence"] = confidence
    if altitude is not None and -12_000 <= altitude <= 50_000:
        fields["altitude"] = altitude
    try:
        return make_location(**fields)
    except Malformed as wrong:
        noted.append(f"location not usable: {wrong}"[:300])
        return None


def _may_go_on(text: str) -> float:
    """Degrees by which a number may have been larger before its end was cut off."""
    _, point, decimals = text.strip().replace(",", ".").partition(".")
    return 10.0 ** -len(decimals) if point else math.inf


def _plain(text: str) -> float | None:
    """A decimal number, with the comma that some phones write by their language; None for anything else."""
    if not re.fullmatch(r"\s*[+\-]?[0-9]{1,15}([.,][0-9]{0,15})?\s*", text):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def _number(text: str, name: str, noted: list[str]) -> float | None:
    value = _plain(text)
    if value is None and text:
        noted.append(f"{name} is {text[:40]!r}, not a number")
    return value


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else -1


def _digits(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))[:20]


def _milliseconds(text: str, name: str, noted: list[str]) -> float:
    value = _number(text, name, noted)
    if value is None or value <= 0:
        return 0.0
    seconds = value / 1000 if value > 1e11 else value  # older phones send seconds
    if seconds < 1e11:
        return seconds
    noted.append(f"{name} is {text[:40]!r}, out of range")
    return 0.0


# -- the forms of a short message ---------------------------------------------------------------------
# The header is A"ML=; gateways change or lose the quotation mark.
_HEAD = 'A"ML='
_HEADER = re.compile(r"A(?:\"|'|”|“|&quot;|&#34;|%22|\\\"|)ML\s*=\s*(?=[0-9])")


def _found(payload: bytes | str) -> str | None:
    """The message from its version on. A gateway's text first, then digits or base64, then the bytes themselves."""
    if isinstance(payload, bytes):
        raw, text = payload[:MAX_BYTES], payload[:MAX_BYTES].decode("utf-8", "replace")
    else:
        raw, text = payload[:MAX_BYTES].encode("utf-8", "surrogateescape"), payload[:MAX_BYTES]
    if (found := _from_header(text)) is not None:
        return found
    packed = re.sub(r"[\s:]|^0x", "", text)
    candidates = [raw]
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", packed):
        candidates.append(bytes.fromhex(packed))
    if re.fullmatch(r"[A-Za-z0-9+/\-_]+={0,2}", packed):
        try:
            wide = packed.replace("-", "+").replace("_", "/").rstrip("=")
            candidates.append(base64.b64decode(wide + "=" * (-len(wide) % 4)))
        except (binascii.Error, ValueError):
            pass
    for data in candidates:
        for form in _readings(data):
            if (found := _from_header(form)) is not None:
                return found
    return None


def _from_header(text: str) -> str | None:
    found = _HEADER.search(text)
    return text[found.end() :].split("\r")[0].split("\n")[0].split("\0")[0] if found else None


def _readings(data: bytes) -> Iterator[str]:
    """As 8-bit text, UCS-2, and 7-bit packed, each with and without the header of a data SMS before it
    (TS 23.040, 9.2.3.24: its length in the first octet; TS 23.038, 6.1.2.1.1: packing)."""
    start = data[0] + 1 if data and 2 < data[0] < min(len(data), 40) else 0
    for body in (data, data[start:]) if start else (data,):
        yield body.decode("latin-1")
        yield body.decode("utf-16-be", "replace")
        yield _unpacked(body)
    if start:  # behind a header, packed text begins at the next whole septet
        yield _unpacked(data[start:], -start * 8 % 7)


def _unpacked(data: bytes, fill: int = 0) -> str:
    """7-bit characters, the first in the lowest bits; in the GSM alphabet AML's characters are those of ASCII."""
    bits = int.from_bytes(data[:_MAX_PACKED], "little") >> fill
    count = (min(len(data), _MAX_PACKED) * 8 - fill) // 7
    return "".join(chr(bits >> 7 * n & 0x7F) for n in range(count))
