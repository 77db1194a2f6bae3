"""What the programs print, in the language of whoever reads it."""

from __future__ import annotations

import sys
from typing import TextIO

from dispatch.catalogue import of_terminal, say
from routing.text import Text


def printed(said: Text) -> str:
    return say(said, of_terminal())


def tell(said: Text, file: TextIO | None = None) -> None:
    """One or more lines, at once. Raises OSError, such as BrokenPipeError."""
    print(printed(said), file=file or sys.stdout, flush=True)
