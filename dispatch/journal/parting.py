"""An event in two parts: what everybody who has the journal may read, and its personal fields, which are sealed. Pure.

The open part has neither the kind of the event nor when it came to pass: those stand in the entry's envelope. Both
parts are JSON objects; put together at their braces they are the event again. Where fields are personal is found once
for each kind of event (dispatch/personal.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import msgspec

from dispatch import events as ev
from dispatch.personal import empty_fields, personal_fields

_ELSEWHERE = ("at", "erased")
_NOTHING = b"{}"
_encode = msgspec.json.Encoder().encode
Reader = Callable[[ev.Event], Any]


class _Parts(msgspec.Struct, frozen=True):
    """`open`, `personal`: give that part of an event, ready for JSON; `personal` is None where there is none. `empty`:
    the personal fields that every such event has, as they are when they are erased, as JSON without its braces."""

    open: Reader
    personal: Reader | None
    empty: bytes


def open_part(event: ev.Event) -> Any:
    """A struct of the fields that are not personal, ready for JSON."""
    return _parts(type(event)).open(event)


def personal_part(event: ev.Event) -> bytes:
    """The personal fields as a JSON object; b"" when all of them are as if nobody had said anything."""
    reader = _parts(type(event)).personal
    if reader is None:
        return b""
    words = _encode(reader(event))
    return b"" if words == _NOTHING else words


def joined(kind: str, happened: float, body: bytes, words: bytes | None) -> ev.Event:
    """The event of both parts; `words` None: its personal fields cannot be read, and it says so. Raises ValueError,
    RecursionError."""
    told = _begins(kind) + _encode(happened)
    if len(body) > 2:
        told += b"," + body[1:-1]
    if words is None:
        told += _erased(kind)
    elif words:
        told += b"," + words[1:-1]
    return ev.decode(told + b"}")


@functools.lru_cache(maxsize=1000)
def _begins(kind: str) -> bytes:
    return b'{"event":%b,"at":' % _encode(kind)


@functools.lru_cache(maxsize=1000)
def _erased(kind: str) -> bytes:
    known = ev.EVENTS.get(kind)
    empty = _parts(known).empty if known else b""
    return b"," + empty + b',"erased":true' if empty else b',"erased":true'


@functools.cache
def _parts(kind: type[ev.Event]) -> _Parts:
    personal = personal_fields(kind)
    rest = [name for name in kind.__struct_fields__ if name not in (*personal, *_ELSEWHERE)]
    required = {field.name for field in msgspec.structs.fields(kind) if field.required}
    empty = {name: value for name, value in empty_fields(kind).items() if name in required}
    return _Parts(_reader(kind, rest), _reader(kind, personal) if personal else None, _encode(empty)[1:-1])


def _reader(kind: type[ev.Event], names: Any) -> Reader:
    """Gives these fields of an event as a struct that leaves out what equals its default, as the event does."""
    if not names:
        nothing = msgspec.defstruct(f"{kind.__name__}Nothing", [])()
        return lambda event: nothing
    fields = [(name, Any, _default(kind, name)) for name in names]
    part = msgspec.defstruct(f"{kind.__name__}Part", fields, omit_defaults=True)
    if len(fields) == 1:
        one = attrgetter(names[0])
        return lambda event: part(one(event))
    several = attrgetter(*names)
    return lambda event: part(*several(event))


def _default(kind: type[ev.Event], name: str) -> Any:
    field = next(one for one in msgspec.structs.fields(kind) if one.name == name)
    if field.required:
        return msgspec.field(default_factory=lambda: msgspec.UNSET)
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field(default=field.default)
