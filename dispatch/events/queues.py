"""Waiting: who else is asked, what callers are told meanwhile, and the time after a call."""

from __future__ import annotations

from dispatch.events.base import Event


class CallOverflowed(Event):
    """The call has waited so long that others are asked as well. `to`: the steps of its queue that are due: an id of a
    queue (its people), wrap-up (positions that are still busy with the call before), anybody, phones,
    alternate-centre; none when it was only looked at. `next`: when it is looked at again, seconds since 1970."""

    call: str
    to: tuple[str, ...] = ()
    next: float = 0.0


class PlacesTold(Event):
    """These callers are told their place in the queue, 1 for the first. `next`: when somebody else is due, seconds
    since 1970; 0 when nobody waits who can be told."""

    calls: tuple[tuple[str, int], ...] = ()
    next: float = 0.0


class WrapUpBegan(Event):
    """The call is over and its call-taker has yet to say what it was, until `until` (seconds since 1970)."""

    call: str
    position: str
    until: float


class WrapUpEnded(Event):
    """The time was over before anybody said what the call was."""

    call: str
