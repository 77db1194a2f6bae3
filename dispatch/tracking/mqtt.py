"""Positions by MQTT: the broker's messages go to the sightings; while the broker is away, that is an alarm.

    owntracks/UNIT/DEVICE   what OwnTracks publishes; DEVICE is one that `siaga device add UNIT` made
    siaga/UNIT/fix          any form that /api/v1/fixes takes, from a gateway that is nobody's own device

Nothing in a message proves who sent it: that is the broker's to know. Its access list lets each user publish to the
topics of one unit (docs/trackers.md). The network is served by a thread of paho's own, which connects again by itself;
messages wait for the reactor's thread in a queue that keeps the newest.
"""

from __future__ import annotations

import ssl
import stat
import sys
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from twisted.application import service
from twisted.internet import defer, task, threads
from twisted.internet.interfaces import IDelayedCall
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.access.account_records import Standing, Token
from dispatch.access.accounts import Accounts
from dispatch.access.devices import is_device
from dispatch.catalogue import say
from dispatch.inputs import Noted
from dispatch.room import ControlRoom
from dispatch.settings import Settings
from dispatch.timing.reactor import IReactor
from dispatch.tracking.sightings import Sender, Sightings
from dispatch.tracking.trackers import read_body
from routing.location import Malformed
from routing.text import Text, said_by, text

log = Logger()
SECRET, CA = "mqtt.secret", "mqtt-ca.pem"
"""In the data folder: "user:password", mode 0600; the broker's CA, where it is none that this machine knows."""
ALARM = "mqtt"
_TOPICS = (("owntracks/+/+", 1), ("siaga/+/fix", 1))
_LARGEST = 65_536
_WAITING = 2000
_KEEPALIVE_S, _AGAIN_AT_MOST_S = 30, 30
_DEVICES_EVERY_S = 20.0


