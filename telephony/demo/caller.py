"""`siaga call`: a 112 caller for demonstrations and tests, a real SIP phone with a voice and a place.

It speaks (or is silent), writes real-time text, sends a vehicle's data, presses keys, or sends a message without a
call. Prints one line for each state of the call and each line of text that comes. Ends with Ctrl-C, after `--seconds`,
or when the other side hangs up; exit status 0 when the call was answered, or the message taken.
"""

from __future__ import annotations

import argparse
import base64
import gc
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import pjsua2 as pj

from dispatch.calldata import Msd
from dispatch.terminal import printed, tell
from routing.text import Param, Text, text
from telephony.lines.line import PIECE, PIECE_EVERY, as_text, fill
from telephony.lines.pjlib import quiet
from telephony.lines.sounds import RATE, spoken, write_wav
from telephony.lines.textline import plain
from telephony.messages import ecall
from telephony.switch.t140 import Typed, pieces

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


def _say(said: Text | str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {printed(said) if isinstance(said, Text) else said}", flush=True)


class _DemoCall(pj.Call):
    """`sound`, `record`: WAV files or None; `to_write`, `to_press`: (seconds after the answer, what)."""

    answered, over, code, since, texts = False, False, 0, 0.0, False

    def __init__(self, account: pj.Account, sound: Path | None, record: Path | None) -> None:
        super().__init__(account)
        self.sound, self.record = sound, record
        self.playing: list[pj.AudioMedia] = []
        self.to_write: list[tuple[float, str]] = []
        self.to_press: list[tuple[float, str]] = []
        self._typed = Typed()

    def onCallState(self, prm: pj.OnCallStateParam) -> None:
        info = self.getInfo()
        texts = {
            pj.PJSIP_INV_STATE_EARLY: text("caller.rings"),
            pj.PJSIP_INV_STATE_CONFIRMED: text("caller.answered"),
            pj.PJSIP_INV_STATE_DISCONNECTED: text("caller.ended", code=info.lastStatusCode, detail=info.lastReason),
        }
        if info.state == pj.PJSIP_INV_STATE_CONFIRMED and not self.answered:
            self.answered, self.since = True, time.monotonic()
        self.code = info.lastStatusCode
        self.over = info.state == pj.PJSIP_INV_STATE_DISCONNECTED
        if info.state in texts:
            _say(texts[info.state])

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:
        info = self.getInfo()  # its streams live as long as it does
        kinds = [stream.type for stream in info.media if stream.status == pj.PJSUA_CALL_MEDIA_ACTIVE]
        self.texts = pj.PJMEDIA_TYPE_TEXT in kinds
        if self.over or self.playing or pj.PJMEDIA_TYPE_AUDIO not in kinds:
            return
        media = self.getAudioMedia(-1)
        if self.sound:
            player = pj.AudioMediaPlayer()
            player.createPlayer(str(self.sound))
            player.startTransmit(media)
            self.playing.append(player)
        if self.record:
            recorder = pj.AudioMediaRecorder()
            recorder.createRecorder(str(self.record))
            media.startTransmit(recorder)
            self.playing.append(recorder)

    def onCallRxText(self, prm: pj.OnCallRxTextParam) -> None:
        self._wrote(self._typed.add(as_text(prm.text), time.monotonic()))

    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:
        self._wrote([as_text(prm.msgBody)])

    @staticmethod
    def _wrote(lines: list[str]) -> None:
        for line in lines:
            _say(f"112: {line}")

    def look(self) -> None:
        """Does what is due; called all the time."""
        self._wrote(self._typed.due(time.monotonic()))
        lasts = time.monotonic() - self.since if self.answered else -1.0
        while self.to_press and self.to_press[0][0] <= lasts:
            self.dialDtmf(self.to_press.pop(0)[1])
        while self.to_write and self.to_write[0][0] <= lasts:
            self._write(self.to_write.pop(0)[1])

    def _write(self, piece: str) -> None:
        if not self.texts:
            self.sendInstantMessage(plain(piece))
            return
        prm = pj.CallSendTextParam()
        prm.text = piece
        self.sendText(prm)


class _Account(pj.Account):
    """What comes without a call."""

    delivered = 0

    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:
        _say(f"112: {as_text(prm.msgBody)}")

    def onInstantMessageStatus(self, prm: pj.OnInstantMessageStatusParam) -> None:
        self.delivered = prm.code
        _say(text("caller.message", code=prm.code, detail=prm.reason))


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
    parser.add_argument("--cell", default="", help="of P-Access-Network-Info, e.g. 5100110051882801 (LTE)")
    parser.add_argument("--tls", type=Path, help="call over TLS, with the fullchain.pem, privkey.pem and ca.pem there")
    parser.add_argument("--srtp", action="store_true", help="encrypted sound only (SRTP)")
    parser.add_argument("--no-location", action="store_true", help="send no location")
    parser.add_argument("--sound", type=Path, help="WAV the caller plays (default: a spoken cry for help)")
    parser.add_argument("--record", type=Path, help="WAV in which to keep what the caller hears")
    parser.add_argument("--silent", action="store_true", help="make no sound")
    parser.add_argument(
        "--write", action="append", default=[], metavar="LINE", help="write a line (again: another one)"
    )
    parser.add_argument(
        "--media",
        choices=("audio", "audio-text", "text"),
        default="audio",
        help="offer real-time text beside the voice, or instead of it",
    )
    parser.add_argument("--message", action="store_true", help="no call: send the lines of --write as SIP MESSAGE")
    parser.add_argument("--press", default="", help="keys to press")
    parser.add_argument("--press-after", type=float, default=2.0, help="seconds after the answer (default %(default)s)")
    parser.add_argument("--ecall", choices=("automatic", "manual"), help="call as a vehicle, with its data (MSD)")
    parser.add_argument("--seconds", type=float, default=120.0, help="length of the call (default %(default)s)")
    return parser.parse_args()


_PLACES = ((0.9184, 104.4603), (0.9259, 104.4430), (0.9118, 104.4702), (0.9230, 104.4516))


def main() -> int:
    want = _arguments()
    number = want.number or f"0811{random.randrange(10**7):07d}"
    lat, lon = (want.lat, want.lon) if want.lat is not None and want.lon is not None else random.choice(_PLACES)
    if want.ecall and not want.service:
        want.service = f"sos.ecall.{want.ecall}"
    sound = want.sound
    if sound is None and not want.message and want.media != "text":
        sound = Path(tempfile.mkdtemp(prefix="siaga-call-")) / "voice.wav"
        # Keys travel with the sound, so that a silent line needs one too.
        write_wav(sound, bytes(2 * RATE) if want.silent else spoken(_VOICE))
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
    if want.tls:
        tls = transport.tlsConfig
        tls.certFile, tls.privKeyFile = str(want.tls / "fullchain.pem"), str(want.tls / "privkey.pem")
        tls.CaListFile, tls.verifyServer = str(want.tls / "ca.pem"), True
        endpoint.transportCreate(pj.PJSIP_TRANSPORT_TLS, transport)
    over = "tls" if want.tls else "tcp"
    endpoint.audDevManager().setNullDev()
    endpoint.libStart()
    account_config = pj.AccountConfig()
    account_config.idUri = f"sip:{number}@{host}"
    if loopback:
        account_config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
    if want.srtp:
        account_config.mediaConfig.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
        account_config.mediaConfig.srtpSecureSignaling = 0
    if want.user:
        account_config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", want.user, 0, want.password))
    account = _Account()
    account.create(account_config)
    call = _DemoCall(account, sound, want.record)
    prm = pj.CallOpParam(True)
    prm.opt.audioCount, prm.opt.textCount = int(want.media != "text"), int("text" in want.media)
    if not want.no_location:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        body = _PIDF.format(lat=lat, lon=lon, radius=want.radius, method="GPS", stamp=stamp)
        headers = {"Geolocation": "<cid:place@caller.demo>", "Content-ID": "<place@caller.demo>"}
        fill(prm.txOption, headers, body, "application/pidf+xml")
    if want.ecall:
        _add_msd(prm.txOption, want.ecall == "automatic", lat, lon)
    at = 0.5
    for line in want.write:
        for piece in pieces(line, PIECE) if "text" in want.media else [line]:
            call.to_write.append((at, piece))
            at += PIECE_EVERY
        at += 1.2
    call.to_press = [(want.press_after + 0.5 * n, key) for n, key in enumerate(want.press)]
    if want.cell:
        fill(prm.txOption, {"P-Access-Network-Info": f"3GPP-E-UTRAN-FDD;utran-cell-id-3gpp={want.cell}"})
    user = "112" if not want.service else "urn:service:" + want.service
    target = f"sip:112@{want.to};transport={over}" if not want.service else user
    if want.dial:
        user = target = want.dial
    place: Param = f"{lat:.4f}, {lon:.4f} ± {want.radius:.0f} m"
    _say(text("caller.calls", number=number, to=user, place=text("caller.no-place") if want.no_location else place))
    if want.service:
        account_config.sipConfig.proxies.append(f"sip:{want.to};transport={over};lr")
        account.modify(account_config)
    stop: list[bool] = []
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.append(True))
    until = time.monotonic() + want.seconds
    if want.message:
        _send(account, target, want)
    else:
        call.makeCall(target, prm)
    while not call.over and not stop and time.monotonic() < until:
        endpoint.libHandleEvents(20)
        call.look()
    if not call.over and not want.message:
        call.hangup(pj.CallOpParam())
        end = time.monotonic() + 2
        while not call.over and time.monotonic() < end:
            endpoint.libHandleEvents(20)
    answered = call.answered or account.delivered == 200
    if not answered and call.code in (408, 503):
        tell(text("caller.nothing-answers", place=want.to))
    call.playing.clear()
    del call
    gc.collect()
    account.shutdown()
    del account
    gc.collect()
    endpoint.libDestroy()
    return 0 if answered else 1


