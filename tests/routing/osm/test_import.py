"""From an extract to a folder, through the real file format, and what the network makes of it."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from routing.city.load import CityError, load_city
from routing.network.roads import Network
from routing.osm.folder import FILES, import_osm
from routing.osm.objects import ExtractError
from routing.tiles.archive import find_map
from tests.routing.osm.drawing import Drawing, point

CITY = Path(__file__).parents[3] / "deploy" / "city" / "tanjungpinang"


@pytest.fixture
def draw():
    return Drawing()


@pytest.fixture
def run(tmp_path, draw):
    """Imports what was drawn; gives the collections, the rows of places and what was said."""

    def run(**how):
        said = []
        out = tmp_path / "city"
        import_osm(draw.save(tmp_path / "region.osm.pbf"), out, told=said.append, **how)
        made = {name: json.loads((out / name).read_text("utf-8")) for name in FILES if name.endswith("geojson")}
        rows = list(csv.DictReader((out / "places.csv").read_text("utf-8").splitlines()))
        return made, rows, (out / "import-notes.txt").read_text("utf-8")

    return run


def network(made) -> Network:
    return Network.from_geojson(made["roads.geojson"], made["turns.geojson"])


def metres(made, origin, destination, profile="car"):
    return network(made).travel_times([point(*origin)], point(*destination), profile)[0].metres


def block(draw):
    """A square of streets of 3 x 3 fields, drawn as four ways."""
    return [
        draw.way((0, 0), (0, 3), highway="primary", name="South"),
        draw.way((0, 3), (3, 3), highway="primary", name="East"),
        draw.way((3, 3), (3, 0), highway="primary", name="North"),
        draw.way((3, 0), (0, 0), highway="primary", name="West"),
    ]


def test_streets_keep_names_directions_and_where_they_came_from(draw, run):
    way = draw.way((0, 0), (0, 3), highway="primary", name="Jl. Merdeka", oneway="-1")
    made, _, notes = run()
    street = made["roads.geojson"]["features"][0]
    assert street["properties"]["osm"] == way and street["properties"]["oneway"] is True
    assert street["geometry"]["coordinates"] == [[104.403, 0.9], [104.4, 0.9]]
    assert made["roads.geojson"]["attribution"] == "© OpenStreetMap contributors"
    assert notes == ""


def test_a_forbidden_turn_at_a_node_and_one_that_excepts_us(draw, run):
    south, _, _, west = block(draw)
    members = (("w", west, "from"), ("n", draw.at(0, 0), "via"), ("w", south, "to"))
    draw.relation(*members, type="restriction", restriction="no_left_turn")
    made, _, _ = run()
    assert metres(made, (1, 0), (0, 1)) == pytest.approx(10 * 111.2, rel=0.01)
    assert metres(made, (0, 1), (1, 0)) == pytest.approx(2 * 111.2, rel=0.01)


@pytest.mark.parametrize("tags", [{"except_": "psv;emergency"}, {"hour_on": "07:00"}, {"restriction": "no_idea"}])
def test_restrictions_that_do_not_bind_an_emergency_vehicle_or_cannot_be_read(draw, run, tags):
    south, _, _, west = block(draw)
    members = (("w", west, "from"), ("n", draw.at(0, 0), "via"), ("w", south, "to"))
    number = draw.relation(*members, **{"type": "restriction", "restriction": "no_left_turn", **tags})
    if tags.get("restriction"):
        number = draw.relation(*members, type="restriction", restriction="perhaps")
    made, _, notes = run()
    assert made["turns.geojson"]["features"] == [] or tags.get("restriction")
    assert f"relation {number}" in notes or "except_" in tags


def test_only_one_street_may_be_entered(draw, run):
    south, _, _, west = block(draw)
    stub = draw.way((0, 0), (-3, 0), highway="primary", name="Stub")
    members = (("w", west, "from"), ("n", draw.at(0, 0), "via"), ("w", stub, "to"))
    draw.relation(*members, type="restriction", restriction="only_straight_on")
    made, _, _ = run()
    assert metres(made, (1, 0), (-1, 0)) == pytest.approx(2 * 111.2, rel=0.01)
    assert metres(made, (1, 0), (0, 1)) > 4 * 111.2


def test_a_turn_by_way_of_a_street_between(draw, run):
    south, east, _, west = block(draw)
    members = (("w", west, "from"), ("w", south, "via"), ("w", east, "to"))
    draw.relation(*members, type="restriction", restriction="no_u_turn")
    made, _, notes = run()
    assert notes == ""
    assert metres(made, (1, 0), (1, 3)) == pytest.approx(7 * 111.2, rel=0.01)
    assert metres(made, (0, 1), (1, 3)) == pytest.approx(3 * 111.2, rel=0.01)


def test_restrictions_that_make_no_sense_are_named_and_left_out(draw, run):
    south, _, north, west = block(draw)
    node = draw.at(0, 0)
    apart = draw.relation(("w", south, "from"), ("n", node, "via"), ("w", north, "to"), type="restriction",
                          restriction="no_left_turn")  # fmt: skip
    empty = draw.relation(type="restriction", restriction="no_left_turn")
    lost = draw.relation(("w", south, "from"), ("n", 99, "via"), ("w", west, "to"), type="restriction",
                         restriction="no_left_turn")  # fmt: skip
    made, _, notes = run()
    assert made["turns.geojson"]["features"] == []
    for number, why in ((apart, "do not meet"), (empty, "no member 'from'"), (lost, "via node 99")):
        assert any(line.startswith(f"relation {number}: ") and why in line for line in notes.splitlines())


def test_bollards_stop_cars_not_motorcycles_and_gates_stop_nobody(draw, run):
    draw.way((0, 0), (0, 1), (0, 2), highway="residential")
    draw.way((1, 0), (1, 1), (1, 2), highway="residential")
    draw.way((0, 0), (1, 0), highway="residential")
    draw.at(0, 1, barrier="bollard")
    draw.at(1, 1, barrier="gate")
    made, _, _ = run()
    times = network(made)
    walked, driven = (times.travel_times([point(0, 0)], point(0, 2), who)[0].seconds for who in ("car", "motorcycle"))
    assert walked > 2 * driven
    assert times.travel_times([point(1, 0)], point(1, 2))[0].seconds < walked / 2


def test_a_ferry_is_boarded_from_the_nearest_street_and_one_far_out_is_named(draw, run):
    draw.way((0, 0), (0, 3), highway="residential")
    draw.way((20, 0), (20, 3), highway="footway")
    draw.way((1, 3), (19, 3), route="ferry", duration="00:10", name="Pompong")
    far = draw.way((0, 50), (0, 70), route="ferry")
    made, _, notes = run()
    way = network(made).travel_times([point(0, 0)], point(20, 3))[0]
    assert way.mode == "road+boat" and 15 * 60 < way.seconds < 22 * 60
    assert notes.count(f"way {far}: this ferry ends") == 2


def test_an_island_is_land_the_sea_is_not_and_a_lake_neither(draw, run):
    draw.way((5, 5), (5, 6), highway="residential")
    # Land lies on the left of a coast: counter-clockwise round an island, clockwise round a bay.
    draw.way((2, 2), (2, 20), (20, 20), (20, 2), (2, 2), natural="coastline")
    draw.way((10, 10), (10, 14), (14, 14), (14, 10), (10, 10), natural="water")
    made, _, _ = run(clip="0.89,104.39,0.93,104.43")
    land = shapely.union_all([shape(one["geometry"]) for one in made["land.geojson"]["features"]])

    def dry(row, column):
        return land.contains(shapely.Point(point(row, column)[::-1]))

    assert dry(5, 5) and dry(19, 19)
    assert not dry(1, 1) and not dry(12, 12) and not dry(25, 5)


@pytest.mark.parametrize("northward", [True, False])
def test_a_coast_that_the_clip_cuts_has_its_land_on_the_left(draw, run, northward):
    draw.way((5, 5), (5, 15), highway="residential")
    coast = [(-50, 10), (0, 11), (20, 10), (90, 10)]
    draw.way(*(coast if northward else coast[::-1]), natural="coastline")
    made, _, notes = run(clip="0.89,104.39,0.93,104.43")
    land = shapely.union_all([shape(one["geometry"]) for one in made["land.geojson"]["features"]])
    west, east = (land.contains(shapely.Point(point(5, column)[::-1])) for column in (2, 20))
    assert (west, east) == (northward, not northward)
    assert notes == ""


def test_without_any_coast_all_is_land(draw, run):
    block(draw)
    made, _, _ = run()
    assert len(made["land.geojson"]["features"]) == 1


def test_borders_by_level_and_a_broken_one_by_its_number(draw, run):
    block(draw)
    half = draw.way((-1, -1), (-1, 5), (5, 5))
    rest = draw.way((5, 5), (5, -1), (-1, -1))
    draw.relation(("w", half, "outer"), ("w", rest, "outer"), type="boundary", boundary="administrative",
                  admin_level="7", name="Sei Jang")  # fmt: skip
    broken = draw.relation(("w", half, "outer"), ("w", 4711, "outer"), type="boundary", boundary="administrative",
                           admin_level="6", name="Bukit Bestari")  # fmt: skip
    made, _, notes = run()
    assert [one["properties"]["name"] for one in made["boundaries.geojson"]["features"]] == ["Sei Jang"]
    assert made["boundaries.geojson"]["features"][0]["properties"]["kind"] == "kelurahan"
    assert f"relation {broken}: Bukit Bestari: 1 of its ways are not in the extract" in notes


def test_names_addresses_and_kilometre_posts(draw, run):
    block(draw)
    draw.at(1, 1, amenity="hospital", name="RSUD Raja Ahmad Tabib", alt_name="RSUD RAT;RS Provinsi")
    draw.at(1, 2, amenity="place_of_worship", religion="muslim", name="Al Hikmah")
    draw.at(2, 2, amenity="place_of_worship", religion="muslim", name="Al Hikmah")
    draw.at(2, 1, addr__street="Jl. Merdeka", addr__housenumber="12")
    draw.at(0, 3, highway="milestone", distance="5")
    draw.way((1, 1.2), (1, 1.4), (1.2, 1.4), (1, 1.2), building="yes", name="Gedung Daerah")
    _, rows, _ = run()
    assert [(row["name"], row["kind"]) for row in rows] == [
        ("Al Hikmah", "mosque"), ("Al Hikmah (2)", "mosque"), ("Gedung Daerah", "landmark"),
        ("Jl. Merdeka No. 12", "address"), ("Km 5", "km"), ("RSUD Raja Ahmad Tabib", "hospital"),
    ]  # fmt: skip
    assert rows[-1]["aliases"] == "RSUD RAT;RS Provinsi"
    _, rows, _ = run(addresses=False)
    assert "address" not in {row["kind"] for row in rows}


def test_a_clip_leaves_out_what_lies_outside(draw, run):
    draw.way(*((0, column) for column in range(10)), highway="primary", name="Long")
    draw.way((9, 9), (9, 8), highway="primary", name="Far")
    draw.at(9, 9.5, amenity="school", name="Far school")
    made, rows, _ = run(clip="0.899,104.399,0.9015,104.4035")
    assert [one["properties"]["name"] for one in made["roads.geojson"]["features"]] == ["Long"]
    assert len(made["roads.geojson"]["features"][0]["geometry"]["coordinates"]) == 5
    assert rows == []


def test_a_way_with_lost_nodes_has_a_gap_and_says_so(draw, run):
    way = draw.way(*((0, column) for column in range(6)), highway="primary")
    draw.lost.add(draw.at(0, 3))
    made, _, notes = run()
    assert sorted(len(one["geometry"]["coordinates"]) for one in made["roads.geojson"]["features"]) == [2, 3]
    assert notes == f"way {way}: node {draw.at(0, 3)} is not in the extract; the way has a gap there\n"


def test_what_covers_the_ground_is_for_the_map_without_the_water_in_it(draw, run, tmp_path):
    block(draw)
    draw.way((0, 0), (0, 3), (3, 3), (3, 0), (0, 0), landuse="forest")
    lake = draw.way((1, 1), (1, 2.5), (2.5, 2.5), (2.5, 1), (1, 1), natural="water")
    draw.way((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.4, 0.2), (0.2, 0.2), building="yes")
    outer = draw.way((4, 0), (4, 2), (6, 2), (6, 0), (4, 0))
    inner = draw.way((5, 1), (5, 1.5), (5.5, 1.5), (5.5, 1), (5, 1))
    draw.relation(("w", outer, "outer"), ("w", inner, "inner"), type="multipolygon", landuse="industrial")
    draw.way((7, 0), (7, 3), highway="residential", landuse="forest")  # no area: it is not closed
    made, _, _ = run()
    covers = made["ground.geojson"]["features"]
    assert [one["properties"]["kind"] for one in covers] == ["green", "built", "building"]
    wood, works, house = (shape(one["geometry"]) for one in covers)
    holes = {len(works.interiors), len(wood.interiors)}
    assert holes == {1} and house.within(wood), lake
    assert made["land.geojson"]["bbox"] == pytest.approx([104.4, 0.9, 104.403, 0.907])
    found, _ = find_map(tmp_path / "city", tmp_path)
    assert found == tmp_path / "city" / "map.pmtiles", "the map is made of these files"


def test_the_other_files_of_a_city_stay_and_the_folder_of_before_is_kept(draw, tmp_path):
    shutil.copytree(CITY, tmp_path / "city")
    block(draw)
    extract = draw.save(tmp_path / "region.osm.pbf")
    import_osm(extract, tmp_path / "city", keep=("places.csv", "boundaries.geojson"), told=lambda text: None)
    city = load_city(tmp_path / "city")
    assert {edge.name for edge in city.network.edges} == {"South", "East", "North", "West"}
    assert city.layers()["roads"]["attribution"] == "© OpenStreetMap contributors"
    assert len(city.units) > 10 and len(city.places) > 50
    assert len(load_city(tmp_path / "city.before").network.edges) > 100
    assert not (tmp_path / "city.new").exists()


def test_an_import_that_fails_leaves_the_city_as_it_was(draw, tmp_path):
    shutil.copytree(CITY, tmp_path / "city")
    before = {file.name: file.read_bytes() for file in (tmp_path / "city").iterdir()}
    whole = block(draw) and draw.save(tmp_path / "region.osm.pbf").read_bytes()
    (tmp_path / "cut.osm.pbf").write_bytes(whole[: len(whole) - 20])
    (tmp_path / "text.osm.pbf").write_bytes(b"<html>not found</html>")
    (tmp_path / "empty.osm.pbf").write_bytes(b"")
    for name in ("cut", "text", "empty", "missing"):
        with pytest.raises(ExtractError, match=f"{name}.osm.pbf"):
            import_osm(tmp_path / f"{name}.osm.pbf", tmp_path / "city", told=lambda text: None)
    # Streets alone do not make a queue's border: what is read back is the whole city.
    with pytest.raises(CityError, match="queues.toml"):
        import_osm(tmp_path / "region.osm.pbf", tmp_path / "city", told=lambda text: None)
    assert {file.name: file.read_bytes() for file in (tmp_path / "city").iterdir()} == before
    assert not (tmp_path / "city.new").exists()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"clip": "1,2,3"}, "south,west,north,east"),
        ({"clip": "2,104,1,105"}, "is no box"),
        ({"clip": "50,5,51,6"}, "no street lies"),
        ({"keep": ("units.csv",)}, "is not written by an import"),
        ({"speeds": "nowhere.toml"}, "primary = 45"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_what_to_write(draw, run, how, said):
    block(draw)
    with pytest.raises(ExtractError, match=said):
        run(**how)


def test_the_program_tells_its_progress_and_its_mistakes_in_sentences(draw, tmp_path):
    block(draw)
    extract = draw.save(tmp_path / "region.osm.pbf")
    command = [sys.executable, "-m", "dispatch.process.cli", "import-osm", "--out", str(tmp_path / "city")]
    ran = subprocess.run([*command, str(extract)], capture_output=True, text=True, cwd=CITY.parents[2])
    assert ran.returncode == 0, ran.stderr
    assert "4 streets and boat routes" in ran.stdout and "is ready after" in ran.stdout
    ran = subprocess.run([*command, str(tmp_path / "no.pbf")], capture_output=True, text=True, cwd=CITY.parents[2])
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "download an extract first" in ran.stderr
