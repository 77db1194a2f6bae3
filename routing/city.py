"""A city from its folder of files: what a technician writes down once, checked before anything runs on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import shapely
from shapely.geometry import mapping

from routing.boundary import Boundary
from routing.centres import Centre
from routing.city_centres import check_contacts, load_centres
from routing.city_crews import load_turnout, shift_text
from routing.city_files import CityError, Row, mobile, polygon_of, read_geojson, table, toml
from routing.city_hours import read_tides, read_zone
from routing.contacts import KINDS, Contact, dialled
from routing.coverage import DemandPoint
from routing.location import Malformed, check_point
from routing.queues import DEFAULT, NotReady, QueueSpec, make_not_ready, make_queues
from routing.roads import Network
from routing.run_cards import RunCards, make_run_cards
from routing.sites import Site, make_site
from routing.streets import edges_of
from routing.tides import Tides
from routing.turns import turns_of
from routing.units import TurnoutTimes


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """`centre`: the neighbouring centre that commands it, "" for our own."""

    id: str
    name_id: str
    name_en: str
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
    E.164, "" for none. `shift`: when the crew is on duty (routing/shifts.py), "" for always."""

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
    name_id: str
    name_en: str
    needs: tuple[tuple[str, int], ...]
    level: int


class City(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the room knows about its city; `center` is (lat, lon)."""

    name_id: str
    name_en: str
    note_id: str
    note_en: str
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
    roads: dict
    land: dict
    network_fault: str = ""
    demand: tuple[DemandPoint, ...] = ()
    time_zone: str = "Asia/Jakarta"
    tides: Tides = Tides()
    run_cards: RunCards = RunCards()
    centres: tuple[Centre, ...] = ()
    turnout: dict[str, TurnoutTimes] = {}

    def centre_of(self, agency: str) -> str:
        """Which neighbour's it is; "" for our own."""
        return next((one.centre for one in self.agencies if one.id == agency), "")

    def layers(self) -> dict[str, dict]:
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


def load_city(folder: Path, strict: bool = True) -> City:
    """Reads and checks the city files in `folder`; raises CityError that says what to mend.

    Not `strict`, streets that cannot be used stop nothing: `network_fault` says what is wrong with them.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CityError(f"{folder}: there is no such folder; set `city` in siaga.toml to a folder of city files")
    plain = _read_toml(folder)
    zone = read_zone(plain["time_zone"])
    centres = load_centres(folder)
    agencies = table(folder, "agencies.csv", lambda row: _agency(row, {one.id for one in centres}))
    known = {one.id for one in agencies}
    stations = table(folder, "stations.csv", lambda row: _station(row, known))
    at = {one.id: one for one in stations}
    units = table(folder, "units.csv", lambda row: _unit(row, known, at))
    able = {word for unit in units for word in unit.capabilities}
    boundaries = _boundaries(read_geojson(folder, "boundaries.geojson"))
    network, roads, fault = _network(folder)
    if fault and strict:
        raise CityError(fault)
    types = table(folder, "incident_types.csv", lambda row: _incident_type(row, able))
    places = table(folder, "places.csv", _place, key="name")
    contacts = table(folder, "contacts.csv", lambda row: _contact(row, known))
    check_contacts(centres, contacts)
    return City(
        **plain,
        agencies=agencies,
        stations=stations,
        units=units,
        cameras=table(folder, "cameras.csv", _camera),
        places=places,
        incident_types=types,
        sites=table(folder, "cells.csv", make_site, key="name") if (folder / "cells.csv").exists() else (),
        contacts=contacts,
        centres=centres,
        turnout=load_turnout(folder),
        queues=_queues(folder, {one.name for one in boundaries}),
        boundaries=boundaries,
        network=network,
        network_fault=fault,
        roads=roads,
        land=read_geojson(folder, "land.geojson"),
        demand=_demand(folder, boundaries, places),
        tides=read_tides(folder, zone),
        run_cards=_run_cards(folder, {one.id for one in types}, able, {one.name for one in boundaries}),
    )


def _demand(folder: Path, boundaries: tuple[Boundary, ...], places: tuple[Place, ...]) -> tuple[DemandPoint, ...]:
    """Those of demand.csv; without it the districts' middles, each weighing as many places as it has names of."""
    if (folder / "demand.csv").exists():
        return table(folder, "demand.csv", _demand_point, key="name")
    dots = shapely.points([(one.lon, one.lat) for one in places]) if places else np.zeros(0, object)
    found = []
    for one in boundaries:
        if one.kind == "kecamatan":
            middle = one.polygon.representative_point()
            weight = 1.0 + float(np.count_nonzero(shapely.covers(one.polygon, dots)))
            found.append(DemandPoint(name=one.name, area=one.name, lat=middle.y, lon=middle.x, weight=weight))
    return tuple(found)


def _demand_point(row: Row) -> DemandPoint:
    weight = row.number_in("weight", 0.001, 1e9)
    return DemandPoint(name=row.text("name"), area=row.text("area"), weight=weight, **row.point())


def _run_cards(folder: Path, types: set[str], able: set[str], borders: set[str]) -> RunCards:
    if not (folder / "run_cards.toml").exists():
        return RunCards()
    try:
        return make_run_cards(toml(folder, "run_cards.toml"), types, able, borders)
    except Malformed as wrong:
        raise CityError(f"run_cards.toml, {wrong}") from wrong


def _network(folder: Path) -> tuple[Network, dict, str]:
    """The streets, as they are drawn too, and what is wrong: then without turns, or else without any street."""
    roads: dict = {"type": "FeatureCollection", "features": []}
    streets, turns, file = [], [], "roads.geojson"
    try:
        drawn = read_geojson(folder, file)
        streets, roads, file = edges_of(drawn), drawn, "turns.geojson"
        if (folder / file).exists():
            turns = turns_of(read_geojson(folder, file), streets)
    except CityError as wrong:
        return Network(streets), roads, str(wrong)
    except ValueError as wrong:
        return Network(streets), roads, f"{file}, {wrong}"
    return Network(streets, turns), roads, ""


def _agency(row: Row, centres: set[str]) -> Agency:
    color = row.text("color")
    if len(color) != 7 or color[0] != "#":
        raise row.fail("color", f"{color!r} is no colour", "write it like #1d4ed8")
    centre = row.text("centre", "")
    return Agency(
        id=row.text("id"),
        name_id=row.text("name_id"),
        name_en=row.text("name_en"),
        color=color,
        centre=row.one_of("centre", centres, "centres.csv") if centre else "",
    )


def _station(row: Row, agencies: set[str]) -> Station:
    agency = row.one_of("agency", agencies, "agencies.csv")
    return Station(
        id=row.text("id"), agency=agency, name=row.text("name"), phone=row.text("phone", ""), **row.point()
    )


def _unit(row: Row, agencies: set[str], stations: dict[str, Station]) -> UnitSpec:
    station = stations[row.one_of("station", stations, "stations.csv")]
    capabilities = row.several("capabilities")
    if not capabilities:
        raise row.fail("capabilities", "is empty", "write at least one word, such as ambulance")
    here = (
        row.point()
        if row.text("lat", "") or row.text("lon", "")
        else {"lat": station.lat, "lon": station.lon}
    )
    return UnitSpec(
        id=row.text("id"),
        agency=row.one_of("agency", agencies, "agencies.csv"),
        kind=row.text("kind"),
        station=station.id,
        capabilities=capabilities,
        name=row.text("name"),
        crew=int(row.number_in("crew", 1, 60)),
        profile=row.one_of("profile", ("road", "boat"), "how the unit travels", "road"),
        phone=mobile(row, "phone"),
        shift=shift_text(row),
        **here,
    )


def _camera(row: Row) -> CameraSpec:
    return CameraSpec(
        id=row.text("id"),
        name=row.text("name"),
        heading=row.number_in("heading", 0, 360),
        fov=row.number_in("fov", 1, 360),
        range_m=row.number_in("range_m", 1, 5000),
        owner=row.text("owner"),
        kind=row.one_of("kind", ("rtsp", "mjpeg", "snapshot", "hls"), "how the camera sends pictures"),
        url=row.text("url"),
        public=row.one_of("public", ("yes", "no"), "may passers-by be seen on it") == "yes",
        **row.point(),
    )


def _place(row: Row) -> Place:
    return Place(name=row.text("name"), aliases=row.several("aliases"), kind=row.text("kind"), **row.point())


def _incident_type(row: Row, able: set[str]) -> IncidentType:
    needs = []
    for part in row.several("needs"):
        capability, _, count = part.partition(":")
        if capability not in able:
            raise row.fail("needs", f"no unit can do {capability!r}", "correct the word, or add it in units.csv")
        if not (count or "1").isdigit() or not 1 <= int(count or 1) <= 50:
            raise row.fail("needs", f"{part!r} has no count", "write it like fire:2;ambulance:1")
        needs.append((capability, int(count or 1)))
    return IncidentType(
        id=row.text("id"),
        name_id=row.text("name_id"),
        name_en=row.text("name_en"),
        needs=tuple(needs),
        level=int(row.number_in("level", 1, 3)),
    )


def _contact(row: Row, agencies: set[str]) -> Contact:
    try:
        number = dialled(row.text("number"))
    except ValueError as wrong:
        wrong_text, _, advice = str(wrong).partition("; ")
        raise row.fail("number", wrong_text, advice) from None
    agency = row.text("agency", "")
    return Contact(
        id=row.text("id"),
        name=row.text("name"),
        number=number,
        kind=row.one_of("kind", KINDS, "what they are to a call-taker"),
        agency=row.one_of("agency", agencies, "agencies.csv") if agency else "",
        languages=row.several("languages"),
        receives=row.one_of("receives", ("yes", "no"), "whether they are told of place and incident", "no") == "yes",
    )


def _queues(folder: Path, borders: set[str]) -> tuple[QueueSpec, ...]:
    """Those of queues.toml; a city without that file has one queue."""
    if not (folder / "queues.toml").exists():
        return (DEFAULT,)
    try:
        return make_queues(toml(folder, "queues.toml").get("queue", []), borders)
    except Malformed as wrong:
        raise CityError(f"queues.toml, {wrong}") from wrong


def _boundaries(collection: dict) -> tuple[Boundary, ...]:
    found = []
    for number, feature in enumerate(collection["features"], 1):
        said = feature.get("properties") or {}
        where = f"boundaries.geojson, feature {number} ({said.get('name', 'no name')})"
        for field in ("name", "kind"):
            if not said.get(field):
                raise CityError(f"{where}, field {field}: is empty; fill it in")
        polygon = polygon_of(feature, where)
        shapely.prepare(polygon)
        found.append(Boundary(name=said["name"], kind=said["kind"], polygon=polygon))
    return tuple(found)


def _read_toml(folder: Path) -> dict:
    said = toml(folder, "city.toml")
    plain: dict = {}
    try:
        plain["not_ready"] = make_not_ready(said.get("not_ready", []))
    except Malformed as wrong:
        raise CityError(f"city.toml, {wrong}") from wrong
    for field in ("name_id", "name_en", "note_id", "note_en"):
        plain[field] = str(said.get(field, ""))
    if not plain["name_id"]:
        raise CityError("city.toml, field name_id: is missing; write the city's name")
    plain["time_zone"] = str(said.get("time_zone", "Asia/Jakarta"))
    plain["name_en"] = plain["name_en"] or plain["name_id"]
    try:
        plain["center"] = check_point(*said["center"])
        plain["zoom"] = int(said["zoom"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise CityError(
            f"city.toml, field center or zoom: {wrong}; write center = [lat, lon] and zoom = 14"
        ) from wrong
    return plain


def _points(records: Iterable[msgspec.Struct]) -> dict:
    features = []
    for one in records:
        said = msgspec.to_builtins(one)
        point = {"type": "Point", "coordinates": [said.pop("lon"), said.pop("lat")]}
        features.append({"type": "Feature", "properties": said, "geometry": point})
    return {"type": "FeatureCollection", "features": features}
