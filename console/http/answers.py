"""What routes answer with: JSON by its type, or bytes of another kind; and how openapi.json is told which."""

from __future__ import annotations

from typing import Any

import msgspec

from routing.text import Param


class Done(msgspec.Struct, frozen=True):
    """It is done, and there is nothing more to say."""


class Worded(msgspec.Struct, frozen=True):
    """A text for programs: its code, what fills its blanks, and how it reads in the asker's language."""

    code: str
    params: dict[str, Param]
    text: str


class NotDone(msgspec.Struct, frozen=True):
    """Why something was not done, for the person who can mend it: `code` names the sentence in the catalogue, `params`
    fill its blanks, `text` is the sentence in the asker's language."""

    error: Worded


class Raw(msgspec.Struct, frozen=True):
    """An answer that is encoded already; `packed` is its gzip form where that is kept."""

    body: bytes
    type: str = "application/json"
    packed: bytes = b""


class Media(msgspec.Struct, frozen=True):
    """Bodies that are no JSON of ours: their media types. `fields`: names and meanings of a form's fields. `ranges`: a
    file, which can be asked for piece by piece (RFC 9110, 14)."""

    types: tuple[str, ...]
    says: str = ""
    fields: dict[str, str] = {}
    ranges: bool = False


class Lines(msgspec.Struct, frozen=True):
    """JSON lines, each of this type."""

    of: Any


class Messages(msgspec.Struct, frozen=True):
    """Server-sent events: the `event` of each kind of message → the type of its `data`, or several types."""

    kinds: dict[str, Any]
