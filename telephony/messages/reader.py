"""The parsers that the room's own doors need: what location servers answer and what phones send by themselves."""

from __future__ import annotations

from dispatch.calldata import Aml
from routing.location import Location
from telephony.messages import additional, aml, held, pidflo


class Reader:
    """Raises MalformedBody (a ValueError) that says what was wrong."""

    request = held.request()
    request_type = held.CONTENT_TYPE
    accept = held.ACCEPT

    def places(self, body: bytes) -> held.HeldAnswer:
        answer = held.read_answer(body)
        if answer.error:
            raise held.MalformedBody(f"{answer.error} {answer.message}".strip())
        return answer

    def place(self, body: bytes) -> Location | None:
        """Of a PIDF-LO document."""
        return next(iter(pidflo.read_pidflo(body).locations), None)

    def block(self, body: bytes, kind: str) -> dict[str, str]:
        return additional.read_block(body, kind).fields

    def aml_form(self, body: bytes) -> Aml:
        return aml.read_https(body)

    def aml_is_genuine(self, body: bytes, key: bytes) -> bool:
        return aml.is_genuine(body, key)

    def aml_message(self, payload: bytes | str, sender: str) -> Aml | None:
        return aml.read_sms(payload, sender)
