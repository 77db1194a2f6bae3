"""Run cards: what to send to an incident of this type, at this alarm level, in this place; and the coverage target."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import msgspec

from routing.location import Malformed
from routing.text import Text, text

WITHIN_S = 600.0
HIGHEST = 5


class RunCard(msgspec.Struct, frozen=True, kw_only=True):
    """`needs` as (capability, how many units), of all that is sent up to this level; `places`: names of boundaries,
    empty for everywhere."""

    type: str
    level: int
    needs: tuple[tuple[str, int], ...]
    places: tuple[str, ...] = ()


class RunCards(msgspec.Struct, frozen=True, kw_only=True):
    """`within_s`: a place counts as covered by a unit that can be there in so many seconds, turn-out included;
    `watched`: capabilities of which no area may be left bare."""

    cards: tuple[RunCard, ...] = ()
    within_s: float = WITHIN_S
    watched: tuple[str, ...] = ()

    def card(self, kind: str, level: int, places: Container[str]) -> RunCard | None:
        """The card of exactly this level; one for a place before one for everywhere."""
        able = [one for one in self.cards if one.type == kind and one.level == level]
        here = [one for one in able if any(place in places for place in one.places)]
        return next(iter(here), None) or next((one for one in able if not one.places), None)

    def needs(
        self, kind: str, level: int, places: Container[str], otherwise: tuple[tuple[str, int], ...]
    ) -> tuple[tuple[str, int], ...]:
        """What this level asks for, or the highest below it that has a card, or what the type says."""
        for lower in range(level, 0, -1):
            if found := self.card(kind, lower, places):
                return found.needs
        return otherwise

    def next_level(self, kind: str, level: int, places: Container[str]) -> int:
        """The next alarm level that has a card; 0 when there is none."""
        return next((n for n in range(level + 1, HIGHEST + 1) if self.card(kind, n, places)), 0)


def make_run_cards(
    said: Mapping[str, Any], types: Container[str], able: Container[str], borders: Container[str]
) -> RunCards:
    """From the tables of run_cards.toml; raises Malformed, which names card and field."""
    target = said.get("coverage", {})
    within = target.get("within", WITHIN_S) if isinstance(target, dict) else None
    if isinstance(within, bool) or not isinstance(within, int | float) or not 60 <= within <= 7200:
        raise Malformed("cards.within")
    watched = _words(target.get("watched", []), text("cards.watched"), able, "cards.nobody-can")
    cards = said.get("card", [])
    if not isinstance(cards, list):
        raise Malformed("cards.no-list")
    made = tuple(_card(number, one, types, able, borders) for number, one in enumerate(cards, 1))
    return RunCards(cards=made, within_s=float(within), watched=watched)


def _card(number: int, said: Any, types: Container[str], able: Container[str], borders: Container[str]) -> RunCard:
    if not isinstance(said, dict) or set(said) - {"type", "level", "needs", "places"}:
        raise Malformed("cards.other-fields", card=number)
    if said.get("type") not in types:
        raise Malformed("cards.type", card=number, value=str(said.get("type")))
    level, needs = said.get("level", 1), said.get("needs")
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= HIGHEST:
        raise Malformed("cards.level", card=number, most=HIGHEST)
    if not isinstance(needs, dict) or not needs:
        raise Malformed("cards.needs", card=number)
    _words(list(needs), _field(number, "needs"), able, "cards.nobody-can")
    for word, count in needs.items():
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 50:
            raise Malformed("cards.count", card=number, word=word)
    places = _words(said.get("places", []), _field(number, "places"), borders, "cards.no-boundary")
    return RunCard(type=said["type"], level=level, needs=tuple(needs.items()), places=places)


def _field(card: int, field: str) -> Text:
    return text("cards.field", card=card, field=field)


def _words(said: Any, where: Text, known: Container[str], wrong: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise Malformed("cards.no-words", where=where)
    for word in said:
        if word not in known:
            raise Malformed(wrong, where=where, value=word)
    return tuple(said)
