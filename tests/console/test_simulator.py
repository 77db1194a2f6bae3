"""The demo's crews move as crews do, and say nothing that only a crew may say."""

from __future__ import annotations

from console.demo.crews import Server, SimulatedFleet, run
from dispatch import commands as cmd
from routing.location import Location, distance_m, offset
from tests.console.desk import SCENE as PLACE

STATION = (0.92, 104.45)
SCENE = offset(*STATION, 90, 2000)
STATIONS = [{"id": "S1", "lat": STATION[0], "lon": STATION[1]}]
ROUTE = {"path": [list(STATION), list(offset(*STATION, 90, 1000)), list(SCENE)], "metres": 2000.0, "seconds": 200.0}


class Town:
    """What the server would tell a simulator, with the fixes that it was sent."""

    def __init__(self, fleet: SimulatedFleet | None = None) -> None:
        self.fleet = fleet or SimulatedFleet(STATIONS)
        unit = {"id": "AMB-01", "lat": STATION[0], "lon": STATION[1], "station": "S1", "status": "available"}
        self.told = {"board": {"units": {"AMB-01": unit}, "assignments": {}}, "fixes": {}}
        self.now, self.asked = 1000.0, []

    def way(self, assignment: str) -> dict | None:
        self.asked.append(assignment)
        return ROUTE

    def second(self, count: int = 1) -> tuple[float, float] | None:
        """The unit's place after `count` seconds; None when no fix was sent in the last one."""
        for _ in range(count):
            self.now += 1
            sent = self.fleet.fixes(self.told, self.now, self.way)
            for fix in sent:
                self.told["fixes"][fix["unit"]] = fix
        return (sent[0]["lat"], sent[0]["lon"]) if sent else None

    def job(self, state: str) -> None:
        self.told["board"]["units"]["AMB-01"]["assignment"] = "" if state in ("clear", "released") else "A-1"
        self.told["board"]["assignments"]["A-1"] = {"id": "A-1", "unit": "AMB-01", "state": state}


def test_a_free_unit_goes_slowly_round_its_station():
    town = Town()
    town.second(60)
    before = town.second()
    after = town.second(10)
    assert 10 < distance_m(*before, *after) < 60
    assert distance_m(*after, *STATION) < 120


def test_an_assigned_unit_waits_for_its_crew_and_then_drives_the_route_to_the_scene():
    town = Town()
    start = town.second()
    town.job("assigned")
    assert town.second(20) == start
    town.job("acknowledged")
    assert town.second(20) == start
    town.job("en_route")
    assert distance_m(*town.second(100), *offset(*STATION, 90, 1000)) < 30
    assert 9 < town.told["fixes"]["AMB-01"]["speed"] < 11
    assert distance_m(*town.second(110), *SCENE) < 5
    town.job("on_scene")
    assert distance_m(*town.second(30), *SCENE) < 5
    assert town.asked == ["A-1"]


def test_a_unit_that_is_free_again_drives_back_and_does_not_jump():
    town = Town()
    town.job("en_route")
    here = town.second(205)
    town.job("clear")
    for _ in range(400):
        after = town.second()
        assert distance_m(*here, *after) < 30
        here = after
    assert distance_m(*here, *STATION) < 150


def test_a_simulator_that_starts_again_goes_on_from_the_last_fix():
    town = Town()
    town.job("en_route")
    before = town.second(100)
    town.fleet = SimulatedFleet(STATIONS)
    town.told["board"]["assignments"]["A-1"]["state"] = "on_scene"
    assert distance_m(*before, *town.second()) < 1


def test_a_phone_that_plays_the_crew_is_left_alone():
    town = Town()
    town.second(5)
    town.told["fixes"]["AMB-01"] = {"unit": "AMB-01", "lat": SCENE[0], "lon": SCENE[1], "at": town.now + 0.5}
    assert town.second() is None
    assert town.second(30) is None
    there = town.second(60)
    assert there is not None and distance_m(*there, *SCENE) < 1000


def test_a_phone_is_known_by_its_name_where_its_fix_came_a_little_late():
    town = Town()
    town.second(5)
    town.told["fixes"]["AMB-01"]["device"] = "simulator"
    assert town.second() is not None
    late = {"unit": "AMB-01", "lat": SCENE[0], "lon": SCENE[1], "at": town.now - 1.5, "device": "phone"}
    town.told["fixes"]["AMB-01"] = late
    assert town.second() is None


def test_a_unit_off_duty_sends_nothing():
    town = Town()
    town.told["board"]["units"]["AMB-01"]["status"] = "off_duty"
    assert town.second(3) is None


def test_against_the_real_console_a_crew_that_sets_out_drives_to_the_scene(desk):
    server = Server(f"http://127.0.0.1:{desk.port}", desk.tokens["dina"])
    desk.asks("dina", cmd.OpenIncident(type="medical", location=Location(**PLACE)))
    incident = list(desk.room.board.incidents)[-1]
    desk.asks("dina", cmd.AssignUnit(incident=incident, unit="AMB-01", reason="test"))
    desk.asks("rudi", cmd.ReportProgress(assignment=desk.room.board.units["AMB-01"].assignment, progress="en_route"))
    fleet, now = SimulatedFleet(server.get("/api/v1/city")["stations"]), desk.room.now() - 1500
    while now < desk.room.now():
        now += 2
        made = fleet.fixes(server.get("/api/v1/board"), now, server.way)
        answer = server.post("/api/v1/fixes", made)
        assert answer == {"kept": len(made), "ignored": []}
        here = desk.thread.call(desk.bus.fixes)["AMB-01"]
        if distance_m(here.lat, here.lon, PLACE["lat"], PLACE["lon"]) < 30:
            return
    raise AssertionError("the ambulance never arrived")


def test_a_server_that_is_away_is_waited_for(desk, capsys):
    run(Server("http://127.0.0.1:9", "token"), once=True)
    assert "waiting for the server" in capsys.readouterr().out
    run(Server(f"http://127.0.0.1:{desk.port}", desk.tokens["dina"]), once=True)
    assert "waiting" not in capsys.readouterr().out
    ours = [unit for unit in desk.room.board.units.values() if not unit.centre]
    assert len(desk.thread.call(desk.bus.fixes)) == len(ours)
