"""Whether what the folds wrote is drawn: every step from state to state stands in TRANSITIONS (dispatch/states.py).

A step that is not drawn is a fault of ours, in a policy or in the table. The fact is folded all the same, as the
journal of another version of this program is; `decide` notes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from dispatch.records import Call, Link, Reference
from dispatch.states import TRANSITIONS


def _reference(one: Reference) -> str:
    return "due" if one.due else "given_up" if one.why else "told"


def _link(link: Link) -> str:
    return "closed" if link.closed else "open"


_MACHINES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "calls": ("call", attrgetter("state")),
    "links": ("location_link", _link),
    "incidents": ("incident", attrgetter("state")),
    "assignments": ("assignment", attrgetter("state")),
    "units": ("unit", attrgetter("status")),
    "alerts": ("alert", attrgetter("state")),
    "notices": ("notice", attrgetter("state")),
}
"""By table of the board: the machine that its records have, and where one of them is in it."""


def undrawn(changes: Iterable[tuple[str, str, Any, Any]]) -> list[str]:
    """The steps that no table has, in words for who mends the program. `changes`: (table, key, the record before, the
    record after), None for none; what is taken off the board takes no step."""
    found: list[str] = []
    for table, key, before, after in changes:
        if after is None or table not in _MACHINES:
            continue
        machine, state = _MACHINES[table]
        found += _step(machine, key, "" if before is None else state(before), state(after))
        if table == "calls":
            found += _references(before, after)
    return found


def _references(before: Call | None, after: Call) -> list[str]:
    if not after.references or (before is not None and before.references is after.references):
        return []
    known = {one.uri: _reference(one) for one in before.references} if before is not None else {}
    steps = (_step("reference", one.uri, known.get(one.uri, ""), _reference(one)) for one in after.references)
    return [step for found in steps for step in found]


def _step(machine: str, about: str, was: str, now: str) -> list[str]:
    if was == now or now in TRANSITIONS[machine].get(was, ()):
        return []
    return [f"{machine} {about}: {was or 'new'} → {now}"]
