"""What the room is built from: its journal, the city's tables, the ways by which it tells others. Blocking; what cannot
be read is complained about and left out, because calls come first."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import msgspec
import sqlalchemy as sa
from twisted.logger import Logger

from dispatch.access.keys import keys_of
from dispatch.advice.lookups import Lookups
from dispatch.advice.ranking import UnitRanking
from dispatch.catalogue import named, unread
from dispatch.exchange.centre_post import CentrePost, read_tokens
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal
from dispatch.process.demo import make_demo_subscribers
from dispatch.process.leftovers import FILES, in_files, is_invented
from dispatch.process.notifiers import Channels, read_channels
from dispatch.settings import Settings
from dispatch.world import World
from migrations import migrate
from routing.ali.subscribers import Subscriber, read_subscribers
from routing.city.centres import Centre
from routing.city.contacts import Dialling
from routing.city.records import CameraSpec, City
from routing.places.gazetteer import Gazetteer
from routing.text import Text, text

log = Logger()


def open_journal(engine: sa.Engine, masters: Masters) -> SqlJournal:
    """The journal, ours alone: a standby waits here until the other room is gone."""
    journal = SqlJournal(engine, masters)
    try:
        journal.take_lock(wait=float("inf"))
    except JournalUnavailable as wrong:  # it can be read perhaps, and is written when the disk is back
        log.critical("{wrong}", wrong=wrong)
    migrate(engine)
    try:
        journal.begin()
        if not journal.is_indexed():
            journal.reindex()
    except JournalUnavailable as wrong:  # stories are read when it is back
        log.critical("{wrong}", wrong=wrong)
    return journal


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """`complaints`: alarm -> what is wrong with files and settings, none where all is well."""

    lookups: Lookups
    channels: Channels
    centres: dict[str, Centre]
    post: CentrePost
    key: Callable[[str], str]
    complaints: dict[str, list[Text]]


def read_outside(settings: Settings, city: City) -> Outside:
    subscribers, of_subscribers = _subscribers(settings)
    channels, of_channels = read_channels(settings)
    centres = resolved_centres(city, settings)
    tokens, of_centres = read_tokens(settings.data_folder, centres)
    of_files: list[Text] = []
    gazetteer = Gazetteer(city.places, city.network)
    return Outside(
        lookups=Lookups(city, subscribers, gazetteer, settings.units.border_within),
        channels=channels,
        centres=centres,
        post=CentrePost(centres, tokens),
        key=keys_of(settings.data_folder, of_files.append),
        complaints={
            "notify": of_channels, "files": of_files, "subscribers": of_subscribers, "centres": of_centres,
            FILES: in_files(settings, city),
            "languages": [text("alarm.language-unread", language=one) for one in unread()],
        },
    )  # fmt: skip


def _subscribers(settings: Settings) -> tuple[dict[str, Subscriber], list[Text]]:
    """The demo's invented landlines give no caller a place in service."""
    if settings.demo:
        with contextlib.suppress(OSError):
            make_demo_subscribers(settings.subscribers_file)
    elif is_invented(settings):
        return {}, []
    return read_subscribers(settings.subscribers_file)


def world_of(settings: Settings, city: City, outside: Outside, ranking: UnitRanking) -> World:
    return World(
        policy=settings.policy,
        incident_types={kind.id for kind in city.incident_types},
        cameras={camera.id for camera in city.cameras},
        recommender=ranking,
        places=outside.lookups,
        streets=ranking.ways,
        crews=ranking.clock,
        neighbourhood=outside.lookups,
        key=outside.key,
        public_url=settings.web.public_address,
        channels=outside.channels.names,
        contacts={one.id: one for one in city.contacts},
        outbound=settings.outbound_uri,
        dialling=Dialling(prefixes=settings.outbound.dial_prefixes, never=settings.outbound.dial_never),
        queues=city.queues,
        not_ready=frozenset(one.id for one in city.not_ready),
        called=named(city.names),
        centres=outside.centres,
    )


def resolved_centres(city: City, settings: Settings) -> dict[str, Centre]:
    """id -> neighbour with the demo's address filled in; in service nothing leads there."""
    demo = f"http://{settings.demo_addresses.demo_centre}" if settings.demo else ""
    made = {}
    for one in city.centres:
        url = one.url.replace("{democentre}", demo) if demo or "{democentre}" not in one.url else ""
        made[one.id] = msgspec.structs.replace(one, url=url)
    return made


def resolved_cameras(city: City, settings: Settings) -> dict[str, CameraSpec]:
    """id -> camera with the demo's addresses filled in; in service these lead nowhere."""
    known = {
        "{democam}": f"http://{settings.demo_addresses.demo_cameras}",
        "{democam_rtsp}": f"rtsp://{settings.demo_addresses.demo_rtsp}",
    }
    made = {}
    for camera in city.cameras:
        url = camera.url
        for name, value in known.items():
            url = url.replace(name, value) if settings.demo or name not in url else ""
        made[camera.id] = msgspec.structs.replace(camera, url=url)
    return made
