"""How notices change the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Notice

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_SETTLED = 200
"""Notices that are sent or given up stay on the board until this many newer ones are there."""

FOLDS, _of = fold_table()


@_of(ev.NoticeOrdered)
def _notice_ordered(board: Board, seq: int, e: ev.NoticeOrdered) -> None:
    board.count("notices")
    made = Notice(
        id=e.notice, ordered=e.at, channel=e.channel, to=e.to, text=e.text, language=e.language, expires=e.expires,
        by=e.by, call=e.call, link=e.link, about=e.about, incident=e.incident,
    )  # fmt: skip
    board.write("notices", e.notice, made)
    board.set_due("notice", e.notice, e.until)
    if len(board.notices) > KEEP_SETTLED:
        settled = (one for one in board.notices.values() if one.settled)
        oldest = min(settled, key=lambda one: (one.settled, one.id), default=None)
        if oldest:
            board.write("notices", oldest.id, None)


@_of(ev.NoticeRepeated)
def _notice_repeated(board: Board, seq: int, e: ev.NoticeRepeated) -> None:
    tries = board.notices[e.notice].tries + 1
    board.change("notices", e.notice, state="waiting", again=0.0, tries=tries)
    board.set_due("notice", e.notice, e.until)


@_of(ev.NoticeSent)
def _notice_sent(board: Board, seq: int, e: ev.NoticeSent) -> None:
    board.change("notices", e.notice, state="sent", again=0.0, settled=e.at, why=None, demo=e.demo)
    board.set_due("notice", e.notice, None)


@_of(ev.NoticeFailed)
def _notice_failed(board: Board, seq: int, e: ev.NoticeFailed) -> None:
    over = {} if e.again else {"settled": e.at}
    state = "failed" if e.again else "given_up"
    board.change("notices", e.notice, state=state, again=e.again, why=e.why, **over)
    board.set_due("notice", e.notice, e.again or None)
