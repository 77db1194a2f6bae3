"""What people have begun to write and not sent: kept as they type, thrown away, put back (dispatch/drafting)."""

from __future__ import annotations

import msgspec

from console.http.web import Ask, Problem, Route
from console.http.written import in_time
from console.parts import Parts
from dispatch.commands import DESK
from dispatch.drafting.draft import Draft, DraftWritten
from dispatch.drafting.drafts import MOST, NotRead, TooMany

_KEPT_WITHIN = 5.0
_LATE = "problem.draft-not-kept"
_GONE = Problem(404, "problem.draft-gone")


class Named(msgspec.Struct, frozen=True):
    """`id`: of a draft; to put one back, what was told when it was thrown away."""

    id: str = ""


class DraftKept(msgspec.Struct, frozen=True):
    """The draft as it is now, null when its words have come into the journal; `taken`: what was sent is in it."""

    draft: Draft | None
    taken: bool


class ThrownAway(msgspec.Struct, frozen=True):
    """`undo`: the id by which it can be put back."""

    undo: str


class PutBack(msgspec.Struct, frozen=True):
    draft: Draft


def seen(parts: Parts, ask: Ask) -> dict[str, Draft]:
    return parts.drafts.seen_by(ask.actor.user)


async def write(parts: Parts, ask: Ask) -> DraftKept:
    given, user = ask.json(DraftWritten), ask.actor.user
    if given.about.id_for(user) is None:
        raise Problem(400, "problem.draft-of-what")
    try:
        draft, taken = await in_time(parts, parts.drafts.write(user, given), _LATE, _KEPT_WITHIN)
    except TooMany:
        raise Problem(409, "problem.too-many-drafts", most=MOST) from None
    except NotRead:
        raise Problem(503, _LATE) from None
    return DraftKept(draft, taken)


async def discard(parts: Parts, ask: Ask) -> ThrownAway:
    name = ask.query(Named).id
    gone = await in_time(parts, parts.drafts.discard(ask.actor.user, name), _LATE, _KEPT_WITHIN)
    if gone is None:
        raise _GONE
    return ThrownAway(gone)


async def restore(parts: Parts, ask: Ask) -> PutBack:
    name = ask.query(Named).id
    draft = await in_time(parts, parts.drafts.restore(ask.actor.user, name), _LATE, _KEPT_WITHIN)
    if draft is None:
        raise _GONE
    return PutBack(draft)


def routes() -> list[Route]:
    path, away = "/api/v1/drafts", "Throws a draft away; the answer says what puts it back."
    return [
        Route(
            "GET", path, DESK, seen, "What you have begun to write, and what was written in your calls.", name="drafts"
        ),
        Route(
            "POST", path, DESK, write, "Keeps a draft; answered when it is on the disk.", DraftWritten,
            refuses=(409, 503), name="write_draft",
        ),
        Route("DELETE", path, DESK, discard, away, query=Named, refuses=(404, 503), name="discard_draft"),
        Route(
            "POST", f"{path}/restore", DESK, restore, "Puts a draft back that was thrown away.", query=Named,
            refuses=(404, 503), name="restore_draft",
        ),
    ]  # fmt: skip
