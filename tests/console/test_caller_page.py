"""The page on a caller's telephone over HTTP: the key opens one call, and only for what was agreed to."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import random
import socket

import pytest
from PIL import Image

from console.http.limits import Tokens
from console.pages.photos import NoPhoto, keep_photo
from dispatch import commands as cmd
from dispatch import events as ev
from tests.texts import english


def picture(kind: str = "JPEG", size=(2400, 1800), exif: bool = True) -> bytes:
    """Noise, so that it has the bytes of a real one; with a place in its EXIF, lying on its side."""
    small = Image.frombytes("RGB", (60, 45), random.Random(7).randbytes(60 * 45 * 3))
    marks = Image.Exif()
    if exif:
        marks[0x0112] = 6  # to be turned by 90°
        marks[0x010F] = "SECRET-MAKER"
    with io.BytesIO() as out:
        small.resize(size).save(out, kind, **({"exif": marks} if exif else {}))
        return out.getvalue()


@pytest.fixture
def link(desk):
    """A call of its own, with a page: (call, path of the page)."""
    call = f"call-{random.randrange(10**9)}"
    desk.incoming(call, "+628117701122")
    desk.asks("ana", cmd.SendLocationLink(call=call))
    return call, f"/l/{desk.page_key(call)}"


def agree(desk, path: str, *whats: str) -> None:
    for what in whats:
        assert desk.post(f"{path}/consent", body={"what": what}).status == 200


def test_the_page_is_small_and_speaks_the_telephone_s_language(desk, link):
    _, path = link
    page = desk.get(path, Accept_Language="in-ID,in;q=0.9,en;q=0.5")
    assert page.status == 200 and 'lang="id"' in page.body.decode()
    assert 'lang="en"' in desk.get(path, Accept_Language="en-GB").body.decode()
    assert 'lang="id"' in desk.get(path, Accept_Language="de").body.decode()
    assert page.headers["referrer-policy"] == "no-referrer" and page.headers["cache-control"] == "no-store"
    assert (
        "geolocation=(self)" in page.headers["permissions-policy"]
        and "unsafe" not in page.headers["content-security-policy"]
    )
    parts = ("caller_page.css", "caller_page.mjs", "shared/icon.svg")
    whole = len(page.body) + sum(len(desk.get(f"/static/{name}").body) for name in parts)
    assert whole < 60_000
    assert not desk.events(ev.LinkOpened), "a preview of the messenger opens nothing"


def test_an_unknown_or_closed_key_gets_a_kind_page_and_nothing_else(desk, link):
    call, path = link
    for wrong in (path[:-1], path + "x", "/l/" + "A" * 22):
        page = desk.get(wrong)
        assert page.status == 404 and "tel:112" in page.body.decode() and call not in page.body.decode()
        assert desk.post(f"{wrong}/line", body={"text": "a"}).status == 410
        assert desk.get(f"{wrong}/events").status == 410
    agree(desk, path, "chat")
    desk.asks("ana", cmd.CloseLink(call=call))
    assert desk.post(f"{path}/line", body={"text": "a"}).status == 410
    assert desk.get("/l/").status == 404


def test_guessing_keys_is_slowed_down():
    tokens = Tokens(at_once=3, a_second=0.5)
    assert [tokens.take("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert tokens.take("b", 0.0)
    assert [tokens.take("a", 2.0) for _ in range(2)] == [True, False]


def test_what_it_tells_is_in_the_journal_only_when_it_was_agreed_to(desk, link):
    call, path = link
    fix = {"lat": 0.92, "lon": 104.45, "accuracy": 12.0, "at": desk.room.now(), "altitude": None}
    assert desk.post(f"{path}/opened", User_Agent="Android 7 \x07 Chrome").status == 200
    assert desk.post(f"{path}/place", body=fix).status == 409
    assert desk.post(f"{path}/line", body={"text": "tolong"}).status == 409
    assert desk.post(f"{path}/photo", body=picture(), Content_Type="image/jpeg").status == 409
    agree(desk, path, "location", "chat")
    assert desk.post(f"{path}/place", body={**fix, "lat": 91}).status == 400
    assert desk.post(f"{path}/place", body=fix).status == 200
    assert desk.post(f"{path}/place", body=fix).status == 429, "once a second"
    assert desk.post(f"{path}/line", body={"text": "tolong <b>\u202e"}).status == 200
    assert desk.post(f"{path}/line", body={"text": "x" * 1001}).status == 400
    record = desk.room.board.calls[call]
    assert record.locations[-1].source == "link" and record.locations[-1].radius == 12.0
    assert [(line.text, line.via) for line in record.lines] == [("tolong <b>", "link")]
    assert desk.room.board.links[call].agent == "Android 7  Chrome"


def test_only_our_own_page_speaks_for_the_caller(desk, link):
    _, path = link
    other = {"Origin": "https://evil.example"}
    assert desk.post(f"{path}/consent", body={"what": "chat"}, **other).status == 403
    assert desk.ask("POST", f"{path}/consent", body=b'{"what": "chat"}', Content_Type="text/plain").status == 403
    assert desk.ask("POST", f"{path}/photo", body=picture(), Content_Type="image/jpeg", **other).status == 403
    assert desk.get("/api/v1/board").status == 401, "the key is no session"


def test_lines_go_both_ways_at_once(desk, link):
    call, path = link
    agree(desk, path, "chat")
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
    connection.request("GET", f"{path}/events")
    stream = connection.getresponse()

    def state():
        while not (line := stream.readline()).startswith(b"data: "):
            assert line, "the stream goes on"
        return json.loads(line[6:])

    assert state()["lines"] == []
    desk.post(f"{path}/line", body={"text": "saya di kapal"})
    assert [line["text"] for line in state()["lines"]] == ["saya di kapal"]
    desk.asks("ana", cmd.SendText(call=call, text="Kapal apa?"))
    lines = state()["lines"]
    assert [(line["text"], line["mine"]) for line in lines] == [("saya di kapal", True), ("Kapal apa?", False)]
    assert "ana" not in json.dumps(lines), "who works here is nobody's business"
    desk.asks("ana", cmd.CloseLink(call=call))
    assert state()["open"] is False and stream.read().strip() == b""
    connection.close()


def test_a_telephone_that_does_not_read_is_not_buffered_for_and_then_gets_the_newest(desk, link):
    call, path = link
    agree(desk, path, "chat")
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        deaf.settimeout(20)
        deaf.connect(("127.0.0.1", desk.port))
        deaf.sendall(f"GET {path}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert deaf.recv(1)
        count, long = 300, "x" * 1000
        for n in range(count):
            desk.reported(ev.TextReceived(at=desk.room.now(), call=call, text=f"{n} {long}", via="link"))
        desk.asks("ana", cmd.CloseLink(call=call))
        heard = b""
        while not heard.endswith(b"0\r\n\r\n"):
            heard += deaf.recv(65_536)
    # all would be 300 states of up to 40 kB, 11 MB; what the system's own buffers hold is beyond us
    assert len(heard) < 7_000_000 and f'"text":"{count - 1} x'.encode() in heard and b'"open":false' in heard


def test_a_photo_that_the_disk_does_not_take_is_asked_for_again(desk, link):
    _, path = link
    agree(desk, path, "photos")
    body = picture(size=(320, 240))
    blocked = desk.parts.photos / f"{hashlib.sha256(body).hexdigest()}.jpg"
    blocked.mkdir(parents=True)
    answer = desk.post(f"{path}/photo", body=body, Content_Type="image/jpeg")
    assert answer.status == 503 and "try again" in english(answer)
    blocked.rmdir()
    assert desk.post(f"{path}/photo", body=body, Content_Type="image/jpeg").status == 200


def test_a_photo_is_kept_as_it_came_and_shown_without_what_it_tells(desk, link):
    call, path = link
    agree(desk, path, "photos")
    body = picture()
    assert len(body) > 256_000, "more than other requests may have"
    answer = desk.post(f"{path}/photo", body=body, Content_Type="image/jpeg")
    assert answer.status == 200, answer.body
    (photo,) = desk.room.board.links[call].photos
    assert photo.digest == hashlib.sha256(body).hexdigest() and (photo.width, photo.height) == (2400, 1800)
    assert (desk.parts.photos / f"{photo.digest}.jpg").read_bytes() == body
    shown = desk.get(f"/api/v1/photos/{photo.digest}", "ana")
    assert shown.status == 200 and b"SECRET-MAKER" not in shown.body
    with Image.open(io.BytesIO(shown.body)) as seen:
        assert seen.size == (1200, 1600) and not seen.getexif(), "upright, and the pixels alone"
    assert desk.get(f"/api/v1/photos/{photo.digest}?original=1", "ana").body == shown.body
    assert desk.get(f"/api/v1/photos/{photo.digest}?original=1", "audi").body == body
    assert {e.by for e in desk.events(ev.PhotoViewed) if e.digest == photo.digest} == {"ana", "audi"}
    assert desk.get("/api/v1/verify", "audi").json["photos"] >= 1
    (desk.parts.photos / f"{photo.digest}.jpg").write_bytes(body + b"x")
    verdict = desk.get("/api/v1/verify", "audi").json
    found = [(one["kind"], one["code"]) for one in verdict["faults"] if one["what"] == photo.digest]
    assert not verdict["intact"] and found == [("photo", "changed")]
    (desk.parts.photos / f"{photo.digest}.jpg").write_bytes(body)
    assert desk.get(f"/api/v1/photos/{photo.digest}").status == 401
    assert desk.get(f"/api/v1/photos/{photo.digest}", "rudi").status == 403


@pytest.mark.parametrize("body", [b"", b"GIF89a", picture()[:5000], b"\xff\xd8" + bytes(1000), b"<svg/>", b"%PDF-1.4"])
def test_what_is_no_picture_is_not_kept(tmp_path, body):
    with pytest.raises(NoPhoto):
        keep_photo(tmp_path / "photos", body)
    assert not list((tmp_path).rglob("*.*"))


def test_png_and_webp_are_kept_and_a_bomb_is_not(tmp_path):
    for kind, ending in (("PNG", "png"), ("WEBP", "webp")):
        kept = keep_photo(tmp_path, picture(kind, (300, 200), exif=False))
        assert kept.type == f"image/{ending}" and (tmp_path / f"{kept.digest}.{ending}").is_file()
    with io.BytesIO() as out:
        Image.new("1", (30_000, 30_000)).save(out, "PNG")
        bomb = out.getvalue()
    with pytest.raises(NoPhoto):
        keep_photo(tmp_path, bomb)


def test_a_body_too_large_is_refused_before_it_is_read(desk, link):
    _, path = link
    agree(desk, path, "photos")
    for where, status in ((f"{path}/photo", 413), (f"{path}/line", 413), (f"{path[:-1]}/photo", 413)):
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
        connection.putrequest("POST", where)
        connection.putheader("Content-Type", "image/jpeg")
        connection.putheader("Content-Length", str(8_000_001 if "photo" in where else 300_000))
        connection.endheaders()
        assert connection.getresponse().status == status
        connection.close()


def test_the_demo_s_outbox_shows_the_message_to_the_desk(desk, link):
    call, path = link
    notice = desk.room.board.links[call].notice
    desk.thread.until(lambda: desk.room.board.notices[notice].state == "sent")
    assert path in desk.get(f"/api/v1/notices/{notice}/demo", "ana").json["text"]
    assert desk.get(f"/api/v1/notices/{notice}/demo", "rudi").status == 403
    assert desk.get("/api/v1/notices/N-99999/demo", "ana").status == 404
