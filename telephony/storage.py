"""Looks after what the switch has on disk: its spool, its folders, the socket to the room. None of it is needed to
answer a call; what is wrong with it is an alarm for as long as it is so, and mends itself when the disk is back."""

from __future__ import annotations

import os
import time
from pathlib import Path

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.catalogue import say
from dispatch.events import AlarmCleared, AlarmRaised, DiscrepancyNoted
from dispatch.timing.rounds import Rounds
from routing.text import Text, text
from telephony.lines.recording import prepare
from telephony.room.meeting import Meeting
from telephony.shell import SwitchShell

log = Logger()
_EVERY = 1.0
_DISK, _SPOOL, _SOCKET = "switch-disk", "switch-spool", "switch-socket"


class Storage(Rounds):
    """`start` when the shell has started."""

    def __init__(self, reactor: IReactorTime, shell: SwitchShell, data: Path, meeting: Meeting) -> None:
        self._shell, self._data, self._meeting = shell, data, meeting
        self._told: dict[str, Text] = {}
        super().__init__(reactor, _EVERY, self._disk, self._socket)

    def _disk(self) -> None:
        spool = self._shell.spool
        spool.look()
        for said in spool.noted:
            self._shell.tell(DiscrepancyNoted(at=time.time(), about="switch", what=said))
            self._raise(_SPOOL, said)
        spool.noted.clear()
        why = spool.trouble or self._folders()
        self._tell(_DISK, text("alarm.switch-disk", why=why) if why else None)

    def _folders(self) -> Text | None:
        try:
            prepare(self._data)
        except OSError as wrong:
            return text("storage.folder", folder=str(wrong.filename), detail=str(wrong.strerror))
        folders = ("live", "recordings", "messages")
        blocked = tuple(name for name in folders if not os.access(self._data / name, os.W_OK))
        return text("storage.no-permission", names=blocked) if blocked else None

    def _socket(self) -> None:
        self._meeting.look()
        why = self._meeting.trouble
        self._tell(_SOCKET, text("alarm.switch-socket", detail=why) if why else None)

    def _tell(self, alarm: str, said: Text | None) -> None:
        if said == self._told.get(alarm):
            return
        if said is not None:
            self._told[alarm] = said
            self._raise(alarm, said)
        else:
            del self._told[alarm]
            log.info("{alarm}: all is well again", alarm=alarm)
            self._shell.tell(AlarmCleared(at=time.time(), alarm=alarm, by="system"))

    def _raise(self, alarm: str, said: Text) -> None:
        log.critical("{text}", text=say(said, "en"))
        self._shell.tell(AlarmRaised(at=time.time(), alarm=alarm, level="critical", text=said))
