"""The API of erasure: files of a call that the law wants gone. The entry comes first, then the files go.

What the journal itself says of the call stays: only what lies beside it under its digest is erased.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from twisted.internet import threads

from console.api.audit import written
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import ADMIN, Id
from dispatch.journal.chain import Journal
from dispatch.journal.recordings import KeptFiles
from dispatch.journal.verification import files_of

_Words = Annotated[str, msgspec.Meta(min_length=3, max_length=200)]


class Erasure(msgspec.Struct, frozen=True):
    """`rule`: the provision that orders it, such as "UU 27/2022 pasal 43"; `letter`: the decision's number and date."""

    call: Id
    rule: _Words
    letter: _Words


class ErasedFiles(msgspec.Struct, frozen=True):
    """How many files of the `call` the entry has `named`, and how many of them were there and are `erased`."""

    call: str
    named: int
    erased: int


def digests_of(journal: Journal, call: str) -> tuple[str, ...]:
    """Every file beside the journal that belongs to this call, also those that a phone sent for it. Blocking."""
    found: dict[str, None] = {}
    for entry in journal.about(call):
        event = entry.event
        if isinstance(event, ev.AmlClaimed):
            event = journal.read(event.aml - 1, 1)[0].event
        found |= dict.fromkeys(kept.digest for kept in files_of(event))
    return tuple(found)


async def erase(parts: Parts, ask: Ask) -> ErasedFiles:
    given = ask.json(Erasure)
    live = parts.room.board.calls.get(given.call)
    if live is not None and live.state != "ended":
        raise Problem(409, "problem.call-goes-on")
    digests = await threads.deferToThread(digests_of, parts.room.journal, given.call)
    if not digests:
        raise Problem(404, "problem.no-files-of-call", call=given.call)
    said = {"call": given.call, "digests": digests, "rule": given.rule, "letter": given.letter}
    await written(parts, ev.Erased(at=parts.room.now(), by=ask.actor.user, **said))
    try:
        files = KeptFiles(parts.settings.data_folder)
        gone = await threads.deferToThread(lambda: sum(files.erase(digest) for digest in digests))
    except OSError as wrong:
        raise Problem(500, "problem.not-all-erased", detail=wrong.strerror or "") from wrong
    return ErasedFiles(given.call, named=len(digests), erased=gone)


def routes() -> list[Route]:
    admin = frozenset({ADMIN})
    says = "Erases a call's files, with rule and letter."
    return [Route("POST", "/api/v1/erasures", admin, erase, says, Erasure, refuses=(404, 409, 503))]
