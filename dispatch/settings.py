"""The settings: one typed record, read from siaga.toml and the environment, each key explained in that file."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_origin

import msgspec

from routing.bad_field import bad_body
from routing.location import Malformed
from routing.text import CodedError, Param, Text, in_a_row, said_by, text

ROOT = Path(__file__).resolve().parent.parent
SIP_REALM = "siaga112"
"""Of the digests that phones prove their password with (RFC 2617); part of every stored one, so it never changes."""
MOST_NETWORKS = 256
"""In `sip_trunks`; deploy/pjproject/networks.c has room for so many."""


class SettingsError(CodedError, ValueError):
    """Its text names every key that is wrong and what to do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, unless siaga.toml says otherwise; addresses are host:port."""

    data: str = "var"
    city: str = "deploy/city/tanjungpinang"
    database: str = ""
    redis: str = ""
    http: str = "127.0.0.1:8112"
    tls_folder: str = ""
    public_url: str = ""
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
    offer_for: float = 12.0
    room_silent_after: float = 5.0
    sip_outbound: str = ""
    dial_prefixes: tuple[str, ...] = ("+62", "1")
    dial_never: tuple[str, ...] = ("112", "+62112", "+62809", "+62900")
    test_numbers: tuple[str, ...] = ()
    canary: str = ""
    canary_every: float = 900.0
    alternate_centre: str = ""
    order_for: float = 20.0
    silent_after: float = 8.0
    hang_up_silent: float = 0.0
    text_idle: float = 1800.0
    ghost_shield: bool = True
    ghost_patience: float = 60.0
    announce_every: float = 30.0
    wrap_up_at_most: float = 120.0
    wrap_up_yields_after: float = 10.0
    answer_within: tuple[int, ...] = (10, 15, 20)
    max_calls: int = 900
    max_calls_per_source: int = 500
    reserved_calls: int = 90
    calls_per_second_per_source: float = 0.0
    rtp_silent_after: float = 20.0
    trunk_watch: tuple[str, ...] = ()
    acknowledge_within: float = 30.0
    fix_stale_after: float = 120.0
    mqtt: str = ""
    sight_every: float = 10.0
    border_within: float = 500.0
    aid_sooner: float = 300.0
    subscribers: str = ""
    location_servers: tuple[str, ...] = ()
    aml_from: tuple[str, ...] = ()
    aml_key: str = ""
    notify_sms: tuple[str, ...] = ()
    notify_whatsapp: tuple[str, ...] = ()
    notify_technician: tuple[str, ...] = ()
    notify_file: str = ""
    link_hours: float = 2.0
    camera_allow: tuple[str, ...] = ()
    cameras_nearest: int = 4
    session_hours: float = 12.0
    session_hours_at_most: float = 24.0
    sign_in_tries: int = 8
    demo: bool = True
    demo_cameras: str = "127.0.0.1:8113"
    demo_rtsp: str = "127.0.0.1:8554"
    demo_agencies: str = "127.0.0.1:5090"
    demo_centre: str = "127.0.0.1:8115"

    @property
    def outbound(self) -> str:
        """The SIP URI that calls `{number}`; in the demo somebody answers every number."""
        return self.sip_outbound or (f"sip:{{number}}@{self.demo_agencies}" if self.demo else "")

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
        return Path(self.switch_socket) if self.switch_socket else self.data_folder / "switch.sock"

    @property
    def subscribers_file(self) -> Path:
        return ROOT / self.subscribers if self.subscribers else self.data_folder / "subscribers.csv"

    @property
    def aml_key_file(self) -> Path:
        return ROOT / self.aml_key if self.aml_key else self.data_folder / "aml.key"

    @property
    def http_address(self) -> tuple[str, int]:
        return host_port(self.http)

    @property
    def sip_address(self) -> tuple[str, int]:
        return host_port(self.sip)

    @property
    def sip_tls_address(self) -> tuple[str, int] | None:
        return host_port(self.sip_tls) if self.sip_tls else None

    @property
    def http_url(self) -> str:
        """What a person on this machine types into the browser."""
        host, port = self.http_address
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        shown = f"[{shown}]" if ":" in shown else shown
        return f"{'https' if self.tls_folder else 'http'}://{shown}:{port}"

    @property
    def public_address(self) -> str:
        """What phones outside and other centres find our pages under, without a slash at the end."""
        return self.public_url.rstrip("/") or self.http_url

    @property
    def rtp_range(self) -> tuple[int, int]:
        low, _, high = self.rtp_ports.partition("-")
        return int(low), int(high)


def host_port(value: str) -> tuple[str, int]:
    """("127.0.0.1", 5060) from "127.0.0.1:5060" or "[::1]:5060". Raises Malformed."""
    host, colon, port = value.rpartition(":")
    host = host.strip("[]")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Malformed("setting.no-host-port", value=value)
    return host, int(port)


def _web(value: str) -> None:
    if value and not re.fullmatch(r"https?://[^/?#@\s]+/?", value):
        raise Malformed("setting.no-web-site", value=value)


def _broker(value: str) -> None:
    found = re.fullmatch(r"mqtt(s?)://([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10})(?::\d{1,5})?", value)
    if value and found is None:
        raise Malformed("setting.no-broker", value=value)
    if found and not found[1] and found[2] != "localhost" and not found[2].startswith("127."):
        raise Malformed("setting.plain-broker", value=value)


def _cidr(values: tuple[str, ...]) -> None:
    for value in values:
        ipaddress.ip_network(value)


def _trunks(values: tuple[str, ...]) -> None:
    _cidr(tuple(network for trunk in values for network in trunk.split("+")))


def _first_networks(trunks: tuple[str, ...]) -> tuple[str, ...]:
    """Those whose networks the switch's gate has room for."""
    kept, room = [], MOST_NETWORKS
    for trunk in trunks:
        networks = trunk.split("+")[:room]
        room -= len(networks)
        kept += ["+".join(networks)] if networks else []
    return tuple(kept)


