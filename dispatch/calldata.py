"""What a call, its phone or its vehicle says about itself beyond its place: the records that everybody shares. Pure.

They are read in telephony (additional, ecall, aml); the room keeps and shows them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from dispatch.personal import PERSONAL
from routing.ali.cells import Cell
from routing.location import Location


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block of additional data (RFC 7852), by value or by reference.

    `kind`: ProviderInfo, ServiceInfo, DeviceInfo, SubscriberInfo, Comment, or another name after EmergencyCallData.
    `fields`: name of the element (of a vCard: FN, TEL, …) -> text, in the block's order; several are joined by "; ".
    `reference`: the address of a block that is not here; `fields` is empty then."""

    kind: str
    fields: Annotated[dict[str, str], PERSONAL] = {}
    reference: Annotated[str, PERSONAL] = ""


class Msd(msgspec.Struct, frozen=True, kw_only=True):
    """The minimum set of data of an eCall (EN 15722).

    `version` 1 to 3; `message`: 1, counting up with each retransmission of one eCall. `automatic`: the vehicle called,
    not a person. `trusted`: the position is right within 150 m with 95 %. `vehicle`: category (M1, N2, L3e …).
    `propulsion`: words of telephony.messages.ecall.PROPULSION. `at`: time of the incident in epoch seconds, 0 unknown.
    `lat`, `lon` in degrees WGS84 or None. `heading` in degrees clockwise from north, None unknown. `recent`: (lat, lon)
    before it, the latest first. `occupants`: None unknown. `data_oid`, `data`: additional data and its format, in
    hexadecimal digits."""

    version: int
    message: int = 0
    automatic: bool = False
    test: bool = False
    trusted: bool = False
    vehicle: str = ""
    vin: Annotated[str, PERSONAL] = ""
    propulsion: tuple[str, ...] = ()
    at: float = 0.0
    lat: Annotated[float | None, PERSONAL] = None
    lon: Annotated[float | None, PERSONAL] = None
    heading: float | None = None
    recent: Annotated[tuple[tuple[float, float], ...], PERSONAL] = ()
    occupants: int | None = None
    data_oid: str = ""
    data: Annotated[str, PERSONAL] = ""


class Aml(msgspec.Struct, frozen=True, kw_only=True):
    """One Advanced Mobile Location message (ETSI TS 103 625); every field may be missing.

    `number` in E.164; `dialled`: the emergency number; `via`: https or sms; `version` as sent. `called_at`: when the
    emergency call began, epoch seconds, 0 unknown. `cell`: the network that carried the call, `home_mcc`, `home_mnc`
    the caller's own. `vertical`: accuracy of the location's altitude in metres; `floor` as sent; `bearing` in degrees,
    `speed` in m/s. `language`: BCP 47 tags. `more`: fields without a place here, as sent. `discrepancies`: what could
    not be used."""

    number: Annotated[str, PERSONAL] = ""
    imei: Annotated[str, PERSONAL] = ""
    imsi: Annotated[str, PERSONAL] = ""
    location: Annotated[Location | None, PERSONAL] = None
    cell: Annotated[Cell | None, PERSONAL] = None
    dialled: str = ""
    via: str = ""
    version: str = ""
    called_at: Annotated[float, PERSONAL] = 0.0
    home_mcc: str = ""
    home_mnc: str = ""
    floor: str = ""
    bearing: float | None = None
    speed: float | None = None
    vertical: float | None = None
    language: str = ""
    device: str = ""
    hmac: str = ""
    more: Annotated[dict[str, str], PERSONAL] = {}
    discrepancies: tuple[str, ...] = ()
