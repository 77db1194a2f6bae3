"""A made-up, labelled year of calls to the 112 of a city of 230,000: who calls, why, how often, and what is true of it.

The model, class by class (numbers a day, unless said). The figures are assumptions, chosen so that four of five calls
need nobody sent, as cities report; each city can put its own in `CITY`.

    emergency      28    72 % from any of 180,000 phones, 20 % from 600 that call often (wards, clinics), 8 % withheld;
                         a third has a precise place; one in eight calls twice
    prankster's          those of the 120 habitual pranksters and of the children's phones: as often as anybody's, and
                         drawn the more often the more the number pranks, to try the shield where it is weakest
    faint          0.6   an emergency where the line drops: two to four calls of a few seconds, then one that holds
    threatened     40/yr a caller who cannot speak: two to five silent calls within two hours, half of them press 5 when
                         they are asked to, and most are taken for ghosts
    mass           24/yr a fire, an accident, a flood: 15 to 60 people call within ten minutes
    information    60    from the same phones as emergencies
    children       3     bursts of 3 to 15 calls within an hour, from 2,500 phones
    pranksters      70   120 numbers, each with spells of days on which it calls often
    storm          8/yr  half a day on which 150 numbers prank together
    pocket         70    any phone, a third of them twice to four times
    hanging        100   about ten lines at a time, each calling 5 to 40 times a day for 3 to 20 days, silent; repaired
                         then, and used by people again
    no number      40    phones without a SIM and withheld numbers, nobody speaks

What a call-taker says of a call is often right and never always (`SAID`): two silent victims of three are "ghost".
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec

DAY, HOUR, MINUTE = 86_400.0, 3600.0, 60.0
BEGIN = 1_798_736_400.0  # 2027-01-01 00:00 WIB
REAL = ("emergency", "prankster's", "faint", "threatened", "mass")
GENUINE = (*REAL, "information")

SAID: dict[str, dict[str, float]] = {
    "emergency": {"emergency": 0.962, "information": 0.03, "ghost": 0.006, "prank": 0.002},
    "prankster's": {"emergency": 0.92, "information": 0.04, "prank": 0.04},
    "faint": {"ghost": 0.6, "emergency": 0.4},
    "threatened": {"ghost": 0.67, "emergency": 0.25, "information": 0.05, "prank": 0.03},
    "mass": {"emergency": 0.97, "information": 0.03},
    "information": {"information": 0.93, "emergency": 0.03, "prank": 0.03, "ghost": 0.01},
    "children": {"prank": 0.88, "ghost": 0.06, "information": 0.06},
    "pranksters": {"prank": 0.90, "ghost": 0.06, "information": 0.02, "emergency": 0.02},
    "storm": {"prank": 0.95, "ghost": 0.05},
    "pocket": {"ghost": 0.85, "prank": 0.10, "information": 0.05},
    "hanging": {"ghost": 0.95, "prank": 0.03, "test": 0.02},
    "no number": {"ghost": 0.6, "prank": 0.4},
}
BY_HOUR = (3, 2, 2, 1, 1, 2, 4, 6, 7, 7, 7, 7, 7, 7, 7, 8, 9, 10, 10, 10, 9, 8, 6, 4)
"""How much is called at each hour (WIB)."""


class City(msgspec.Struct, frozen=True, kw_only=True):
    """Calls a day, bursts a day, or occasions a year; see above."""

    phones: int = 180_000
    often: int = 600
    emergencies: float = 28.0
    faint: float = 0.6
    threatened: float = 40.0
    mass: float = 24.0
    information: float = 60.0
    children: float = 3.0
    childrens_phones: int = 2500
    pranksters: int = 120
    storms: float = 8.0
    pocket: float = 70.0
    hanging_lines: float = 10.0
    no_number: float = 40.0


CITY = City()


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One call as it is in truth. `patience`: seconds until the caller gives up; `talk`: seconds until it is dealt with
    once it is answered; `said`: what the call-taker will say of it; `presses` 5 when asked to, if so."""

    at: float
    number: str
    kind: str
    patience: float
    talk: float
    said: str
    located: bool = False
    silent: bool = False
    presses: bool = False

    @property
    def real(self) -> bool:
        return self.kind in REAL


def make_year(seed: int = 112, days: int = 365, city: City = CITY) -> list[Made]:
    """All calls in the order in which they come in; the same for the same seed."""
    draw = random.Random(seed)
    people = _People(draw, city)
    calls = [call for kind in _KINDS for call in kind(draw, days, city, people)]
    return sorted((c for c in calls if c.at < BEGIN + days * DAY), key=lambda c: (c.at, c.number))


class _People:
    """Who has which number. Children's phones and pranksters are phones of people like all others."""

    def __init__(self, draw: random.Random, city: City) -> None:
        self._draw, self._city = draw, city
        self.children = [self._number(n) for n in draw.sample(range(city.phones), city.childrens_phones)]
        self.pranksters = [self._number(n) for n in draw.sample(range(city.phones), city.pranksters)]

    def _number(self, n: int) -> str:
        return f"+62811{n:08}"

    def anybody(self) -> str:
        return self._number(self._draw.randrange(self._city.phones))

    def with_an_emergency(self) -> str:
        which = self._draw.random()
        if which < 0.72:
            return self.anybody()
        return f"+62771{self._draw.randrange(self._city.often):06}" if which < 0.92 else ""


