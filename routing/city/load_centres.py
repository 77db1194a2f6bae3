"""The neighbouring centres from the city's files: centres.csv, and their areas in centres.geojson."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from routing.city.centres import Centre
from routing.city.contacts import Contact
from routing.city.files import CityError, Row, feature_text, mobile, polygon_of, read_geojson, table

# A token goes along, so plain HTTP is for this machine only.
_URL = re.compile(r"(https://[^/?#@\s]+|http://(127\.[\d.]+|localhost)(:\d+)?|\{democentre\})(/[^?#\s]*)?")


def load_centres(folder: Path) -> tuple[Centre, ...]:
    """None where there is no centres.csv. Raises CityError."""
    if not (folder / "centres.csv").exists():
        return ()
    areas: dict[str, list[BaseGeometry]] = {}
    for number, feature in enumerate(read_geojson(folder, "centres.geojson")["features"], 1):
        said = feature.get("properties") or {}
        where = feature_text("centres.geojson", number, str(said.get("centre") or ""))
        areas.setdefault(str(said.get("centre", "")), []).append(polygon_of(feature, where))
    made = table(folder, "centres.csv", lambda row: _centre(row, areas))
    if unknown := sorted(set(areas) - {one.id for one in made}):
        raise CityError("city.area-of-no-centre", centre=unknown[0])
    return made


def check_contacts(centres: Iterable[Centre], contacts: Iterable[Contact]) -> None:
    """Each can be called: an alert that does not arrive is told by telephone."""
    known = {one.id for one in contacts}
    for one in centres:
        if one.contact not in known:
            raise CityError("city.centre-without-contact", centre=one.id, contact=one.contact)


def _centre(row: Row, areas: dict[str, list[BaseGeometry]]) -> Centre:
    name, url = row.text("id"), row.text("url", "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise row.fail("id", "city.centre-is-no-word", value=name)
    if name not in areas:
        raise row.fail("id", "city.centre-without-area", value=name)
    if url and not _URL.fullmatch(url):
        raise row.fail("url", "city.centre-address", value=url)
    return Centre(
        id=name,
        name=row.text("name"),
        contact=row.text("contact"),
        area=shapely.union_all(areas[name]),
        url=url.rstrip("/"),
        sms=mobile(row, "sms"),
        whatsapp=mobile(row, "whatsapp"),
    )
