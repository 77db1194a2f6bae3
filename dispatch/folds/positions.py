"""Who sits where, and with which audio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Position

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.PositionOpened)
def _position_opened(board: Board, seq: int, e: ev.PositionOpened) -> None:
    # A phone may have dialled in before its user signed on.
    leg, user = board.tables["legs"].get(e.position, ("", ""))
    leg = leg if user in ("", e.user) else ""
    board.write("positions", e.position, Position(id=e.position, user=e.user, media=e.media, leg=leg, idle_since=e.at))


@_of(ev.PositionReady)
def _position_ready(board: Board, seq: int, e: ev.PositionReady) -> None:
    board.change("positions", e.position, ready=e.ready, reason=e.reason, idle_since=e.at)


@_of(ev.PositionAttended)
def _position_attended(board: Board, seq: int, e: ev.PositionAttended) -> None:
    board.change("positions", e.position, attended=True, away="")


@_of(ev.PositionUnattended)
def _position_unattended(board: Board, seq: int, e: ev.PositionUnattended) -> None:
    board.change("positions", e.position, away=e.why)


@_of(ev.PositionClosed)
def _position_closed(board: Board, seq: int, e: ev.PositionClosed) -> None:
    board.write("positions", e.position, None)


@_of(ev.PositionLegUp)
def _position_leg_up(board: Board, seq: int, e: ev.PositionLegUp) -> None:
    board.write("legs", e.position, (e.leg, e.user))
    seat = board.positions.get(e.position)
    if seat and e.user in ("", seat.user):
        board.change("positions", e.position, leg=e.leg, idle_since=e.at)


@_of(ev.PositionLegDown)
def _position_leg_down(board: Board, seq: int, e: ev.PositionLegDown) -> None:
    if board.tables["legs"].get(e.position, ("", ""))[0] == e.leg:
        board.write("legs", e.position, None)
    seat = board.positions.get(e.position)
    if seat and seat.leg == e.leg:
        board.change("positions", e.position, leg="")


def leave_seat(board: Board, position: str, call: str, at: float) -> None:
    """The position is free again, if it is this call that it was in."""
    seat = board.positions.get(position)
    if seat and seat.call == call:
        board.change("positions", seat.id, call="", mode="", idle_since=at)
