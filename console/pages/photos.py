"""Photos from callers' telephones: checked, kept as they came under their digest, and shown without what they tell
beside the picture (EXIF may hold a place, a name, a serial number)."""

from __future__ import annotations

import hashlib
import os
import secrets
import warnings
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image, ImageOps

from routing.text import CodedError

MAX_BYTES = 8_000_000
MAX_PIXELS = 50_000_000
_KINDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
_SHOWN = 1600


class KeptPhoto(msgspec.Struct, frozen=True):
    """`size` in bytes; `width`, `height` in pixels, as the file says them."""

    digest: str
    size: int
    type: str
    width: int
    height: int


class NoPhoto(CodedError, ValueError):
    """What came is no picture that we keep."""


def keep_photo(folder: Path, body: bytes) -> KeptPhoto:
    """Blocking. Writes `<digest>.<jpg|png|webp>` and `<digest>.view.jpg`. Raises NoPhoto, OSError (the disk)."""
    if not body or len(body) > MAX_BYTES:
        raise NoPhoto("problem.photo-size", bytes=len(body), most=MAX_BYTES)
    shown, kind, (width, height) = _shown(body)
    ending, content_type = _KINDS[kind]
    digest = hashlib.sha256(body).hexdigest()
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    _write(folder / f"{digest}.{ending}", body)
    whole = folder / f".{digest}.{secrets.token_hex(4)}.jpg"
    shown.save(whole, "JPEG", quality=82)
    os.replace(whole, folder / f"{digest}.view.jpg")
    return KeptPhoto(digest, len(body), content_type, width, height)


def _shown(body: bytes) -> tuple[Image.Image, str, tuple[int, int]]:
    """(a copy of the pixels alone, upright and not too large; format; size). Pillow raises many kinds of errors on
    bytes from strangers, and each of them means that this is no photo."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(body), formats=tuple(_KINDS)) as found:
                kind, size = found.format or "", found.size
                if size[0] * size[1] > MAX_PIXELS:
                    raise NoPhoto("problem.photo-pixels", width=size[0], height=size[1], most=MAX_PIXELS)
                found.draft("RGB", (_SHOWN, _SHOWN))  # a large JPEG is decoded small at once
                upright = ImageOps.exif_transpose(found)
                upright.thumbnail((_SHOWN, _SHOWN))
                shown = Image.new("RGB", upright.size)
                shown.paste(upright.convert("RGB"))
                return shown, kind, size
    except NoPhoto:
        raise
    except Exception as wrong:
        raise NoPhoto("problem.no-photo", detail=type(wrong).__name__) from None


def _write(file: Path, body: bytes) -> None:
    """Whole on the disk before the journal says that it is there."""
    made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    os.replace(made, file)
