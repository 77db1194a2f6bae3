"""Connections to PostgreSQL that wait for no answer for ever: libpq has no limit where the server hangs."""

from __future__ import annotations

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

_Answer = TypeVar("_Answer")


class Impatient(psycopg.Connection[tuple[Any, ...]]):
    """`limit`: seconds that the server has to answer; None for none."""

    limit: float | None = None

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        began, limit = time.monotonic(), timeout or self.limit
        try:
            return super().wait(gen, interval, limit)
        except psycopg.OperationalError as wrong:
            if limit is None or time.monotonic() - began < limit:
                raise
            self.pgconn.finish()  # what it answers later would be taken for the answer to the next question
            raise psycopg.OperationalError(f"no answer within {limit:.0f} s") from wrong


def connect(limit: float, *words: str, **given: Any) -> Impatient:
    """Raises psycopg.OperationalError."""
    made = Impatient.connect(*words, **given)
    made.limit = limit
    return made
