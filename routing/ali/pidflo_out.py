"""A location as a PIDF-LO document (RFC 4119, 5491): what a transferred call and an EIDO carry. Pure.

The order in GML is lat lon. A shape that we know the outline of (an ellipse and a band too, since
telephony/messages/shapes.py draws them when they are read) is written as a polygon, one with a radius as a circle, the
rest as a point.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from routing.location import Location

_SAID = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"'
    ' xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:gml="http://www.opengis.net/gml"'
    ' xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:con="urn:ietf:params:xml:ns:geopriv:conf"'
    ' xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" entity="{entity}">\n'
)
_CRS = 'srsName="urn:ogc:def:crs:EPSG::4326"'


def write_pidflo(location: Location, entity: str = "pres:unknown@invalid") -> str:
    """One document with one device. `entity`: the URI of whom it is about."""
    civic = "".join(
        f"<ca:{name}>{_text(value)}</ca:{name}>"
        for name, value in location.civic.items()
        if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,30}", name)
    )
    stamp = datetime.fromtimestamp(location.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return (
        _HEAD.format(entity=_text(entity).replace('"', "&quot;"))
        + '<dm:device id="caller"><gp:geopriv><gp:location-info>'
        + _shape(location)
        + f"<con:confidence>{location.confidence:.10g}</con:confidence>"
        + (f"<ca:civicAddress>{civic}</ca:civicAddress>" if civic else "")
        + "</gp:location-info><gp:usage-rules/>"
        + (f"<gp:method>{_text(location.method)}</gp:method>" if location.method else "")
        + "</gp:geopriv>"
        + (f"<dm:timestamp>{stamp}</dm:timestamp>" if location.at else "")
        + "</dm:device></presence>\n"
    )


def _shape(location: Location) -> str:
    if len(location.ring) >= 3:
        corners = location.ring if location.ring[0] == location.ring[-1] else (*location.ring, location.ring[0])
        listed = " ".join(f"{lat:.7f} {lon:.7f}" for lat, lon in corners)
        return (
            f"<gml:Polygon {_CRS}><gml:exterior><gml:LinearRing><gml:posList>{listed}</gml:posList>"
            "</gml:LinearRing></gml:exterior></gml:Polygon>"
        )
    at = f"<gml:pos>{location.lat:.7f} {location.lon:.7f}</gml:pos>"
    if location.radius > 0:
        metres = f'<gs:radius uom="urn:ogc:def:uom:EPSG::9001">{location.radius:.10g}</gs:radius>'
        return f"<gs:Circle {_CRS}>{at}{metres}</gs:Circle>"
    return f"<gml:Point {_CRS}>{at}</gml:Point>"


def _text(value: str) -> str:
    return escape(_SAID.sub("", value))
