"""Reads an extract with pyosmium, and keeps of it what a city's files are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import osmium

from routing.osm.ground import Outline, ground_kind
from routing.osm.objects import ExtractError, Node, Notes, Relation, Way
from routing.osm.places import kind_of
from routing.text import Text, text

_KEPT_KEYS = ("highway", "route", "natural", "waterway", "man_made", "addr:housenumber")
_EVERY = 100_000
# Degrees around --clip in which things are still looked at: coasts run on, and boundaries need their corners.
_BESIDE = (-0.05, -0.05, 0.05, 0.05)


class Extract:
    """Ways that are streets, coast, water, borders or places; nodes that are barriers or places; relations."""

    def __init__(self) -> None:
        self.relations: list[Relation] = []
        # A way with gaps is several pieces, and of `ways` the longest of them.
        self.pieces: list[Way] = []
        self.ways: dict[int, Way] = {}
        # Closed ways that only cover the ground, without what else is known of them: there are very many.
        self.ground: list[Outline] = []
        self.nodes: dict[int, Node] = {}
        # Where the via nodes of restrictions lie.
        self.node_at: dict[int, tuple[float, float]] = {}
        self.box: tuple[float, float, float, float] | None = None


Box = tuple[float, float, float, float]


def read(file: Path, notes: Notes, told: Callable[[Text], None], within: Box | None = None) -> Extract:
    """The extract in `file`; `told` hears of the progress. Raises ExtractError.

    `within` (west, south, east, north) leaves out what lies far from it, but borders that belong to something near.
    """
    if not file.is_file():
        raise ExtractError("import.no-such-file", file=str(file))
    found = Extract()
    try:
        _relations(file, found, told)
        _nodes_and_ways(file, found, notes, told, within)
    except (RuntimeError, osmium.InvalidLocationError) as wrong:
        raise ExtractError("import.damaged", file=str(file), detail=str(wrong)) from wrong
    return found


def _relations(file: Path, found: Extract, told: Callable[[Text], None]) -> None:
    told(text("import.relations"))
    for relation in osmium.FileProcessor(str(file), osmium.osm.RELATION):
        if not isinstance(relation, osmium.osm.Relation):
            continue
        tags = {tag.k: tag.v for tag in relation.tags}
        kind = tags.get("type", "")
        water = tags.get("natural") == "water" or tags.get("waterway") == "riverbank"
        area = kind == "multipolygon" and (water or ground_kind(tags))
        if kind == "restriction" or tags.get("boundary") == "administrative" or area:
            members = tuple((one.type, one.ref, one.role) for one in relation.members)
            found.relations.append(Relation(relation.id, tags, members))


def _nodes_and_ways(file: Path, found: Extract, notes: Notes, told: Callable[[Text], None], within: Box | None) -> None:
    needed = {ref for one in found.relations for type_, ref, _ in one.members if type_ == "w"}
    via = {ref for one in found.relations for type_, ref, role in one.members if (type_, role) == ("n", "via")}
    reader = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    box = reader.header.box()
    if box.valid():
        found.box = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    nodes = ways = 0
    with_tags = osmium.filter.EmptyTagFilter()
    with_tags.enable_for(osmium.osm.NODE)
    for thing in reader.with_filter(with_tags):
        if isinstance(thing, osmium.osm.Node):
            if ways:
                raise ExtractError("import.unsorted", file=str(file))
            nodes += 1
            if not thing.location.valid():
                notes.add("node", thing.id, "has no valid coordinates; it is left out")
                continue
            at = (thing.location.lat, thing.location.lon)
            if not _near(within, [at]):
                continue
            found.nodes[thing.id] = Node(thing.id, {tag.k: tag.v for tag in thing.tags}, at)
            continue
        if not isinstance(thing, osmium.osm.Way):
            continue
        ways += 1
        if ways % _EVERY == 0:
            told(text("import.read-so-far", nodes=nodes, ways=ways, kept=len(found.ways)))
        tags = {tag.k: tag.v for tag in thing.tags}
        if thing.is_closed() and (cover := ground_kind(tags)):
            _keep_ground(thing, cover, found, within)
        if thing.id in needed or any(key in tags for key in _KEPT_KEYS) or ("name" in tags and kind_of(tags)):
            _keep_way(thing, tags, found, notes, None if thing.id in needed else within)
    if not ways:
        raise ExtractError("import.no-ways", file=str(file))
    places = reader.node_location_storage
    assert places is not None, "it is read with locations"
    for ref in via:
        try:
            there = places.get(ref)
        except KeyError:
            continue
        found.node_at[ref] = (there.lat, there.lon)
    told(text("import.read", nodes=nodes, ways=ways, kept=len(found.ways)))


def _keep_ground(thing: osmium.osm.Way, cover: str, found: Extract, within: Box | None) -> None:
    points = [(ref.location.lat, ref.location.lon) for ref in thing.nodes if ref.location.valid()]
    if len(points) > 3 and points[0] == points[-1] and _near(within, points):
        found.ground.append((cover, points))


def _near(within: Box | None, points: list[tuple[float, float]]) -> bool:
    """Whether any of some (lat, lon) lies in the box or a little beside it."""
    if within is None:
        return True
    west, south, east, north = (value + beside for value, beside in zip(within, _BESIDE, strict=True))
    return any(south <= lat <= north and west <= lon <= east for lat, lon in points)


def _keep_way(thing: osmium.osm.Way, tags: dict[str, str], found: Extract, notes: Notes, within: Box | None) -> None:
    runs: list[list[tuple[int, tuple[float, float]]]] = [[]]
    lost = 0
    for ref in thing.nodes:
        if ref.location.valid():
            runs[-1].append((ref.ref, (ref.location.lat, ref.location.lon)))
        else:
            lost = ref.ref
            runs.append([])
    if not _near(within, [at for run in runs for _, at in run]):
        return
    pieces = [run for run in runs if len(run) > 1]
    if not pieces:
        notes.add("way", thing.id, "has fewer than two nodes in the extract; it is left out")
        return
    if lost:
        notes.add("way", thing.id, f"node {lost} is not in the extract; the way has a gap there")
    for run in sorted(pieces, key=len):
        numbers, points = zip(*run, strict=True)
        found.ways[thing.id] = Way(thing.id, tags, numbers, points)
        found.pieces.append(found.ways[thing.id])
