"""What people have begun to write and not sent: kept as they type, thrown away, put back (dispatch/drafting)."""

from __future__ import annotations

from twisted.internet import defer

from console.http.web import Ask, Problem, Reply, Route
from console.parts import Parts
from dispatch.commands import DESK
from dispatch.drafting.draft import Given
from dispatch.drafting.drafts import MOST, NotRead, TooMany

_KEPT_WITHIN = 5.0
_LONGEST_ID = 300
_AWAY = Problem(503, "problem.draft-not-kept")
_GONE = Problem(404, "problem.draft-gone")


def seen(parts: Parts, ask: Ask) -> Reply:
    return parts.drafts.seen_by(ask.actor.user)


async def write(parts: Parts, ask: Ask) -> Reply:
    given, user = ask.json(Given), ask.actor.user
    if given.about.id_for(user) is None:
        raise Problem(400, "problem.draft-of-what")
    try:
        draft, taken = await parts.drafts.write(user, given).addTimeout(_KEPT_WITHIN, parts.reactor)
    except TooMany:
        raise Problem(409, "problem.too-many-drafts", most=MOST) from None
    except (NotRead, defer.TimeoutError):
        raise _AWAY from None
    return {"draft": draft, "taken": taken}


async def discard(parts: Parts, ask: Ask) -> Reply:
    name = ask.text("id", limit=_LONGEST_ID)
    try:
        going = defer.Deferred.fromCoroutine(parts.drafts.discard(ask.actor.user, name))
        gone = await going.addTimeout(_KEPT_WITHIN, parts.reactor)
    except defer.TimeoutError:
        raise _AWAY from None
    if gone is None:
        raise _GONE
    return {"undo": gone}


async def restore(parts: Parts, ask: Ask) -> Reply:
    name = ask.text("id", limit=_LONGEST_ID)
    try:
        coming = defer.Deferred.fromCoroutine(parts.drafts.restore(ask.actor.user, name))
        draft = await coming.addTimeout(_KEPT_WITHIN, parts.reactor)
    except defer.TimeoutError:
        raise _AWAY from None
    if draft is None:
        raise _GONE
    return {"draft": draft}


def routes() -> list[Route]:
    path = "/api/v1/drafts"
    return [
        Route("GET", path, DESK, seen, "What you have begun to write, and what was written in your calls."),
        Route("POST", path, DESK, write, "Keeps a draft; answered when it is on the disk.", Given),
        Route("DELETE", path, DESK, discard, "Throws a draft away; the answer says what puts it back.", query=("id",)),
        Route("POST", f"{path}/restore", DESK, restore, "Puts a draft back that was thrown away.", query=("id",)),
    ]
