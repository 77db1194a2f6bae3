"""The names of places that the room has added: one for each alias, learnt ones no more than fit.

`learnt` has a row for each name that was learnt, by its entry, `aliases` what is known: after an erasure the same as
when the erased names had never been learnt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Learnt
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
    key = "" if e.erased else alias_key(e.alias)
    made = LocalName(alias=e.alias, name=e.name, lat=e.lat, lon=e.lon, learnt=e.learnt, seq=seq)
    if e.learnt:
        known = Learnt(incident=e.incident, key=key, name=made) if key else Learnt(incident=e.incident)
        board.write("learnt", str(seq), known)
        _show(board, key)
        if len(board.tables["learnt"]) > KEEP_LEARNT:
            oldest = min(board.tables["learnt"], key=int)
            known = board.tables["learnt"][oldest]
            board.write("learnt", oldest, None)
            _show(board, known.key)
    elif key:
        _unlearn(board, lambda one: one.key == key)
        board.write("aliases", key, made)


@_of(ev.PlaceAliasRemoved)
def _removed(board: Board, seq: int, e: ev.PlaceAliasRemoved) -> None:
    if not e.erased:
        key = alias_key(e.alias)
        _unlearn(board, lambda one: one.key == key)
        board.write("aliases", key, None)


def unlearn_of(board: Board, incidents: frozenset[str]) -> None:
    """What was learnt in these is forgotten; what the same words meant before holds again."""
    _unlearn(board, lambda one: one.incident in incidents)


def _unlearn(board: Board, which: Callable[[Learnt], bool]) -> None:
    # The row stays, without words: which ones are the oldest must not depend on what can still be read.
    for seq, one in [(seq, one) for seq, one in board.tables["learnt"].items() if one.key and which(one)]:
        board.write("learnt", seq, Learnt(incident=one.incident))
        _show(board, one.key)


def _show(board: Board, key: str) -> None:
    """The newest that was learnt of these words, unless a person has said what they mean."""
    known = board.tables["aliases"].get(key)
    if not key or (known is not None and not known.learnt):
        return
    same = [one.name for one in board.tables["learnt"].values() if one.key == key and one.name]
    board.write("aliases", key, max(same, key=lambda one: one.seq, default=None))
