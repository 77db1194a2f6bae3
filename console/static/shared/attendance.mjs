// Tells the room that this page is there: an answer to what the room says, so that a feed that brings nothing or a page
// that hangs counts as nobody. A page that is being closed says goodbye, and what rings there rings elsewhere at once.
import { post } from "./api.mjs";

const ADDRESS = "/api/v1/presence";
const AT_MOST = 2000,
  AT_LEAST = 6000; // ms between two answers
const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
let told = -Infinity;

function beat() {
  told = performance.now();
  // Given up before the next one: those that a silent room never answers would hold the browser's few connections.
  post(ADDRESS, { page, here: true }, { within: AT_LEAST / 1000 }).catch(() => {}); // the feed tells of a room that does not answer
}

/** Begins, and never ends. A session that is over is noticed by the answer to this, however quiet the page is.
 * @param {import("./feed.mjs").Feed} feed */
export function attend(feed) {
  feed.listen(() => {
    if (performance.now() - told >= AT_MOST) beat();
  });
  setInterval(() => {
    if (performance.now() - told >= AT_LEAST) beat();
  }, 1000);
  addEventListener("pagehide", () => {
    navigator.sendBeacon(ADDRESS, new Blob([JSON.stringify({ page, here: false })], { type: "application/json" }));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) beat();
  });
}
