"""Questions to other ends, by OPTIONS, and what they answer in time."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from twisted.internet import defer
from twisted.internet.interfaces import IReactorTime

ANSWER_WITHIN = 8.0


class Questions:
    """The library gives the answers by number, or after 32 seconds none: too long to wait."""

    def __init__(self, reactor: IReactorTime) -> None:
        self._reactor = reactor
        self._numbers = itertools.count(1)
        self._open: dict[int, defer.Deferred[int]] = {}

    def ask(self, send: Callable[[int], bool]) -> defer.Deferred[int]:
        """`send(number)` sends the question, and is False when it cannot. Fires with the answer's SIP code, 408 when
        there is none."""
        number = next(self._numbers)
        answer: defer.Deferred[int] = defer.Deferred()
        self._open[number] = answer
        late = self._reactor.callLater(ANSWER_WITHIN if send(number) else 0, self.answered, number, 408)

        def done(code: int) -> int:
            if late.active():
                late.cancel()
            return code

        return answer.addCallback(done)

    def answered(self, number: int, code: int) -> None:
        """An answer that comes too late is nobody's."""
        answer = self._open.pop(number, None)
        if answer is not None:
            answer.callback(code)
