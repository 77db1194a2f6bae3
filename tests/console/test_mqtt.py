"""Positions by MQTT, from a real broker with users, an access list and TLS, that is killed and comes back."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from paho.mqtt import client as paho

from dispatch import events as ev
from dispatch.access.devices import add_device
from dispatch.settings import Settings, arranged
from dispatch.tracking.mqtt import ALARM, CA, SECRET, MqttFixes
from tests.servers import Mosquitto, end
from tests.telephony.certificates import Authority
from tests.texts import english

PHONE, ROOM = "phone of crew 1", "siaga"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"), "Broker CA")


@pytest.fixture(scope="module")
def broker(tmp_path_factory, authority):
    folder = tmp_path_factory.mktemp("broker")
    chain, key = folder / "chain.pem", folder / "key.pem"
    authority.certify("localhost", chain, key)
    users = {
        ROOM: ("rahasia", "read #"),
        "AMB-01": ("satu", f"write owntracks/AMB-01/{PHONE}"),
        "gateway": ("dua", "write siaga/+/fix"),
    }
    made = Mosquitto(folder, users, (chain, key))
    made.start()
    yield made
    end(made.process)


def settings_of(broker, folder: Path) -> Settings:
    return arranged({"data": str(folder), "mqtt": f"mqtts://localhost:{broker.port}"})


@pytest.fixture(scope="module")
def listener(desk, broker, authority):
    folder = desk.settings.data_folder
    (folder / SECRET).write_text(f"{ROOM}:rahasia\n")
    (folder / SECRET).chmod(0o600)
    (folder / CA).write_bytes(authority.file.read_bytes())
    add_device(desk.accounts, ["AMB-01"], "AMB-01", PHONE)
    settings = settings_of(broker, folder)
    made = MqttFixes(desk.thread.reactor, settings, desk.room, desk.parts.sightings, desk.accounts, alarm_after=0.3)
    desk.thread.call(made.startService)
    desk.thread.until(lambda: made.up)
    yield made
    desk.thread.call(made.stopService)


class Publisher:
    """A device that knows the broker's CA."""

    def __init__(self, broker: Mosquitto, authority: Authority, user: str, password: str) -> None:
        self._client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        self._client.username_pw_set(user, password)
        self._client.tls_set(ca_certs=str(authority.file))
        self._client.connect("localhost", broker.port)
        self._client.loop_start()

    def send(self, topic: str, said: object, retain: bool = False) -> None:
        body = said if isinstance(said, bytes) else msgspec.json.encode(said)
        self._client.publish(topic, body, qos=1, retain=retain).wait_for_publish(10)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def phone(broker, authority):
    made = Publisher(broker, authority, "AMB-01", "satu")
    yield made
    made.close()


@pytest.fixture
def gateway(broker, authority):
    made = Publisher(broker, authority, "gateway", "dua")
    yield made
    made.close()


def seen(desk, unit: str) -> ev.Fix | None:
    return desk.bus.fixes().get(unit)


def owntracks(at: float, lat: float = 0.92, **more) -> dict:
    return {"_type": "location", "lat": lat, "lon": 104.45, "tst": at, "acc": 6, "vel": 36, **more}


def test_a_phone_of_the_unit_and_a_gateway_are_seen(desk, listener, phone, gateway):
    at = round(desk.room.now()) - 60
    phone.send(f"owntracks/AMB-01/{PHONE}", owntracks(at))
    fix = desk.thread.until(lambda: seen(desk, "AMB-01"))
    assert (fix.at, fix.device, fix.speed, fix.accuracy) == (at, PHONE, 10.0, 6.0)
    gateway.send("siaga/POL-01/fix", {"unit": "POL-01", "lat": 0.93, "lon": 104.44, "at": at})
    assert desk.thread.until(lambda: seen(desk, "POL-01")).device == "mqtt POL-01"
    query_like = {"location": {"timestamp": at, "coords": {"latitude": 0.94, "longitude": 104.44}}}
    gateway.send("siaga/POL-02/fix", query_like)
    assert desk.thread.until(lambda: seen(desk, "POL-02")).lat == 0.94


