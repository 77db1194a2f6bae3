"""Times, distances and the reasons of a ranking in words, in Indonesian and English, always the same way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from routing.recommendation.units import Turnout

_DAYS_ID = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIDES_ID = ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut")
_SIDES_EN = ("northern", "north-eastern", "eastern", "south-eastern", "southern", "south-western", "western",
             "north-western")  # fmt: skip


class Said(msgspec.Struct, frozen=True):
    """The same sentence in Indonesian and in English."""

    id: str
    en: str

    def __add__(self, other: Said) -> Said:
        return Said(f"{self.id} {other.id}".strip(), f"{self.en} {other.en}".strip())


def duration(seconds: float) -> Said:
    """3 mnt 10 dtk; from 20 minutes on in whole minutes, from two hours on in hours."""
    whole = max(0, round(seconds))
    if whole >= 7200:
        hours, minutes = divmod(round(whole / 60), 60)
        return Said(f"{hours} jam {minutes} mnt", f"{hours} h {minutes} min")
    if whole >= 1200:
        return Said(f"{round(whole / 60)} mnt", f"{round(whole / 60)} min")
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return Said(f"{rest} dtk", f"{rest} s")
    if not rest:
        return Said(f"{minutes} mnt", f"{minutes} min")
    return Said(f"{minutes} mnt {rest} dtk", f"{minutes} min {rest} s")


def distance(metres: float) -> Said:
    """850 m, 1,8 km (1.8 km in English)."""
    if metres < 995:
        said = f"{round(metres / 10) * 10} m"
        return Said(said, said)
    said = f"{metres / 1000:.1f} km"
    return Said(said.replace(".", ","), said)


def turning_out(turnout: Turnout) -> Said:
    """How long it takes until the unit rolls, and why so long."""
    time = duration(turnout.seconds)
    return {
        "station": Said(f"{time.id} bersiap", f"{time.en} to turn out"),
        "night": Said(f"{time.id} bersiap di malam hari", f"{time.en} to turn out by night"),
        "away": Said(f"{time.id} bersiap di luar pos", f"{time.en} to set off, away from its station"),
        "rolling": Said(f"{time.id} karena sudah bergerak", f"{time.en} as it is moving already"),
    }[turnout.how]


def quickest(seconds: float, metres: float, turnout: Turnout) -> Said:
    time, way, ready = duration(seconds), distance(metres), turning_out(turnout)
    return Said(
        f"Tercepat menurut waktu tempuh: {time.id} ({way.id}), termasuk {ready.id}.",
        f"Quickest by travel time: {time.en} ({way.en}), including {ready.en}.",
    )


def _way(seconds: float, metres: float, turnout: Turnout) -> Said:
    """The time and the way; the turn-out only where it is not the usual one."""
    time, way, ready = duration(seconds), distance(metres), turning_out(turnout)
    if turnout.how == "station":
        return Said(f"{time.id} ({way.id})", f"{time.en} ({way.en})")
    return Said(f"{time.id} ({way.id}), termasuk {ready.id}", f"{time.en} ({way.en}), including {ready.en}")


def later(seconds: float, metres: float, gap: float, first: str, turnout: Turnout) -> Said:
    way, late = _way(seconds, metres, turnout), duration(gap)
    if round(gap) == 0:
        return Said(f"Sama cepat dengan {first}: {way.id}.", f"As quick as {first}: {way.en}.")
    return Said(f"{late.id} lebih lambat daripada {first}: {way.id}.", f"{late.en} later than {first}: {way.en}.")


def could_come(seconds: float, metres: float, turnout: Turnout) -> Said:
    way = _way(seconds, metres, turnout)
    return Said(f"Dapat tiba dalam {way.id}.", f"Could be there in {way.en}.")


def off_shift(until: datetime, now: datetime) -> Said:
    """Until when a crew is not on duty; both in local time."""
    clock = f"{until:%H:%M}"
    if until - now < timedelta(days=1):
        return Said(f"Di luar jam dinas sampai {clock}.", f"Off shift until {clock}.")
    day = until.weekday()
    return Said(f"Di luar jam dinas sampai {_DAYS_ID[day]} {clock}.", f"Off shift until {_DAYS_EN[day]} {clock}.")


def capability(word: str) -> Said:
    """What a capability of units.csv is called; a city's own word stands for itself."""
    return Said(CAPABILITIES.get(word, word), word.replace("-", " "))


def chosen_for(word: str) -> Said:
    said = capability(word)
    return Said(f"Diusulkan untuk {said.id}.", f"Suggested for {said.en}.")


def must_be_asked(centre: str) -> Said:
    return Said(f"Milik {centre}, harus diminta.", f"Of {centre}, must be asked.")


def not_in_line(other: str, gap: float) -> Said:
    late = duration(gap)
    return Said(
        f"{other} lebih dekat di peta, tetapi {late.id} lebih lambat di jalan.",
        f"{other} is nearer on the map but {late.en} slower by road.",
    )


def not_free(other: str, why: str) -> Said:
    return Said(
        f"{other} lebih dekat, tetapi tidak siap{f' ({why})' if why else ''}.",
        f"{other} is nearer but not available{f' ({why})' if why else ''}.",
    )


def longer_way(seconds: float) -> Said:
    late = duration(seconds)
    return Said(
        f"Jalan biasanya ditutup: {late.id} lebih lama.", f"Its usual way is closed: {late.en} longer."
    )


def street_closed(name: str) -> Said:
    return Said(f"{name or 'Jalan tanpa nama'} ditutup.", f"{name or 'A street without a name'} is closed.")


