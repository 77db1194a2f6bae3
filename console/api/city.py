"""The API of the city: its files, base map, places, the nearest cameras, and the way a unit should take."""

from __future__ import annotations

import gzip
import math
from typing import Annotated

import msgspec
from twisted.internet import threads
from twisted.web.server import NOT_DONE_YET

from console.http.answers import Media, Raw, Worded
from console.http.asker import language_of
from console.http.parameters import Language, Latitude, Longitude, Point
from console.http.web import Ask, Problem, Reply, Route
from console.map_tiles import Archive
from console.parts import Parts
from dispatch.catalogue import languages, say
from dispatch.commands import DESK, RESPONDER, WATCHERS
from routing.city.contacts import Contact
from routing.city.queues import NotReady
from routing.city.records import Agency, CameraSpec, IncidentType, Station
from routing.geojson import Collection
from routing.location import distance_m
from routing.places.gazetteer import Hit, LocalName
from routing.recommendation.units import network_profile
from routing.text import Names


class CameraSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A camera as a browser may know it: without its address. `metres` from the point that was asked about."""

    id: str
    name: str
    lat: float
    lon: float
    heading: float
    fov: float
    range_m: float
    owner: str
    kind: str
    public: bool
    metres: float = 0.0
    sees: bool = False


def _seen(spec: CameraSpec, metres: float = 0.0, sees: bool = False) -> CameraSeen:
    shown = {name: getattr(spec, name) for name in CameraSeen.__struct_fields__ if name not in ("metres", "sees")}
    return CameraSeen(metres=round(metres), sees=sees, **shown)


class QueueSeen(msgspec.Struct, frozen=True):
    """What a page may know of a queue: not the telephones behind it."""

    id: str
    names: Names


class CentreSeen(msgspec.Struct, frozen=True):
    """A neighbouring centre; `contact`: whom a call-taker calls there."""

    id: str
    name: str
    contact: str


class CityNow(msgspec.Struct, frozen=True, kw_only=True):
    """The city's files, as far as pages need them. `center` is (lat, lon); `contacts` are for desks only;
    `cameras_nearest`: how many are shown at a place."""

    names: Names
    note: Names
    center: tuple[float, float]
    zoom: int
    incident_types: tuple[IncidentType, ...]
    agencies: tuple[Agency, ...]
    stations: tuple[Station, ...]
    contacts: tuple[Contact, ...]
    queues: list[QueueSeen]
    not_ready: tuple[NotReady, ...]
    centres: list[CentreSeen]
    cameras: list[CameraSeen]
    cameras_nearest: int


class BaseMap(msgspec.Struct, frozen=True, kw_only=True):
    """`tiles`: the address of the archive, "" while there is none; then the page draws `/api/v1/map/plain` and asks
    again. `attribution`: whom to name. `bbox`: west, south, east, north of the land in degrees."""

    tiles: str
    attribution: str
    bbox: tuple[float, ...] | None


class MapLayers(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn without tiles: GeoJSON FeatureCollections (RFC 7946)."""

    land: Collection
    boundaries: Collection
    roads: Collection
    places: Collection


class Sought(msgspec.Struct, frozen=True):
    """`q`: what was said or typed. `lat`, `lon`: about where the caller is, if anybody knows."""

    q: str = ""
    lat: Latitude | None = None
    lon: Longitude | None = None


class PointSaid(Point, frozen=True):
    lang: Language = ""


class PointWords(msgspec.Struct, frozen=True):
    """Where a point is, in words."""

    text: str


class PointSeen(Point, frozen=True):
    n: Annotated[int, msgspec.Meta(ge=1, le=16, description="how many; as the city's settings say")] | None = None


class UnitJob(msgspec.Struct, frozen=True):
    assignment: str = ""


class WayStep(msgspec.Struct, frozen=True, kw_only=True):
    """Follow the street `name` for `metres`; `turn` tells the way into it."""

    name: str
    metres: float
    turn: Worded


class QuickestWay(msgspec.Struct, frozen=True, kw_only=True):
    """The quickest way, as points of (lat, lon) and in words. `mode`: road, boat, road+boat, straight-line."""

    path: list[tuple[float, float]]
    metres: float
    seconds: float
    mode: str
    steps: list[WayStep]


def city(parts: Parts, ask: Ask) -> CityNow:
    c = parts.city
    return CityNow(
        names=c.names,
        note=c.note,
        center=c.center,
        zoom=c.zoom,
        incident_types=c.incident_types,
        agencies=c.agencies,
        stations=c.stations,
        contacts=c.contacts if ask.actor.role in DESK else (),  # persons' numbers are for those who call them
        queues=[QueueSeen(one.id, one.names) for one in c.queues],
        not_ready=c.not_ready,
        centres=[CentreSeen(one.id, one.name, one.contact) for one in c.centres],
        cameras=[_seen(spec) for spec in c.cameras],
        cameras_nearest=parts.settings.cameras.cameras_nearest,
    )


def base_map(parts: Parts, ask: Ask) -> BaseMap:
    digest = parts.tiles.digest
    tiles = f"/api/v1/map/{digest}.pmtiles" if digest else ""
    attribution = str(parts.city.roads.get("attribution") or "")
    return BaseMap(tiles=tiles, attribution=attribution, bbox=parts.city.land.get("bbox"))


