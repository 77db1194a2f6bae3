"""Looks after what the switch has on disk: its spool, its folders, the socket to the room. None of it is needed to
answer a call; what is wrong with it is an alarm for as long as it is so, and mends itself when the disk is back."""

from __future__ import annotations

import os
import time
from pathlib import Path

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.events import AlarmCleared, AlarmRaised, DiscrepancyNoted
from dispatch.timing.rounds import Rounds
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
        self._told: dict[str, str] = {}
        super().__init__(reactor, _EVERY, self._disk, self._socket)

    def _disk(self) -> None:
        spool = self._shell.spool
        spool.look()
        for text_id, text_en in spool.noted:
            self._shell.tell(DiscrepancyNoted(at=time.time(), about="switch", what=text_en[:300]))
            self._raise(_SPOOL, f"Spool sentral telepon: {text_id}. Periksa disk dan folder data.",
                        f"The switch's spool: {text_en}. Look at the disk and at the data folder.")  # fmt: skip
        spool.noted.clear()
        why = spool.trouble or self._folders()
        self._tell(
            _DISK,
            why,
            f"Sentral telepon tidak dapat menulis ke disk ({why}). Panggilan tetap dijawab; laporan hanya di memori "
            "dan hilang bila prosesnya berakhir, rekaman bisa tidak ada. Kosongkan atau perbaiki disk; selebihnya "
            "pulih sendiri.",
            f"The switch cannot write to its disk ({why}). Calls are answered; reports are in memory only and lost "
            "when it ends, recordings may be missing. Make room or mend the disk; the rest comes back by itself.",
        )

    def _folders(self) -> str:
        try:
            prepare(self._data)
        except OSError as wrong:
            return f"{wrong.filename}: {wrong.strerror}"
        blocked = [name for name in ("live", "recordings", "messages") if not os.access(self._data / name, os.W_OK)]
        return f"no permission to write: {', '.join(blocked)}" if blocked else ""

    def _socket(self) -> None:
        self._meeting.look()
        why = self._meeting.trouble
        self._tell(
            _SOCKET,
            why,
            f"Soket sentral telepon tidak dapat dibuat ({why}); ruang kendali di mesin ini tersambung tanpa berkas. "
            "Perbaiki folder itu atau setelan 'switch_socket'.",
            f"The switch's socket cannot be made ({why}); the room on this machine is connected without a file. "
            "Mend that folder, or the setting 'switch_socket'.",
        )

    def _tell(self, alarm: str, why: str, text_id: str, text_en: str) -> None:
        if why == self._told.get(alarm, ""):
            return
        self._told[alarm] = why
        if why:
            self._raise(alarm, text_id, text_en)
        else:
            log.info("{alarm}: all is well again", alarm=alarm)
            self._shell.tell(AlarmCleared(at=time.time(), alarm=alarm, by="system"))

    def _raise(self, alarm: str, text_id: str, text_en: str) -> None:
        log.critical("{text}", text=text_en)
        self._shell.tell(AlarmRaised(at=time.time(), alarm=alarm, level="critical", text_id=text_id, text_en=text_en))
