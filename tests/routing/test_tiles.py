"""A city's files become map tiles: what a browser would draw is what was drawn, and where."""

from __future__ import annotations

import gzip
import json
import math
import shutil
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader, all_tiles

from dispatch.settings import ROOT
from routing.city.files import CityError
from routing.tiles.archive import FILE, digest_in, digest_of, find_map, write_map
from routing.tiles.cutting import BEYOND, EXTENT, TOP, tiles_of
from routing.tiles.layers import DETAIL, NOTHING, layers_of, projected

DEMO = ROOT / "deploy/city/tanjungpinang"


def collection(*features: tuple[dict, dict]) -> dict:
    rows = [{"type": "Feature", "properties": said, "geometry": drawn} for drawn, said in features]
    return {"type": "FeatureCollection", "features": rows}


def line(*points, **said) -> tuple[dict, dict]:
    return {"type": "LineString", "coordinates": points}, {"class": "primary", **said}


def polygon(shape, **said) -> tuple[dict, dict]:
    return json.loads(shapely.to_geojson(shape)), said


def decoded(roads=NOTHING, land=NOTHING) -> dict[tuple[int, int, int], dict]:
    made = tiles_of(layers_of(roads, land, NOTHING, ()))
    return {(z, x, y): read(body) for z, x, y, body in made}


def read(body: bytes) -> dict:
    return mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})


def world(tile: tuple[int, int, int], points) -> np.ndarray:
    """Points of a tile, as parts of the world."""
    zoom, x, y = tile
    return (np.array(points, dtype=float) / EXTENT + [x, y]) / 2**zoom


def whole(tiles: dict, layer: str, zoom: int = DETAIL) -> shapely.Geometry:
    """What all tiles of a zoom have of a layer, put together again, each cut to its own square."""
    parts = []
    for tile, layers in tiles.items():
        if tile[0] == zoom and layer in layers:
            square = shapely.box(*world(tile, [(0, 0)])[0], *world(tile, [(EXTENT, EXTENT)])[0])
            for feature in layers[layer]["features"]:
                drawn = shapely.geometry.shape(feature["geometry"])
                drawn = shapely.transform(drawn, lambda points, tile=tile: world(tile, points))
                parts.append(shapely.make_valid(drawn).intersection(square))
    return shapely.union_all(parts)


def named(tiles: dict, layer: str) -> set[str]:
    said = [one["properties"] for layers in tiles.values() for one in layers.get(layer, NOTHING)["features"]]
    return {one["name"] for one in said if "name" in one}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("map") / FILE
    write_map(DEMO, file)
    return file


def test_the_demo_city_has_tiles_of_every_zoom_that_all_decode(demo):
    with demo.open("rb") as archive:
        tiles = {tile: read(gzip.decompress(body)) for tile, body in all_tiles(MmapSource(archive))}
        header = Reader(MmapSource(archive)).header()
    assert {zoom for zoom, _, _ in tiles} == set(range(TOP, DETAIL + 1))
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (TOP, DETAIL, True)
    drawn = json.loads((DEMO / "roads.geojson").read_text())["features"]
    assert named(tiles, "roads") == {one["properties"]["name"] for one in drawn if one["properties"]["name"]}
    assert {"Batu 5", "Pelabuhan Sri Bintan Pura"} <= named(tiles, "places")
    # Land is land and sea is sea: the market square, and the strait to Penyengat.
    land = whole(tiles, "land")
    on, off = (shapely.Point(projected(np.array([point]))[0]) for point in ((104.4485, 0.9270), (104.435, 0.920)))
    assert land.contains(on) and not land.contains(off)


def test_a_street_comes_back_within_half_a_pixel_however_many_tiles_it_crosses():
    points = [(104.40, 0.90), (104.4312345, 0.9154321), (104.4611, 0.9011), (104.5222, 0.95)]
    tiles = decoded(collection(line(*points, name="Jl. Panjang")))
    drawn = shapely.LineString(projected(np.array(points)))
    pixel = 1 / 512 / 2**DETAIL
    assert sum(tile[0] == DETAIL for tile in tiles) > 12
    assert drawn.hausdorff_distance(whole(tiles, "roads")) < pixel / 2
    # And further out within a pixel of there.
    assert drawn.hausdorff_distance(whole(tiles, "roads", 11)) < 1 / 512 / 2**11


