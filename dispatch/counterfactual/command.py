"""The command `siaga replay --policy`: its options, the journal opened for reading, and where the answer goes."""

from __future__ import annotations

import argparse
import math
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dispatch.advice.clock import CityClock
from dispatch.counterfactual.report import one_incident, report, write_csv
from dispatch.counterfactual.rerun import POLICIES, CounterfactualError, run_again
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.settings import Settings
from routing.city.load import load_city
from routing.city.records import City

_LATE = (60.0, 7200.0)


def what_if(settings: Settings, arguments: argparse.Namespace) -> int:
    """Raises CounterfactualError, CityError, JournalUnavailable or OSError with what to do."""
    if arguments.call or arguments.at is not None:
        raise CounterfactualError("--policy works anew what happened, --call and --at show it: ask for one of them")
    policies = _policies(arguments.policy or "")
    city = load_city(settings.city_folder)
    begin, end = _span(city, arguments.begin, arguments.end)
    late = city.run_cards.within_s if arguments.late is None else arguments.late
    if not _LATE[0] <= late <= _LATE[1]:
        raise CounterfactualError("--late must be seconds from 60 to 7200, such as 600")
    began = time.monotonic()

    def told(text: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {text}", file=sys.stderr, flush=True)

    rerun = run_again(_journal(settings), city, policies, begin, end, late, told)
    clock = CityClock(city.time_zone)
    if arguments.csv:
        with open(arguments.csv, "w", encoding="utf-8", newline="") as file:
            write_csv(rerun, file, clock)
    lines = one_incident(rerun, arguments.incident, clock) if arguments.incident else report(rerun, policies, clock)
    empty = True
    for line in lines:
        print(line)
        empty = False
    if empty:
        raise CounterfactualError(
            f"the incident '{arguments.incident}' is not among those of the period to which a unit came"
        )
    return 0


def _policies(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    for name in names:
        if name not in POLICIES:
            raise CounterfactualError(f"--policy knows {', '.join(POLICIES)}, not '{name}'")
    if not names:
        raise CounterfactualError(f"say by which rule: --policy with one or several of {', '.join(POLICIES)}")
    return names


def _span(city: City, first: str | None, last: str | None) -> tuple[float, float]:
    """Seconds since 1970, from the beginning of `first` to the end of `last`."""
    begin = _moment(city, first).timestamp() if first else 0.0
    end = math.inf
    if last:
        end = _moment(city, last, timedelta(days=len(last.strip()) == len("2027-01-31"))).timestamp()
    if begin >= end:
        raise CounterfactualError("--to lies before --from; exchange them")
    return begin, end


def _moment(city: City, text: str, later: timedelta = timedelta()) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(city.time_zone)) + later
    except (ValueError, OverflowError):
        raise CounterfactualError(f"'{text}' is no day; write it like 2027-01-31 or 2027-01-31T18:00") from None


def _journal(settings: Settings) -> SqlJournal:
    """Opened without migrating it: an old journal stays an old one. A file that is not there is not made."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise JournalUnavailable(f"there is no journal at {url.database}; correct the setting 'data' or 'database'")
    return SqlJournal(open_engine(settings.database_url))
