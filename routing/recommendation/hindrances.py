"""What keeps a unit from its usual way now: closed streets, boats that do not sail, water too low or too high. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.location import Location
from routing.network.conditions import Conditions
from routing.network.roads import Network
from routing.network.streets import Edge
from routing.recommendation.units import UnitNow, profile_of
from routing.text import Text, text

# A way that takes so much longer because of closures is told.
LONGER_S = 20.0
_MOST_TOLD = 2


def hindrances(network: Network, unit: UnitNow, location: Location) -> tuple[Text, ...]:
    """Why `unit` cannot take its usual way to `location` on `network`: at most two reasons, none when it can."""
    profile, found = profile_of(unit), []
    shut, now = network.shut(profile), network.conditions
    for number in network.usual.edges_of((unit.lat, unit.lon), (location.lat, location.lon), profile):
        edge = network.edges[number]
        if number in shut:
            hindered = text("hindrance.closed", street=edge.name) if edge.name else text("hindrance.closed-unnamed")
        elif now.shut(edge):
            hindered = text("hindrance.too-low" if _too_low(edge, now) else "hindrance.too-high", way=edge.name)
        elif edge.kind == "boat" and profile != "boat" and not now.sails(edge):
            first, last = edge.hours or (0.0, 0.0)
            hindered = text("hindrance.no-ferry", way=edge.name, first=first, last=last)
        else:
            continue
        if hindered not in found:
            found.append(hindered)
    return tuple(found[:_MOST_TOLD])


def _too_low(edge: Edge, now: Conditions) -> bool:
    return edge.tide_above is not None and now.tide_m is not None and now.tide_m < edge.tide_above


def longer(
    units: Sequence[UnitNow], seconds: dict[str, float], location: Location, network: Network
) -> dict[str, float]:
    """Of these units how many seconds longer they travel because of closures; `seconds`: their travel now, by unit.
    Only those whose way takes noticeably longer."""
    found: dict[str, float] = {}
    if network.open is network:
        return found
    for profile in {profile_of(unit) for unit in units}:
        some = [unit for unit in units if profile_of(unit) == profile]
        origins = [(unit.lat, unit.lon) for unit in some]
        without = network.open.approaches(origins, [(location.lat, location.lon)], profile)[0].seconds
        late = np.array([seconds[unit.id] for unit in some]) - without
        found |= {unit.id: float(late[i]) for i, unit in enumerate(some) if late[i] > LONGER_S}
    return found


def conditions(network: Network) -> list[str]:
    """What of hour, weather and water the times are made with that is not usual: night, rush-hour, rain, low-water or
    high-water."""
    now = network.conditions
    told = {"night": now.night, "rush-hour": now.rush, "rain": now.rain}
    for edge in network.tidal if now.tide_m is not None else ():
        if now.shut(edge):
            told["low-water" if _too_low(edge, now) else "high-water"] = True
    return [word for word, holds in told.items() if holds]
