"""A call-taker's browser (real Chromium) whose line is negotiated anew in a call: both go on hearing each other."""

from __future__ import annotations

import pytest

from dispatch import events as ev
from telephony.room import wire
from telephony.room.sdp import answer_for_browser, offer_for_switch
from tests.browser import AUTOPLAY, chromium
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.talkers import Talker

CALLER, DESK = 700, 1100
_TICKET = "a-ticket-of-the-room"
_PAGE = """
window.begin = (hertz) => {
  const sound = new AudioContext(), tone = new OscillatorNode(sound, { frequency: hertz });
  const out = sound.createMediaStreamDestination();
  const ear = new AnalyserNode(sound, { fftSize: 4096, smoothingTimeConstant: 0 });
  tone.connect(out); tone.start();
  const line = new RTCPeerConnection();
  line.addTrack(out.stream.getTracks()[0], out.stream);
  line.ontrack = ({ track }) => {
    const stream = new MediaStream([track]), heard = document.createElement("audio");
    heard.srcObject = stream; heard.play();
    sound.createMediaStreamSource(stream).connect(ear);
  };
  window.offer = async (direction) => {
    line.getTransceivers()[0].direction = direction;
    await line.setLocalDescription(await line.createOffer());
    while (line.iceGatheringState !== "complete") await new Promise((then) => setTimeout(then, 10));
    return line.localDescription.sdp;
  };
  window.answered = (sdp) => line.setRemoteDescription({ type: "answer", sdp });
  window.hears = (hertz) => {
    const loud = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(loud);
    return loud[Math.round(hertz * ear.fftSize / sound.sampleRate)] > -45;
  };
}
"""


@pytest.fixture
def live(tmp_path):
    made = LiveSwitch(tmp_path / "switch", 49_000).start(60)
    yield made
    made.stop()


class Page:
    """The page, and the room's part of its line."""

    def __init__(self, live: LiveSwitch, room: Room, page) -> None:
        self._page, self._line = page, Talker(live.address, 0, "console")
        self._line.sound.close()
        page.evaluate(_PAGE)
        page.evaluate("begin", DESK)
        room.say(wire.Expect(ticket=_TICKET, position="P1", user="sari"))
        self._line.sdp = self._offered
        self._line.call(f"sip:browser@{live.address}", Siaga_Ticket=_TICKET)
        self._answered()

    def _offered(self, direction: str = "sendrecv") -> str:
        self._offer = self._page.evaluate("(direction) => offer(direction)", direction)
        return offer_for_switch(self._offer, "127.0.0.1")

    def _answered(self) -> None:
        body = self._line.last.split("\r\n\r\n", 1)[1]
        self._page.evaluate("answered", answer_for_browser(body, self._offer))

    def negotiates(self, direction: str = "sendrecv") -> None:
        self._line.asks(self._offered(direction))
        self._answered()

    def hears(self, hertz: int) -> bool:
        return self._page.evaluate("hears", hertz)

    def end(self) -> None:
        self._line.end()


def holds_and_takes_back(page: Page) -> None:
    page.negotiates(direction="sendonly")
    page.negotiates()


def is_negotiated_again(page: Page) -> None:
    page.negotiates()


@pytest.mark.fault(11, 1)
def test_a_browser_goes_on_hearing_and_being_heard_after_each_change(live, record_property):
    room = Room(live)
    local = ("--disable-features=WebRtcHideLocalIpsWithMdns", "--allow-loopback-in-peer-connection")
    wrong = []
    changes = (holds_and_takes_back, is_negotiated_again)
    with chromium(AUTOPLAY, *local) as browser:
        page = Page(live, room, browser.new_page())
        room.event(ev.PositionLegUp, position="P1")
        caller = Talker(live.address, CALLER).call()
        room.say(wire.OrderMessage(number=1, do="connect", call=room.event(ev.CallReceived).call, position="P1"))
        room.event(ev.CallBridged)

        def both_hear() -> bool:
            return page.hears(CALLER) and caller.hears((DESK,)) == {DESK}

        wait_until(both_hear, what="both to hear each other before any change")
        for change in changes:
            change(page)
            caller.sound.came.clear()
            try:
                wait_until(both_hear, 6.0)
            except AssertionError:
                wrong.append(f"{change.__name__}: page {page.hears(CALLER)}, caller {caller.hears((DESK,))}")
        record_property("figure", f"{len(changes) - len(wrong)} of {len(changes)} changes leave both hearing")
        caller.end()
        page.end()
    room.close()
    assert not wrong
    assert not live.events("SoundStrayed") and not live.events("PositionLegDown")[1:]
