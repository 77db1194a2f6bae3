"""The landline table of a telephone company, as it really comes."""

from dispatch.process.demo import SUBSCRIBERS, make_demo_subscribers
from routing.ali.subscribers import read_subscribers
from tests.texts import english


def test_the_demo_table_is_read_and_not_made_twice(tmp_path):
    file = tmp_path / "data" / "subscribers.csv"
    make_demo_subscribers(file)
    found, complaints = read_subscribers(file)
    assert len(found) == 3 and not complaints
    shop = found["+62771555001"]
    place = shop.location(5.0)
    assert place.text == "Toko Rekaan Jaya, Jl. Merdeka 12, Tanjungpinang Kota" and place.source == "subscriber"
    assert found["+62771555003"].location(5.0) is None, "an address only is looked up elsewhere"
    file.write_text("number,name,address,lat,lon\n", "utf-8")
    make_demo_subscribers(file)
    assert file.read_text("utf-8") != SUBSCRIBERS


def test_wrong_rows_are_told_and_the_others_count(tmp_path):
    file = tmp_path / "subscribers.csv"
    rows = ["number,name,address,lat,lon", "0771-555009,A,Jl. A,0.92,104.45", "113,B,Jl. B,,", "0771555010,C,,0,0"]
    rows += ["0771555011,D,,,"] * 6
    file.write_text("\ufeff" + "\n".join(rows), "utf-8")
    found, complaints = read_subscribers(file)
    assert list(found) == ["+62771555009"]
    assert "row 3: '113' is no full number" in english(complaints[0]) and "and 3 more" in english(complaints[0])
    file.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in english(read_subscribers(file)[1][0])
    assert read_subscribers(tmp_path / "none.csv") == ({}, [])
