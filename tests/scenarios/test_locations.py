"""Where a real caller is: an INVITE with a reference and a cell, the location server, the phone's own message, and a
room that is killed meanwhile."""

from __future__ import annotations

import time
import urllib.parse
import urllib.request
from types import SimpleNamespace

import pytest

from tests.lis import held, location_server, presence
from tests.scenarios.instance import Instance
from tests.servers import wait_until
from tests.telephony.lines import Phone

NUMBER = "+6281177099001"


@pytest.fixture(scope="module")
def lis():
    with location_server() as made:
        yield made


@pytest.fixture(scope="module")
def town(tmp_path_factory, lis):
    made = Instance(tmp_path_factory.mktemp("places"), LOCATION_SERVERS=lis.host, DEMO="false", ANNOUNCE_AFTER=0)
    made.start()
    yield made
    made.stop()


def call_of(town, number):
    return next((c for c in town.api("dispatcher").board()["calls"].values() if c["caller"] == number), None)


def test_from_cell_to_reference_to_the_phones_own_fix(town, lis):
    asked = []

    def answer(method, headers, body):
        asked.append(method)
        if method == "GET":
            return 405, {}, b""
        return 200, {"Content-Type": "application/held+xml"}, held(presence(0.9210, 104.4410, 80.0, "A-GPS"))

    lis.answers["/caller/1"] = answer
    switch = SimpleNamespace(address=town.sip, port=int(town.sip.rpartition(":")[2]))
    with Phone(switch) as phone:
        code, _ = phone.call(
            P_Asserted_Identity=f"<sip:{NUMBER}@operator.id>", Geolocation=f"<{lis.url('/caller/1')}>",
            P_Access_Network_Info="3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=5100110051882801;network-provided",
        )  # fmt: skip
        assert code == 200
        known = places_of_the_call(town, asked)
    wait_until(lambda: call_of(town, NUMBER)["state"] == "ended", what="the end of the call")
    # That nothing is asked any more is an entry of its own.
    wait_until(lambda: town.events("ReferenceTried")[-1].get("again", 0.0) == 0.0, 60, what="the last entry")
    story = town.api("auditor").get(f"/api/v1/calls/{known['id']}/locations")
    assert {one["kind"] for one in story["observations"]} == {"cell", "device"}
    assert story["best"] == known["best"] and len(story["trail"]["held"]) >= 2


def places_of_the_call(town, asked):
    """The call's record, when everything that can be known of its place is."""
    wait_until(lambda: call_of(town, NUMBER), what="the call on the board")
    known = wait_until(
        lambda: (c := call_of(town, NUMBER)) and len(c["locations"]) > 1 and c, what="the server's answer"
    )
    assert [place["source"] for place in known["locations"]] == ["cell", "held"] and known["best"] == 1
    assert asked == ["GET", "POST"]

    # The room is killed; the address is still due, and the new room asks again by itself.
    town.kill("twistd")
    before = len(asked)
    wait_until(lambda: len(asked) > before, 60, what="the new room to ask again")

    fields = {"device_number": NUMBER, "location_latitude": 0.92101, "location_longitude": 104.44102,
              "location_accuracy": 9, "location_time": int(time.time() * 1000), "location_source": "GPS"}  # fmt: skip
    form = urllib.parse.urlencode(fields).encode()
    wait_until(town.healthy, 60)
    urllib.request.urlopen(town.url + "/api/v1/aml", form, timeout=10).close()
    known = wait_until(
        lambda: (c := call_of(town, NUMBER)) and c["locations"][c["best"]]["source"] == "aml" and c, what="the AML"
    )
    return known
