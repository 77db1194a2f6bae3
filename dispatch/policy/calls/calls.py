"""Policy for calls: what becomes of each of them, what is ordered, who is called back. Pure.

    state      begins with       ends with
    queued     CallQueued        CallAccepted (a call-taker answers), CallBridged (standing order), CallEnded
    accepted   CallAccepted      CallBridged, or CallQueued again when the order fails
    talking    CallBridged       CallEnded, or CallQueued again when the call-taker's audio breaks
    ended      CallEnded, LegLost

Who is offered a waiting call is decided in distribution.py. A call that ends before a person has heard it owes a
callback.
"""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Hello, Refused, SwitchGone
from dispatch.policy.calls.conversation import not_dialled, taken_over
from dispatch.policy.calls.positions import leg_down, own_seat
from dispatch.policy.queues.distribution import offer_waiting, wait_again
from dispatch.policy.queues.queues import queued
from dispatch.records import Call, Order
from dispatch.world import World
from routing.text import Text, text

_CALLBACK_LAPSES = 86_400.0
_OF_ONE_BOOT = ("switch-disk", "switch-socket", "switch-settings")
"""Alarms of the switch about itself: its next boot looks anew."""


# -- what the switch reports
def _received(board: Board, e: ev.CallReceived, now: float, world: World) -> Decision:
    if e.call in board.calls:
        yield ev.DiscrepancyNoted(at=now, src=e.src, about=e.call, what=text("discrepancy.call-twice"))
        return
    yield e
    yield queued(board, board.calls[e.call], now, world)
    yield from offer_waiting(board, now, world)


def _bridged(board: Board, e: ev.CallBridged, now: float, world: World) -> Decision:
    yield from taken_over(board, e)
    yield e
    yield from _settled_alarms(board, e.call, now)
    owed = board.tables["owed"].get(board.calls[e.call].caller, "")
    if owed:
        yield _callback_done(board, owed, now, text("why.reached-us-again"))
    if e.position not in board.positions:  # the order crossed with a sign-off: nobody on duty has the caller
        yield from wait_again(board, board.calls[e.call], now, world)


def _callback_done(board: Board, owed: str, now: float, why: Text) -> ev.CallbackCleared:
    return ev.CallbackCleared(at=now, call=owed, by="system", why=why, calls=board.callbacks[owed].calls)


def _settled_alarms(board: Board, call: str, now: float) -> Decision:
    """What was alarming about this call is over."""
    for alarm in (f"audio-{call}", f"order-{call}"):
        if alarm in board.alarms:
            yield ev.AlarmCleared(at=now, alarm=alarm, by="system")


def _parted(board: Board, e: ev.CallParted, now: float, world: World) -> Decision:
    yield e
    call = board.calls[e.call]
    if call.state in ("talking", "accepted", "transferred"):
        yield from wait_again(board, call, now, world)


def _ended(board: Board, e: ev.CallEnded | ev.LegLost, now: float, world: World) -> Decision:
    call = board.calls.get(e.call)
    if call is None or call.state == "ended":
        yield ev.DiscrepancyNoted(at=now, src=e.src, about=e.call, what=text("discrepancy.call-not-open"))
        return
    yield e
    lost = isinstance(e, ev.LegLost) or e.by == "failure"
    if not call.test and call.direction == "in" and (lost or not call.answered):
        why = text("why.line-broke" if lost else "why.not-answered")
        urgency, lapses = (2 if lost else 1), now + _CALLBACK_LAPSES
        entry = board.tables["owed"].get(call.caller, "")
        yield ev.CallbackOwed(
            at=now, call=call.id, caller=call.caller, why=why, urgency=urgency, lapses=lapses, entry=entry
        )  # fmt: skip
    yield from _settled_alarms(board, call.id, now)
    for order in [o for o in board.orders.values() if o.call == call.id]:
        if order.do == "hangup":
            yield ev.OrderDone(at=now, order=order.id)
        else:
            yield ev.OrderFailed(at=now, order=order.id, why=text("why.call-ended"))
    yield from offer_waiting(board, now, world)


def _order_failed(board: Board, e: ev.OrderFailed, now: float, world: World) -> Decision:
    order = board.orders.get(str(e.order))
    yield e
    if order:
        yield from _not_done(board, order, e.why, now)
        yield from _undone(board, order, now, world)


def _not_done(board: Board, order: Order, why: Text, now: float) -> Decision:
    """Somebody pressed a key and nothing came of it: it is said. A call that is not answered is told by its end."""
    call = board.calls.get(order.call)
    if call and call.state in ("talking", "transferred") and order.by and order.do != "place":
        yield ev.AlarmRaised(
            at=now,
            alarm=f"order-{order.call}",
            level="warning",
            text=text("alarm.order-failed", order=text(f"do.{order.do}"), why=why),
            call=order.call,
        )


def _order_expired(board: Board, about: str, now: float, world: World) -> Decision:
    order = board.orders[about]
    yield ev.OrderExpired(at=now, order=order.id)
    if order.do not in ("ring", "play"):
        yield ev.AlarmRaised(
            at=now,
            alarm=f"order-{order.call}",
            level="critical",
            text=text("alarm.order-expired", order=text(f"do.{order.do}")),
        )
    yield from _undone(board, order, now, world)


