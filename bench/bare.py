"""The least that can answer a call with pjsua2, to compare with: every INVITE gets a 200, and nothing else is done.

    python -m bench.bare 127.0.0.1:5062 20000

No journal, no recording, no announcement, no other process. Same library, sound settings and polling as the switch.
"""

from __future__ import annotations

import signal
import sys
import time

import pjsua2 as pj

_POLL_EVERY = 0.005
calls: dict[int, pj.Call] = {}
over: list[pj.Call] = []


class Call(pj.Call):
    def onCallState(self, prm) -> None:
        if self.getInfo().state == pj.PJSIP_INV_STATE_DISCONNECTED:
            over.append(calls.pop(id(self)))


class Account(pj.Account):
    def onIncomingCall(self, prm) -> None:
        call = Call(self, prm.callId)
        calls[id(call)] = call
        answer = pj.CallOpParam(True)
        answer.statusCode = 200
        call.answer(answer)


def main(address: str, rtp_from: str) -> None:
    host, _, port = address.rpartition(":")
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    config = pj.EpConfig()
    config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly, config.uaConfig.maxCalls = 0, True, 1000
    config.logConfig.level = config.logConfig.consoleLevel = 1
    media = config.medConfig
    media.clockRate = media.sndClockRate = 8000
    media.audioFramePtime, media.ecTailLen, media.noVad = 20, 0, True
    media.threadCnt, media.hasIoqueue, media.maxMediaPorts, media.quality = 1, True, 4000, 3
    endpoint.libInit(config)
    transport = pj.TransportConfig()
    transport.port, transport.boundAddress = int(port), host
    endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
    endpoint.audDevManager().setNullDev()
    endpoint.libStart()
    for codec in endpoint.codecEnum2():
        endpoint.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith("PCMA/8000") else 0)
    account, config = Account(), pj.AccountConfig()
    config.idUri = f"sip:112@{address}"
    config.callConfig.prackUse = 2
    config.mediaConfig.lockCodecEnabled = False
    config.mediaConfig.transportConfig.port, config.mediaConfig.transportConfig.portRange = int(rtp_from), 2000
    config.mediaConfig.transportConfig.boundAddress = host
    account.create(config, True)
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.append(number))
    print("ready", flush=True)
    while not stopping:
        handled = 0
        while handled < 50 and endpoint.libHandleEvents(0) > 0:
            handled += 1
        over.clear()  # not inside a callback: the destructor of a call talks to the stack
        time.sleep(_POLL_EVERY)
    calls.clear()
    account.shutdown()
    del account
    endpoint.libDestroy()


if __name__ == "__main__":
    main(*sys.argv[1:])
