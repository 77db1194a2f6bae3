"""eCall: the vehicle's minimum set of data, and the control documents that acknowledge or ask for it. Pure.

RFC 8147: the MSD comes in an INVITE or INFO as `application/EmergencyCallData.eCall.MSD`, in UPER (EN 15722, here in
telephony.messages.msd_module). The centre acknowledges it in the answer and may ask for a newer one by INFO, both with
`application/EmergencyCallData.Control+xml`. What cannot be read raises MalformedBody, and the call is a call.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol, cast
from xml.sax.saxutils import quoteattr

import msgspec

from dispatch.calldata import Msd
from telephony.messages.msd_module import MODULE
from telephony.messages.xmlbody import MalformedBody, name_of, read_xml

__all__ = ["MSD_TYPE", "CONTROL_TYPE", "Control", "MalformedBody", "Msd", "ack_body", "encode_msd", "prepare",
           "is_prepared", "read_control", "read_msd", "request_body"]  # fmt: skip
MSD_TYPE = "application/emergencycalldata.ecall.msd"
CONTROL_TYPE = "application/EmergencyCallData.Control+xml"
PROPULSION = ("gasoline", "diesel", "cng", "lpg", "electric", "hydrogen", "other")
MAX_BYTES = 2000
"""An MSD has 140 bytes at most by the modem and some hundreds by SIP; longer is none."""
_UNKNOWN = 2_147_483_647
_MESSAGES = {1: "First", 2: "MessageTwo", 3: "MessageThree"}
_SPACE = "urn:ietf:params:xml:ns:EmergencyCallData:control"


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """A control document. `received`: what an ack says (None: it is no ack); `ref`: the Content-ID it is about;
    `requested`: the data types asked for, `eCall.MSD` first of all; `unable`: actions answered with success="false"."""

    ref: str = ""
    received: bool | None = None
    requested: tuple[str, ...] = ()
    unable: tuple[str, ...] = ()


class _Codec(Protocol):
    """Of asn1tools, which has no types: a value is what its ASN.1 type says."""

    def decode(self, name: str, data: bytes) -> Any: ...
    def encode(self, name: str, data: dict[str, Any]) -> bytes: ...


@cache
def _codec() -> _Codec:
    # Loading it takes longer than answering a hundred calls: at the first eCall, or when the program has time.
    import asn1tools

    return cast(_Codec, asn1tools.compile_string(MODULE, "uper"))


def prepare() -> None:
    """Compiles the ASN.1 module, about half a second, so that no eCall has to wait for it."""
    _codec()


def is_prepared() -> bool:
    return _codec.cache_info().currsize > 0


def read_msd(data: bytes) -> Msd:
    """The MSD in these bytes, with or without what a sender has filled up behind it. Raises MalformedBody."""
    if not 20 <= len(data) <= MAX_BYTES:
        raise MalformedBody(f"an MSD of {len(data)} bytes")
    version = data[0]
    if version not in _MESSAGES:
        raise MalformedBody(f"MSD version {version}; versions 1, 2 and 3 are known")
    try:
        if version == 1:
            message = _codec().decode("First", data)["msd"]
        else:
            message = _codec().decode(_MESSAGES[version], _codec().decode("Envelope", data)["msd"])
        return _msd(version, message)
    except Exception as wrong:  # the decoder meets bytes from strangers here, and raises more than its own errors
        raise MalformedBody(f"MSD version {version} not readable: {wrong}"[:200]) from None


def _msd(version: int, message: dict[str, Any]) -> Msd:
    body, more = message["msdStructure"], message.get("optionalAdditionalData")
    control, vin, place = body["control"], body["vehicleIdentificationNumber"], body["vehicleLocation"]
    lat, lon = _degrees(place["positionLatitude"], 90), _degrees(place["positionLongitude"], 180)
    if lat is None or lon is None or (lat == 0.0 and lon == 0.0):
        lat = lon = None
    heading, occupants = body["vehicleDirection"], body.get("numberOfPassengers")
    return Msd(
        version=version,
        message=body["messageIdentifier"],
        automatic=control["automaticActivation"],
        test=control["testCall"],
        trusted=control["positionCanBeTrusted"],
        vehicle=_category(control["vehicleType"]),
        vin="".join(vin[part] for part in ("isowmi", "isovds", "isovisModelyear", "isovisSeqPlant")),
        propulsion=tuple(word for word in PROPULSION if body["vehiclePropulsionStorageType"].get(word)),
        at=float(body["timestamp"]),
        lat=lat,
        lon=lon,
        heading=2.0 * heading if heading < 180 else None,
        recent=_recent(lat, lon, body) if lat is not None and lon is not None else (),
        occupants=None if occupants == 255 else occupants,
        data_oid=_arcs(more["oid"]) if more else "",
        data=more["data"].hex() if more else "",
    )


def _category(kind: str | None) -> str:
    """As the vehicle directives write it: M1, L3e, SA; a later standard's kind is other."""
    if not kind:
        return "other"
    return kind if kind == "other" else kind[0].upper() + (kind[1:] if kind[0] == "l" else kind[1:].upper())


def _degrees(milliarcseconds: int, limit: int) -> float | None:
    value = milliarcseconds / 3_600_000
    return None if milliarcseconds == _UNKNOWN or abs(value) > limit else value


