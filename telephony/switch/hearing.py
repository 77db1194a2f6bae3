"""Which callers are silent: the switch is told a few times a second of whom something is heard. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch import events as ev
from telephony.switch.actions import Actions, Leg, Tell
from telephony.switch.legs import Switch


def listens_to(switch: Switch) -> list[str]:
    """The lines on which silence means something."""
    return [leg.id for leg in switch.legs.values() if _counts(leg)]


def _counts(leg: Leg) -> bool:
    return leg.kind == "caller" and leg.up and not leg.silent and not leg.test


def listened(switch: Switch, sounds: Mapping[str, bool], now: float) -> Actions:
    """`sounds`: whether something is heard on this line just now; a line that cannot be measured is left out."""
    do: Actions = []
    for name, sound in sounds.items():
        leg = switch.caller(name)
        if leg is None or not _counts(leg):
            continue
        lasted = now - leg.sounded
        if sound:
            if leg.quiet:
                do.append(Tell(ev.SilenceNoted(at=now, call=name, seconds=round(lasted, 1), heard=True)))
            leg.sounded, leg.quiet, leg.ever = now, False, True
        elif not leg.quiet and lasted >= switch.rules.silent_after:
            leg.quiet = True
            noted = ev.SilenceNoted(at=now, call=name, seconds=round(lasted, 1), never=not leg.ever)
            do.append(Tell(noted))
    return do


def carried(leg: Leg, packets: int, now: float) -> None:
    """So many packets have come in on this line by now, with sound in them or not."""
    if packets != leg.packets:
        leg.packets, leg.came = packets, now
