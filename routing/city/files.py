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
from routing.location import Malformed, check_point
from routing.numbers import e164
from routing.text import CodedError, Names, Param, Text, names_in, text

_Record = TypeVar("_Record")


class CityError(CodedError, ValueError):
    """A city file is wrong; the text names file, row, field and what to do."""


class Row:
    """One CSV row that knows where it came from, so that a complaint can say so."""

    def __init__(self, file: str, number: int, fields: dict[str, str]) -> None:
        self.file, self.number, self._fields = file, number, fields

    def fail(self, field: str, what: str | Text, /, **params: Param) -> CityError:
        """`what`: what is wrong with the field, and what to do, as a text or its code."""
        said = what if isinstance(what, Text) else Text(what, params)
        return CityError("city.in-row", file=self.file, row=self.number, field=field, what=said)

    def text(self, field: str, default: str | None = None) -> str:
        value = (self._fields.get(field) or "").strip()
        if value:
            return value
        if default is not None:
            return default
        raise self.fail(field, "city.empty")

    def names(self) -> Names:
        """What it is called, by the columns name_id, name_en …"""
        self.text("name_id")
        return names_in(self._fields)

    def number_in(self, field: str, low: float, high: float) -> float:
        value = self.text(field)
        try:
            number = float(value)
        except ValueError:
            raise self.fail(field, "city.no-number", value=value) from None
        if not low <= number <= high:
            raise self.fail(field, "city.out-of-range", value=value, low=f"{low:g}", high=f"{high:g}")
        return number

    def point(self) -> dict[str, float]:
        lat, lon = self.number_in("lat", -90, 90), self.number_in("lon", -180, 180)
        try:
            check_point(lat, lon)
        except Malformed as wrong:
            raise self.fail("lat", "city.point", what=wrong.text) from None
        return {"lat": lat, "lon": lon}

    def one_of(self, field: str, known: Iterable[str], where: str | Text, default: str | None = None) -> str:
        """`where`: the file that they stand in, or what they say."""
        value = self.text(field, default)
        if value not in known:
            names = tuple(sorted(known))
            raise self.fail(field, "city.unknown" if names else "city.none-yet", value=value, known=names, where=where)
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
        raise CityError("city.no-table", file=file, detail=str(wrong)) from wrong
    for number, fields in enumerate(lines, 2):
        row = Row(file, number, fields)
        if None in fields:
            raise row.fail("last", "city.too-many-fields")
        name = row.text(key)
        if name in seen:
            raise row.fail(key, "city.used-twice", value=name, other=seen[name])
        seen[name] = number
        records.append(build(row))
    return tuple(records)


def text_of(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CityError("city.file-missing", file=file, folder=str(folder)) from None
    except UnicodeDecodeError as wrong:
        raise CityError("city.no-utf-8", file=file, detail=wrong.reason) from wrong


def read_geojson(folder: Path, file: str) -> Collection:
    try:
        collection: Collection = json.loads(text_of(folder, file))
    except ValueError as wrong:
        raise CityError("city.no-json", file=file, detail=str(wrong)) from wrong
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise CityError("city.no-collection", file=file)
    return collection


def toml(folder: Path, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(folder, file))
    except tomllib.TOMLDecodeError as wrong:
        raise CityError("city.no-toml", file=file, detail=str(wrong)) from wrong


def mobile(row: Row, field: str) -> str:
    """A number in E.164, or ""."""
    phone = e164(row.text(field, ""))
    if phone and not phone.startswith("+"):
        raise row.fail(field, "city.no-mobile", value=phone)
    return phone


def feature_text(file: str, number: int, name: str) -> Text:
    """Which feature of a GeoJSON file is meant, the first being 1."""
    if name:
        return text("city.feature", file=file, number=number, name=name)
    return text("city.feature-unnamed", file=file, number=number)


def polygon_of(feature: Feature, where: Text) -> BaseGeometry:
    try:
        polygon = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as wrong:
        raise CityError("city.polygon", where=where, detail=str(wrong)) from wrong
    if polygon.geom_type not in ("Polygon", "MultiPolygon") or not polygon.is_valid:
        raise CityError("city.polygon-crosses", where=where)
    return polygon
