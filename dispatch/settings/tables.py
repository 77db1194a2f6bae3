"""What is set, table by table of siaga.toml, each key explained in that file. Pure.

A key stands in one table only, so its name alone says which: in the environment it is SIAGA_<KEY>."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from routing.location import Malformed

ROOT = Path(__file__).resolve().parents[2]
SIP_REALM = "siaga112"
"""Of the digests that phones prove their password with (RFC 2617); part of every stored one, so it never changes."""


def host_port(value: str) -> tuple[str, int]:
    """("127.0.0.1", 5060) from "127.0.0.1:5060" or "[::1]:5060". Raises Malformed."""
    host, colon, port = value.rpartition(":")
    host = host.strip("[]")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Malformed("setting.no-host-port", value=value)
    return host, int(port)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, unless siaga.toml says otherwise; addresses are host:port."""


class WebSettings(Table, frozen=True, kw_only=True):
    """Where the console and the API are found."""

    http: str = "127.0.0.1:8112"
    tls_folder: str = ""
    public_url: str = ""

    @property
    def address(self) -> tuple[str, int]:
        return host_port(self.http)

    @property
    def url(self) -> str:
        """What a person on this machine types into the browser."""
        host, port = self.address
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        shown = f"[{shown}]" if ":" in shown else shown
        return f"{'https' if self.tls_folder else 'http'}://{shown}:{port}"

    @property
    def public_address(self) -> str:
        """What phones outside and other centres find our pages under, without a slash at the end."""
        return self.public_url.rstrip("/") or self.url


class SwitchSettings(Table, frozen=True, kw_only=True):
    """How the switch is reached, how much it takes, and what it does by itself."""

    sip: str = "127.0.0.1:5060"
    sip_tls: str = ""
    sip_tls_folder: str = ""
    srtp: Literal["optional", "required"] = "optional"
    sip_trunks: tuple[str, ...] = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
    rtp_ports: str = "20000-28000"
    media_address: str = ""
    nameserver: str = "127.0.0.1"
    switch_socket: str = ""
    announce_after: float = 10.0
    room_silent_after: float = 5.0
    test_numbers: tuple[str, ...] = ()
    silent_after: float = 8.0
    text_idle: float = 1800.0
    max_calls: int = 900
    max_calls_per_source: int = 500
    reserved_calls: int = 90
    calls_per_second_per_source: float = 0.0
    rtp_silent_after: float = 20.0
    trunk_watch: tuple[str, ...] = ()

    @property
    def address(self) -> tuple[str, int]:
        return host_port(self.sip)

    @property
    def tls_address(self) -> tuple[str, int] | None:
        return host_port(self.sip_tls) if self.sip_tls else None

    @property
    def rtp_range(self) -> tuple[int, int]:
        low, _, high = self.rtp_ports.partition("-")
        return int(low), int(high)


class OutboundSettings(Table, frozen=True, kw_only=True):
    """How numbers are called, and which."""

    sip_outbound: str = ""
    dial_prefixes: tuple[str, ...] = ("+62", "1")
    dial_never: tuple[str, ...] = ("112", "+62112", "+62809", "+62900")


class Policy(Table, frozen=True, kw_only=True):
    """What the rules of dispatch/policy go by."""

    offer_for: float = 12.0
    order_for: float = 20.0
    acknowledge_within: float = 30.0
    alternate_centre: str = ""
    hang_up_silent: float = 0.0
    ghost_shield: bool = True
    ghost_patience: float = 60.0
    announce_every: float = 30.0
    wrap_up_at_most: float = 120.0
    wrap_up_yields_after: float = 10.0
    answer_within: tuple[int, ...] = (10, 15, 20)
    canary: str = ""
    canary_every: float = 900.0
    link_hours: float = 2.0


class UnitSettings(Table, frozen=True, kw_only=True):
    """Where units are, and when a neighbour's count."""

    fix_stale_after: float = 120.0
    mqtt: str = ""
    sight_every: float = 10.0
    border_within: float = 500.0
    aid_sooner: float = 300.0


class LocationSettings(Table, frozen=True, kw_only=True):
    """Who says where callers are."""

    subscribers: str = ""
    location_servers: tuple[str, ...] = ()
    aml_from: tuple[str, ...] = ()
    aml_key: str = ""


class NoticeSettings(Table, frozen=True, kw_only=True):
    notify_sms: tuple[str, ...] = ()
    notify_whatsapp: tuple[str, ...] = ()
    notify_technician: tuple[str, ...] = ()
    notify_file: str = ""


class CameraSettings(Table, frozen=True, kw_only=True):
    camera_allow: tuple[str, ...] = ()
    cameras_nearest: int = 4


class PeopleSettings(Table, frozen=True, kw_only=True):
    session_hours: float = 12.0
    session_hours_at_most: float = 24.0
    sign_in_tries: int = 8


class DemoAddresses(Table, frozen=True, kw_only=True):
    demo_cameras: str = "127.0.0.1:8113"
    demo_rtsp: str = "127.0.0.1:8554"
    demo_agencies: str = "127.0.0.1:5090"
    demo_centre: str = "127.0.0.1:8115"


class Settings(Table, frozen=True, kw_only=True):
    demo: bool = True
    data: str = "var"
    city: str = "deploy/city/tanjungpinang"
    database: str = ""
    redis: str = ""
    web: WebSettings = WebSettings()
    switch: SwitchSettings = SwitchSettings()
    outbound: OutboundSettings = OutboundSettings()
    policy: Policy = Policy()
    units: UnitSettings = UnitSettings()
    locations: LocationSettings = LocationSettings()
    notices: NoticeSettings = NoticeSettings()
    cameras: CameraSettings = CameraSettings()
    people: PeopleSettings = PeopleSettings()
    demo_addresses: DemoAddresses = DemoAddresses()

    @property
    def outbound_uri(self) -> str:
        """The SIP URI that calls `{number}`; in the demo somebody answers every number."""
        demo = f"sip:{{number}}@{self.demo_addresses.demo_agencies}" if self.demo else ""
        return self.outbound.sip_outbound or demo

    @property
    def data_folder(self) -> Path:
        """Absolute; relative paths are below the project."""
        return ROOT / self.data

    @property
    def city_folder(self) -> Path:
        return ROOT / self.city

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data_folder / 'journal.db'}"

    @property
    def socket_path(self) -> Path:
        named = self.switch.switch_socket
        return Path(named) if named else self.data_folder / "switch.sock"

    @property
    def subscribers_file(self) -> Path:
        named = self.locations.subscribers
        return ROOT / named if named else self.data_folder / "subscribers.csv"

    @property
    def aml_key_file(self) -> Path:
        named = self.locations.aml_key
        return ROOT / named if named else self.data_folder / "aml.key"
