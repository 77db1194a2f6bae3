"""The API of erasure: what was recorded of a call or an incident, when the law wants it gone.

One entry does it: it takes the keys of the call or the incident away, so that nobody reads any more what the journal
says of the person, and names the files that go after it. No other entry changes.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from twisted.internet import threads

from console.api.audit import look_kept
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import ADMIN, Id
from dispatch.journal.erasure import reach_of_call, reach_of_incident
from dispatch.journal.recordings import KeptFiles
from dispatch.policy.calls.erasures import why_not

_Words = Annotated[str, msgspec.Meta(min_length=3, max_length=200)]


class Erasure(msgspec.Struct, frozen=True):
    """Of a `call` or of an `incident`. `rule`: the provision that orders it, such as "UU 27/2022 pasal 43"; `letter`:
    the decision's number and date."""

    rule: _Words
    letter: _Words
    call: Id = ""
    incident: Id = ""


class ErasureDone(msgspec.Struct, frozen=True, kw_only=True):
    """What was erased: `call` or `incident`; how many files of it the entry has `named`, and how many of them were
    there and are `erased`."""

    call: str
    incident: str
    named: int
    erased: int


async def erase(parts: Parts, ask: Ask) -> ErasureDone:
    given = ask.json(Erasure)
    if bool(given.call) == bool(given.incident):
        raise Problem(400, "problem.erase-one")
    if refusal := why_not(parts.room.board, given.call, given.incident):
        raise Problem(409, refusal)
    reaches = reach_of_call if given.call else reach_of_incident
    reach = await threads.deferToThread(reaches, parts.room.journal, given.call or given.incident)
    if reach is None:
        raise Problem(404, "problem.erase-unknown", about=given.call or given.incident)
    erased = ev.Erased(
        at=parts.room.now(), by=ask.actor.user, rule=given.rule, letter=given.letter, call=given.call,
        incident=given.incident, subjects=reach.subjects, digests=reach.digests,
    )  # fmt: skip
    await look_kept(parts, erased)
    try:
        files = KeptFiles(parts.settings.data_folder)
        gone = await threads.deferToThread(lambda: sum(files.erase(digest) for digest in reach.digests))
    except OSError as wrong:
        raise Problem(500, "problem.not-all-erased", detail=wrong.strerror or "") from wrong
    return ErasureDone(call=given.call, incident=given.incident, named=len(reach.digests), erased=gone)


def routes() -> list[Route]:
    admin = frozenset({ADMIN})
    says = "Erases what was recorded of a call or an incident."
    return [Route("POST", "/api/v1/erasures", admin, erase, says, Erasure, refuses=(404, 409, 503))]
