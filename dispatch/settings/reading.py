"""Reads siaga.toml and the environment. Calls come first: a key that is wrong keeps its default and is complained
about, and a key that stands in the wrong place counts all the same."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_origin

import msgspec

from dispatch.settings.checks import CHECKS, TABLE_OF, TYPES
from dispatch.settings.tables import ROOT, Settings
from routing.bad_field import bad_body
from routing.text import CodedError, Param, Text, in_a_row, said_by, text

MOST_NETWORKS = 256
"""In `sip_trunks`; deploy/pjproject/networks.c has room for so many."""
_MISPLACED = ("setting.belongs-in", "setting.belongs-at-the-top")
_TABLES = frozenset(TABLE_OF.values()) - {""}


class SettingsError(CodedError, ValueError):
    """Its text names every key that is wrong and what to do."""


def read_settings(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> tuple[Settings, list[Text]]:
    """(settings, complaints)."""
    file = file or Path(environ.get("SIAGA_SETTINGS", ROOT / "siaga.toml"))
    complaints: list[Text] = []
    given = _read(file, complaints)
    for name, word in environ.items():
        if name.startswith("SIAGA_") and name[6:].lower() in TYPES:
            given[name[6:].lower()] = word
    good: dict[str, Any] = {}
    for key, value in given.items():
        try:
            good[key] = _checked(key, value)
        except ValueError as wrong:
            complaints.append(text("setting.wrong", key=key, what=_what(wrong)))
    trunks = good.get("sip_trunks", ())
    if (kept := _first_networks(trunks)) != trunks:
        complaints.append(text("setting.too-many-networks", most=MOST_NETWORKS))
        good["sip_trunks"] = kept
    settings = arranged(good)
    return settings, complaints + _together(settings)


def arranged(values: Mapping[str, Any]) -> Settings:
    """The settings with these keys, each in its table, and all others at their defaults."""
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLE_OF.values()}
    for key, value in values.items():
        tables[TABLE_OF[key]][key] = value
    top = tables.pop("")
    return msgspec.convert(top | tables, Settings)


def _together(settings: Settings) -> list[Text]:
    """What is right by itself and wrong beside another setting."""
    complaints: list[Text] = []
    switch, web = settings.switch, settings.web
    low, high = switch.rtp_range
    if high - low < 4 * switch.max_calls:  # two ports a call, and half of the range is the browsers'
        room: dict[str, Param] = {"ports": switch.rtp_ports, "room": (high - low) // 4, "calls": switch.max_calls}
        complaints.append(text("setting.too-few-ports", **room))
    host = web.address[0]
    if not web.tls_folder and host not in ("localhost", "::1") and not host.startswith("127."):
        complaints.append(text("setting.not-loopback", value=web.http))
    return complaints


def _read(file: Path, complaints: list[Text]) -> dict[str, Any]:
    """key -> value, of all tables."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        complaints.append(text("setting.no-such-file", file=str(file)))
        return {}
    except OSError as wrong:
        complaints.append(text("setting.file-unreadable", file=str(file), detail=str(wrong.strerror)))
        return {}
    try:
        found = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeError, tomllib.TOMLDecodeError) as wrong:
        complaints.append(text("setting.line-unreadable", file=str(file), detail=str(wrong)))
        return {key: value for key, value in _line_by_line(raw).items() if key in TYPES}
    given: dict[str, Any] = {}
    for table, values in {"": found, **found}.items():
        if table in _TABLES and not isinstance(values, dict):
            complaints.append(text("setting.no-table", file=str(file), table=table))
        elif isinstance(values, dict) and table not in TYPES:
            given.update(_of_table(file, table, values, complaints))
    return given


def _of_table(file: Path, table: str, values: dict[str, Any], complaints: list[Text]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for key, value in values.items():
        if not table and key in _TABLES:
            continue
        if key not in TYPES:
            if near := difflib.get_close_matches(key, TYPES, 1):
                complaints.append(text("setting.meant", file=str(file), key=key, near=near[0]))
            else:
                complaints.append(text("setting.unknown", file=str(file), key=key))
            continue
        given[key] = value
        if TABLE_OF[key] != table:
            if right := TABLE_OF[key]:
                complaints.append(text("setting.belongs-in", file=str(file), key=key, table=right))
            else:
                complaints.append(text("setting.belongs-at-the-top", file=str(file), key=key))
    return given


def _line_by_line(raw: bytes) -> dict[str, Any]:
    """What can be read of a file that is damaged or cut off: the switch must not listen at another address for want of
    a quotation mark elsewhere."""
    found: dict[str, Any] = {}
    for line in raw.splitlines():
        try:
            found.update(tomllib.loads(line.decode("utf-8")))
        except (UnicodeError, tomllib.TOMLDecodeError):
            continue
    return found


def _checked(key: str, value: object) -> object:
    """Raises ValueError."""
    listed: object = value
    if isinstance(value, str) and get_origin(TYPES[key]) is tuple:
        listed = [part.strip() for part in value.split(",") if part.strip()]
    typed = msgspec.convert(listed, TYPES[key], strict=not isinstance(value, str))
    if key in CHECKS:
        CHECKS[key](typed)
    return typed


def _first_networks(trunks: tuple[str, ...]) -> tuple[str, ...]:
    """Those whose networks the switch's gate has room for."""
    kept, room = [], MOST_NETWORKS
    for trunk in trunks:
        networks = trunk.split("+")[:room]
        room -= len(networks)
        kept += ["+".join(networks)] if networks else []
    return tuple(kept)


def _what(wrong: ValueError) -> Param:
    """What is wrong with a value, and what was expected."""
    return bad_body(wrong).params["expected"] if isinstance(wrong, msgspec.ValidationError) else said_by(wrong)


def load_settings(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError with all complaints; the switch uses `read_settings` and goes on. A key that only stands in
    the wrong place keeps nobody from starting: the switch's alarm says where it belongs."""
    settings, complaints = read_settings(file, environ)
    if any(one.code not in _MISPLACED for one in complaints):
        raise SettingsError(in_a_row(complaints, "series.lines"))
    return settings
