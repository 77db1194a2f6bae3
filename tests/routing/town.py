"""A small town for the tests: a square of streets, a one-way shortcut, an alley, and an island with a ferry.

degrees are 0.001 apart, that is 111 m:

D ---North--- C        lat 0.010
|             |
West        East       Diagonal: A to C, one way
|             |
A ---South--- B        lat 0.000 + offset
A --Alley-- G          a lane that cars cannot drive
B ~~ferry~~ J --Island-- K
"""

from __future__ import annotations

from routing.network.roads import Network

A, B, C, D = (1.0, 104.0), (1.0, 104.01), (1.01, 104.01), (1.01, 104.0)
G, J, K = (0.995, 104.0), (1.0, 104.03), (1.0, 104.04)


def line(name: str, *points: tuple[float, float], **said: object) -> dict:
    """One GeoJSON street through (lat, lon) points."""
    return {
        "type": "Feature",
        "properties": {"name": name, "class": "residential", "speed": 36, **said},
        "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in points]},
    }


STREETS = [
    line("South", A, B),
    line("East", B, C),
    line("North", C, D),
    line("West", D, A),
    line("Diagonal", A, C, oneway=True),
    line("Alley", A, G, **{"class": "lane"}),
    line("Ferry", B, J, **{"class": "boat", "minutes": 10, "boarding": 5}),
    line("Island", J, K, **{"class": "lane"}),
]


def town(*more: dict) -> Network:
    return Network.from_geojson({"type": "FeatureCollection", "features": [*STREETS, *more]})
