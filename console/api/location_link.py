"""The API of what comes with the location link: callers' photos, the demo's outbox, and EIDOs by reference."""

from __future__ import annotations

import msgspec
from twisted.internet import threads
from twisted.web.server import NOT_DONE_YET
from twisted.web.static import File

from console.api.audit import AUDIT, ViewLog, look_kept
from console.http.answers import Media, Raw
from console.http.asker import client_address
from console.http.web import PUBLIC, Ask, Problem, Reply, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.catalogue import named
from dispatch.commands import DESK
from dispatch.exchange.eido import MEDIA_TYPE, eido
from dispatch.exchange.handover import digest_of
from dispatch.inputs import Refused
from dispatch.journal.recordings import photo_file
from dispatch.policy.calls.handover import given_by

_NOTICE = Problem(404, "problem.no-demo-notice")


class Which(msgspec.Struct, frozen=True):
    """`call`: for which it is looked at; `original`: as it came, with EXIF, for auditors."""

    call: str = ""
    original: bool = False


class NoticeText(msgspec.Struct, frozen=True):
    """What the demo would have sent."""

    text: str


class ReferenceSecret(msgspec.Struct, frozen=True):
    """`key`: the secret of the reference."""

    key: str = ""


class _Picture(File):
    contentTypes = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
    contentEncodings: dict[str, str] = {}


class Photos:
    def __init__(self) -> None:
        self._views = ViewLog()

    async def photo(self, parts: Parts, ask: Ask) -> Reply:
        """Shown without EXIF; an auditor may have it as it came."""
        digest, user, asked = ask.path["digest"], ask.actor.user, ask.query(Which)
        original = asked.original and ask.actor.role in AUDIT
        named, links = asked.call, parts.room.board.links.values()
        holding = [one.call for one in links if any(photo.digest == digest for photo in one.photos)]
        call = named if named in holding else next(iter(holding), "")
        if not call and ask.actor.role not in AUDIT:
            raise Problem(403, "problem.photo-of-no-call")
        file = await threads.deferToThread(photo_file, parts.photos, digest, original)
        if file is None:
            raise Problem(404, "problem.photo-gone")
        viewed = ev.PhotoViewed(at=parts.room.now(), call=call, digest=digest, by=user)
        await self._views.note(parts, viewed, "photo", user, call, digest, str(original))
        ask.request.setHeader("Cache-Control", "private, no-store")
        if not ask.gone:
            _Picture(str(file)).render(ask.request)
        return NOT_DONE_YET


async def demo_notice(parts: Parts, ask: Ask) -> NoticeText:
    """What the demo would have sent; in service there is no such file."""
    notice = ask.path["id"]
    if not parts.settings.demo or notice not in parts.room.board.notices:
        raise _NOTICE
    file = parts.settings.data_folder / "outbox" / f"{notice}.txt"
    try:
        text = await threads.deferToThread(file.read_text, "utf-8")
    except OSError:
        raise _NOTICE from None
    return NoticeText(text)


async def read_eido(parts: Parts, ask: Ask) -> Reply:
    """Opened by the key alone, once; what is known is told when the journal has that it was."""
    if ask.request.method == b"HEAD":  # it would use the key up and give nothing
        raise Problem(405, "problem.wrong-method", methods=("GET",))
    about, digest = ask.path["about"], digest_of(ask.query(ReferenceSecret).key)
    board, now, world = parts.room.board, parts.room.now(), parts.room.world
    try:
        given = given_by(board, about, digest, now)
        if about not in board.incidents and about not in board.calls:
            raise Problem(404, "problem.incident-off-board")
        address = client_address(ask.request)
        await look_kept(parts, ev.EidoRead(at=now, about=about, address=address, to=given.to, digest=digest))
    except Refused as refused:
        raise Problem.of(403, refused) from None
    ask.request.setHeader("X-Robots-Tag", "noindex")
    ask.request.setHeader("Cache-Control", "no-store")
    return Raw(msgspec.json.encode(eido(board, about, now, world, named(parts.city.names))), MEDIA_TYPE)


def routes() -> list[Route]:
    photos, shown = Photos(), "A caller's photo, without EXIF."
    reference = "An incident as EIDO, once, for the centre that was given the reference."
    return [
        Route(
            "GET", "/api/v1/photos/{digest}", DESK | AUDIT, photos.photo, shown,
            gives=Media(("image/jpeg", "image/png", "image/webp"), "The picture.", ranges=True), query=Which,
            refuses=(503,),
        ),
        Route("GET", "/api/v1/notices/{id}/demo", DESK, demo_notice, "What the demo would have sent."),
        Route(
            "GET", "/api/v1/eido/{about}", PUBLIC, read_eido, reference,
            gives=Media((MEDIA_TYPE,), "An EIDO (NENA-STA-021.1a-2022)."), query=ReferenceSecret, refuses=(403, 503),
        ),
    ]  # fmt: skip
