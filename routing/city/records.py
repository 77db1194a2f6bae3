"""A city as its files describe it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from shapely.geometry import mapping

from routing.ali.sites import Site
from routing.city.boundary import Boundary
from routing.city.centres import Centre
from routing.city.contacts import Contact
from routing.city.demand import DemandPoint
from routing.city.queues import NotReady, QueueSpec
from routing.city.run_cards import RunCards
from routing.city.tides import Tides
from routing.city.turnout import TurnoutTimes
from routing.geojson import Collection
from routing.network.roads import Network
from routing.text import Names, Text


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """`centre`: the neighbouring centre that commands it, "" for our own."""

    id: str
    names: Names
    color: str
    centre: str = ""


class Station(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    agency: str
    name: str
    lat: float
    lon: float
    phone: str = ""


class UnitSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`lat`, `lon` is where the unit stands by: its station unless the file says otherwise. `phone`: of the crew, in
    E.164, "" for none. `shift`: when the crew is on duty (routing/city/shifts.py), "" for always."""

    id: str
    agency: str
    kind: str
    station: str
    capabilities: tuple[str, ...]
    name: str
    crew: int
    profile: str
    lat: float
    lon: float
    phone: str = ""
    shift: str = ""


class CameraSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`heading` and `fov` in degrees, `range_m` in metres; `url` may hold `{democam}` and `{democam_rtsp}`,
    which whoever opens the camera replaces. The address stays on the server."""

    id: str
    name: str
    lat: float
    lon: float
    heading: float
    fov: float
    range_m: float
    owner: str
    kind: str
    url: str
    public: bool


class Place(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    aliases: tuple[str, ...]
    kind: str
    lat: float
    lon: float


class IncidentType(msgspec.Struct, frozen=True, kw_only=True):
    """`needs` is what to send, as (capability, how many units); `level` 1 is the most urgent of three."""

    id: str
    names: Names
    needs: tuple[tuple[str, int], ...]
    level: int


class City(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the room knows about its city; `center` is (lat, lon), `note` what the demo says of its data."""

    names: Names
    note: Names
    center: tuple[float, float]
    zoom: int
    agencies: tuple[Agency, ...]
    stations: tuple[Station, ...]
    units: tuple[UnitSpec, ...]
    cameras: tuple[CameraSpec, ...]
    places: tuple[Place, ...]
    incident_types: tuple[IncidentType, ...]
    contacts: tuple[Contact, ...]
    queues: tuple[QueueSpec, ...]
    not_ready: tuple[NotReady, ...]
    sites: tuple[Site, ...]
    boundaries: tuple[Boundary, ...]
    network: Network
    roads: Collection
    land: Collection
    network_fault: Text | None = None
    demand: tuple[DemandPoint, ...] = ()
    time_zone: str = "Asia/Jakarta"
    tides: Tides = Tides()
    run_cards: RunCards = RunCards()
    centres: tuple[Centre, ...] = ()
    turnout: dict[str, TurnoutTimes] = {}

    def centre_of(self, agency: str) -> str:
        """Which neighbour's it is; "" for our own."""
        return next((one.centre for one in self.agencies if one.id == agency), "")

    def layers(self) -> dict[str, Collection]:
        """GeoJSON FeatureCollections for a map without tiles: land, boundaries, roads, places."""
        borders = [
            {
                "type": "Feature",
                "properties": {"name": one.name, "kind": one.kind},
                "geometry": mapping(one.polygon),
            }
            for one in self.boundaries
        ]
        borders += [
            {
                "type": "Feature",
                "properties": {"name": one.name, "kind": "centre"},
                "geometry": mapping(one.area),
            }
            for one in self.centres
        ]
        return {
            "land": self.land,
            "boundaries": {"type": "FeatureCollection", "features": borders},
            "roads": self.roads,
            "places": _points(self.places),
        }


def _points(records: Iterable[msgspec.Struct]) -> Collection:
    features = []
    for one in records:
        said = msgspec.to_builtins(one)
        point = {"type": "Point", "coordinates": [said.pop("lon"), said.pop("lat")]}
        features.append({"type": "Feature", "properties": said, "geometry": point})
    return {"type": "FeatureCollection", "features": features}
