"""The API of coverage: how well each place is covered now by one capability."""

from __future__ import annotations

import msgspec

from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch.commands import WATCHERS
from routing.recommendation.covered import Covered

ANEW_AFTER_S = 5.0


class CoverageAsked(msgspec.Struct, frozen=True):
    """`capability`: one that a unit of the city has; left out: the first that the city watches."""

    capability: str = ""


class CoverageNow:
    """Works a capability out when it is asked for, at most every five seconds, however many people look at it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Covered]] = {}

    def answer(self, parts: Parts, ask: Ask) -> Covered:
        asked, now = ask.query(CoverageAsked).capability, parts.reactor.seconds()
        at, found = self._known.get(asked, (float("-inf"), None))
        if found is None or now - at >= ANEW_AFTER_S:
            found = parts.covered(parts.room.board, parts.room.now(), asked)
            if asked and asked not in found.capabilities:
                raise Problem(404, "problem.no-unit-for-that", capabilities=found.capabilities)
            self._known[asked] = now, found
        return found


def routes() -> list[Route]:
    says = "Expected coverage by a capability, point by point and area by area."
    return [
        Route(
            "GET", "/api/v1/coverage", WATCHERS, CoverageNow().answer, says, query=CoverageAsked, refuses=(404,),
            name="coverage",
        ),
    ]  # fmt: skip
