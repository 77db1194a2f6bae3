"""`python -m routing.tiles CITY FILE`: makes a map in a process of its own, when nobody else wants the processor."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from routing.city.files import CityError
from routing.text import text
from routing.tiles.archive import write_map


def main() -> int:
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    folder, file = (Path(word) for word in sys.argv[1:])
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_map(folder, file)
    except (CityError, OSError) as wrong:
        # Who started this knows the words: it gets what is wrong as JSON.
        said = wrong.text if isinstance(wrong, CityError) else text("city.map-not-written", detail=str(wrong))
        print(msgspec.json.encode(said).decode(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