def _undone(board: Board, order: Order, now: float, world: World) -> Decision:
    """Nobody waits any longer for what will not be."""
    call = board.calls.get(order.call)
    if order.do == "dial" and call:
        yield from not_dialled(board, call, order.party, now, world)
    elif order.do == "connect" and call and call.state == "accepted" and call.position == order.position:
        yield queued(board, call, now, world)
        yield from offer_waiting(board, now, world)
    elif order.do == "place" and call and call.state == "accepted":
        over = ev.CallEnded(at=now, call=call.id, by="failure", why=text("why.not-placed"))
        yield from _ended(board, over, now, world)


def hello(board: Board, given: Hello, now: float, world: World) -> Decision:
    """A switch introduced itself. What it no longer holds is lost, and its callers head the callback list."""
    if board.tables["switch"].get("boot") != given.boot:
        yield ev.SwitchConnected(at=now, boot=given.boot)
    if "switch" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm="switch")
    for alarm in [a for a in board.alarms.values() if a.id in _OF_ONE_BOOT and a.boot != given.boot]:
        yield ev.AlarmCleared(at=now, alarm=alarm.id)
    # A call of ours that the switch has not been asked for yet is not lost: the order is repeated now.
    held = {*given.legs, *(order.call for order in board.orders.values() if order.do == "place")}
    for call in [c for c in board.calls.values() if c.state != "ended" and c.id not in held]:
        yield from _ended(board, ev.LegLost(at=now, call=call.id), now, world)
    for seat in list(board.positions.values()):
        if seat.leg and given.positions.get(seat.id) != seat.leg:
            down = ev.PositionLegDown(at=now, position=seat.id, leg=seat.leg, why=text("why.switch-lost-it"))
            yield from leg_down(board, down, now, world)
    for position, (leg, _) in list(board.tables["legs"].items()):
        if given.positions.get(position) != leg:
            yield ev.PositionLegDown(at=now, position=position, leg=leg, why=text("why.switch-lost-it"))


def gone(board: Board, given: SwitchGone, now: float, world: World) -> Decision:
    """The switch is not reachable: everybody is told; calls are only lost when its next boot says so."""
    if board.tables["switch"].get("boot") != given.boot:
        return
    yield ev.SwitchLost(at=now, boot=given.boot)
    yield ev.AlarmRaised(
        at=now,
        alarm="switch",
        level="critical",
        text=text("alarm.switch-lost"),
    )


# -- what people ask for
def known_call(board: Board, call: str) -> Call:
    """Raises Refused for one that is not on the board."""
    if call not in board.calls:
        raise Refused("refused.call-unknown", call=call)
    return board.calls[call]


def _answer(board: Board, c: cmd.AnswerCall, actor: Actor, now: float, world: World) -> Decision:
    seat, call = own_seat(board, c.position, actor), known_call(board, c.call)
    if call.state != "queued":
        raise Refused("refused.call-taken-by", user=call.user) if call.user else Refused("refused.call-taken")
    if seat.call:
        raise Refused("refused.end-current-call")
    if not seat.leg:
        raise Refused("refused.no-audio")
    yield ev.CallAccepted(at=now, call=call.id, position=seat.id, by=actor.user)
    until = now + world.policy.order_for
    yield ev.OrderIssued(at=now, do="connect", call=call.id, position=seat.id, expires=until)


def _hang_up(board: Board, c: cmd.HangUp, actor: Actor, now: float, world: World) -> Decision:
    call = known_call(board, c.call)
    if call.state == "ended":
        raise Refused("refused.call-ended")
    if call.state == "queued":
        raise Refused("refused.answer-before-ending")
    if call.state == "transferred":
        raise Refused("refused.take-over-before-ending")
    own_seat(board, call.position, actor)
    yield ev.OrderIssued(at=now, do="hangup", call=call.id, expires=now + world.policy.order_for)


def _dispose(board: Board, c: cmd.DisposeCall, actor: Actor, now: float, world: World) -> Decision:
    known_call(board, c.call)
    yield ev.CallDisposed(at=now, call=c.call, disposition=c.disposition, by=actor.user)


def _clear_callback(board: Board, c: cmd.ClearCallback, actor: Actor, now: float, world: World) -> Decision:
    if c.call not in board.callbacks:
        raise Refused("refused.callback-done")
    calls = board.callbacks[c.call].calls
    yield ev.CallbackCleared(at=now, call=c.call, by=actor.user, reason=c.reason, calls=calls)


def _callback_lapsed(board: Board, about: str, now: float, world: World) -> Decision:
    yield _callback_done(board, about, now, text("why.day-passed"))


def _clear_alarm(board: Board, c: cmd.ClearAlarm, actor: Actor, now: float, world: World) -> Decision:
    if c.alarm not in board.alarms:
        raise Refused("refused.alarm-cleared")
    yield ev.AlarmCleared(at=now, alarm=c.alarm, by=actor.user)


COMMANDS = {
    cmd.AnswerCall: _answer,
    cmd.HangUp: _hang_up,
    cmd.DisposeCall: _dispose,
    cmd.ClearCallback: _clear_callback,
    cmd.ClearAlarm: _clear_alarm,
}
REPORTS = {
    ev.CallReceived: _received,
    ev.CallBridged: _bridged,
    ev.CallParted: _parted,
    ev.CallEnded: _ended,
    ev.LegLost: _ended,
    ev.OrderFailed: _order_failed,
}
DEADLINES = {"order": _order_expired, "callback": _callback_lapsed}
