"""Additional data: by value, by reference, inside a location, and how each is read out to people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.calldata import Block
from telephony.messages.additional import MalformedBody, kind_of, read_block
from telephony.messages.pidflo import read_pidflo
from telephony.messages.sip import read_invite
from tests.telephony.messages import invite, pidf

SPACE = "urn:ietf:params:xml:ns:EmergencyCallData"
VCARD = (
    '<vcard xmlns="urn:ietf:params:xml:ns:vcard-4.0"><fn><text>Budi Santoso</text></fn><n><surname>Santoso</surname>'
    "<given>Budi</given></n><tel><parameters><type><text>cell</text></type></parameters><uri>tel:+62811</uri></tel>"
    "<note><text>Alergi penisilin</text></note></vcard>"
)


def block(kind: str, inside: str, more: str = "") -> str:
    return f'<ad:EmergencyCallData.{kind} xmlns:ad="{SPACE}:{kind}" {more}>{inside}</ad:EmergencyCallData.{kind}>'


DEVICE = block(
    "DeviceInfo",
    "<ad:DeviceClassification>vehicle</ad:DeviceClassification><ad:DeviceMfgr>PT Uji</ad:DeviceMfgr>"
    '<ad:UniqueDeviceID TypeOfDeviceID="IMEI">350000000000017</ad:UniqueDeviceID>',
)
SUBSCRIBER = block("SubscriberInfo", f"<ad:SubscriberData>{VCARD}</ad:SubscriberData>", 'privacyRequested="false"')


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("EmergencyCallData.ProviderInfo", "ProviderInfo"),
        ("emergencycalldata.providerinfo", "ProviderInfo"),
        ("application/EmergencyCallData.Comment+xml", "Comment"),
        ("application/emergencycalldata.ecall.msd", "eCall.MSD"),
        ("EmergencyCallData.NewThing", "NewThing"),
        ("application/sdp", ""),
        ("icon", ""),
    ],
)
def test_a_purpose_a_type_and_an_element_name_the_same_block(word, kind):
    assert kind_of(word) == kind


def test_a_device_is_read_with_the_kind_of_its_number():
    assert read_block(DEVICE.encode()) == Block(
        kind="DeviceInfo",
        fields={"DeviceClassification": "vehicle", "DeviceMfgr": "PT Uji", "UniqueDeviceID (IMEI)": "350000000000017"},
    )


def test_a_subscriber_is_read_by_the_properties_of_his_card():
    assert read_block(SUBSCRIBER.encode(), "SubscriberInfo").fields == {
        "privacyRequested": "false",
        "FN": "Budi Santoso",
        "N": "Santoso; Budi",
        "TEL": "tel:+62811",
        "NOTE": "Alergi penisilin",
    }


def test_blocks_of_a_call_come_by_value_and_by_reference():
    body = (
        f"--b\r\nContent-Type: application/EmergencyCallData.DeviceInfo+xml\r\nContent-ID: <d@p>\r\n\r\n{DEVICE}\r\n"
        "--b\r\nContent-Type: application/EmergencyCallData.SubscriberInfo+xml\r\nContent-ID: <s@p>\r\n\r\n"
        f"{SUBSCRIBER}\r\n--b\r\nContent-Type: application/EmergencyCallData.Comment+xml\r\n\r\n<broken\r\n--b--\r\n"
    )
    read = read_invite(
        invite(
            body=body,
            Content_Type="multipart/mixed;boundary=b",
            Call_Info="<cid:d@p>;purpose=EmergencyCallData.DeviceInfo, <https://ad.id/p?a,b>;purpose="
            'EmergencyCallData.ProviderInfo, <cid:gone@p>;purpose="EmergencyCallData.Comment", <http://x/i.png>;purpose=icon',
        )
    )
    assert [(one.kind, one.reference) for one in read.additional] == [
        ("ProviderInfo", "https://ad.id/p?a,b"),
        ("DeviceInfo", ""),
        ("SubscriberInfo", ""),
    ]
    assert [line.split(":")[0] for line in read.discrepancies] == [
        "Call-Info points to a body part that is not there",
        "additional data not readable",
    ]


def test_who_provided_a_location_is_read_from_the_location():
    provided = (
        f'<gp:provided-by><e:EmergencyCallDataReference xmlns:e="{SPACE}" purpose="EmergencyCallData.ServiceInfo" '
        f'ref="https://ad.id/s"/><e:EmergencyCallDataValue xmlns:e="{SPACE}">{DEVICE}</e:EmergencyCallDataValue>'
        "</gp:provided-by>"
    )
    read = read_pidflo(pidf("<gml:Point><gml:pos>0.9 104.4</gml:pos></gml:Point>", provided).encode())
    assert [(one.kind, one.reference) for one in read.additional] == [
        ("ServiceInfo", "https://ad.id/s"),
        ("DeviceInfo", ""),
    ]
    assert read.additional[1].fields["DeviceMfgr"] == "PT Uji"


def test_a_block_of_ten_thousand_fields_is_read_in_part():
    read = read_block(block("Comment", "".join(f"<ad:f{n}>x</ad:f{n}>" for n in range(3000))).encode())
    assert len(read.fields) <= 60


@pytest.mark.parametrize("body", [b"", b"x", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'])
def test_what_is_no_block_is_malformed(body):
    with pytest.raises(MalformedBody):
        read_block(body)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_block_or_malformed(body):
    try:
        assert isinstance(read_block(body), Block)
    except MalformedBody as wrong:
        assert str(wrong)
