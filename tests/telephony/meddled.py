"""The switch, with somebody who joins the first two calls' ports on its bridge whenever the process gets SIGUSR1: the
second hears the first. Behind the switch's back."""

from __future__ import annotations

import signal
import sys

from telephony.__main__ import main
from telephony.lines import pjlib


def join(*_) -> None:
    library = pjlib.quick_library()
    first, second = (library.pjsua_call_get_conf_port(number) for number in (0, 1))
    library.pjsua_conf_connect2(first, second, None)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, join)
    sys.exit(main())
