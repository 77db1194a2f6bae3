"""A real Chromium, as the tests start it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

AUTOPLAY = "--autoplay-policy=no-user-gesture-required"


@contextlib.contextmanager
def chromium(*more: str, voice: Path | None = None, microphone: bool = False) -> Iterator[Browser]:
    """`voice`: a WAV that its microphone hears; `microphone`: there is one, and it beeps. `more`: further arguments."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", *more]
    if voice or microphone:
        arguments += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    if voice:
        arguments.append(f"--use-file-for-fake-audio-capture={voice}")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


def at_a_seat(browser: Browser, url: str, user: str, password: str) -> Page:
    """A call-taker's page: signed in, on duty, its sound connected."""
    page = browser.new_context(permissions=["microphone"]).new_page()
    page.set_default_timeout(60_000)
    page.goto(url + "/sign-in")
    page.fill("#user", user)
    page.fill("#password", password)
    page.click("button[type=submit]")
    page.click("#sign-on")
    page.wait_for_selector(".audio.up")
    return page
