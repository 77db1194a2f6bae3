"""Policy for what is asked of vehicles that call by themselves (eCall, RFC 8147). Pure."""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.world import World


def _request_msd(board: Board, c: cmd.RequestMsd, actor: Actor, now: float, world: World) -> Decision:
    call = board.calls.get(c.call)
    if call is None or call.state not in ("talking", "transferred"):
        raise Refused("refused.answer-vehicle")
    if call.msd is None and ".ecall" not in call.service:
        raise Refused("refused.no-vehicle")
    until = now + world.policy.order_for
    yield ev.OrderIssued(at=now, do="msd", call=call.id, expires=until, by=actor.user)


COMMANDS = {cmd.RequestMsd: _request_msd}
