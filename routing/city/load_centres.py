"""The neighbouring centres from the city's files: centres.csv, and their areas in centres.geojson."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from routing.city.centres import Centre
from routing.city.contacts import Contact
from routing.city.files import CityError, Row, mobile, polygon_of, read_geojson, table

# A token goes along, so plain HTTP is for this machine only.
_URL = re.compile(r"(https://[^/?#@\s]+|http://(127\.[\d.]+|localhost)(:\d+)?|\{democentre\})(/[^?#\s]*)?")


def load_centres(folder: Path) -> tuple[Centre, ...]:
    """None where there is no centres.csv. Raises CityError."""
    if not (folder / "centres.csv").exists():
        return ()
    areas: dict[str, list[BaseGeometry]] = {}
    for number, feature in enumerate(read_geojson(folder, "centres.geojson")["features"], 1):
        said = feature.get("properties") or {}
        where = f"centres.geojson, feature {number} ({said.get('centre', 'no centre')})"
        areas.setdefault(str(said.get("centre", "")), []).append(polygon_of(feature, where))
    made = table(folder, "centres.csv", lambda row: _centre(row, areas))
    if unknown := sorted(set(areas) - {one.id for one in made}):
        raise CityError(
            f"centres.geojson, field centre: {unknown[0]!r} is not in centres.csv; correct the word, or add the centre"
        )
    return made


def check_contacts(centres: Iterable[Centre], contacts: Iterable[Contact]) -> None:
    """Each can be called: an alert that does not arrive is told by telephone."""
    known = {one.id for one in contacts}
    for one in centres:
        if one.contact not in known:
            raise CityError(
                f"centres.csv, {one.id}, field contact: {one.contact!r} is not in contacts.csv; add whom to call there"
            )


def _centre(row: Row, areas: dict[str, list[BaseGeometry]]) -> Centre:
    name, url = row.text("id"), row.text("url", "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise row.fail("id", f"{name!r} is no word", "use small letters, digits and '-', such as bintan")
    if name not in areas:
        raise row.fail("id", f"{name!r} has no area", 'draw it in centres.geojson, with the property "centre"')
    if url and not _URL.fullmatch(url):
        raise row.fail("url", f"{url!r} is no address", "write it like https://112.example.go.id/api/v1/alerts")
    return Centre(
        id=name,
        name=row.text("name"),
        contact=row.text("contact"),
        area=shapely.union_all(areas[name]),
        url=url.rstrip("/"),
        sms=mobile(row, "sms"),
        whatsapp=mobile(row, "whatsapp"),
    )
