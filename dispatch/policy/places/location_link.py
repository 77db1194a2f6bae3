"""Policy for the page on a caller's telephone: when it is sent, what it may tell, when it closes.

    state    begins with    ends with
    open     LinkSent       LinkClosed (its time is over, or somebody closed it), LinkSent to another number

Each sending gives a key of its own to its number: sent to another one, closed or over, the keys before open nothing,
and whoever gets the next key sees and agrees to nothing of the one before. The first browser that opens a page is let
in; another one with the same key (a forwarded message, a shared telephone) asks, and sees nothing until a call-taker
has asked the caller.

Whoever is let in can tell of this one call and nothing else. It takes nothing that the person did not agree to, and not
more than a person sends: a page that was taken over must not fill the journal. It goes on after the call has ended, so
that a caller whose line broke can still be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.exchange.handover import digest_of
from dispatch.inputs import Decision, Posted, Refused
from dispatch.policy.incidents.notices import order
from dispatch.policy.places.locations import located
from dispatch.records import Link
from dispatch.world import World
from routing.numbers import e164
from routing.text import Text, text

MAX_PLACES, PLACE_EVERY = 2000, 1.0
MAX_PHOTOS, MAX_TEXTS, MAX_OPENS, MAX_AGREED = 20, 500, 50, 50
MAX_LETTERS, MAX_ASKING = 1000, 5
_NOTICE_FOR = 300.0
_AGAIN_AFTER = 10.0
_TEXT = text("notice.location-link")
"""Together with a link not longer than one SMS of 160."""


def key_of(notice: str, to: str, world: World) -> str:
    """The secret part of the address that this notice brings to this number."""
    return world.key(f"link/{notice}/{to}")


def link_of(board: Board, page: str) -> Link | None:
    """The open page that the key with this digest opens."""
    return board.links.get(board.tables["pages"].get(page, ""))


def let_in(link: Link, browser: str) -> bool:
    return not link.browsers or browser in link.browsers


def by_link(board: Board, call: str) -> bool:
    """Whether a written line reaches this caller by the page: it was opened, or there is no other way."""
    link = board.links.get(call)
    if link is None or link.closed:
        return False
    known = board.calls[call]
    writes = "text" in known.media or any(line.via != "link" for line in known.lines)
    return bool(link.opened) or not writes or known.state == "ended"


# -- what people ask for
def _send(board: Board, c: cmd.SendLocationLink, actor: Actor, now: float, world: World) -> Decision:
    call = board.calls.get(c.call)
    if call is None:
        raise Refused("refused.call-unknown", call=c.call)
    if call.test:
        raise Refused("refused.test-call-sends-nothing")
    number = e164(c.to) or call.caller
    if not re.fullmatch(r"\+\d{7,15}", number):
        raise Refused("refused.number-takes-no-message")
    if refusal := world.dialling.why_not(number):
        raise Refused(refusal)
    if c.channel not in world.channels:
        raise Refused("refused.channel-not-set-up", channel=c.channel)
    sent = board.links.get(call.id)
    if sent and sent.to == number and now - sent.sent < _AGAIN_AFTER:
        raise Refused("refused.link-just-sent")
    language = call.languages[0].lower().partition("-")[0] if call.languages else ""
    about = {"by": actor.user, "call": call.id, "link": call.id, "language": language}
    notice = order(board, now, c.channel, number, _TEXT, _NOTICE_FOR, **about)
    yield notice
    yield ev.LinkSent(
        at=now, call=call.id, to=number, channel=c.channel, by=actor.user, notice=notice.notice,
        digest=digest_of(key_of(notice.notice, number, world)), expires=now + world.policy.link_hours * 3600,
    )  # fmt: skip


def _close(board: Board, c: cmd.CloseLink, actor: Actor, now: float, world: World) -> Decision:
    link = board.links.get(c.call)
    if link is None or link.closed:
        raise Refused("refused.link-closed")
    yield ev.LinkClosed(at=now, call=c.call, by=actor.user)


def _answer_browser(board: Board, c: cmd.AnswerBrowser, actor: Actor, now: float, world: World) -> Decision:
    link = board.links.get(c.call)
    if link is None or all(one.browser != c.browser for one in link.asking):
        raise Refused("refused.browser-gone")
    yield ev.LinkAnswered(at=now, call=c.call, browser=c.browser, allowed=c.allowed, by=actor.user)


def _expired(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.LinkClosed(at=now, call=about)


# -- what the page tells
def posted(board: Board, given: Posted, now: float, world: World) -> Decision:
    event = given.event
    link = link_of(board, given.page)
    if link is None or link.call != getattr(event, "call", ""):
        raise Refused("refused.link-invalid")
    opens, agent = isinstance(event, ev.LinkOpened), getattr(event, "agent", "")
    if not let_in(link, given.browser):
        if not opens:
            raise Refused(NOT_LET_IN)
        asked = {*link.denied, *(one.browser for one in link.asking)}
        if given.browser and given.browser not in asked and len(asked) < MAX_ASKING:
            yield ev.LinkAsked(at=now, call=link.call, browser=given.browser, agent=agent)
            yield from _told(board, link, event, now)
        return
    refusal = _POSTED[type(event)](link, event, now)
    if refusal:
        raise Refused(refusal)
    if opens and link.opens >= MAX_OPENS:
        return
    if not opens and not link.browsers:
        yield ev.LinkOpened(at=now, call=link.call, browser=given.browser)
    if isinstance(event, ev.LocationReceived):
        yield from located(board, event, now, world)
    else:
        yield msgspec.structs.replace(event, browser=given.browser) if opens else event
    yield from _told(board, link, event, now)


NOT_LET_IN = text("refused.browser-not-let-in")
_ENOUGH = text("refused.enough-was-sent")


def _without(link: Link, what: str) -> Text | None:
    return None if what in link.consents else text("refused.not-agreed")


def _consent(link: Link, event: ev.LinkConsented, now: float) -> Text | None:
    """It can always be withdrawn."""
    return _ENOUGH if link.agreed >= MAX_AGREED and not event.withdrawn else None


def _place(link: Link, event: ev.LocationReceived, now: float) -> Text | None:
    if link.places >= MAX_PLACES:
        return _ENOUGH
    if now - link.last_place < PLACE_EVERY:
        return text("refused.places-too-often")
    return _without(link, "location")


def _photo(link: Link, event: ev.PhotoReceived, now: float) -> Text | None:
    return _ENOUGH if len(link.photos) >= MAX_PHOTOS else _without(link, "photos")


def _text(link: Link, event: ev.TextReceived, now: float) -> Text | None:
    return _ENOUGH if link.texts >= MAX_TEXTS else _without(link, "chat")


_POSTED: dict[type[ev.Event], Callable[..., Text | None]] = {
    ev.LinkOpened: lambda link, event, now: None,
    ev.LinkConsented: _consent,
    ev.LocationReceived: _place,
    ev.PhotoReceived: _photo,
    ev.TextReceived: _text,
}


def _told(board: Board, link: Link, event: ev.Event, now: float) -> Decision:
    """Nobody looks at a call that has ended, so that what its caller sends is an alarm."""
    call, alarm = board.calls[link.call], f"link-{link.call}"
    asks = isinstance(event, ev.LinkOpened) and bool(board.links[link.call].asking)
    silent = isinstance(event, ev.LinkOpened | ev.LinkConsented) and not asks
    if call.state != "ended" or silent or alarm in board.alarms:
        return
    yield ev.AlarmRaised(
        at=now,
        alarm=alarm,
        level="warning",
        text=text("alarm.link-after-call", to=link.to, call=link.call),
        incident=call.incident,
        call=call.id,
    )


def _answered(board: Board, event: ev.TextSent, now: float, world: World) -> Decision:
    """Somebody took care of what the page sent after the call."""
    alarm = f"link-{event.call}"
    if alarm in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=alarm, by=event.by)


COMMANDS = {cmd.SendLocationLink: _send, cmd.CloseLink: _close, cmd.AnswerBrowser: _answer_browser}
DEADLINES = {"link": _expired}
FOLLOWS = {ev.TextSent: _answered}
