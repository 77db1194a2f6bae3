"""How many calls this machine lets the switch take, found out at the start and not in the busiest night."""

from __future__ import annotations

import resource

from routing.text import Text, text

LIBRARY_CALLS = 940
"""The SIP library is built for 1024 (deploy/pjproject/config_site.h); the rest are positions and those whom we call."""
_FILES_A_CALL = 6
"""Two ports for RTP and RTCP, two recordings, a sound that is played, and one to spare."""
_FILES_BESIDES = 150


def open_files() -> int:
    """Takes as many file descriptors as the system allows (`LimitNOFILE` of the unit) and says how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard if hard != resource.RLIM_INFINITY else 1_000_000


def capacity(max_calls: int, rtp: tuple[int, int], files: int) -> tuple[int, Text]:
    """(calls at once, what limits them). `rtp`: first and last port; half of them are the browsers', a call needs
    two. Pure."""
    low, high = rtp
    limits = {
        "rtp-ports": (high - low) // 4,
        "library": LIBRARY_CALLS,
        "open-files": max(1, (files - _FILES_BESIDES) // _FILES_A_CALL),
        "max-calls": max_calls,
    }
    lowest = min(limits, key=lambda name: limits[name])
    return limits[lowest], text(f"limit.{lowest}")
