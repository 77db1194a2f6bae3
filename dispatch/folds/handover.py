"""How what a party of a call is handed changes the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import GivenReference

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.ReferenceGiven)
def _reference_given(board: Board, seq: int, e: ev.ReferenceGiven) -> None:
    for digest, known in list(board.tables["given"].items()):
        if known.until < e.at:
            board.write("given", digest, None)
    board.write("given", e.digest, GivenReference(call=e.call, party=e.party, about=e.about, to=e.to, until=e.until))


@_of(ev.PartyJoined)
def _party_joined(board: Board, seq: int, e: ev.PartyJoined) -> None:
    for digest in _of_party(board, e.call, e.party):
        board.change("given", digest, answered=True)


@_of(ev.PartyLeft)
def _party_left(board: Board, seq: int, e: ev.PartyLeft) -> None:
    for digest in _of_party(board, e.call, e.party):
        if not board.tables["given"][digest].answered:
            board.write("given", digest, None)


@_of(ev.EidoRead)
def _eido_read(board: Board, seq: int, e: ev.EidoRead) -> None:
    if e.digest in board.tables["given"]:
        board.write("given", e.digest, None)


def _of_party(board: Board, call: str, party: str) -> list[str]:
    return [digest for digest, one in board.tables["given"].items() if (one.call, one.party) == (call, party)]
