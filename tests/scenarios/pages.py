"""What the tests of the whole program share: a page of somebody who signed in, and its pictures."""

from __future__ import annotations

from playwright.sync_api import Page

from dispatch.settings import ROOT
from tests.scenarios.instance import Instance

ARTEFACTS = ROOT / "tests" / "artefacts"
TAKER_HZ = 1000.0
# Keeps what the page's audio hears, so that the test can ask the browser itself.
_LISTEN = """
window.legs = [];
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real { constructor(...given) { super(...given); window.legs.push(this); } };
window.heard = async () => {
  const stats = [...(await window.legs.at(-1).getStats()).values()];
  return stats.find((one) => one.type === "inbound-rtp")?.totalAudioEnergy ?? 0;
};
"""


def signed_in(browser, town: Instance, user: str, unit: str = "", **options) -> Page:
    context = browser.new_context(**options)
    context.add_init_script(_LISTEN)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.goto(town.url + "/sign-in")
    page.fill("#user", user)
    page.fill("#password", "siaga112")
    page.click("button[type=submit]")
    if unit:
        page.wait_for_selector("#unit:visible")
        page.select_option("#unit", unit)
        page.click("button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def kept(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"chain-{name}.png")
