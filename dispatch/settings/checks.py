"""What each setting may be. A check raises Malformed, or another ValueError, with what to write instead."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any

import msgspec

from dispatch.settings.tables import Settings, Table, host_port
from routing.location import Malformed


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


TABLE_OF: dict[str, str] = {}
"""key -> the table that it stands in; "" at the top of the file."""
TYPES: dict[str, Any] = {}
for _field in msgspec.structs.fields(Settings):
    _nested = isinstance(_field.default, Table)
    for _one in msgspec.structs.fields(_field.default) if _nested else (_field,):
        TABLE_OF[_one.name], TYPES[_one.name] = _field.name if _nested else "", _one.type

CHECKS: dict[str, Callable[..., object]] = {"sip_outbound": _outbound, "canary": _sip_uri}
CHECKS |= {key: host_port for key in ("http", "sip", "demo_cameras", "demo_rtsp", "demo_agencies", "demo_centre")}
CHECKS |= {"public_url": _web, "mqtt": _broker, "dial_prefixes": _prefixes, "dial_never": _prefixes}
CHECKS |= {"location_servers": _servers, "aml_from": _cidr}
CHECKS |= {"sip_trunks": _trunks, "camera_allow": _cidr, "rtp_ports": _ports, "nameserver": ipaddress.ip_address}
CHECKS |= {"sip_tls": _host_port_or_none, "trunk_watch": _sip_uris}
CHECKS |= {key: _positive for key, kind in TYPES.items() if kind in (int, float)}
CHECKS |= {"ghost_patience": _patience, "hang_up_silent": _hang_up, "answer_within": _thresholds}
