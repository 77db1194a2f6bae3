"""A civic address as RFC 5139 and RFC 6848 name its parts, and how people here say it. Pure."""

from __future__ import annotations

import msgspec

MAX_PARTS = 40
MAX_PART = 120
# The order in which an Indonesian address is said: place, street and number, RT/RW, kelurahan, kecamatan, city,
# province, post code, country.
_ORDER = (
    "NAM", "LMK", "UNIT", "ROOM", "SEAT", "FLR", "BLD", "LOC", "RD", "POD", "PRD", "PRM", "STS", "POM", "RDSEC", "RDBR",
    "RDSUBBR", "HNO", "HNS", "MP", "PN", "STP", "PLC", "PCN", "ADDCODE", "POBOX", "A6", "A5", "A4", "A3", "A2", "A1",
    "PC", "country",
)  # fmt: skip
_SAID = {"FLR": "lantai {}", "ROOM": "kamar {}", "HNO": "no. {}", "MP": "km {}", "POBOX": "PO BOX {}"}


class Civic(msgspec.Struct, frozen=True, kw_only=True):
    """`parts`: element name (country, A1…A6, RD, HNO, …) -> text; extensions of RFC 6848 (PN, MP, STP, HNP) under
    their own names. `at` in epoch seconds, 0 when not told."""

    parts: dict[str, str] = {}
    method: str = ""
    source: str = ""
    at: float = 0.0

    @property
    def text(self) -> str:
        return address_line(self.parts)


def address_line(parts: dict[str, str]) -> str:
    """One line, the nearest part first, at most 200 characters; parts without a place in the order come last."""
    known = [name for name in _ORDER if parts.get(name)]
    others = [name for name in parts if name not in _ORDER and parts[name]]
    said = [_SAID.get(name, "{}").format(parts[name]) for name in (*known, *others)]
    return ", ".join(said)[:200]
