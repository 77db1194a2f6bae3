"""The way a file of folds says which event each of its functions folds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dispatch import events as ev

if TYPE_CHECKING:
    from dispatch.board import Board

Fold = Callable[["Board", int, Any], None]
Register = Callable[[Fold], Fold]
Folds = dict[type[ev.Event], Fold]


def fold_table() -> tuple[Folds, Callable[..., Register]]:
    """(the table, the decorator that puts functions into it under the kinds of events they fold)."""
    table: Folds = {}

    def of(*kinds: type[ev.Event]) -> Register:
        def register(function: Fold) -> Fold:
            for kind in kinds:
                table[kind] = function
            return function

        return register

    return table, of
