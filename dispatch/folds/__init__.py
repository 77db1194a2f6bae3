"""How each event changes the board: one small function an event, and nothing else.

A fold only writes down what the event says. It decides nothing, so a journal of ten years ago folds as it did then.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.folds import (
    aliases,
    callers,
    calls,
    canary,
    centre,
    conversation,
    erasures,
    handover,
    incidents,
    location_link,
    locations,
    neighbours,
    notices,
    positions,
    queues,
    shifts,
    silence,
    statistics,
    streets,
    timekeeping,
    units,
    vehicle,
)

# The statistics look at a call as it was before the event, the queues at who is in it before somebody leaves, the
# callers' histories at what became of it; alerts at the notice that took them, and the incident as it is then.
_IN_ORDER = (
    statistics,
    calls,
    positions,
    incidents,
    units,
    shifts,
    centre,
    queues,
    canary,
    conversation,
    notices,
    location_link,
    handover,
    silence,
    vehicle,
    locations,
    callers,
    aliases,
    streets,
    neighbours,
    timekeeping,
    erasures,
)
FOLDS = {kind: [module.FOLDS[kind] for module in _IN_ORDER if kind in module.FOLDS] for kind in ev.EVENTS.values()}
"""For each kind of event the functions that fold it, in their order."""
