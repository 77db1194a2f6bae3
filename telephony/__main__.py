"""`python -m telephony`: the switch as a process of its own."""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import TextIO

from twisted.internet import protocol, reactor, task, threads
from twisted.logger import globalLogBeginner, textFileLogObserver

from dispatch.events import AlarmRaised
from dispatch.journal.claim import AlreadyTaken, Claim
from dispatch.settings import read_settings
from dispatch.terminal import tell as printed_to
from dispatch.timing.timekeeper import keep_time
from routing.text import Text, said_by, text
from telephony.bridge_watch import BridgeWatch
from telephony.discreet import discreet
from telephony.lines.gate import Gate, GateRules
from telephony.lines.limits import capacity, open_files
from telephony.lines.pjsetup import StackConfig
from telephony.lines.pjsua import SipStack
from telephony.lines.recording import prepare
from telephony.lines.sounds import MADE, is_made, lengths, make, make_tones, ready_sounds
from telephony.messages import ecall
from telephony.room.meeting import Meeting
from telephony.shell import RoomConnection, SwitchShell
from telephony.storage import Storage
from telephony.switch.actions import Rules
from telephony.watch import Watch

_TOLD = 5
"""Complaints that an alarm names."""


def made_folder(data: Path) -> Path:
    """Where the sounds that we make are, or can be made when set-up has not."""
    made = MADE if MADE.is_dir() else MADE.parents[2]
    return MADE if is_made(MADE) or os.access(made, os.W_OK) else data / "sounds" / "made"


def tell(said: Text, where: TextIO | None = None) -> None:
    """To whoever started us; a log on a full disk is no reason to end."""
    with contextlib.suppress(OSError):
        printed_to(said, where)


def owned(data: Path, claim: Claim, complaints: list[Text]) -> None:
    """Nobody else may write there. Raises AlreadyTaken. A folder of no use is looked at again (storage.py)."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        claim.take()
        prepare(data)
    except OSError as wrong:
        tell(text("switch-start.no-data-folder", folder=str(data), detail=str(wrong.strerror)))
    if claim.unguarded is not None:
        complaints.append(claim.unguarded)


def settings_alarm(complaints: tuple[Text, ...]) -> AlarmRaised:
    """Calls are answered with what could be read, perhaps at another address than was meant."""
    said = text("alarm.switch-settings", complaints=complaints[:_TOLD])
    return AlarmRaised(at=time.time(), alarm="switch-settings", level="critical", text=said)


def with_tones(made: Path, complaints: list[Text]) -> Path:
    """The folder where at least tones are: another one when this one cannot be written."""
    try:
        make_tones(made)
    except OSError as wrong:
        complaints.append(text("discrepancy.no-tones", folder=str(made), detail=str(wrong.strerror)))
        try:
            made = Path(tempfile.mkdtemp(prefix="siaga-sounds-"))
            make_tones(made)
        except OSError:
            pass  # callers are answered, and hear nothing while they wait
    return made


def prepare_decoder() -> None:
    """On a thread that hands the interpreter back every half millisecond meanwhile, so that no call waits for it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    ecall.prepare()
    sys.setswitchinterval(before)


def spoken_at_last(sounds: dict[str, Path], rules: Rules, made: Path, own: Path) -> None:
    """The words are there now; switch and lines look into these two."""
    sounds.update(ready_sounds(made, own)[0])
    rules.sounds.update(lengths(sounds))


def tell_all(*said: Text) -> None:
    for one in said:
        tell(one)


