"""Policy for what a party of a call is handed: read once, in time, by nobody whom the call never reached. Pure.

reference   begins with      ends with
given       ReferenceGiven   EidoRead; its time is over; PartyLeft of a party that never answered
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision, Refused
from dispatch.records import GivenReference
from dispatch.world import World


def given_by(board: Board, about: str, digest: str, now: float) -> GivenReference:
    """What this key opens. Raises Refused."""
    given: GivenReference | None = board.tables["given"].get(digest)
    if given is None or given.about != about or given.until < now:
        raise Refused("refused.reference-wrong")
    return given


def _read(board: Board, e: ev.EidoRead, now: float, world: World) -> Decision:
    """Of two that come at once, one."""
    given_by(board, e.about, e.digest, now)
    yield e


REPORTS = {ev.EidoRead: _read}
