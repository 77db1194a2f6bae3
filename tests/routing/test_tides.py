"""The city's tide table and clock."""

import pytest

from routing.city.files import CityError
from routing.city.load_hours import read_tides, read_zone
from routing.city.tides import Tides

WIB = read_zone("Asia/Jakarta")


def test_between_high_and_low_the_water_goes_like_half_a_cosine():
    tides = Tides([(0.0, 0.4), (21_600.0, 1.6), (43_200.0, 0.6)])
    assert [round(tides.height(at), 3) for at in (0.0, 7200.0, 10_800.0, 32_400.0)] == [0.4, 0.7, 1.0, 1.1]
    assert tides.height(-1.0) is None and tides.height(50_000.0) is None and tides.until == 43_200.0
    assert Tides([(0.0, 0.4), (90_000.0, 1.0)]).height(40_000.0) is None, "a day is missing"
    assert Tides().height(1.0) is None and not Tides()


def test_the_table_is_read_in_the_citys_time_and_what_is_wrong_is_said(tmp_path):
    assert not read_tides(tmp_path, WIB)
    file = tmp_path / "tides.csv"
    file.write_text("time,metres\n2026-11-25 04:10,1.7\n2026-11-25T03:40:00Z,0.3\n")
    tides = read_tides(tmp_path, WIB)
    assert tides.height(tides.until - 1) == pytest.approx(0.3, abs=0.001)
    assert tides.height(tides.until - 23_400) == pytest.approx(1.7)
    for rows, wrong in (("soon,1.0", "row 2, field time: .*write it like"), ("2026-11-25 04:10,wet", "field metres"),
                        ("2026-11-25 04:10,1\n2026-11-24 04:10,1", "row 3, field time: is not later")):  # fmt: skip
        file.write_text(f"time,metres\n{rows}\n")
        with pytest.raises(CityError, match=wrong):
            read_tides(tmp_path, WIB)
    with pytest.raises(CityError, match="field time_zone: 'WIB' is unknown; write Asia/Jakarta"):
        read_zone("WIB")
