"""The archive of a city's map tiles: `map.pmtiles`, with the digest of the files it was made from.

PMTiles 3 (github.com/protomaps/PMTiles): a header, a directory, the tiles; a browser reads it by ranges of bytes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from routing.city.files import CityError, read_geojson, text_of
from routing.text import Text, text
from routing.tiles.cutting import tiles_of
from routing.tiles.layers import layers_of

FILE = "map.pmtiles"
_NEEDED = ("roads", "land", "boundaries")
_MORE = ("ground", "centres")
_INPUTS = (*(f"{name}.geojson" for name in (*_NEEDED, *_MORE)), "places.csv")
# Counted up when other tiles are made of the same files.
_MAKE = b"1"
_EVERY = 1_000


def digest_of(folder: Path) -> str:
    """Of the files that the map is made from, 32 hexadecimal digits."""
    found = hashlib.sha256(_MAKE)
    for name in _INPUTS:
        body = (folder / name).read_bytes() if (folder / name).is_file() else b""
        found.update(b"%s %d\n" % (name.encode(), len(body)) + body)
    return found.hexdigest()[:32]


def write_map(folder: Path, file: Path, told: Callable[[Text], None] = lambda said: None) -> None:
    """Makes `file` from the city's files in `folder`, all at once or not at all; `told` hears of the progress.
    Raises CityError that names file and feature."""
    told(text("import.tiles"))
    digest = digest_of(folder)
    there = [name for name in _MORE if (folder / f"{name}.geojson").exists()]
    drawn = {name: read_geojson(folder, f"{name}.geojson") for name in (*_NEEDED, *there)}
    rows = csv.DictReader(text_of(folder, "places.csv").splitlines())
    tiles: list[tuple[int, bytes]] = []
    for zoom, x, y, body in tiles_of(layers_of(**drawn, places=rows)):
        tiles.append((zxy_to_tileid(zoom, x, y), gzip.compress(body, 6, mtime=0)))
        if len(tiles) % _EVERY == 0:
            told(text("import.tiles-so-far", tiles=len(tiles)))
    if not tiles:
        raise CityError("city.nothing-drawn")
    kept, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(kept, "wb") as out:
            writer = Writer(out)
            for number, body in sorted(tiles):
                writer.write_tile(number, body)
            header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
            writer.finalize(header, {"name": "Siaga 112", "digest": digest})
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(0o644)
        os.replace(beside, file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    told(text("import.tiles-made", tiles=len(tiles), megabytes=f"{file.stat().st_size / 1e6:.1f}"))


def digest_in(file: Path) -> str:
    """The digest of what an archive was made from; "" when there is none, or it is cut off or damaged."""
    try:
        with file.open("rb") as archive:
            reader = Reader(MmapSource(archive))
            header = reader.header()
            whole = header["tile_data_offset"] + header["tile_data_length"] == file.stat().st_size
            return str(reader.metadata().get("digest", "")) if whole else ""
    except Exception:
        # Any byte may be wrong, and the library promises no exception of its own.
        return ""


def find_map(folder: Path, kept: Path) -> tuple[Path | None, Path]:
    """The archive made of the city's files as they are now, in their folder or in `kept`; and where one would be
    kept."""
    digest = digest_of(folder)
    place = kept / f"{digest}.pmtiles"
    return next((file for file in (folder / FILE, place) if digest_in(file) == digest), None), place
