"""Runs the tests of mended faults on the commit before and on this one, and prints both side by side.

    .venv/bin/python bench/before_after.py --before FOLDER|COMMIT [--issue 11] [--row 7 --row 9]

Those are the tests marked `fault(issue, row)`. `--before` names a commit, which is cloned beside this checkout and set
up (its telephone stack is built unless it is in the cache), or the folder of such a clone. There the tests of today
replace its own, so that the same test runs on both. What a test measured it says by `record_property("figure", …)`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
_KEEP = ("tests", "pyproject.toml")
"""What the clone of the commit before gets from here: the tests, and the settings that register their marks."""


class Outcome:
    """How one test ended (passed, failed, error, skipped), the figure that it gave, and of which row it is."""

    def __init__(self, case: ElementTree.Element) -> None:
        said = {one.get("name"): one.get("value", "") for one in case.iter("property")}
        self.row, self.figure = int(said.get("row", 0)), said.get("figure", "")
        wrong = next((one for one in case if one.tag in ("failure", "error", "skipped")), None)
        self.how = {"failure": "failed", None: "passed"}.get(wrong.tag if wrong is not None else None) or wrong.tag

    def __str__(self) -> str:
        return f"{self.how}, {self.figure}" if self.figure else self.how


def prepare(before: str) -> Path:
    """The folder of a clone that is set up. Raises subprocess.CalledProcessError."""
    if Path(before).is_dir():
        return Path(before).resolve()
    there = ROOT.parent / f"{ROOT.name}-before"
    if not there.exists():
        subprocess.run(["git", "clone", "-q", str(ROOT), str(there)], check=True)
    subprocess.run(["git", "checkout", "-q", "-f", before], cwd=there, check=True)
    subprocess.run(["deploy/setup.sh"], cwd=there, check=True)
    return there


def take_tests(there: Path) -> None:
    shutil.rmtree(there / "tests")
    for name in _KEEP:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, there / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, there / name)


def run(folder: Path, issue: int, rows: list[int]) -> dict[str, Outcome]:
    """Test's name -> how it ended there. A file that cannot even be imported there gives none."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        chosen = ["--fault-issue", str(issue), *(word for row in rows for word in ("--fault-row", str(row)))]
        line = [".venv/bin/python", "-m", "pytest", "-q", "--continue-on-collection-errors", "--junitxml", str(report)]
        subprocess.run([*line, *chosen], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not report.exists():
            sys.exit(f"pytest wrote no report in {folder}; run it there by hand: {' '.join([*line[:3], *chosen])}")
        cases = ElementTree.parse(report).getroot().iter("testcase")
        return {f"{case.get('classname')}.{case.get('name')}": Outcome(case) for case in cases}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--before", required=True, help="a commit, or a folder with a clone of it that is set up")
    parser.add_argument("--issue", type=int, default=11)
    parser.add_argument("--row", type=int, action="append", default=[])
    given = parser.parse_args()
    there = prepare(given.before)
    take_tests(there)
    before, after = run(there, given.issue, given.row), run(ROOT, given.issue, given.row)
    print("| row | test | before | now |\n|---|---|---|---|")
    wrong = 0
    for name, now in sorted(after.items(), key=lambda one: (one[1].row, one[0])):
        then = before.get(name)
        told = [str(one) if one else "not importable" for one in (then, now)]
        print(f"| {now.row} | `{name}` | {told[0]} | {told[1]} |", flush=True)
        wrong += now.how != "passed" or (then is not None and then.how == "passed")
    print(f"\n{len(after)} tests; {wrong} that do not fail before and pass now")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
