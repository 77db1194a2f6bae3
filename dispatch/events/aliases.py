"""Names of places that the room itself adds to those of the city's files."""

from __future__ import annotations

from dispatch.events.base import Event


class PlaceAliasAdded(Event):
    """People call the point (degrees) `alias`; `name` says in other words what is there, and may be empty. `learnt`:
    from what somebody set on the map for a caller's words; nobody has confirmed it. Replaces one of the same alias."""

    alias: str
    name: str
    lat: float
    lon: float
    by: str
    learnt: bool = False


class PlaceAliasRemoved(Event):
    alias: str
    by: str
