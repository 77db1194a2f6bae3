"""The switch as a process, called by real callers: everybody who may call is answered, whatever they send along."""

from __future__ import annotations

import time

import pytest

from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone
from tests.telephony.messages import SDP, pidf
from tests.texts import english

PLACE = pidf("<gml:Point><gml:pos>0.9184 104.4603</gml:pos></gml:Point>")
OFFER = SDP.format(port=4000)


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("switch")).start()
    yield live
    live.stop()


@pytest.mark.parametrize("transport", ["u1", "t1"], ids=["UDP", "TCP"])
@pytest.mark.parametrize(
    "target", ["urn:service:sos", "urn:service:sos.fire", "sip:112@siaga.id", "tel:112;phone-context=+62"]
)
def test_112_is_answered_by_every_name(switch, target, transport):
    done = switch.sipp("caller", "-t", transport, target=target)
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr
    assert switch.waits_for("CallReceived")[-1]["called"].startswith(target)


def test_a_caller_who_asks_for_a_session_timer_gets_it(switch):
    with Phone(switch) as phone:
        code, text = phone.call(Supported="timer", Session_Expires="1800")
        assert code == 200 and "Session-Expires: 1800" in text


def test_a_caller_who_does_not_offer_session_timers_is_left_alone(switch):
    with Phone(switch) as phone:
        code, text = phone.call()
        assert code == 200 and "Session-Expires" not in text


def parts(*pairs: tuple[str, str]) -> str:
    return "".join(f"--b\r\nContent-Type: {kind}\r\n\r\n{body}\r\n" for kind, body in pairs) + "--b--\r\n"


def with_offer(location: str) -> str:
    return parts(("application/sdp", OFFER), ("application/pidf+xml", location))


