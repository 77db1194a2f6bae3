"""Every word in the journal is either marked as personal, or stands here with the reason why it is nobody's."""

from __future__ import annotations

import pytest
from msgspec import inspect

from dispatch import events as ev
from dispatch.personal import personal_fields

OF_OURS = {
    "an id that we or the switch made": (
        "about", "alarm", "alert", "assignment", "asks", "boot", "before", "call", "callback_of", "calls", "canary",
        "closure", "draft", "entry", "incident", "journal", "kernel", "leg", "link", "member", "notice", "party",
        "remote", "sent", "subjects", "theirs",
    ),
    "a name from the city's files: a position, a unit, a queue, a centre, a camera, a telephone of ours": (
        "agency", "camera", "capabilities", "centre", "name", "phone", "position", "positions", "profile", "queue",
        "shift", "skills", "station", "trunk", "unit", "units", "changes",
    ),
    "who works here": ("by", "user", "role", "seal"),
    "a digest of what is kept beside the journal, of a key or of a cookie": (
        "browser", "digest", "digests", "raw", "faults",
    ),
    "a kind": (
        "body_type", "command", "kind", "language", "languages", "method", "service", "sounds", "via", "version",
    ),
}  # fmt: skip
OF_THESE = {
    "CallReceived.called": "a number of ours, or a URN",
    "CallReceived.priority": "a value of RFC 4412",
    "CallEnded.why": "a code, and what the line answered",
    "CallParted.why": "a code, and what the line answered",
    "PartyLeft.why": "a code, and what the line answered",
    "PositionLegDown.why": "a code, and what the line answered",
    "TrunkLost.why": "a code, and what the trunk answered",
    "OrderFailed.why": "a code",
    "CallbackOwed.why": "a code",
    "CallbackCleared.why": "a code",
    "PositionClosed.why": "a code",
    "RecordingIncomplete.why": "a code, and what the disk answered",
    "CallOverflowed.to": "who is asked besides: a word of the settings",
    "CallScored.reasons": "codes and counts; whose calls they count is known by the number only, which is sealed",
    "IncidentOpened.type": "one of the city's kinds of incident",
    "IncidentChanged.type": "one of the city's kinds of incident",
    "LocationChosen.why": "a code",
    "CanaryStarted.uri": "our own number",
    "CanaryEnded.why": "of our own test call",
    "CanaryFailed.text": "of our own test call",
    "EidoRead.address": "of the centre that read it",
    "EidoRead.to": "a contact of the city's files",
    "ReferenceGiven.to": "a contact of the city's files",
    "Erased.rule": "the provision",
    "Erased.letter": "number and date of the decision; whoever orders an erasure names nobody there",
    "PositionReady.reason": "one of the city's reasons",
    "RecommendationMade.candidates": "units, and how far they are",
    "RecommendationMade.missing": "codes and capabilities",
    "RecommendationMade.shortfall": "capabilities",
    "SignInRefused.address": "of who wanted to work here",
    "UserSignedIn.address": "of who works here",
    "SoundStrayed.listener": "caller, position, party: a kind and an id",
    "SoundStrayed.speaker": "caller, position, party: a kind and an id",
    "StreetClosed.drawn": "a street, for everybody",
    "StreetClosed.streets": "a street, for everybody",
    "StreetClosed.why": "why a street is closed, for everybody",
    "UnitsSighted.fixes": "where our units were",
}


def words(kind: inspect.Type) -> bool:
    """Whether such a value can hold words that nobody chose from a list."""
    if isinstance(kind, inspect.Metadata):
        return words(kind.type)
    if isinstance(kind, inspect.StrType | inspect.StructType):
        return True
    held = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    held += [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    return any(words(one) for one in held if one is not None)


def open_words(kind: type[ev.Event]) -> set[str]:
    base = set(ev.Event.__struct_fields__)
    fields = [one for one in inspect.type_info(kind).fields if one.name not in base and words(one.type)]
    return {one.name for one in fields} - set(personal_fields(kind))


@pytest.mark.parametrize("name", sorted(ev.EVENTS))
def test_every_word_of_an_event_is_marked_or_is_nobodys(name):
    ours = {field for fields in OF_OURS.values() for field in fields}
    told = {field for field in open_words(ev.EVENTS[name]) if field not in ours and f"{name}.{field}" not in OF_THESE}
    assert not told, "mark it as PERSONAL (dispatch/personal.py), or say here why it tells of nobody"


def test_no_reason_stands_here_for_nothing():
    there = {f"{name}.{field}" for name, kind in ev.EVENTS.items() for field in open_words(kind)}
    assert set(OF_THESE) - there == set()
    fields = {one.partition(".")[2] for one in there}
    assert {one for several in OF_OURS.values() for one in several} - fields == set()


def test_places_are_marked_wherever_they_are():
    """A place is numbers, not words: everything that has degrees is a caller's, or a unit's, or a street's."""
    with_degrees = {
        f"{name}.{field.name}" for name, kind in ev.EVENTS.items() for field in inspect.type_info(kind).fields
        if field.name not in personal_fields(kind) and (field.name in ("lat", "lon") or has_degrees(field.type, ()))
    }  # fmt: skip
    assert with_degrees == {
        "RecommendationMade.candidates", "StreetClosed.drawn", "UnitRegistered.lat", "UnitRegistered.lon",
        "UnitsSighted.fixes",
    }  # fmt: skip


def has_degrees(kind: inspect.Type, within: tuple[type, ...]) -> bool:
    if isinstance(kind, inspect.Metadata):
        return has_degrees(kind.type, within)
    if isinstance(kind, inspect.StructType):
        named = {one.name for one in kind.fields}
        inside = (*within, kind.cls)
        deeper = kind.cls not in within and any(has_degrees(one.type, inside) for one in kind.fields)
        return bool({"lat", "points"} & named) or deeper
    held = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    held += [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    return any(has_degrees(one, within) for one in held if one is not None)
