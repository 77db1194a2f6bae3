"""Policy for streets that are closed on the map, and for rain and tide.

A closure counts from the next ranking on. What it means for incidents that are open already is looked at incident by
incident, soon after (deadline `review`): a ranking that comes out otherwise is put down anew, and of a unit under way
that comes later for a street that was closed since it was sent, an alarm tells the dispatcher (`way-` and the
assignment). What people say of rain and water holds for three hours unless they say longer; then the clock takes
it back.
"""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused, World
from routing.closures import MOST_PIECES, checked
from routing.location import Malformed

MOST_CLOSURES = 200
HOLDS_S = 3 * 3600.0


def _still_to_come(until: float, now: float) -> None:
    if until and until <= now:
        raise Refused(
            "Waktu berakhirnya sudah lewat; tulis waktu yang akan datang, atau kosongkan.",
            "The time at which it ends is past; give one that is to come, or none.",
        )


def _close(board: Board, c: cmd.CloseStreet, actor: Actor, now: float, world: World) -> Decision:
    if len(board.closures) >= MOST_CLOSURES:
        raise Refused(
            f"Sudah ada {MOST_CLOSURES} penutupan; buka yang tidak berlaku lagi dahulu.",
            f"There are {MOST_CLOSURES} closures already; open those first that no longer hold.",
        )
    _still_to_come(c.until, now)
    try:
        drawn = checked(c.drawn)
    except Malformed as wrong:
        raise Refused(
            f"Gambar itu tidak dapat dipakai: {wrong}. Gambar lagi.", f"That cannot be used: {wrong}. Draw it again."
        ) from None
    found = world.streets_under(drawn)
    if not found.pieces:
        raise Refused(
            "Tidak ada jalan di dalamnya; gambar di atas jalan.", "There is nothing within it; draw over the street."
        )
    if len(found.pieces) > MOST_PIECES:
        raise Refused(
            f"Gambar itu menutup {len(found.pieces)} ruas jalan, paling banyak {MOST_PIECES}; gambar lebih kecil.",
            f"That closes {len(found.pieces)} pieces of street, at most {MOST_PIECES} go; draw a smaller one.",
        )
    yield ev.StreetClosed(
        at=now,
        closure=f"J-{board.counter('closures') + 1:05d}",
        drawn=drawn,
        by=actor.user,
        stops=c.stops,
        why=c.why.strip(),
        until=c.until,
        pieces=len(found.pieces),
        streets=found.streets,
    )


def _reopen(board: Board, c: cmd.ReopenStreet, actor: Actor, now: float, world: World) -> Decision:
    if c.closure not in board.closures:
        raise Refused(
            f"Penutupan {c.closure} tidak ada lagi; jalannya sudah dibuka.",
            f"There is no closure {c.closure} any more; the street is open.",
        )
    yield ev.StreetReopened(at=now, closure=c.closure, by=actor.user)


def _set_conditions(board: Board, c: cmd.SetConditions, actor: Actor, now: float, world: World) -> Decision:
    _still_to_come(c.until, now)
    by_hand = c.rain or c.tide_m is not None
    until = (c.until or now + HOLDS_S) if by_hand else 0.0
    yield ev.ConditionsSet(at=now, by=actor.user, rain=c.rain, tide_m=c.tide_m, until=until)


def _over(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.StreetReopened(at=now, closure=about)


def _lapsed(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.ConditionsSet(at=now)


def _review(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.WaysReviewed(at=now, incident=about)


COMMANDS = {cmd.CloseStreet: _close, cmd.ReopenStreet: _reopen, cmd.SetConditions: _set_conditions}
DEADLINES = {"reopen": _over, "conditions": _lapsed, "review": _review}
