"""How often somebody may ask. Times are given: seconds of a clock that runs evenly. What was not asked for longest is
forgotten first, so that no stranger fills the memory with names."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

from cachetools import LRUCache

_REMEMBERED = 10_000


class Tokens:
    """So many at once, and so many a second over time, for each key; what is refused costs nothing."""

    def __init__(self, at_once: float, a_second: float) -> None:
        self._at_once, self._a_second = at_once, a_second
        self._left: LRUCache[Hashable, tuple[float, float]] = LRUCache(_REMEMBERED)

    def take(self, key: Hashable, now: float) -> bool:
        left, since = self._left.get(key, (self._at_once, now))
        left = min(self._at_once, left + (now - since) * self._a_second)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        return left >= 1


class Window:
    """So many within the last `seconds`, for each key."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._taken: LRUCache[Hashable, deque[float]] = LRUCache(_REMEMBERED)

    def take(self, key: Hashable, most: int, now: float) -> bool:
        taken = self._taken.setdefault(key, deque())
        while taken and now - taken[0] >= self._seconds:
            taken.popleft()
        if len(taken) >= most:
            return False
        taken.append(now)
        return True

    def forget(self, key: Hashable) -> None:
        self._taken.pop(key, None)
