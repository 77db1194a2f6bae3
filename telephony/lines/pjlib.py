"""What pjsua2 does not offer and its C library does, called by name (ctypes) in the library that pjsua2 has loaded.

`siaga_…` are our own functions, built into it (deploy/pjproject/siaga_*.c).
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
from collections.abc import Callable

from twisted.logger import Logger

from routing.text import CodedError
from telephony.messages.description import completed, usable
from telephony.messages.mending import mended, refusal

log = Logger()
_TEXT = (ctypes.c_void_p, ctypes.c_long)
_ROOM = (ctypes.c_void_p, ctypes.c_long)
_SUPPORTED = 36
"""PJSIP_H_SUPPORTED of pjsip_hdr_e (pjsip/sip_msg.h)."""
_MOST_SLOTS = 4096
"""PJSUA_MAX_CONF_PORTS (deploy/pjproject/config_site.h)."""


class _Text(ctypes.Structure):
    """pj_str_t"""

    _fields_ = (("ptr", ctypes.c_char_p), ("slen", ctypes.c_ssize_t))


class StackError(CodedError, RuntimeError):
    """The SIP library cannot be used; the text says what to do."""


def _place() -> str:
    found = importlib.util.find_spec("_pjsua2")
    if found is None or not found.origin:
        raise StackError("stack.not-installed")
    return found.origin


@functools.cache
def library() -> ctypes.CDLL:
    """For calls that may come back into Python: the interpreter's lock is let go meanwhile. Raises RuntimeError."""
    loaded = ctypes.CDLL(_place())
    if not hasattr(loaded, "siaga_intake_open"):
        raise StackError("stack.old-build")
    loaded.siaga_ask_call.argtypes = (ctypes.c_int, ctypes.c_long)
    loaded.siaga_ask.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_long)
    return loaded


@functools.cache
def quick_library() -> ctypes.PyDLL:
    """For calls of a microsecond that come back into nothing."""
    loaded = ctypes.PyDLL(_place())
    loaded.siaga_heard.restype = ctypes.c_long
    loaded.siaga_gate_turn.argtypes = (ctypes.c_int, ctypes.c_double)
    loaded.siaga_gate_turn.restype = None
    loaded.pjsua_conf_connect2.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
    loaded.siaga_network.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.c_int)
    return loaded


def quiet() -> None:
    """Call it before `libCreate`, which writes lines to the output before any log level can be set."""
    library().pj_log_set_level(0)


_kept: list[object] = []
"""The library keeps pointers to what it was told."""


def understand(*extensions: str) -> None:
    """Makes the endpoint say that it supports these SIP extensions: a call that requires one it does not know is
    refused with 420 (RFC 3261, 8.2.2.3). Call it after `libInit`. Raises RuntimeError."""
    lib = library()
    lib.pjsua_get_pjsip_endpt.restype = ctypes.c_void_p
    tags = (_Text * len(extensions))(*(_Text(name.encode(), len(name)) for name in extensions))
    _kept.append(tags)
    endpoint = ctypes.c_void_p(lib.pjsua_get_pjsip_endpt())
    status = lib.pjsip_endpt_add_capability(endpoint, None, _SUPPORTED, None, len(extensions), tags)
    if status != 0:
        raise StackError("stack.no-extensions", extensions=tuple(extensions), status=status)


def open_calls(info: Callable[[int, bytes], None], answer: Callable[[int, int], None]) -> None:
    """`info(number, message)`: an INFO came in within a call; `answer(question, code)`. Neither may raise. Call it
    after `libInit`. From here on nobody hears of transactions, streams and descriptions: see siaga_calls_quiet."""
    told_info = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)(
        lambda call, at, length: info(call, ctypes.string_at(at, length))
    )
    told_answer = ctypes.CFUNCTYPE(None, ctypes.c_long, ctypes.c_int)(answer)
    _kept.extend((told_info, told_answer))
    library().siaga_calls_open(told_info, told_answer)
    library().siaga_calls_quiet()
    if library().siaga_routes_open() != 0:
        raise StackError("stack.no-guard")


