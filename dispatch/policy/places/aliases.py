"""Policy for the names of places that the room adds, and learns from where people put a caller's words on the map."""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.folds.aliases import alias_key
from dispatch.inputs import Decision, Refused
from dispatch.policy.incidents.incidents import checked_location
from dispatch.world import World
from routing.location import Location, distance_m

_SAME_PLACE_M = 300.0


def named(board: Board, text: str) -> Location | None:
    """The place that people of the room have given this very name; a learnt one is not sure enough to be taken."""
    one = board.tables["aliases"].get(alias_key(text))
    if one is None or one.learnt:
        return None
    return Location(lat=one.lat, lon=one.lon, radius=100.0, shape="Circle", method="gazetteer", text=one.alias)


def _learnt(board: Board, e: ev.IncidentOpened | ev.IncidentChanged, now: float, world: World) -> Decision:
    """Keeps what a caller called a place that somebody had to look for on the map, unless it is known already."""
    key, location = alias_key(e.said), e.location
    if location is None or location.method != "map" or len(key) < 3:
        return
    known = board.tables["aliases"].get(key)
    if known is not None and not known.learnt:
        return
    found = known or world.places.geocode(e.said)
    if found is not None and distance_m(found.lat, found.lon, location.lat, location.lon) <= _SAME_PLACE_M:
        return
    yield ev.PlaceAliasAdded(
        at=now, alias=e.said.strip(), name=(e.address or "")[:120], lat=location.lat, lon=location.lon, by=e.by,
        learnt=True, incident=e.incident,
    )  # fmt: skip


def _add(board: Board, c: cmd.AddAlias, actor: Actor, now: float, world: World) -> Decision:
    if not alias_key(c.alias):
        raise Refused("refused.alias-without-letters")
    place = checked_location(c.location)
    yield ev.PlaceAliasAdded(
        at=now, alias=c.alias.strip(), name=c.name.strip(), lat=place.lat, lon=place.lon, by=actor.user
    )


def _remove(board: Board, c: cmd.RemoveAlias, actor: Actor, now: float, world: World) -> Decision:
    if alias_key(c.alias) not in board.tables["aliases"]:
        raise Refused("refused.alias-not-added", alias=c.alias)
    yield ev.PlaceAliasRemoved(at=now, alias=c.alias, by=actor.user)


COMMANDS = {cmd.AddAlias: _add, cmd.RemoveAlias: _remove}
FOLLOWS = {ev.IncidentOpened: _learnt, ev.IncidentChanged: _learnt}
