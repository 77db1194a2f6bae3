"""The names of places that the room has added: one for each alias, learnt ones no more than fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from routing.places.gazetteer import LocalName
from routing.places.names import words_of

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()

KEEP_LEARNT = 500
"""Of more learnt names the oldest are forgotten; those that people added stay."""


def alias_key(alias: str) -> str:
    """The same for all spellings that are compared as one."""
    return " ".join(words_of(alias))


@_of(ev.PlaceAliasAdded)
def _added(board: Board, seq: int, e: ev.PlaceAliasAdded) -> None:
    key = alias_key(e.alias)
    board.write("aliases", key, None)
    board.write("aliases", key, LocalName(alias=e.alias, name=e.name, lat=e.lat, lon=e.lon, learnt=e.learnt))
    learnt = [name for name, one in board.tables["aliases"].items() if one.learnt]
    for name in learnt[: len(learnt) - KEEP_LEARNT] if len(learnt) > KEEP_LEARNT else ():
        board.write("aliases", name, None)


@_of(ev.PlaceAliasRemoved)
def _removed(board: Board, seq: int, e: ev.PlaceAliasRemoved) -> None:
    board.write("aliases", alias_key(e.alias), None)
