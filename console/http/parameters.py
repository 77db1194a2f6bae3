"""Query parameters that several routes have, with their bounds."""

from __future__ import annotations

from typing import Annotated

import msgspec

Latitude = Annotated[float, msgspec.Meta(ge=-90.0, le=90.0, description="degrees, WGS84")]
Longitude = Annotated[float, msgspec.Meta(ge=-180.0, le=180.0, description="degrees, WGS84")]
Mark = Annotated[
    str, msgspec.Meta(pattern="^([0-9a-f]{0,40}:)?[0-9]{1,15}$", description="an entry: its mark, or its number")
]
Language = Annotated[str, msgspec.Meta(description="a language of the catalogue, such as id or en; else the asker's")]


class Point(msgspec.Struct, frozen=True):
    lat: Latitude
    lon: Longitude
