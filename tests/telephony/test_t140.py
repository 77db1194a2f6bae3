"""Real-time text: what is told of what somebody types."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from telephony.switch.t140 import AT_LENGTH, MAX_LINE, PAUSE, Typed, pieces

ERASE = "\b"


def test_a_line_is_told_when_it_ends():
    typed = Typed()
    assert typed.add("tolong", 0.0) == []
    assert typed.add(" saya\r\nada", 0.4) == ["tolong saya"]
    assert typed.add(" api\u2028", 0.8) == ["ada api"]
    assert not typed.waits


def test_an_end_of_line_in_two_packets_is_one():
    typed = Typed()
    assert typed.add("satu\r", 0.0) == ["satu"]
    assert typed.add("\ndua\n", 0.3) == ["dua"]


def test_what_is_there_is_told_when_the_writer_pauses():
    typed = Typed()
    typed.add("tolong", 0.0)
    assert typed.due(PAUSE - 0.1) == [] and typed.due(PAUSE) == ["tolong"] and typed.due(PAUSE + 9) == []
    typed.add(" saya", 20.0)
    assert typed.due(20.0 + PAUSE) == ["saya"]


def test_who_writes_without_a_pause_is_read_word_by_word():
    typed = Typed()
    for n, piece in enumerate(("kebaka", "ran di", " jalan", " merde")):
        typed.add(piece, n * AT_LENGTH / 3)
    assert typed.due(AT_LENGTH) == ["kebakaran di jalan"]
    assert typed.due(AT_LENGTH + PAUSE) == ["merde"]


def test_what_was_told_and_is_corrected_is_told_again():
    typed = Typed()
    typed.add("rumah 12", 0.0)
    assert typed.due(PAUSE) == ["rumah 12"]
    typed.add(ERASE * 2 + "21", 5.0)
    assert typed.due(5.0 + PAUSE) == ["* rumah 21"]


def test_what_was_erased_before_anybody_was_told_is_not_told():
    typed = Typed()
    typed.add("anj" + ERASE * 3 + "asap", 0.0)
    assert typed.due(PAUSE) == ["asap"]
    typed.add("\n" + ERASE * 5 + "x", 9.0)
    assert typed.rest() == ["x"]


def test_marks_that_are_no_text_are_left_out():
    typed = Typed()
    assert typed.add("\ufeffmer\x9b31mah\x07 \x981;2\x9cputih\n", 0.0) == ["merah putih"]


def test_a_line_that_never_ends_is_ended():
    typed = Typed()
    told = typed.add("a" * (MAX_LINE + 7), 0.0)
    assert told == ["a" * MAX_LINE] and typed.rest() == ["a" * 7]


@given(st.lists(st.text(max_size=8), max_size=30))
@example(["\x0c"])
def test_whatever_comes_is_told_once_and_never_empty(packets):
    typed, told = Typed(), []
    for n, packet in enumerate(packets):
        told += typed.add(packet, n * 0.3) + typed.due(n * 0.3 + 0.2)
    told += typed.rest()
    assert all(line.strip() and len(line) <= MAX_LINE + 2 for line in told)
    assert typed.rest() == [] and not typed.waits


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_pieces_are_the_line_and_none_is_too_long(line):
    made = pieces(line, 14)
    assert "".join(made) == line + "\u2028" and all(len(piece.encode()) <= 14 for piece in made)
