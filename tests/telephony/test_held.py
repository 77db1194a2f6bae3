"""Asking a location server, and every kind of answer it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from telephony.messages.held import MalformedBody, read_answer, request
from tests.telephony.messages import pidf

NAMES = {"h": "urn:ietf:params:xml:ns:geopriv:held", "id": "urn:ietf:params:xml:ns:geopriv:held:id"}
POINT = pidf("<gml:Point><gml:pos>0.9184 104.4603</gml:pos></gml:Point>").split("?>", 1)[1]


def answer(inside: str, root: str = "locationResponse", more: str = "") -> bytes:
    return f'<?xml version="1.0"?><{root} xmlns="{NAMES["h"]}" {more}>{inside}</{root}>'.encode()


def test_a_request_asks_for_the_place_that_help_is_sent_to():
    asked = etree.fromstring(request())
    assert asked.tag == f"{{{NAMES['h']}}}locationRequest" and asked.get("responseTime") == "emergencyDispatch"
    assert asked.findtext("h:locationType", namespaces=NAMES) == "geodetic civic"


def test_a_request_about_a_number_names_it_and_keeps_its_time():
    asked = etree.fromstring(request("tel:+62811<&", within_ms=1500, types=("civic",)))
    assert (
        asked.findtext("id:device/id:uri", namespaces=NAMES) == "tel:+62811<&" and asked.get("responseTime") == "1500"
    )


def test_a_place_and_an_address_to_ask_again_are_both_kept():
    uris = '<locationUriSet expires="2026-11-25T10:00:00Z"><locationURI>https://lis.id/x</locationURI></locationUriSet>'
    read = read_answer(answer(uris + POINT))
    assert read.places.locations[0].lat == 0.9184 and read.references == ("https://lis.id/x",)
    assert read.expires == "2026-11-25T10:00:00Z" and not read.error


def test_a_bare_document_is_an_answer_too():
    assert read_answer(POINT.encode()).places.locations[0].lon == 104.4603


def test_a_place_that_cannot_be_used_leaves_the_reference():
    uris = "<locationUriSet><locationURI>https://lis.id/x</locationURI></locationUriSet>"
    assert read_answer(answer(uris + POINT.replace("0.9184", "north"))).references == ("https://lis.id/x",)
    with pytest.raises(MalformedBody, match="Point"):
        read_answer(answer(POINT.replace("0.9184", "north")))


def test_an_error_is_an_answer_with_its_code_and_words():
    read = read_answer(answer("<message>Tidak tahu</message>", "error", 'code="locationUnknown"'))
    assert (read.error, read.message, read.places) == ("locationUnknown", "Tidak tahu", None)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (answer(""), "without a place"),
        (answer("", "html"), "no HELD answer: html"),
        (b"<html>500", "not XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DTD"),
        (b" " * 70_000, "at most"),
    ],
)
def test_what_is_no_answer_says_why(body, why):
    with pytest.raises(MalformedBody, match=why):
        read_answer(body)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_answer_or_malformed(body):
    try:
        read_answer(body)
    except MalformedBody as wrong:
        assert str(wrong)
