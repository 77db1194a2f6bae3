"""A reactor's thread for tests of the room."""

from __future__ import annotations

import queue


class Turns:
    """A reactor's thread that turns when the test says so."""

    def __init__(self) -> None:
        self._calls: queue.Queue = queue.Queue()

    def callFromThread(self, function, *args) -> None:
        self._calls.put((function, args))

    def callLater(self, seconds, function, *args) -> None:
        self._calls.put((function, args))

    def until(self, done) -> None:
        while not done():
            function, args = self._calls.get(timeout=10)
            function(*args)
