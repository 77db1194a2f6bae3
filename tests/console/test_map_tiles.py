"""The base map as people get it: ranges of one file, painted without WebGL; without tiles the plain map."""

from __future__ import annotations

import gzip
import io
import json
import shutil

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from pmtiles.reader import MemorySource, Reader

from console.map_tiles import MapTiles
from tests.console.desk import CITY, PASSWORD
from tests.console.pages import theme
from tests.texts import english

SEA, LAND = (0.9200, 104.4350), (0.9165, 104.4485)  # the strait to Penyengat; between the streets of Kota Lama
OPEN = """([lat, lon]) => import("/static/shared/store.mjs").then(async ({ui}) => {
  while (!ui.map) await new Promise((done) => setTimeout(done, 30));
  ui.map.go(lat, lon, 15);
})"""


@pytest.fixture(scope="module")
def tiles(desk):
    """The address of the archive, once it is there."""
    desk.thread.until(lambda: desk.tiles.digest)
    return desk.get("/api/v1/map", "dina").json["tiles"]


def test_the_archive_is_read_by_ranges_and_kept_under_its_digest(desk, tiles):
    whole = desk.get(tiles, "rudi")
    assert (whole.status, whole.headers["content-type"]) == (200, "application/vnd.pmtiles")
    assert whole.body == desk.tiles.file.read_bytes() and "content-encoding" not in whole.headers
    assert "immutable" in whole.headers["cache-control"] and whole.headers["cache-control"].startswith("private")
    assert whole.headers["etag"] == f'"{desk.tiles.digest}"'
    part = desk.get(tiles, "audi", Range="bytes=7-126")
    assert (part.status, part.body) == (206, whole.body[7:127])
    assert part.headers["content-range"] == f"bytes 7-126/{len(whole.body)}"
    assert desk.get(tiles, "dina", Range=f"bytes={len(whole.body)}-").status == 416
    head = desk.ask("HEAD", tiles, "dina")
    assert (head.status, head.body, int(head.headers["content-length"])) == (200, b"", len(whole.body))
    tile = gzip.decompress(Reader(MemorySource(whole.body)).get(14, 12945, 8149))
    assert b"Jl. Merdeka" in tile


def test_the_map_is_for_people_who_signed_in_and_only_this_one(desk, tiles):
    assert desk.get(tiles).status == 401
    assert desk.get(tiles, "gps").status == 403
    for other in ("0" * 32, "..%2F..%2Fjournal", "%00"):
        assert desk.get(f"/api/v1/map/{other}.pmtiles", "dina").status == 404


def test_a_map_that_cannot_be_made_is_said_and_a_second_start_finds_the_one_that_was(desk, tiles, tmp_path):
    folder, kept = tmp_path / "city", tmp_path / "maps"
    shutil.copytree(CITY, folder)
    (folder / "ground.geojson").write_text('{"type": "FeatureCollection", "features": [{"geometry": null}]}')

    def start():
        made = MapTiles(desk.thread.reactor, desk.room, folder, kept)
        desk.thread.call(made.startService)
        return made

    broken = start()
    alarm = desk.thread.until(lambda: desk.room.board.alarms.get("map"))
    assert "ground.geojson, feature 1" in english(alarm) and alarm.level == "warning" and broken.file is None
    (folder / "ground.geojson").unlink()
    kept.mkdir(exist_ok=True)
    shutil.copy(desk.tiles.file, kept)
    found = start()
    desk.thread.until(lambda: found.digest)
    assert found.file == kept / desk.tiles.file.name
    desk.thread.until(lambda: "map" not in desk.room.board.alarms)
    for one in (broken, found):
        desk.thread.call(one.stopService)


def colours(page) -> tuple[np.ndarray, np.ndarray]:
    """What is painted at SEA and at LAND, as RGB."""
    found = []
    for place in (SEA, LAND):
        page.evaluate(OPEN, list(place))
        expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
        expect(page.locator(".leaflet-tile:not(.leaflet-tile-loaded)")).to_have_count(0)
        page.wait_for_timeout(300)
        picture = np.asarray(Image.open(io.BytesIO(page.locator(".leaflet-box").screenshot())).convert("RGB"))
        middle = picture[picture.shape[0] // 2 - 8 : picture.shape[0] // 2 + 8, picture.shape[1] // 2 - 8 :][:, :16]
        found.append(np.median(middle.reshape(-1, 3), axis=0))
    return found[0], found[1]


def wanted(page, name: str) -> np.ndarray:
    text = page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('{name}').trim()")
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)])


def test_sea_and_land_are_painted_by_day_and_by_night_without_webgl(visit, site, tiles):
    asked, kinds = [], "window.kinds = []; const get = HTMLCanvasElement.prototype.getContext;"
    kinds += "HTMLCanvasElement.prototype.getContext = function (...a) { kinds.push(a[0]); return get.apply(this, a); }"
    page = visit("pimpin")
    page.context.on("request", lambda request: asked.append(request.url))
    page.add_init_script(kinds)
    for look in "day", "night":
        theme(page, look)
        sea, land = colours(page)
        assert np.abs(sea - wanted(page, "--sea")).max() <= 2, sea
        assert np.abs(land - wanted(page, "--land")).max() <= 2, land
    page.get_by_role("button", name="Siang / malam").click()
    _, land = colours(page)
    assert np.abs(land - wanted(page, "--land")).max() <= 2, "painted again, in the colours of the day"
    assert set(page.evaluate("kinds")) == {"2d"}
    assert any(".pmtiles" in url for url in asked) and not any("/api/v1/map/plain" in url for url in asked)
    assert all(url.startswith((site.url, "blob:", "data:")) for url in asked), "nothing from elsewhere"
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("belum disurvei")
    page.locator(".leaflet-control-attribution").click(trial=True)  # nothing lies over it
    assert page.complaints == []


def test_a_damaged_archive_leaves_the_plain_map_and_tiles_that_come_later_take_its_place(visit, desk, tiles):
    page = visit()
    page.context.route("**/*.pmtiles", Damaged(desk.tiles.file))
    sign_in(page)
    expect(page.locator(".leaflet-base-pane canvas")).to_be_visible()
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    page.context.unroute("**/*.pmtiles")
    said = {"tiles": "", "attribution": "© Orang lain"}
    page.context.route("**/api/v1/map", lambda route: route.fulfill(body=json.dumps(said)))
    page.reload()
    expect(page.locator(".leaflet-base-pane canvas")).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© Orang lain")
    away = iter(range(2))  # the server is away for as many answers
    page.context.route("**/*.pmtiles", lambda route: route.continue_() if next(away, None) is None else route.abort())
    said["tiles"] = tiles
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".leaflet-base-pane canvas")).to_have_count(0)
    assert page.complaints == []


class Damaged:
    """Answers with ranges of an archive whose tiles are noise."""

    def __init__(self, file) -> None:
        body = bytearray(file.read_bytes())
        start = int.from_bytes(body[56:64], "little")  # of the tiles' data, PMTiles 3
        body[start:] = bytes(byte ^ 0x55 for byte in body[start:])
        self._body = bytes(body)

    def __call__(self, route) -> None:
        first, last = route.request.headers["range"].removeprefix("bytes=").split("-")
        route.fulfill(status=206, body=self._body[int(first) : int(last) + 1])


def sign_in(page) -> None:
    page.fill("#user", "pimpin")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/console")
