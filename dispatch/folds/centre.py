"""Orders, alarms, the switch, and up to which change of accounts the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Alarm, Order

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


_ORDER_FIELDS = tuple(name for name in Order.__struct_fields__ if name not in ("id", "issued"))


@_of(ev.OrderIssued)
def _order_issued(board: Board, seq: int, e: ev.OrderIssued) -> None:
    made = Order(id=seq, issued=e.at, **{name: getattr(e, name) for name in _ORDER_FIELDS})
    board.write("orders", str(seq), made)
    board.set_due("order", str(seq), e.expires)


@_of(ev.OrderDone, ev.OrderFailed, ev.OrderExpired)
def _order_settled(board: Board, seq: int, e: ev.OrderDone | ev.OrderFailed | ev.OrderExpired) -> None:
    if str(e.order) in board.orders:
        board.write("orders", str(e.order), None)
        board.set_due("order", str(e.order), None)


@_of(ev.AlarmRaised)
def _alarm_raised(board: Board, seq: int, e: ev.AlarmRaised) -> None:
    made = Alarm(
        id=e.alarm, level=e.level, since=e.at, text=e.text, incident=e.incident,
        call=e.call, alert=e.alert, boot=e.src[0] if e.src else "",
    )  # fmt: skip
    board.write("alarms", e.alarm, made)


@_of(ev.AlarmCleared)
def _alarm_cleared(board: Board, seq: int, e: ev.AlarmCleared) -> None:
    board.write("alarms", e.alarm, None)


@_of(ev.AccountChanged)
def _account_changed(board: Board, seq: int, e: ev.AccountChanged) -> None:
    board.write("counters", "account_changes", max(board.counter("account_changes"), e.number))


@_of(ev.CatalogueInForce)
def _catalogue_in_force(board: Board, seq: int, e: ev.CatalogueInForce) -> None:
    board.write("catalogues", e.language, e.digest or None)


@_of(ev.SwitchConnected)
def _switch_connected(board: Board, seq: int, e: ev.SwitchConnected) -> None:
    board.write("switch", "boot", e.boot)


@_of(ev.SwitchLost)
def _switch_lost(board: Board, seq: int, e: ev.SwitchLost) -> None:
    board.write("switch", "boot", None)
