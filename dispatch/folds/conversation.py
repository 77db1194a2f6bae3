"""How the events of a conversation change the board: who is in it, who is held, what was typed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.positions import leave_seat
from dispatch.folds.table import fold_table
from dispatch.records import Call, Member, WrittenLine

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_LINES = 200
"""Written lines that stay on the board; all of them are in the journal."""
FOLDS, _of = fold_table()


def _members(board: Board, call: str, *made: Member, without: str = "") -> None:
    kept = (m for m in board.calls[call].members if m.id not in (without, *(one.id for one in made)))
    board.change("calls", call, members=(*kept, *made))


def _member(board: Board, call: str, name: str) -> Member | None:
    return next((m for m in board.calls[call].members if m.id == name), None)


@_of(ev.CallPlaced)
def _call_placed(board: Board, seq: int, e: ev.CallPlaced) -> None:
    made = Call(
        id=e.call, received=e.at, state="accepted", caller=e.number, called=e.to, position=e.position, user=e.by,
        direction="out", callback_of=e.callback_of, service="", journal=board.journal_at(seq),
    )  # fmt: skip
    board.count("placed")
    board.write("calls", e.call, made)
    board.change("positions", e.position, call=e.call, mode="talk")
    if e.incident:
        incident = board.incidents[e.incident]
        board.change("incidents", e.incident, calls=(*incident.calls, e.call))
        board.change("calls", e.call, incident=e.incident)


@_of(ev.PositionJoined)
def _position_joined(board: Board, seq: int, e: ev.PositionJoined) -> None:
    _members(board, e.call, Member(id=e.position, kind="position", mode=e.mode))
    if e.position in board.positions:
        board.change("positions", e.position, call=e.call, mode=e.mode)


@_of(ev.PositionParted)
def _position_parted(board: Board, seq: int, e: ev.PositionParted) -> None:
    _members(board, e.call, without=e.position)
    leave_seat(board, e.position, e.call, e.at)


@_of(ev.ModeChanged)
def _mode_changed(board: Board, seq: int, e: ev.ModeChanged) -> None:
    if not e.member:
        board.change("calls", e.call, held=e.mode == "held")
        return
    known = _member(board, e.call, e.member)
    if known:
        _members(board, e.call, msgspec.structs.replace(known, mode=e.mode))
    if e.member in board.positions and board.positions[e.member].call == e.call:
        board.change("positions", e.member, mode=e.mode)


@_of(ev.PartyDialled)
def _party_dialled(board: Board, seq: int, e: ev.PartyDialled) -> None:
    made = Member(
        id=e.party, kind="party", mode="dialling", label=e.label, uri=e.uri, blind=e.blind, phone=e.phone
    )  # fmt: skip
    _members(board, e.call, made)
    board.count("parties")
    if e.blind:
        _leave(board, e.call, e.at)


@_of(ev.PartyJoined)
def _party_joined(board: Board, seq: int, e: ev.PartyJoined) -> None:
    known = _member(board, e.call, e.party) or Member(id=e.party, kind="party", mode="talk")
    _members(board, e.call, msgspec.structs.replace(known, mode="talk"))


@_of(ev.PartyLeft)
def _party_left(board: Board, seq: int, e: ev.PartyLeft) -> None:
    _members(board, e.call, without=e.party)


@_of(ev.CallTransferred)
def _call_transferred(board: Board, seq: int, e: ev.CallTransferred) -> None:
    _leave(board, e.call, e.at)


def _leave(board: Board, call: str, at: float) -> None:
    """The call-taker is out of it; the caller is with a party, or waits for one."""
    leave_seat(board, board.calls[call].position, call, at)
    board.change("calls", call, state="transferred", position="", held=False)


@_of(ev.CallTakenOver)
def _call_taken_over(board: Board, seq: int, e: ev.CallTakenOver) -> None:
    call = board.calls[e.call]
    leave_seat(board, call.position, e.call, e.at)
    _members(board, e.call, without=e.position)
    board.change("calls", e.call, state="talking", position=e.position, user=e.by)
    if e.position in board.positions:
        board.change("positions", e.position, call=e.call, mode="talk")


@_of(ev.DtmfReceived)
def _dtmf_received(board: Board, seq: int, e: ev.DtmfReceived) -> None:
    if not e.party:
        board.change("calls", e.call, digits=(board.calls[e.call].digits + e.digits)[-20:])


@_of(ev.TextReceived, ev.TextSent)
def _text(board: Board, seq: int, e: ev.TextReceived | ev.TextSent) -> None:
    if e.erased:
        return
    line = WrittenLine(at=e.at, text=e.text, via=e.via, by=getattr(e, "by", ""))
    board.change("calls", e.call, lines=(*board.calls[e.call].lines, line)[-KEEP_LINES:])
