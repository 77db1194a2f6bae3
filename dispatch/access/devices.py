"""Phones and trackers that tell where a unit is: each has a token of its own, bound to that unit.

A device is a token with the role `tracker` and a unit, so it is listed and revoked as any other. What is printed here
sets up the apps that run on it; their settings are given as a QR code where the app reads one.
"""

from __future__ import annotations

import base64
import difflib
import io
import re
from collections.abc import Sequence

import msgspec
import segno

from dispatch.access.account_records import AccountError, Token
from dispatch.access.accounts import Accounts
from dispatch.commands import TRACKER
from routing.text import Text, in_a_row, text

APPS = ("traccar", "owntracks", "osmand")
_NAME = re.compile(r"[\w .()-]{1,60}")
_EVERY_S = 10


def is_device(token: Token) -> bool:
    return token.role == TRACKER and bool(token.unit)


def add_device(people: Accounts, units: Sequence[str], unit: str, name: str = "") -> tuple[str, str]:
    """(name, secret) of a new one; the secret is kept nowhere. Raises AccountError."""
    if unit not in units:
        near = sorted(difflib.get_close_matches(unit, units, 3))
        if near:
            raise AccountError("account.unit-misspelt", unit=unit, near=tuple(near))
        raise AccountError("account.no-such-unit", unit=unit)
    taken = {one.name for one in people.tokens() if is_device(one)}
    number = 1 + sum(one.startswith(f"{unit.lower()}-") for one in taken)
    name = name or next(made for n in range(number, number + 1000) if (made := f"{unit.lower()}-{n}") not in taken)
    if not _NAME.fullmatch(name):
        raise AccountError("account.bad-device-name", name=name[:60])
    if name in taken:
        raise AccountError("account.device-there", name=name)
    return name, people.create_token(name, TRACKER, unit)


def how_to_set_up(app: str, site: str, unit: str, name: str, secret: str) -> tuple[Text, str]:
    """(what a technician reads who has the phone in the other hand, a code to scan or ""). `site`: how phones reach
    us."""
    address, known = f"{site}/api/v1/fixes", {"unit": unit, "name": name, "secret": secret}
    if app == "osmand":
        words = "lat={0}&lon={1}&timestamp={2}&accuracy={3}&mps={5}&bearing={6}"
        code, how = "", text("device.osmand", address=f"{address}?token={secret}&{words}", seconds=_EVERY_S)
    elif app == "owntracks":
        chosen = {
            "_type": "configuration", "mode": 3, "url": address, "auth": True, "username": unit, "password": secret,
            "deviceId": name, "tid": unit[-2:], "locatorInterval": _EVERY_S, "monitoring": 2,
        }  # fmt: skip
        code = f"owntracks:///config?inline={base64.b64encode(msgspec.json.encode(chosen)).decode()}"
        how = text("device.owntracks", address=address, **known)
    else:
        code = f"{address}?id={secret}&interval={_EVERY_S}&distance=0&accuracy=high&service=true"
        how = text("device.traccar", address=address, secret=secret, seconds=_EVERY_S)
    told = [text("device.added", **known), how]
    if site.startswith("http://"):
        told.append(text("device.not-reached", site=site))
    return in_a_row(told, "series.paragraphs"), _drawn(code) if code else ""


def _drawn(code: str) -> str:
    drawn = io.StringIO()
    segno.make(code, error="l").terminal(drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
