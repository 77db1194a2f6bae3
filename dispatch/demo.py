"""The demo's people. Their passwords are printed on the sign-in page, so they exist in the demo only."""

from __future__ import annotations

from dispatch.accounts import Accounts
from dispatch.commands import AUDITOR, CALL_TAKER, DISPATCHER, RESPONDER, SUPERVISOR

PASSWORD = "siaga112"
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
            accounts.set_password(one["user"], PASSWORD, one["role"])
