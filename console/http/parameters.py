"""Query parameters that several routes have, with their bounds."""

from __future__ import annotations

from typing import Annotated

import msgspec

Latitude = Annotated[float, msgspec.Meta(ge=-90.0, le=90.0, description="degrees, WGS84")]
Longitude = Annotated[float, msgspec.Meta(ge=-180.0, le=180.0, description="degrees, WGS84")]
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53, description="the number of an entry of the journal")]
Language = Annotated[str, msgspec.Meta(description="a language of the catalogue, such as id or en; else the asker's")]


class Point(msgspec.Struct, frozen=True):
    lat: Latitude
    lon: Longitude
