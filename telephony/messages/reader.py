"""The parsers that the room's own doors need: what phones send by themselves, and places in a neighbour's alert."""

from __future__ import annotations

from dispatch.calldata import Aml
from routing.location import Location
from telephony.messages import aml, pidflo


class Reader:
    """Raises MalformedBody (a ValueError) that says what was wrong."""

    def place(self, body: bytes) -> Location | None:
        """Of a PIDF-LO document."""
        return next(iter(pidflo.read_pidflo(body).locations), None)

    def aml_form(self, body: bytes) -> Aml:
        return aml.read_https(body)

    def aml_is_genuine(self, body: bytes, key: bytes) -> bool:
        return aml.is_genuine(body, key)

    def aml_message(self, payload: bytes | str, sender: str) -> Aml | None:
        return aml.read_sms(payload, sender)
