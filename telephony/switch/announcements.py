"""What callers are told: the words of each announcement, and which recordings one after the other. Pure.

A sound is one WAV `<name>.wav`, or one for each language: `<name>.id.wav`, `<name>.en.wav`. Words for a caller whose
language we know are in that language, else in both, the whole of it in one and then in the other.
"""

from __future__ import annotations

from collections.abc import Container

LANGUAGES = ("id", "en")
HIGHEST = 20
"""The highest place in the queue that is told as a number."""
_TENS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_COUNTED = {
    "id": (*_TENS, *(f"{one} belas" for one in _TENS[1:9]), "dua puluh"),
    "en": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    ).split(),
}

WORDS: dict[str, dict[str, str]] = {
    "announcement": {
        "id": "Anda terhubung dengan layanan darurat satu satu dua. Semua petugas sedang melayani. Jangan tutup "
              "telepon, panggilan Anda tetap antre.",
        "en": "You have reached emergency one one two. All call takers are busy. Please stay on the line.",
    },
    "queue_position": {"id": "Anda dalam antrean nomor", "en": "You are in the queue, number"},
    "number_many": {"id": "lebih dari dua puluh.", "en": "more than twenty."},
    "please_wait": {"id": "Mohon tetap di telepon.", "en": "Please stay on the line."},
    "silent": {
        "id": "Kami tidak mendengar Anda. Jika Anda tidak dapat berbicara, tekan lima.",
        "en": "We cannot hear you. If you cannot speak, press five.",
    },
    "ghost": {
        "id": "Jika Anda membutuhkan pertolongan, tetap di telepon, atau tekan lima agar didahulukan. Jika tidak, "
              "mohon tutup telepon agar orang lain dapat ditolong.",
        "en": "If you need help, stay on the line, or press five to be answered sooner. If you do not, please hang up, "
              "so that others can be helped.",
    },
    "hold": {
        "id": "Mohon tunggu sebentar, jangan tutup telepon. Kami tetap bersama Anda.",
        "en": "One moment please, stay on the line. We are still with you.",
    },
    "hold_on": {
        "id": "Jangan tutup telepon. Petugas segera kembali kepada Anda.",
        "en": "Do not hang up. The call taker will be back with you in a moment.",
    },
}  # fmt: skip
WORDS |= {f"number_{n}": {one: f"{_COUNTED[one][n - 1]}." for one in LANGUAGES} for n in range(1, HIGHEST + 1)}
WRITTEN = {
    "id": "Layanan darurat 112: pesan Anda kami terima, petugas segera membalas. Tulis apa yang terjadi dan di mana. "
          "Jika dapat berbicara, telepon 112.",
    "en": "Emergency 112: we have your message, a call-taker will answer soon. Write what happens and where. If you "
          "can speak, call 112.",
}  # fmt: skip
"""The announcement for those who write."""
FULL = "112: semua saluran penuh, telepon 112 / all lines are busy, call 112"
TESTED = "112: pesan uji diterima / test message received"


def language_of(tags: tuple[str, ...]) -> str:
    """The first of a caller's languages (BCP 47) that we speak, else ""; Malay is understood as Indonesian."""
    for tag in tags:
        first = tag.lower().split("-")[0]
        if first in ("id", "in", "ms"):
            return "id"
        if first == "en":
            return "en"
    return ""


def sequence(sounds: tuple[str, ...], language: str, known: Container[str]) -> tuple[str, ...]:
    """The recordings to play for these sounds. `known`: the names of recordings there are; `language` "" for both."""
    said: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    for one in (language,) if language else LANGUAGES:
        part = tuple(f"{name}.{one}" if f"{name}.{one}" in known else name for name in sounds)
        if part != before:
            said, before = said + part, part
    return said


def written(language: str) -> str:
    return WRITTEN[language] if language else " / ".join(WRITTEN.values())
