"""Places out of a PIDF-LO body (RFC 4119, 5139, 5491, 6848, 7459). Pure; raises only `MalformedBody`, on any bytes.

The order in GML is lat lon; a missing confidence means 95 %; shapes, and what is odd about them, are
telephony.messages.shapes. A geopriv with coordinates gives Locations, which take its civic address along; one with an
address alone gives a Civic, for the gazetteer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import msgspec

from dispatch.calldata import Block
from routing.ali.civic import MAX_PART, MAX_PARTS, Civic, address_line
from routing.location import Location, make_location
from telephony.messages.additional import provided_by
from telephony.messages.shapes import SHAPES, read_shape
from telephony.messages.xmlbody import MAX_BYTES, Element, MalformedBody, name_of, read_xml, text_of

__all__ = ["MAX_BYTES", "MAX_PLACES", "MalformedBody", "Pidf", "places_in", "read_pidflo"]
MAX_PLACES = 20


class Pidf(msgspec.Struct, frozen=True, kw_only=True):
    """`locations` in the document's order, whether they sit in a tuple, device or person; `civic`: addresses that came
    without coordinates; `additional`: who provided it (RFC 7852); `troubles`: what could not be used, and why."""

    locations: tuple[Location, ...] = ()
    civic: tuple[Civic, ...] = ()
    additional: tuple[Block, ...] = ()
    troubles: tuple[str, ...] = ()


def read_pidflo(body: bytes) -> Pidf:
    """All places in the document. Raises MalformedBody when there is none that can be used; the text says why."""
    return places_in(read_xml(body, "PIDF-LO"))


def places_in(root: Element) -> Pidf:
    """The same of a document that is parsed already, as a part of another (HELD). Raises MalformedBody."""
    found: list[Location] = []
    addresses: list[Civic] = []
    blocks: list[Block] = []
    wrongs: list[str] = []
    for geopriv in islice(_named(root, "geopriv"), MAX_PLACES):
        about = _about(geopriv)
        shapes = list(islice(_outer_shapes(geopriv), MAX_PLACES))
        good = len(found)
        for shape in shapes:
            try:
                found.append(_location(shape, about))
            except (ValueError, TypeError, IndexError, OverflowError, ZeroDivisionError) as wrong:
                wrongs.append(f"{name_of(shape)}: {wrong}")
        if len(found) == good and about.civic:
            addresses.append(Civic(parts=about.civic, method=about.method, source="pidf-lo", at=about.at))
        blocks += [block for node in islice(_named(geopriv, "provided-by"), 3) for block in provided_by(node)]
    if not found and not addresses:
        raise MalformedBody("; ".join(wrongs)[:400] or "PIDF-LO without a location")
    return Pidf(
        locations=tuple(found[:MAX_PLACES]), civic=tuple(addresses), additional=tuple(blocks[:MAX_PLACES]),
        troubles=tuple(wrong[:300] for wrong in wrongs[:MAX_PLACES]),
    )  # fmt: skip


class _About(msgspec.Struct, frozen=True, kw_only=True):
    """What a geopriv says of all its places."""

    method: str
    civic: dict[str, str]
    at: float
    confidence: float


def _named(node: Element, name: str) -> Iterator[Element]:
    return node.iter(f"{{*}}{name}")


def _outer_shapes(geopriv: Element) -> Iterator[Element]:
    """Shapes that are no part of another: the base of a Prism is not a place of its own."""
    for node in geopriv.iter(*(f"{{*}}{name}" for name in SHAPES)):
        if not any(name_of(up) in SHAPES for up in islice(node.iterancestors(), 50)):
            yield node


def _about(geopriv: Element) -> _About:
    method = next((text_of(node) for node in _named(geopriv, "method")), "")
    return _About(
        method=method[:40], civic=_civic(geopriv), at=_stamp(geopriv), confidence=_confidence(geopriv)
    )  # fmt: skip


def _civic(geopriv: Element) -> dict[str, str]:
    """The address in Bahasa Indonesia if it comes in several languages, else the first (RFC 5139; `civilAddress` is
    RFC 4119's spelling)."""
    chosen: dict[str, str] = {}
    for address in islice((node for name in ("civicAddress", "civilAddress") for node in _named(geopriv, name)), 10):
        lines: dict[str, str] = {}
        for line in list(address)[:MAX_PARTS]:
            name, text = name_of(line), " ".join("".join(line.itertext()).split())[:MAX_PART]
            if name and text:
                lines[name] = f"{lines[name]} {text}"[:MAX_PART] if name in lines else text
        local = address.get("{http://www.w3.org/XML/1998/namespace}lang", "").lower().startswith("id")
        if lines and (local or not chosen):
            chosen = lines
        if local and lines:
            break
    return chosen


def _stamp(geopriv: Element) -> float:
    """The timestamp beside it or further up, as epoch seconds; 0 for none."""
    for up in (geopriv, *islice(geopriv.iterancestors(), 10)):
        for child in up:
            if name_of(child) == "timestamp" and (at := _seconds(text_of(child))):
                return at
    return 0.0


def _seconds(text: str) -> float:
    # full-date "T" full-time (RFC 3339); a fraction of any length, a missing zone is taken for UTC
    try:
        made = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text[:60].upper()))
        at = (made if made.tzinfo else made.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    return at if 0 < at < 1e11 else 0.0


def _confidence(geopriv: Element) -> float:
    """Percent. Missing: 95 (RFC 5491, 3.4); "unknown": 0 (RFC 7459, 3.3). Its `pdf` is taken for granted."""
    found = 95.0
    for node in islice(_named(geopriv, "confidence"), 5):
        text = text_of(node)
        if text.lower() == "unknown":
            return 0.0
        try:
            value = float(text)
        except ValueError:
            continue
        found = value if math.isfinite(value) and 0 < value <= 100 else found
    return found


def _location(node: Element, about: _About) -> Location:
    found = read_shape(node)
    return make_location(
        lat=found.lat, lon=found.lon, radius=found.radius, ring=found.ring, altitude=found.altitude, shape=found.shape,
        flags=found.flags, confidence=about.confidence, method=about.method, source="pidf-lo", at=about.at,
        civic=about.civic, text=address_line(about.civic),
    )  # fmt: skip
