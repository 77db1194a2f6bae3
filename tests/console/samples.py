"""Something for every field and every route, so that what can be asked can be asked wrongly."""

from __future__ import annotations

import re

import msgspec

from console.http.answers import Media


def sample(kind: msgspec.inspect.Type) -> object:
    """Something of this type that names nothing there is."""
    if isinstance(kind, msgspec.inspect.Metadata):  # such as of fields that are personal
        return sample(kind.type)
    match kind:
        case msgspec.inspect.StrType(pattern=pattern):
            return "nope-404" if pattern is None or re.search(pattern, "nope-404") else "1"
        case msgspec.inspect.LiteralType():
            return kind.values[0]
        case msgspec.inspect.FloatType() | msgspec.inspect.IntType():
            return 1
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.StructType():
            return {one.encode_name: sample(one.type) for one in kind.fields if one.required}
        case msgspec.inspect.VarTupleType():
            return [sample(kind.item_type)] * 2
        case msgspec.inspect.TupleType():
            return [sample(one) for one in kind.item_types]
        case msgspec.inspect.UnionType():
            return sample(kind.types[0])
    return {}


def routes_of(site) -> list:
    """Every route of the API, with those of the callers' pages."""
    left, found = [site._listening.factory.resource], {}
    while left:
        one = left.pop()
        left += [*one.children.values(), *([one._api] if hasattr(one, "_api") else [])]
        found |= {(route.method, route.path): route for route, _ in getattr(one, "_routes", ())}
    return list(found.values())


def bodies_of(route) -> tuple:
    """The types of the JSON bodies that a route takes."""
    if route.takes is None or isinstance(route.takes, Media):
        return ()
    return route.takes if isinstance(route.takes, tuple) else (route.takes,)