def main() -> int:
    globalLogBeginner.beginLoggingTo([discreet(textFileLogObserver(sys.stdout))], redirectStandardIO=False)
    keeper = keep_time(reactor)  # before the first timer
    settings, complaints = read_settings()
    unset = tuple(complaints)
    data = settings.data_folder
    claim = Claim(data / "switch.lock")
    try:
        owned(data, claim, complaints)
    except AlreadyTaken as wrong:
        tell(text("switch-start.another", folder=str(data), who=wrong.who), sys.stderr)
        return 1
    boot = f"{int(time.time()):x}{secrets.token_hex(2)}"  # never the same twice, whatever the clock says
    calls, limit = capacity(settings.switch.max_calls, settings.switch.rtp_range, open_files())
    if calls < settings.switch.max_calls:
        complaints.append(text("discrepancy.fewer-calls", calls=calls, most=settings.switch.max_calls, limit=limit))
    made = made_folder(data)
    unmade = not is_made(made)
    if unmade:
        made = with_tones(made, complaints)
    sounds, unusable = ready_sounds(made, data / "sounds")
    complaints += unusable
    rules = Rules(
        announce_after=settings.switch.announce_after,
        room_silent_after=settings.switch.room_silent_after,
        alternate_centre=settings.policy.alternate_centre,
        silent_after=settings.switch.silent_after,
        text_idle=settings.switch.text_idle,
        sounds=lengths(sounds),
        test_numbers=settings.switch.test_numbers,
    )
    gate = Gate(
        GateRules(
            max_calls=calls,
            max_calls_per_source=settings.switch.max_calls_per_source,
            reserved_calls=min(settings.switch.reserved_calls, calls // 4),
            calls_per_second_per_source=settings.switch.calls_per_second_per_source,
            trunks=settings.switch.sip_trunks,
        )
    )
    shell = SwitchShell(reactor, rules, data, boot, claim, keeper)
    host, port = settings.switch.address
    config = StackConfig(
        host=host,
        port=port,
        rtp=settings.switch.rtp_range,
        nameserver=settings.switch.nameserver,
        max_calls=calls,
        public=settings.switch.media_address,
        tls=settings.switch.tls_address,
        tls_folder=Path(settings.switch.sip_tls_folder),
        srtp=settings.switch.srtp,
    )
    stack = SipStack(reactor, shell, config, gate, data, sounds)
    try:
        shell.start(stack)
    except RuntimeError as wrong:
        tell(text("switch-start.not-started", why=said_by(wrong)), sys.stderr)
        return 1
    for complaint in complaints:
        shell.troubled(complaint)
    if unset:
        shell.tell(settings_alarm(unset))
    watch = Watch(reactor, shell, settings.switch.rtp_silent_after, settings.switch.trunk_watch)
    watch.start()
    bridge_watch = BridgeWatch(reactor, shell)
    bridge_watch.start()
    factory = protocol.Factory.forProtocol(lambda: RoomConnection(shell))
    factory.noisy = False
    storage = Storage(reactor, shell, data, Meeting(reactor, factory, settings.socket_path))
    storage.start(now=True)
    reactor.addSystemEventTrigger("before", "shutdown", storage.stop)
    reactor.addSystemEventTrigger("before", "shutdown", watch.stop)
    reactor.addSystemEventTrigger("before", "shutdown", bridge_watch.stop)
    reactor.addSystemEventTrigger("before", "shutdown", shell.stop)
    # A collection may run on any thread that allocates, and a pj object freed on a foreign thread ends the process.
    gc.disable()
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it would hold up calls for a tenth of a second
    task.LoopingCall(gc.collect, 1).start(2.0, now=False)
    task.LoopingCall(gc.collect).start(60.0, now=False)
    # Neither may keep a call waiting: the first takes half a second, the second some.
    reactor.callLater(1.0, threads.deferToThread, prepare_decoder)
    if unmade:
        making = threads.deferToThread(make, made)
        making.addCallback(lambda _: spoken_at_last(sounds, rules, made, data / "sounds"))
        making.addErrback(lambda failure: shell.troubled(text("discrepancy.no-words", detail=str(failure.value))))
    code = "switch-start.answers-secure" if settings.switch.sip_tls else "switch-start.answers"
    started = text(code, boot=boot, sip=settings.switch.sip, secure=settings.switch.sip_tls)
    # On a thread: reading the words takes a third of a second, and calls come already.
    reactor.callWhenRunning(
        threads.deferToThread, tell_all, started, text("switch-start.limit", calls=calls, limit=limit)
    )
    reactor.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