square = st.tuples(
    st.floats(-179, 178), st.floats(-80, 79), st.floats(0.001, 0.08), st.floats(0.001, 0.08), st.booleans()
)


@settings(max_examples=25, deadline=None)
@given(square)
def test_an_area_is_cut_right_wherever_on_earth(given_square):
    west, south, across, up, hole = given_square
    shape = shapely.box(west, south, west + across, south + up)
    if hole:
        shape -= shapely.box(west + across / 3, south + up / 3, west + across / 2, south + up / 2)
    tiles = decoded(land=collection(polygon(shape)))
    drawn = shapely.transform(shape, projected)
    found = whole(tiles, "land")
    # A unit of the deepest tiles beside each edge, at most.
    assert found.symmetric_difference(drawn).area <= drawn.length * 1.5 / EXTENT / 2**DETAIL
    for layers in tiles.values():
        for feature in layers.get("land", NOTHING)["features"]:
            for part in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
                assert part.exterior.is_ccw  # in tiles y grows to the south; fill rules depend on it
                assert not any(ring.is_ccw for ring in part.interiors)
                assert min(part.bounds) >= -BEYOND and max(part.bounds) <= EXTENT + BEYOND


def test_pieces_of_a_street_are_one_line_and_keep_their_direction():
    a, b, c, d = (104.40, 0.90), (104.402, 0.90), (104.404, 0.901), (104.406, 0.90)
    roads = collection(
        line(a, b, name="Jl. A", oneway=True), line(b, c, name="Jl. A", oneway=True), line(d, c, name="Jl. A"),
        line(a, d, **{"class": "residential", "speed": 10}),
    )  # fmt: skip
    [layer] = [layer for layer in layers_of(roads, NOTHING, NOTHING, ()) if layer.name == "roads"]
    keys = [tuple(one.get(key) for key in ("name", "oneway", "minor")) for one in layer.said]
    said = dict(zip(keys, layer.shapes, strict=True))
    assert set(said) == {("Jl. A", True, None), ("Jl. A", None, None), (None, None, True)}
    assert np.allclose(said["Jl. A", True, None].coords, projected(np.array([a, b, c])))


def test_a_border_between_two_is_drawn_once_and_names_stand_inside():
    left, right = shapely.box(104.0, 0.0, 104.1, 0.1), shapely.box(104.1, 0.0, 104.2, 0.1)
    neighbour = collection(polygon(shapely.box(104.2, 0.0, 104.3, 0.1), name="Sebelah", centre="s"))
    both = collection(
        polygon(left, name="Kiri", kind="kelurahan"), polygon(right, name="Kanan", kind="kelurahan"),
        polygon(shapely.box(104.0, 0.0, 104.2, 0.1), name="Kota", kind="kecamatan"),
    )  # fmt: skip
    layers = {layer.name: layer for layer in layers_of(NOTHING, NOTHING, both, (), centres=neighbour)}
    lengths = {}
    for said, shape in zip(layers["borders"].said, layers["borders"].shapes, strict=True):
        lengths[said["kind"]] = lengths.get(said["kind"], 0) + shape.length * 360
    assert lengths["centre"] == pytest.approx(0.4, rel=1e-3)
    assert lengths["kecamatan"] == pytest.approx(0.5, rel=1e-3)
    assert lengths["kelurahan"] == pytest.approx(0.1, rel=1e-3)
    at = dict(zip((one["name"] for one in layers["areas"].said), layers["areas"].shapes, strict=True))
    assert shapely.transform(left, projected).contains(at["Kiri"])


