"""Rounds go on whatever one look came to."""

from twisted.internet.task import Clock

from dispatch.timing.rounds import Rounds


def test_a_look_that_fails_ends_neither_the_rounds_nor_the_other_looks():
    seen, clock = [], Clock()

    def fails():
        seen.append("fails")
        raise OSError("gone")

    rounds = Rounds(clock, 1.0, fails, lambda: seen.append("looks"))
    rounds.start()
    assert not seen
    for _ in range(3):
        clock.advance(1.0)
    assert seen == ["fails", "looks"] * 3
    rounds.stop()
    rounds.stop()
    clock.advance(5.0)
    assert len(seen) == 6
    rounds.start(now=True)
    assert len(seen) == 8
    rounds.stop()
