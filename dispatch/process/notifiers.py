"""The ways a notice leaves: SMS, WhatsApp, mail and webhook gateways by apprise, centres by HTTP, on their own threads.

The outbox is the board: what it says is waiting is sent, and how that went is told to the room, which decides what
follows (dispatch/policy/incidents/notices.py). The one exception is a journal that cannot be written: nothing can be
ordered then, so the technicians are told past it.
"""

from __future__ import annotations

import logging
import os
import stat
import tomllib
from pathlib import Path
from urllib.parse import quote

import apprise
import msgspec
from twisted.internet import defer, task, threads
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.python.threadpool import ThreadPool

from dispatch import events as ev
from dispatch.catalogue import FIRST, languages, say
from dispatch.exchange.alerts import body_of
from dispatch.exchange.centre_post import CentrePost
from dispatch.inputs import Delivered
from dispatch.policy.incidents.notices import CENTRE, TECHNICIAN
from dispatch.policy.places.location_link import key_of
from dispatch.records import Notice
from dispatch.room import Committed, ControlRoom
from dispatch.settings import Settings
from dispatch.timing.reactor import IReactor
from dispatch.world import World
from routing.text import Text, text

log = Logger()
# apprise writes the addresses it calls into its log, and they hold passwords and telephone numbers.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)

CHANNELS = ("sms", "whatsapp", TECHNICIAN)
_DEMO = ("sms", "whatsapp")
_THREADS, _THREADS_TO_CENTRES = 4, 2
_GIVE_UP_AFTER = 45.0
_TROUBLE_AFTER, _TROUBLE_AGAIN = 10, 1800
_MOST_LETTERS = 300
"""Two SMS."""
_TRIED_WITH = "+628110000000"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sms: tuple[str, ...] = ()
    whatsapp: tuple[str, ...] = ()
    technician: tuple[str, ...] = ()


class Channels:
    """`urls`: channel → apprise URLs with `{to}`. A channel without one is no channel, but for the demo's, which write
    into the folder `outbox`."""

    def __init__(self, urls: dict[str, tuple[str, ...]], outbox: Path | None = None) -> None:
        self._urls = {name: listed for name, listed in urls.items() if listed}
        self._outbox = outbox
        demo = _DEMO if outbox else ()
        self.names = frozenset({*self._urls, *demo})

    def is_demo(self, channel: str) -> bool:
        """Whether nothing really leaves by it."""
        return channel not in self._urls

    def send(self, notice: str, channel: str, to: str, words: str) -> Text | None:
        """Blocking. None when it was taken, else why not. Any one of a channel's gateways is enough; the technicians'
        are all tried."""
        urls = self._urls.get(channel)
        if urls is None:
            return self._written(notice, channel, to, words)
        taken, why = 0, text("why.no-gateway", channel=channel)
        for number, url in enumerate(urls, 1):
            if taken and channel != TECHNICIAN:
                break
            gateway = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Siaga 112", async_mode=False))
            if not gateway.add(url.replace("{to}", quote(to, safe=""))):
                why = text("why.gateway-number", number=number, channel=channel)
            elif gateway.notify(body=words, body_format=apprise.NotifyFormat.TEXT):
                taken += 1
            else:
                why = text("why.gateway-refused", number=number, channel=channel)
        return None if taken else why

    def _written(self, notice: str, channel: str, to: str, words: str) -> Text | None:
        if self._outbox is None or channel not in _DEMO:
            return text("why.no-gateway", channel=channel)
        self._outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(self._outbox / f"{notice}.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as out:
            out.write(f"DEMO: tidak dikirim / not sent\n{channel} → {to}\n\n{words}\n")
        return None


def read_channels(settings: Settings) -> tuple[Channels, list[Text]]:
    """(channels, complaints). What is wrong is left out; the room begins all the same."""
    complaints: list[Text] = []
    urls = {name: getattr(settings.notices, f"notify_{name}") for name in CHANNELS}
    if settings.notices.notify_file:
        given = _read_file(settings.data_folder / settings.notices.notify_file, complaints)
        urls = {name: (*urls[name], *getattr(given, name)) for name in CHANNELS}
    good: dict[str, tuple[str, ...]] = {}
    for name, listed in urls.items():
        good[name] = tuple(url for url in listed if _understood(url))
        if len(good[name]) < len(listed):
            bad = tuple(str(n) for n, url in enumerate(listed, 1) if url not in good[name])
            complaints.append(text("notify.address", channel=name, numbers=bad))
    return Channels(good, settings.data_folder / "outbox" if settings.demo else None), complaints


def _understood(url: str) -> bool:
    return apprise.Apprise.instantiate(url.replace("{to}", quote(_TRIED_WITH)), suppress_exceptions=True) is not None


def _read_file(file: Path, complaints: list[Text]) -> _File:
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            complaints.append(text("file.others-can-read", file=file.name))
            return _File()
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File)
    except (OSError, ValueError) as wrong:  # TOML and msgspec errors are ValueErrors, and name keys, not values
        complaints.append(text("notify.file-unreadable", file=file.name, detail=type(wrong).__name__))
        return _File()