MIXED = "multipart/mixed;boundary=b"
BODIES = {
    "a location that is no XML": (MIXED, with_offer("<a")),
    "a location nowhere": (MIXED, with_offer(pidf(""))),
    "a location without an offer": ("application/pidf+xml", pidf("")),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_a_caller_sends_along_badly_is_noted_and_the_call_answered(switch, name):
    kind, body = BODIES[name]
    with Phone(switch) as phone:
        code, text = phone.call(body=body, Content_Type=kind)
        assert code == 200 and "m=audio" in text
        if body:
            assert "location not usable" in english(switch.waits_for("DiscrepancyNoted", phone.call_id)[0]["what"])


@pytest.mark.parametrize("kind", ["mixed", "alternative", "related", "signed"])
def test_a_location_in_the_body_is_told(switch, kind):
    with Phone(switch) as phone:
        code, text = phone.call(body=with_offer(PLACE), Content_Type=f"multipart/{kind};boundary=b")
        assert code == 200 and "m=audio" in text
        assert switch.waits_for("LocationReceived", phone.call_id)[0]["location"]["lat"] == 0.9184


def test_an_offer_in_a_part_of_a_part_is_found(switch):
    inner = with_offer(PLACE).replace("--b", "--in")
    body = parts(("multipart/related;boundary=in", inner), ("text/plain", "halo"))
    with Phone(switch) as phone:
        code, text = phone.call(body=body, Content_Type=MIXED)
        assert code == 200 and "RTP/AVP 8" in text
        assert switch.waits_for("LocationReceived", phone.call_id)
        # its sound is up: the answer fitted the offer that was found
        assert switch.waits_for("AnnouncementStarted", phone.call_id)


def test_a_caller_who_insists_on_location_being_understood_is_answered(switch):
    with Phone(switch) as phone:
        assert phone.call(Require="geolocation")[0] == 200


def test_a_caller_from_elsewhere_is_refused(switch):
    with Phone(switch, "127.0.1.9") as phone:
        assert phone.call()[0] == 403
    assert not switch.events("CallReceived", phone.call_id)


@pytest.mark.parametrize(
    ("offer", "codes"),
    [(OFFER.replace("RTP/AVP 8", "RTP/AVP 9"), {488}), (OFFER.replace("audio", "video"), {488})],
    ids=["a codec we lack", "video alone"],
)
def test_an_offer_that_can_give_no_sound_is_refused_at_once_so_that_the_network_goes_another_way(switch, offer, codes):
    with Phone(switch) as phone:
        assert phone.call(body=offer)[0] in codes


def test_a_body_that_describes_nothing_is_passed_over_and_sound_is_offered_by_us(switch):
    with Phone(switch) as phone:
        code, text = phone.call(body="halo")
        assert code == 200 and "m=audio" in text and "RTP/AVP" in text


@pytest.mark.parametrize("where", ["c=IN IP4 {}", "a=rtcp:4001 IN IP4 {}", "c=IN IP6 {}"])
@pytest.mark.parametrize("host", ["sound.operator.invalid", "x", ".".join(["a" * 60] * 5)], ids=len)
def test_an_offer_with_a_host_name_is_answered_and_nobody_looks_it_up(switch, where, host):
    with Phone(switch) as phone:
        began = time.monotonic()
        code, text = phone.call(body=OFFER + where.format(host) + "\r\n")
        assert code == 200 and "m=audio" in text
        assert time.monotonic() - began < 2.0  # a look-up of a name that nobody knows takes longer
        assert host[:100] in english(switch.waits_for("DiscrepancyNoted", phone.call_id)[0]["what"])
        assert switch.waits_for("AnnouncementStarted", phone.call_id)


def test_the_trunk_gets_a_sign_of_life(switch):
    with Phone(switch) as phone:
        phone.send(phone.request("OPTIONS"))
        assert phone.hears("OPTIONS")[0] == 200


ANSWERS = {"OPTIONS": 200, "REGISTER": 405, "SUBSCRIBE": 489, "PUBLISH": 489, "NOTIFY": 481, "UPDATE": 481,
           "INFO": 481, "PRACK": 481, "REFER": 603, "BYE": 481, "DANCE": 405}  # fmt: skip


@pytest.mark.parametrize("method", ANSWERS)
def test_each_request_outside_a_call_gets_its_answer(switch, method):
    with Phone(switch) as phone:
        more = {"Refer_To": "<sip:mallory@127.0.0.1:9>"} if method == "REFER" else {"Event": "presence"}
        phone.send(phone.request(method, **more))
        code, text = phone.hears(method)
        assert code == ANSWERS[method]
        assert code != 405 or "Allow:" in text  # RFC 3261, 8.2.1


def test_a_caller_does_not_make_the_switch_dial(switch):
    with Phone(switch) as phone:
        assert phone.call()[0] == 200
        phone.send(phone.request("REFER", Refer_To="<sip:mallory@127.0.0.1:9>"))
        assert phone.hears("REFER")[0] == 603


def test_calls_beyond_the_limit_are_sent_on_and_reported_once(tmp_path):
    live = LiveSwitch(tmp_path / "small", 32_000, MAX_CALLS=2).start()
    try:
        with Phone(live) as one, Phone(live) as two:
            assert one.call()[0] == two.call()[0] == 200
            for _ in range(3):
                with Phone(live) as late:
                    code, text = late.call()
                    assert code == 503 and "Retry-After: 5" in text
            noted = [e for e in live.waits_for("DiscrepancyNoted") if "refused with 503" in english(e["what"])]
            assert len(noted) == 1
        wait_until(lambda: len(live.events("CallEnded")) == 2, what="both calls to end")
        live.answers()
    finally:
        live.stop()


def test_it_says_at_its_start_how_many_calls_it_can_take(switch):
    assert "up to 60 calls at once; more are not allowed by the setting 'max_calls'" in switch.log()


def test_the_sip_library_writes_nothing_of_its_own_at_the_start(switch):
    assert ".c " not in switch.log().split("answers on")[0]