def _servers(values: tuple[str, ...]) -> None:
    for value in values:
        if not re.fullmatch(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", value):
            raise Malformed("setting.no-host", value=value)


def _host_port_or_none(value: str) -> None:
    if value:
        host_port(value)


def _sip_uris(values: tuple[str, ...]) -> None:
    for value in values:
        if not re.fullmatch(r"sips?:[^\s<>\"]{1,200}", value):
            raise Malformed("setting.no-sip-server", value=value)


def _ports(value: str) -> None:
    low, dash, high = value.partition("-")
    if not dash or not low.isdigit() or not high.isdigit() or not 1024 <= int(low) <= int(high) - 100 <= 65535:
        raise Malformed("setting.no-ports", value=value)


def _positive(value: float) -> None:
    if not 0 <= value < 1e7:
        raise Malformed("setting.negative", value=value)


def _hang_up(value: float) -> None:
    if value and not 90 <= value < 1e7:
        raise Malformed("setting.too-soon", value=value)


def _patience(value: float) -> None:
    if not 0 <= value <= 600:
        raise Malformed("setting.patience", value=value)


def _thresholds(values: tuple[int, ...]) -> None:
    if not values or list(values) != sorted({v for v in values if 1 <= v <= 60}):
        raise Malformed("setting.thresholds", value=str(list(values)))


def _outbound(value: str) -> None:
    if value and (not value.startswith(("sip:", "sips:")) or "{number}" not in value):
        raise Malformed("setting.no-number-in-it", value=value)


def _prefixes(values: tuple[str, ...]) -> None:
    for value in values:
        if not re.fullmatch(r"\+?[0-9]{1,15}", value):
            raise Malformed("setting.no-prefix", value=value)


def _sip_uri(value: str) -> None:
    if value and not value.startswith(("sip:", "sips:")):
        raise Malformed("setting.no-sip-address", value=value)


_CHECKS: dict[str, Callable[..., object]] = {"sip_outbound": _outbound, "canary": _sip_uri}
_CHECKS |= {key: host_port for key in ("http", "sip", "demo_cameras", "demo_rtsp", "demo_agencies", "demo_centre")}
_CHECKS |= {"public_url": _web, "mqtt": _broker, "dial_prefixes": _prefixes, "dial_never": _prefixes}
_CHECKS |= {"location_servers": _servers, "aml_from": _cidr}
_CHECKS |= {"sip_trunks": _trunks, "camera_allow": _cidr, "rtp_ports": _ports, "nameserver": ipaddress.ip_address}
_CHECKS |= {"sip_tls": _host_port_or_none, "trunk_watch": _sip_uris}
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Settings)}
_CHECKS |= {key: _positive for key, kind in _TYPES.items() if kind in (int, float)}
_CHECKS |= {"ghost_patience": _patience, "hang_up_silent": _hang_up, "answer_within": _thresholds}


