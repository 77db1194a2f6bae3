"""What pjsua2 does not offer and its C library does, called by name (ctypes) in the library that pjsua2 has loaded."""

from __future__ import annotations

import ctypes
import importlib.util

_SUPPORTED = 36
"""PJSIP_H_SUPPORTED of pjsip_hdr_e (pjsip/sip_msg.h)."""


class _Text(ctypes.Structure):
    """pj_str_t"""

    _fields_ = (("ptr", ctypes.c_char_p), ("slen", ctypes.c_ssize_t))


def _library() -> ctypes.CDLL:
    found = importlib.util.find_spec("_pjsua2")
    if found is None or not found.origin:
        raise RuntimeError("pjsua2 is not installed; run `make setup`")
    return ctypes.CDLL(found.origin)


def quiet() -> None:
    """Call it before `libCreate`, which writes lines to the output before any log level can be set."""
    _library().pj_log_set_level(0)


_kept: list[object] = []
"""The library keeps pointers to what it was told."""


def understand(*extensions: str) -> None:
    """Makes the endpoint say that it supports these SIP extensions: a call that requires one it does not know is
    refused with 420 (RFC 3261, 8.2.2.3). Call it after `libInit`. Raises RuntimeError."""
    library = _library()
    library.pjsua_get_pjsip_endpt.restype = ctypes.c_void_p
    tags = (_Text * len(extensions))(*(_Text(name.encode(), len(name)) for name in extensions))
    _kept.append(tags)
    endpoint = ctypes.c_void_p(library.pjsua_get_pjsip_endpt())
    status = library.pjsip_endpt_add_capability(endpoint, None, _SUPPORTED, None, len(extensions), tags)
    if status != 0:
        raise RuntimeError(f"the SIP library does not take the extensions {', '.join(extensions)}: status {status}")