def _send(account: pj.Account, target: str, want: argparse.Namespace) -> None:
    """Each line as a MESSAGE of its own."""
    config = pj.BuddyConfig()
    config.uri, config.subscribe = f"sip:112@{want.to};transport=tcp", False
    buddy = pj.Buddy()
    buddy.create(account, config)
    for line in want.write:
        prm = plain(line)
        prm.txOption.targetUri = target
        buddy.sendInstantMessage(prm)


def _add_msd(option: pj.SipTxOption, automatic: bool, lat: float, lon: float) -> None:
    """Base64, because text is all that can be handed to the library here; a vehicle sends the bytes."""
    msd = Msd(
        version=2, message=1, automatic=automatic, trusted=True, vehicle="M1", vin="MHKDEM12SG1120011", heading=90.0,
        propulsion=("gasoline",), at=float(int(time.time())), lat=lat, lon=lon, occupants=3,
        recent=((lat, lon - 0.0004), (lat, lon - 0.0008)),
    )  # fmt: skip
    body = base64.b64encode(ecall.encode_msd(msd)).decode()
    headers = {
        "Call-Info": "<cid:msd@caller.demo>;purpose=EmergencyCallData.eCall.MSD",
        "Recv-Info": "EmergencyCallData.eCall.MSD",
        "Content-ID": "<msd@caller.demo>",
    }
    fill(option, headers, body, "application/EmergencyCallData.eCall.MSD")
    encoding = pj.SipHeader()
    encoding.hName, encoding.hValue = "Content-Transfer-Encoding", "base64"
    option.multipartParts[option.multipartParts.size() - 1].headers.append(encoding)


if __name__ == "__main__":
    sys.exit(main())
