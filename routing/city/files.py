"""How the city's files are read: rows and tables whose complaints name file, row, field and what to do."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from routing.geojson import Collection, Feature
from routing.location import check_point
from routing.numbers import e164

_Record = TypeVar("_Record")


class CityError(ValueError):
    """A city file is wrong; the text names file, row, field and what to do."""


class Row:
    """One CSV row that knows where it came from, so that a complaint can say so."""

    def __init__(self, file: str, number: int, fields: dict[str, str]) -> None:
        self.file, self.number, self._fields = file, number, fields

    def fail(self, field: str, wrong: str, advice: str) -> CityError:
        return CityError(f"{self.file}, row {self.number}, field {field}: {wrong}; {advice}")

    def text(self, field: str, default: str | None = None) -> str:
        value = (self._fields.get(field) or "").strip()
        if value:
            return value
        if default is not None:
            return default
        raise self.fail(field, "is empty", "fill it in")

    def number_in(self, field: str, low: float, high: float) -> float:
        value = self.text(field)
        try:
            number = float(value)
        except ValueError:
            raise self.fail(field, f"{value!r} is not a number", "write digits, with a point for decimals") from None
        if not low <= number <= high:
            raise self.fail(field, f"{value} is out of range", f"it must lie between {low:g} and {high:g}")
        return number

    def point(self) -> dict[str, float]:
        lat, lon = self.number_in("lat", -90, 90), self.number_in("lon", -180, 180)
        try:
            check_point(lat, lon)
        except ValueError as wrong:
            raise self.fail("lat", str(wrong), "give the real position in degrees") from None
        return {"lat": lat, "lon": lon}

    def one_of(self, field: str, known: Iterable[str], where: str, default: str | None = None) -> str:
        value = self.text(field, default)
        if value not in known:
            names = ", ".join(sorted(known))
            advice = f"use one of: {names} ({where})" if names else f"there is none yet: {where}"
            raise self.fail(field, f"{value!r} is unknown", advice)
        return value

    def several(self, field: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(field, "").split(";") if part.strip())


def table(folder: Path, file: str, build: Callable[[Row], _Record], key: str = "id") -> tuple[_Record, ...]:
    """One record for each row of a CSV file; row 1 is the header, so the numbers match a spreadsheet's."""
    records: list[_Record] = []
    seen: dict[str, int] = {}
    try:
        lines = list(csv.DictReader(text_of(folder, file).splitlines(), strict=True))
    except csv.Error as wrong:
        raise CityError(f"{file}: {wrong}; save it as comma-separated values") from wrong
    for number, fields in enumerate(lines, 2):
        row = Row(file, number, fields)
        if None in fields:
            raise row.fail("last", "the row has more fields than the header", "put quotes around text with commas")
        name = row.text(key)
        if name in seen:
            raise row.fail(key, f"{name!r} is used in row {seen[name]} too", "give each its own")
        seen[name] = number
        records.append(build(row))
    return tuple(records)


def text_of(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CityError(f"{file}: is missing in {folder}; copy it from deploy/city/tanjungpinang") from None
    except UnicodeDecodeError as wrong:
        raise CityError(f"{file}: is not UTF-8 text ({wrong.reason}); save it as UTF-8") from wrong


def read_geojson(folder: Path, file: str) -> Collection:
    try:
        collection: Collection = json.loads(text_of(folder, file))
    except ValueError as wrong:
        raise CityError(f"{file}: is no JSON ({wrong}); export it again as GeoJSON") from wrong
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise CityError(f"{file}: is no FeatureCollection; export it again as GeoJSON")
    return collection


def toml(folder: Path, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(folder, file))
    except tomllib.TOMLDecodeError as wrong:
        raise CityError(f"{file}: {wrong}; compare it with deploy/city/tanjungpinang/{file}") from wrong


def mobile(row: Row, field: str) -> str:
    """A number in E.164, or ""."""
    phone = e164(row.text(field, ""))
    if phone and not phone.startswith("+"):
        raise row.fail(field, f"{phone!r} is no mobile number", "write it like +628117701122, or nothing")
    return phone


def polygon_of(feature: Feature, where: str) -> BaseGeometry:
    try:
        polygon = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as wrong:
        raise CityError(f"{where}, field geometry: {wrong}; draw the polygon again") from wrong
    if polygon.geom_type not in ("Polygon", "MultiPolygon") or not polygon.is_valid:
        raise CityError(f"{where}, field geometry: is no valid polygon; its border must not cross itself")
    return polygon
