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
from dispatch.catalogue import of_terminal, words
from dispatch.counterfactual import POLICIES
from dispatch.counterfactual.report import Reporter, write_csv
from dispatch.counterfactual.rerun import CounterfactualError, run_again
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.settings import Settings
from routing.city.load import load_city
from routing.city.records import City
from routing.text import Text

_LATE = (60.0, 7200.0)


def what_if(settings: Settings, arguments: argparse.Namespace) -> int:
    """Raises CounterfactualError, CityError, JournalUnavailable or OSError with what to do."""
    if arguments.call or arguments.at is not None:
        raise CounterfactualError("what-if.wrong-both")
    policies = _policies(arguments.policy or "")
    city = load_city(settings.city_folder)
    begin, end = _span(city, arguments.begin, arguments.end)
    late = city.run_cards.within_s if arguments.late is None else arguments.late
    if not _LATE[0] <= late <= _LATE[1]:
        raise CounterfactualError("what-if.wrong-late")
    began, language = time.monotonic(), words(of_terminal())

    def told(said: Text) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {language.say(said)}", file=sys.stderr, flush=True)

    rerun = run_again(_journal(settings), city, policies, begin, end, late, told)
    clock = CityClock(city.time_zone)
    if arguments.csv:
        with open(arguments.csv, "w", encoding="utf-8", newline="") as file:
            write_csv(rerun, file, clock)
    reporter = Reporter(rerun, clock, language)
    lines = reporter.one_incident(arguments.incident) if arguments.incident else reporter.whole(policies)
    empty = True
    for line in lines:
        print(line)
        empty = False
    if empty:
        raise CounterfactualError("what-if.wrong-incident", incident=arguments.incident)
    return 0


def _policies(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    for name in names:
        if name not in POLICIES:
            raise CounterfactualError("what-if.wrong-policy", known=POLICIES, name=name)
    if not names:
        raise CounterfactualError("what-if.wrong-no-policy", known=POLICIES)
    return names


def _span(city: City, first: str | None, last: str | None) -> tuple[float, float]:
    """Seconds since 1970, from the beginning of `first` to the end of `last`."""
    begin = _moment(city, first).timestamp() if first else 0.0
    end = math.inf
    if last:
        end = _moment(city, last, timedelta(days=len(last.strip()) == len("2027-01-31"))).timestamp()
    if begin >= end:
        raise CounterfactualError("what-if.wrong-order")
    return begin, end


def _moment(city: City, text: str, later: timedelta = timedelta()) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(city.time_zone)) + later
    except (ValueError, OverflowError):
        raise CounterfactualError("what-if.wrong-day", said=text) from None


def _journal(settings: Settings) -> SqlJournal:
    """Opened without migrating it: an old journal stays an old one. A file that is not there is not made."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise JournalUnavailable("journal.none-there", file=str(url.database))
    return SqlJournal(open_engine(settings.database_url), Masters(settings.data_folder))
