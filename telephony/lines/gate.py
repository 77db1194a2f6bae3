"""The gate's Python end: its rules, its accounts, and the sentences that tell what it refused.

The gate itself is C (deploy/pjproject/siaga_gate.c, whose first comment explains it), because a call that is refused
must cost next to nothing. The structs here mirror those there.
"""

from __future__ import annotations

import ctypes
import ipaddress
from collections.abc import Iterable

import msgspec
from twisted.logger import Logger

from routing.text import Text, text
from telephony.lines.pjlib import StackError, library, quick_library

log = Logger()
FATES = (
    "admitted", "stranger", "full", "source_full", "reserved", "source_rate", "overload", "unacked", "lines", "others",
    "foreign",
)  # fmt: skip
_MOST_ROWS = 20


class GateRules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of the same names. `trunks`: the networks (CIDR) of each, joined by +."""

    max_calls: int = 900
    max_calls_per_source: int = 500
    reserved_calls: int = 90
    calls_per_second_per_source: float = 0.0
    trunks: tuple[str, ...] = ()


class SourceTally(msgspec.Struct, frozen=True):
    """What became of one source's requests since the last look; `refused` by reason."""

    address: str
    admitted: int
    refused: dict[str, int]


class State(msgspec.Struct, frozen=True):
    """`rate`: calls/s that may come in now, infinite without overload; `lag`: seconds of backlog; totals."""

    rate: float
    lag: float
    calls: int
    sources: int
    admitted: int
    refused: dict[str, int]


_Numbers = ctypes.c_double * len(FATES)


_RULES = tuple(name for name in GateRules.__struct_fields__ if name != "trunks")


class _Rules(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_double) for name in _RULES)


class _SourceRow(ctypes.Structure):
    _fields_ = (("address", ctypes.c_char * 48), ("admitted", ctypes.c_double), ("refused", _Numbers))


class _State(ctypes.Structure):
    _fields_ = (*((name, ctypes.c_double) for name in State.__struct_fields__[:-1]), ("refused", _Numbers))


def _by_reason(numbers: Iterable[float]) -> dict[str, int]:
    return {name: int(n) for name, n in zip(FATES, numbers, strict=True) if n}


class Gate:
    """One in each process, as the library is. Every method is called on the reactor's thread."""

    def __init__(self, rules: GateRules) -> None:
        self._rules, self._library = rules, quick_library()
        self.turned = self._library.siaga_gate_turn
        """`turned(drained, planned)` at the end of each turn: whether nothing was left to read, and the seconds
        between two turns."""

    def open(self) -> None:
        """Call it after `libInit`. Raises RuntimeError."""
        numbers = (getattr(self._rules, name) for name in _RULES)
        if library().siaga_gate_open(ctypes.byref(_Rules(*numbers))) != 0:
            raise StackError("stack.no-gate")
        for trunk, networks in enumerate(self._rules.trunks):
            for net in map(ipaddress.ip_network, networks.split("+")):
                bits = net.prefixlen + (96 if net.version == 4 else 0)
                if self._library.siaga_network(str(net.network_address).encode(), bits, trunk) != 0:
                    # Settings keep no more than there is room for; better some trunks than no switch.
                    log.critical("the gate does not take the network {net} of 'sip_trunks'", net=str(net))

    def began(self, source: str) -> None:
        """A call from this address is up."""
        self._library.siaga_gate_up(source.encode(), 1)

    def ended(self, source: str) -> None:
        self._library.siaga_gate_up(source.encode(), -1)

    def unacked(self, source: str, number: int) -> None:
        """So many answers to this address wait for an ACK for too long."""
        self._library.siaga_gate_unacked(source.encode(), number)

    def refused(self) -> list[SourceTally]:
        """Sources that were refused something since the last time."""
        rows = (_SourceRow * _MOST_ROWS)()
        found = self._library.siaga_gate_refused(ctypes.byref(rows), _MOST_ROWS)
        return [
            SourceTally(row.address.decode("ascii", "replace"), int(row.admitted), _by_reason(row.refused))
            for row in rows[:found]
        ]

    def state(self) -> State:
        got = _State()
        self._library.siaga_gate_state(ctypes.byref(got))
        rate = got.rate if got.rate < 1e9 else float("inf")
        return State(rate, got.lag, int(got.calls), int(got.sources), int(got.admitted), _by_reason(got.refused))


def refusals(accounts: list[SourceTally]) -> list[Text]:
    """One text for each source and reason, for the room. Pure."""
    return [
        text(f"gate.{reason}", n=n, address=account.address)
        for account in accounts
        for reason, n in account.refused.items()
    ]
