"""Cells as networks of every generation write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.ali.cells import Cell, make_cell, read_cells


@pytest.mark.parametrize(
    ("value", "technology", "key"),
    [
        ("3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=51010ABCD0012345", "lte", "510-10-43981-74565"),
        ('3GPP-E-UTRAN-TDD;utran-cell-id-3gpp="51010ABCD0012345"', "lte", "510-10-43981-74565"),
        ("3gpp-e-utran; UTRAN-CELL-ID-3GPP=510-10-ABCD-0012345", "lte", "510-10-43981-74565"),
        ("3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=510010ABCD0012345", "lte", "510-10-43981-74565"),
        ("3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=310260ABCD0012345", "lte", "310-260-43981-74565"),
        ("3GPP-NR-FDD; utran-cell-id-3gpp=5101000ABCD000012345", "nr", "510-10-43981-74565"),
        ("3GPP-UTRAN-FDD; utran-cell-id-3gpp=51001ABCD0012345", "umts", "510-01-43981-74565"),
        ("3GPP-GERAN; cgi-3gpp=51011ABCD1234", "gsm", "510-11-43981-4660"),
        ("3GPP-E-UTRAN-FDD; ecgi=510100012345", "lte", "510-10-*-74565"),
        ("3GPP-NR-TDD; ncgi=51010000012345", "nr", "510-10-*-74565"),
        ("3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51089ABCD00123456;network-provided", "lte", "510-89-43981-1193046"),
    ],
)
def test_a_cell_is_read_as_its_table_names_it(value, technology, key):
    (cell,) = read_cells([value])
    assert (cell.technology, cell.key) == (technology, key)


@pytest.mark.parametrize(
    "value",
    ["", "IEEE-802.11;i-wlan-node-id=aabbccddeeff", "ADSL;dsl-location=x", "3GPP-E-UTRAN-FDD",
     "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=ABC", "3GPP-GERAN;cgi-3gpp=51010AB", ";;==,,"],
)  # fmt: skip
def test_what_is_no_cell_is_passed_over(value):
    assert read_cells([value]) == []


def test_the_newest_comes_first_then_what_the_network_vouches_for():
    phone = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51010AAAA0000001"
    network = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51010AAAA0000002;network-provided"
    hour_ago = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51010AAAA0000003;cell-info-age=3600"
    found = read_cells([hour_ago, f"{network}, {phone}"])
    assert [cell.cell for cell in found] == [2, 1, 3] and found[0].vouched and found[2].age == 3600


def test_of_two_that_are_alike_the_one_added_last_counts():
    values = [f"3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51010AAAA000000{n}" for n in (1, 2)]
    assert read_cells(values)[0].cell == 2


def test_a_network_told_in_fields_of_its_own():
    assert make_cell("", "510", "1").mnc == "01" and make_cell("", "510", "010").mnc == "10"
    assert make_cell("", "", "10") is None and make_cell("", "510", "x") is None


@given(st.lists(st.text(alphabet='3GPPE-UTRANgci=;, "0123456789ABCDEFutran-cell-id', max_size=80), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_values_are_read_without_an_error(values):
    assert all(isinstance(cell, Cell) for cell in read_cells(values))
