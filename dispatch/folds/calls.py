"""Calls from their arrival to what was said of them, and who is to be called back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.positions import leave_seat
from dispatch.folds.table import fold_table
from dispatch.records import Call, Callback, Recording
from routing.numbers import is_subscriber
from routing.text import text

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_ENDED = 500
"""Ended calls stay on the board until this many newer ones have ended."""

KEEP_TRIES = 100
"""An entry of the callback list names so many of its number's calls."""

FOLDS, _of = fold_table()


@_of(ev.CallReceived)
def _call_received(board: Board, seq: int, e: ev.CallReceived) -> None:
    made = Call(
        id=e.call, received=e.at, caller=e.caller, called=e.called, service=e.service, access=e.access, test=e.test,
        media=e.media, priority=e.priority, languages=e.languages, journal=board.journal_at(seq),
    )  # fmt: skip
    board.write("calls", e.call, made)


@_of(ev.CallQueued)
def _call_queued(board: Board, seq: int, e: ev.CallQueued) -> None:
    call = board.calls[e.call]
    leave_seat(board, call.position, call.id, e.at)
    waits_in = call.queued_in if call.answered else e.queue
    known = {"queue": e.queue, "queued_in": waits_in, "position": "", "offered_to": "", "user": "", "held": False}
    board.change("calls", e.call, state="queued", **known)
    board.set_due("offer", e.call, None)


@_of(ev.CallScored)
def _call_scored(board: Board, seq: int, e: ev.CallScored) -> None:
    board.change("calls", e.call, score=e.value, suspected=e.suspected, score_reasons=e.reasons)


@_of(ev.CallPrioritised)
def _call_prioritised(board: Board, seq: int, e: ev.CallPrioritised) -> None:
    board.change("calls", e.call, urgent=e.why)


@_of(ev.CallOffered)
def _call_offered(board: Board, seq: int, e: ev.CallOffered) -> None:
    before = (*board.calls[e.call].offered_before, e.position)[-20:]
    board.change("calls", e.call, offered_to=e.position, offered_before=before)
    board.set_due("offer", e.call, e.until or None)


@_of(ev.CallAccepted)
def _call_accepted(board: Board, seq: int, e: ev.CallAccepted) -> None:
    board.change("calls", e.call, state="accepted", position=e.position, user=e.by, offered_to="")
    board.change("positions", e.position, call=e.call)
    board.set_due("offer", e.call, None)


@_of(ev.CallBridged)
def _call_bridged(board: Board, seq: int, e: ev.CallBridged) -> None:
    call = board.calls[e.call]
    seat = board.positions.get(e.position)
    user = seat.user if seat else call.user
    first = call.answered or e.at
    if call.position != e.position:
        leave_seat(board, call.position, call.id, e.at)
    board.change(
        "calls", e.call, state="talking", position=e.position, user=user, answered=first, queue="", offered_to="",
        held=False,
    )  # fmt: skip
    if seat:
        board.change("positions", e.position, call=e.call, mode="talk")
    board.set_due("offer", e.call, None)


@_of(ev.AnnouncementStarted)
def _announcement_started(board: Board, seq: int, e: ev.AnnouncementStarted) -> None:
    board.change("calls", e.call, announced=board.calls[e.call].announced or e.at)


@_of(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    call, lost = board.calls[e.call], isinstance(e, ev.LegLost)
    by = e.by if isinstance(e, ev.CallEnded) else "failure"
    board.change(
        "calls", e.call, state="ended", ended=e.at, ended_by=by, lost=lost, queue="", offered_to="", held=False,
        members=(), silent_since=0.0,
    )  # fmt: skip
    board.set_due("offer", e.call, None)
    leave_seat(board, call.position, call.id, e.at)
    for member in call.members:
        leave_seat(board, member.id, e.call, e.at)
    board.write("ended", e.call, seq)
    ended = board.tables["ended"]
    if len(ended) > KEEP_ENDED:
        # A caller whose page is still open can write: that call stays for as long as the page does.
        open_pages = set(board.tables["pages"].values())
        oldest = next((name for name in ended if name not in open_pages), "")
        if oldest:
            board.write("ended", oldest, None)
            board.write("calls", oldest, None)
            board.write("links", oldest, None)


@_of(ev.CallbackOwed)
def _callback_owed(board: Board, seq: int, e: ev.CallbackOwed) -> None:
    key = e.entry or e.call
    known = board.callbacks.get(key)
    if known is None:
        made = Callback(
            call=key, caller=e.caller, why=e.why, urgency=e.urgency, since=e.at, last=e.at, calls=(e.call,)
        )  # fmt: skip
        board.write("callbacks", key, made)
        if is_subscriber(e.caller):  # what stands for many callers settles no debt to one of them
            board.write("owed", e.caller, key)
    else:
        calls = (*known.calls, e.call)[-KEEP_TRIES:]
        board.change("callbacks", key, last=e.at, tries=known.tries + 1, calls=calls)
        if e.urgency > known.urgency:
            board.change("callbacks", key, why=e.why, urgency=e.urgency)
    board.set_due("callback", key, e.lapses or None)


@_of(ev.CallbackCleared)
def _callback_cleared(board: Board, seq: int, e: ev.CallbackCleared) -> None:
    known = board.callbacks.get(e.call)
    if known is not None:
        board.write("callbacks", e.call, None)
        if is_subscriber(known.caller):
            board.write("owed", known.caller, None)
    board.set_due("callback", e.call, None)


@_of(ev.CallDisposed)
def _call_disposed(board: Board, seq: int, e: ev.CallDisposed) -> None:
    if e.call in board.calls:
        board.change("calls", e.call, disposition=e.disposition)


@_of(ev.RecordingSealed)
def _recording_sealed(board: Board, seq: int, e: ev.RecordingSealed) -> None:
    if e.call in board.calls:
        sealed = Recording(leg=e.leg, digest=e.digest, started=e.started, seconds=e.seconds, size=e.size)
        board.change("calls", e.call, recordings=(*board.calls[e.call].recordings, sealed))


@_of(ev.RecordingIncomplete)
def _recording_incomplete(board: Board, seq: int, e: ev.RecordingIncomplete) -> None:
    if e.call in board.calls:
        leg = e.leg if e.leg.startswith("party-") else text(f"leg.{e.leg}")
        what = text("discrepancy.recording", leg=leg, missing=e.missing, seconds=e.seconds, why=e.why)
        board.change("calls", e.call, discrepancies=(*board.calls[e.call].discrepancies, what)[-20:])


@_of(ev.DiscrepancyNoted)
def _discrepancy_noted(board: Board, seq: int, e: ev.DiscrepancyNoted) -> None:
    if e.about in board.calls:
        noted = board.calls[e.about].discrepancies
        board.change("calls", e.about, discrepancies=(*noted, e.what)[-20:])
