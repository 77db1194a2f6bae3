"""The page on a caller's telephone, as policy: what may be sent, what may be told, when it ends."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.exchange.handover import digest_of
from dispatch.inputs import Posted, Refused
from dispatch.policy.places.location_link import MAX_AGREED, MAX_PHOTOS, by_link, key_of, link_of
from dispatch.process.notifiers import filled
from routing.location import Location
from tests.dispatch.story import Story, kinds
from tests.texts import refuses

DIGEST = "ab" * 32


def send(story: Story, call: str = "c1", **fields) -> list[ev.Event]:
    return story.ask("ana", "call-taker", cmd.SendLocationLink(call=call, **fields))


def post(story: Story, kind: type[ev.Event], call: str = "c1", **fields) -> list[ev.Event]:
    link = story.board.links.get(call)
    return story.input(Posted(kind(at=story.now, call=call, **fields), link.digest if link else "", "first"))


def place(story: Story, lat: float = 0.92) -> list[ev.Event]:
    fix = Location(lat=lat, lon=104.45, radius=12.0, source="link", method="GPS", at=story.now)
    return post(story, ev.LocationReceived, location=fix)


def photo(story: Story) -> list[ev.Event]:
    known = {"size": 1000, "type": "image/jpeg", "width": 640, "height": 480}
    return post(story, ev.PhotoReceived, digest=DIGEST, **known)


@pytest.fixture
def opened():
    story = Story()
    story.incoming("c1", "+628117701122")
    send(story)
    return story


def test_the_link_goes_to_the_caller_and_its_key_is_nowhere_in_the_journal(opened):
    key = key_of(opened.board.links["c1"].notice, "+628117701122", opened.world)
    link = opened.board.links["c1"]
    notice = opened.board.notices[link.notice]
    assert (notice.to, notice.channel, notice.link) == ("+628117701122", "sms", "c1")
    assert link_of(opened.board, digest_of(key)) == link and by_link(opened.board, "c1")
    assert link_of(opened.board, digest_of(key[:-1])) is None
    assert not any(key.encode() in entry.leaf + (entry.words or b"") for entry in opened.entries)
    whole = filled(notice, opened.world)
    assert f"{opened.world.public_url}/l/{key}" in whole
    assert len(whole) <= 160 and whole.isascii(), "one SMS"


def test_agreeing_again_and_again_fills_no_journal_and_withdrawing_always_works(opened):
    for _ in range(MAX_AGREED):
        post(opened, ev.LinkConsented, what="chat", withdrawn=True)
        post(opened, ev.LinkConsented, what="chat")
    with refuses("as much as can be sent"):
        post(opened, ev.LinkConsented, what="photos")
    post(opened, ev.LinkConsented, what="chat", withdrawn=True)
    assert opened.board.links["c1"].consents == ()


def test_a_number_that_takes_no_message_is_asked_for():
    story = Story()
    story.incoming("c1", "")
    with refuses("mobile"):
        send(story)
    made = send(story, to="0812-3456-789")
    assert made[-1].to == "+628123456789"
    with refuses("notify_whatsapp"):
        send(story, to="0812-3456-789", channel="whatsapp")
    with refuses("just now"):
        send(story, to="0812-3456-789")


def test_a_test_call_pages_nobody():
    story = Story()
    story.reported(ev.CallReceived(at=story.now, call="c1", caller="+628117701122", test=True))
    with refuses("test call"):
        send(story)


def test_nothing_is_taken_that_was_not_agreed_to(opened):
    post(opened, ev.LinkOpened, agent="Android")
    for told in (
        lambda: place(opened),
        lambda: photo(opened),
        lambda: post(opened, ev.TextReceived, text="a", via="link"),
    ):
        with refuses("agreed"):
            told()
    post(opened, ev.LinkConsented, what="location")
    assert kinds(place(opened)) == ["LocationReceived", "LocationChosen"]
    with refuses("agreed"):
        photo(opened)
    post(opened, ev.LinkConsented, what="location", withdrawn=True)
    opened.now += 5
    with refuses("agreed"):
        place(opened)
    assert opened.board.links["c1"].places == 1 and opened.board.calls["c1"].locations[-1].radius == 12.0


def test_a_page_cannot_fill_the_journal(opened):
    for what in ("location", "photos", "chat"):
        post(opened, ev.LinkConsented, what=what)
    place(opened)
    with refuses("too often"):
        place(opened)
    for n in range(100):
        opened.now += 1
        place(opened, 0.9 + n / 1000)
    trail = opened.board.calls["c1"].locations
    assert len(trail) == 101 and trail[-1].lat == pytest.approx(0.999)
    for _ in range(MAX_PHOTOS):
        photo(opened)
    with refuses("as much as"):
        photo(opened)
    assert opened.replayed() == opened.board


def test_a_caller_whose_line_broke_is_still_heard_and_somebody_is_told(opened):
    post(opened, ev.LinkConsented, what="chat")
    opened.reported(ev.CallEnded(at=opened.now, call="c1", by="caller"))
    made = post(opened, ev.TextReceived, text="tolong", via="link")
    assert kinds(made) == ["TextReceived", "AlarmRaised"]
    assert kinds(post(opened, ev.TextReceived, text="cepat", via="link")) == ["TextReceived"]
    assert kinds(opened.ask("ana", "call-taker", cmd.SendText(call="c1", text="kami datang"))) == [
        "TextSent",
        "AlarmCleared",
    ]
    for n in range(600):
        opened.incoming(f"x{n}", "")
        opened.reported(ev.CallEnded(at=opened.now, call=f"x{n}", by="caller"))
    lines = [line.text for line in opened.board.calls["c1"].lines]
    assert lines == ["tolong", "cepat", "kami datang"], "it stays on the board"
    opened.wait(7300)
    assert not by_link(opened.board, "c1")
    for n in range(2):
        opened.incoming(f"y{n}", "")
        opened.reported(ev.CallEnded(at=opened.now, call=f"y{n}", by="caller"))
    assert "c1" not in opened.board.calls and "c1" not in opened.board.links
    assert opened.replayed() == opened.board


def test_a_closed_link_tells_nothing_until_it_is_sent_again(opened):
    opened.ask("ana", "call-taker", cmd.CloseLink(call="c1"))
    with refuses("no longer valid"):
        post(opened, ev.LinkConsented, what="chat")
    opened.now += 60
    send(opened)
    post(opened, ev.LinkConsented, what="chat")
    opened.wait(7201)
    assert opened.board.links["c1"].closed
    assert not [key for key in opened.board.deadlines if key.startswith("link:")]


calls = st.sampled_from(["c1", "c2"])


class AnyPage(RuleBasedStateMachine):
    """Whatever order things come in, the replay is the board, and each open page has an end."""

    def __init__(self):
        super().__init__()
        self.story = Story()

    def tried(self, act, *args, **kwargs):
        before = self.story.board.seq
        try:
            act(self.story, *args, **kwargs)
        except Refused:
            assert self.story.board.seq == before

    @rule(call=calls)
    def arrives(self, call):
        self.story.incoming(call, "+628117701122")

    @rule(call=calls)
    def ends(self, call):
        self.story.reported(ev.CallEnded(at=self.story.now, call=call, by="caller"))

    @rule(call=calls)
    def sends(self, call):
        self.tried(send, call)

    @rule(call=calls)
    def closes(self, call):
        self.tried(lambda story: story.ask("ana", "call-taker", cmd.CloseLink(call=call)))

    @rule(call=calls, what=st.sampled_from(["location", "chat"]), back=st.booleans())
    def agrees(self, call, what, back):
        self.tried(post, ev.LinkConsented, call, what=what, withdrawn=back)

    @rule(call=calls, text=st.text(max_size=3))
    def writes(self, call, text):
        self.tried(post, ev.TextReceived, call, text=text, via="link")

    @rule()
    def moves(self):
        self.tried(place)

    @rule(seconds=st.sampled_from([1.0, 100.0, 8000.0]))
    def waits(self, seconds):
        self.story.wait(seconds)

    @invariant()
    def replay_is_board(self):
        assert self.story.replayed() == self.story.board

    @invariant()
    def open_pages_end(self):
        board = self.story.board
        opened = set(board.tables["pages"].values())
        assert {f"link:{call}" for call in opened} == {k for k in board.deadlines if k.startswith("link:")}
        assert {call for call, one in board.links.items() if not one.closed} == opened
        assert all(msgspec.json.encode(one) for one in board.links.values())


TestAnyPage = AnyPage.TestCase
TestAnyPage.settings = limits(max_examples=40, stateful_step_count=30, deadline=None)
