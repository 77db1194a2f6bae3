"""The demo's other end: one SIP phone that is every agency, interpreter and telephone a call-taker of the demo calls.

It answers after two rings and says whose phone it is; `pln` (number 123) is always busy, so that this can be seen as
well. Ends with SIGTERM. `siaga run` starts it when `demo` is set.
"""

from __future__ import annotations

import argparse
import gc
import re
import signal
import tempfile
import time
from pathlib import Path

import pjsua2 as pj

from telephony.lines.pjlib import quiet
from telephony.lines.sounds import spoken, write_wav

_RINGS = 2.0
_BUSY = ("pln", "123")
_MOST_CALLS = 8


class _Agency(pj.Account):
    """`calls`: those that ring or talk; `voices`: user of the address → WAV."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.calls: dict[int, _AgencyCall] = {}
        self._folder = folder
        self._voices: dict[str, Path] = {}

    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:
        call = _AgencyCall(self, prm.callId)
        self.calls[prm.callId] = call
        answer = pj.CallOpParam()
        info = call.getInfo()
        call.user = re.sub(r"\W", "", info.localUri.partition("sip:")[2].partition("@")[0])[:24] or "demo"
        answer.statusCode = 486 if call.user in _BUSY or len(self.calls) > _MOST_CALLS else 180
        call.answer(answer)

    def voice(self, user: str) -> Path:
        if user not in self._voices:
            file = self._folder / f"{user}.wav"
            write_wav(file, spoken((("id", f"Halo, ini {user}, suara demo. Silakan bicara."),), pause=6.0))
            self._voices[user] = file
        return self._voices[user]

    def look(self) -> None:
        """Answers what has rung long enough and lets go of what is over; called all the time."""
        now = time.monotonic()
        for name, call in list(self.calls.items()):
            if call.over:
                call.player = None
                del self.calls[name]
            elif not call.answered and now - call.began > _RINGS and call.user not in _BUSY:
                call.answered = True
                answer = pj.CallOpParam()
                answer.statusCode = 200
                call.answer(answer)


class _AgencyCall(pj.Call):
    user, answered, over = "", False, False
    player: pj.AudioMediaPlayer | None = None

    def __init__(self, agency: _Agency, number: int) -> None:
        super().__init__(agency, number)
        self._agency, self.began = agency, time.monotonic()

    def onCallState(self, prm: pj.OnCallStateParam) -> None:
        self.over = self.getInfo().state == pj.PJSIP_INV_STATE_DISCONNECTED

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:
        info = self.getInfo()  # its streams live as long as it does
        kinds = [stream.type for stream in info.media if stream.status == pj.PJSUA_CALL_MEDIA_ACTIVE]
        if self.player is None and pj.PJMEDIA_TYPE_AUDIO in kinds:
            self.player = player = pj.AudioMediaPlayer()
            player.createPlayer(str(self._agency.voice(self.user)))
            player.startTransmit(self.getAudioMedia(-1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--listen", required=True, help="HOST:PORT, UDP and TCP")
    host, _, port = parser.parse_args().listen.rpartition(":")
    stop: list[bool] = []
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.append(True))
    endpoint = pj.Endpoint()
    quiet()
    endpoint.libCreate()
    config = pj.EpConfig()
    config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
    config.uaConfig.nameserver.append("127.0.0.1")
    config.logConfig.level = config.logConfig.consoleLevel = 0
    config.medConfig.clockRate, config.medConfig.ecTailLen, config.medConfig.noVad = 8000, 0, True
    endpoint.libInit(config)
    transport = pj.TransportConfig()
    transport.boundAddress, transport.port = host, int(port)
    for way in (pj.PJSIP_TRANSPORT_UDP, pj.PJSIP_TRANSPORT_TCP):
        endpoint.transportCreate(way, transport)
    endpoint.audDevManager().setNullDev()
    endpoint.libStart()
    account = pj.AccountConfig()
    account.idUri = f"sip:demo@{host}:{port}"
    account.mediaConfig.transportConfig.boundAddress = host
    agency = _Agency(Path(tempfile.mkdtemp(prefix="siaga-agency-")))
    agency.create(account)
    while not stop:
        endpoint.libHandleEvents(20)
        agency.look()
    agency.calls.clear()
    gc.collect()
    agency.shutdown()
    del agency
    gc.collect()
    endpoint.libDestroy()


if __name__ == "__main__":
    main()
