"""What the tests of pages share: who works there, and what is done with a page."""

from __future__ import annotations

import hashlib
import io
import wave
from pathlib import Path

import numpy as np

from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import make_location
from tests.console.desk import PASSWORD, SCENE

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
PEOPLE = {
    "wati": (cmd.CALL_TAKER, ""), "awak": (cmd.RESPONDER, "AMB-01"), "periksa": (cmd.AUDITOR, ""),
    "pimpin": (cmd.SUPERVISOR, ""),
}  # fmt: skip
HOME = {"wati": "/console", "awak": "/unit", "periksa": "/audit", "pimpin": "/console"}
SEAT = "P21"
SIZES = {"desk": (1366, 768), "wall": (1920, 1080), "phone": (390, 844)}


def is_ours(said) -> bool:
    """An error of the page's own; that the server refuses something is part of the stories."""
    return said.type == "error" and "Failed to load resource" not in said.text


def entered(page, site, user: str, home: str) -> None:
    """Signs in through the form that the page shows, and waits for where this person begins."""
    page.fill("#user", user)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(site.url + home)


def axe(page) -> list[str]:
    """Serious and critical violations of accessibility on the page as it is now."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['html'][:150]} {node['any'][:1]}" for one in bad for node in one["nodes"]]


def picture(page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def theme(page, name: str) -> None:
    page.evaluate("(name) => localStorage.setItem('theme', name)", name)
    page.reload()


def incoming(site, call: str, caller: str = "+628117701122") -> None:
    site.incoming(call, caller)
    place = make_location(**SCENE, method="GPS", source="pidf")
    site.reported(ev.LocationReceived(at=site.room.now(), call=call, location=place))


def bridged(site, call: str, position: str) -> None:
    """The switch's part of answering."""
    site.reported(ev.CallBridged(at=site.room.now(), call=call, position=position))


def signed_on(site, page, position: str) -> None:
    """Signs on by keyboard; the switch reports that the audio is up."""
    page.wait_for_selector("#sign-on")
    page.fill("#position", position)
    page.press("#position", "Enter")
    page.wait_for_selector("button.ready")
    site.reported(ev.PositionLegUp(at=site.room.now(), position=position, leg=f"leg-{position}"))


def sealed(site, call: str, leg: str, started: float, hertz: float) -> None:
    """A recording of three seconds, in its place and in the journal."""
    time = np.arange(3 * 8000) / 8000
    sound = (12000 * np.sin(2 * np.pi * hertz * time) * (np.sin(2 * np.pi * time) > 0)).astype("<i2").tobytes()
    with io.BytesIO() as made:
        with wave.open(made, "wb") as wav:
            wav.setparams((1, 2, 8000, 0, "NONE", ""))
            wav.writeframes(sound)
        data = made.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    (site.parts.recordings / f"{digest}.wav").write_bytes(data)
    known = {"digest": digest, "started": started, "seconds": 3.0, "size": len(data)}
    site.reported(ev.RecordingSealed(at=site.room.now(), call=call, leg=leg, **known))


def seated(site, visit):
    """wati's page; the seat is kept from one story to the next, as by somebody who loads the page again."""
    page = visit("wati")
    page.wait_for_selector("#sign-on, .seat-button")
    if page.locator("#sign-on").count():
        signed_on(site, page, SEAT)
    page.keyboard.press("Escape")
    return page
