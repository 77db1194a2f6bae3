"""What a vehicle says of itself and of the accident."""

from __future__ import annotations

from dispatch.calldata import Msd
from dispatch.events.base import Event


class MsdReceived(Event):
    """A vehicle's minimum set of data (RFC 8147), with the call or within it. `raw`: digest of the message kept beside
    the journal. `test`: the vehicle says that the call is a test; it counts as one, so it is known without the rest."""

    call: str
    msd: Msd
    raw: str = ""
    test: bool = False
