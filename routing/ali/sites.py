"""The radio cells of the city's networks: from a cell's identity to the area that it covers. Pure.

Operators give such tables: where the antenna stands, which way it looks and how far it carries. That is where most of
its callers are, not all: a Location from here has 80 % confidence.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from routing.ali.cells import Cell
from routing.location import Location, distance_m, offset
from routing.text import text

TECHNOLOGIES = ("gsm", "umts", "lte", "nr")
CONFIDENCE = 80.0
_UNIQUE_CELL = ("lte", "nr")
"""Here a cell's number is its network's own, so the tracking area need not be told."""
_ARC = 8
_MOST = 300


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One cell. `area`: LAC or TAC, -1 when the table does not say; `radius_m` how far it carries; `azimuth` where it
    looks and `beam` how wide, in degrees; a beam of 360 is a circle around the mast."""

    name: str
    technology: str
    mcc: str
    mnc: str
    area: int
    cell: int
    lat: float
    lon: float
    radius_m: float
    azimuth: float
    beam: float


def make_site(row: Any) -> Site:
    """A row of cells.csv; `row` as routing.city.load reads them."""
    mcc, mnc = row.text("mcc"), row.text("mnc")
    if not (mcc.isdigit() and len(mcc) == 3):
        raise row.fail("mcc", "city.no-mcc", value=mcc)
    if not (mnc.isdigit() and len(mnc) in (2, 3)):
        raise row.fail("mnc", "city.no-mnc", value=mnc)
    return Site(
        name=row.text("name"),
        technology=row.one_of("technology", TECHNOLOGIES, text("city.of-technology")),
        mcc=mcc,
        mnc=mnc,
        area=int(row.number_in("area", 0, 2**24 - 1)) if row.text("area", "") else -1,
        cell=int(row.number_in("cell", 0, 2**36 - 1)),
        radius_m=row.number_in("radius_m", 10, 100_000),
        azimuth=row.number_in("azimuth", 0, 360),
        beam=row.number_in("beam", 1, 360),
        **row.point(),
    )


class Sites:
    """Finds cells by what a network or a phone calls them."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._exact: dict[tuple[str, str, int, int], Site] = {}
        self._by_cell: dict[tuple[str, str, int], Site] = {}
        self._by_area: dict[tuple[str, str, int], list[Site]] = defaultdict(list)
        self._covered = functools.lru_cache(4096)(_covered)
        for site in sites:
            network = (site.mcc, site.mnc)
            self._exact[*network, site.area, site.cell] = site
            if site.technology in _UNIQUE_CELL or site.area < 0:
                self._by_cell[*network, site.cell] = site
            self._by_area[*network, site.area].append(site)

    def locate(self, cell: Cell, at: float) -> Location | None:
        """Where a phone in this cell is, of `at` (seconds since 1970) less the age it is told with; the whole tracking
        area when the cell itself is not in the table; None when that is not either."""
        network = (cell.mcc, cell.mnc)
        site = self._exact.get((*network, cell.area, cell.cell)) or self._by_cell.get((*network, cell.cell))
        if site is not None:
            return msgspec.structs.replace(self._covered(site), at=at - cell.age)
        area = self._by_area.get((*network, cell.area), ()) if cell.area >= 0 else ()
        return _around(area[:_MOST], f"area {cell.area}", at - cell.age) if area else None


def _covered(site: Site) -> Location:
    circle = Location(
        lat=site.lat, lon=site.lon, radius=site.radius_m, shape="Circle", confidence=CONFIDENCE, source="cell",
        method="Cell", text=site.name,
    )  # fmt: skip
    if site.beam > 180:
        return circle
    half = math.radians(site.beam / 2)
    # The smallest circle around it goes through the tip of a narrow sector, and through the ends of a wide one's arc.
    if site.beam <= 90:
        away = radius = site.radius_m / (2 * math.cos(half))
    else:
        away, radius = site.radius_m * math.cos(half), site.radius_m * math.sin(half)
    lat, lon = offset(site.lat, site.lon, site.azimuth, away)
    turns = [site.azimuth - site.beam / 2 + site.beam * n / _ARC for n in range(_ARC + 1)]
    ring = ((site.lat, site.lon), *(offset(site.lat, site.lon, turn, site.radius_m) for turn in turns))
    return msgspec.structs.replace(circle, lat=lat, lon=lon, radius=round(radius, 1), shape="ArcBand", ring=ring)


def _around(sites: list[Site], text: str, at: float) -> Location:
    lat, lon = sum(s.lat for s in sites) / len(sites), sum(s.lon for s in sites) / len(sites)
    radius = max(distance_m(lat, lon, s.lat, s.lon) + s.radius_m for s in sites)
    return Location(
        lat=lat, lon=lon, radius=radius, confidence=CONFIDENCE, source="cell", method="Cell", at=at, text=text,
        shape="Circle",
    )  # fmt: skip
