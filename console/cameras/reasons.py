"""What a tile says when a camera gives no pictures: each text names the remedy, and none an address or password."""

from __future__ import annotations

# key: (Bahasa Indonesia, English). {…} are numbers that the key's user gives.
_TEXTS = {
    "address": (
        "alamat kamera salah tulis; perbaiki di daftar kamera",
        "the camera's address is badly written; correct it in the camera list",
    ),
    "name": (
        "nama host kamera tidak dikenal; periksa DNS",
        "the camera's host name is not known; check the name service",
    ),
    "not_allowed": (
        "alamat kamera tidak diizinkan; tambahkan jaringannya di pengaturan camera_allow",
        "the camera's address is not permitted; list its network in the setting camera_allow",
    ),
    "login": (
        "kamera menolak nama pengguna atau kata sandi; perbaiki di daftar kamera",
        "the camera refuses its user or password; correct them in the camera list",
    ),
    "http": ("kamera menjawab HTTP {code}", "the camera answers HTTP {code}"),
    "redirects": ("kamera mengalihkan lebih dari tiga kali", "the camera redirects more than three times"),
    "too_big": (
        "kamera mengirim lebih dari {limit} bita untuk satu gambar",
        "the camera sends more than {limit} bytes for one picture",
    ),
    "not_playlist": (
        "alamat HLS kamera tidak memberi daftar putar; periksa alamatnya",
        "the camera's HLS address gives no playlist; check the address",
    ),
    "segments": (
        "aliran HLS kamera terenkripsi atau bukan MPEG-TS; pilih aliran lain",
        "the camera's HLS stream is encrypted or not MPEG-TS; choose another stream",
    ),
    "not_jpeg": (
        "alamat gambar kamera tidak memberi JPEG; periksa alamatnya",
        "the camera's picture address gives no JPEG; check the address",
    ),
    "not_h264": (
        "video kamera bukan H.264; ubah ke H.264 di setelan kamera",
        "the camera's video is not H.264; set its stream to H.264 in the camera",
    ),
    "broken": (
        "aliran kamera rusak; hidupkan ulang kamera bila berulang",
        "the camera's stream is damaged; restart the camera if this comes back",
    ),
    "ended": (
        "kamera mengakhiri alirannya; menyambung lagi",
        "the camera ended its stream; connecting again",
    ),
    "unreachable": (
        "kamera tidak dapat dihubungi; periksa listrik dan jaringannya",
        "the camera can not be reached; check its power and network",
    ),
    "silent": (
        "tidak ada gambar selama {seconds} detik; menyambung lagi",
        "no picture for {seconds} seconds; connecting again",
    ),
    "still": ("gambar baru belum datang", "no new picture arrives"),
    "program": (
        "program kamera tidak terpasang di server: apt-get install ffmpeg util-linux",
        "the camera programs are missing on the server: apt-get install ffmpeg util-linux",
    ),
}


def why(key: str, **numbers: float) -> dict[str, str]:
    """The text of `key` as {"id": …, "en": …}. Raises KeyError for a key or number that is not there."""
    return dict(zip(("id", "en"), (text.format(**numbers) for text in _TEXTS[key]), strict=True))


class Refused(Exception):
    """A camera can not be used as it is. `key` and `numbers` are those of `why`."""

    def __init__(self, key: str, **numbers: float) -> None:
        super().__init__(why(key, **numbers)["en"])
        self.key, self.numbers = key, numbers
