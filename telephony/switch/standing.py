"""Standing orders: what becomes of a caller when no word has come from the room for a while. Pure.

Of the positions that the room last said somebody is at, those that take calls first, the one that has been idle longest
is joined, with a zip tone; with nobody signed on the alternate centre is dialled; else the caller goes on hearing the
announcement. A phone whose password ended, or whose position somebody has left, is given nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telephony.switch.actions import Actions, Dial, Leg

if TYPE_CHECKING:
    from telephony.switch.legs import Switch

MAX_ALTERNATE = 30
"""Calls to the alternate centre at once: it must not be flooded by ours, and lines stay free for callers."""
ALTERNATE_AGAIN = 10.0
"""Seconds until it is tried again for the same caller."""


def stand_in(switch: Switch, caller: Leg, now: float) -> Actions:
    """For a caller whom nobody attends to, and who has waited for the room long enough."""
    if caller.silent:
        return []  # without the room nobody can read what is written
    seats = [x for x in switch.legs.values() if switch.seating.may_take(x)]
    taken = {x.want for x in switch.legs.values()}
    free = [x for x in seats if x.up and not x.call and x.id not in taken]
    free = sorted(free, key=lambda x: (x.position not in switch.seating.ready, x.since))
    if free:
        caller.want = free[0].id
        if caller.up:
            return switch.bridge(caller, free[0], now, standing=True)
        return switch.answer(caller)
    centre = switch.rules.alternate_centre
    dialled = [x for x in switch.legs.values() if x.standing]
    if any(x.call == caller.id for x in dialled):
        return []
    if not centre or seats or len(dialled) >= MAX_ALTERNATE or now < caller.alternate_at:
        return []
    caller.alternate_at = now + ALTERNATE_AGAIN
    caller.tries += 1
    leg = switch.dialled(f"{caller.id}-alt{caller.tries}", caller.id, now, standing=True)
    return [*switch.answer(caller), Dial(leg.id, centre), *switch.reconcile(caller.id, now)]
