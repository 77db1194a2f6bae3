"""How the page on a caller's telephone changes the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Asking, Link, Photo

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.LinkSent)
def _link_sent(board: Board, seq: int, e: ev.LinkSent) -> None:
    known = board.links.get(e.call)
    made = Link(
        call=e.call, to=e.to, channel=e.channel, by=e.by, notice=e.notice, digest=e.digest, sent=e.at,
        expires=e.expires, since=e.at,
    )  # fmt: skip
    if known is not None and known.to != e.to:  # somebody else: nothing of the one before is theirs
        revoke(board, e.call)
        before = board.links[e.call]
        known = msgspec.structs.replace(
            before, since=e.at, consents=(), opened=0.0, agent="", opens=0, agreed=0
        )  # fmt: skip
    if known is not None:
        made = msgspec.structs.replace(
            known, to=e.to, channel=e.channel, by=e.by, notice=e.notice, digest=e.digest, sent=e.at,
            expires=e.expires, closed=0.0,
        )  # fmt: skip
    board.write("links", e.call, made)
    board.write("pages", e.digest, e.call)
    board.set_due("link", e.call, e.expires)


def revoke(board: Board, call: str) -> None:
    """No key that was sent for this call opens anything from now on, and nobody is let in any more."""
    for digest in [digest for digest, known in board.tables["pages"].items() if known == call]:
        board.write("pages", digest, None)
    board.change("links", call, browsers=(), asking=(), denied=())


@_of(ev.LinkOpened)
def _link_opened(board: Board, seq: int, e: ev.LinkOpened) -> None:
    known = board.links[e.call]
    browsers = known.browsers or (e.browser,)
    board.change("links", e.call, opened=known.opened or e.at, agent=e.agent, opens=known.opens + 1, browsers=browsers)


@_of(ev.LinkAsked)
def _link_asked(board: Board, seq: int, e: ev.LinkAsked) -> None:
    asking = (*board.links[e.call].asking, Asking(browser=e.browser, at=e.at, agent=e.agent))
    board.change("links", e.call, asking=asking)


@_of(ev.LinkAnswered)
def _link_answered(board: Board, seq: int, e: ev.LinkAnswered) -> None:
    known = board.links[e.call]
    asking = tuple(one for one in known.asking if one.browser != e.browser)
    kept = "browsers" if e.allowed else "denied"
    board.change("links", e.call, asking=asking, **{kept: (*getattr(known, kept), e.browser)})


@_of(ev.LinkConsented)
def _link_consented(board: Board, seq: int, e: ev.LinkConsented) -> None:
    known = board.links[e.call]
    others = tuple(what for what in known.consents if what != e.what)
    if e.withdrawn:
        board.change("links", e.call, consents=others)
    else:
        board.change("links", e.call, consents=(*others, e.what), agreed=known.agreed + 1)


@_of(ev.LinkClosed)
def _link_closed(board: Board, seq: int, e: ev.LinkClosed) -> None:
    revoke(board, e.call)
    board.change("links", e.call, closed=e.at)
    board.set_due("link", e.call, None)


@_of(ev.PhotoReceived)
def _photo_received(board: Board, seq: int, e: ev.PhotoReceived) -> None:
    photo = Photo(at=e.at, digest=e.digest, size=e.size, type=e.type, width=e.width, height=e.height)
    board.change("links", e.call, photos=(*board.links[e.call].photos, photo))


@_of(ev.LocationReceived)
def _place_counted(board: Board, seq: int, e: ev.LocationReceived) -> None:
    if e.location.source == "link" and e.call in board.links:
        board.change("links", e.call, places=board.links[e.call].places + 1, last_place=e.at)


@_of(ev.TextReceived)
def _line_counted(board: Board, seq: int, e: ev.TextReceived) -> None:
    if e.via == "link" and e.call in board.links:
        board.change("links", e.call, texts=board.links[e.call].texts + 1)