class _Readers(ctypes.Structure):
    """siaga_readers of siaga_intake.c"""

    _fields_ = (
        ("mend", ctypes.CFUNCTYPE(ctypes.c_long, *_TEXT, ctypes.c_char_p, *_ROOM)),
        ("refuse", ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_int, *_TEXT, *_ROOM)),
        ("describe", ctypes.CFUNCTYPE(ctypes.c_long, *_TEXT, ctypes.c_char_p, *_ROOM)),
        ("complete", ctypes.CFUNCTYPE(ctypes.c_long, *_TEXT, *_TEXT, *_ROOM)),
    )


def open_intake(secure_only: bool) -> None:
    """From here on we read what comes in before the library does (siaga_intake.c). `secure_only`: sound in the clear
    is not answered. Call it after `libInit`, before anything listens."""

    def filled(at: int, room: int, made: Callable[[], bytes]) -> int:
        try:
            found = made()
        except Exception:  # our own bug: the library reads it alone
            log.failure("a message that came in could not be read; the library reads it as it is")
            return -1
        if len(found) > room:
            return -1
        ctypes.memmove(at, found, len(found))
        return len(found)

    text, kind = ctypes.string_at, _Readers._fields_
    readers = _Readers(
        kind[0][1](
            lambda at, length, source, out, room: filled(out, room, lambda: mended(text(at, length), source.decode()))
        ),
        kind[1][1](lambda code, at, length, out, room: filled(out, room, lambda: refusal(text(at, length), code))),
        kind[2][1](
            lambda at, length, source, out, room: filled(
                out, room, lambda: usable(text(at, length), source.decode(), secure_only)
            )
        ),
        kind[3][1](
            lambda at, length, lines, many, out, room: filled(
                out, room, lambda: completed(text(at, length), text(lines, many))
            )
        ),
    )
    _kept.append(readers)
    library().siaga_intake_open(ctypes.byref(readers))


def heard(number: int) -> int:
    """Grows with every RTP packet and RTCP report that came in on the call of this pjsua number; -1 without sound."""
    return int(quick_library().siaga_heard(number))


def slot_of(number: int) -> int:
    """Where on the bridge the sound of the call of this pjsua number is now; -1 without sound, and when it is over."""
    return int(quick_library().pjsua_call_get_conf_port(number)) if number >= 0 else -1


def level_of(slot: int) -> int:
    """How loud what comes in at this slot is now: 0 to 255, in steps of µ-law. Measured only while somebody listens."""
    level = ctypes.c_uint(0)
    quick_library().pjsua_conf_get_signal_level(slot, None, ctypes.byref(level))
    return level.value


def join(source: int, sink: int) -> None:
    """Asks the bridge to let `sink` hear `source`: it does so with its next frame, and not twice."""
    quick_library().pjsua_conf_connect2(source, sink, None)


def part(source: int, sink: int) -> None:
    quick_library().pjsua_conf_disconnect(source, sink)


def slots() -> list[int]:
    """All that are in use."""
    found, count = (ctypes.c_int * _MOST_SLOTS)(), ctypes.c_uint(_MOST_SLOTS)
    quick_library().pjsua_enum_conf_ports(found, ctypes.byref(count))
    return found[: count.value]


def doubted(number: int) -> bool:
    """Whether a session refresh of this call failed, or what else says that it may be over."""
    return bool(quick_library().siaga_doubted(number))


def acknowledged(number: int) -> None:
    """Our answer to this call counts as acknowledged."""
    library().siaga_acknowledged(number)


def ask_call(number: int, question: int) -> bool:
    """OPTIONS within a call; the answer comes to `open_calls`. False when it could not be sent."""
    return bool(library().siaga_ask_call(number, question) == 0)


def ask(uri: str, sender: str, question: int) -> bool:
    """OPTIONS to an address."""
    return bool(library().siaga_ask(uri.encode(), sender.encode(), question) == 0)


def drop(number: int, code: int) -> None:
    """Ends a call at once: BYE is sent, and its answer not waited for."""
    library().siaga_drop(number, code)
