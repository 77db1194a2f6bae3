"""A log without what people said: of an error its kind and place, not its words, which may be a caller's."""

from __future__ import annotations

import os
from typing import cast

from twisted.logger import ILogObserver, LogEvent, formatEvent
from zope.interface import implementer


def discreet(observer: ILogObserver) -> ILogObserver:
    """An observer that hands on each event, failures without the text of their exception."""

    @implementer(ILogObserver)
    def told(event: LogEvent) -> None:
        failure = event.get("log_failure")
        if failure is not None:
            kept = {key: event[key] for key in event if key not in ("log_failure", "log_format")}
            frames = [f"  {os.path.basename(file)}:{line} {name}" for name, file, line, *_ in failure.frames]
            text = "\n".join([formatEvent(event), *frames, f"  {failure.type.__name__}"])
            event = {**kept, "log_format": "{siaga_text}", "siaga_text": text}
        observer(event)

    return cast(ILogObserver, told)
