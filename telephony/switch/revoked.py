"""Which positions the switch may give a caller without the room, and phones whose password was taken back. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telephony.switch.actions import Actions, Hangup, Leg

if TYPE_CHECKING:
    from telephony.switch.legs import Switch


class Seating:
    """At which positions somebody is, by the room's last word: `users` (None before the first), `ready` those that take
    calls. `fresh`: legs that have dialled in since; nobody could sign on there."""

    def __init__(self) -> None:
        self.users: dict[str, str] | None = None
        self.ready: frozenset[str] = frozenset()
        self.fresh: set[str] = set()

    def may_take(self, seat: Leg) -> bool:
        """Whether this leg may be given a caller without the room."""
        there = self.users is None or self.users.get(seat.position) == seat.user or seat.id in self.fresh
        return seat.kind == "position" and there and not seat.barred


def phones_changed(switch: Switch, known: dict[str, str]) -> None:
    """Who may dial in now, and by what (user -> HA1). A phone that was let in by something else is barred."""
    for leg in switch.legs.values():
        if leg.kind == "position" and leg.key and leg.key != known.get(leg.user):
            leg.barred = True


def show_out(switch: Switch) -> Actions:
    """Barred phones are hung up, once; those with a caller when that is over. Looked at a few times a second."""
    going = [x for x in switch.legs.values() if x.barred and x.key and not x.call and not switch.is_wanted(x)]
    for leg in going:
        leg.key = ""
    return [Hangup(leg.id) for leg in going]