def filled(notice: Notice, world: World) -> str:
    """The words as they leave, with the address of the page that this notice opens to its number."""
    if notice.channel == TECHNICIAN:
        return _in_every_language(notice.text)
    said = notice.text
    if notice.link:
        page = f"{world.public_url}/l/{key_of(notice.id, notice.to, world)}"
        said = Text(said.code, {**said.params, "link": page})
    return say(said, notice.language if notice.language in languages() else FIRST)[:_MOST_LETTERS]


def _in_every_language(said: Text) -> str:
    return "112: " + "\n".join(say(said, language) for language in languages())


def _failed(failure: Failure) -> Text:
    kind = failure.type.__name__ if failure.type is not None else "unknown"
    return text("why.gateway-failed", detail=kind)


class Notifier:
    """A listener of the room; `start` also takes up what an earlier room left waiting. A neighbour that does not answer
    keeps no SMS waiting: it has threads of its own."""

    def __init__(self, reactor: IReactor, room: ControlRoom, channels: Channels, post: CentrePost) -> None:
        self._reactor, self._room, self._channels, self._post = reactor, room, channels, post
        self._pool = ThreadPool(0, _THREADS, "notices")
        self._to_centres = ThreadPool(0, _THREADS_TO_CENTRES, "centres")
        self._watch = task.LoopingCall(self._journal)
        self._watch.clock = reactor
        self._trouble = 0
        room.listen(self)

    def start(self) -> None:
        self._pool.start()
        self._to_centres.start()
        self._watch.start(1.0, now=False)
        for notice in list(self._room.board.notices.values()):
            if notice.state == "waiting":
                self._send(notice)

    def stop(self) -> None:
        self._watch.stop()
        self._pool.stop()
        self._to_centres.stop()

    def committed(self, batch: list[Committed]) -> None:
        for one in batch:
            if isinstance(one.event, ev.NoticeOrdered | ev.NoticeRepeated):
                notice = self._room.board.notices.get(one.event.notice)
                if notice is not None:
                    self._send(notice)

    def _send(self, notice: Notice) -> None:
        sending = defer.maybeDeferred(self._begin, notice)
        sending.addTimeout(_GIVE_UP_AFTER, self._reactor)
        sending.addErrback(_failed)
        demo = notice.channel != CENTRE and self._channels.is_demo(notice.channel)
        sending.addCallback(lambda why: self._room.submit(Delivered(notice.id, why, demo)))
        sending.addErrback(lambda failure: log.failure("notice {id}", failure, id=notice.id))

    def _begin(self, notice: Notice) -> defer.Deferred[Text | None]:
        """A Deferred of None or why it was not taken. What a centre is told is as things are now."""
        if notice.channel == CENTRE:
            path, body = body_of(self._room.board, notice.about, self._room.now(), self._room.world)
            return threads.deferToThreadPool(
                self._reactor, self._to_centres, self._post.send, notice.to, path, body
            )  # fmt: skip
        words = filled(notice, self._room.world)
        return threads.deferToThreadPool(
            self._reactor, self._pool, self._channels.send, notice.id, notice.channel, notice.to, words
        )

    def _journal(self) -> None:
        """Tells the technicians that the journal cannot be written, after ten seconds and then every half hour."""
        if not self._room.trouble:
            self._trouble = 0
            return
        self._trouble += 1
        if self._trouble % _TROUBLE_AGAIN == _TROUBLE_AFTER and TECHNICIAN in self._channels.names:
            words = _in_every_language(text("alarm.journal-away", why=self._room.trouble))
            told = threads.deferToThreadPool(
                self._reactor, self._pool, self._channels.send, "journal", TECHNICIAN, "", words
            )
            told.addErrback(lambda failure: log.failure("telling the technicians", failure))
