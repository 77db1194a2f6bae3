"""Starts the room: migrates, takes the writer's lock, folds the journal, registers the city's units, keeps time."""

from __future__ import annotations

from twisted.application import service
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.advice.ranking import UnitRanking
from dispatch.board import Board
from dispatch.catalogue import say
from dispatch.inputs import Noted
from dispatch.journal.master import Masters
from dispatch.journal.sql import open_engine
from dispatch.process.canary_tone import ToneWatch
from dispatch.process.notifiers import Notifier
from dispatch.process.outside import open_journal, read_outside, world_of
from dispatch.process.words_kept import WordsKept
from dispatch.room import Committed, ControlRoom
from dispatch.settings import Settings
from dispatch.states import AlarmLevel
from dispatch.timing.reactor import IReactor
from dispatch.timing.rounds import Rounds
from dispatch.timing.timekeeper import Timekeeper
from dispatch.tracking.bus import Bus, BusUnavailable, MemoryBus, Mirror, RedisBus
from dispatch.tracking.sightings import Sightings
from routing.city.records import City
from routing.text import Text, in_a_row, text

log = Logger()
_TICK = 0.25
_AHEAD = 20.0
_WORDS = 5.0
_KEYS = "journal-keys"


class RoomService(service.Service):
    """`room`, `bus`, `sightings`, `ways` and `engine` are there once it is made; time runs from `startService` on."""

    def __init__(self, settings: Settings, city: City, reactor: IReactor, keeper: Timekeeper) -> None:
        self._city, self._reactor = city, reactor
        self.engine = open_engine(settings.database_url)
        self._masters = Masters(settings.data_folder)
        self._journal = journal = open_journal(self.engine, self._masters)
        self.bus: Bus = MemoryBus()
        if settings.redis:
            self.bus = Mirror(RedisBus(settings.redis), journal.read, lambda: self.room.board.seq)
        ranking = UnitRanking(city, self.bus, settings.units.fix_stale_after, settings.units.aid_sooner)
        self.ways, self.covered = ranking.ways, ranking.covered
        outside = read_outside(settings, city)
        self._complaints = outside.complaints
        world = world_of(settings, city, outside, ranking)
        self.room = ControlRoom(journal, world, reactor, keeper.now, self._lost, keeper)
        self.room.listen(self)
        self.sightings = Sightings(self.room, self.bus)
        self._notifier = Notifier(reactor, self.room, outside.channels, outside.post)
        ToneWatch(self.room, settings.data_folder / "recordings")
        self._sighted: dict[str, float] = {}
        self._words = WordsKept(self.room, settings.data_folder)
        self._rounds = [
            Rounds(reactor, _TICK, self.room.tick),
            Rounds(reactor, settings.units.sight_every, self._sight),
            Rounds(reactor, _AHEAD, self._look_ahead),
            Rounds(reactor, 1.0, self._tell_of_rescue),
            Rounds(reactor, 5.0, self._tell_of_keys),
            Rounds(reactor, _WORDS, self._words.look),
        ]
        if isinstance(self.bus, Mirror):
            self._rounds.append(Rounds(reactor, 1.0, self.bus.exchange))

    def startService(self) -> None:
        super().startService()
        self.room.start()
        for event in registrations(self._city, self.room.board, self.room.now()):
            self.room.submit(Noted(event))
        for what in self._complaints["subscribers"]:
            self.room.submit(Noted(ev.DiscrepancyNoted(at=self.room.now(), about="settings", what=what)))
        self._tell_of_damage()
        self._tell_of_keys()
        for alarm, complaints in self._complaints.items():
            self._tell_of(alarm, complaints, "critical" if alarm == "files" else "warning")
        self._tell_of_streets()
        self._look_ahead()
        self._words.begin()
        self._words.look()
        self._notifier.start()
        for rounds in self._rounds:
            rounds.start()

    def _tell_of(self, alarm: str, complaints: list[Text], level: AlarmLevel = "warning") -> None:
        """What the settings make impossible is an alarm for as long as it is so."""
        if complaints:
            said = in_a_row(complaints)
            self.room.submit(Noted(ev.AlarmRaised(at=self.room.now(), alarm=alarm, level=level, text=said)))
        elif alarm in self.room.board.alarms:
            self.room.submit(Noted(ev.AlarmCleared(at=self.room.now(), alarm=alarm)))

    def _tell_of_damage(self) -> None:
        """Entries that cannot be used are passed over, and everybody is told so for as long as they are there."""
        faults = self.room.faults
        said = text("alarm.journal-damaged", count=faults.count, faults=faults.texts())
        self._tell_of("journal-damaged", [said] if faults.count else [], "critical")

    def _tell_of_keys(self) -> None:
        """Without its master key a journal says nothing of people; calls are answered and recorded all the same."""
        masters, locked = self._masters, self.room.faults.locked
        if self.room.trouble:
            return  # nobody is told twice of what waits to be written
        if masters.trouble:
            said = text("alarm.keys-not-kept", what=masters.trouble)
        elif waiting := self._journal.keys_waiting:
            said = text("alarm.keys-table", count=waiting)
        elif locked:
            said = text("alarm.keys-missing", entries=locked)
        elif masters.unread or masters.open:
            said = text("alarm.keys-files", files=", ".join((*masters.unread, *masters.open)))
        else:
            said = None
        known = self.room.board.alarms.get(_KEYS)
        if said is None and known is not None:
            self.room.submit(Noted(ev.AlarmCleared(at=self.room.now(), alarm=_KEYS)))
        elif said is not None and (known is None or known.text.code != said.code):
            log.critical("{text}", text=say(said, "en"))
            self.room.submit(Noted(ev.AlarmRaised(at=self.room.now(), alarm=_KEYS, level="critical", text=said)))

    def _tell_of_rescue(self) -> None:
        noted, self._journal.noted = self._journal.noted, []
        for said in noted:
            log.critical("{text}", text=say(said, "en"))
            raised = ev.AlarmRaised(at=self.room.now(), alarm="journal-file", level="critical", text=said)
            self.room.submit(Noted(raised))

    def _tell_of_streets(self) -> None:
        """Without streets all goes on with straight lines, and everybody is told so."""
        fault = self._city.network_fault
        self._tell_of("network", [text("alarm.no-streets", why=fault)] if fault else [], "critical")

    def stopService(self) -> None:
        super().stopService()
        for rounds in self._rounds:
            rounds.stop()
        self._notifier.stop()
        self.room.stop()
        self.ways.close()
        self.bus.close()

    def _lost(self, why: str) -> None:
        """Ends this process; whoever started it starts it again, and it waits as the other room's standby."""
        log.critical("this room ends: {why}", why=why)
        self._reactor.stop()

    def committed(self, batch: list[Committed]) -> None:
        self.bus.publish([one.entry for one in batch])
        for one in batch:
            if isinstance(one.event, ev.ClockStepped) and one.event.of == "room":
                self.bus.clock_set(one.event.seconds, self.room.now())
                self.sightings.clock_set(one.event.seconds, self.room.now())

    def _look_ahead(self) -> None:
        self.ways.look_ahead(self.room.board, self.room.now())

    def _sight(self) -> None:
        """Journals where the assigned units are, for the replay; those that stand still are left out."""
        try:
            fixes = self.bus.fixes()
        except BusUnavailable:
            return
        units = self.room.board.units.values()
        moved = tuple(
            fixes[u.id] for u in units if u.assignment and u.id in fixes and fixes[u.id].at > self._sighted.get(u.id, 0)
        )
        if moved:
            self._sighted |= {fix.unit: fix.at for fix in moved}
            self.room.sighted(moved)


_OF_UNITS = ("agency", "kind", "name", "capabilities", "profile", "station", "phone", "centre", "shift")


def registrations(city: City, board: Board, now: float) -> list[ev.Event]:
    """What makes the board's units those of the city's files."""
    made: list[ev.Event] = []
    for spec in city.units:
        known = board.units.get(spec.id)
        said = ev.UnitRegistered(
            at=now, unit=spec.id, lat=spec.lat, lon=spec.lon, agency=spec.agency, kind=spec.kind, name=spec.name,
            capabilities=spec.capabilities, profile=spec.profile, station=spec.station, phone=spec.phone,
            centre=city.centre_of(spec.agency), shift=spec.shift,
        )  # fmt: skip
        if known is None or any(getattr(known, name) != getattr(said, name) for name in _OF_UNITS):
            made.append(said)
    kept = {spec.id for spec in city.units}
    made += [ev.UnitRetired(at=now, unit=u.id) for u in board.units.values() if u.id not in kept and not u.assignment]
    return made
