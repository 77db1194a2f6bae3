"""Lines whose media change in a call: hold and back, another port, address, codec. Everybody hears whom they should,
measured at every end, and the recording goes on; also while others take what was freed."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dispatch import events as ev
from telephony.room import wire
from tests.scenarios.instance import samples_of, share_of_tone, write_tone
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.talkers import Talker, password_of
from tests.texts import english

CALLER, DESK, PARTY, STRANGER, ANNOUNCED = TONES = (700, 1100, 1500, 1900, 400)
SOON = 3.0
"""Seconds until everybody must hear the others; a quarter of one is measured."""
TEXT = "m=text 5004 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"
FULL = bool(os.environ.get("SIAGA_FULL_MATRIX"))
"""Every change at every end also among others; without it a few of them."""


def held(direction: str, **where: str) -> Callable[[Talker], None]:
    def change(talker: Talker) -> None:
        talker.asks(talker.sdp(direction=direction, **where))
        talker.asks(talker.sdp(direction="sendrecv"))

    return change


def moved(talker: Talker) -> None:
    talker.moves()
    talker.asks(talker.sdp())


def moved_by_update(talker: Talker) -> None:
    talker.moves()
    talker.asks(talker.sdp(), "UPDATE")


def moved_away(talker: Talker) -> None:
    talker.moves("127.0.0.7")
    talker.asks(talker.sdp())


def moved_twice(talker: Talker) -> None:
    """And once more before anything of the first could be heard."""
    for _ in range(2):
        moved(talker)


def asked_for_an_offer(talker: Talker) -> None:
    talker.moves()
    talker.asks("", late=talker.sdp())


def without_sound(talker: Talker) -> None:
    """That is refused, and changes nothing (RFC 3261, 14.2)."""
    talker.asks(talker.sdp(port=0))
    talker.asks(talker.sdp())


def on_another_line(talker: Talker) -> None:
    """The first audio line is refused from here on, and another one is offered behind it (RFC 3264, 8.2)."""
    talker.moves()
    talker.asks(f"{talker.sdp(port=0)}m=audio {talker.sound.port} RTP/AVP 8\r\n")


CHANGES = {
    "holds and takes back": held("sendonly"),
    "is made inactive and back": held("inactive"),
    "holds by the address 0.0.0.0": held("", host="0.0.0.0"),
    "moves its port": moved,
    "moves its port by UPDATE": moved_by_update,
    "moves its address": moved_away,
    "moves its port twice": moved_twice,
    "is asked for an offer": asked_for_an_offer,
    "changes the codec": lambda talker: talker.asks(talker.sdp(formats="0 101")),
    "speaks no telephone-event any more": lambda talker: talker.asks(talker.sdp(formats="8")),
    "asks for no sound at all": without_sound,
    "goes over to another audio line": on_another_line,
}


class Conversation:
    """A caller, a call-taker at a desk phone and a hospital, all talking; the room is played by hand."""

    numbers = itertools.count(1)

    def __init__(self, live: LiveSwitch) -> None:
        self.live, self.room = live, live.room
        self.strangers: list[Talker] = []
        self.caller = Talker(live.address, CALLER, f"+62811700{next(self.numbers):04d}")
        self.desk = Talker(live.address, DESK, "sari").call(f"sip:pos-P1@{live.address}", user="sari")
        wait_until(lambda: len(live.events("PositionLegUp")) > len(live.events("PositionLegDown")), what="the desk")
        self.caller.call()
        self.call = self.room.event(ev.CallReceived, caller=self.caller.name).call
        self.order("connect", position="P1")
        self.room.event(ev.CallBridged, call=self.call)
        self.party = Talker(live.address, PARTY, "rsud")

    def order(self, what: str, **fields) -> None:
        self.room.say(wire.OrderMessage(number=next(self.numbers), do=what, call=self.call, **fields))

    def ask_the_hospital(self) -> None:
        self.order("dial", party="A1", uri=f"sip:rsud@127.0.0.1:{self.party.port}")
        self.room.event(ev.PartyJoined, call=self.call)

    def end(self) -> None:
        for talker in (self.caller, self.desk, self.party, *self.strangers):
            talker.end()
        ended = lambda: {e["call"] for e in self.live.events("CallEnded")} >= {self.call}  # noqa: E731
        wait_until(ended, what="the call to end")
        wait_until(lambda: len(self.live.events("PositionLegDown")) >= len(self.live.events("PositionLegUp")))

    def heard(self) -> dict[int, set[int]]:
        return {talker.hertz: talker.hears(TONES) for talker in (self.caller, self.desk, self.party)}

    def misheard(self) -> dict[int, set[int]]:
        """What each hears from now on, when it does not become what it should be in time."""
        for talker in (self.caller, self.desk, self.party):
            talker.sound.came.clear()
        talking = (CALLER, DESK, PARTY)
        wanted = {one: {*talking} - {one} for one in talking}
        try:
            wait_until(lambda: self.heard() == wanted, SOON)
        except AssertionError:
            return self.heard()
        return {}

    def others_come(self) -> None:
        """Two more callers take what was freed; then the call-taker puts hers on hold and takes them back."""
        for _ in range(2):
            self.strangers.append(Talker(self.live.address, STRANGER).call())
        self.order("mode", mode="held")
        wait_until(lambda: CALLER not in self.desk.hears(TONES), what="the hold to be heard")
        self.order("mode", mode="talk")

    def heard_by_strangers(self) -> set[int]:
        return set().union(*(stranger.hears(TONES) for stranger in self.strangers)) - {ANNOUNCED}


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("media")
    (folder / "sounds").mkdir()
    write_tone(folder / "sounds" / "announcement.wav", ANNOUNCED, 4.0, 8000)
    made = LiveSwitch(folder, 47_000, SILENT_AFTER=1).start(60)
    made.room = Room(made)
    made.room.say(wire.Phones(known={"sari": password_of("sari")}))
    wait_until(lambda: (folder / "phones.json").exists(), what="the phones to be remembered")
    yield made
    made.room.close()
    made.stop()


def recorded_now(live: LiveSwitch, call: str, leg: str, hertz: int) -> bool:
    """Whether the end of the recording that runs has this tone."""
    files = list((live.folder / "live").glob(f"{call}~{leg}~*.wav"))
    if not files or max(f.stat().st_size for f in files) < 8000:
        return False
    samples, rate = samples_of(max(files, key=lambda file: file.stat().st_mtime_ns))
    return share_of_tone(samples[-rate // 4 :], rate, hertz) > 0.5


def soon_recorded(live: LiveSwitch, call: str, leg: str, hertz: int) -> bool:
    return bool(wait_for(lambda: recorded_now(live, call, leg, hertz), SOON))


LEGS = {"caller": (CALLER, "caller"), "desk": (DESK, "call-taker"), "party": (PARTY, "party-A1")}
FEW = ("holds and takes back", "moves its port", "changes the codec", "asks for no sound at all")
AMONG_OTHERS = {"caller": FEW, "desk": FEW[:2], "party": FEW[:2]}


def through(live: LiveSwitch, who: str, changes: tuple[str, ...], others: bool) -> list[str]:
    """Makes these changes one after the other; which of them cost somebody their hearing or the recording."""
    wrong: list[str] = []
    talk = None
    for name in changes:
        talk = talk or talking(live)
        try:
            heard = after(talk, CHANGES[name], who, others)
        except (AssertionError, OSError) as failed:
            heard = repr(failed)
        if heard:
            wrong.append(f"{name}: {heard}")
            talk.end()
            talk = None
    if talk:
        talk.end()
    return wrong


def talking(live: LiveSwitch) -> Conversation:
    talk = Conversation(live)
    talk.ask_the_hospital()
    assert not talk.misheard(), "before any change"
    return talk


def after(talk: Conversation, change: Callable[[Talker], None], who: str, others: bool) -> object:
    """What is wrong after it; nothing when all is well."""
    hertz, leg = LEGS[who]
    change(getattr(talk, who))
    if others:
        talk.others_come()
    wrong = talk.misheard() or talk.heard_by_strangers()
    return wrong or ("" if soon_recorded(talk.live, talk.call, leg, hertz) else "not recorded")


@pytest.mark.fault(11, 1)
@pytest.mark.parametrize("others", [False, True], ids=["alone", "others take what was freed"])
@pytest.mark.parametrize("who", LEGS)
def test_after_each_change_all_hear_each_other_and_are_recorded(live, record_property, who, others):
    changes = AMONG_OTHERS[who] if others and not FULL else tuple(CHANGES)
    wrong = through(live, who, changes, others)
    record_property("figure", f"{len(changes) - len(wrong)} of {len(changes)} changes leave all hearing and recorded")
    assert not wrong
    assert not live.events("SoundStrayed"), "nothing was wrong on the bridge at any time"


@pytest.mark.parametrize("gone", ["m=text 0 RTP/AVP 98\r\n", ""], ids=["refused", "left out"])
def test_what_is_written_arrives_when_the_real_time_text_ended_in_a_change(live, gone):
    caller = Talker(live.address, CALLER, f"+62811900{next(Conversation.numbers):04d}")
    plain, said = caller.sdp, "Tetap di tempat, bantuan datang"
    caller.sdp = lambda: plain() + TEXT
    try:
        caller.call()
        call = live.room.event(ev.CallReceived, caller=caller.name).call
        live.room.event(ev.AnnouncementStarted, call=call)
        caller.asks(plain() + gone)
        live.room.say(wire.OrderMessage(number=next(Conversation.numbers), do="text", call=call, text=said))
        wait_until(lambda: said in caller.said, SOON, "the line to arrive")
    finally:
        caller.end()


def early(talker: Talker, tag: str, moves: bool) -> Callable[[str], list[tuple]]:
    """Rings with sound of its own, and answers with another port, or another tag: it was somebody else's mailbox."""

    def answering(invite: str) -> list[tuple]:
        first = talker.sdp()
        if moves:
            talker.moves()
            talker._learn_sound(invite)
        return [(183, first), (200, talker.sdp(), tag)]

    return answering


