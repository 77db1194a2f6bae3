"""Real-time text (RFC 4103, ITU-T T.140) as people read it: characters in, written lines out. Pure.

A line is told when it ends, when its writer pauses, and now and then while they go on writing, up to the last whole
word. What was told already and is then erased and written anew is told once more, whole, behind an asterisk, as
people correct themselves in a chat.
"""

from __future__ import annotations

import re

PAUSE = 1.0
"""Seconds without a character after which what is there is told."""
AT_LENGTH = 4.0
"""Seconds of writing without a pause after which the whole words are told."""
MAX_LINE = 500
"""Characters after which a line ends by itself."""
_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")
# BOM keeps a stream open; SOS … ST and CSI carry colours and the like (T.140, 8.2)
_NO_TEXT = re.compile("\ufeff|\x98[^\x9c]*\x9c?|\x9b[0-?]*[ -/]*[@-~]?|\x1b\\[[0-?]*[@-~]?|[\x00-\x07\x0e-\x1f\x7f]")
_ERASE = "\b"


class Typed:
    """What one person types. `now` in seconds, of any clock that does not go back."""

    def __init__(self) -> None:
        self._line, self._told, self._since, self._last = "", "", 0.0, 0.0
        self._after_return = False

    def add(self, text: str, now: float) -> list[str]:
        """The lines that end with `text`."""
        if self._after_return and text.startswith("\n"):
            text = text[1:]  # CR and LF came in two packets
        self._after_return = text.endswith("\r")
        *whole, rest = _ENDS.split(_NO_TEXT.sub("", text))
        done: list[str] = []
        for piece in whole:
            self._write(piece, now, done)
            done += self._tell(self._line)
            self._line = self._told = ""
        self._write(rest, now, done)
        return done

    def _write(self, piece: str, now: float, done: list[str]) -> None:
        for char in piece:
            if not self.waits:
                self._since = now
            self._line = self._line[:-1] if char == _ERASE else self._line + char
            if len(self._line) >= MAX_LINE:
                done += self._tell(self._line)
                self._line = self._told = ""
        self._last = now

    def clock_set(self, step: float) -> None:
        """The clock that `now` is read from was set forward by so many seconds."""
        self._last += step
        self._since += step

    @property
    def waits(self) -> bool:
        """Whether something is there that nobody was told of."""
        return self._line != self._told

    def due(self, now: float) -> list[str]:
        """What is to be told by now; call it a few times a second."""
        if not self.waits:
            return []
        if now - self._last >= PAUSE:
            return self._tell(self._line)
        if now - self._since < AT_LENGTH:
            return []
        words = self._line[: self._line.rfind(" ") + 1]
        if len(words) <= len(self._told):
            return []
        self._since = now
        return self._tell(words)

    def rest(self) -> list[str]:
        """Nothing more comes."""
        return self._tell(self._line)

    def _tell(self, line: str) -> list[str]:
        goes_on = line.startswith(self._told)
        said = line[len(self._told) :] if goes_on else f"* {line}"
        self._told = line
        text = said.strip()
        return [text] if text.strip(" *") else []


def pieces(line: str, size: int) -> list[str]:
    """`line` and its end in pieces of at most `size` bytes of UTF-8, for a sender that takes no more at once."""
    made, piece = [], ""
    for char in line + "\u2028":
        if len((piece + char).encode()) > size:
            made.append(piece)
            piece = ""
        piece += char
    return [*made, piece]
