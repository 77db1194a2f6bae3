"""Writes requirements.lock anew: each package of it at its version, with the digests of every file that fits.

    .venv/bin/python deploy/lock.py    after a version in requirements.lock was changed, or a line NAME==VERSION added

The digests come from the package index (PEP 691); pip refuses a file that has another one.
"""

from __future__ import annotations

import json
import os
import re
import urllib.request
from pathlib import Path

from pip._internal.models.index import PyPI

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
INDEX = os.environ.get("PIP_INDEX_URL") or PyPI.simple_url
_HEAD = """\
# Every Python package, at the version the tests run with, with the SHA-256 of its files for Linux (PC and ARM) and its
# source. Change a version or add a line NAME==VERSION, run deploy/lock.py and make test, commit both.
"""
_FITS = re.compile(
    r"-(py3|py2\.py3|cp31[1-4]|cp3\d+)-(none|abi3|cp31[1-4])-(any|[\w.]*linux[\w.]*(x86_64|aarch64)[\w.]*)\.whl$"
    r"|\.tar\.gz$"
)


def files_of(name: str, version: str) -> list[str]:
    """Digests of the files of one version. Raises OSError, and SystemExit where the index has no such version."""
    asked = urllib.request.Request(
        f"{INDEX.rstrip('/')}/{re.sub(r'[-_.]+', '-', name).lower()}/",
        headers={"Accept": "application/vnd.pypi.simple.v1+json"},
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        files = json.load(answer)["files"]
    begins = re.compile(re.sub(r"[-_.]+", "[-_.]+", name) + "-" + re.escape(version) + r"(-|\.tar)", re.IGNORECASE)
    found = [
        one["hashes"]["sha256"] for one in files if begins.match(one["filename"]) and _FITS.search(one["filename"])
    ]
    if not found:
        raise SystemExit(f"{name}=={version} is not on the index; correct its line in {LOCK.name}.")
    return sorted(set(found))


def main() -> None:
    lines = LOCK.read_text("utf-8").splitlines()
    pinned = sorted({tuple(m.groups()) for one in lines if (m := re.match(r"([\w.-]+)==([^\s\\]+)", one))}, key=_order)
    written = [_HEAD]
    for name, version in pinned:
        digests = " \\\n".join(f"    --hash=sha256:{one}" for one in files_of(name, version))
        written.append(f"{name}=={version} \\\n{digests}\n")
    LOCK.write_text("".join(written), "utf-8")


def _order(pinned: tuple[str, ...]) -> str:
    return pinned[0].lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    main()