PORTS = [pytest.param(False, id="the same port"), pytest.param(True, id="another port", marks=pytest.mark.fault(11, 1))]


@pytest.mark.parametrize("moves", PORTS)
@pytest.mark.parametrize("tag", ["", "other"], ids=["the same end", "another end"])
def test_a_party_that_has_sound_before_it_answers_is_heard_and_hears_after(live, moves, tag):
    talk = Conversation(live)
    talk.party.answering = early(talk.party, tag or talk.party._tag, moves)
    talk.ask_the_hospital()
    wrong = talk.misheard()
    talk.end()
    assert not wrong


@pytest.mark.fault(11, 1)
def test_a_caller_who_waits_goes_on_hearing_the_announcement_and_is_recorded_as_long_as_the_call(live, record_property):
    caller = Talker(live.address, CALLER, "+62811800001")
    plain = caller.sdp
    caller.sdp = lambda **changed: plain(**changed) + TEXT
    caller.call()
    try:
        soon(caller, ANNOUNCED)
        call = live.room.event(ev.CallReceived, caller=caller.name).call
        caller.asks(caller.sdp(port=0))  # nothing but text for a while
        live.room.event(ev.SilenceNoted, call=call, heard=False)
        caller.moves()
        caller.asks(caller.sdp())
        soon(caller, ANNOUNCED)
        live.room.event(ev.SilenceNoted, call=call, heard=True)
        assert soon_recorded(live, call, "caller", CALLER)
    finally:
        caller.end()
    ended = wait_until(lambda: [e for e in live.events("CallEnded") if e["call"] == call], what="the end")[0]
    sealed = wait_until(lambda: [e for e in live.events("RecordingSealed") if e["call"] == call], what="the recording")
    began = next(e for e in live.events("AnnouncementStarted") if e["call"] == call)
    lasted, recorded = ended["at"] - began["at"], sum(e["seconds"] for e in sealed)
    record_property("figure", f"{recorded:.1f} of {lasted:.1f} s recorded")
    assert abs(lasted - recorded) < 0.5


