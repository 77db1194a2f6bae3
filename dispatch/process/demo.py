"""The demo's people, landlines and neighbour. The passwords are printed on the sign-in page, and exist there only."""

from __future__ import annotations

import os
import secrets
import tomllib
from pathlib import Path

from dispatch.access.accounts import PUBLISHED_PASSWORD, Accounts
from dispatch.commands import AUDITOR, CALL_TAKER, DISPATCHER, RESPONDER, SUPERVISOR
from dispatch.exchange.centre_post import TOKENS

PASSWORD = PUBLISHED_PASSWORD
DEMO_ACCOUNTS = (
    {"user": "operator", "role": CALL_TAKER},
    {"user": "petugas", "role": RESPONDER},
    {"user": "auditor", "role": AUDITOR},
    {"user": "dispatcher", "role": DISPATCHER},
    {"user": "supervisor", "role": SUPERVISOR},
)


def make_demo_accounts(accounts: Accounts) -> None:
    """Those that are missing; one that was changed stays as it is."""
    there = {one.name for one in accounts.people()}
    for one in DEMO_ACCOUNTS:
        if one["user"] not in there:
            accounts.set_password(one["user"], PASSWORD, one["role"], by="demo")


SUBSCRIBERS = """\
number,name,address,lat,lon
0771-555001,Toko Rekaan Jaya,"Jl. Merdeka 12, Tanjungpinang Kota",0.9305,104.4429
0771-555002,Keluarga Contoh,"Jl. Basuki Rahmat 8, Bukit Bestari",0.9204,104.4573
0771-555003,Kios Misalnya,"Batu 10",,
"""
"""Invented: 555 is given to nobody there."""


NEIGHBOUR = "bintan"
"""The demo's neighbour, as its centres.csv calls it."""


def make_demo_centre(folder: Path) -> str:
    """The token that we show the demo's neighbour, from the file where the room looks for it; made where there is
    none."""
    file = folder / TOKENS
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f'{NEIGHBOUR} = "{secrets.token_urlsafe(32)}"\n')
    try:
        return str(tomllib.loads(file.read_text("utf-8")).get(NEIGHBOUR, ""))
    except ValueError:
        return ""  # the room says what is wrong with it


def make_demo_subscribers(file: Path) -> None:
    """A table to try landlines with, unless there is one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SUBSCRIBERS, "utf-8")
