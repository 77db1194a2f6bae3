"""Trunks over TLS with certificates, and encrypted sound: tones measured both ways, and who is kept out."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch.settings import ROOT
from tests.scenarios.instance import write_tone
from tests.servers import end, free_port, wait_until
from tests.telephony.certificates import Authority
from tests.telephony.lines import LiveSwitch, Phone
from tests.telephony.messages import SDP
from tests.telephony.test_sound import CALLER_HZ, has_heard, tone_in

KEY = "inline:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2"
SAVP = SDP.format(port=4000).replace("RTP/AVP", "RTP/SAVP") + f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 {KEY[:47]}\r\n"


class Trunk:
    """A carrier's folder with a certificate by its CA, and ours."""

    def __init__(self, folder: Path) -> None:
        carrier, ours = Authority(folder, "carrier-ca"), Authority(folder, "our-ca")
        self.ours, self.theirs, self.false = folder / "ours", folder / "theirs", folder / "false"
        ours.certify("psap.example.id", self.ours / "fullchain.pem", self.ours / "privkey.pem")
        (self.ours / "trunks-ca.pem").write_bytes(carrier.file.read_bytes())
        carrier.certify("sbc.carrier.id", self.theirs / "fullchain.pem", self.theirs / "privkey.pem")
        Authority(folder, "mallory").certify("sbc.carrier.id", self.false / "fullchain.pem", self.false / "privkey.pem")
        for place in (self.theirs, self.false):
            (place / "ca.pem").write_bytes(ours.file.read_bytes())


@pytest.fixture(scope="module")
def trunk(tmp_path_factory):
    return Trunk(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def switch(tmp_path_factory, trunk):
    secure = f"127.0.0.1:{free_port()}"
    # no address is listed: over TLS the certificate is what counts
    keys = {"SIP_TLS": secure, "SIP_TLS_FOLDER": trunk.ours, "SIP_TRUNKS": "10.99.0.0/24"}
    live = LiveSwitch(tmp_path_factory.mktemp("tls"), 41_000, **keys).start()
    live.secure = secure
    yield live
    live.stop()


DTLS = """
import sys, pjsua2 as pj
from telephony.demo import caller
create = pj.Account.create
def with_dtls(account, config, *more):
    keys = pj.SrtpOpt()
    keys.keyings = pj.IntVector([pj.PJMEDIA_SRTP_KEYING_DTLS_SRTP])
    config.mediaConfig.srtpOpt = keys
    return create(account, config, *more)
pj.Account.create = with_dtls
sys.exit(caller.main())
"""
"""`siaga call --srtp` that offers keys by DTLS (RFC 5764) in the place of SDES."""


def caller(switch: LiveSwitch, folder: Path, *words: str) -> subprocess.Popen:
    tone = write_tone(switch.folder / "tone.wav", CALLER_HZ, 3.0)
    how = ["-c", DTLS] if "--dtls" in words else ["-m", "telephony.demo.caller"]
    words = [word for word in words if word != "--dtls"]
    line = [sys.executable, *how, "--to", switch.secure, "--sound", str(tone), "--no-location"]
    line += ["--tls", str(folder), *words]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize(
    "words",
    [
        ("--srtp",),
        (),
        pytest.param(("--srtp", "--dtls"), marks=pytest.mark.fault(11, 4)),
    ],
    ids=["encrypted sound", "plain sound", "keys by DTLS"],
)
def test_a_trunk_with_its_certificate_is_heard_and_hears(switch, trunk, tmp_path, words):
    heard = tmp_path / "heard.wav"
    before = len(switch.events("RecordingSealed"))
    made = caller(switch, trunk.theirs, "--service", "test.sos", "--record", str(heard), *words)
    try:
        has_heard(heard, 2)
    finally:
        end(made)
        said = made.stdout.read()
    assert tone_in(heard, CALLER_HZ) > 0.9, said  # there and back: it is an echo
    sealed = switch.waits_for("RecordingSealed", count=before + 1)[-1]
    assert tone_in(switch.folder / "recordings" / f"{sealed['digest']}.wav", CALLER_HZ) > 0.9


def test_another_authoritys_certificate_does_not_get_in(switch, trunk):
    before = len(switch.events("CallReceived"))
    made = caller(switch, trunk.false)
    assert made.wait(20) == 1, made.stdout.read()
    assert len(switch.events("CallReceived")) == before


def test_without_a_certificate_nobody_gets_in(switch, trunk):
    host, port = switch.secure.split(":")
    context = ssl.create_default_context(cafile=trunk.theirs / "ca.pem")
    with socket.create_connection((host, int(port)), timeout=10) as raw, pytest.raises(OSError):
        with context.wrap_socket(raw, server_hostname="psap.example.id") as line:
            line.sendall(b"OPTIONS sip:112@x SIP/2.0\r\n\r\n")
            if not line.recv(100):  # closed without a word is as good as refused
                raise ConnectionResetError


def test_a_missing_file_is_named_at_the_start_and_keeps_no_other_caller_out(tmp_path, trunk):
    live = LiveSwitch(tmp_path, 42_000, SIP_TLS=f"127.0.0.1:{free_port()}", SIP_TLS_FOLDER=tmp_path).start()
    try:
        assert "fullchain.pem is missing" in live.log() and "sip_tls" in live.log()
    finally:
        live.stop()


def test_encrypted_sound_is_answered_encrypted_also_where_signalling_is_in_the_clear(tmp_path):
    live = LiveSwitch(tmp_path, 43_000).start()
    try:
        with Phone(live) as phone:
            code, text = phone.call(body=SAVP)
            assert code == 200 and "RTP/SAVP" in text and "a=crypto:1 AES_CM_128_HMAC_SHA1_80" in text
        with Phone(live) as phone:
            code, text = phone.call()
            assert code == 200 and "RTP/AVP" in text and "a=crypto" not in text
    finally:
        live.stop()


def test_where_the_setting_demands_encryption_plain_sound_is_refused(tmp_path):
    live = LiveSwitch(tmp_path, 43_000, SRTP="required").start()
    try:
        with Phone(live) as phone:
            assert phone.call(body=SAVP)[0] == 200
        with Phone(live) as phone:
            assert phone.call()[0] == 488
        wait_until(lambda: live.events("CallEnded"), what="the call to end")
    finally:
        live.stop()
