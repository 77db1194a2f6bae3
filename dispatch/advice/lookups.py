"""What the room can look up about a place without asking anybody: cells, subscribers, gazetteer, served area. Pure."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

import msgspec
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from dispatch import events as ev
from dispatch.policy.places.best_location import FAR, radius95
from routing.ali.cells import Cell, read_cells
from routing.ali.sites import Sites
from routing.ali.subscribers import Subscriber
from routing.city.boundary import serving
from routing.city.centres import Beyond, Borders, Near
from routing.city.records import City
from routing.location import DEGREE_M, Location
from routing.places.gazetteer import Gazetteer

_SURE = 0.7
"""Of the gazetteer's score: an address that a machine sends is spelt right, or it is another one."""
_RADIUS_M = {"street": 600.0, "km": 700.0}
_OTHER_RADIUS_M = 200.0


@functools.lru_cache(4096)
def _cells(access: str) -> tuple[Cell, ...]:
    """Many calls come in by the same few cells."""
    return tuple(read_cells([access])) if access else ()


class Lookups:
    """The room's `PlaceTables` and `Neighbourhood`. `border_within`: metres from a border within which its other side
    is told."""

    def __init__(
        self, city: City, subscribers: dict[str, Subscriber], gazetteer: Gazetteer, border_within: float = 500.0
    ) -> None:
        self._sites, self._subscribers, self._gazetteer = Sites(city.sites), subscribers, gazetteer
        self._boundaries = city.boundaries
        self._borders = Borders(city.centres, city.boundaries, border_within)
        self._served = shapely.union_all([one.polygon for one in city.boundaries])
        self._land = shapely.union_all([shape(one["geometry"]) for one in city.land["features"] if one.get("geometry")])
        for area in (self._served, self._land):
            shapely.prepare(area)

    def places_of(self, call: ev.CallReceived) -> tuple[Location, ...]:
        return tuple(self._known(call))

    def _known(self, call: ev.CallReceived) -> Iterator[Location]:
        subscriber = self._subscribers.get(call.caller)
        if subscriber is not None:
            place = subscriber.location(call.at)
            if place is None and (found := self.geocode(subscriber.address)):
                said = {"source": "subscriber", "at": call.at, "text": subscriber.text[:200]}
                place = msgspec.structs.replace(found, **said, flags=("geocoded",))
            if place is not None:
                yield place
        places = (self._sites.locate(cell, call.at) for cell in _cells(call.access))
        yield from [place for place in places if place is not None][:1]

    def geocode(self, address: str) -> Location | None:
        """Of "Masjid Raya, Jl. Merdeka, no. 4" the first part that the gazetteer knows well; each part is nearer than
        the next."""
        parts = [part.strip() for part in address[:300].split(",")][:10]
        for text in dict.fromkeys([address, *parts]):
            hits = self._gazetteer.search(text, 1) if len(text) > 2 else []
            if hits and hits[0].score >= _SURE:
                hit = hits[0]
                radius = _RADIUS_M.get(hit.kind, _OTHER_RADIUS_M)
                return Location(
                    lat=hit.lat, lon=hit.lon, radius=radius, shape="Circle", method="gazetteer", text=hit.name,
                    confidence=80.0,
                )  # fmt: skip
        return None

    def doubts(self, place: Location) -> tuple[str, ...]:
        """Flags for a place whose whole circle lies outside the served area, far outside it, or on the water."""
        areas = (("outside", self._served, 0.0), ("at_sea", self._land, 0.0), ("far", self._served, FAR))
        # Nearly every place is in the city and on land, and that is found out sooner than how far off one is.
        return tuple(flag for flag, area, more in areas if not area.is_empty and not _within(area, place, more))

    def borders(self, lat: float, lon: float) -> tuple[str, ...]:
        return tuple(one.name for one in serving(self._boundaries, lat, lon))

    def neighbours(self, place: Location) -> tuple[Near, ...]:
        return self._borders.neighbours(place, radius95(place))

    def beyond(self, place: Location) -> Beyond | None:
        return self._borders.beyond(place)


def _within(area: BaseGeometry, place: Location, more: float) -> bool:
    """Whether its circle, `more` metres larger, touches the area."""
    if shapely.intersects_xy(area, place.lon, place.lat):
        return True
    reach = (radius95(place) + more) / (DEGREE_M * max(0.01, math.cos(math.radians(place.lat))))
    return bool(shapely.dwithin(area, shapely.points(place.lon, place.lat), reach))