def _recent(lat: float, lon: float, body: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    """N1 is told as its distance from the position, N2 from N1, in steps of 100 milliarcseconds."""
    found = []
    for name in ("recentVehicleLocationN1", "recentVehicleLocationN2"):
        delta = body.get(name)
        if delta is None:
            break
        lat, lon = lat + delta["latitudeDelta"] / 36_000, lon + delta["longitudeDelta"] / 36_000
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            break
        found.append((round(lat, 7), round(lon, 7)))
    return tuple(found)


def _arcs(octets: bytes) -> str:
    """A relative object identifier in dots: base 128, the high bit says that the arc goes on (X.690, 8.20)."""
    arcs, arc = [], 0
    for octet in octets[:40]:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(str(arc))
            arc = 0
    return ".".join(arcs)


def encode_msd(msd: Msd) -> bytes:
    """The bytes that a vehicle sends; for tests and the demo caller. Raises MalformedBody."""
    if msd.version not in _MESSAGES:
        raise MalformedBody(f"MSD version {msd.version}; versions 1, 2 and 3 are known")
    vin = msd.vin.ljust(17, "0")
    lat = _UNKNOWN if msd.lat is None else round(msd.lat * 3_600_000)
    lon = _UNKNOWN if msd.lon is None else round(msd.lon * 3_600_000)
    body: dict[str, Any] = {
        "messageIdentifier": msd.message,
        "control": {"automaticActivation": msd.automatic, "testCall": msd.test, "positionCanBeTrusted": msd.trusted,
                    "vehicleType": (msd.vehicle or "other" if msd.version == 3 else msd.vehicle or "M1").lower()},
        "vehicleIdentificationNumber": {"isowmi": vin[:3], "isovds": vin[3:9], "isovisModelyear": vin[9],
                                        "isovisSeqPlant": vin[10:17]},
        "vehiclePropulsionStorageType": {word: True for word in msd.propulsion},
        "timestamp": int(msd.at),
        "vehicleLocation": {"positionLatitude": lat, "positionLongitude": lon},
        "vehicleDirection": 255 if msd.heading is None else round(msd.heading / 2) % 180,
    }  # fmt: skip
    before, recent = (msd.lat or 0.0, msd.lon or 0.0), () if msd.lat is None or msd.lon is None else msd.recent
    for name, place in zip(("recentVehicleLocationN1", "recentVehicleLocationN2"), recent, strict=False):
        steps = [max(-512, min(511, round((here - there) * 36_000))) for here, there in zip(place, before, strict=True)]
        body[name] = {"latitudeDelta": steps[0], "longitudeDelta": steps[1]}
        before = place
    if msd.version == 3:
        still = {"latitudeDelta": 0, "longitudeDelta": 0}
        body = {"recentVehicleLocationN1": still, "recentVehicleLocationN2": still, **body}
    if msd.occupants is not None:
        body["numberOfPassengers"] = msd.occupants
    message: dict[str, Any] = {"msdStructure": body}
    if msd.data_oid or msd.data:
        message["optionalAdditionalData"] = {"oid": _octets(msd.data_oid), "data": bytes.fromhex(msd.data)}
    try:
        if msd.version == 1:
            return _codec().encode("First", {"msdVersion": 1, "msd": message})
        inner = _codec().encode(_MESSAGES[msd.version], message)
        return _codec().encode("Envelope", {"msdVersion": msd.version, "msd": inner})
    except Exception as wrong:  # asn1tools has no common error for a value out of its range
        raise MalformedBody(f"this MSD cannot be written: {wrong}"[:200]) from None


def _octets(arcs: str) -> bytes:
    out = b""
    for arc in filter(None, arcs.split(".")):
        value = int(arc)
        groups: list[int] = []
        while True:
            groups.insert(0, value & 0x7F | (0x80 if groups else 0))
            value >>= 7
            if not value:
                break
        out += bytes(groups)
    return out


def ack_body(ref: str, received: bool = True) -> str:
    """The control document that says whether the MSD with this Content-ID (without <>) could be used
    (RFC 8147, section 9.1.2)."""
    told = "true" if received else "false"
    return _document(f'<ack received="{told}" ref={quoteattr(ref)}/>')


def request_body(data_type: str = "eCall.MSD") -> str:
    """The control document that asks for a new MSD (RFC 8147, section 9.1.3.1)."""
    return _document(f'<request action="send-data" datatype={quoteattr(data_type)}/>')


def _document(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<EmergencyCallData.Control xmlns="{_SPACE}">{inside}' \
           "</EmergencyCallData.Control>\n"  # fmt: skip


def read_control(body: bytes) -> Control:
    """A control document of the vehicle's or the centre's. Raises MalformedBody."""
    root = read_xml(body, "a control document")
    if name_of(root) != "EmergencyCallData.Control":
        raise MalformedBody("no EmergencyCallData.Control at its root")
    ref, received = "", None
    asked: list[str] = []
    unable: list[str] = []
    for node in list(root)[:50]:
        kind = name_of(node)
        if kind == "ack":
            ref = node.get("ref", "").strip("<>")[:200]
            received = {"true": True, "1": True, "false": False, "0": False}.get(node.get("received", "").lower())
            unable += [
                result.get("action", "")[:60]
                for result in list(node)[:50]
                if isinstance(result.tag, str) and result.get("success", "true").lower() in ("false", "0")
            ]
        elif kind == "request" and node.get("action") == "send-data":
            asked.append(node.get("datatype", "")[:60])
    return Control(ref=ref, received=received, requested=tuple(asked), unable=tuple(unable))
