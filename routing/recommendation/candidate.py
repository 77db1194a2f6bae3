"""What a recommendation consists of: one ranking for the journal, the board, the pages and programs."""

from __future__ import annotations

import msgspec

from routing.text import Text


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked unit with all that the ranking used. `seconds` is turn-out plus travel, `metres` the way, `mode` as in
    Travel; the fix in degrees and seconds since 1970 (0: its station); `reasons` one sentence each. `suggested`: it is
    chosen to fill a need. `uncertain`: the choice differs at the edge of where the caller may be. `doubt`: see UnitNow.

    The coverage price of sending it, 0 to 1: `coverage_loss` of all demand, `uncovers_share` of the area `uncovers`,
    which loses most."""

    unit: str
    agency: str
    rank: int
    seconds: float
    metres: float
    mode: str
    lat: float
    lon: float
    fix_at: float
    reasons: tuple[Text, ...] = ()
    turnout_s: float = 0.0
    stale: bool = False
    suggested: bool = False
    uncertain: bool = False
    doubt: str = ""
    coverage_loss: float = 0.0
    uncovers: str = ""
    uncovers_share: float = 0.0


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """At most 12 candidates (more only where more are suggested), the quickest first. `asked`: the needs as
    (capability, count); `shortfall`: what no unit fills, in the same form, and `missing` why, in the same order.
    `method`: how the ranking was made."""

    candidates: tuple[Candidate, ...]
    shortfall: tuple[tuple[str, int], ...]
    method: tuple[Text, ...]
    asked: tuple[tuple[str, int], ...]
    missing: tuple[Text, ...] = ()
