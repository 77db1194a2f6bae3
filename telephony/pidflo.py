"""Locations out of a PIDF-LO body (RFC 4119, 5139, 5491). Pure; raises only `Malformed`, on any bytes.

The order in GML is lat lon; a missing confidence means 95 %; what it cannot draw exactly it encloses in a circle.
"""

from __future__ import annotations

import math
from datetime import datetime
from itertools import islice

from lxml import etree

from routing.location import Location, Malformed, distance_m, make_location

__all__ = ["Malformed", "read_pidflo"]
MAX_BYTES = 64_000
MAX_POINTS = 500
MAX_PLACES = 20
_GML, _GS = "{http://www.opengis.net/gml}", "{http://www.opengis.net/pidflo/1.0}"
_CIVIC = "{urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr}"
_KNOWN_CRS = ("4326", "4979")
_CONFIDENCE = "{urn:ietf:params:xml:ns:geopriv:conf}confidence"


def read_pidflo(body: bytes) -> list[Location]:
    """All locations in the document, in its order, whether they sit in a tuple, device or person. Raises Malformed
    when there is none that can be used; the text says why."""
    if len(body) > MAX_BYTES:
        raise Malformed(f"PIDF-LO of {len(body)} bytes; at most {MAX_BYTES} are read")
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Malformed("PIDF-LO with a DTD; declarations are not accepted")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Malformed(f"PIDF-LO is not XML: {wrong}") from None
    if root.getroottree().docinfo.doctype:
        raise Malformed("PIDF-LO with a DTD; declarations are not accepted")
    found, wrongs = [], []
    for geopriv in islice(root.iter("{urn:ietf:params:xml:ns:pidf:geopriv10}geopriv"), MAX_PLACES):
        about = _about(geopriv)
        for shape in islice(geopriv.iter(*_SHAPES), MAX_PLACES):
            try:
                found.append(_location(shape, about))
            except (Malformed, ValueError, TypeError, IndexError, OverflowError) as wrong:
                wrongs.append(f"{etree.QName(shape).localname}: {wrong}")
        if not any(True for _ in geopriv.iter(*_SHAPES)) and about["civic"]:
            wrongs.append("a civic address only: " + ", ".join(about["civic"].values())[:200])
    if not found:
        raise Malformed("; ".join(wrongs)[:400] or "PIDF-LO without a location")
    return found


def _about(geopriv) -> dict:
    method = geopriv.findtext("{urn:ietf:params:xml:ns:pidf:geopriv10}method") or ""
    civic = {}
    for address in geopriv.iter(f"{_CIVIC}civicAddress"):
        for line in list(address)[:40]:
            if isinstance(line.tag, str) and line.text:
                civic[etree.QName(line).localname] = line.text.strip()[:120]
    stamp, up = "", geopriv.getparent()
    while up is not None and not stamp:
        for child in up:
            if isinstance(child.tag, str) and etree.QName(child).localname == "timestamp":
                stamp = (child.text or "").strip()
        up = up.getparent()
    confidence = 95.0
    for node in geopriv.iter(_CONFIDENCE):
        try:
            value = float(node.text or "")
            confidence = value if 0 < value <= 100 else confidence
        except ValueError:
            pass
    return {"method": method.strip()[:40], "civic": civic, "at": _seconds(stamp), "confidence": confidence}


def _seconds(stamp: str) -> float:
    try:
        return datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _location(shape, about: dict) -> Location:
    crs = shape.get("srsName", "")
    if crs and not crs.endswith(_KNOWN_CRS):
        raise Malformed(f"coordinate system {crs[:60]} is not WGS84")
    kind = etree.QName(shape).localname
    lat, lon, radius, ring = _SHAPES[shape.tag](shape)
    return make_location(
        lat=lat, lon=lon, radius=radius, confidence=about["confidence"], method=about["method"], source="pidf-lo",
        at=about["at"], shape=kind, ring=ring, civic=about["civic"],
        text=", ".join(about["civic"].values())[:200],
    )  # fmt: skip


def _numbers(shape, tag: str) -> list[float]:
    node = next(shape.iter(tag), None)
    if node is None or not node.text:
        raise Malformed(f"without {etree.QName(tag).localname}")
    return [float(word) for word in node.text.split()[: MAX_POINTS * 3]]


def _length(shape, name: str) -> float:
    """Metres (uom 9001, also assumed when it is missing)."""
    node = next(shape.iter(_GS + name), None)
    if node is None or not node.text:
        raise Malformed(f"without {name}")
    uom = node.get("uom", "urn:ogc:def:uom:EPSG::9001")
    if not uom.endswith("9001"):
        raise Malformed(f"{name} in {uom[:60]}, not in metres")
    value = float(node.text)
    if not 0 <= value <= 1_000_000:
        raise Malformed(f"{name} of {value} m")
    return value


def _point(shape):
    lat, lon = _numbers(shape, _GML + "pos")[:2]
    return lat, lon, 0.0, ()


def _circle(shape):
    lat, lon = _numbers(shape, _GML + "pos")[:2]
    return lat, lon, _length(shape, "radius"), ()


def _ellipse(shape):
    lat, lon = _numbers(shape, _GML + "pos")[:2]
    return lat, lon, max(_length(shape, "semiMajorAxis"), _length(shape, "semiMinorAxis")), ()


def _arc_band(shape):
    lat, lon = _numbers(shape, _GML + "pos")[:2]
    return lat, lon, _length(shape, "outerRadius"), ()


def _polygon(shape):
    step = 3 if shape.get("srsName", "").endswith("4979") else 2
    listed = next(shape.iter(_GML + "posList"), None)
    if listed is not None and listed.text:
        flat = [float(word) for word in listed.text.split()[: MAX_POINTS * step]]
        ring = tuple((flat[i], flat[i + 1]) for i in range(0, len(flat) - 1, step))
    else:
        nodes = list(shape.iter(_GML + "pos"))[:MAX_POINTS]
        ring = tuple((float(w[0]), float(w[1])) for w in (node.text.split() for node in nodes if node.text))
    corners = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    if len(corners) < 3 or not all(math.isfinite(v) for corner in corners for v in corner):
        raise Malformed("a polygon needs three corners")
    lat = sum(c[0] for c in corners) / len(corners)
    lon = sum(c[1] for c in corners) / len(corners)
    return lat, lon, max(distance_m(lat, lon, *corner) for corner in corners), ring


_SHAPES = {
    _GML + "Point": _point,
    _GS + "Circle": _circle,
    _GS + "Sphere": _circle,
    _GS + "Ellipse": _ellipse,
    _GS + "Ellipsoid": _ellipse,
    _GS + "ArcBand": _arc_band,
    _GML + "Polygon": _polygon,
    _GS + "Prism": _polygon,
}
