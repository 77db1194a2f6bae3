"""What may be erased by law: only what is over. Who orders it, and by which provision, is asked elsewhere."""

from __future__ import annotations

from dispatch.board import Board
from routing.text import Text, text


def why_not(board: Board, call: str = "", incident: str = "") -> Text | None:
    """Why nothing of this call, or of this incident, may be erased now; None when it may."""
    lasts = call in board.calls and board.calls[call].state != "ended"
    if lasts or (incident in board.incidents and board.incidents[incident].state != "closed"):
        return text("problem.erase-open", about=call or incident)
    if call and any(call in (one.call, *one.calls) for one in board.callbacks.values()):
        return text("problem.erase-owed", call=call)
    return None
