"""From what a caller says to a place on the map, and from a place back to words; works without any network.

Names, abbreviations and misspellings, kilometre posts, crossings of two streets, pasted coordinates and Plus Codes,
and the names that the room's own people have added.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec
import numpy as np

from routing.city.boundary import Boundary, serving
from routing.city.records import Place
from routing.location import distance_m
from routing.network.roads import Network
from routing.places.crossings import Crossings, streets_of
from routing.places.names import NameIndex, words_of
from routing.places.pasted import read_point
from routing.places.posts import Posts
from routing.text import Text, text

_GOOD_ENOUGH = 0.45
_STREET_M, _POST_M, _PLACE_M = 150.0, 1500.0, 600.0
# A place at hand is preferred to one that is alike by so much more, from this distance on no less.
_NEAR_COUNTS, _FAR_M = 0.08, 20_000.0
# A name that nobody has confirmed stands behind one of the city's files.
_LEARNT = 0.9
_WORDS = 12


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A place; `kind` is its own, or street, crossing, km, coordinates, pluscode, alias, learnt; `score` from 0 to 1, 1
    for the very name; `metres` from where the caller seems to be, -1 when nobody said where that is."""

    name: str
    kind: str
    lat: float
    lon: float
    score: float
    metres: float = -1.0


class LocalName(msgspec.Struct, frozen=True, kw_only=True):
    """What people call a place, added by the room's own or `learnt` from what they corrected. `seq`: of the entry that
    says so."""

    alias: str
    name: str
    lat: float
    lon: float
    learnt: bool = False
    seq: int = 0


