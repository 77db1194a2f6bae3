"""When an address that tells where a caller is will be asked, and whether it may be. Pure.

A location by reference gives fresh places: it is asked at once, every 15 s in the first minute of the call, every 30 s
up to five minutes, then every minute, until the call ends. Each failure doubles the pause, and ten in a row end it.
Additional data is asked for until it came.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from dispatch.records import Reference

MOST_TRIES = 10
_PAUSES = ((60.0, 15.0), (300.0, 30.0))
_LONGEST = 60.0


def next_try(reference: Reference, began: float, now: float, failed: bool) -> float:
    """Seconds since 1970, 0 for never. `began`: when its call did; `failed`: the try that has just been made."""
    if failed:
        tries = reference.tries + 1
        return now + min(_LONGEST, 2.0**tries) if tries < MOST_TRIES else 0.0
    if reference.kind != "location":
        return 0.0
    return now + next((pause for until, pause in _PAUSES if now - began < until), _LONGEST)


def is_listed(uri: str, servers: tuple[str, ...]) -> bool:
    """Whether the host of this http(s) address, with its port where one is listed, is in `location_servers`."""
    try:
        parts = urlsplit(uri)
        host, port = (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return False
    shown = f"[{host}]" if ":" in host else host
    return any(one.lower() in (shown, f"{shown}:{port}") for one in servers)


def addresses_in(servers: tuple[str, ...]) -> tuple[str, ...]:
    """The listed hosts that are IP addresses, as networks: only these may be this machine or link-local."""
    found = []
    for one in servers:
        try:
            host = urlsplit(f"//{one}").hostname or ""
        except ValueError:
            continue
        if ":" in host:
            found.append(f"{host}/128")
        elif host.replace(".", "").isdigit():
            found.append(f"{host}/32")
    return tuple(found)
