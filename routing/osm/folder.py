"""`siaga import-osm`: an extract becomes a city's files, all at once or not at all.

The new folder is written beside the old one, read back as the control room reads it, and only then put in its place;
the old one stays beside it as NAME.before. A control room that runs has read its city at the start and goes on with it.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import shapely
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from routing.city.files import CityError
from routing.city.load import load_city
from routing.geojson import Feature
from routing.location import Malformed
from routing.network.roads import Network
from routing.osm.areas import boundaries_of, land_of, water_of
from routing.osm.extract import Box, Extract, read
from routing.osm.ground import ground_of
from routing.osm.objects import ExtractError, Notes
from routing.osm.places import COLUMNS, District, places_of
from routing.osm.streets import box_of, streets_of, turns_of
from routing.osm.tags import CLASSES
from routing.text import Text, text
from routing.tiles.archive import FILE as MAP
from routing.tiles.archive import write_map

ATTRIBUTION = "© OpenStreetMap contributors"
FILES = ("roads.geojson", "turns.geojson", "land.geojson", "boundaries.geojson", "places.csv", "ground.geojson")
NOTES_FILE = "import-notes.txt"
_PLACE_KEYS = frozenset({"name", "addr:housenumber"})


def import_osm(
    extract: Path, out: Path, *, clip: str = "", speeds: str = "", keep: tuple[str, ...] = (), addresses: bool = True,
    told: Callable[[Text], None] = lambda said: None,
) -> None:  # fmt: skip
    """Writes FILES but those to `keep` into the folder `out`, from which the other files stay as they are.

    `clip` is "south,west,north,east" or a GeoJSON file with a polygon; `speeds` a TOML file of km/h by class of
    highway. Raises ExtractError or CityError; then `out` is as it was.
    """
    began = time.monotonic()
    wrong = [name for name in keep if name not in FILES]
    if wrong:
        raise ExtractError("import.keep", file=wrong[0], known=FILES)
    area, chosen = read_clip(clip), read_speeds(speeds)
    notes = Notes()
    found = read(extract, notes, told, None if area is None else area.bounds)
    made = _make(found, area, chosen, addresses, notes, told)
    beside = out.with_name(out.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    if out.is_dir():
        shutil.copytree(out, beside)
    else:
        beside.mkdir(parents=True)
    for name, content in made.items():
        if name not in keep:
            (beside / name).write_text(content, encoding="utf-8")
    (beside / NOTES_FILE).write_text("".join(f"{line}\n" for line in notes.said), encoding="utf-8")
    try:
        _prove(beside, told)
        write_map(beside, beside / MAP, told)
    except CityError:
        shutil.rmtree(beside)
        raise
    _exchange(beside, out)
    for line in notes.said[:10]:
        told(text("import.note", line=line))
    if notes.said:
        told(text("import.notes", count=len(notes.said), file=str(out / NOTES_FILE)))
    took = f"{time.monotonic() - began:.1f}"
    told(text("import.ready", folder=str(out), seconds=took, attribution=ATTRIBUTION))


def read_clip(given: str) -> BaseGeometry | None:
    """The prepared polygon of --clip, None for none; ExtractError."""
    if not given:
        return None
    try:
        numbers = [float(part) for part in given.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 4:
        south, west, north, east = numbers
        if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
            raise ExtractError("import.no-box", clip=given)
        area: BaseGeometry = box(west, south, east, north)
    else:
        try:
            drawn = json.loads(Path(given).read_text(encoding="utf-8"))
            parts = [feature["geometry"] for feature in drawn.get("features", ())] or [drawn.get("geometry", drawn)]
            area = shapely.union_all([shape(part) for part in parts])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as wrong:
            raise ExtractError("import.clip", clip=given, detail=str(wrong)) from wrong
        if area.is_empty or area.area == 0:
            raise ExtractError("import.no-polygon", clip=given)
    shapely.prepare(area)
    return area


def read_speeds(file: str) -> dict[str, float]:
    """km/h by class of highway from a TOML file such as `primary = 45`; ExtractError."""
    if not file:
        return {}
    try:
        said = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise ExtractError("import.speeds", file=file, detail=str(wrong)) from wrong
    for key, value in said.items():
        if key not in CLASSES and key != "lane":
            raise ExtractError("import.speed-of-what", file=file, key=key, known=(*CLASSES, "lane"))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 3 <= value <= 150:
            raise ExtractError("import.no-speed", file=file, key=key, value=str(value))
    return {key: float(value) for key, value in said.items()}


def _make(
    found: Extract,
    area: BaseGeometry | None,
    speeds: dict[str, float],
    addresses: bool,
    notes: Notes,
    told: Callable[[Text], None],
) -> dict[str, str]:
    """The text of each file."""
    told(text("import.streets"))
    barriers = {number: node for number, node in found.nodes.items() if "barrier" in node.tags}
    ways = found.pieces
    streets = streets_of(ways, barriers, speeds, notes, area)
    if not streets:
        raise ExtractError("import.no-street")
    restrictions = [one for one in found.relations if one.tags.get("type") == "restriction"]
    turns = turns_of(restrictions, streets, found.node_at, found.ways, notes)
    told(text("import.borders", streets=len(streets), turns=len(turns)))
    borders = boundaries_of(found.relations, found.ways, notes, area)
    bounds = area.bounds if area is not None else found.box or box_of(streets)
    coast = [way for way in ways if way.tags.get("natural") == "coastline"]
    water = water_of(found.relations, found.ways, notes)
    land = land_of(coast, bounds, water, notes)
    ground = ground_of(found.ground, found.relations, found.ways, water, box(*bounds))
    told(text("import.names", borders=len(borders), land=len(land), ground=len(ground)))
    districts = sorted(((one["properties"]["name"], shape(one["geometry"])) for one in borders), key=_size)
    for _, polygon in districts:
        shapely.prepare(polygon)
    named = [way for way in ways if not _PLACE_KEYS.isdisjoint(way.tags) and "highway" not in way.tags]
    rows = places_of(found.nodes.values(), named, districts, area, addresses)
    told(text("import.named", names=len(rows)))
    collections = {"roads.geojson": [street.feature() for street in streets], "turns.geojson": turns}
    collections |= {"land.geojson": land, "boundaries.geojson": borders, "ground.geojson": ground}
    texts = {name: _geojson(features, bounds) for name, features in collections.items()}
    return texts | {"places.csv": _csv(rows)}


def _size(district: District) -> tuple[float, str]:
    return district[1].area, district[0]


def _geojson(features: list[Feature], bounds: Box) -> str:
    """A FeatureCollection with a feature on each line, so that two imports can be compared. Its `bbox` is the area
    that was imported: nothing is known of what lies beyond."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    known = json.dumps([round(value, 7) for value in bounds])
    return f'{{"type":"FeatureCollection","attribution":"{ATTRIBUTION}","bbox":{known},"features":[\n{lines}\n]}}\n'


def _csv(rows: list[dict[str, str]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _prove(folder: Path, told: Callable[[Text], None]) -> None:
    """Reads the new folder as the control room does: a whole city, or else its roads."""
    told(text("import.proving"))
    if (folder / "city.toml").exists():
        load_city(folder)
        return
    streets, turns = (json.loads((folder / name).read_text(encoding="utf-8")) for name in FILES[:2])
    try:
        Network.from_geojson(streets, turns)
    except Malformed as wrong:
        raise CityError("city.in-file", file=folder.name, what=wrong.text) from wrong


def _exchange(new: Path, old: Path) -> None:
    """Puts `new` in the place of `old`, which stays as NAME.before."""
    before = old.with_name(old.name + ".before")
    if old.exists():
        shutil.rmtree(before, ignore_errors=True)
        os.replace(old, before)
    os.replace(new, old)
