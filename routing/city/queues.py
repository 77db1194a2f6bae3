"""The queues of a city: which calls wait in which, who is asked first, and where a queue overflows to. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable
from typing import Any

import msgspec

from routing.city.contacts import dialled
from routing.location import Malformed
from routing.text import Names, Param, Text, names_in

LONGEST_IDLE, RING_ALL = "longest-idle", "ring-all"
ANYBODY, PHONES, ALTERNATE, WRAP_UP = "anybody", "phones", "alternate-centre", "wrap-up"
"""Steps of an overflow that are no queues; no queue may have such an id."""
_RESERVED = {ANYBODY, PHONES, ALTERNATE, WRAP_UP, "test"}
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_MOST_SECONDS = 86_400.0


class QueueSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One queue. A call belongs to it when each of `services` (urn:service:), `called` numbers, `boundaries` (names)
    and `languages` that is given has one that fits; a queue that gives none only takes what overflows to it, except
    the default one, which takes every call that is left.

    `skills`: those who have all of them are asked first, and after `skills_after` everybody is. `overflow_to`: queues
    whose people are asked as well, the first after `overflow_after`, each further one as long after the one before; at
    once for a call that finds `overflow_length` others waiting. `phones` are dialled after `phones_after`, the
    alternate centre after `alternate_after`. All in seconds; 0: never. `priority`: of two ordinary calls the one of
    the queue with the higher one goes first.
    """

    id: str
    names: Names
    services: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    skills_after: float = 10.0
    ring: str = LONGEST_IDLE
    priority: int = 0
    overflow_to: tuple[str, ...] = ()
    overflow_after: float = 0.0
    overflow_length: int = 0
    phones: tuple[str, ...] = ()
    phones_after: float = 0.0
    alternate_after: float = 0.0

    @property
    def takes(self) -> tuple[tuple[str, ...], ...]:
        return self.services, self.called, self.boundaries, self.languages


class NotReady(msgspec.Struct, frozen=True, kw_only=True):
    """A reason why a call-taker takes no calls for a while."""

    id: str
    names: Names


DEFAULT = QueueSpec(id="112", names={"id": "Darurat 112", "en": "Emergency 112"})
"""Takes every call that no other queue takes; a city's file may say more about it, but it always exists."""


def queue_for(
    queues: tuple[QueueSpec, ...],
    service: str,
    called: str,
    languages: Iterable[str] = (),
    boundaries: Iterable[str] = (),
) -> str:
    """The id of the first queue that takes such a call. `service` without `urn:service:`; `called` as the INVITE has
    it; `languages` of the caller (BCP 47, the best first); `boundaries`: names of those the caller is in."""
    spoken = {language.lower().partition("-")[0] for language in languages}
    has = (set(_services(service)), {_number(called)}, set(boundaries), spoken)
    for spec in queues:
        if any(spec.takes) and all(not one or given & set(one) for one, given in zip(spec.takes, has, strict=True)):
            return spec.id
    return DEFAULT.id


def _services(service: str) -> Iterable[str]:
    """sos.fire.forest is a kind of sos.fire, and that of sos (RFC 5031, section 4.1)."""
    parts = (service or "sos").lower().split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _number(called: str) -> str:
    user = re.sub(r"(?i)^(sips?|tel):", "", called.strip()).partition("@")[0].partition(";")[0]
    return re.sub(r"[\s().-]", "", user)


def make_not_ready(rows: object) -> tuple[NotReady, ...]:
    """Raises Malformed."""
    try:
        given = msgspec.convert(rows, list[dict[str, object]])
        found = [(msgspec.convert(row.get("id"), str), names_in(row)) for row in given]
    except msgspec.ValidationError as wrong:
        raise Malformed("queue-file.not-ready", detail=str(wrong)) from None
    if not all("id" in names for _, names in found):
        raise Malformed("queue-file.not-ready", detail="name_id")
    return tuple(NotReady(id=name, names=names) for name, names in found)


