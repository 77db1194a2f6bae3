"""Standing orders: what becomes of a caller when no word has come from the room for a while. Pure.

The position that has been idle longest is joined, with a zip tone; with nobody signed on the alternate centre is
dialled; else the caller goes on hearing the announcement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telephony.actions import Actions, Dial, Leg

if TYPE_CHECKING:
    from telephony.switch import Switch

MAX_ALTERNATE = 30
"""Calls to the alternate centre at once: it must not be flooded by ours, and lines stay free for callers."""
ALTERNATE_AGAIN = 10.0
"""Seconds until it is tried again for the same caller."""


def stand_in(switch: Switch, caller: Leg, now: float) -> Actions:
    """For a caller whom nobody attends to, and who has waited for the room long enough."""
    if caller.silent:
        return []  # without the room nobody can read what is written
    free = [x for x in switch.legs.values() if x.kind == "position" and x.up and not x.call]
    taken = {x.want for x in switch.legs.values()}
    free = sorted((x for x in free if x.id not in taken), key=lambda x: x.since)
    if free:
        caller.want = free[0].id
        if caller.up:
            return switch.bridge(caller, free[0], now, standing=True)
        return switch.answer(caller)
    centre = switch.rules.alternate_centre
    seats = any(x.kind == "position" for x in switch.legs.values())
    dialled = [x for x in switch.legs.values() if x.standing]
    if any(x.call == caller.id for x in dialled):
        return []
    if not centre or seats or len(dialled) >= MAX_ALTERNATE or now < caller.alternate_at:
        return []
    caller.alternate_at = now + ALTERNATE_AGAIN
    caller.tries += 1
    leg = switch.dialled(f"{caller.id}-alt{caller.tries}", caller.id, now, standing=True)
    return [*switch.answer(caller), Dial(leg.id, centre), *switch.reconcile(caller.id, now)]