def test_a_place_is_named_as_people_say_and_once():
    rows = [
        {"name": "Kiri (2)", "aliases": "Kiri;Kampung Kiri", "kind": "quarter", "lat": "0.02", "lon": "104.03"},
        {"name": "RS (Kota)", "aliases": "Rumah sakit", "kind": "hospital", "lat": "0.02", "lon": "104.04"},
        {"name": "Jl. Merdeka No. 12a", "aliases": "", "kind": "address", "lat": "0.02", "lon": "104.05"},
    ]
    areas = collection(polygon(shapely.box(104.0, 0.0, 104.1, 0.1), name="Kiri", kind="kelurahan"))
    layers = {layer.name: layer for layer in layers_of(NOTHING, NOTHING, areas, rows)}
    assert [one["name"] for one in layers["places"].said] == ["RS (Kota)"]
    assert layers["areas"].said == [{"name": "Kiri", "kind": "kelurahan"}]
    assert np.allclose(layers["areas"].shapes[0].coords, projected(np.array([(104.03, 0.02)])))
    assert layers["addresses"].said == [{"number": "12a"}]


def test_the_edge_of_what_is_known_is_no_coast():
    known = shapely.box(104.0, 0.0, 104.2, 0.1)
    land = collection(polygon(known - shapely.box(104.1, 0.0, 104.2, 0.05))) | {"bbox": list(known.bounds)}
    layers = {layer.name: layer for layer in layers_of(NOTHING, land, NOTHING, ())}
    assert shapely.length(layers["coast"].shapes).sum() * 360 == pytest.approx(0.15, rel=1e-3)
    assert len(layers["sea"].shapes) == 1


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("roads.geojson", collection(line((104, 1), (104.1, 1)), polygon(shapely.box(0, 0, 1, 1))), "feature 2"),
        ("land.geojson", collection(({"type": "Polygon", "coordinates": [[[1, 2], [3]]]}, {})), "feature 1"),
        ("land.geojson", collection((None, {})), "feature 1"),
        ("land.geojson", {**NOTHING, "bbox": [1, "west"]}, "bbox"),
        ("boundaries.geojson", {"type": "Feature"}, "FeatureCollection"),
        ("ground.geojson", collection(line((104, 1), (104.1, 1))), "feature 1"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_left_behind(tmp_path, file, content, said):
    folder = tmp_path / "city"
    shutil.copytree(DEMO, folder)
    (folder / file).write_text(json.dumps(content))
    with pytest.raises(CityError, match=said) as wrong:
        write_map(folder, tmp_path / FILE)
    assert file in str(wrong.value)
    assert [one.name for one in tmp_path.iterdir()] == ["city"]


def test_a_line_of_no_end_is_no_map():
    with pytest.raises(CityError, match="roads.geojson, feature 1"):
        layers_of(collection(line((math.inf, 1), (104.1, 1))), NOTHING, NOTHING, ())


def test_an_archive_is_found_by_what_it_was_made_of_and_only_if_it_is_whole(tmp_path, demo):
    folder, kept = tmp_path / "city", tmp_path / "maps"
    shutil.copytree(DEMO, folder)
    none, place = find_map(folder, kept)
    assert none is None and place.parent == kept and digest_of(folder) in place.name
    kept.mkdir()
    shutil.copy(demo, place)
    assert find_map(folder, kept)[0] == place
    shutil.copy(demo, folder / FILE)
    assert find_map(folder, kept)[0] == folder / FILE
    whole_file = demo.read_bytes()
    for damaged in (b"", b"PMTiles", whole_file[:-1], whole_file[: len(whole_file) // 2], b"\xff" * 500, bytes(200)):
        place.write_bytes(damaged)
        assert digest_in(place) == ""
    (folder / FILE).unlink()
    assert find_map(folder, kept)[0] is None
    with (folder / "places.csv").open("a") as rows:
        rows.write("Warung Baru,,landmark,0.93,104.45\n")
    place.write_bytes(whole_file)
    assert find_map(folder, kept)[0] is None, "made of other files"


def test_the_same_files_make_the_same_bytes(tmp_path, demo):
    write_map(DEMO, tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == demo.read_bytes()