def no_ferry(name: str, hours: tuple[float, float]) -> Said:
    """`hours`: from when to when it sails."""
    start, stop = (f"{int(hour):02}:{round(hour % 1 * 60):02}" for hour in hours)
    return Said(
        f"{name}: tidak ada perahu antara pukul {stop.replace(':', '.')} dan {start.replace(':', '.')}.",
        f"{name}: no ferry between {stop} and {start}.",
    )


def water_hinders(name: str, low: bool) -> Said:
    return Said(
        f"{name}: air terlalu {'rendah' if low else 'tinggi'}.", f"{name}: the water is too {'low' if low else 'high'}."
    )


def off_road(metres: float) -> Said:
    way = distance(metres)
    return Said(f"{way.id} di antaranya di luar jalan.", f"{way.en} of the way lie off the road.")


def _percent(share: float) -> Said:
    whole = round(share * 100)
    return Said(f"{whole} %", f"{whole} %")


def uncovers(area: str, share: float, word: str) -> Said:
    part, said = _percent(share), capability(word)
    return Said(
        f"Membuat {part.id} {area} tidak tercakup ({said.id}).", f"Leaves {area} {part.en} uncovered ({said.en})."
    )


def sooner_but(gap: float, other: str, area: str, share: float, word: str) -> Said:
    time, part, said = duration(gap), _percent(share), capability(word)
    return Said(
        f"{time.id} lebih cepat daripada {other}, tetapi membuat {part.id} {area} tidak tercakup ({said.id}).",
        f"{time.en} sooner than {other}, but leaves {area} {part.en} uncovered ({said.en}).",
    )


def shortage(word: str, count: int, busy: int, off_duty: int, far: int, cut_off: int) -> Said:
    said = capability(word)
    if not count:
        return Said(f"{said.id}: tidak ada unit yang lain.", f"{said.en}: there are no other units.")
    parts = [
        Said(f"{number} {id}", f"{number} {en}")
        for number, id, en in (
            (busy, "sedang bertugas", "busy"),
            (off_duty, "tidak dinas", "off duty"),
            (far, "terlalu jauh", "too far"),
            (cut_off, "tidak ada jalan ke sana sekarang", "without a way there now"),
            (count - busy - off_duty - far - cut_off, "sudah diusulkan", "suggested already"),
        )
        if number > 0
    ]
    known = Said(", ".join(part.id for part in parts), ", ".join(part.en for part in parts))
    return Said(f"{said.id}: dari {count} unit {known.id}.", f"{said.en}: of {count} units {known.en}.")


def move_up(unit: str, base: str, word: str, area: str, now: float, then: float) -> Said:
    said, before, after = capability(word), _percent(now), _percent(then)
    return Said(
        f"{area} tinggal {before.id} tercakup ({said.id}). Saran: {unit} bersiaga di {base}; menjadi {after.id}.",
        f"{area} is only {before.en} covered ({said.en}). Advice: {unit} stands by at {base}, making it {after.en}.",
    )


def first_at_edge(rival: str, bearings: list[float]) -> Said:
    """Where at the edge of the caller's area another unit would be first, or, `rival` "", this one; degrees from north,
    none for everywhere."""
    sides = [round(bearing / 45) % 8 for bearing in bearings]
    id = _together([_SIDES_ID[side] for side in sides], "dan")
    en = _together([_SIDES_EN[side] for side in sides], "and")
    where_id = f"Di tepi {id} area lokasi penelepon" if sides else "Di setiap tepi area lokasi penelepon"
    where_en = f"At the {en} edge of the caller's area" if sides else "At every edge of the caller's area"
    if rival:
        return Said(f"{where_id}, {rival} yang tercepat.", f"{where_en} {rival} would be first.")
    return Said(f"{where_id}, unit ini yang tercepat.", f"{where_en} this unit would be first.")


def _together(parts: list[str], word: str) -> str:
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def stale_fix(age: float | None) -> Said:
    if age is None:
        return Said("Posisi menurut pos, tanpa GPS.", "Position taken from its station, no GPS.")
    old = duration(age)
    return Said(f"Posisi terakhir {old.id} yang lalu.", f"Last position {old.en} ago.")


CAPABILITIES = {
    "advanced": "ambulans gawat darurat",
    "ambulance": "ambulans",
    "animal": "penanganan hewan",
    "boat": "kapal",
    "crowd": "pengendalian massa",
    "disaster": "penanggulangan bencana",
    "fire": "pemadam",
    "first-response": "penolong pertama",
    "police": "polisi",
    "rescue": "penyelamatan",
    "traffic": "lalu lintas",
    "water-rescue": "pertolongan di air",
    "water-tank": "mobil tangki",
}
TOO_FAR = Said("Terlalu jauh untuk diusulkan.", "Too far to be suggested.")
FERRY = Said("Dengan perahu umum dan jalan kaki.", "By public boat and on foot.")
OWN_BOAT = Said("Dengan kapal sendiri.", "By its own boat.")
CUT_OFF = Said("Sekarang tidak ada jalan ke sana.", "There is no way there now.")
ESTIMATE = Said(
    "Perkiraan dari garis lurus, bukan dari jalan.", "Estimated from a straight line, not from roads."
)
DOUBTFUL = {
    "jump": Said(
        "Posisinya meloncat; dihitung dari posisi pasti yang terakhir.",
        "Its position jumps; reckoned from the last sure one.",
    ),
    "inaccurate": Said("Posisinya hanya diketahui secara kasar.", "Its position is known only roughly."),
    "clock": Said("Jam alatnya salah, posisi mungkin lama.", "Its device's clock is wrong; the position may be old."),
    "silent": Said("Lama tanpa kabar; dihitung dari posnya.", "Silent for long; reckoned from its station."),
    "frozen": Said("Posisinya tetap padahal unit sedang jalan.", "Its position stands still although it is under way."),
}