def _line_by_line(raw: bytes) -> dict[str, object]:
    """What can be read of a file that is damaged or cut off: the switch must not listen at another address for want of
    a quotation mark elsewhere."""
    found: dict[str, object] = {}
    for line in raw.splitlines():
        try:
            found.update(tomllib.loads(line.decode("utf-8")))
        except (UnicodeError, tomllib.TOMLDecodeError):
            continue
    return found


def read_settings(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> tuple[Settings, list[Text]]:
    """(settings, complaints): a key that is wrong keeps its default and is complained about."""
    file = file or Path(environ.get("SIAGA_SETTINGS", ROOT / "siaga.toml"))
    complaints: list[Text] = []
    given: dict[str, Any] = {}
    try:
        raw = file.read_bytes()
        given.update(tomllib.loads(raw.decode("utf-8")))
    except FileNotFoundError:
        complaints.append(text("setting.no-such-file", file=str(file)))
    except OSError as wrong:
        complaints.append(text("setting.file-unreadable", file=str(file), detail=str(wrong.strerror)))
    except (UnicodeError, tomllib.TOMLDecodeError) as wrong:
        complaints.append(text("setting.line-unreadable", file=str(file), detail=str(wrong)))
        given.update(_line_by_line(raw))
    for name, word in environ.items():
        if name.startswith("SIAGA_") and name[6:].lower() in _TYPES:
            given[name[6:].lower()] = word
    good: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _TYPES:
            if near := difflib.get_close_matches(key, _TYPES, 1):
                complaints.append(text("setting.meant", file=str(file), key=key, near=near[0]))
            else:
                complaints.append(text("setting.unknown", file=str(file), key=key))
            continue
        try:
            listed = value.split(",") if isinstance(value, str) and get_origin(_TYPES[key]) is tuple else value
            if isinstance(listed, list) and isinstance(value, str):
                listed = [part.strip() for part in listed if part.strip()]
            typed = msgspec.convert(listed, _TYPES[key], strict=not isinstance(value, str))
            if key in _CHECKS:
                _CHECKS[key](typed)
            good[key] = typed
        except ValueError as wrong:
            complaints.append(text("setting.wrong", key=key, what=_what(wrong)))
    settings = Settings(**good)
    trunks = _first_networks(settings.sip_trunks)
    if trunks != settings.sip_trunks:
        complaints.append(text("setting.too-many-networks", most=MOST_NETWORKS))
        settings = msgspec.structs.replace(settings, sip_trunks=trunks)
    low, high = settings.rtp_range
    if high - low < 4 * settings.max_calls:  # two ports a call, and half of the range is the browsers'
        room: dict[str, Param] = {"ports": settings.rtp_ports, "room": (high - low) // 4, "calls": settings.max_calls}
        complaints.append(text("setting.too-few-ports", **room))
    host = settings.http_address[0]
    if not settings.tls_folder and host not in ("localhost", "::1") and not host.startswith("127."):
        complaints.append(text("setting.not-loopback", value=settings.http))
    return settings, complaints


def _what(wrong: ValueError) -> Param:
    """What is wrong with a value, and what was expected."""
    return bad_body(wrong).params["expected"] if isinstance(wrong, msgspec.ValidationError) else said_by(wrong)


def load_settings(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError with all complaints; the switch uses `read_settings` and goes on."""
    settings, complaints = read_settings(file, environ)
    if complaints:
        raise SettingsError(in_a_row(complaints, "series.lines"))
    return settings
