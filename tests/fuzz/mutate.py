"""Changed copies of inputs: bits and bytes, numbers, pieces cut, doubled and spliced, words of the formats."""

from __future__ import annotations

from random import Random

MAX = 70_000
WORDS = {
    "sip": [b"\r\n", b"\r\n\r\n", b":", b";", b"<", b">", b'"', b",", b"--b", b"multipart/mixed;boundary=b", b"cid:",
            b"Content-Type: ", b"Content-Length: ", b"Content-Encoding: gzip", b"Call-Info: ", b"Geolocation: ",
            b"base64", b"quoted-printable", b"application/sdp", b"application/pidf+xml", b"m=text 9 RTP/AVP 98\r\n",
            b"urn:service:sos", b"[::1]", b"%00", b"sip:", b"tel:", b"@", b"\xff\xfe", b"\0"],
    "pidflo": [b"<", b"/>", b"</", b"&amp;", b"&#0;", b"&x;", b"<!--", b"<![CDATA[", b"<?x ?>", b"<!DOCTYPE", b"nan",
               b"inf", b"1e999", b"-0", b"EPSG::4979", b"EPSG::9101", b"gml:pos", b"gs:Prism", b"gs:ArcBand",
               b"\xef\xbb\xbf", b"encoding='utf-16'", b"geopriv"],
    "aml": [b";", b"=", b"&", b'A"ML=1', b'A"ML=2', b"lo=", b"lt=", b"rd=N", b"top=", b"%", b"+00.00000", b"1e9", b"\0",
            b"\x05\x00\x03", b"location_time=", b"hmac="],
    "ecall": [b"\0", b"\1", b"\2", b"\3", b"\xff", b"\x7f", b"\x80"],
    "wire": [b"\n", b"{", b"}", b"[", b"]", b'"is":"report"', b'"event":', b"null", b"1e400", b"-1", b"\\ud800",
             b'\\u0000'],
    "fixes": [b"{", b"}", b"[", b"]", b'"', b":", b"null", b"1e400", b"-1", b"&", b"=", b"nan", b"inf", b'"_type":',
              b'"location":', b'"coords":', b'"lat":', b"timestamp=", b"2026-01-01T00:00:00", b"9999999999999"],
    "eido": [b"{", b"}", b"[", b"]", b'"', b":", b"null", b"1e400", b"-1", b'"siaga":', b'"version":', b'"$ref":',
             b"\\u0000", b"\\ud800", b"<gml:pos>", b"tel:"],
}  # fmt: skip


def mutated(target: str, seeds: list[bytes], random: Random) -> bytes:
    """One input, made of one or two of the seeds."""
    data = bytearray(random.choice(seeds))
    for _ in range(1 + int(random.expovariate(0.5))):
        data = random.choice(_CHANGES)(data, target, seeds, random)
    return bytes(data[:MAX])


def _place(data: bytearray, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _bit(data, target, seeds, random):
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _byte(data, target, seeds, random):
    if data:
        data[random.randrange(len(data))] = random.choice((0, 10, 13, 32, 34, 60, 127, 128, 255, random.randrange(256)))
    return data


def _cut(data, target, seeds, random):
    start = _place(data, random)
    del data[start : start + random.choice((1, 2, 8, 64, 512))]
    return data


def _short(data, target, seeds, random):
    return data[: _place(data, random)]


def _double(data, target, seeds, random):
    start = _place(data, random)
    piece = data[start : start + random.choice((1, 4, 32, 256))]
    at = _place(data, random)
    data[at:at] = piece * random.choice((1, 2, 10, 100))
    return data


def _word(data, target, seeds, random):
    at = _place(data, random)
    word = random.choice(WORDS[target])
    data[at : at + random.choice((0, 0, len(word)))] = word
    return data


def _number(data, target, seeds, random):
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if places:
        at = random.choice(places)
        numbers = (b"0", b"-1", b"4294967296", b"9" * 40, b"1e9", b"0.0", b"", b"nan")
        data[at : at + random.choice((1, 1, 3))] = random.choice(numbers)
    return data


def _splice(data, target, seeds, random):
    other = random.choice(seeds)
    return data[: _place(data, random)] + other[random.randrange(len(other) + 1) :]


_CHANGES = (_bit, _byte, _cut, _short, _double, _word, _word, _number, _splice)
