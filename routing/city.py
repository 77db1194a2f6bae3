"""A city from its folder of files: what a technician writes down once, checked before anything runs on it."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import shapely
from shapely.geometry import mapping, shape

from routing.boundary import Boundary
from routing.contacts import KINDS, Contact, dialled
from routing.location import Malformed, check_point
from routing.numbers import e164
from routing.queues import DEFAULT, NotReady, QueueSpec, make_not_ready, make_queues
from routing.roads import Network
from routing.sites import Site, make_site
from routing.streets import edges_of
from routing.turns import turns_of


class CityError(ValueError):
    """A city file is wrong; the text names file, row, field and what to do."""


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name_id: str
    name_en: str
    color: str


class Station(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    agency: str
    name: str
    lat: float
    lon: float
    phone: str = ""


class UnitSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`lat`, `lon` is where the unit stands by: its station unless the file says otherwise. `phone`: of the crew, in
    E.164, "" for none."""

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

    def layers(self) -> dict[str, dict]:
        """GeoJSON FeatureCollections for the map: land, boundaries, roads, places, stations, cameras.

        Camera addresses are left out: a browser knows a camera by its id only.
        """
        borders = [
            {
                "type": "Feature",
                "properties": {"name": one.name, "kind": one.kind},
                "geometry": mapping(one.polygon),
            }
            for one in self.boundaries
        ]
        return {
            "land": self.land,
            "boundaries": {"type": "FeatureCollection", "features": borders},
            "roads": self.roads,
            "places": _points(self.places),
            "stations": _points(self.stations),
            "cameras": _points(self.cameras, without=("url",)),
        }


class _Row:
    """One CSV row that knows where it came from, so that a complaint can say so."""

    def __init__(self, file: str, number: int, fields: dict[str, str]) -> None:
        self.file, self.number, self._fields = file, number, fields

    def fail(self, field: str, wrong: str, advice: str) -> CityError:
        return CityError(f"{self.file}, row {self.number}, field {field}: {wrong}; {advice}")

    def text(self, field: str, default: str | None = None) -> str:
        value = (self._fields.get(field) or "").strip()
        if value or default is not None:
            return value or default
        raise self.fail(field, "is empty", "fill it in")

    def number_in(self, field: str, low: float, high: float) -> float:
        value = self.text(field)
        try:
            number = float(value)
        except ValueError:
            raise self.fail(field, f"{value!r} is not a number", "write digits, with a point for decimals") from None
        if not low <= number <= high:
            raise self.fail(field, f"{value} is out of range", f"it must lie between {low:g} and {high:g}")
        return number

    def point(self) -> dict[str, float]:
        lat, lon = self.number_in("lat", -90, 90), self.number_in("lon", -180, 180)
        try:
            check_point(lat, lon)
        except ValueError as wrong:
            raise self.fail("lat", str(wrong), "give the real position in degrees") from None
        return {"lat": lat, "lon": lon}

    def one_of(self, field: str, known: Iterable[str], where: str, default: str | None = None) -> str:
        value = self.text(field, default)
        if value not in known:
            raise self.fail(field, f"{value!r} is unknown", f"use one of: {', '.join(sorted(known))} ({where})")
        return value

    def several(self, field: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(field, "").split(";") if part.strip())


