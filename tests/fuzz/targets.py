"""What is fuzzed: each function takes any bytes, and raises only when something is wrong with us."""

from __future__ import annotations

from urllib.parse import parse_qs

import msgspec

from dispatch.exchange.eido_in import read_eido
from dispatch.tracking import fixes, trackers
from routing.location import Malformed as Unusable
from telephony.messages import aml, ecall, held, pidflo, sip
from telephony.messages.additional import MalformedBody, read_block
from telephony.messages.reader import Reader
from telephony.room import wire

_as_json = msgspec.json.Encoder()


def _bounded(read: object, most: int = 200_000) -> None:
    """Whatever was read goes to the journal: it can be written, and is not longer than what came by much."""
    assert len(_as_json.encode(read)) < most


def fuzz_sip(data: bytes) -> None:
    """A request, read as each of the three kinds that we read."""
    _bounded(sip.read_invite(data), 400_000)
    _bounded(sip.read_message(data), 400_000)
    _bounded(sip.read_info(data), 400_000)


def fuzz_pidflo(data: bytes) -> None:
    """An XML document: a location, the answer of a location server, a block of additional data, a control document."""
    for read in (pidflo.read_pidflo, held.read_answer, read_block, ecall.read_control):
        try:
            _bounded(read(data))
        except MalformedBody as wrong:
            assert 0 < len(str(wrong)) < 1000


def fuzz_aml(data: bytes) -> None:
    """A form, and a short message as bytes and as text."""
    _bounded(aml.read_https(data))
    _bounded(aml.read_sms(data, "08117000112"))
    _bounded(aml.read_sms(data.decode("latin-1")))
    aml.is_genuine(data, b"kunci")


def fuzz_ecall(data: bytes) -> None:
    """An MSD; one that can be read can be written and read again."""
    try:
        read = ecall.read_msd(data)
    except ecall.MalformedBody as wrong:
        assert 0 < len(str(wrong)) < 1000
        return
    _bounded(read)
    again = ecall.read_msd(ecall.encode_msd(msgspec.structs.replace(read, recent=(), vehicle="M1")))
    assert (again.vin, again.lat, again.occupants, again.data) == (read.vin, read.lat, read.occupants, read.data)


def fuzz_wire(data: bytes) -> None:
    """The lines between switch and room, in two pieces; one that cannot be read is told with its beginning."""
    reader = wire.WireReader()
    for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
        for message in reader.feed(piece):
            if isinstance(message, wire.UnreadLine):
                assert 0 < len(message.why) < 1000 and message.line
            else:
                assert wire.WireReader().feed(wire.line(message)) == [message]


def fuzz_eido(data: bytes) -> None:
    """What another centre tells us of."""
    try:
        _bounded(read_eido(data, Reader().place))
    except Unusable as wrong:
        assert 0 < len(str(wrong)) < 1000


def fuzz_fixes(data: bytes) -> None:
    """A tracker's message, as JSON and as a query; what can be read is judged."""
    now, track = 1_790_000_000.0, fixes.Track()
    query = {name: values[0] for name, values in parse_qs(data[:20_000].decode("latin-1")).items()}
    for read in (lambda: trackers.read_body(data, now), lambda: [trackers.read_query(query, now)]):
        try:
            readings = read()
        except trackers.Malformed as wrong:
            assert 0 < len(str(wrong)) < 1000
            continue
        assert len(readings) <= trackers.MOST
        assert all(len(name) <= 80 for one in readings for name in (one.fix.unit, *one.names))
        judged = fixes.judge(track, [one.fix for one in readings], now, now)
        track = judged.track
        _bounded((readings, judged), 1_000_000)


TARGETS = {
    "sip": fuzz_sip, "pidflo": fuzz_pidflo, "aml": fuzz_aml, "ecall": fuzz_ecall, "wire": fuzz_wire,
    "eido": fuzz_eido, "fixes": fuzz_fixes,
}  # fmt: skip
