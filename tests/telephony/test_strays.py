"""What is told of packets that do not belong to a call: soon, and not again and again."""

from __future__ import annotations

from telephony.lines.strays import MOST_AT_ONCE, Stray, Strays
from tests.texts import english

OK = Stray(500, 0, "", "10.1.1.1")


def told(strays: Strays, stray: Stray, start: int, end: int) -> list[tuple[int, str]]:
    return [
        (second, english(what)) for second in range(start, end) for _, what in strays.look({"c1": stray}, float(second))
    ]


def test_a_caller_whom_nobody_hears_is_told_once_within_seconds_with_what_to_do():
    strays = Strays()
    ((second, what),) = told(strays, Stray(0, 40, "10.9.9.9", "10.1.1.1"), 0, 100)
    assert second == 2 and what.startswith("this call is not heard")
    assert "10.9.9.9" in what and "10.1.1.1" in what and "'sip_trunks'" in what
    assert not told(strays, OK, 100, 110)


def test_a_strangers_packets_are_told_at_once_and_more_of_them_after_a_minute():
    strays = Strays()
    assert [second for second, _ in told(strays, Stray(500, 40, "10.9.9.9", "10.1.1.1"), 0, 100)] == [0]
    ((second, what),) = told(strays, Stray(900, 90, "10.9.9.9", "10.1.1.1"), 100, 200)
    assert second == 100 and what.startswith("50 packets from 10.9.9.9")
    assert not told(Strays(), OK, 0, 10)


def test_a_spray_over_all_ports_is_not_hundreds_of_sentences():
    strays, legs = Strays(), {f"c{n}": Stray(5, 5, "10.9.9.9", "10.1.1.1") for n in range(300)}
    assert len(strays.look(legs, 0.0)) == MOST_AT_ONCE


def test_a_caller_who_is_not_heard_any_more_is_told_once_and_again_when_it_was_heard_meanwhile():
    strays, said = Strays(), []
    for second in range(200):
        silent = min(second, 5) + max(0, min(second, 110) - 100)  # heard till 5 and from 100 to 110
        came = Stray(50 * (silent + 1), 50 * (second - silent), "10.9.9.9", "10.1.1.1")
        said += [(second, english(what)) for _, what in strays.look({"c1": came}, float(second))]
    unheard = [second for second, what in said if what.startswith("this call is not heard")]
    assert unheard == [8, 112]
