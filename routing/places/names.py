"""How names are compared: word by word through their three-letter pieces, whatever is misspelt or abbreviated.

A wrong letter spoils three pieces, not the word. Numbers must be right. An index of the pieces picks the few names
that are compared at all: pieces that many names have weigh little there, as "jalan" does.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict

import numpy as np

# What callers and files shorten; "km" and "batu" are the same posts in Tanjungpinang.
_LONG = {
    "jl": "jalan",
    "jln": "jalan",
    "jalur": "jalan",
    "gg": "gang",
    "gng": "gang",
    "lr": "lorong",
    "lrg": "lorong",
    "blk": "blok",
    "km": "batu",
    "kilometer": "batu",
    "kilo": "batu",
    "bt": "batu",
    "sei": "sungai",
    "tj": "tanjung",
    "tg": "tanjung",
    "tjg": "tanjung",
    "kp": "kampung",
    "kpg": "kampung",
    "kamp": "kampung",
    "kmp": "kampung",
    "kel": "kelurahan",
    "kec": "kecamatan",
    "perum": "perumahan",
    "komp": "kompleks",
    "komplek": "kompleks",
    "mesjid": "masjid",
    "ps": "pasar",
    "psr": "pasar",
    "pel": "pelabuhan",
    "pusk": "puskesmas",
    "pkm": "puskesmas",
    "rs": "rumah sakit",
    "hj": "haji",
    "tpi": "tanjungpinang",
    "sman": "sma negeri",
    "smpn": "smp negeri",
    "smkn": "smk negeri",
    "sdn": "sd negeri",
    "simp": "simpang",
    "spg": "simpang",
    "sp": "simpang",
}
_NUMBERS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
DIGITS = {word: str(number) for number, word in enumerate(_NUMBERS, 1)}
# Words that tell little: they count for a quarter of another.
COMMON = frozenset("jalan gang di dekat depan belakang samping dari ke kampung tanjungpinang simpang".split())
_SAME_WORD = 0.4
_COMPARED = 60
_AS_BEGUN = 0.85


def plain(text: str) -> str:
    """Small letters without accents; letters and digits that touch are set apart."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", bare)
    return re.sub(r"\btanjung pinang\b", "tanjungpinang", bare)


def words_of(text: str) -> list[str]:
    """The words of a name as they are compared: plain small letters, long forms, digits for numbers."""
    found: list[str] = []
    for word in re.findall(r"[a-z]+|\d+", plain(text)):
        if word == "belas" and found and found[-1].isdigit():
            found[-1] = str(int(found[-1]) + 10)
            continue
        word = str(int(word[:9])) if word.isdigit() else DIGITS.get(word, word)
        found.extend(_LONG.get(word, word).split())
    return found


@functools.lru_cache(65536)
def pieces(word: str) -> frozenset[str]:
    """The three-letter pieces of a word, its beginning and end marked; of a number the number."""
    if word.isdigit():
        return frozenset({word})
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


@functools.lru_cache(65536)
def alike(asked: str, word: str) -> float:
    """0 to 1: how much two words are the same; what is typed may be the beginning of the other."""
    if asked == word:
        return 1.0
    if asked.isdigit() or word.isdigit():
        return 0.0
    ours, theirs = pieces(asked), pieces(word)
    share = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    if len(asked) >= 4 and len(asked) == len(word) and sorted(asked) == sorted(word):
        share = max(share, 0.7)  # two letters have changed places
    if len(asked) >= 3 and word.startswith(asked):
        share = max(share, _AS_BEGUN)
    return share if share >= _SAME_WORD else 0.0


def weight(word: str) -> float:
    return 0.25 if word in COMMON else 1.0


def covered(words: list[str], by: list[str]) -> float:
    """0 to 1: how much of `words` is found in `by`."""
    return sum(weight(word) * max((alike(word, other) for other in by), default=0.0) for word in words) / (
        sum(weight(word) for word in words) or 1.0
    )


def likeness(asked: list[str], words: list[str]) -> float:
    """How much two names are alike, 0 to 1: each word takes its most similar one, both ways."""
    back = sum(weight(word) * max(alike(other, word) for other in asked) for word in words)
    score = 0.7 * covered(asked, words) + 0.3 * back / sum(weight(word) for word in words)
    # Batu 12 is no near miss for batu 10: another number is another place. A house number is no such thing.
    wanted, had = ({word for word in name if word.isdigit()} for name in (asked, words))
    return score / 2 if wanted and not wanted & had and (had or "batu" in asked) else score


class NameIndex:
    """Names by number, as lists of words; `most_like` compares a name with the few that share its rarest pieces."""

    def __init__(self, names: list[list[str]]) -> None:
        self.names = names
        posted: dict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(names):
            for word in words:
                for piece in pieces(word):
                    posted[piece].add(number)
        self._posted = {piece: np.fromiter(sorted(some), np.int32, len(some)) for piece, some in posted.items()}
        self._rarity = {piece: float(np.log1p(len(names) / len(some))) for piece, some in posted.items()}

    def most_like(self, asked: list[str]) -> list[tuple[int, float]]:
        """(number, likeness) of at most 60 names, in no order."""
        if not asked or not self.names:
            return []
        shared = np.zeros(len(self.names), np.float32)
        wanted = {piece: weight(word) for word in asked for piece in pieces(word)}
        for piece, heavy in wanted.items():
            if piece in self._posted:
                shared[self._posted[piece]] += heavy * self._rarity[piece]
        count = min(_COMPARED, int(np.count_nonzero(shared)))
        if not count:
            return []
        chosen = np.argpartition(-shared, count - 1)[:count]
        return [(number, likeness(asked, self.names[number])) for number in chosen.tolist()]