def archive(parts: Parts, ask: Ask) -> Reply:
    """The map's tiles as PMTiles, by ranges of bytes; under its digest it never changes."""
    tiles, request = parts.tiles, ask.request
    if tiles.file is None or ask.path["digest"] != tiles.digest:
        raise Problem(404, "problem.map-replaced")
    request.setHeader("Cache-Control", "private, max-age=31536000, immutable")
    request.setHeader("ETag", f'"{tiles.digest}"')
    if Archive(str(tiles.file)).render(request) is not NOT_DONE_YET:
        request.finish()
    return NOT_DONE_YET


class PlainMap:
    """What is drawn without tiles, encoded and compressed once, on a thread: it is large."""

    def __init__(self) -> None:
        self._answer: Raw | None = None

    async def answer(self, parts: Parts, ask: Ask) -> Reply:
        if self._answer is None:
            self._answer = await threads.deferToThread(self._made, parts)
        return self._answer

    @staticmethod
    def _made(parts: Parts) -> Raw:
        body = msgspec.json.encode(MapLayers(**parts.city.layers()))
        return Raw(body, packed=gzip.compress(body, 9, mtime=0))


def places(parts: Parts, ask: Ask) -> list[Hit]:
    asked = ask.query(Sought)
    text = asked.q.strip()
    near = (asked.lat, asked.lon) if asked.lat is not None and asked.lon is not None else None
    added = tuple(parts.room.board.tables["aliases"].values())
    return parts.gazetteer.search(text, near=near, local=added) if text else []


def places_added(parts: Parts, ask: Ask) -> list[LocalName]:
    """Names that people of the room added, and those learnt that nobody has confirmed; the newest first."""
    return sorted(parts.room.board.tables["aliases"].values(), key=lambda one: -one.seq)


def place_near(parts: Parts, ask: Ask) -> PointWords:
    asked = ask.query(PointSaid)
    lang = asked.lang if asked.lang in languages() else language_of(ask.request)
    return PointWords(say(parts.gazetteer.reverse(asked.lat, asked.lon), lang))


def cameras_near(parts: Parts, ask: Ask) -> list[CameraSeen]:
    """Those that look at the point first, then by distance."""
    asked = ask.query(PointSeen)
    lat, lon, count = asked.lat, asked.lon, asked.n or parts.settings.cameras.cameras_nearest
    found = []
    for spec in parts.city.cameras:
        metres = distance_m(spec.lat, spec.lon, lat, lon)
        north, east = lat - spec.lat, (lon - spec.lon) * math.cos(math.radians(lat))
        off = abs((math.degrees(math.atan2(east, north)) - spec.heading + 180) % 360 - 180)
        found.append(_seen(spec, metres, metres <= spec.range_m and off <= spec.fov / 2))
    return sorted(found, key=lambda camera: (not camera.sees, camera.metres))[:count]


def route(parts: Parts, ask: Ask) -> QuickestWay:
    """The way from the unit's last place to the incident."""
    board = parts.room.board
    job = board.assignments.get(ask.query(UnitJob).assignment)
    if job is None or (ask.actor.role == RESPONDER and job.unit != ask.actor.unit):
        raise Problem(404, "problem.no-such-assignment")
    place = board.incidents[job.incident].location
    unit = board.units.get(job.unit)
    if place is None or unit is None:
        raise Problem(409, "problem.incident-without-place")
    fix = parts.feed.fixes().get(unit.id)
    origin = (fix.lat, fix.lon) if fix else (unit.lat, unit.lon)
    goal = (place.lat, place.lon)
    profile = network_profile(unit.kind, unit.profile)
    network = parts.ways.network(board, parts.room.now())
    travel = network.travel_times([origin], goal, profile)[0]
    path = network.path(origin, goal, profile)
    steps = [WayStep(name=one.name, metres=one.metres, turn=ask.worded(one.turn)) for one in network.directions(path)]
    return QuickestWay(path=path, metres=travel.metres, seconds=travel.seconds, mode=travel.mode, steps=steps)


def routes() -> list[Route]:
    anybody: frozenset[str] = frozenset()
    tiles = Media(("application/vnd.pmtiles",), "The archive, with ranges.", ranges=True)
    return [
        Route("GET", "/api/v1/city", anybody, city, "The city's types, agencies, cameras; contacts for the desk."),
        Route("GET", "/api/v1/map", anybody, base_map, "Where the map's tiles are, and whom to name on it."),
        Route("GET", "/api/v1/map/{digest}.pmtiles", anybody, archive, "The map's tiles, with ranges.", gives=tiles),
        Route(
            "GET", "/api/v1/map/plain", anybody, PlainMap().answer, "What to draw without tiles, as GeoJSON.",
            gives=MapLayers, name="plain_map",
        ),
        Route("GET", "/api/v1/places", WATCHERS, places, "Places by name, typo-tolerant.", query=Sought),
        Route("GET", "/api/v1/places/added", WATCHERS, places_added, "Names that the room added or learnt."),
        Route("GET", "/api/v1/places/near", WATCHERS, place_near, "Words for a point.", query=PointSaid),
        Route("GET", "/api/v1/cameras/near", DESK, cameras_near, "The nearest cameras.", query=PointSeen),
        Route("GET", "/api/v1/route", anybody, route, "The way to an incident.", query=UnitJob, refuses=(404, 409)),
    ]  # fmt: skip