def soon(talker: Talker, *tones: int) -> None:
    talker.sound.came.clear()
    wait_until(lambda: talker.hears(TONES) == set(tones), SOON, f"{talker.name} to hear {tones}")


class Meddled(LiveSwitch):
    program = "tests.telephony.meddled"


@pytest.mark.fault(11, 1)
def test_callers_who_are_joined_behind_our_back_are_parted_and_it_is_told(tmp_path, record_property):
    (tmp_path / "switch" / "sounds").mkdir(parents=True)
    write_tone(tmp_path / "switch" / "sounds" / "announcement.wav", ANNOUNCED, 4.0, 8000)
    live = Meddled(tmp_path / "switch", 48_000).start(60)
    callers = [Talker(live.address, hertz).call() for hertz in (CALLER, STRANGER)]
    try:
        soon(callers[1], ANNOUNCED)
        live.process.send_signal(signal.SIGUSR1)
        soon(callers[1], ANNOUNCED, CALLER)
        began = time.monotonic()
        mended = wait_for(lambda: live.events("SoundStrayed"), 8.0)
        took = f"told after {time.monotonic() - began:.1f} s" if mended else "not told, and not parted"
        record_property("figure", took)
        assert mended
        soon(callers[1], ANNOUNCED)
        (told,) = live.events("SoundStrayed")
        first, second = (e["call"] for e in live.events("CallReceived"))
        assert (english(told["listener"]), english(told["speaker"]), told["heard"]) == ("caller", "caller", True)
        assert told["calls"] == [second, first]
    finally:
        for caller in callers:
            caller.end()
        live.stop()


def wait_for(check: Callable[[], object], seconds: float) -> object:
    """The same as wait_until, but false when it is in vain."""
    try:
        return wait_until(check, seconds)
    except AssertionError:
        return False
