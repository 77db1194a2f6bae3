"""What we use of pjsua2, which has no types of its own. tests/telephony/test_pjsua2_stub.py holds it to the library."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

_T = TypeVar("_T")

PJMEDIA_FILE_NO_LOOP: int
PJMEDIA_SRTP_KEYING_DTLS_SRTP: int
PJMEDIA_SRTP_KEYING_SDES: int
PJMEDIA_SRTP_MANDATORY: int
PJMEDIA_SRTP_OPTIONAL: int
PJMEDIA_TYPE_AUDIO: int
PJMEDIA_TYPE_TEXT: int
PJSIP_INV_STATE_CONFIRMED: int
PJSIP_INV_STATE_CONNECTING: int
PJSIP_INV_STATE_DISCONNECTED: int
PJSIP_INV_STATE_EARLY: int
PJSIP_ROLE_UAC: int
PJSIP_TRANSPORT_TCP: int
PJSIP_TRANSPORT_TLS: int
PJSIP_TRANSPORT_UDP: int
PJSUA_CALL_MEDIA_ACTIVE: int
PJSUA_CALL_MEDIA_REMOTE_HOLD: int
PJSUA_SIP_TIMER_OPTIONAL: int

class Error(Exception):
    reason: str
    status: int

# -- vectors of C++, which behave like lists
class _Vector(Generic[_T]):
    def __init__(self, items: Iterable[_T] = ..., /) -> None: ...
    def __iter__(self) -> Iterator[_T]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> _T: ...
    def append(self, item: _T, /) -> None: ...
    def size(self) -> int: ...

class IntVector(_Vector[int]): ...
class StringVector(_Vector[str]): ...
class SipHeaderVector(_Vector[SipHeader]): ...
class SipMultipartPartVector(_Vector[SipMultipartPart]): ...
class AuthCredInfoVector(_Vector[AuthCredInfo]): ...
class CallMediaInfoVector(_Vector[CallMediaInfo]): ...
class CodecInfoVector2(_Vector[CodecInfo]): ...

# -- the endpoint
class UaConfig:
    threadCnt: int
    mainThreadOnly: bool
    maxCalls: int
    userAgent: str
    nameserver: StringVector

class LogConfig:
    level: int
    consoleLevel: int

class MediaConfig:
    clockRate: int
    sndClockRate: int
    audioFramePtime: int
    ecTailLen: int
    noVad: bool
    threadCnt: int
    hasIoqueue: bool
    maxMediaPorts: int
    quality: int

class EpConfig:
    uaConfig: UaConfig
    logConfig: LogConfig
    medConfig: MediaConfig

class TlsConfig:
    certFile: str
    privKeyFile: str
    CaListFile: str
    verifyClient: bool
    requireClientCert: bool
    verifyServer: bool

class TransportConfig:
    port: int
    portRange: int
    boundAddress: str
    publicAddress: str
    tlsConfig: TlsConfig

class AudDevManager:
    def setNullDev(self) -> None: ...

class CodecInfo:
    codecId: str
    priority: int

class Endpoint:
    """Every method raises Error."""

    def libCreate(self) -> None: ...
    def libInit(self, prmEpConfig: EpConfig) -> None: ...
    def libStart(self) -> None: ...
    def libHandleEvents(self, msec_timeout: int) -> int: ...
    def libDestroy(self, prmFlags: int = 0) -> None: ...
    def transportCreate(self, type: int, cfg: TransportConfig) -> int: ...
    def audDevManager(self) -> AudDevManager: ...
    def codecEnum2(self) -> CodecInfoVector2: ...
    def codecSetPriority(self, codec_id: str, priority: int) -> None: ...

# -- accounts
class AuthCredInfo:
    def __init__(self, scheme: str, realm: str, user_name: str, data_type: int, data: str, /) -> None: ...

class AccountCallConfig:
    prackUse: int
    timerUse: int
    timerMinSESec: int
    timerSessExpiresSec: int

class SrtpOpt:
    keyings: IntVector

class AccountMediaConfig:
    lockCodecEnabled: bool
    transportConfig: TransportConfig
    srtpSecureSignaling: int
    srtpUse: int
    srtpOpt: SrtpOpt
    rtcpMuxEnabled: bool

class AccountNatConfig:
    iceEnabled: bool
    iceNoRtcp: bool
    iceAggressiveNomination: bool

class AccountSipConfig:
    authCreds: AuthCredInfoVector
    proxies: StringVector

class AccountConfig:
    idUri: str
    callConfig: AccountCallConfig
    mediaConfig: AccountMediaConfig
    natConfig: AccountNatConfig
    sipConfig: AccountSipConfig

class Account:
    def create(self, cfg: AccountConfig, make_default: bool = False) -> None: ...
    def modify(self, cfg: AccountConfig) -> None: ...
    def shutdown(self) -> None: ...
    def onIncomingCall(self, prm: OnIncomingCallParam) -> None: ...
    def onInstantMessage(self, prm: OnInstantMessageParam) -> None: ...
    def onInstantMessageStatus(self, prm: OnInstantMessageStatusParam) -> None: ...

class BuddyConfig:
    uri: str
    subscribe: bool

class Buddy:
    def create(self, acc: Account, cfg: BuddyConfig) -> None: ...
    def sendInstantMessage(self, prm: SendInstantMessageParam) -> None: ...

# -- what is sent
class SipHeader:
    hName: str
    hValue: str

class SipMediaType:
    type: str
    subType: str

class SipMultipartPart:
    headers: SipHeaderVector
    contentType: SipMediaType
    body: str

class SipTxOption:
    targetUri: str
    headers: SipHeaderVector
    multipartContentType: SipMediaType
    multipartParts: SipMultipartPartVector

class CallSetting:
    audioCount: int
    textCount: int

class CallOpParam:
    opt: CallSetting
    statusCode: int
    txOption: SipTxOption
    def __init__(self, useDefaultCallSetting: bool = False, /) -> None: ...

class CallSendTextParam:
    text: str

class CallSendRequestParam:
    method: str
    txOption: SipTxOption

class SendInstantMessageParam:
    contentType: str
    content: str
    txOption: SipTxOption

# -- what is told
class SipRxData:
    wholeMsg: str
    srcAddress: str

class OnIncomingCallParam:
    callId: int
    rdata: SipRxData

class OnInstantMessageParam:
    msgBody: str
    rdata: SipRxData

class OnInstantMessageStatusParam:
    toUri: str
    code: int
    reason: str

class OnCallStateParam: ...
class OnCallMediaStateParam: ...

class OnDtmfDigitParam:
    digit: str

class OnCallRxTextParam:
    text: str

class OnCallTransferRequestParam:
    statusCode: int

class OnCallReplaceRequestParam:
    statusCode: int

# -- calls and their sound
class CallMediaInfo:
    type: int
    status: int

class CallInfo:
    role: int
    state: int
    lastStatusCode: int
    lastReason: str
    localUri: str
    media: CallMediaInfoVector

class Call:
    def __init__(self, acc: Account, call_id: int = ..., /) -> None: ...
    def getId(self) -> int: ...
    def getInfo(self) -> CallInfo: ...
    def getAudioMedia(self, med_idx: int) -> AudioMedia: ...
    def makeCall(self, dst_uri: str, prm: CallOpParam) -> None: ...
    def answer(self, prm: CallOpParam) -> None: ...
    def hangup(self, prm: CallOpParam) -> None: ...
    def dialDtmf(self, digits: str) -> None: ...
    def sendInstantMessage(self, prm: SendInstantMessageParam) -> None: ...
    def sendRequest(self, prm: CallSendRequestParam) -> None: ...
    def sendText(self, prm: CallSendTextParam) -> None: ...
    def onCallState(self, prm: OnCallStateParam) -> None: ...
    def onCallMediaState(self, prm: OnCallMediaStateParam) -> None: ...
    def onDtmfDigit(self, prm: OnDtmfDigitParam) -> None: ...
    def onCallRxText(self, prm: OnCallRxTextParam) -> None: ...
    def onInstantMessage(self, prm: OnInstantMessageParam) -> None: ...
    def onInstantMessageStatus(self, prm: OnInstantMessageStatusParam) -> None: ...
    def onCallTransferRequest(self, prm: OnCallTransferRequestParam) -> None: ...
    def onCallReplaceRequest(self, prm: OnCallReplaceRequestParam) -> None: ...

class ConfPortInfo:
    listeners: IntVector

class AudioMedia:
    def getPortId(self) -> int: ...
    def startTransmit(self, sink: AudioMedia) -> None: ...
    @staticmethod
    def getPortInfoFromId(port_id: int) -> ConfPortInfo: ...

class AudioMediaPlayer(AudioMedia):
    def createPlayer(self, file_name: str, options: int = 0) -> None: ...
    def createPlaylist(self, file_names: StringVector, label: str = "", options: int = 0) -> None: ...

class AudioMediaRecorder(AudioMedia):
    def createRecorder(self, file_name: str) -> None: ...
