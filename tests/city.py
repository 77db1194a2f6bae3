"""The demo city's files, for tests that change them."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "deploy" / "city" / "tanjungpinang"


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
