"""Where units are: what trackers send, in; who is near a place, out."""

from __future__ import annotations

from console.parts import Parts
from console.web import Ask, Problem, Route
from dispatch import events as ev
from dispatch.commands import ADMIN, AUDITOR, DISPATCHER, RESPONDER, SUPERVISOR, TRACKER
from dispatch.sightings import Sender, Taken
from dispatch.trackers import read_body, read_query
from routing.location import Malformed

_QUERY = ("lat", "lon", "timestamp", "id", "speed", "mps", "bearing", "accuracy", "token")
_ALSO = ("deviceid", "heading", "hdop", "valid")


def take(parts: Parts, ask: Ask) -> Taken:
    bound = ask.actor.role in (RESPONDER, TRACKER)
    sender = Sender(ask.actor.user, ask.actor.unit if bound else "")
    if ask.actor.role == RESPONDER and not sender.unit:
        raise Problem(
            403, "Akun ini tidak punya unit; minta admin memberinya.", "This account has no unit; ask the admin."
        )
    now = parts.room.now()
    try:
        if ask.request.args.get(b"lat"):
            readings = [read_query({name: ask.text(name) for name in _QUERY + _ALSO}, now)]
        else:
            readings = read_body(ask.body(), now)
    except Malformed as wrong:
        parts.sightings.wrong(sender, str(wrong))
        raise Problem(400, f"Posisi tidak terbaca: {wrong}", f"The position is not readable: {wrong}") from None
    return parts.sightings.take(sender, readings)


def routes() -> list[Route]:
    may = frozenset({TRACKER, RESPONDER, DISPATCHER, SUPERVISOR, ADMIN}) - {AUDITOR}
    says = "Positions: OsmAnd query, OwnTracks or Traccar JSON, or a list of fixes."
    return [
        Route("POST", "/api/v1/fixes", may, take, says, list[ev.Fix], Taken, query=_QUERY),
        Route(
            "GET", "/api/v1/fixes", may, take, "The same, for trackers that only send GET.", None, Taken, query=_QUERY
        ),
    ]