class Gazetteer:
    """Places and streets by name; built once, asked often."""

    def __init__(self, places: Iterable[Place], streets: Network, boundaries: tuple[Boundary, ...] = ()) -> None:
        self._places, self._streets, self._boundaries = tuple(places), streets, boundaries
        self._hits: list[Hit] = []
        self._owner: list[int] = []
        names: list[list[str]] = []
        for place in self._places:
            hit = Hit(name=place.name, kind=place.kind, lat=place.lat, lon=place.lon, score=1.0)
            self._add(hit, (place.name, *place.aliases), names)
        for name, lat, lon in streets_of(streets.edges):
            self._add(Hit(name=name, kind="street", lat=lat, lon=lon, score=1.0), (name,), names)
        self._index = NameIndex(names)
        self._crossings = Crossings(streets.edges)
        self._posts = Posts(self._places, lambda origin, goal: streets.path(origin, goal))
        self._middle = self._centre()
        self._local = functools.lru_cache(4)(_local_index)
        self._near = {posts: _Near([one for one in self._places if (one.kind == "km") == posts]) for posts in (0, 1)}

    def search(
        self,
        text: str,
        limit: int = 8,
        near: tuple[float, float] | None = None,
        local: tuple[LocalName, ...] = (),
    ) -> list[Hit]:
        """The places most like `text`, the best first; nothing when nothing is like it.

        Of those that are about as much alike, the one nearer to `near` (lat, lon) comes first. `local`: names that
        the room has added.
        """
        if pasted := read_point(text, near or self._middle):
            point = Hit(name=pasted.text, kind=pasted.kind, lat=pasted.lat, lon=pasted.lon, score=1.0)
            return [_away(point, near)]
        text = text[:200]
        asked = words_of(text)[:_WORDS]
        found = [*self._named(asked, near), *self._along(text), *self._by_local(asked, local)]
        best: dict[tuple[str, float, float], Hit] = {}
        for hit in found:
            key = (hit.name, hit.lat, hit.lon)
            if hit.score >= _GOOD_ENOUGH and (key not in best or best[key].score < hit.score):
                best[key] = hit
        shown = [_away(hit, near) for hit in best.values()]
        return sorted(shown, key=lambda hit: (-_worth(hit), hit.name, hit.metres))[:limit]

    def reverse(self, lat: float, lon: float) -> Text:
        """Where a point is: street, kilometre post, kelurahan, and how far from a place that people know."""
        snap = self._streets.nearest_street(lat, lon)
        street = snap.name if snap and snap.off_m <= _STREET_M else ""
        post, post_m = self._near[1].closest(lat, lon)
        place, place_m = self._near[0].closest(lat, lon)
        parts: list[Text | str] = [street] if street else []
        if post is not None and post_m <= _POST_M and street:
            parts = [text("spot.street-near", street=street, post=post.name)]
        village = next((one.name for one in serving(self._boundaries, lat, lon) if one.kind == "kelurahan"), "")
        if village:
            parts.append(text("spot.village", name=village))
        if place is not None and place_m <= _PLACE_M:
            parts.append(place.name if place_m < 15 else text("spot.from", metres=place_m, name=place.name))
        return text("spot.words", parts=tuple(parts) or (f"{lat:.5f}, {lon:.5f}",))

    def _add(self, hit: Hit, called: Iterable[str], names: list[list[str]]) -> None:
        self._hits.append(hit)
        for name in called:
            if words := words_of(name):
                names.append(words)
                self._owner.append(len(self._hits) - 1)

    def _named(self, asked: list[str], near: tuple[float, float] | None) -> Iterable[Hit]:
        streets: dict[str, list[str]] = {}
        for number, score in self._index.most_like(asked):
            hit = self._hits[self._owner[number]]
            if hit.kind == "street":
                streets[hit.name] = self._index.names[number]
            if score >= _GOOD_ENOUGH:
                yield _scored(hit, score)
        for first, second, lat, lon, score in self._crossings.find(asked, streets, near):
            yield Hit(name=f"Simpang {first} – {second}", kind="crossing", lat=lat, lon=lon, score=round(score, 3))

    def _along(self, text: str) -> Iterable[Hit]:
        found = self._posts.find(text)
        if found:
            name, lat, lon, rest = found
            # "ruko batu 8,5": what else was said makes it less sure, but the post says more than any word.
            yield Hit(name=name, kind="km", lat=lat, lon=lon, score=0.85 if words_of(rest) else 0.99)

    def _by_local(self, asked: list[str], local: tuple[LocalName, ...]) -> Iterable[Hit]:
        if not local or not asked:
            return
        for number, score in self._local(local).most_like(asked):
            one = local[number]
            kind, score = ("learnt", score * _LEARNT) if one.learnt else ("alias", score)
            name = one.name if words_of(one.name) == words_of(one.alias) else f"{one.alias} ({one.name})".strip()
            yield _scored(Hit(name=name, kind=kind, lat=one.lat, lon=one.lon, score=1.0), score)

    def _centre(self) -> tuple[float, float]:
        points = [(hit.lat, hit.lon) for hit in self._hits]
        return tuple(np.median(np.array(points), axis=0).tolist()) if points else (0.0, 0.0)


class _Near:
    """The closest of many places, on a plane that is true enough for a city."""

    def __init__(self, places: list[Place]) -> None:
        self._places = sorted(places, key=lambda place: place.name)
        self._at = np.array([(place.lat, place.lon) for place in self._places]).reshape(-1, 2)

    def closest(self, lat: float, lon: float) -> tuple[Place | None, float]:
        """The place and the metres to it."""
        if not self._places:
            return None, 0.0
        gap = self._at - (lat, lon)
        gap[:, 1] *= np.cos(np.radians(lat))
        place = self._places[int(np.argmin(np.square(gap).sum(axis=1)))]
        return place, distance_m(lat, lon, place.lat, place.lon)


def _local_index(local: tuple[LocalName, ...]) -> NameIndex:
    # A name without any letter or digit is no name; it keeps its place in the list, and nothing finds it.
    return NameIndex([words_of(one.alias) or ["?"] for one in local])


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(name=hit.name, kind=hit.kind, lat=hit.lat, lon=hit.lon, score=round(score, 3))


def _away(hit: Hit, near: tuple[float, float] | None) -> Hit:
    if near is None:
        return hit
    return msgspec.structs.replace(hit, metres=round(distance_m(hit.lat, hit.lon, *near)))


def _worth(hit: Hit) -> float:
    return hit.score - (_NEAR_COUNTS * min(1.0, hit.metres / _FAR_M) if hit.metres >= 0 else 0.0)