def make_queues(rows: object, borders: Container[str]) -> tuple[QueueSpec, ...]:
    """The queues of a city's file, `rows` being its tables in order, with the default one last. `borders`: names of
    the city's boundaries. Raises Malformed that names queue and field, and says what to do."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Malformed("queue-file.no-tables")
    made: dict[str, QueueSpec] = {}
    for number, row in enumerate(rows, 1):
        table = _Table(row, number)
        spec = _queue(table, borders)
        if spec.id in made:
            raise table.fail("id", "queue-file.used-twice")
        made[spec.id] = spec
    for number, spec in enumerate(made.values(), 1):
        _check_ways(_Table({"id": spec.id}, number), spec, made)
    last = made.pop(DEFAULT.id, DEFAULT)
    return (*made.values(), last)


class _Table:
    """One [[queue]] that knows its number, so that a complaint can say where it is."""

    def __init__(self, said: dict[str, Any], number: int) -> None:
        self.said, self._number = said, number

    def fail(self, field: str, what: str | Text, /, **params: Param) -> Malformed:
        """`what`: what is wrong with the field, and what to do, as a text or its code."""
        said = what if isinstance(what, Text) else Text(what, params)
        code = "queue-file.field" if "id" in self.said else "queue-file.field-of-no-id"
        name = str(self.said.get("id", ""))
        return Malformed(code, number=self._number, queue=name, field=field, what=said)


_FIELDS = {field.name: field.type for field in msgspec.structs.fields(QueueSpec) if field.name != "names"}
_EXPECTED = {
    str: "queue-file.no-text",
    float: "queue-file.no-seconds",
    int: "queue-file.no-whole-number",
    tuple[str, ...]: "queue-file.no-list",
}


def _queue(table: _Table, borders: Container[str]) -> QueueSpec:
    names = names_in(table.said)
    for field in table.said:
        if field not in _FIELDS and field.removeprefix("name_") not in names:
            near = difflib.get_close_matches(field, [*_FIELDS, "name_id", "name_en"], 1)
            if near:
                raise table.fail(field, "queue-file.field-meant", near=near[0])
            raise table.fail(field, "queue-file.field-unknown")
    given = {}
    for field, kind in _FIELDS.items():
        if field not in table.said:
            continue
        try:
            given[field] = msgspec.convert(table.said[field], kind)
        except msgspec.ValidationError as wrong:
            raise table.fail(field, _EXPECTED[kind], detail=str(wrong)) from None
    for field, there in (("id", given.get("id", "").strip()), ("name_id", names.get("id"))):
        if not there:
            raise table.fail(field, "queue-file.missing")
    spec = QueueSpec(names=names, **given)
    if not _ID.fullmatch(spec.id) or spec.id in _RESERVED:
        raise table.fail("id", "queue-file.no-id")
    for field in _FIELDS:
        value = getattr(spec, field)
        if isinstance(value, float) and not 0 <= value <= _MOST_SECONDS:
            raise table.fail(field, "queue-file.seconds-out-of-range", value=f"{value:g}")
    for field, low, high in (("priority", -9, 9), ("overflow_length", 0, 10_000)):
        if not low <= getattr(spec, field) <= high:
            raise table.fail(field, "queue-file.out-of-range", low=low, high=high)
    if spec.ring not in (LONGEST_IDLE, RING_ALL):
        raise table.fail("ring", "queue-file.ring", value=spec.ring)
    return msgspec.structs.replace(spec, **_words(table, spec, borders))


def _words(table: _Table, spec: QueueSpec, borders: Container[str]) -> dict[str, tuple[str, ...]]:
    """The lists as they are compared."""
    languages = tuple(one.lower().partition("-")[0] for one in spec.languages)
    for field, words in (("skills", spec.skills), ("languages", languages)):
        for word in words:
            if not _WORD.fullmatch(word):
                raise table.fail(field, "queue-file.no-word", value=word)
    for name in spec.boundaries:
        if name not in borders:
            raise table.fail("boundaries", "queue-file.no-boundary", value=name)
    services = tuple(one.lower().removeprefix("urn:service:") for one in spec.services)
    for one in services:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", one):
            raise table.fail("services", "queue-file.no-service", value=one)
    try:
        phones = tuple(dialled(one) for one in spec.phones)
    except Malformed as wrong:
        raise table.fail("phones", wrong.text) from None
    return {
        "services": services,
        "called": tuple(_number(one) for one in spec.called),
        "languages": languages,
        "phones": phones,
    }


def _check_ways(table: _Table, spec: QueueSpec, made: dict[str, QueueSpec]) -> None:
    for other in spec.overflow_to:
        if other == spec.id or other not in made and other != DEFAULT.id:
            raise table.fail("overflow_to", "queue-file.no-other-queue", value=other)
    if spec.id == DEFAULT.id:
        if any(spec.takes):
            raise table.fail("id", "queue-file.default-takes-all")
    elif not any(spec.takes) and not any(spec.id in one.overflow_to for one in made.values()):
        raise table.fail("services", "queue-file.no-call-comes")
