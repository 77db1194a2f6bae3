"""Policy for positions, the call-takers' seats: who sits there, whether it is ready, whether its audio is up. Pure."""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.policy.queues.distribution import offer_waiting, wait_again, withdraw_offers
from dispatch.records import Call, Position
from dispatch.world import World
from routing.text import text


def own_seat(board: Board, position: str, actor: Actor) -> Position:
    seat = board.positions.get(position)
    if seat is None or (seat.user != actor.user and actor.role != cmd.SUPERVISOR):
        raise Refused("refused.position-not-yours", position=position)
    return seat


# -- what the switch reports
def _leg_up(board: Board, e: ev.PositionLegUp, now: float, world: World) -> Decision:
    yield e
    seat = board.positions.get(e.position)
    if seat and e.user not in ("", seat.user):
        what = text("discrepancy.other-user", user=e.user, position=seat.id, owner=seat.user)
        yield ev.DiscrepancyNoted(at=now, about=seat.id, what=what)
        yield ev.OrderIssued(at=now, do="hangup", position=seat.id, expires=now + world.policy.order_for)
    yield from offer_waiting(board, now, world)


def leg_down(board: Board, e: ev.PositionLegDown, now: float, world: World) -> Decision:
    seat = board.positions.get(e.position)
    yield e
    if seat is None or seat.leg != e.leg:
        return
    call = board.calls.get(seat.call)
    if call and call.position != seat.id:  # it listened, or had joined
        yield ev.PositionParted(at=now, call=call.id, position=seat.id)
    elif call and call.state in ("talking", "accepted"):
        kept = list(_kept_by_others(board, call, now))
        yield from kept or wait_again(board, call, now, world)
    yield from withdraw_offers(board, seat, now, world)


def _kept_by_others(board: Board, call: Call, now: float) -> Decision:
    """Somebody else is with the caller: the call goes on with them. Nothing is yielded when nobody is."""
    for member in call.members:
        if member.kind == "position" and member.mode in ("talk", "muted") and member.id in board.positions:
            user = board.positions[member.id].user
            yield ev.CallTakenOver(at=now, call=call.id, position=member.id, by=user, before=call.position)
            return
    for member in call.members:
        if member.kind == "party":
            yield ev.CallTransferred(at=now, call=call.id, party=member.id, by="system")
            return


# -- what people ask for
def _sign_on(board: Board, c: cmd.SignOn, actor: Actor, now: float, world: World) -> Decision:
    if not c.position:
        raise Refused("refused.position-unnamed")
    seat = board.positions.get(c.position)
    if seat and seat.user != actor.user:
        raise Refused("refused.position-taken", position=c.position, user=seat.user)
    for other in [p for p in board.positions.values() if p.user == actor.user]:
        if other.call:
            raise Refused("refused.finish-call")
        yield ev.PositionClosed(at=now, position=other.id, why=text("why.signed-on-again"))
        yield from withdraw_offers(board, other, now, world)
    yield ev.PositionOpened(
        at=now, position=c.position, user=actor.user, media=c.media, skills=tuple(sorted(actor.skills))
    )
    yield ev.PositionReady(at=now, position=c.position, ready=c.ready)
    yield from offer_waiting(board, now, world)


def _sign_off(board: Board, c: cmd.SignOff, actor: Actor, now: float, world: World) -> Decision:
    seat = own_seat(board, c.position, actor)
    if seat.call:
        raise Refused("refused.end-call-to-leave")
    yield ev.PositionClosed(at=now, position=seat.id, why=text("why.signed-off"))
    yield from withdraw_offers(board, seat, now, world)


def _set_ready(board: Board, c: cmd.SetReady, actor: Actor, now: float, world: World) -> Decision:
    seat = own_seat(board, c.position, actor)
    if not c.ready and c.reason and world.not_ready and c.reason not in world.not_ready:
        raise Refused("refused.reason-unknown", reason=c.reason, reasons=tuple(sorted(world.not_ready)))
    yield ev.PositionReady(at=now, position=seat.id, ready=c.ready, reason=c.reason)
    yield from offer_waiting(board, now, world) if c.ready else withdraw_offers(board, seat, now, world)


COMMANDS = {cmd.SignOn: _sign_on, cmd.SignOff: _sign_off, cmd.SetReady: _set_ready}
REPORTS = {ev.PositionLegUp: _leg_up, ev.PositionLegDown: leg_down}
