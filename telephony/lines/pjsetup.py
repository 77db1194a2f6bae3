"""How the SIP library is set up: endpoint, addresses it listens on, accounts for callers and browsers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pjsua2 as pj

from routing.text import Text, said_by, text
from telephony.lines.pjlib import StackError

BROWSER_USER, CALLER_USER = "browser", "112"
_SESSION_SECONDS = 90
"""RFC 4028, when the INVITE asks for it: a caller that vanished is let go. Never forced on others: the library would
hang up on a caller who is there and merely declines the question."""


class StackConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses and limits of the SIP stack. `tls`: where trunks with a certificate call; `tls_folder` has
    fullchain.pem, privkey.pem (ours) and trunks-ca.pem (who signs theirs). `srtp`: optional or required."""

    host: str
    port: int
    rtp: tuple[int, int]
    nameserver: str
    max_calls: int
    public: str = ""
    tls: tuple[str, int] | None = None
    tls_folder: Path = Path()
    srtp: str = "optional"


def endpoint_config(config: StackConfig) -> pj.EpConfig:
    made = pj.EpConfig()
    made.uaConfig.threadCnt, made.uaConfig.mainThreadOnly = 0, True
    made.uaConfig.maxCalls = min(1000, config.max_calls + 60)  # kept free for positions and parties
    made.uaConfig.userAgent = "Siaga 112"
    made.uaConfig.nameserver.append(config.nameserver)
    made.logConfig.level = made.logConfig.consoleLevel = 1
    media = made.medConfig
    media.clockRate = media.sndClockRate = 8000
    media.audioFramePtime, media.ecTailLen, media.noVad = 20, 0, True
    media.threadCnt, media.hasIoqueue, media.maxMediaPorts = 1, True, 4000
    media.quality = 3
    return made


def listen(endpoint: pj.Endpoint, config: StackConfig) -> Text | None:
    """Raises RuntimeError that says what to do. Trunks over TLS that cannot call for want of a certificate keep nobody
    else from calling: that is returned, None when all is well."""
    for kind in (pj.PJSIP_TRANSPORT_UDP, pj.PJSIP_TRANSPORT_TCP):
        _listen(endpoint, kind, _transport(config, config.host, config.port), "sip")
    if config.tls is None:
        return None
    secure = _transport(config, *config.tls)
    files = [config.tls_folder / name for name in ("fullchain.pem", "privkey.pem", "trunks-ca.pem")]
    for file in files:
        if not file.is_file():
            return text("discrepancy.no-tls-file", file=str(file))
    tls = secure.tlsConfig
    tls.certFile, tls.privKeyFile, tls.CaListFile = map(str, files)
    # A trunk without a certificate from its CA does not get in, and we call none that has another.
    tls.verifyClient = tls.requireClientCert = tls.verifyServer = True
    try:
        _listen(endpoint, pj.PJSIP_TRANSPORT_TLS, secure, "sip_tls")
    except RuntimeError as wrong:
        return text("discrepancy.no-tls", why=said_by(wrong), folder=str(config.tls_folder))
    return None


def _transport(config: StackConfig, host: str, port: int) -> pj.TransportConfig:
    made = pj.TransportConfig()
    made.port, made.boundAddress = port, host
    if config.public:
        made.publicAddress = config.public
    return made


def _listen(endpoint: pj.Endpoint, kind: int, transport: pj.TransportConfig, setting: str) -> None:
    try:
        endpoint.transportCreate(kind, transport)
    except pj.Error as wrong:
        place = f"{transport.boundAddress}:{transport.port}"
        raise StackError("stack.cannot-listen", place=place, detail=wrong.reason, setting=setting) from None


def account_config(config: StackConfig, user: str) -> pj.AccountConfig:
    """For browsers what they insist on (RFC 8827): DTLS-SRTP, ICE, one port for RTP and RTCP."""
    made = pj.AccountConfig()
    made.idUri = f"sip:{user}@{config.host}:{config.port}"
    made.callConfig.prackUse = 2
    media = made.mediaConfig
    media.lockCodecEnabled = False
    low, high = config.rtp
    half = (high - low) // 2
    media.transportConfig.port = low if user != BROWSER_USER else low + half
    media.transportConfig.portRange = half
    media.srtpSecureSignaling = 0  # a caller whose signalling is in the clear is answered all the same
    keyings = pj.SrtpOpt()
    if user == BROWSER_USER:
        media.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
        keyings.keyings = pj.IntVector([pj.PJMEDIA_SRTP_KEYING_DTLS_SRTP])
        media.rtcpMuxEnabled = True
        made.natConfig.iceEnabled = made.natConfig.iceNoRtcp = made.natConfig.iceAggressiveNomination = True
    else:
        media.srtpUse = pj.PJMEDIA_SRTP_MANDATORY if config.srtp == "required" else pj.PJMEDIA_SRTP_OPTIONAL
        # What we offer has the first; what is offered to us may have either.
        keyings.keyings = pj.IntVector([pj.PJMEDIA_SRTP_KEYING_SDES, pj.PJMEDIA_SRTP_KEYING_DTLS_SRTP])
        media.transportConfig.boundAddress = config.host
        made.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
        made.callConfig.timerMinSESec, made.callConfig.timerSessExpiresSec = _SESSION_SECONDS, _SESSION_SECONDS
    media.srtpOpt = keyings
    if config.public:
        media.transportConfig.publicAddress = config.public
    return made
