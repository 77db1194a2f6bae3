"""What happens in a room: calls of every kind, and of one call every fact that a page shows."""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from dispatch.calldata import Msd
from routing.location import Location
from routing.text import text

FIX = Location(lat=0.92014, lon=104.45735, radius=18.0, confidence=68.0, source="aml", method="GPS", shape="Circle")
CRASH = Msd(
    version=2, automatic=True, vehicle="M1", vin="WM9VDSVDSYA123456", propulsion=("gasoline", "hydrogen"), at=1.8e9,
    lat=0.92, lon=104.45, heading=90.0, occupants=2,
)  # fmt: skip


def tell(site, event: type, call: str, **fields) -> None:
    site.reported(event(at=site.room.now(), call=call, **fields))


def calls_of_every_kind(site) -> None:
    now = site.room.now()
    for call, said in (
        ("q-car", {"service": "sos.ecall.automatic"}), ("q-text", {"media": "text"}), ("q-en", {"languages": ("en",)}),
        ("q-ghost", {"caller": "+628120000001"}), ("q-both", {"media": "audio text"}), ("q-hidden", {}),
        ("q-test", {"test": True}),
    ):  # fmt: skip
        site.reported(ev.CallReceived(at=now, call=call, **said))
    tell(site, ev.CallScored, "q-ghost", value=0.83, suspected=True, reasons=(
        ev.Reason(text=text("shield.silent", count=3), weight=0.6),
        ev.Reason(text=text("shield.spared-located"), weight=-0.1),
    ))  # fmt: skip
    for n in range(2):
        site.reported(ev.CallReceived(at=now, call=f"q-owed-{n}", caller="+628117704455"))
        site.reported(ev.CallEnded(at=site.room.now(), call=f"q-owed-{n}"))


def facts_of_every_kind(site, call: str) -> None:
    tell(site, ev.SilenceNoted, call, seconds=12.0)
    tell(site, ev.DtmfReceived, call, digits="5")
    tell(site, ev.TextReceived, call, text="tolong", via="message")
    for place in (
        FIX, msgspec.structs.replace(FIX, source="pidf-lo", method="", radius=350.0, confidence=95.0),
        msgspec.structs.replace(FIX, source="aml", lat=1.5), msgspec.structs.replace(FIX, source="cell", radius=0.0),
    ):  # fmt: skip
        tell(site, ev.LocationReceived, call, location=msgspec.structs.replace(place, at=site.room.now()))
    tell(site, ev.CivicReceived, call, parts={"RD": "Jl. Basuki Rahmat"}, text="Jl. Basuki Rahmat no. 8")
    tell(site, ev.LocationReferenced, call, uri="https://lis.operator.id/r/81")
    tell(site, ev.AdditionalDataReceived, call, kind="ProviderInfo", data={"DataProviderString": "Operator"})
    tell(site, ev.MsdReceived, call, msd=CRASH)
    tell(site, ev.PartyDialled, call, party="A900", uri="sip:zh@x", label="Penerjemah", by="wati")
