"""Names of places that the room itself adds to those of the city's files."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL


class PlaceAliasAdded(Event):
    """People call the point (degrees) `alias`; `name` says in other words what is there, and may be empty. `learnt`:
    from what somebody set on the map for a caller's words, in `incident`; nobody has confirmed it. Replaces one of the
    same alias."""

    alias: Annotated[str, PERSONAL]
    name: Annotated[str, PERSONAL]
    lat: Annotated[float, PERSONAL]
    lon: Annotated[float, PERSONAL]
    by: str
    learnt: bool = False
    incident: str = ""


class PlaceAliasRemoved(Event):
    alias: Annotated[str, PERSONAL]
    by: str
