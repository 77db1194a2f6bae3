"""Orders to the outside world and what became of them."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import OrderKind, OrderMode
from routing.text import Text


class OrderIssued(Event):
    """An instruction to the outside world; its number is its place in the journal. Pending until a fact
    confirms it or `expires` (seconds since 1970). To the switch, `do` is

        connect   call to `position`; mode talk takes the place of the position that had it; barge, listen and whisper
                  join
        mode      of the caller, or of `position` or `party` at the call: talk, muted, held
        leave     `position` leaves the conversation
        dial      `uri` into the call as `party`
        place     a new call to `uri`, for `position`
        hangup    the call, the audio of `position`, or `party`; with mode unheard only when no sound comes from it
        ring      `position`
        play      `sounds` to the caller, one after the other
        dtmf      `text` as keys to the caller or `party`
        text      `text` to the caller
        canary    a test call to `uri`, named by `call`
        msd       asks the caller's vehicle for newer data (RFC 8147)
        inform    `body` of type `body_type` to the caller's phone, by INFO
    """

    do: OrderKind
    expires: float
    call: str = ""
    position: str = ""
    party: str = ""
    mode: OrderMode = ""
    uri: Annotated[str, PERSONAL] = ""
    headers: Annotated[dict[str, str], PERSONAL] = {}
    body: Annotated[str, PERSONAL] = ""
    body_type: str = ""
    sounds: tuple[str, ...] = ()
    text: Annotated[str, PERSONAL] = ""
    by: str = ""  # who asked for it


class OrderDone(Event):
    """`journal`: in whose entries `order` is the number, as the switch was told it; "" for this one's."""

    order: int
    journal: str = ""


class OrderFailed(Event):
    order: int
    why: Text
    journal: str = ""


class OrderExpired(Event):
    order: int