def load_city(folder: Path, strict: bool = True) -> City:
    """Reads and checks the city files in `folder`; raises CityError that says what to mend.

    Not `strict`, streets that cannot be used stop nothing: `network_fault` says what is wrong with them.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CityError(f"{folder}: there is no such folder; set `city` in siaga.toml to a folder of city files")
    plain = _read_toml(folder)
    agencies = _table(folder, "agencies.csv", _agency)
    known = {one.id for one in agencies}
    stations = _table(folder, "stations.csv", lambda row: _station(row, known))
    at = {one.id: one for one in stations}
    units = _table(folder, "units.csv", lambda row: _unit(row, known, at))
    able = {word for unit in units for word in unit.capabilities}
    boundaries = _boundaries(_read_geojson(folder, "boundaries.geojson"))
    network, roads, fault = _network(folder)
    if fault and strict:
        raise CityError(fault)
    return City(
        **plain,
        agencies=agencies,
        stations=stations,
        units=units,
        cameras=_table(folder, "cameras.csv", _camera),
        places=_table(folder, "places.csv", _place, key="name"),
        incident_types=_table(folder, "incident_types.csv", lambda row: _incident_type(row, able)),
        sites=_table(folder, "cells.csv", make_site, key="name") if (folder / "cells.csv").exists() else (),
        contacts=_table(folder, "contacts.csv", lambda row: _contact(row, known)),
        queues=_queues(folder, {one.name for one in boundaries}),
        boundaries=boundaries,
        network=network,
        network_fault=fault,
        roads=roads,
        land=_read_geojson(folder, "land.geojson"),
    )


def _network(folder: Path) -> tuple[Network, dict, str]:
    """The streets, as they are drawn too, and what is wrong: then without turns, or else without any street."""
    roads: dict = {"type": "FeatureCollection", "features": []}
    streets, turns, file = [], [], "roads.geojson"
    try:
        drawn = _read_geojson(folder, file)
        streets, roads, file = edges_of(drawn), drawn, "turns.geojson"
        if (folder / file).exists():
            turns = turns_of(_read_geojson(folder, file), streets)
    except CityError as wrong:
        return Network(streets), roads, str(wrong)
    except ValueError as wrong:
        return Network(streets), roads, f"{file}, {wrong}"
    return Network(streets, turns), roads, ""


def _agency(row: _Row) -> Agency:
    color = row.text("color")
    if len(color) != 7 or color[0] != "#":
        raise row.fail("color", f"{color!r} is no colour", "write it like #1d4ed8")
    return Agency(id=row.text("id"), name_id=row.text("name_id"), name_en=row.text("name_en"), color=color)


def _station(row: _Row, agencies: set[str]) -> Station:
    agency = row.one_of("agency", agencies, "agencies.csv")
    return Station(
        id=row.text("id"), agency=agency, name=row.text("name"), phone=row.text("phone", ""), **row.point()
    )


def _unit(row: _Row, agencies: set[str], stations: dict[str, Station]) -> UnitSpec:
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
        phone=_mobile(row),
        **here,
    )


def _mobile(row: _Row) -> str:
    phone = e164(row.text("phone", ""))
    if phone and not phone.startswith("+"):
        raise row.fail("phone", f"{phone!r} is no mobile number", "write it like +628117701122, or nothing")
    return phone


def _camera(row: _Row) -> CameraSpec:
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


def _place(row: _Row) -> Place:
    return Place(name=row.text("name"), aliases=row.several("aliases"), kind=row.text("kind"), **row.point())


def _incident_type(row: _Row, able: set[str]) -> IncidentType:
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


def _contact(row: _Row, agencies: set[str]) -> Contact:
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
    )


def _queues(folder: Path, borders: set[str]) -> tuple[QueueSpec, ...]:
    """Those of queues.toml; a city without that file has one queue."""
    if not (folder / "queues.toml").exists():
        return (DEFAULT,)
    try:
        return make_queues(_toml(folder, "queues.toml").get("queue", []), borders)
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
        try:
            polygon = shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as wrong:
            raise CityError(f"{where}, field geometry: {wrong}; draw the polygon again") from wrong
        if polygon.geom_type not in ("Polygon", "MultiPolygon") or not polygon.is_valid:
            raise CityError(f"{where}, field geometry: is no valid polygon; its border must not cross itself")
        shapely.prepare(polygon)
        found.append(Boundary(name=said["name"], kind=said["kind"], polygon=polygon))
    return tuple(found)


def _table(folder: Path, file: str, build: Callable[[_Row], object], key: str = "id") -> tuple:
    """One record for each row of a CSV file; row 1 is the header, so the numbers match a spreadsheet's."""
    records, seen = [], {}
    try:
        lines = list(csv.DictReader(_text(folder, file).splitlines(), strict=True))
    except csv.Error as wrong:
        raise CityError(f"{file}: {wrong}; save it as comma-separated values") from wrong
    for number, fields in enumerate(lines, 2):
        row = _Row(file, number, fields)
        if None in fields:
            raise row.fail("last", "the row has more fields than the header", "put quotes around text with commas")
        name = row.text(key)
        if name in seen:
            raise row.fail(key, f"{name!r} is used in row {seen[name]} too", "give each its own")
        seen[name] = number
        records.append(build(row))
    return tuple(records)


def _text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CityError(f"{file}: is missing in {folder}; copy it from deploy/city/tanjungpinang") from None
    except UnicodeDecodeError as wrong:
        raise CityError(f"{file}: is not UTF-8 text ({wrong.reason}); save it as UTF-8") from wrong


def _read_geojson(folder: Path, file: str) -> dict:
    try:
        collection = json.loads(_text(folder, file))
    except ValueError as wrong:
        raise CityError(f"{file}: is no JSON ({wrong}); export it again as GeoJSON") from wrong
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise CityError(f"{file}: is no FeatureCollection; export it again as GeoJSON")
    return collection


def _toml(folder: Path, file: str) -> dict:
    try:
        return tomllib.loads(_text(folder, file))
    except tomllib.TOMLDecodeError as wrong:
        raise CityError(f"{file}: {wrong}; compare it with deploy/city/tanjungpinang/{file}") from wrong


def _read_toml(folder: Path) -> dict:
    said = _toml(folder, "city.toml")
    plain: dict = {}
    try:
        plain["not_ready"] = make_not_ready(said.get("not_ready", []))
    except Malformed as wrong:
        raise CityError(f"city.toml, {wrong}") from wrong
    for field in ("name_id", "name_en", "note_id", "note_en"):
        plain[field] = str(said.get(field, ""))
    if not plain["name_id"]:
        raise CityError("city.toml, field name_id: is missing; write the city's name")
    plain["name_en"] = plain["name_en"] or plain["name_id"]
    try:
        plain["center"] = check_point(*said["center"])
        plain["zoom"] = int(said["zoom"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise CityError(
            f"city.toml, field center or zoom: {wrong}; write center = [lat, lon] and zoom = 14"
        ) from wrong
    return plain


def _points(records: Iterable[msgspec.Struct], without: tuple[str, ...] = ()) -> dict:
    features = []
    for one in records:
        said = msgspec.to_builtins(one)
        point = {"type": "Point", "coordinates": [said.pop("lon"), said.pop("lat")]}
        for field in without:
            said.pop(field)
        features.append({"type": "Feature", "properties": said, "geometry": point})
    return {"type": "FeatureCollection", "features": features}
