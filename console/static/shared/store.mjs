// What the console's parts share: the feed, the city, what is selected, and re-rendering at most once a frame.
import { html } from "/npm/htm/preact/standalone.module.js";
import { done, onSending, room } from "./api.mjs";
import { Feed } from "./feed.mjs";
import { Audio, Ringer } from "./audio.mjs";
import { named, page, t } from "./i18n.mjs";

export const feed = new Feed();
export const ui = {
  city: null,
  incident: "",
  call: "",
  form: "",
  moved: {},
  keys: false,
  problem: "",
  unsent: false,
  reasonFor: "",
  phone: null,
  map: null,
  box: "",
};
export const ringer = new Ringer();
let draw = () => {};
let due = false;

export function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
}

onSending(redraw);
feed.listen(({ event }) => {
  if (event?.asked) done(event.asked[1]);
});
room.silent = () => (feed.connected ? "" : t("room_silent_do"));

export const onDraw = (function_) => {
  draw = function_;
};
export const audio = new Audio(redraw);

export const mySeat = () => Object.values(feed.board.positions).find((seat) => seat.user === page.name);
export const myCall = () => feed.board.calls[mySeat()?.call];
export const typeName = (id) => named(ui.city?.incident_types.find((type) => type.id === id)?.names) || id;
// The order in which the room offers them: dispatch/policy/queues/priority.py, and in_order of queues.py there.
const place = (call) => {
  const waited = feed.now() - call.received;
  if (call.suspected && waited < (ui.city?.ghost_patience ?? 60)) return 2;
  return waited >= 120 || (call.urgent && !call.suspected) ? 0 : 1;
};
const rank = (call) => ui.city?.queues.find((one) => one.id === call.queue)?.priority ?? 0;
export const waiting = () =>
  Object.values(feed.board.calls)
    .filter((call) => call.state === "queued" && !call.test)
    .sort((a, b) => place(a) - place(b) || (place(a) && rank(b) - rank(a)) || a.received - b.received);
export const ringsAt = (call, seat) => !!seat && call.offered_all.includes(seat.id);
// The call that rings at my position, while I talk to nobody.
export const ringing = () => {
  const seat = mySeat();
  return seat && !seat.call ? waiting().find((call) => ringsAt(call, seat)) : undefined;
};

/** Observation `number` of a call; undefined when it is not on the board. */
export const observed = (call, number) => call?.locations[call.numbers.indexOf(number)];
// The one that the room's policy chose (docs/locations.md).
export const bestPlace = (call) => observed(call, call?.best) ?? null;

// Runs a request and shows what went wrong, if anything, until the next one.
export async function attempt(request) {
  try {
    ui.problem = "";
    const said = await request();
    redraw();
    return said;
  } catch (wrong) {
    Object.assign(ui, { problem: wrong.message, unsent: wrong.unsent });
    redraw();
    return null;
  }
}

/** A state in words: while the room is silent it is the one that was heard last. */
export const wasOrIs = (state) => (feed.connected ? state : html`<span>${t("last_heard")}</span> <span>${state}</span>`);

/** What a silent room kept from being sent is no problem any more once it is heard; what it did with the rest is. */
export function heardAgain() {
  if (ui.unsent && feed.connected) Object.assign(ui, { problem: "", unsent: false });
}
