"""Names that callers say, as rows of places.csv: places, points of interest, addresses, kilometre posts.

Streets are found by roads.geojson and are no rows here. A name that several have is told apart by its district,
then by a number, because each row needs a name of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from routing.osm.objects import Node, Point, Way

_KINDS: dict[str, dict[str, str]] = {
    "amenity": {
        "hospital": "hospital", "clinic": "clinic", "doctors": "clinic", "pharmacy": "clinic", "school": "school",
        "kindergarten": "school", "college": "school", "university": "school", "place_of_worship": "worship",
        "marketplace": "market", "fuel": "fuel", "police": "government", "fire_station": "government",
        "townhall": "government", "courthouse": "government", "ferry_terminal": "harbour", "bus_station": "transport",
        **dict.fromkeys(("restaurant", "cafe", "fast_food", "food_court", "bar", "pub", "nightclub"), "food"),
        **dict.fromkeys(("bank", "atm", "bureau_de_change"), "bank"),
    },
    "tourism": {"hotel": "hotel", "guest_house": "hotel", "hostel": "hotel"},
    "leisure": {"park": "park", "stadium": "sport", "sports_centre": "sport", "pitch": "sport"},
    "aeroway": {"aerodrome": "airport", "terminal": "airport"},
    "natural": {"beach": "beach", "water": "water", "bay": "water", "strait": "water"},
    "place": {
        **dict.fromkeys(("city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood"), "quarter"),
        **dict.fromkeys(("isolated_dwelling", "locality"), "quarter"), "city_block": "landmark",
        **dict.fromkeys(("island", "islet"), "island"), "square": "landmark",
    },
    "public_transport": {"station": "transport"},
    "railway": {"station": "transport", "halt": "transport"},
}  # fmt: skip
# Any value of these keys makes a named object a place.
_ANY = {
    "shop": "shop", "office": "government", "healthcare": "clinic", "emergency": "government", "historic": "landmark",
    "tourism": "landmark", "amenity": "landmark", "leisure": "park", "building": "landmark", "man_made": "landmark",
    "landuse": "landmark", "craft": "shop", "club": "landmark", "military": "government", "bridge": "landmark",
}  # fmt: skip
_FAITHS = {"muslim": "mosque", "christian": "church", "buddhist": "temple", "hindu": "temple", "taoist": "temple"}
_ALIASES = ("alt_name", "short_name", "old_name", "loc_name", "official_name", "name:id", "name:en", "brand")
COLUMNS = ("name", "aliases", "kind", "lat", "lon")


def kind_of(tags: Mapping[str, str]) -> str | None:
    """The kind of place that tags describe, None for what is no place by itself."""
    for key, kinds in _KINDS.items():
        if kind := kinds.get(tags.get(key, "")):
            return _FAITHS.get(tags.get("religion", ""), "landmark") if kind == "worship" else kind
    return next((kind for key, kind in _ANY.items() if tags.get(key, "no") != "no"), None)


District = tuple[str, BaseGeometry]


def places_of(
    nodes: Iterable[Node],
    ways: Iterable[Way],
    districts: Sequence[District],
    area: BaseGeometry | None = None,
    addresses: bool = True,
) -> list[dict[str, str]]:
    """Rows of places.csv within `area`; `districts` are names with polygons, the smallest first."""
    rows: list[tuple[str, list[str], str, Point]] = []
    drawn: list[tuple[Node | Way, Point]] = [(node, node.at) for node in nodes]
    for thing, at in [*drawn, *((way, _middle(way)) for way in ways)]:
        if area is not None and not shapely.contains_xy(area, at[1], at[0]):
            continue
        tags = thing.tags
        if tags.get("highway") == "milestone":
            if post := _post(tags):
                rows.append((post, [], "km", at))
            continue
        name, kind = _one_line(tags.get("name", "")), kind_of(tags)
        if name and kind:
            rows.append((name, _aliases(tags, name), kind, at))
        number, street = tags.get("addr:housenumber"), tags.get("addr:street") or tags.get("addr:place")
        if addresses and number and street:
            rows.append((_one_line(f"{street} No. {number}"), [], "address", at))
    return _unique(sorted(rows, key=lambda row: (row[0], row[2], row[3])), districts)


def _unique(rows: list[tuple[str, list[str], str, Point]], districts: Sequence[District]) -> list[dict[str, str]]:
    several = Counter(row[0] for row in rows)
    taken: set[str] = set()
    seen: set[tuple[str, str, Point]] = set()
    found = []
    for name, aliases, kind, at in rows:
        # The same thing drawn twice, as a node and as a building, is one place.
        here = (name, kind, (round(at[0], 3), round(at[1], 3)))
        if here in seen and kind != "km":
            continue
        seen.add(here)
        own = name
        if several[name] > 1:
            dot = shapely.Point(at[1], at[0])
            district = next((one for one, polygon in districts if polygon.covers(dot)), "")
            own = f"{name} ({district})" if district and district != name else name
        number, plain = 2, own
        while own in taken:
            own, number = f"{plain} ({number})", number + 1
        taken.add(own)
        if own != name:
            aliases = [name, *aliases]
        values = (own, ";".join(aliases), kind, f"{at[0]:.7f}", f"{at[1]:.7f}")
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def _post(tags: Mapping[str, str]) -> str | None:
    """ "Km 12" of a kilometre post that says its distance as a whole number, or has it in its name."""
    for key in ("distance", "pk", "name", "ref"):
        if found := re.fullmatch(r"(?:km|batu)?\.?\s*(\d{1,3})(?:[.,]0+)?\s*(?:km)?", tags.get(key, "").strip(), re.I):
            return f"Km {int(found[1])}"
    return None


def _aliases(tags: Mapping[str, str], name: str) -> list[str]:
    found: dict[str, None] = {}
    for key in _ALIASES:
        for part in tags.get(key, "").split(";"):
            if (part := _one_line(part)) and part != name:
                found[part] = None
    return list(found)


def _one_line(text: str) -> str:
    return " ".join(text.replace(";", ",").split())


def _middle(way: Way) -> Point:
    """A point in the area that a closed way encloses, or halfway along an open one."""
    line = shapely.LineString([(lon, lat) for lat, lon in way.points])
    if way.closed and (polygon := shapely.Polygon(line)).is_valid and polygon.area > 0:
        dot = polygon.representative_point()
    else:
        dot = line.interpolate(0.5, normalized=True)
    return dot.y, dot.x
