"""What the tests of policy share: a small city and a room without disk, threads or clock."""

from __future__ import annotations

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.keys import make_keys
from dispatch.board import Board
from dispatch.decide import FAULTS, decide
from dispatch.inputs import Due, Hello, Noted, Report, Request
from dispatch.journal.chain import Entry
from dispatch.journal.erasure import reach_of_call, reach_of_incident
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.replay import fold
from dispatch.policy.calls.erasures import why_not
from dispatch.settings import Policy
from dispatch.world import DutyRoster, Neighbourhood, NoTables, PlaceTables, Ranking, Recommender, StreetMap, World
from routing.city.queues import DEFAULT, QueueSpec
from routing.location import Location
from routing.recommendation.candidate import Candidate
from routing.text import text
from tests.entries import KEYS, entry_after
from tests.texts import english

PLACE = Location(lat=0.92, lon=104.45, radius=30.0, source="test", at=1000.0)
UNITS = ("POL-01", "AMB-01", "AMB-02", "FIR-01")


def by_name(
    board: Board,
    location: Location,
    incident_type: str,
    now: float,
    without: str = "",
    serving: tuple[str, ...] = (),
    level: int = 1,
) -> Ranking:
    """A real ranking has roads; here the order of names is enough to see what policy does with it."""
    free = [u for u in board.units.values() if not u.assignment and u.status == "available" and u.id != without]
    return Ranking(
        candidates=tuple(
            Candidate(
                unit=u.id, agency=u.agency, rank=n, seconds=60.0 * n, metres=500.0 * n, mode="road",
                reasons=(text("reason.ferry"),), lat=u.lat, lon=u.lon, fix_at=now, suggested=n == 1,
            )
            for n, u in enumerate(sorted(free, key=lambda u: u.id), 1)
        ),
        method=(text("method.roads"),),
        next_level=2 if incident_type == "fire" and level == 1 else 0,
    )  # fmt: skip


class Answers(NoTables):
    """What rules ask in a city without tables, where units are ranked by name."""

    recommend = staticmethod(by_name)

    def arrivals(self, board, location, units, now):
        return {}

    def delays(self, board, location, units, now, closures):
        return {}

    def uncovered(self, board, now):
        return ()

    def ready(self, board, now, coverage) -> bool:
        return True


class Instead:
    """A part of the world of which some answers are given by functions of a test."""

    def __init__(self, part, functions) -> None:
        vars(self).update(functions)
        self._part = part

    def __getattr__(self, name: str):
        return getattr(self._part, name)


PARTS = ("recommender", "places", "streets", "crews", "neighbourhood")
PROTOCOLS = (Recommender, PlaceTables, StreetMap, DutyRoster, Neighbourhood)
ASKED = {name for kind in PROTOCOLS for name in vars(kind) if not name.startswith("_")}
WORLD = World(
    policy=Policy(), incident_types={"fire"}, cameras=set(), channels=frozenset({"sms", "technician"}),
    key=make_keys(b"a secret of the tests"), public_url="https://112.example.go.id", recommender=Answers(),
)  # fmt: skip


def world_of(before: World = WORLD, **known) -> World:
    """`before`, changed: functions by the names of what rules ask, and fields of `World`."""
    functions = {name: known.pop(name) for name in list(known) if name in ASKED}
    changed = {name: Instead(getattr(before, name), functions) for name in PARTS} if functions else {}
    return msgspec.structs.replace(before, **changed | known)


