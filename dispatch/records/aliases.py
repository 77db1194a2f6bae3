"""What was learnt of the names of places."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from routing.places.gazetteer import LocalName


class Learnt(Record):
    """A name, under `key` for all its spellings, learnt in `incident`; both are empty when it was forgotten."""

    incident: str
    key: Annotated[str, PERSONAL] = ""
    name: Annotated[LocalName | None, PERSONAL] = None