def test_nobody_speaks_for_another_unit(desk, listener, phone, gateway):
    at = round(desk.room.now())
    before = len(desk.events(ev.DiscrepancyNoted))
    phone.send("siaga/POL-03/fix", {"unit": "POL-03", "lat": 0.93, "lon": 104.44, "at": at})  # the broker refuses it
    gateway.send("siaga/POL-04/fix", [{"unit": "POL-05", "lat": 0.93, "lon": 104.44, "at": at}])
    gateway.send("siaga/POL-04/fix", b"{" * 5000)
    gateway.send("siaga/POL-04/fix", b"x" * 200_000)  # more than we let the broker send
    gateway.send("siaga/POL-06/fix", {"unit": "POL-06", "lat": 0.93, "lon": 104.44, "at": at})
    desk.thread.until(lambda: seen(desk, "POL-06"))
    assert not {"POL-03", "POL-04", "POL-05"} & set(desk.bus.fixes())
    told = desk.events(ev.DiscrepancyNoted)[before:]
    assert [one.about for one in told] == ["mqtt"] and "siaga/POL-04/fix: not a position" in english(told[0].what)


def test_what_the_broker_has_kept_is_judged_by_its_own_time(desk, broker, authority, listener, gateway):
    an_hour_ago = round(desk.room.now()) - 3600
    desk.thread.call(listener.stopService)
    gateway.send("siaga/DK-01/fix", {"unit": "DK-01", "lat": 0.93, "lon": 104.44, "at": an_hour_ago}, retain=True)
    gateway.send("siaga/DK-02/fix", {"_type": "location", "lat": 0.93, "lon": 104.44}, retain=True)
    desk.thread.call(listener.startService)
    assert desk.thread.until(lambda: seen(desk, "DK-01")).at == an_hour_ago
    desk.thread.until(lambda: listener.up)
    gateway.send("siaga/DK-03/fix", {"_type": "location", "lat": 0.93, "lon": 104.44})  # live, so it is of this moment
    desk.thread.until(lambda: seen(desk, "DK-03"))
    assert seen(desk, "DK-02") is None


def test_a_broker_that_is_away_is_an_alarm_until_it_is_back(desk, broker, authority, listener):
    desk.thread.until(lambda: listener.up)
    broker.kill()
    alarm = desk.thread.until(lambda: desk.room.board.alarms.get(ALARM))
    assert alarm.level == "critical" and "setting mqtt" in english(alarm)
    broker.start()
    desk.thread.until(lambda: ALARM not in desk.room.board.alarms)
    gateway = Publisher(broker, authority, "gateway", "dua")
    gateway.send("siaga/POL-11/fix", {"unit": "POL-11", "lat": 0.93, "lon": 104.44, "at": desk.room.now()})
    desk.thread.until(lambda: seen(desk, "POL-11"))
    gateway.close()


def test_a_wrong_password_and_a_certificate_of_somebody_else_are_told(desk, broker, tmp_path):
    def told(why: str) -> None:
        settings = settings_of(broker, tmp_path)
        made = MqttFixes(desk.thread.reactor, settings, desk.room, desk.parts.sightings, desk.accounts, alarm_after=0.2)
        desk.thread.call(made.startService)
        desk.thread.until(lambda: ALARM in desk.room.board.alarms and why in english(desk.room.board.alarms[ALARM]))
        desk.thread.call(made.stopService)
        desk.note(ev.AlarmCleared(at=desk.room.now(), alarm=ALARM))

    told("certificate verify failed")
    (tmp_path / CA).write_bytes((desk.settings.data_folder / CA).read_bytes())
    (tmp_path / SECRET).write_text(f"{ROOM}:salah")
    told("others can read it")
    (tmp_path / SECRET).chmod(0o600)
    told("Not authorized")
