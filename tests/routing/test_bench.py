"""The figures that the documents quote can be measured again by anybody."""

import subprocess
import sys
from pathlib import Path


def test_the_measurement_runs_and_prints_its_figures():
    script = Path(__file__).parents[2] / "bench" / "routing.py"
    command = [sys.executable, script, "--rounds", "2"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "2000 units" in ran.stdout and "nearest on the map" in ran.stdout
