"""A draft: what somebody has begun to write and not sent, and what it was begun for. Pure.

There is one form for each call (`form.CALL`), one line for each incident and person (`note.INCIDENT.USER`), one answer
for each call (`answer.CALL`), and one form for each thing that a person writes without a call (`form.USER.OWN`). It
ends when its words have come into the journal, or when somebody throws it away. `key` is the identity of the command
that will carry the words (docs/api.md): whoever sends them twice is answered twice and heard once.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from dispatch import events as ev
from dispatch.commands import Id, Text
from routing.location import Location

_Key = Annotated[str, msgspec.Meta(pattern=r"^[\w.~:-]{8,100}\Z")]


class DraftWords(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is written; of a note or an answer only `note`. `said` as for OpenIncident."""

    type: Id = ""
    address: Text = ""
    note: Text = ""
    said: Annotated[str, msgspec.Meta(max_length=80)] = ""
    location: Location | None = None


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it is begun for. `own` names a form without a call; `alert`: what a neighbour told us of."""

    kind: Literal["form", "note", "answer"]
    call: Id = ""
    incident: Id = ""
    own: Annotated[str, msgspec.Meta(max_length=80)] = ""
    alert: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def id_for(self, user: str) -> str | None:
        """The draft's id; None when it says not enough."""
        if self.kind == "note":
            return f"note.{self.incident}.{user}" if self.incident else None
        if self.call:
            return f"{self.kind}.{self.call}"
        return f"form.{user}.{self.own}" if self.kind == "form" and self.own else None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """`user` began it; `caller`: the number of its call; `rev` counts what was kept of it; `incident`: what the words
    are to be added to, when the form was opened while somebody still wrote. `discarded`: when it was thrown away, 0 for
    never. Times in seconds since 1970."""

    id: str
    key: str
    about: About
    user: str
    words: DraftWords
    began: float
    changed: float
    rev: int = 1
    caller: str = ""
    incident: str = ""
    discarded: float = 0.0


class DraftWritten(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page writes. `base`: the `rev` that it began from, 0 for a new draft."""

    about: About
    key: _Key
    words: DraftWords
    base: Annotated[int, msgspec.Meta(ge=0)] = 0


Taken = ev.IncidentOpened | ev.IncidentChanged | ev.NoteAdded
"""Events that take words off a draft."""


def left_of(words: DraftWords, event: Taken) -> DraftWords:
    """The words that have not come into the journal with this event."""
    note = words.note
    left: dict[str, str | None] = {}
    if isinstance(event, ev.NoteAdded):
        # What was told may be more than what was kept: then all of this has been told.
        whole = event.text.startswith(note)
        left["note"] = "" if whole else note[len(event.text) :].strip() if note.startswith(event.text) else note
        return msgspec.structs.replace(words, **left)
    for name in ("type", "address", "said"):
        if getattr(words, name) == getattr(event, name):
            left[name] = ""
    if words.location is None or (event.location is not None and _same(words.location, event.location)):
        left["location"] = None
    return msgspec.structs.replace(words, **left)


def _same(a: Location, b: Location) -> bool:
    return abs(a.lat - b.lat) < 1e-6 and abs(a.lon - b.lon) < 1e-6


def joined(older: DraftWords, newer: DraftWords) -> DraftWords:
    """Both, where one was put back beside the other: no word of either is dropped."""
    made = {name: getattr(newer, name) or getattr(older, name) for name in DraftWords.__struct_fields__}
    apart = [text for text in (older.note, newer.note) if text]
    made["note"] = "\n".join(dict.fromkeys(apart))[:4000]
    return DraftWords(**made)


def in_words(words: DraftWords) -> str:
    """As one line, for the journal."""
    where = f"{words.location.lat:.5f}, {words.location.lon:.5f}" if words.location else ""
    return " · ".join(text for text in (words.type, words.address, where, words.note) if text)
