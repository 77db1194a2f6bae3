"""From what a caller says to a place on the map, and from a place back to words; works without any network.

Callers misspell, abbreviate and name kilometre posts ("batu sepuluh", "km 10"), so a name is compared word by
word through its three-letter pieces: a wrong letter spoils three pieces, not the word. Numbers must be right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from routing.city import Place
from routing.location import distance_m
from routing.roads import Network

# What callers and files shorten; "km" and "batu" are the same posts in Tanjungpinang.
_LONG = {
    "jl": "jalan",
    "jln": "jalan",
    "gg": "gang",
    "gng": "gang",
    "km": "batu",
    "kilometer": "batu",
    "kilo": "batu",
    "sei": "sungai",
    "tj": "tanjung",
    "tg": "tanjung",
    "kp": "kampung",
    "kpg": "kampung",
    "perum": "perumahan",
    "mesjid": "masjid",
    "ps": "pasar",
    "pel": "pelabuhan",
    "rs": "rumah sakit",
    "tpi": "tanjungpinang",
    "sman": "sma negeri",
    "smpn": "smp negeri",
    "smkn": "smk negeri",
    "sdn": "sd negeri",
}
_NUMBERS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_DIGITS = {word: str(number) for number, word in enumerate(_NUMBERS, 1)}
# Words that tell little: they count for a quarter of another.
_COMMON = frozenset("jalan gang di dekat depan belakang samping dari ke kampung tanjungpinang".split())
_SAME_WORD = 0.4
_GOOD_ENOUGH = 0.45
_LOOKED_AT = 60
_STREET_M, _POST_M, _PLACE_M = 150.0, 1500.0, 600.0


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A named place; `kind` is the place's own or "street"; `score` from 0 to 1, 1 for the very name."""

    name: str
    kind: str
    lat: float
    lon: float
    score: float


def words_of(text: str) -> list[str]:
    """The words of a name as they are compared: plain small letters, long forms, digits for numbers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", plain)
    found: list[str] = []
    for word in re.findall(r"[a-z]+|\d+", plain):
        if word == "belas" and found and found[-1].isdigit():
            found[-1] = str(int(found[-1]) + 10)
            continue
        word = str(int(word[:9])) if word.isdigit() else _DIGITS.get(word, word)
        found.extend(_LONG.get(word, word).split())
    return found


class Gazetteer:
    """Places and streets by name; built once, asked often."""

    def __init__(self, places: Iterable[Place], streets: Network) -> None:
        self._places, self._streets = tuple(places), streets
        self._hits: list[Hit] = []
        self._names: list[tuple[int, list[tuple[str, frozenset[str]]]]] = []
        self._index: dict[str, set[int]] = defaultdict(set)
        for place in self._places:
            hit = Hit(name=place.name, kind=place.kind, lat=place.lat, lon=place.lon, score=1.0)
            self._add(hit, (place.name, *place.aliases))
        longest: dict[str, tuple[int, tuple[float, float]]] = {}
        for edge in streets.edges:
            middle = edge.points[len(edge.points) // 2]
            if edge.name and edge.kind != "boat" and len(edge.points) > longest.get(edge.name, (0,))[0]:
                longest[edge.name] = (len(edge.points), middle)
        for name, (_, (lat, lon)) in longest.items():
            self._add(Hit(name=name, kind="street", lat=lat, lon=lon, score=1.0), (name,))

    def search(self, text: str, limit: int = 8) -> list[Hit]:
        """The places and streets most like `text`, the best first; nothing when nothing is like it."""
        asked = [(word, _pieces(word)) for word in words_of(text[:200])][:12]
        shared: Counter[int] = Counter()
        for _, pieces in asked:
            for piece in pieces:
                shared.update(self._index.get(piece, ()))
        best: dict[int, float] = {}
        for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_LOOKED_AT]:
            hit, words = self._names[number]
            score = _likeness(asked, words)
            if score >= _GOOD_ENOUGH:
                best[hit] = max(score, best.get(hit, 0.0))
        order = sorted(best.items(), key=lambda item: (-item[1], self._hits[item[0]].name))
        return [
            msgspec.structs.replace(self._hits[hit], score=round(score, 3)) for hit, score in order[:limit]
        ]

    def reverse(self, lat: float, lon: float, language: str = "id") -> str:
        """Where a point is, in words: street, kilometre post, and how far from a place that people know."""
        near, off = ("dekat", "dari") if language == "id" else ("near", "from")
        snap = self._streets.nearest_street(lat, lon)
        said = snap.name if snap and snap.off_m <= _STREET_M else ""
        post, post_m = self._closest(lat, lon, posts=True)
        place, place_m = self._closest(lat, lon, posts=False)
        if post is not None and post_m <= _POST_M and said:
            said = f"{said} {near} {post.name}"
        if place is not None and place_m <= _PLACE_M:
            away = place.name if place_m < 15 else f"{round(place_m / 10) * 10} m {off} {place.name}"
            said = f"{said}, {away}" if said else away
        return said or f"{lat:.5f}, {lon:.5f}"

    def _add(self, hit: Hit, names: Iterable[str]) -> None:
        self._hits.append(hit)
        for name in names:
            words = [(word, _pieces(word)) for word in words_of(name)]
            if words:
                for _, pieces in words:
                    for piece in pieces:
                        self._index[piece].add(len(self._names))
                self._names.append((len(self._hits) - 1, words))

    def _closest(self, lat: float, lon: float, posts: bool) -> tuple[Place | None, float]:
        able = [place for place in self._places if (place.kind == "km") == posts]
        found = [(distance_m(lat, lon, place.lat, place.lon), place.name, place) for place in able]
        return (min(found)[2], min(found)[0]) if found else (None, 0.0)


def _pieces(word: str) -> frozenset[str]:
    if word.isdigit():
        return frozenset({word})
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _weight(word: str) -> float:
    return 0.25 if word in _COMMON else 1.0


def _likeness(asked: list[tuple[str, frozenset[str]]], words: list[tuple[str, frozenset[str]]]) -> float:
    """How much two names are alike, 0 to 1: each word takes its most similar one, both ways."""
    there = sum(_weight(word) * _best(word, pieces, words) for word, pieces in asked)
    back = sum(_weight(word) * _best(word, pieces, asked) for word, pieces in words)
    there /= sum(_weight(word) for word, _ in asked)
    back /= sum(_weight(word) for word, _ in words)
    score = 0.7 * there + 0.3 * back
    # Batu 12 is no near miss for batu 10: another number is another place.
    wanted, had = ({word for word, _ in names if word.isdigit()} for names in (asked, words))
    return score / 2 if wanted and had and not wanted & had else score


def _best(word: str, pieces: frozenset[str], others: list[tuple[str, frozenset[str]]]) -> float:
    best = 0.0
    for other, other_pieces in others:
        if other == word:
            return 1.0
        if word.isdigit() or other.isdigit():
            continue
        alike = 2 * len(pieces & other_pieces) / (len(pieces) + len(other_pieces))
        if len(word) >= 3 and other.startswith(word):
            alike = max(alike, 0.85)
        best = max(best, alike if alike >= _SAME_WORD else 0.0)
    return best
