"""What is posted to a neighbour arrives there and nowhere else, and its token is kept like a password."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import shapely

from dispatch.exchange.centre_post import CentrePost, read_tokens
from routing.city.centres import Centre
from tests.servers import free_port
from tests.texts import english, indonesian

SECRET = "sangat-rahasia"


@contextlib.contextmanager
def a_centre(status: int = 200, body: bytes = b"{}", **headers: str):
    """(its address, the requests that it got as (path, token))."""
    seen: list[tuple[str, str | None]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v1/alerts", seen
    finally:
        server.shutdown()
        server.server_close()


def known(url: str) -> dict[str, Centre]:
    return {"bintan": Centre(id="bintan", name="Bintan", contact="c", area=shapely.box(0, 0, 1, 1), url=url)}


def post(url: str, path: str = "") -> str:
    """ "" when it was taken, else why not."""
    why = CentrePost(known(url), {"bintan": SECRET}).send("bintan", path, {"a": 1})
    return english(why) if why else ""


def test_it_is_taken_with_the_token():
    with a_centre() as (url, seen):
        assert post(url) == post(url, "/A-1.1/answer") == ""
    assert seen == [("/api/v1/alerts", f"Bearer {SECRET}"), ("/api/v1/alerts/A-1.1/answer", f"Bearer {SECRET}")]


def test_a_token_never_follows_a_redirect():
    with a_centre() as (elsewhere, seen), a_centre(307, Location=elsewhere) as (url, _):
        assert post(url) == "bintan answered 307"
    assert seen == []


def test_why_it_was_not_taken_is_said_without_secrets():
    with a_centre(429, b'{"error": {"code": "problem.x", "params": {}, "text": "Too often; call us."}}') as (url, _):
        assert post(url) == "bintan answered 429: Too often; call us."
    with a_centre(500, b"\xff{") as (url, _):
        assert post(url) == "bintan answered 500"
    nobody = post(f"http://127.0.0.1:{free_port()}/{SECRET}")
    assert nobody == "bintan cannot be reached (ConnectionRefusedError)"
    without = CentrePost(known("http://127.0.0.1:1/"), {}).send("bintan", "", {})
    assert english(without) == "there is no token for bintan in centres.toml"


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (f'bintan = "{SECRET}"\n', 0o644, "others can read it"),
        (f"bintan = {SECRET}\n", 0o600, "cannot be read"),
        (f'batam = "{SECRET}"\n', 0o600, "no token for bintan"),
        (None, 0, "cannot be read (FileNotFoundError), bintan cannot be told"),
    ],
)
def test_a_file_of_tokens_that_is_not_right_is_said_at_the_start(tmp_path, text, mode, said):
    if text is not None:
        (tmp_path / "centres.toml").write_text(text)
        (tmp_path / "centres.toml").chmod(mode)
    tokens, complaints = read_tokens(tmp_path, known("https://x/"))
    assert "bintan" not in tokens and len(complaints) == 1
    assert said in english(complaints[0]) and SECRET not in indonesian(complaints[0])


def test_a_city_whose_neighbours_have_no_address_needs_no_tokens(tmp_path):
    assert read_tokens(tmp_path, known("")) == ({}, [])
