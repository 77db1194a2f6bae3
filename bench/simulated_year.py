"""Writes the journal of a year that never was, for `siaga replay --policy` (docs/counterfactual.md).

    python bench/simulated_year.py DATA [--days 365] [--a-day 28] [--spread 0.15] [--seed 112]

Calls and crews are made up (bench/made_incidents.py); what the room makes of them is real: calls are answered at a
position, incidents opened, units ranked by the city's streets at that hour, sent, followed and cleared by the same
policies that serve (dispatch/decide.py). The dispatcher sends whom the ranking suggests. Where it suggests nobody, the
incident is ranked again whenever a unit is clear, the most urgent and then the oldest first. Crews drive home by the
quickest way and can be sent from there. Neighbouring centres send nobody, and nobody follows advice to move.
"""

from __future__ import annotations

import argparse
import heapq
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

# Called as a file, the first place to look in would be this folder.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.made_incidents import A_DAY, SPREAD, Incident, Luck, make_incidents  # noqa: E402
from bench.made_year import BEGIN  # noqa: E402
from dispatch import commands as cmd  # noqa: E402
from dispatch import events as ev  # noqa: E402
from dispatch.access.keys import make_keys  # noqa: E402
from dispatch.advice.lookups import Lookups  # noqa: E402
from dispatch.advice.ranking import UnitRanking  # noqa: E402
from dispatch.board import Board  # noqa: E402
from dispatch.counterfactual.period import filled  # noqa: E402
from dispatch.decide import decide  # noqa: E402
from dispatch.inputs import Due, Input, Noted, Report, Request, Sighted  # noqa: E402
from dispatch.journal.chain import Journal, Tail, chained  # noqa: E402
from dispatch.journal.master import Masters  # noqa: E402
from dispatch.journal.sql import SqlJournal, open_engine  # noqa: E402
from dispatch.process.service import registrations  # noqa: E402
from dispatch.settings import ROOT, Policy  # noqa: E402
from dispatch.tracking.bus import MemoryBus  # noqa: E402
from dispatch.world import World  # noqa: E402
from migrations import migrate  # noqa: E402
from routing.city.load import load_city  # noqa: E402
from routing.city.records import City  # noqa: E402
from routing.location import make_location  # noqa: E402
from routing.places.gazetteer import Gazetteer  # noqa: E402
from routing.recommendation.candidate import Candidate  # noqa: E402
from routing.recommendation.units import network_profile  # noqa: E402
from routing.what_if.drive import Drive  # noqa: E402

_SEATS, _PAGE = 8, 2000
_NAME = "simulated-year"
_HOSPITALS = ("RSUD-KOTA", "RSUD-RAT")
_ANSWERED, _ENDS = 4.0, 5.0
_DRIVING_MPS = 10.0


class _Open(msgspec.Struct):
    """An incident that still needs units: for what, and how many have gone."""

    made: Incident
    name: str
    level: int
    needs: list[str]
    sent: int = 0
    out: int = 0


