"""Looks, a few lines at a time, whether the library's bridge is what the modes say; what is not is mended and told.

All lines are looked at every two seconds: a millisecond for 50 of them, half a percent of a core with 400 calls.
"""

from __future__ import annotations

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.events import SoundStrayed
from dispatch.timing.rounds import Rounds
from routing.text import Text, text
from telephony.shell import SwitchShell
from telephony.switch.bridge import Wrong, player, recorder
from telephony.switch.flows import flows
from telephony.switch.legs import Switch

log = Logger()
_EVERY = 0.25
_TURNS = 8


class BridgeWatch(Rounds):
    """Made when the shell has started."""

    def __init__(self, reactor: IReactorTime, shell: SwitchShell) -> None:
        self._shell = shell
        self._left: list[str] = []
        self._turn = 0
        super().__init__(reactor, _EVERY, self._look)

    def _look(self) -> None:
        switch, bridge = self._shell.switch, self._shell.stack.bridge
        for wrong in bridge.look(said_of(switch, self._some(switch))):
            log.error("{wrong}", wrong=wrong)
            self._shell.tell(_told(switch, wrong, self._shell.now()))
        if self._turn == 0:
            bridge.look_for_strangers()

    def _some(self, switch: Switch) -> list[str]:
        """The next part of all lines."""
        self._turn = (self._turn + 1) % _TURNS
        if self._turn == 1:
            self._left = list(switch.legs)
        size = -(-len(self._left) // ((_TURNS - self._turn) % _TURNS + 1))
        some, self._left = self._left[:size], self._left[size:]
        return some


def said_of(switch: Switch, legs: list[str]) -> dict[str, set[str]]:
    """By leg, those who hear it by the modes."""
    said: dict[str, set[str]] = {name: set() for name in legs if name in switch.legs}
    for call in {switch.legs[name].call for name in said}:
        caller = switch.caller(call)
        for listener, speaker in flows((caller, *switch.members(call))) if caller else ():
            if speaker in said:
                said[speaker].add(listener)
    return said


def _told(switch: Switch, wrong: Wrong, now: float) -> SoundStrayed:
    speaker, listener = _end(switch, wrong.speaker), _end(switch, wrong.listener)
    calls = tuple(dict.fromkeys(call for call in (listener[1], speaker[1]) if call))
    return SoundStrayed(at=now, calls=calls, listener=listener[0], speaker=speaker[0], heard=wrong.heard)


def _end(switch: Switch, name: str) -> tuple[Text, str]:
    """What it is, and of which call."""
    for ending, kind in ((player(""), "sound"), (recorder(""), "recorder")):
        if name.endswith(ending):
            return text(f"sound-end.{kind}"), _end(switch, name.removesuffix(ending))[1]
    leg = switch.legs.get(name)
    if leg is None:
        return text("sound-end.unknown"), ""
    return text(f"sound-end.{leg.kind}", name=leg.position or leg.party), leg.call
