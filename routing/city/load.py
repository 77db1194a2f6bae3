"""A city from its folder of files: what a technician writes down once, checked before anything runs on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from routing.ali.sites import make_site
from routing.city.boundary import Boundary
from routing.city.contacts import KINDS, Contact, dialled
from routing.city.demand import DemandPoint
from routing.city.files import CityError, Row, feature_text, mobile, polygon_of, read_geojson, table, toml
from routing.city.load_centres import check_contacts, load_centres
from routing.city.load_crews import load_turnout, shift_text
from routing.city.load_hours import read_tides, read_zone
from routing.city.queues import DEFAULT, QueueSpec, make_not_ready, make_queues
from routing.city.records import Agency, CameraSpec, City, IncidentType, Place, Station, UnitSpec
from routing.city.run_cards import RunCards, make_run_cards
from routing.geojson import Collection
from routing.location import Malformed, check_point
from routing.network.roads import Network
from routing.network.streets import edges_of
from routing.network.turns import turns_of
from routing.text import Text, names_in, said_by, text


def load_city(folder: Path, strict: bool = True) -> City:
    """Reads and checks the city files in `folder`; raises CityError that says what to mend.

    Not `strict`, streets that cannot be used stop nothing: `network_fault` says what is wrong with them.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CityError("city.no-folder", folder=str(folder))
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
        raise CityError("city.in-file", file="run_cards.toml", what=wrong.text) from wrong


def _network(folder: Path) -> tuple[Network, Collection, Text | None]:
    """The streets, as they are drawn too, and what is wrong: then without turns, or else without any street."""
    roads: Collection = {"type": "FeatureCollection", "features": []}
    streets, turns, file = [], [], "roads.geojson"
    try:
        drawn = read_geojson(folder, file)
        streets, roads, file = edges_of(drawn), drawn, "turns.geojson"
        if (folder / file).exists():
            turns = turns_of(read_geojson(folder, file), streets)
    except CityError as wrong:
        return Network(streets), roads, wrong.text
    except Malformed as wrong:
        return Network(streets), roads, text("city.in-file", file=file, what=wrong.text)
    return Network(streets, turns), roads, None


def _agency(row: Row, centres: set[str]) -> Agency:
    color = row.text("color")
    if len(color) != 7 or color[0] != "#":
        raise row.fail("color", "city.no-colour", value=color)
    centre = row.text("centre", "")
    return Agency(
        id=row.text("id"),
        names=row.names(),
        color=color,
        centre=row.one_of("centre", centres, "centres.csv") if centre else "",
    )


def _station(row: Row, agencies: set[str]) -> Station:
    agency = row.one_of("agency", agencies, "agencies.csv")
    return Station(id=row.text("id"), agency=agency, name=row.text("name"), phone=row.text("phone", ""), **row.point())


def _unit(row: Row, agencies: set[str], stations: dict[str, Station]) -> UnitSpec:
    station = stations[row.one_of("station", stations, "stations.csv")]
    capabilities = row.several("capabilities")
    if not capabilities:
        raise row.fail("capabilities", "city.no-capability")
    here = row.point() if row.text("lat", "") or row.text("lon", "") else {"lat": station.lat, "lon": station.lon}
    return UnitSpec(
        id=row.text("id"),
        agency=row.one_of("agency", agencies, "agencies.csv"),
        kind=row.text("kind"),
        station=station.id,
        capabilities=capabilities,
        name=row.text("name"),
        crew=int(row.number_in("crew", 1, 60)),
        profile=row.one_of("profile", ("road", "boat"), text("city.of-profile"), "road"),
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
        kind=row.one_of("kind", ("rtsp", "mjpeg", "snapshot", "hls"), text("city.of-camera-kind")),
        url=row.text("url"),
        public=row.one_of("public", ("yes", "no"), text("city.of-camera-public")) == "yes",
        **row.point(),
    )


def _place(row: Row) -> Place:
    return Place(name=row.text("name"), aliases=row.several("aliases"), kind=row.text("kind"), **row.point())


def _incident_type(row: Row, able: set[str]) -> IncidentType:
    needs = []
    for part in row.several("needs"):
        capability, _, count = part.partition(":")
        if capability not in able:
            raise row.fail("needs", "city.nobody-can", value=capability)
        if not (count or "1").isdigit() or not 1 <= int(count or 1) <= 50:
            raise row.fail("needs", "city.needs-without-count", value=part)
        needs.append((capability, int(count or 1)))
    return IncidentType(
        id=row.text("id"),
        names=row.names(),
        needs=tuple(needs),
        level=int(row.number_in("level", 1, 3)),
    )


def _contact(row: Row, agencies: set[str]) -> Contact:
    try:
        number = dialled(row.text("number"))
    except Malformed as wrong:
        raise row.fail("number", wrong.text) from None
    agency = row.text("agency", "")
    return Contact(
        id=row.text("id"),
        name=row.text("name"),
        number=number,
        kind=row.one_of("kind", KINDS, text("city.of-contact-kind")),
        agency=row.one_of("agency", agencies, "agencies.csv") if agency else "",
        languages=row.several("languages"),
        receives=row.one_of("receives", ("yes", "no"), text("city.of-contact-receives"), "no") == "yes",
    )


def _queues(folder: Path, borders: set[str]) -> tuple[QueueSpec, ...]:
    """Those of queues.toml; a city without that file has one queue."""
    if not (folder / "queues.toml").exists():
        return (DEFAULT,)
    try:
        return make_queues(toml(folder, "queues.toml").get("queue", []), borders)
    except Malformed as wrong:
        raise CityError("city.in-file", file="queues.toml", what=wrong.text) from wrong


def _boundaries(collection: Collection) -> tuple[Boundary, ...]:
    found = []
    for number, feature in enumerate(collection["features"], 1):
        said = feature.get("properties") or {}
        where = feature_text("boundaries.geojson", number, str(said.get("name") or ""))
        for field in ("name", "kind"):
            if not said.get(field):
                raise CityError("city.feature-field-empty", where=where, field=field)
        polygon = polygon_of(feature, where)
        shapely.prepare(polygon)
        found.append(Boundary(name=said["name"], kind=said["kind"], polygon=polygon))
    return tuple(found)


def _read_toml(folder: Path) -> dict[str, Any]:
    said = toml(folder, "city.toml")
    plain: dict[str, Any] = {}
    try:
        plain["not_ready"] = make_not_ready(said.get("not_ready", []))
    except Malformed as wrong:
        raise CityError("city.in-file", file="city.toml", what=wrong.text) from wrong
    plain["names"], plain["note"] = names_in(said), names_in(said, "note")
    if "id" not in plain["names"]:
        raise CityError("city.without-name")
    plain["time_zone"] = str(said.get("time_zone", "Asia/Jakarta"))
    try:
        plain["center"] = check_point(*said["center"])
        plain["zoom"] = int(said["zoom"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise CityError("city.center-or-zoom", detail=said_by(wrong)) from wrong
    return plain
