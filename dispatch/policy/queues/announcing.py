"""Policy of what callers are told while they wait: their place in the queue, again and again. Pure.

One deadline serves all callers: at most `_AT_ONCE` are told each second, those at the head first. So a thousand callers
who wait cost the journal and the switch no more than a hundred do.
"""

from __future__ import annotations

from collections import Counter

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.queues.queues import in_order, waiting
from dispatch.records import Call
from dispatch.world import World

HIGHEST = 20
"""Places beyond this are told as "more than twenty"."""
_AT_ONCE = 5
_KEY = "places:queue"


def _announced(board: Board, e: ev.AnnouncementStarted, now: float, world: World) -> Decision:
    every = world.policy.announce_every
    if every and _KEY not in board.deadlines and board.calls[e.call].state == "queued":
        yield ev.PlacesTold(at=now, next=now + every)


def _due(board: Board, about: str, now: float, world: World) -> Decision:
    every, places = world.policy.announce_every, Counter[str]()
    told: list[tuple[Call, int]] = []
    later: list[float] = []
    for call in in_order(waiting(board), now, world) if every else ():
        places[call.queue] += 1
        if not _hears(call):
            continue
        again = max(call.told, call.announced, call.waiting_since) + every
        if again > now:
            later.append(again)
        elif len(told) < _AT_ONCE:
            told.append((call, places[call.queue]))
        else:
            later.append(now)
    later += [now + every] if told else []
    following = max(now + 1.0, min(later)) if later else 0.0
    yield ev.PlacesTold(at=now, calls=tuple((call.id, place) for call, place in told), next=following)
    until = now + world.policy.order_for
    for call, place in told:
        number = f"number_{place}" if place <= HIGHEST else "number_many"
        sounds = ("queue_position", number, "please_wait")
        yield ev.OrderIssued(at=now, do="play", call=call.id, sounds=sounds, expires=until)


def _hears(call: Call) -> bool:
    """Connected, and nobody is being called for them."""
    return bool(call.announced) and not call.members and "audio" in call.media


FOLLOWS = {ev.AnnouncementStarted: _announced}
DEADLINES = {"places": _due}
