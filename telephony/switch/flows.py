"""Who hears whom in the conversation of one call. Pure.

Theory of operation. Each member has a mode, and the modes alone say which way sound goes; nothing is remembered
about how a conversation came to be. The switch asks for the flows after every change and carries out the difference.

    mode       is heard by                         hears
    talk       everybody who is not held           everybody who may be heard by it
    whisper    positions that talk                 the same
    muted      nobody                              the same
    listen     nobody                              the same; it is not there for the caller
    held       nobody                              nobody: music is played
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from telephony.switch.actions import Leg

Flow = tuple[str, str]
"""(listener, speaker), ids of legs."""


def flows(legs: Iterable[Leg]) -> frozenset[Flow]:
    """All pairs of one conversation; legs without sound take no part. A test call that is alone hears itself."""
    there = [leg for leg in legs if leg.up and not leg.silent and leg.mode != "held"]
    if len(there) == 1 and there[0].test:
        return frozenset({(there[0].id, there[0].id)})
    return frozenset((b.id, a.id) for a, b in permutations(there, 2) if _is_heard(a, b))


def _is_heard(speaker: Leg, listener: Leg) -> bool:
    if speaker.mode == "whisper":
        return listener.kind == "position" and listener.mode in ("talk", "muted")
    return speaker.mode == "talk"


def attended(members: Iterable[Leg]) -> bool:
    """Whether somebody is there for the caller, or is being called for them: a position that talks, a party."""
    there = (m for m in members if m.mode in ("talk", "muted", "held"))
    return any(m.up or (m.kind == "party" and not m.standing) for m in there)
