"""All policy, a file a subject: what a command does, what follows from a fact, and what happens when a time is over.

A module has some of the tables COMMANDS, REPORTS, DEADLINES and FOLLOWS (see `dispatch.decide`).
"""

from __future__ import annotations

from dispatch.policy.calls import (
    attendance,
    calls,
    canary,
    conversation,
    handover,
    positions,
    silence,
    sound,
    trunks,
    vehicle,
)
from dispatch.policy.incidents import covering, incidents, neighbours, notices, shifts, streets, timekeeping
from dispatch.policy.places import aliases, location_link, locations
from dispatch.policy.queues import announcing, distribution, overflow, priority, wrapup

POLICIES = (
    aliases,
    announcing,
    attendance,
    calls,
    canary,
    conversation,
    covering,
    distribution,
    handover,
    incidents,
    location_link,
    locations,
    neighbours,
    notices,
    overflow,
    positions,
    priority,
    shifts,
    silence,
    sound,
    streets,
    timekeeping,
    trunks,
    vehicle,
    wrapup,
)