class Year:
    """`run` plays all incidents into the journal."""

    def __init__(self, city: City, journal: Journal, spread: float) -> None:
        ours = tuple(spec for spec in city.units if not city.centre_of(spec.agency))
        self._city, self._spread = msgspec.structs.replace(city, units=ours), spread
        self._journal, self._page = journal, []
        self._tail = last.tail if (last := journal.last()) else Tail()
        self._bus, self._board, self._now, self._report = MemoryBus(), Board(), BEGIN, 0
        ranking = UnitRanking(self._city, self._bus, stale_after=1e9)
        self._network = ranking.ways.network
        self._world = World(
            policy=Policy(), incident_types={kind.id for kind in city.incident_types}, cameras=set(),
            recommender=ranking, crews=ranking.clock, key=make_keys(b"a year that never was"),
            public_url="https://112.example", queues=city.queues,
            places=Lookups(city, {}, Gazetteer(city.places, city.network)),
        )  # fmt: skip
        self._hospitals = [(one.lat, one.lon) for one in city.stations if one.id in _HOSPITALS]
        self._homes = {spec.id: (spec.lat, spec.lon) for spec in ours}
        self._profiles = {spec.id: network_profile(spec.kind, spec.profile) for spec in ours}
        self._types = {kind.id: kind for kind in city.incident_types}
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._driving: dict[str, Drive] = {}
        self._waiting: list[_Open] = []
        self._seats = [f"P{n}" for n in range(1, _SEATS + 1)]

    def run(self, incidents: list[Incident], told: Callable[[int], None] = lambda done: None) -> None:
        for event in registrations(self._city, self._board, self._now):
            self._take(Noted(event))
        for seat in self._seats:
            self._ask(seat, cmd.SignOn(position=seat))
            self._reports(ev.PositionLegUp(at=self._now, position=seat, leg=f"leg-{seat}"))
        for number, made in enumerate(incidents):
            self._at(made.called, lambda number=number, made=made: self._called(number, made))
        done = 0
        while self._queue:
            at, _, what = heapq.heappop(self._queue)
            self._wait(at)
            what()
            done += 1
            if done % 5000 == 0:
                told(self._board.counter("incidents"))
        self._write(all_of_it=True)

    # -- the room
    def _take(self, given: Input) -> list[ev.Event]:
        made = []
        for event in decide(self._board, given, self._now, self._world):
            recorded = max(self._now, self._tail.recorded)
            entry = chained(self._tail, _NAME, recorded, event, self._journal.keys)
            self._tail = entry.tail
            self._board.apply(entry.seq, event)
            self._page.append(entry)
            made.append(event)
        self._write()
        return made

    def _write(self, all_of_it: bool = False) -> None:
        if self._page and (all_of_it or len(self._page) >= _PAGE):
            self._journal.append(self._page)
            self._page = []

    def _ask(self, user: str, command: cmd.Command) -> list[ev.Event]:
        unit = user if user in self._homes else ""
        role = cmd.RESPONDER if unit else cmd.DISPATCHER if user == "dispatcher" else cmd.CALL_TAKER
        return self._take(Request(command, cmd.Actor(user=user, role=role, unit=unit)))

    def _reports(self, event: ev.Event) -> None:
        self._report += 1
        self._take(Report(msgspec.structs.replace(event, src=("simulated", self._report))))

    def _at(self, at: float, what: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, what))

    def _wait(self, until: float) -> None:
        """Time passes, and each deadline is met when it is due."""
        while due := min((one for one in self._board.due(until)), key=lambda one: one.due, default=None):
            self._now = max(self._now, due.due)
            self._take(Due(f"{due.kind}:{due.about}"))
        self._now = max(self._now, until)

    # -- a call
    def _called(self, number: int, made: Incident) -> None:
        call = f"call-{number}"
        self._reports(ev.CallReceived(at=self._now, call=call, caller=f"+62811{number:08}"))
        seat = self._seats.pop(0)
        self._wait(self._now + _ANSWERED)
        self._ask(seat, cmd.AnswerCall(call=call, position=seat))
        orders = [one.id for one in self._board.orders.values() if one.call == call and one.do == "connect"]
        self._reports(ev.CallBridged(at=self._now, call=call, position=seat))
        for order in orders:
            self._reports(ev.OrderDone(at=self._now, order=order))
        self._at(made.called + made.handled, lambda: self._opened(call, seat, made))

    def _opened(self, call: str, seat: str, made: Incident) -> None:
        place = make_location(lat=made.lat, lon=made.lon, radius=20.0, source="call-taker", at=self._now)
        self._sight()
        opened = self._ask(seat, cmd.OpenIncident(type=made.type, call=call, location=place))
        name = next(event.incident for event in opened if isinstance(event, ev.IncidentOpened))
        kind = self._types[made.type]
        places = set(self._world.places.borders(made.lat, made.lon))
        needs = self._city.run_cards.needs(kind.id, 1, places, kind.needs)
        one = _Open(made, name, kind.level, [word for word, count in needs for _ in range(count)])
        self._send(one)
        if one.needs:
            self._waiting.append(one)
            self._waiting.sort(key=lambda each: (each.level, each.made.called))
        self._at(self._now + _ENDS, lambda: self._ended(call, seat))

    def _ended(self, call: str, seat: str) -> None:
        self._reports(ev.CallEnded(at=self._now, call=call))
        self._ask(seat, cmd.DisposeCall(call=call, disposition="emergency"))
        self._seats.append(seat)

    # -- crews
    def _send(self, one: _Open) -> None:
        """All whom the ranking suggests, as far as anybody is needed still."""
        able = {name: unit.capabilities for name, unit in self._board.units.items()}
        units = [each.unit for each in self._board.incidents[one.name].candidates if each.suggested]
        for unit, word in zip(units, filled(one.needs, [able[unit] for unit in units]), strict=True):
            if word not in one.needs:
                continue
            one.needs.remove(word)
            expected = next(each for each in self._board.incidents[one.name].candidates if each.unit == unit)
            assigned = self._ask("dispatcher", cmd.AssignUnit(incident=one.name, unit=unit))
            job = next(event.assignment for event in assigned if isinstance(event, ev.UnitAssigned))
            self._driving.pop(unit, None)
            self._goes(one, job, unit, word, expected)

    def _goes(self, one: _Open, job: str, unit: str, word: str, expected: Candidate) -> None:
        luck = Luck(one.made, one.sent, self._spread)
        one.sent, one.out = one.sent + 1, one.out + 1
        rolls = self._now + max(1.0, expected.turnout_s + luck.rolls_late)
        there = rolls + (expected.seconds - expected.turnout_s) * luck.slowness
        ends, place = there + luck.works(word), (one.made.lat, one.made.lon)
        if word == "ambulance" and luck.transported and self._profiles[unit] == "car":
            trips = [self._network(self._board, self._now).travel_times([place], hospital)[0].seconds
                     for hospital in self._hospitals]  # fmt: skip
            ends += min(trips) + luck.hands_over
            place = self._hospitals[trips.index(min(trips))]
        steps = [(min(self._now + luck.acknowledges, rolls - 0.5), cmd.Acknowledge(assignment=job))]
        steps += [(at, cmd.ReportProgress(assignment=job, progress=what))
                  for at, what in ((rolls, "en_route"), (there, "on_scene"))]  # fmt: skip
        for at, command in steps:
            self._at(at, lambda command=command: self._ask(unit, command))
        self._at(ends, lambda: self._clear(one, job, unit, place))

    def _clear(self, one: _Open, job: str, unit: str, place: tuple[float, float]) -> None:
        fix = ev.Fix(unit=unit, lat=place[0], lon=place[1], at=self._now)
        self._bus.sight(fix)
        self._take(Sighted((fix,)))
        self._ask(unit, cmd.ReportProgress(assignment=job, progress="clear"))
        one.out -= 1
        home, profile = self._homes[unit], self._profiles[unit]
        network = self._network(self._board, self._now)
        path = network.path(place, home, profile)
        seconds = network.travel_times([place], home, profile)[0].seconds
        metres = Drive(path, self._now, 1.0).metres
        if metres and seconds > 0:
            self._driving[unit] = Drive(path, self._now, metres / seconds)
        if not one.out and not one.needs:
            self._ask("dispatcher", cmd.CloseIncident(incident=one.name))
        self._sight()
        for waiting in list(self._waiting):
            self._ask("dispatcher", cmd.Recommend(incident=waiting.name))
            self._send(waiting)
            if not waiting.needs:
                self._waiting.remove(waiting)

    def _sight(self) -> None:
        """Where those are who drive home."""
        for unit, drive in list(self._driving.items()):
            lat, lon, done = drive.position(self._now)
            if done:
                del self._driving[unit]
            speed = 0.0 if done else _DRIVING_MPS
            self._bus.sight(ev.Fix(unit=unit, lat=lat, lon=lon, at=self._now, speed=speed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="a new folder; SIAGA_DATA=… siaga replay reads it")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=float, default=A_DAY, help="incidents a day on average")
    parser.add_argument("--spread", type=float, default=SPREAD, help="of driving times; 0: as the streets say")
    parser.add_argument("--seed", type=int, default=112)
    arguments = parser.parse_args()
    file = arguments.data / "journal.db"
    if file.exists():
        print(f"simulated_year: {file} is there already; name a new folder", file=sys.stderr)
        return 1
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    journal, began = SqlJournal(engine, Masters(arguments.data)), time.monotonic()
    city = load_city(ROOT / "deploy" / "city" / "tanjungpinang")
    made = make_incidents(city.demand, seed=arguments.seed, days=arguments.days, a_day=arguments.a_day)

    def told(done: int) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {done:,} of {len(made):,} incidents", file=sys.stderr, flush=True)

    Year(city, journal, arguments.spread).run(made, told)
    last = journal.last()
    print(f"{last.seq if last else 0:,} entries in {file}, {time.monotonic() - began:.0f} s")
    journal.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
