// What every page says at its head while the room says nothing: since when, and of when the screen is.
import { html } from "/npm/htm/preact/standalone.module.js";
import { clock, t } from "./i18n.mjs";

/** Nothing while `feed` is connected. `also`: what goes on all the same, for this page.
 * @param {{ feed: import("./feed.mjs").Feed, also?: string }} props */
export function Silence({ feed, also = "" }) {
  if (feed.connected) return null;
  const said = { seconds: feed.silence, at: clock(feed.now()) };
  if (feed.seq === null) return html`<p class="banner" role="alert">${t(feed.silence < 6 ? "connecting" : "connecting_for", said)}</p>`;
  // Told aloud once, and not again with every second.
  return html`<p class="banner silence"><span class="hidden-text" role="alert">${t("room_silent_alert")}</span>
    <span class="num">${t("room_silent", said)}</span> <span>${also}</span></p>`;
}