class MqttFixes(service.Service):
    """Without the setting `mqtt` it only takes back an alarm of before. `alarm_after`: seconds without the broker.
    `up`: its messages come in."""

    def __init__(
        self, reactor: IReactor, settings: Settings, room: ControlRoom, sightings: Sightings, accounts: Accounts,
        alarm_after: float = 10.0,
    ) -> None:  # fmt: skip
        self._reactor, self._settings, self._room = reactor, settings, room
        self._sightings, self._accounts, self._alarm_after = sightings, accounts, alarm_after
        self._client: paho.Client | None = None
        self._waiting: deque[tuple[str, bytes, bool]] = deque(maxlen=_WAITING)
        self._devices: frozenset[tuple[str, str]] = frozenset()
        self.up = False
        self._called, self._listening = False, False
        self._why: Text | None = None
        self._alarm: IDelayedCall | None = None
        self._reading = task.LoopingCall(self._read_devices)
        self._reading.clock = reactor

    def startService(self) -> None:
        super().startService()
        if not self._settings.units.mqtt:
            self._clear()
            return
        self._lost(text("mqtt.not-yet"))
        try:
            self._client = _client(self._settings)
        except (OSError, ValueError) as wrong:
            self._lost(text("mqtt.detail", detail=said_by(wrong)))
            return
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_connect_fail = self._on_connect_fail
        self._client.on_disconnect = self._on_disconnect
        self._client.on_message = self._on_message
        # Devices first: a message of one that is not known yet would be refused.
        self._reading.start(_DEVICES_EVERY_S, now=True)

    def stopService(self) -> defer.Deferred[None] | None:
        super().stopService()
        self._forget_alarm()
        self._listening = False
        if self._reading.running:
            self._reading.stop()
        if self._client is not None:
            return threads.deferToThread(self._end, self._client)
        return None

    @staticmethod
    def _end(client: paho.Client) -> None:
        client.disconnect()
        client.loop_stop()

    # -- on paho's thread
    def _on_connect(
        self, client: paho.Client, userdata: object, flags: object, reason: ReasonCode, properties: object
    ) -> None:
        if reason.is_failure:
            self._reactor.callFromThread(self._lost, text("mqtt.refused-us", detail=str(reason)))
        else:
            client.subscribe(list(_TOPICS))

    def _on_subscribe(
        self, client: paho.Client, userdata: object, number: int, reasons: list[ReasonCode], properties: object
    ) -> None:
        refused = [topic for (topic, _), reason in zip(_TOPICS, reasons, strict=False) if reason.is_failure]
        if refused:
            self._reactor.callFromThread(self._lost, text("mqtt.may-not-read", topics=tuple(refused)))
        else:
            self._reactor.callFromThread(self._back)

    def _on_connect_fail(self, client: paho.Client, userdata: object) -> None:
        # paho calls this while it deals with the exception, and tells of it no other way.
        wrong = sys.exc_info()[1]
        detail = str(getattr(wrong, "strerror", "") or wrong or "")
        why = text("mqtt.detail", detail=detail) if detail else text("mqtt.no-connection")
        self._reactor.callFromThread(self._lost, why)

    def _on_disconnect(
        self, client: paho.Client, userdata: object, flags: object, reason: ReasonCode, properties: object
    ) -> None:
        self._reactor.callFromThread(self._ended, str(reason))

    def _on_message(self, client: paho.Client, userdata: object, message: paho.MQTTMessage) -> None:
        self._waiting.append((message.topic, bytes(message.payload), message.retain))
        if not self._called:
            self._called = True
            self._reactor.callFromThread(self._take)

    # -- on the reactor's thread
    def _take(self) -> None:
        self._called = False
        while self._waiting:
            topic, payload, retained = self._waiting.popleft()
            try:
                self._one(topic, payload, retained)
            except Malformed as wrong:
                self._sightings.wrong(Sender("mqtt"), wrong.text, topic[:80])
            except Exception:  # the next message is another device's
                log.failure("a message by MQTT")

    def _one(self, topic: str, payload: bytes, retained: bool) -> None:
        kind, unit, last = topic.split("/")
        if kind == "owntracks" and (unit, last) not in self._devices:
            raise Malformed("wrong.no-such-device")
        sender = Sender(last if kind == "owntracks" else f"mqtt {unit}"[:80], unit)
        # A message that the broker has kept says nothing of now, so it must bring its own time.
        self._sightings.take(sender, read_body(payload, 0.0 if retained else self._room.now()))

    def rights_changed(self, standing: Standing) -> None:
        """A device that was removed speaks for nobody from now on."""
        if self._reading.running:
            self._read_devices()

    def _read_devices(self) -> defer.Deferred[None]:
        return threads.deferToThread(self._accounts.tokens).addCallbacks(
            self._know, lambda failure: log.warn("devices: {why}", why=failure.getErrorMessage())
        )

    def _know(self, tokens: list[Token]) -> None:
        self._devices = frozenset((one.unit, one.name) for one in tokens if is_device(one))
        if self._client is not None and self.running and not self._listening:
            self._listening = True
            self._client.loop_start()

    def _ended(self, why: str) -> None:
        if self.up:  # else it is known why there was none
            self._lost(text("mqtt.ended", detail=why))

    def _lost(self, why: Text) -> None:
        self.up = False
        if not self.running or why == self._why:
            return
        log.warn("MQTT: {why}", why=say(why, "en"))
        self._why = why
        if self._alarm is None:
            self._alarm = self._reactor.callLater(self._alarm_after, self._raise)
        elif not self._alarm.active():
            self._raise()

    def _raise(self) -> None:
        said = text("alarm.mqtt-away", why=self._why or text("mqtt.no-connection"))
        self._room.submit(Noted(ev.AlarmRaised(at=self._room.now(), alarm=ALARM, level="critical", text=said)))

    def _back(self) -> None:
        self.up = True
        self._clear()

    def _clear(self) -> None:
        self._forget_alarm()
        if ALARM in self._room.board.alarms:
            self._room.submit(Noted(ev.AlarmCleared(at=self._room.now(), alarm=ALARM, by="system")))

    def _forget_alarm(self) -> None:
        if self._alarm is not None and self._alarm.active():
            self._alarm.cancel()
        self._alarm, self._why = None, None


def _client(settings: Settings) -> paho.Client:
    """Not connected yet. Raises OSError or ValueError, which say what to do."""
    at = urlsplit(settings.units.mqtt)
    secured = at.scheme == "mqtts"
    made = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    made.suppress_exceptions = True  # else one fault of ours would end its thread
    file = settings.data_folder / SECRET
    if file.exists():
        made.username_pw_set(*_secret(file))
    if secured:
        ca = settings.data_folder / CA
        made.tls_set_context(ssl.create_default_context(cafile=str(ca) if ca.exists() else None))
    made.reconnect_delay_set(1, _AGAIN_AT_MOST_S)
    bounds = Properties(PacketTypes.CONNECT)
    bounds.MaximumPacketSize = _LARGEST
    made.connect_async(at.hostname or "", at.port or (8883 if secured else 1883), _KEEPALIVE_S, properties=bounds)
    return made


def _secret(file: Path) -> tuple[str, str]:
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise Malformed("file.others-can-read", file=file.name)
    user, colon, password = file.read_text("utf-8").strip().partition(":")
    if not colon:
        raise Malformed("wrong.no-user-and-password", file=file.name)
    return user, password
