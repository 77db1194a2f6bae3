"""How the events of whereabouts change the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import AdditionalData, Reference, Unclaimed
from routing.numbers import device_of, is_subscriber

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_PLACES = 200
"""Observations of one call that stay on the board; all of them are in the journal."""
KEEP_REFERENCES = KEEP_BLOCKS = KEEP_ADDRESSES = 20

FOLDS, _of = fold_table()


@_of(ev.LocationReceived)
def _location_received(board: Board, seq: int, e: ev.LocationReceived) -> None:
    if e.erased:
        return
    call = board.calls[e.call]
    number = call.numbers[-1] + 1 if call.numbers else 0
    kept = [*zip(call.numbers, call.locations, strict=True), (number, e.location)]
    if len(kept) > KEEP_PLACES:
        matter = {call.best, call.verified, call.contradicted}
        kept.remove(next(one for one in kept if one[0] not in matter))
    numbers, locations = zip(*kept, strict=True)
    board.change("calls", e.call, numbers=numbers, locations=locations)


@_of(ev.LocationChosen)
def _location_chosen(board: Board, seq: int, e: ev.LocationChosen) -> None:
    board.change("calls", e.call, best=e.observation, best_why=e.why)


@_of(ev.LocationVerified)
def _location_verified(board: Board, seq: int, e: ev.LocationVerified) -> None:
    board.change("calls", e.call, verified=e.observation, verified_by=e.by, verified_at=e.at, contradicted=-1)


@_of(ev.LocationContradicted)
def _location_contradicted(board: Board, seq: int, e: ev.LocationContradicted) -> None:
    board.change("calls", e.call, contradicted=e.observation)


@_of(ev.CivicReceived)
def _civic_received(board: Board, seq: int, e: ev.CivicReceived) -> None:
    if e.erased:
        return
    text = e.text or ", ".join(e.parts.values())
    board.change("calls", e.call, civic=(*board.calls[e.call].civic, text)[-KEEP_ADDRESSES:])


@_of(ev.LocationReferenced)
def _location_referenced(board: Board, seq: int, e: ev.LocationReferenced) -> None:
    if e.erased:
        return
    known = tuple(one for one in board.calls[e.call].references if one.uri != e.uri)
    _refer(board, e.call, (*known, Reference(uri=e.uri, kind=e.kind, due=e.at))[-KEEP_REFERENCES:])


@_of(ev.ReferenceTried)
def _reference_tried(board: Board, seq: int, e: ev.ReferenceTried) -> None:
    if e.call not in board.calls:
        board.write("references", e.call, None)
        return
    tried = {"due": e.again, "why": e.why}
    _refer(
        board,
        e.call,
        tuple(
            msgspec.structs.replace(one, tries=one.tries + 1 if e.why else 0, **tried) if one.uri == e.uri else one
            for one in board.calls[e.call].references
        ),
    )


def _refer(board: Board, call: str, references: tuple[Reference, ...]) -> None:
    board.change("calls", call, references=references)
    due = [one.due for one in references if one.due]
    board.write("references", call, min(due) if due else None)


@_of(ev.AdditionalDataReceived)
def _additional_data_received(board: Board, seq: int, e: ev.AdditionalDataReceived) -> None:
    block = AdditionalData(kind=e.kind, data=e.data, digest=e.digest)
    call = board.calls[e.call]
    # RFC 7852, 4.3.3: <UniqueDeviceID TypeOfDeviceID="IMEI">
    imei = next((text for name, text in e.data.items() if name == "UniqueDeviceID (IMEI)"), "")
    additional = (*call.additional, block)[-KEEP_BLOCKS:]
    board.change("calls", e.call, additional=additional, imei=call.imei or _imei(imei))


@_of(ev.AmlReceived)
def _aml_received(board: Board, seq: int, e: ev.AmlReceived) -> None:
    made = Unclaimed(
        id=seq, received=e.at, number=e.number, imei=e.imei, location=e.location, language=e.language
    )  # fmt: skip
    board.write("unclaimed", str(seq), made)
    for key in _keys(e.number, e.imei):
        board.write("awaited", key, (*board.tables["awaited"].get(key, ()), seq))
    board.set_due("aml", str(seq), e.lapses)


@_of(ev.AmlClaimed)
def _aml_claimed(board: Board, seq: int, e: ev.AmlClaimed) -> None:
    row = board.tables["unclaimed"].get(str(e.aml)) if e.waits else take_unclaimed(board, e.aml)
    call = board.calls.get(e.call)
    if row and call:
        languages = call.languages or ((row.language,) if row.language else ())
        board.change("calls", e.call, imei=call.imei or _imei(e.imei), languages=languages)


@_of(ev.AmlLapsed)
def _aml_lapsed(board: Board, seq: int, e: ev.AmlLapsed) -> None:
    take_unclaimed(board, e.aml)


def _imei(told: str) -> str:
    """Only of what names one telephone."""
    return told if device_of(told) else ""


def _keys(number: str, imei: str) -> list[str]:
    """Under what a call may ask for it."""
    device = device_of(imei)
    return [*([number] if is_subscriber(number) else []), *([f"imei:{device}"] if device else [])]


def take_unclaimed(board: Board, aml: int) -> Unclaimed | None:
    row = board.tables["unclaimed"].get(str(aml))
    if row is not None:
        board.write("unclaimed", str(aml), None)
        for key in _keys(row.number, row.imei):
            rest = tuple(one for one in board.tables["awaited"].get(key, ()) if one != aml)
            board.write("awaited", key, rest or None)
        board.set_due("aml", str(aml), None)
    return row
