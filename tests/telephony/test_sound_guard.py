"""The guard of the ports for sound (deploy/pjproject/sound_guard.c), whatever comes in whatever order."""

from __future__ import annotations

import ctypes
import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.lines.pjlib import quick_library

Address = ctypes.c_ubyte * 28


class Ear(ctypes.Structure):
    _fields_ = (("named", Address), ("at", Address), ("rank", ctypes.c_int), ("last", ctypes.c_double))


class Guard(ctypes.Structure):
    _fields_ = (
        ("rtp", Ear), ("rtcp", Ear), ("source", Address), ("stray", Address), ("trunk", ctypes.c_int),
        ("since", ctypes.c_double), ("heard", ctypes.c_uint), ("strays", ctypes.c_uint),
    )  # fmt: skip


def address(ip: str, port: int) -> Address:
    return Address(*struct.pack("=HH4s", socket.AF_INET, socket.htons(port), socket.inet_aton(ip)))


NAMED, SOURCE, GATEWAY, STRANGER = "10.0.0.1", "10.0.0.2", "10.9.0.5", "203.0.113.9"
TRUNK = 7
RTP = struct.pack("!BBHII", 0x80, 8, 1, 1, 1) + bytes(160)
PLACES = st.sampled_from([(ip, port) for ip in (NAMED, SOURCE, GATEWAY, STRANGER, "10.9.1.5") for port in (4000, 5000)])


@pytest.fixture(scope="module")
def library():
    lib = quick_library()
    for ip, bits in (("10.0.0.0", 28), ("10.9.0.0", 24)):
        assert lib.siaga_network(ip.encode(), 96 + bits, TRUNK) == 0
    assert lib.siaga_network(b"10.9.1.0", 96 + 24, TRUNK + 1) == 0
    return lib


def guard_of(lib: ctypes.PyDLL, settled: bool = True) -> Guard:
    guard = Guard(source=address(SOURCE, 5060), trunk=TRUNK)
    lib.siaga_guard_named(ctypes.byref(guard), address(NAMED, 4000), address(NAMED, 4001))
    guard.since -= 1.0 if settled else 0.0
    return guard


def comes(lib: ctypes.PyDLL, guard: Guard, place: tuple[str, int], packet: bytes = RTP) -> tuple[bool, bool]:
    """(let in, spoken to from now on)"""
    speak_to = Address()
    at = ctypes.byref(guard)
    let_in = lib.siaga_guard_lets_in(at, ctypes.byref(guard.rtp), address(*place), packet, len(packet), speak_to)
    return bool(let_in), bool(speak_to[0])


@given(st.lists(st.tuples(PLACES, st.sampled_from([RTP, b"\x16\xfe\xff" + bytes(20), b""])), max_size=40))
def test_strangers_and_other_trunks_are_never_heard_and_the_named_place_always_is(library, steps):
    guard, moves, right_spoke = guard_of(library), 0, False
    for place, packet in steps:
        let_in, moved = comes(library, guard, place, packet)
        moves += moved
        if place[0] in (STRANGER, "10.9.1.5"):
            assert not let_in and not moved
        if place == (NAMED, 4000):
            assert let_in
            right_spoke |= packet is RTP
        elif right_spoke:
            assert not moved and not (let_in and packet is RTP)
    assert moves <= 3


def test_a_gateway_waits_half_a_second_for_nearer_ones_and_not_again_after_a_reinvite(library):
    guard = guard_of(library, settled=False)
    assert comes(library, guard, (GATEWAY, 4000)) == (False, False)
    guard.since -= 1.0
    assert comes(library, guard, (GATEWAY, 4000)) == (True, True)
    library.siaga_guard_named(ctypes.byref(guard), address(NAMED, 4000), address(NAMED, 4001))
    assert comes(library, guard, (GATEWAY, 4000)) == (True, False)


def test_a_wide_network_is_a_place_and_not_a_trunk(library):
    assert library.siaga_network(b"10.16.0.0", 96 + 12, TRUNK + 2) == 0
    assert library.siaga_trunk_of(address("10.16.0.1", 1)) == -1
    assert library.siaga_trunk_of(address("10.0.0.9", 1)) == TRUNK
