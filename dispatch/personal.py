"""Which fields of an event or a record tell of a person: marked in the types, found here. Pure.

`caller: Annotated[str, PERSONAL] = ""` is personal; so is a field whose type has personal fields. The journal seals
such fields under a key of their call or incident (dispatch/journal/parting.py), and an erasure empties them
(dispatch/folds/erasures.py).
"""

from __future__ import annotations

import functools
from typing import Any

import msgspec
from msgspec import inspect

PERSONAL = msgspec.Meta(extra={"personal": True})
"""Marks a field of a caller, of a patient, or of the place where they need help; never of who works here."""


@functools.cache
def personal_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The names of the personal fields of a struct, in its order."""
    return tuple(field.name for field in _fields(kind) if _is_personal(field.type, ()))


@functools.cache
def empty_fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """What the personal fields hold once they are erased: their default, else the emptiest value of their type."""
    personal = personal_fields(kind)
    return {field.name: _empty(field) for field in _fields(kind) if field.name in personal}


def emptied(record: Any) -> Any:
    """The record without what it tells of a person."""
    kind: type[msgspec.Struct] = type(record)
    return msgspec.structs.replace(record, **empty_fields(kind))


def _fields(kind: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return found.fields


def _is_personal(kind: Any, within: tuple[type, ...]) -> bool:
    """`within`: the structs that it is looked at in; some contain themselves."""
    if isinstance(kind, inspect.Metadata):
        return bool((kind.extra or {}).get("personal")) or _is_personal(kind.type, within)
    if isinstance(kind, inspect.StructType):
        inside = (*within, kind.cls)
        return kind.cls not in within and any(_is_personal(field.type, inside) for field in kind.fields)
    held = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    held += [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    return any(_is_personal(one, within) for one in held if one is not None)


def _empty(field: inspect.Field) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _emptiest(field.type)


def _emptiest(kind: Any) -> Any:
    match kind:
        case inspect.Metadata():
            return _emptiest(kind.type)
        case inspect.UnionType():
            return None if any(isinstance(one, inspect.NoneType) for one in kind.types) else _emptiest(kind.types[0])
        case inspect.StructType():
            return kind.cls(**{field.name: _empty(field) for field in kind.fields})
    simple = {"StrType": "", "IntType": 0, "FloatType": 0.0, "BoolType": False, "DictType": {}, "NoneType": None}
    return simple.get(type(kind).__name__, ())
