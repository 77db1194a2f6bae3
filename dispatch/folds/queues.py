"""How events change who waits, where it rings, who is asked besides, and who is still busy with the call before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_TRIED = 20
FOLDS, _of = fold_table()


@_of(ev.CallQueued)
def _call_queued(board: Board, seq: int, e: ev.CallQueued) -> None:
    call = board.calls[e.call]
    since = call.waiting_since or e.at
    known = {"offered_all": (), "waiting_since": since, "ahead": e.ahead, "moved": call.moved or e.moved}
    if e.moved:
        known["overflow"] = ()
    board.change("calls", e.call, **known)
    board.set_due("overflow", e.call, e.overflow_at or None)
    if not call.test:
        board.write("waiting", e.call, since)


@_of(ev.CallOffered)
def _call_offered(board: Board, seq: int, e: ev.CallOffered) -> None:
    call = board.calls[e.call]
    everywhere = e.positions or (e.position,)
    joined = [name for name in everywhere if name not in call.offered_all and name != e.position]
    before = (*call.offered_before, *joined)[-20:]
    board.change("calls", e.call, offered_all=everywhere, offered_before=before)


@_of(ev.CallAccepted)
def _call_accepted(board: Board, seq: int, e: ev.CallAccepted) -> None:
    board.change("calls", e.call, offered_all=())
    board.set_due("overflow", e.call, None)
    _waits_no_longer(board, e.call)
    _at_work(board, e.position)


@_of(ev.CallBridged)
def _call_bridged(board: Board, seq: int, e: ev.CallBridged) -> None:
    _with_somebody(board, e.call)
    _at_work(board, e.position)


@_of(ev.CallTransferred)
def _call_transferred(board: Board, seq: int, e: ev.CallTransferred) -> None:
    _with_somebody(board, e.call)
    if not board.calls[e.call].answered:  # a phone that was dialled because nobody else came
        board.change("calls", e.call, answered=e.at)


@_of(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    if e.call in board.calls:
        _with_somebody(board, e.call)


def _waits_no_longer(board: Board, call: str) -> None:
    if call in board.tables["waiting"]:
        board.write("waiting", call, None)


def _with_somebody(board: Board, call: str) -> None:
    _waits_no_longer(board, call)
    board.change("calls", call, waiting_since=0.0, offered_all=(), offered_to="", queue="")
    board.set_due("overflow", call, None)
    board.set_due("offer", call, None)


def _at_work(board: Board, position: str) -> None:
    if position in board.positions:
        board.change("positions", position, wrapping="")


@_of(ev.CallOverflowed)
def _call_overflowed(board: Board, seq: int, e: ev.CallOverflowed) -> None:
    board.change("calls", e.call, overflow=(*board.calls[e.call].overflow, *e.to))
    board.set_due("overflow", e.call, e.next or None)


@_of(ev.PartyDialled)
def _party_dialled(board: Board, seq: int, e: ev.PartyDialled) -> None:
    call = board.calls[e.call]
    if e.phone:
        board.change("calls", e.call, tried=(*call.tried, e.phone)[-KEEP_TRIED:])


@_of(ev.PartyLeft)
def _party_left(board: Board, seq: int, e: ev.PartyLeft) -> None:
    call = board.calls[e.call]
    for member in call.members:
        if member.id == e.party and member.mode == "dialling" and member.phone and call.state == "queued":
            board.write("unanswering", member.phone, e.at)


@_of(ev.PlacesTold)
def _places_told(board: Board, seq: int, e: ev.PlacesTold) -> None:
    for call, place in e.calls:
        if call in board.calls:
            board.change("calls", call, told_place=place, told=e.at)
    board.set_due("places", "queue", e.next or None)


@_of(ev.PositionOpened)
def _position_opened(board: Board, seq: int, e: ev.PositionOpened) -> None:
    board.change("positions", e.position, skills=e.skills)


@_of(ev.WrapUpBegan)
def _wrap_up_began(board: Board, seq: int, e: ev.WrapUpBegan) -> None:
    if e.position in board.positions:
        board.change("positions", e.position, wrapping=e.call)
    board.set_due("wrap", e.call, e.until)


@_of(ev.WrapUpEnded, ev.CallDisposed)
def _wrap_up_ended(board: Board, seq: int, e: ev.WrapUpEnded | ev.CallDisposed) -> None:
    board.set_due("wrap", e.call, None)
    if e.call in board.calls:
        board.change("calls", e.call, overdue=isinstance(e, ev.WrapUpEnded))
    for seat in [p for p in board.positions.values() if p.wrapping == e.call]:
        board.change("positions", seat.id, wrapping="", idle_since=e.at)


@_of(ev.MsdReceived)
def _msd_received(board: Board, seq: int, e: ev.MsdReceived) -> None:
    # A vehicle says so after the call was told of: nobody is asked any more, unless somebody spoke with them already.
    if e.test and not board.calls[e.call].answered:
        board.change("calls", e.call, test=True, offered_to="", offered_all=())
        _waits_no_longer(board, e.call)
        board.set_due("offer", e.call, None)
        board.set_due("overflow", e.call, None)
