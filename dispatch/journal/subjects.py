"""What an entry is about, and under whose key its personal fields lie. Pure.

Theory of operation. An entry names its subjects: the ids of the calls, incidents, assignments, units, alerts, notices
and files that its event names. They are a part of the entry, and the journal keeps them in an index as well, so that a
question about one thing reads the entries about that thing and no others. The index proves nothing: it is made of the
entries and can be made anew.

One of them, the entry's subject, has the key under which the entry's personal fields are sealed. What names an incident
lies under the incident's key, what names only a call under the call's, so a call can be erased without its incident and
an incident without its calls: an incident knows which calls are its own, and their keys are separate. What is said of a
call's own line lies under the call's key although it may name an incident too (CallPlaced, AlarmRaised). A phone's
message that has no call yet has a key of its own, named by its entry (`aml-17`). What is about nobody in particular
lies under the room's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import msgspec

from dispatch import events as ev

LONGEST = 120
"""Characters of an id that are kept."""
ROOM = "room"
"""The subject of what is about nobody in particular."""
CATALOGUE = "catalogue"
"""The subject of which words were in force."""
_NAMES = (
    "call", "incident", "assignment", "unit", "alert", "notice", "canary", "about", "digest", "callback_of", "link",
)  # fmt: skip
_LISTS = ("calls", "digests", "subjects", "fixes")
_UNDER: tuple[str, ...] = ("incident", "call", "alert", "assignment", "notice", "draft", "about", "canary")
_CALLS_OWN = ("call", "incident", "alert")
_OF_PHONES = (ev.AmlReceived, ev.AmlClaimed, ev.AmlLapsed)
_UNDER_OF: dict[type[ev.Event], tuple[str, ...]] = {ev.CallPlaced: _CALLS_OWN, ev.AlarmRaised: _CALLS_OWN}


def subjects_of(event: ev.Event, seq: int) -> tuple[str, ...]:
    """The ids that the event of entry `seq` names, once each."""
    names, lists = _named(type(event))
    found = [one[:LONGEST] for one in names(event) if one]
    if lists:
        found += [key(named) for name in lists for one in getattr(event, name) if (named := _id(one))]
    if isinstance(event, ev.CatalogueInForce):
        found.append(CATALOGUE)
    if isinstance(event, _OF_PHONES):
        found.append(aml_subject(seq if isinstance(event, ev.AmlReceived) else event.aml))
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def subject_of(event: ev.Event, seq: int) -> str:
    """Under whose key the personal fields of entry `seq` lie."""
    if isinstance(event, ev.AmlReceived):
        return aml_subject(seq)
    for name in _under(type(event)):
        if found := getattr(event, name):
            return key(found)
    return ROOM


def aml_subject(seq: int) -> str:
    """The message of a phone that came with entry `seq`."""
    return f"aml-{seq}"


@functools.cache
def _named(kind: type[ev.Event]) -> tuple[Callable[[ev.Event], tuple[str, ...]], tuple[str, ...]]:
    """(what reads the single ids of such an event, the names of its lists)."""
    has = [name for name in _NAMES if name in kind.__struct_fields__]
    lists = tuple(name for name in _LISTS if name in kind.__struct_fields__)
    if len(has) > 1:
        return attrgetter(*has), lists
    if not has:
        return (lambda event: ()), lists
    one = attrgetter(has[0])
    return (lambda event: (one(event),)), lists


@functools.cache
def _under(kind: type[ev.Event]) -> tuple[str, ...]:
    return tuple(name for name in _UNDER_OF.get(kind, _UNDER) if name in kind.__struct_fields__)


def _id(one: Any) -> str:
    """A call alone, a call and its place in the queue, or a fix of a unit."""
    return one if isinstance(one, str) else one[0] if isinstance(one, tuple) else one.unit


class _Leaf(msgspec.Struct):
    subjects: Any = ()


_leaf = msgspec.json.Decoder(_Leaf)


def mentioned(leaf: bytes) -> tuple[str, ...]:
    """The subjects in an entry's bytes. An entry of a newer version of ours is read all the same; bytes that are no
    entry name nothing."""
    try:
        named = _leaf.decode(leaf).subjects
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
    found = named if isinstance(named, list) else []
    return tuple(dict.fromkeys(key(one) for one in found if one and isinstance(one, str)))


def key(thing: str) -> str:
    """An id as entries and the index have it."""
    return thing[:LONGEST]
