"""Folds the journal to any instant. Reads only; imports no reactor and recomputes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal import Entry, Journal, entries_of


def fold(entries: Iterable[Entry], board: Board | None = None) -> Board:
    """The board after these entries."""
    board = board or Board()
    for entry in entries:
        board.apply(entry.seq, entry.event)
    return board


def board_at(journal: Journal, seq: int) -> Board:
    """The board as it was after entry `seq`."""
    return fold(entries_of(journal, upto=seq))


class Step(msgspec.Struct, frozen=True):
    """One entry of a story: its number, when it happened and was recorded (seconds since 1970), and the event."""

    seq: int
    at: float
    recorded: float
    event: ev.Event


class Story(msgspec.Struct, kw_only=True):
    """All entries about one call: itself, its incident, the units sent, what neighbours were told, who looked at it."""

    call: str
    incident: str = ""
    assignments: list[str] = []
    steps: list[Step] = []


def story_of(journal: Journal, call: str) -> Story:
    """What the journal tells of one call, in order. A call that never was has no steps."""
    story = Story(call=call)
    needle = msgspec.json.encode(call)
    about: list[bytes] = [needle]
    units: set[str] = set()
    for entry in entries_of(journal):
        # Most entries are about something else: the bytes are looked at before anything is decoded.
        if not any(key in entry.body for key in about) and b'"UnitsSighted"' not in entry.body:
            continue
        event = entry.event
        if isinstance(event, ev.UnitsSighted):
            kept = tuple(fix for fix in event.fixes if fix.unit in units)
            if not kept:
                continue
            event = ev.UnitsSighted(at=event.at, fixes=kept)
        elif isinstance(event, ev.IncidentOpened | ev.CallLinked) and event.call == call:
            story.incident = event.incident
            about.append(msgspec.json.encode(event.incident))
        elif isinstance(event, ev.CentreAlerted | ev.AlertLinked) and event.incident == story.incident:
            about = list(dict.fromkeys((*about, msgspec.json.encode(event.alert))))
        elif isinstance(event, ev.UnitAssigned) and event.incident == story.incident:
            story.assignments.append(event.assignment)
            about.append(msgspec.json.encode(event.assignment))
            units.add(event.unit)
        story.steps.append(Step(entry.seq, event.at, entry.recorded / 1e6, event))
    return story
