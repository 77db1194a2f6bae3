"""The ghost shield's errors, on a made-up year of calls whose truth is known (bench/made_year.py describes it).

The year runs through the real folds, the real score and the real order of waiting calls, in time: a few call-takers
answer what waits, judge it with the errors that people make, and callers who are not answered give up. It runs twice
on the same calls, with the shield and without. Who is asked to press 5 hears it with the announcement, and presses
within 14 seconds of the call. Nobody changes their mind because of a shield: that ghosts hang up sooner is not counted
in its favour.
"""

from __future__ import annotations

import bisect
import heapq
import math
from collections.abc import Iterable
from types import SimpleNamespace

import msgspec

from bench import table
from bench.made_year import GENUINE, REAL, SAID, Made, make_year
from dispatch import events as ev
from dispatch.board import Board
from dispatch.policy.queues import priority
from dispatch.settings import Policy
from dispatch.world import ShieldPolicy
from routing.location import Location

_MOST_FALSE = 0.001
_SEED = 1945
"""Not one that the weights were chosen with."""
_ASKED_AFTER, _WRAP_UP, _ANSWER = 14.0, 10.0, 3.0
_HOUR, _WIB = 3600.0, 7 * 3600.0
_ARRIVE, _ASK, _GIVE_UP, _FINISH, _FREE = range(5)


class Seen(msgspec.Struct):
    """What became of a call. `first`: no call of its number before; `wait`: until it was answered or given up."""

    made: Made
    first: bool
    suspected: bool = False
    cleared: bool = False
    heard: bool = False
    wait: float = 0.0


