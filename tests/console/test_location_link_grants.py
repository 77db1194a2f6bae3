"""Each sending of the location link is a grant of its own: what a stranger holds opens nothing for the next number."""

from __future__ import annotations

import http.client
import itertools
import json
import re
import time

import pytest

from dispatch import commands as cmd
from dispatch import events as ev

WRONG, RIGHT = "+6281200000001", "+6281299990001"
SECRET = "Saya bersembunyi di lemari, Jl. Rahasia 5"
calls = (f"grant-{n}" for n in itertools.count(1))


class Browser:
    """One that keeps its cookie."""

    def __init__(self, desk, path: str) -> None:
        self.desk, self.path, self.cookie = desk, path, ""
        self.get()

    def _with(self) -> dict:
        return {"Cookie": self.cookie} if self.cookie else {}

    def get(self) -> dict:
        """What the page shows, {} for one that opens nothing."""
        answer = self.desk.get(self.path, **self._with())
        if told := answer.headers.get("set-cookie"):
            self.cookie = told.split(";")[0]
        page = re.search(rb'id="page"[^>]*>(.*?)</script>', answer.body, re.DOTALL)
        return json.loads(page[1]) if answer.status == 200 else {}

    def post(self, what: str, body: dict | None = None) -> int:
        return self.desk.post(f"{self.path}/{what}", body=body or {}, **self._with()).status

    def lines(self) -> list[str]:
        return [line["text"] for line in self.get().get("lines", [])]


@pytest.fixture
def sent(desk):
    """sent(call, number) → the page's path, out of the message as it leaves."""
    behind, clock = [0.0], desk.room._clock

    def go(call: str, number: str) -> str:
        behind[0] += 11.0  # a link is not sent twice within ten seconds
        desk.room._clock = lambda: clock() + behind[0]
        desk.asks("ana", cmd.SendLocationLink(call=call, to=number))
        notice = desk.room.board.links[call].notice
        desk.thread.until(lambda: desk.room.board.notices[notice].state == "sent")
        text = desk.get(f"/api/v1/notices/{notice}/demo", "dina").json["text"]
        return re.search(r"/l/[\w-]+", text)[0]

    yield go
    desk.room._clock = clock


@pytest.fixture
def call(desk):
    name = next(calls)
    desk.incoming(name, RIGHT)
    return name


@pytest.mark.fault(11, 11)
@pytest.mark.parametrize("closed", [True, False])
def test_a_link_sent_to_a_wrong_number_opens_nothing_once_it_is_sent_to_the_right_one(
    desk, call, sent, closed, record_property
):
    wrong = Browser(desk, sent(call, WRONG))
    assert wrong.post("opened") == 200 and wrong.post("consent", {"what": "chat"}) == 200
    assert wrong.post("line", {"text": "siapa ini?"}) == 200
    if closed:
        desk.asks("ana", cmd.CloseLink(call=call))
        assert wrong.get() == {}
    right = Browser(desk, sent(call, RIGHT))
    assert right.post("opened") == 200
    inherited = right.get()
    assert right.post("consent", {"what": "chat"}) == 200 and right.post("line", {"text": SECRET}) == 200
    desk.asks("ana", cmd.SendText(call=call, text="Polisi datang dari belakang"))
    read = wrong.lines()
    place = {"lat": 0.80, "lon": 104.6, "accuracy": 5, "at": time.time()}
    told = wrong.post("consent", {"what": "location"}), wrong.post("place", place), wrong.post("line", {"text": "x"})
    record_property("figure", f"the stranger reads {len(read)} lines; places taken: {told.count(200)}")
    assert read == [] and told == (410, 410, 410)
    assert right.lines() == [SECRET, "Polisi datang dari belakang"]
    assert inherited["consents"] == [] == inherited["lines"], "the right one neither sees nor agreed to the other's"


@pytest.mark.fault(11, 11)
def test_a_page_that_is_open_when_the_link_goes_elsewhere_is_told_that_it_is_over(desk, call, sent):
    wrong = Browser(desk, sent(call, WRONG))
    wrong.post("opened")
    stream = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=10)
    stream.request("GET", f"{wrong.path}/events", headers=wrong._with())
    answer = stream.getresponse()
    first = b""
    while b'"open":true' not in first:
        first += answer.read1(1000)
    right = Browser(desk, sent(call, RIGHT))
    right.post("consent", {"what": "chat"})
    right.post("line", {"text": SECRET})
    said = answer.read()  # to its end
    stream.close()
    assert SECRET.encode() not in said and b'"open":false' in said


@pytest.mark.fault(11, 11)
def test_another_browser_with_the_same_key_sees_nothing_until_it_is_let_in(desk, call, sent, record_property):
    path = sent(call, RIGHT)
    first = Browser(desk, path)
    assert first.post("opened") == 200 and first.post("consent", {"what": "chat"}) == 200
    assert first.post("line", {"text": SECRET}) == 200
    second = Browser(desk, path)
    assert second.post("opened") == 200
    record_property("figure", f"the second browser reads {len(second.lines())} lines")
    assert second.lines() == [] and second.post("line", {"text": "x"}) == 403
    assert second.post("consent", {"what": "location"}) == 403
    (asking,) = desk.room.board.links[call].asking
    assert second.get()["asks"] and not first.get()["asks"]
    desk.asks("ana", cmd.AnswerBrowser(call=call, browser=asking.browser, allowed=True))
    assert second.lines() == [SECRET] == first.lines() and second.post("line", {"text": "ini saya"}) == 200
    third = Browser(desk, path)
    third.post("opened")
    (asking,) = desk.room.board.links[call].asking
    desk.asks("ana", cmd.AnswerBrowser(call=call, browser=asking.browser, allowed=False))
    third.post("opened")
    assert not desk.room.board.links[call].asking and third.lines() == [], "who was kept out asks nobody again"
    told = [type(e).__name__ for kind in (ev.LinkAsked, ev.LinkAnswered) for e in desk.events(kind) if e.call == call]
    assert told == ["LinkAsked", "LinkAsked", "LinkAnswered", "LinkAnswered"]


def test_sent_again_to_the_same_number_both_messages_open_the_page_for_the_same_browser(desk, call, sent):
    first, again = sent(call, RIGHT), sent(call, RIGHT)
    assert first != again
    browser = Browser(desk, first)
    assert browser.post("consent", {"what": "chat"}) == 200
    browser.path = again
    assert browser.post("line", {"text": SECRET}) == 200 and browser.lines() == [SECRET]
    desk.asks("ana", cmd.CloseLink(call=call))
    assert browser.get() == {} and browser.post("line", {"text": "x"}) == 410
    browser.path = first
    assert browser.get() == {}


def test_a_wrong_number_is_mended_at_once(desk, call):
    desk.asks("ana", cmd.SendLocationLink(call=call, to=WRONG))
    desk.asks("ana", cmd.SendLocationLink(call=call, to=RIGHT))
    assert desk.room.board.links[call].to == RIGHT


def test_who_asks_after_the_call_has_ended_is_an_alarm(desk, call, sent):
    path = sent(call, RIGHT)
    Browser(desk, path).post("opened")
    desk.reported(ev.CallEnded(at=desk.room.now(), call=call, by="caller"))
    Browser(desk, path).post("opened")
    assert f"link-{call}" in desk.room.board.alarms
