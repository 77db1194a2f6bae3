"""What keeps a unit from its usual way now: closed streets, boats that do not sail, water too low or too high. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.location import Location
from routing.network.conditions import Conditions
from routing.network.roads import Network
from routing.network.streets import Edge
from routing.recommendation import words
from routing.recommendation.units import UnitNow, profile_of

# A way that takes so much longer because of closures is told.
LONGER_S = 20.0
_MOST_TOLD = 2


def hindrances(network: Network, unit: UnitNow, location: Location) -> words.Said:
    """Why `unit` cannot take its usual way to `location` on `network`: at most two reasons, none when it can."""
    profile, said = profile_of(unit), []
    shut, now = network.shut(profile), network.conditions
    for number in network.usual.edges_of((unit.lat, unit.lon), (location.lat, location.lon), profile):
        edge = network.edges[number]
        if number in shut:
            said.append(words.street_closed(edge.name))
        elif now.shut(edge):
            said.append(words.water_hinders(edge.name, _too_low(edge, now)))
        elif edge.kind == "boat" and profile != "boat" and not now.sails(edge):
            said.append(words.no_ferry(edge.name, edge.hours))
    said = list(dict.fromkeys(said))
    return sum(said[:_MOST_TOLD], words.Said("", ""))


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
    """In short English words, for the method of a ranking."""
    now = network.conditions
    told = {"night": now.night, "rush hour": now.rush, "rain": now.rain}
    for edge in network.tidal if now.tide_m is not None else ():
        if now.shut(edge):
            told["low water" if _too_low(edge, now) else "high water"] = True
    return [word for word, holds in told.items() if holds]