def _times(draw: random.Random, days: int, a_day: float) -> Iterator[float]:
    """`a_day` times a day on average, more of them when people are awake."""
    for _ in range(round(days * a_day)):
        hour = draw.choices(range(24), BY_HOUR)[0]
        yield BEGIN + draw.randrange(days) * DAY + (hour + draw.random()) * HOUR


def _call(draw: random.Random, at: float, number: str, kind: str, **known) -> Made:
    """With the patience, the length and the judgement of its kind."""
    patience, talk = {
        "emergency": (draw.expovariate(1 / 150), draw.uniform(60, 240)),
        "information": (draw.expovariate(1 / 60), draw.uniform(30, 150)),
        "faint": (draw.uniform(3, 9), draw.uniform(2, 8)),
        "threatened": (draw.expovariate(1 / 25), draw.uniform(8, 30)),
        "pocket": (draw.expovariate(1 / 12), draw.uniform(8, 20)),
        "hanging": (draw.expovariate(1 / 15), draw.uniform(8, 20)),
        "no number": (draw.expovariate(1 / 15), draw.uniform(5, 15)),
    }.get(kind, (draw.expovariate(1 / 30), draw.uniform(10, 40)))
    if kind in ("mass", "prankster's"):
        patience, talk = draw.expovariate(1 / 150), draw.uniform(45, 120)
    said = draw.choices(list(SAID[kind]), list(SAID[kind].values()))[0]
    made = {"patience": patience, "talk": talk, "said": said, "presses": kind in GENUINE and draw.random() < 0.7}
    return Made(at=at, number=number, kind=kind, **(made | known))


# -- those who need help
def _emergencies(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.emergencies):
        number, located = people.with_an_emergency(), draw.random() < 0.35
        yield _call(draw, at, number, "emergency", located=located)
        if draw.random() < 0.12:
            yield _call(draw, at + draw.uniform(180, 900), number, "emergency", located=located)


def _of_pranksters(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    """0.06 emergencies a phone and year, as everywhere in this city, and three times as many for habitual ones."""
    for numbers, a_year in ((people.children, 0.06), (people.pranksters, 0.18)):
        for at in _times(draw, days, len(numbers) * a_year / 365):
            yield _call(draw, at, draw.choice(numbers), "prankster's", located=draw.random() < 0.35)


def _faint(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.faint):
        number = people.anybody()
        for _ in range(draw.randint(2, 4)):
            yield _call(draw, at, number, "faint")
            at += draw.uniform(15, 90)
        yield _call(draw, at, number, "emergency")


def _threatened(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.threatened / 365):
        number, presses = people.anybody(), draw.random() < 0.5
        for _ in range(draw.randint(2, 5)):
            yield _call(draw, at, number, "threatened", silent=True, presses=presses)
            at += draw.uniform(60, 2400)


def _mass(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for began in _times(draw, days, city.mass / 365):
        for _ in range(draw.randint(15, 60)):
            number, at = people.anybody(), began + draw.triangular(0, 600, 120)
            yield _call(draw, at, number, "mass", located=draw.random() < 0.35)
            if draw.random() < 0.3:
                yield _call(draw, at + draw.uniform(60, 300), number, "mass")


def _information(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.information):
        yield _call(draw, at, people.with_an_emergency(), "information")


# -- those who do not
def _children(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.children):
        number = draw.choice(people.children)
        for _ in range(draw.randint(3, 15)):
            yield _call(draw, at, number, "children")
            at += draw.uniform(20, 400)


def _pranksters(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for number in people.pranksters:
        day = draw.uniform(0, 30)
        while day < days:
            for _ in range(draw.randint(1, 8)):  # a spell of days
                for at in _times(draw, 1, draw.randint(1, 8)):
                    yield _call(draw, at + int(day) * DAY, number, "pranksters")
                day += draw.uniform(1, 3)
            day += draw.expovariate(1 / 25)


def _storms(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for began in _times(draw, days, city.storms / 365):
        for number in [people.anybody() for _ in range(150)]:
            for _ in range(draw.randint(2, 12)):
                yield _call(draw, began + draw.uniform(0, 5 * HOUR), number, "storm")


def _pocket(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.pocket * 0.6):
        number = people.anybody()
        for _ in range(draw.randint(2, 4) if draw.random() < 0.33 else 1):
            yield _call(draw, at, number, "pocket")
            at += draw.uniform(10, 600)


def _hanging(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    broken = 0.0
    while broken < days:
        broken += draw.expovariate(city.hanging_lines / 11.5)  # they hang for 11.5 days on average
        number, a_day, lasts = f"+62771{draw.randrange(7000):06}", draw.uniform(5, 40) * 0.45, draw.randint(3, 20)
        for day in range(int(broken), int(broken) + lasts):
            for at in _times(draw, 1, a_day):
                yield _call(draw, at + day * DAY, number, "hanging", silent=True)
        for _ in range(draw.randint(0, 2)):  # repaired, and somebody needs help
            yield _call(draw, BEGIN + (broken + lasts + draw.uniform(0, 120)) * DAY, number, "emergency")


def _no_number(draw: random.Random, days: int, city: City, people: _People) -> Iterator[Made]:
    for at in _times(draw, days, city.no_number):
        yield _call(draw, at, "", "no number", silent=draw.random() < 0.5)


_KINDS = (_emergencies, _of_pranksters, _faint, _threatened, _mass, _information, _children, _pranksters, _storms,
          _pocket, _hanging, _no_number)  # fmt: skip
