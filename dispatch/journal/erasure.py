"""How far an erasure reaches: whose keys are taken away with it, and which files go. Pure.

Of a call its phone's own message (AML) and what was sent for it goes too, of an incident what was said of its jobs and
what a neighbour, or a crew by SMS, was told of it; not the calls of an incident, nor the incident of a call.
"""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from dispatch.journal.chain import Journal
from dispatch.journal.subjects import aml_subject, key
from dispatch.journal.verification import files_of

_CALLS = frozenset(
    kind.__name__ for kind in (ev.CallReceived, ev.CallPlaced, ev.CallQueued, ev.CallEnded, ev.AmlReceived)
)
"""What only calls and phones' messages are told of: another name must not take the key of what it is not."""


class Reach(msgspec.Struct, frozen=True):
    """Whose keys go, and the digests of which files."""

    subjects: tuple[str, ...]
    digests: tuple[str, ...] = ()


def reach_of_call(journal: Journal, call: str) -> Reach | None:
    """Also of a phone's message that had no call (`aml-` and its number). None when there was no such. Blocking."""
    subjects: dict[str, None] = {key(call): None}
    digests: dict[str, None] = {}
    entries = journal.about(call)
    for event in (entry.event for entry in entries):
        match event:
            case ev.AmlClaimed(aml=aml):
                subjects[aml_subject(aml)] = None
                event = journal.read(aml - 1, 1)[0].event
            case ev.NoticeOrdered(notice=notice):
                subjects[key(notice)] = None
        digests |= dict.fromkeys(kept.digest for kept in files_of(event))
    return Reach(tuple(subjects), tuple(digests)) if any(entry.kind in _CALLS for entry in entries) else None


def reach_of_incident(journal: Journal, incident: str) -> Reach | None:
    """None when there was no such incident. Blocking."""
    subjects: dict[str, None] = {key(incident): None}
    entries = journal.about(incident)
    for event in (entry.event for entry in entries):
        match event:
            case ev.UnitAssigned(assignment=own) | ev.NoticeOrdered(notice=own):
                subjects[key(own)] = None
            case ev.AlertLinked() | ev.CentreAlerted():
                subjects[key(event.alert)] = None
            case ev.IncidentOpened(alert=alert) if alert:
                subjects[key(alert)] = None
    return Reach(tuple(subjects)) if any(entry.kind == ev.IncidentOpened.__name__ for entry in entries) else None
