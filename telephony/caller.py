"""`siaga call`: a 112 caller for demonstrations and tests, a real SIP phone with a voice and a place.

Prints one line for each state of the call. Ends with Ctrl-C, after `--seconds`, or when the other side hangs up; exit
status 0 when the call was answered.
"""

from __future__ import annotations

import argparse
import gc
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import pjsua2 as pj

from telephony.pjlib import quiet
from telephony.sounds import spoken, write_wav

_VOICE = (
    ("id", "Halo, satu satu dua? Tolong, ada kecelakaan motor. Dua orang luka, satu tidak sadar. Kami di tepi jalan."),
    ("id", "Tolong cepat datang, ya."),
)
_PIDF = """<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
 xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0" entity="pres:caller@demo">
<tuple id="t1"><status><gp:geopriv><gp:location-info><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>{lat:.6f} {lon:.6f}</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">{radius:.0f}</gs:radius></gs:Circle>
</gp:location-info><gp:usage-rules/><gp:method>{method}</gp:method></gp:geopriv></status>
<timestamp>{stamp}</timestamp></tuple></presence>"""


class _Call(pj.Call):
    state, answered, over, code = "", False, False, 0

    def onCallState(self, prm) -> None:
        info = self.getInfo()
        texts = {
            pj.PJSIP_INV_STATE_EARLY: "berdering / ringing",
            pj.PJSIP_INV_STATE_CONFIRMED: "dijawab / answered",
            pj.PJSIP_INV_STATE_DISCONNECTED: f"selesai / ended ({info.lastStatusCode} {info.lastReason})",
        }
        self.answered = self.answered or info.state == pj.PJSIP_INV_STATE_CONFIRMED
        self.code = info.lastStatusCode
        self.over = info.state == pj.PJSIP_INV_STATE_DISCONNECTED
        if info.state in texts:
            print(f"{time.strftime('%H:%M:%S')}  {texts[info.state]}", flush=True)

    def onCallMediaState(self, prm) -> None:
        if self.over or getattr(self, "playing", None):
            return
        media = self.getAudioMedia(-1)
        player = pj.AudioMediaPlayer()
        player.createPlayer(str(self.sound))
        player.startTransmit(media)
        self.playing = [player]
        if self.record:
            recorder = pj.AudioMediaRecorder()
            recorder.createRecorder(str(self.record))
            media.startTransmit(recorder)
            self.playing.append(recorder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="siaga call", description=__doc__.split("\n")[0])
    parser.add_argument("--to", default="127.0.0.1:5060", help="host:port of the switch (default %(default)s)")
    parser.add_argument("--number", default="", help="caller's number (default: a made-up one)")
    parser.add_argument("--service", default="", help="sos.fire, sos.police, … (default: 112)")
    parser.add_argument("--lat", type=float, default=None, help="degrees; default a place in the demo city")
    parser.add_argument("--lon", type=float, default=None)
    parser.add_argument("--radius", type=float, default=30.0, help="uncertainty in metres (default %(default)s)")
    parser.add_argument("--dial", default="", help="another SIP address, e.g. sip:pos-P1@host:port for a desk phone")
    parser.add_argument("--user", default="", help="user name of a desk phone")
    parser.add_argument("--password", default="", help="password of a desk phone")
    parser.add_argument("--no-location", action="store_true", help="send no location")
    parser.add_argument("--sound", type=Path, help="WAV the caller plays (default: a spoken cry for help)")
    parser.add_argument("--record", type=Path, help="WAV in which to keep what the caller hears")
    parser.add_argument("--seconds", type=float, default=120.0, help="length of the call (default %(default)s)")
    return parser.parse_args()


_PLACES = ((0.9184, 104.4603), (0.9259, 104.4430), (0.9118, 104.4702), (0.9230, 104.4516))


def main() -> int:
    want = _arguments()
    number = want.number or f"0811{random.randrange(10**7):07d}"
    lat, lon = (want.lat, want.lon) if want.lat is not None and want.lon is not None else random.choice(_PLACES)
    sound = want.sound
    if sound is None:
        sound = Path(tempfile.mkdtemp(prefix="siaga-call-")) / "voice.wav"
        write_wav(sound, spoken(_VOICE))
    host = want.to.rpartition(":")[0]
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
    loopback = host in ("127.0.0.1", "localhost")
    if loopback:
        transport.boundAddress = "127.0.0.1"
    # TCP: an INVITE with a location is longer than a datagram should be (RFC 3261, 18.1.1)
    for kind in (pj.PJSIP_TRANSPORT_UDP, pj.PJSIP_TRANSPORT_TCP):
        endpoint.transportCreate(kind, transport)
    endpoint.audDevManager().setNullDev()
    endpoint.libStart()
    account_config = pj.AccountConfig()
    account_config.idUri = f"sip:{number}@{host}"
    if loopback:
        account_config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
    if want.user:
        account_config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", want.user, 0, want.password))
    account = pj.Account()
    account.create(account_config)
    call = _Call(account)
    call.sound, call.record = sound, want.record
    prm = pj.CallOpParam(True)
    if not want.no_location:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        prm.txOption.multipartContentType.type, prm.txOption.multipartContentType.subType = "multipart", "mixed"
        part = pj.SipMultipartPart()
        part.contentType.type, part.contentType.subType = "application", "pidf+xml"
        part.body = _PIDF.format(lat=lat, lon=lon, radius=want.radius, method="GPS", stamp=stamp)
        name = pj.SipHeader()
        name.hName, name.hValue = "Content-ID", "<place@caller.demo>"
        part.headers.append(name)
        prm.txOption.multipartParts.append(part)
        pointer = pj.SipHeader()
        pointer.hName, pointer.hValue = "Geolocation", "<cid:place@caller.demo>"
        prm.txOption.headers.append(pointer)
    user = "112" if not want.service else "urn:service:" + want.service
    target = f"sip:112@{want.to};transport=tcp" if not want.service else user
    if want.dial:
        user = target = want.dial
    place = "tanpa lokasi / no location" if want.no_location else f"{lat:.4f}, {lon:.4f} ± {want.radius:.0f} m"
    print(f"{time.strftime('%H:%M:%S')}  {number} memanggil / calls {user}  ({place})", flush=True)
    if want.service:
        account_config.sipConfig.proxies.append(f"sip:{want.to};transport=tcp;lr")
        account.modify(account_config)
    call.makeCall(target, prm)
    stop = []
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.append(True))
    until = time.monotonic() + want.seconds
    while not call.over and not stop and time.monotonic() < until:
        endpoint.libHandleEvents(20)
    if not call.over:
        call.hangup(pj.CallOpParam())
        end = time.monotonic() + 2
        while not call.over and time.monotonic() < end:
            endpoint.libHandleEvents(20)
    answered = call.answered
    if not answered and call.code in (408, 503):
        print(f"Tidak ada jawaban dari / nothing answers on {want.to}: jalankan / run  make run", flush=True)
    call.playing = None
    del call
    gc.collect()
    account.shutdown()
    del account
    gc.collect()
    endpoint.libDestroy()
    return 0 if answered else 1


if __name__ == "__main__":
    sys.exit(main())