class Story:
    """Inputs in, journal and board out. `now` moves only when told. `faulty`: faults of the program are expected."""

    faulty = False

    def __init__(
        self, queues: tuple[QueueSpec, ...] = (DEFAULT,), policy: Policy | None = None, keys=KEYS, **world
    ) -> None:
        self.board, self.entries, self.now = Board(), [], 1000.0
        known = {"incident_types": {"accident", "fire"}, "cameras": {"CAM-01"}, "queues": queues}
        self.world = world_of(**known | {"policy": policy or Policy()} | world)
        self.boot, self.report, self._keys = "boot1", 0, keys
        for name in UNITS:
            self._take([ev.UnitRegistered(at=0, unit=name, agency=name[:3], kind="car", name=name, lat=0.9, lon=104.4)])

    def _take(self, events) -> list[ev.Event]:
        taken, undos = [], []
        kept = list(self.entries)
        try:
            for event in events:
                entry = entry_after(self.entries[-1] if self.entries else None, self.now, event, self._keys)
                undos.append(self.board.apply(entry.seq, event)[1])
                self.entries.append(entry)
                taken.append(event)
        except BaseException:
            for undo in reversed(undos):
                self.board.undo(undo)
            self.entries = kept
            raise
        return taken

    def input(self, given) -> list[ev.Event]:
        made = self._take(decide(self.board, given, self.now, self.world))
        faults = [english(e.what) for e in made if isinstance(e, ev.DiscrepancyNoted) and e.what.code in FAULTS]
        assert self.faulty or not faults, faults
        return made

    def ask(self, user: str, role: str, command: cmd.Command, unit: str = "", skills=()) -> list[ev.Event]:
        return self.input(Request(command, cmd.Actor(user=user, role=role, unit=unit, skills=tuple(skills))))

    def reported(self, event: ev.Event) -> list[ev.Event]:
        self.report += 1
        return self.input(Report(msgspec.structs.replace(event, src=(self.boot, self.report))))

    def hello(self, boot: str, legs=(), positions=None) -> list[ev.Event]:
        self.boot, self.report = boot, self.report if boot == self.boot else 0
        return self.input(Hello(boot, self.now, tuple(legs), positions or {}))

    def wait(self, seconds: float) -> list[ev.Event]:
        self.now += seconds
        made = []
        for deadline in self.board.due(self.now):
            made += self.input(Due(f"{deadline.kind}:{deadline.about}"))
        return made

    def incoming(self, call: str, caller: str = "+628111", **known) -> list[ev.Event]:
        return self.reported(ev.CallReceived(at=self.now, call=call, caller=caller, **known))

    def seated(self, user: str = "ana", position: str = "P1", media: str = "browser", skills=()) -> None:
        self.ask(user, "call-taker", cmd.SignOn(position=position, media=media), skills=skills)
        self.reported(ev.PositionLegUp(at=self.now, position=position, leg=f"leg-{position}"))

    def answered(self, call: str, position: str, user: str = "") -> None:
        """Somebody presses the key, and the switch confirms it."""
        user = user or self.board.positions[position].user
        self.ask(user, "call-taker", cmd.AnswerCall(call=call, position=position))
        done = [order.id for order in self.board.orders.values() if order.do == "connect" and order.call == call]
        self.reported(ev.CallBridged(at=self.now, call=call, position=position))
        for order in done:
            self.reported(ev.OrderDone(at=self.now, order=order))

    def erase(self, call: str = "", incident: str = "") -> bool:
        """By law, as far as it may be; what was said of it before cannot be read any more."""
        if why_not(self.board, call, incident):
            return False
        journal = MemoryJournal()
        journal.append(self.entries)
        reach = reach_of_call(journal, call) if call else reach_of_incident(journal, incident)
        if reach is None:
            return False
        said = {"rule": "UU 27/2022 pasal 43", "letter": "12/IX/2026", "by": "ade"}
        erased = ev.Erased(at=self.now, call=call, incident=incident, **msgspec.structs.asdict(reach), **said)
        self.input(Noted(erased))
        top = self.board.seq
        self.entries = [e.closed() if e.seq < top and e.said.subject in reach.subjects else e for e in self.entries]
        return True

    def replayed(self, upto: int | None = None) -> Board:
        return fold(entry for entry in self.entries if upto is None or entry.seq <= upto)

    def last_entry(self) -> Entry:
        return self.entries[-1]


def differences(one: Board, other: Board) -> list[str]:
    """Where two boards are not the same: table, key and field, with what each of them has."""
    found = []
    for table, rows in one.tables.items():
        for key in sorted({*rows, *other.tables[table]}, key=str):
            here, there = rows.get(key), other.tables[table].get(key)
            names = getattr(here, "__struct_fields__", ()) if type(here) is type(there) else ()
            pairs = [(name, getattr(here, name), getattr(there, name)) for name in names] or [("", here, there)]
            found += [f"{table} {key} {name}: {x!r} != {y!r}" for name, x, y in pairs if x != y]
    return found


def kinds(events) -> list[str]:
    return [type(e).__name__ for e in events]
