"""Telephones of other makers in a folder of their own: baresip and linphone, with a tone to say and a file to hear."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.scenarios.instance import write_tone
from tests.servers import free_port

_BARESIP = """\
module_path /usr/lib/baresip/modules
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
audio_player aubridge,peer
audio_source aufile,{tone}
ausrc_srate 8000
auplay_srate 8000
snd_path {folder}
sip_listen 127.0.0.1:0
"""
_LINPHONE = """\
[sip]
sip_port={port}
sip_tcp_port=0
sip_tls_port=0
use_ipv6=0
[rtp]
audio_rtp_port={rtp}
"""


def baresip(folder: Path, dial: str, proxy: str, hertz: int, user: str = "08117001", password: str = "",
            transport: str = "udp") -> subprocess.Popen:  # fmt: skip
    """Calls `dial` by way of `proxy` (host:port) until it is ended. What it hears is in `dump-*-dec.wav`."""
    folder.mkdir(parents=True)
    tone = write_tone(folder / "tone.wav", hertz, 30.0, 8000)
    (folder / "config").write_text(_BARESIP.format(tone=tone, folder=folder))
    secret = f";auth_user={user};auth_pass={password}" if password else ""
    account = f'<sip:{user}@127.0.0.1>;regint=0;outbound="sip:{proxy};transport={transport}"{secret}\n'
    (folder / "accounts").write_text(account)
    line = ["baresip", "-f", folder, "-e", f"d {dial}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def linphone(folder: Path, dial: str, hertz: int) -> subprocess.Popen:
    """Calls `dial` until "quit" is written to its input. What it hears is in `heard.wav`."""
    for name in (".local/share/linphone", ".config/linphone"):
        (folder / name).mkdir(parents=True)
    write_tone(folder / "tone.wav", hertz, 30.0, 8000)
    (folder / "linphonerc").write_text(_LINPHONE.format(port=free_port(), rtp=free_port()))
    orders = "ipv6 disable\nsoundcard use files\nplay tone.wav\nrecord heard.wav\n" + f"call {dial}\n"
    with (folder / "log").open("wb") as log:
        line = ["linphonec", "-c", folder / "linphonerc"]
        made = subprocess.Popen(
            line, cwd=folder, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}, stdin=subprocess.PIPE,
            stdout=log, stderr=log, text=True,
        )  # fmt: skip
    made.stdin.write(orders)
    made.stdin.flush()
    return made


def heard_by_baresip(folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob("dump-*-dec.wav"))), None)
