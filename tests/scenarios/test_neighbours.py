"""Two control rooms on one machine share an island, and tell each other by HTTP; one of them is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal

import psutil
import pytest
import shapely
from shapely.geometry import mapping, shape

from dispatch.settings import ROOT
from tests.scenarios.instance import Api, Instance
from tests.servers import wait_until
from tests.texts import english

DEMO = ROOT / "deploy/city/tanjungpinang"
OVER = {"lat": 0.8748, "lon": 104.612, "radius": 25.0, "source": "operator", "method": "map"}
NEAR = OVER | {"lon": 104.597}
DOWNTOWN = {"lat": 0.9184, "lon": 104.4603, "radius": 20.0, "source": "operator", "method": "map"}


def the_other_side(folder) -> None:
    """The neighbour's city: the demo's, seen from across the border."""
    shutil.copytree(DEMO, folder)
    for file in ("queues.toml", "run_cards.toml", "demand.csv"):
        (folder / file).unlink()
    files = ("boundaries.geojson", "centres.geojson")
    ours, theirs = (json.loads((DEMO / file).read_text())["features"] for file in files)
    area = shapely.union_all([shape(one["geometry"]) for one in ours])
    for file, said, polygon in (
        ("boundaries.geojson", {"name": "Gunung Kijang", "kind": "kecamatan"}, shape(theirs[0]["geometry"])),
        ("centres.geojson", {"centre": "kota"}, area),
    ):
        feature = {"type": "Feature", "properties": said, "geometry": mapping(polygon)}
        (folder / file).write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    agencies = (folder / "agencies.csv").read_text().splitlines()
    turned = [row[: -len("bintan")] if row.endswith(",bintan") else row + "kota" for row in agencies[1:]]
    (folder / "agencies.csv").write_text("\n".join([agencies[0], *turned]) + "\n")
    names = (("contacts.csv", "bintan-112", "kota-112"), ("city.toml", "Kota Tanjungpinang", "Kab. Bintan"))
    for file, old, new in names:
        (folder / file).write_text((folder / file).read_text().replace(old, new))


def centres(room: Instance, row: str) -> None:
    (room.folder / "city/centres.csv").write_text(f"id,name,contact,url,sms,whatsapp\n{row}\n")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    made = []
    for name in ("kota", "bintan"):
        folder = tmp_path_factory.mktemp(name)
        made.append(Instance(folder, DEMO="false", CITY=folder / "city", BORDER_WITHIN=500))
    city, regency = made
    shutil.copytree(DEMO, city.folder / "city")
    the_other_side(regency.folder / "city")
    centres(city, f"bintan,Bintan,bintan-112,{regency.url}/api/v1/alerts,,")
    centres(regency, f"kota,Tanjungpinang,kota-112,{city.url}/api/v1/alerts,,")
    for room, name, other in ((city, "bintan", regency), (regency, "kota", city)):
        token = room.siaga("token", "create", "--role", "centre", "--name", name).stdout.strip()
        file = other.data / "centres.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o600)
        file.write_text(f'{"kota" if other is regency else "bintan"} = "{token}"\n')
    for room in made:
        room.start()
    yield city, regency
    for room in made:
        room.stop()


def opened(desk: Api, **fields) -> str:
    before = set(desk.board()["incidents"])
    desk.command("OpenIncident", **fields)
    return wait_until(lambda: next(iter(set(desk.board()["incidents"]) - before), ""), what="the incident")


def alert_of(desk: Api, incident: str) -> dict:
    return next(one for one in desk.board()["alerts"].values() if one["incident"] == incident)


def told(desk: Api, theirs: str) -> dict:
    def found():
        return next((one for one in desk.board()["alerts"].values() if one["theirs"] == theirs), None)

    return wait_until(found, what="the alert")


def test_what_happens_across_the_border_is_told_answered_and_asked_for(rooms):
    city, regency = (room.api("dispatcher") for room in rooms)
    name = opened(city, type="medical", location=OVER, address="Jl. Raya Kijang", note="sesak napas")
    there = told(regency, name)
    assert (there["type"], there["why"], there["address"]) == ("medical", "across", "Jl. Raya Kijang")
    wait_until(lambda: alert_of(city, name)["received"], what="received")
    assert "area of Bintan" in english(city.board()["incidents"][name]["doubt"])
    theirs = opened(regency, type="medical", location=there["location"], alert=there["id"])
    assert not [one for one in regency.board()["alerts"].values() if one["direction"] == "out"], "not told back"
    regency.command("AssignUnit", incident=theirs, unit="BTN-AMB-1", reason="dekat")
    answered = wait_until(lambda: alert_of(city, name)["units"] and alert_of(city, name), what="the answer")
    assert answered["answer"] == "send" and [unit["id"] for unit in answered["units"]] == ["BTN-AMB-1"]
    fire = opened(city, type="fire-vehicle", location=DOWNTOWN)
    city.command("AssignUnit", incident=fire, unit="BTN-DK-1", reason="semua sibuk")
    asked = told(regency, fire)
    assert asked["asks"] == ["BTN-DK-1"] and asked["why"] == "asked"
    regency.command("AnswerAlert", alert=asked["id"], answer="send", text="segera")
    (job,) = city.board()["assignments"].values()
    wait_until(lambda: city.board()["assignments"][job["id"]]["state"] == "acknowledged", what="their word")
    assert job["unit"] == "BTN-DK-1" and alert_of(city, fire)["text"] == "segera"


def test_while_the_neighbour_is_down_the_desk_is_told_to_call_and_it_arrives_once(rooms):
    city, regency = rooms
    desk = city.api("dispatcher")
    children = [regency.child(what) for what in ("telephony", "twistd")]
    os.kill(regency.process.pid, signal.SIGKILL)
    assert not psutil.wait_procs(children, 10)[1]
    name = opened(desk, type="fire-land", location=NEAR)
    alarm = wait_until(lambda: desk.board()["alarms"].get(f"alert-{alert_of(desk, name)['id']}"), what="the alarm")
    assert "Pusat 112 Kabupaten Bintan, sip:bintan112@" in english(alarm["text"])
    desk.command("AddNote", incident=name, text="angin kencang")
    wait_until(lambda: alert_of(desk, name)["version"] == 2, what="the news to wait with it")
    regency.start()
    wait_until(lambda: alert_of(desk, name)["received"], 60, "the neighbour to be told")
    assert f"alert-{alert_of(desk, name)['id']}" not in desk.board()["alarms"]
    kept = [event for event in regency.events("AlertReceived") if event["theirs"] == name]
    assert [(event["version"], "angin kencang" in event["notes"]) for event in kept] == [(2, True)]


def versions(alerts: dict) -> dict:
    return {key: one["version"] for key, one in alerts.items()}


def answers(room: Instance) -> list:
    kept = room.events("AlertAnswered")
    return [(one["answer"], one["version"], [unit["id"] for unit in one.get("units", [])]) for one in kept]


def test_both_journals_are_whole_and_tell_the_same(rooms):
    for room in rooms:
        checked = room.siaga("verify")
        assert checked.returncode == 0, checked.stdout
        shown = room.api("dispatcher").board()["alerts"]
        assert versions(json.loads(room.siaga("replay").stdout)["board"]["alerts"]) == versions(shown)
    ours, theirs = (answers(room) for room in rooms)
    assert len(ours) >= 2 and all(one in theirs for one in ours)
    token = (rooms[0].data / "centres.toml").read_text().split('"')[1]
    assert not any(token.encode() in entry.leaf + (entry.words or b"") for entry in rooms[0].entries())
    assert token not in (rooms[0].data / "log/room.log").read_text()
