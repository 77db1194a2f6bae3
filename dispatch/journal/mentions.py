"""What an entry is about: the ids of the things that it names, read from its bytes. Pure.

The journal keeps them in an index beside the entries, written with them, so that a question about one thing reads the
entries about that thing and no others. The index proves nothing: it is made of the entries and can be made anew.
"""

from __future__ import annotations

from typing import Any

import msgspec

LONGEST = 120
"""Characters of an id that are kept in the index."""


class _Named(msgspec.Struct):
    """The fields of events that hold an id of a call, incident, assignment, unit, alert, notice or file."""

    call: Any = ""
    incident: Any = ""
    assignment: Any = ""
    unit: Any = ""
    alert: Any = ""
    notice: Any = ""
    canary: Any = ""
    about: Any = ""
    digest: Any = ""
    callback_of: Any = ""
    link: Any = ""
    calls: Any = ()
    digests: Any = ()
    fixes: Any = ()


_decoder = msgspec.json.Decoder(_Named)
_ONE = tuple(name for name in _Named.__struct_fields__ if name not in ("calls", "digests", "fixes"))


def mentioned(body: bytes) -> tuple[str, ...]:
    """The ids in an event's JSON, once each. An event that this program does not know is read all the same; bytes that
    are no JSON object name nothing."""
    try:
        named = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
    found = [getattr(named, name) for name in _ONE]
    # A call alone, or a call and its place in the queue.
    found += [one[0] if isinstance(one, list) and one else one for one in _list(named.calls)]
    found += _list(named.digests)
    found += [one.get("unit") for one in _list(named.fixes) if isinstance(one, dict)]
    return tuple(dict.fromkeys(key(one) for one in found if one and isinstance(one, str)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def key(thing: str) -> str:
    """An id as the index has it."""
    return thing[:LONGEST]