class Year:
    """`staff(hour of the day)` call-takers answer; `run` gives what became of each call."""

    def __init__(self, calls: list[Made], policy: Policy, staff) -> None:
        self._calls, self._staff = calls, staff
        # The order of calls asks for nothing else of the world.
        self._world = SimpleNamespace(policy=policy, shield=ShieldPolicy())
        self._board, self._seq, self._busy = Board(), 0, 0
        self._waiting: list[str] = []
        self._queue: list[tuple[float, int, int, str]] = []
        self._seen: dict[str, Seen] = {}

    def run(self) -> list[Seen]:
        for n, made in enumerate(self._calls):
            self._later(made.at, _ARRIVE, str(n))
        known: set[str] = set()
        while self._queue:
            now, _, what, call = heapq.heappop(self._queue)
            if what == _ARRIVE:
                made = self._calls[int(call)]
                self._seen[call] = Seen(made, made.number not in known)
                known.add(made.number)
                self._arrives(call, made, now)
            elif what == _ASK:
                self._asked(call, now)
            elif what == _GIVE_UP and call in self._waiting:
                self._waiting.remove(call)
                self._seen[call].wait = now - self._seen[call].made.at
                self._take(ev.CallEnded(at=now, call=call))
            elif what == _FINISH:
                self._take(ev.CallDisposed(at=now, call=call, disposition=self._seen[call].made.said, by="somebody"))
                self._take(ev.CallEnded(at=now, call=call, by="centre"))
                self._later(now + _WRAP_UP, _FREE, call)
            elif what == _FREE:
                self._busy -= 1
            self._serve(now)
        return list(self._seen.values())

    def _later(self, at: float, what: int, call: str) -> None:
        heapq.heappush(self._queue, (at, len(self._seen), what, call))

    def _take(self, event: ev.Event) -> None:
        self._seq += 1
        self._board.apply(self._seq, event)

    def _take_all(self, events: Iterable[ev.Event]) -> None:
        for event in events:
            self._take(event)

    def _arrives(self, call: str, made: Made, now: float) -> None:
        received = ev.CallReceived(at=now, call=call, caller=made.number)
        self._take(received)
        self._take_all(priority.received(self._board, received, now, self._world))
        self._take(ev.CallQueued(at=now, call=call, queue="112"))
        self._seen[call].suspected = self._board.calls[call].suspected
        if made.located:
            place = Location(lat=0.92, lon=104.45, radius=30.0, at=now, source="aml")
            located = ev.LocationReceived(at=now, call=call, location=place)
            self._take(located)
            self._take_all(priority.reconsidered(self._board, located, now, self._world))
        if priority.prompt(self._board.calls[call]) and made.presses:
            self._later(now + _ASKED_AFTER, _ASK, call)
        self._waiting.append(call)
        self._later(now + max(_ANSWER, made.patience), _GIVE_UP, call)
        self._note_cleared(call)

    def _asked(self, call: str, now: float) -> None:
        if call in self._waiting:
            pressed = ev.DtmfReceived(at=now, call=call, digits="5")
            self._take(pressed)
            self._take_all(priority.reconsidered(self._board, pressed, now, self._world))
            self._note_cleared(call)

    def _note_cleared(self, call: str) -> None:
        self._seen[call].cleared = self._seen[call].suspected and not self._board.calls[call].suspected

    def _serve(self, now: float) -> None:
        while self._waiting and self._busy < self._staff(int((now + _WIB) % 86_400 // _HOUR)):
            policy = self._world.policy
            call = min(self._waiting, key=lambda c: priority.queue_key(self._board.calls[c], now, policy))
            self._waiting.remove(call)
            self._busy += 1
            seen = self._seen[call]
            if seen.made.silent:
                self._take(ev.SilenceNoted(at=now, call=call, seconds=5.0))
            answered = now + _ANSWER
            seen.heard, seen.wait = True, answered - seen.made.at
            self._take(ev.CallBridged(at=answered, call=call, position="P1"))
            self._later(answered + seen.made.talk, _FINISH, call)


def wilson(count: int, of: int) -> tuple[float, float]:
    """95 % confidence interval of a share (Wilson's score interval)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, count / of
    middle = share + z * z / (2 * of)
    wide = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - wide) / (1 + z * z / of)), min(1.0, (middle + wide) / (1 + z * z / of))


def staff(hour: int) -> int:
    """Two call-takers by day, one at night."""
    return 2 if 7 <= hour < 23 else 1


def one_at_all_hours(hour: int) -> int:
    return 1


def of(seen: list[Seen], kinds: Iterable[str]) -> list[Seen]:
    return [one for one in seen if one.made.kind in kinds]


def run(quick: bool) -> None:
    days = 60 if quick else 365
    calls = make_year(seed=_SEED, days=days)
    table.title(f"Ghost shield: {len(calls):,} made-up calls of {days} days, truth known")
    without, with_it = (Year(calls, Policy(ghost_shield=on), staff).run() for on in (False, True))
    rows = []
    for kind in SAID:
        mine = of(with_it, [kind])
        suspected = [s for s in mine if s.suspected]
        kept = sum(not s.cleared for s in suspected)
        rows.append((kind, f"{len(mine):,}", len(suspected), kept, f"{len(suspected) / max(1, len(mine)):.2%}"))
    table.table(("", "calls", "suspected", "and not cleared", "share suspected"), rows)
    _confusion(with_it)
    _waits("two call-takers by day, one at night", without, with_it)
    few = make_year(seed=_SEED, days=60)
    both = [Year(few, Policy(ghost_shield=on), one_at_all_hours).run() for on in (False, True)]
    _waits("one call-taker, 60 days", *both)


def _confusion(seen: list[Seen]) -> None:
    real, ghosts = of(seen, REAL), [s for s in seen if s.made.kind not in GENUINE]
    groups = (("real emergency", real), ("information", of(seen, ["information"])), ("prank or ghost", ghosts))
    table.title("Confusion matrix")
    rows = [(name, f"{sum(s.suspected for s in group):,}", f"{sum(not s.suspected for s in group):,}")
            for name, group in groups]  # fmt: skip
    table.table(("", "suspected", "not suspected"), rows)
    wrong = sum(s.suspected for s in real)
    few = wrong < _MOST_FALSE * len(real)
    table.target(f"real emergencies suspected < {_MOST_FALSE:.1%}", few, _share(wrong, len(real)))
    kept = sum(s.suspected and not s.cleared for s in real)
    print(f"       not cleared while they waited, by a place or the key 5: {_share(kept, len(real))}")
    first = sum(s.suspected for s in seen if s.first)
    table.target("first-time callers suspected: none", not first, str(first))
    again = [s for s in ghosts if s.made.number and not s.first]
    caught = sum(s.suspected for s in ghosts)
    of_all, of_known = caught / len(ghosts), caught / len(again)
    print(f"       of pranks and ghosts {of_all:.1%} are suspected, {of_known:.1%} where the number had called before")


def _share(count: int, many: int) -> str:
    low, high = wilson(count, many)
    return f"{count} of {many:,}, {count / many:.3%} (95 %: {low:.3%} … {high:.3%})"


def _waits(how: str, without: list[Seen], with_it: list[Seen]) -> None:
    """Both are of the same calls in the same order."""
    table.title(f"Waiting without → with the shield: {how}")
    storms = sorted(s.made.at for s in without if s.made.kind == "storm")
    groups = {
        "real emergency": lambda s: s.made.real,
        "  in a storm of pranks": lambda s: s.made.real and _in_storm(s, storms),
        "information": lambda s: s.made.kind == "information",
        "prank or ghost": lambda s: s.made.kind not in GENUINE,
    }
    rows = []
    for name, belongs in groups.items():
        both = [[s for s in seen if belongs(s)] for seen in (without, with_it)]
        heard = [[s.wait for s in seen if s.heard] for seen in both]
        rows.append((
            name, f"{len(both[0]):,}",
            " → ".join(f"{sum(waits) / max(1, len(waits)):.1f} s" for waits in heard),
            " → ".join(f"{table.percentile(waits, 0.95):.0f} s" for waits in heard),
            " → ".join(f"{sum(s.heard and s.wait <= 15 for s in seen) / max(1, len(seen)):.1%}" for seen in both),
            " → ".join(f"{sum(not s.heard for s in seen) / max(1, len(seen)):.1%}" for seen in both),
        ))  # fmt: skip
    table.table(("", "calls", "mean", "p95", "answered within 15 s", "gave up unheard"), rows)
    before = {(s.made.at, s.made.number): s.wait for s in without}
    more = [s.wait - before[s.made.at, s.made.number] for s in with_it if s.made.real and s.suspected and s.heard]
    if more:
        mean, most = sum(more) / len(more), max(more)
        print(f"  {len(more)} suspected real emergencies waited {mean:.1f} s longer on average, {most:.0f} s at most")


def _in_storm(seen: Seen, storms: list[float]) -> bool:
    """20 of a storm's calls came within the 15 minutes before it."""
    return bisect.bisect(storms, seen.made.at) - bisect.bisect(storms, seen.made.at - 900) >= 20
