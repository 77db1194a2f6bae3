"""Policy for callers of whom nothing is heard. Pure.

A caller who waits, is connected, and is silent is asked to press 5 if they cannot speak: at most `PROMPTS` times,
`AGAIN` seconds apart. Who presses 5 goes first (priority.py); any sound, key or line ends the asking. Nobody is hung up
on by it. Only where the supervisor has set `hang_up_silent` is a line ended that never gave a sound, did not answer
three prompts, and has been silent for so long; its number is owed a callback, so that a person looks all the same.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.queues import priority
from dispatch.records import Call
from dispatch.world import World

PROMPTS = 3
AGAIN = 20.0


def _is_asked(call: Call | None) -> bool:
    """Whether somebody is there who might press a key, and with whom nobody speaks."""
    if call is None or call.state != "queued" or call.test or call.direction != "in" or "audio" not in call.media:
        return False
    return bool(call.silent_since) and not call.digits and not call.lines and not call.members


def _play(call: Call, sounds: tuple[str, ...], now: float, world: World) -> ev.OrderIssued:
    return ev.OrderIssued(at=now, do="play", call=call.id, sounds=sounds, expires=now + world.policy.order_for)


def _noted(board: Board, e: ev.SilenceNoted, now: float, world: World) -> Decision:
    call = board.calls.get(e.call)
    if not e.heard and call and call.prompts < PROMPTS and _is_asked(call):
        yield from _ask(call, now, world)


def _ask(call: Call, now: float, world: World) -> Decision:
    yield ev.CallerPrompted(at=now, call=call.id, times=call.prompts + 1, again=now + AGAIN)
    yield _play(call, ("silent",), now, world)


def _asked(board: Board, about: str, now: float, world: World) -> Decision:
    call = board.calls[about]
    if call.prompts < PROMPTS and _is_asked(call):
        yield from _ask(call, now, world)
        return
    after, since = world.policy.hang_up_silent, call.silent_since
    may_be_ended = after > 0 and call.never_heard and _is_asked(call)
    let_go = max(now, since + after) if may_be_ended else 0.0
    yield ev.PromptsUnanswered(at=now, call=about, times=call.prompts, let_go=let_go)


def _let_go(board: Board, about: str, now: float, world: World) -> Decision:
    call = board.calls[about]
    if not (world.policy.hang_up_silent > 0 and call.never_heard and _is_asked(call)):
        yield ev.PromptsUnanswered(at=now, call=about, times=call.prompts)
        return
    yield ev.SilentLetGo(at=now, call=about, seconds=round(now - call.silent_since, 1), prompts=call.prompts)
    yield ev.OrderIssued(at=now, do="hangup", call=about, expires=now + world.policy.order_for)


def _announced(board: Board, e: ev.AnnouncementStarted, now: float, world: World) -> Decision:
    """A suspected caller is asked to press 5 as soon as there is a voice to ask."""
    call = board.calls[e.call]
    sounds = priority.prompt(call) if "audio" in call.media else ()
    if sounds:
        yield _play(call, sounds, now, world)


FOLLOWS = {ev.SilenceNoted: _noted, ev.AnnouncementStarted: _announced}
DEADLINES = {"silent": _asked, "let_go": _let_go}
