"""The canary: a test call that goes out by the trunk and comes back in, to prove that callers can reach us."""

from __future__ import annotations

from dispatch.events.base import Event
from dispatch.states import CanaryWay
from routing.text import Text


class CanaryScheduled(Event):
    """The next test call is made at `due` (seconds since 1970); 0: none."""

    due: float


class CanaryStarted(Event):
    """`uri`: what is dialled. `until`: when it must have proved itself, seconds since 1970. `by`: system, or who asked
    for it."""

    canary: str
    uri: str
    until: float
    by: str = "system"


class CanaryRang(Event):
    """Ringing was heard at the end that dialled."""

    canary: str


class CanaryAnswered(Event):
    canary: str


class CanaryEnded(Event):
    """The dialled line is over; `why` tells the SIP answer."""

    canary: str
    why: Text | None = None


class CanaryCame(Event):
    """The test call arrived as `call`."""

    canary: str
    call: str


class CanaryHeard(Event):
    """The tone was looked for in a sealed recording, and `heard` or not. `way`: out (the caller's voice reached our
    recording) or back (it returned to the caller). `share`: of the sound's energy, 0 to 1."""

    canary: str
    way: CanaryWay
    share: float
    heard: bool


class CanaryPassed(Event):
    canary: str


class CanaryFailed(Event):
    """`text`: what it did not prove, and what to do."""

    canary: str
    text: Text
